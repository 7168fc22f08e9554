"""What may be shown to others, and what takes it off again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from congress.docs.library import Library
from congress.docs.model import PaperChanged
from congress.docs.packs.model import OpenClearance
from congress.docs.presenting import Audience, PageBoard, Presentable, Presenting, Shown
from congress.kernel.errors import BugError, RefusedError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance, Role
from tests.helpers.papers import pdf
from tests.helpers.vaults import actor

Write = Callable[[str, bytes], Path]


@pytest.fixture
def board() -> PageBoard:
    return PageBoard()


@pytest.fixture
def presenting(library: Library, board: PageBoard) -> Presenting:
    member = actor(Role.SECRETARIAT)
    return Presenting(library, board.member(member), member)


@pytest.mark.parametrize(
    ("clearance", "audience", "code"),
    [
        (Clearance.PUBLIC, Audience.EVERYONE, ""),
        (Clearance.PUBLIC, Audience.DELEGATES, ""),
        (Clearance.DELEGATES, Audience.DELEGATES, ""),
        (Clearance.DELEGATES, Audience.EVERYONE, "presenting.delegates_only"),
        (Clearance.RESTRICTED, Audience.DELEGATES, "presenting.closed"),
        (Clearance.SECRET, Audience.EVERYONE, "presenting.closed"),
        (Clearance.SECRET, Audience.DELEGATES, "presenting.closed"),
    ],
)
def test_the_clearance_decides(
    library: Library,
    presenting: Presenting,
    board: PageBoard,
    file: Write,
    clearance: Clearance,
    audience: Audience,
    code: str,
) -> None:
    paper = library.import_file(file("a.pdf", pdf("text")), clearance=clearance)
    if code:
        with pytest.raises(RefusedError) as caught:
            presenting.show(paper.id, paper.version_id, 1, audience)
        assert caught.value.code == code
        assert board.shown is None
    else:
        shown = presenting.show(paper.id, paper.version_id, 1, audience, offset=0.5)
        assert board.shown == shown
        assert (shown.paper.title, shown.offset, shown.by) == (paper.title, 0.5, "secretariat")


@pytest.mark.parametrize("claimed", ["secret", "restricted", Clearance.SECRET, Clearance.PUBLIC])
def test_no_other_clearance_can_be_built(claimed: Any) -> None:
    with pytest.raises(BugError):
        Presentable(
            PaperId("p"), VersionId("v"), cast(OpenClearance, claimed), Audience.DELEGATES, "", "en"
        )


def test_a_paper_for_delegates_cannot_be_built_for_everyone() -> None:
    with pytest.raises(BugError):
        Presentable(
            PaperId("p"), VersionId("v"), OpenClearance.DELEGATES, Audience.EVERYONE, "", "en"
        )


@pytest.mark.parametrize("place", [(0, 0.0, 1.0), (1, -0.1, 1.0), (1, 1.1, 1.0), (1, 0.0, 0.5)])
def test_a_place_is_on_a_page(place: tuple[int, float, float]) -> None:
    paper = Presentable(
        PaperId("p"), VersionId("v"), OpenClearance.PUBLIC, Audience.EVERYONE, "", "en"
    )
    with pytest.raises(BugError):
        Shown(paper, *place)


def test_a_paper_that_becomes_secret_is_taken_off(
    library: Library, presenting: Presenting, board: PageBoard, file: Write
) -> None:
    paper = library.import_file(file("a.pdf", pdf("text")), clearance=Clearance.PUBLIC)
    seen: list[Shown | None] = []
    presenting.sharing.subscribe(seen.append)
    shown = presenting.show(paper.id, paper.version_id, 1, Audience.EVERYONE)
    board.clear(PaperChanged(PaperId("another")))
    assert board.shown == shown
    library.change_clearance(paper.id, Clearance.SECRET)
    board.clear(PaperChanged(paper.id))
    assert seen == [shown, None]
    assert presenting.sharing.current is None
    with pytest.raises(RefusedError):
        presenting.show(paper.id, paper.version_id, 2, Audience.DELEGATES)


def test_a_refused_page_takes_off_the_one_before(
    library: Library, presenting: Presenting, board: PageBoard, file: Write
) -> None:
    paper = library.import_file(file("a.pdf", pdf("text")), clearance=Clearance.PUBLIC)
    presenting.show(paper.id, paper.version_id, 1, Audience.EVERYONE)
    secret = library.import_file(file("b.pdf", pdf("other")), clearance=Clearance.SECRET)
    with pytest.raises(RefusedError):
        presenting.show(secret.id, secret.version_id, 1, Audience.EVERYONE)
    assert board.shown is None
