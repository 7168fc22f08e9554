from datetime import timedelta
from pathlib import Path

import pytest

from congress.docs.consequences import PastReader, _narrower
from congress.kernel.clock import ManualClock
from congress.kernel.errors import RefusedError
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Actor, Clearance, Role, Shelf
from tests.helpers.papers import make_library, paper_files, pdf
from tests.helpers.vaults import MORNING

_GROUP, _OTHER = GroupId("g" * 26), GroupId("h" * 26)
_LAN = Actor(MemberId("l" * 26), Role.DELEGATE, "lan")


def test_who_has_read_it_is_told_before_a_paper_is_held_back(tmp_path: Path) -> None:
    clock = ManualClock(MORNING)
    papers = paper_files(clock=clock)
    library = make_library(tmp_path, papers=papers, clock=clock)
    (tmp_path / "a.pdf").write_bytes(pdf("one", "two"))
    paper = library.import_file(tmp_path / "a.pdf", clearance=Clearance.DELEGATES)
    assert library.consequences(paper.id, Clearance.SECRET).readers == ()

    library.open(paper.id).close()
    clock.advance(timedelta(minutes=5))
    delegate = make_library(tmp_path, Role.DELEGATE, papers=papers, clock=clock, member=_LAN)
    delegate.open(paper.id).close()
    delegate.log_copy(paper.id, [1])
    delegate.log_copy(paper.id, [2])
    delegate.log_print(paper.id, [1, 2])

    told = library.consequences(paper.id, Clearance.SECRET)
    assert (told.before, told.after) == (Shelf(Clearance.DELEGATES), Shelf(Clearance.SECRET))
    assert told.narrower
    assert told.readers == (
        PastReader(_LAN.member_id, MORNING + timedelta(minutes=5), 2, 1),
        PastReader(library._actor.member_id, MORNING, 0, 0),
    )

    # What happened on an earlier shelf is not forgotten.
    library.change_clearance(paper.id, Clearance.RESTRICTED)
    assert library.consequences(paper.id, Clearance.SECRET).readers == told.readers


@pytest.mark.parametrize(
    ("before", "after", "narrower"),
    [
        (Shelf(Clearance.PUBLIC), Shelf(Clearance.DELEGATES), True),
        (Shelf(Clearance.DELEGATES), Shelf(Clearance.RESTRICTED, _GROUP), True),
        (Shelf(Clearance.RESTRICTED, _GROUP), Shelf(Clearance.RESTRICTED), True),
        (Shelf(Clearance.RESTRICTED, _GROUP), Shelf(Clearance.RESTRICTED, _OTHER), True),
        (Shelf(Clearance.RESTRICTED, _GROUP), Shelf(Clearance.SECRET), True),
        (Shelf(Clearance.RESTRICTED), Shelf(Clearance.RESTRICTED, _GROUP), False),
        (Shelf(Clearance.SECRET), Shelf(Clearance.RESTRICTED, _GROUP), False),
        (Shelf(Clearance.SECRET), Shelf(Clearance.PUBLIC), False),
        (Shelf(Clearance.PUBLIC), Shelf(Clearance.PUBLIC), False),
    ],
)
def test_a_move_is_narrower_where_somebody_loses_it(
    before: Shelf, after: Shelf, narrower: bool
) -> None:
    assert _narrower(before, after) is narrower


def test_only_the_secretariat_is_told(tmp_path: Path) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    (tmp_path / "a.pdf").write_bytes(pdf("one"))
    paper = library.import_file(tmp_path / "a.pdf", clearance=Clearance.PUBLIC)
    delegate = make_library(tmp_path, Role.DELEGATE, papers=papers)
    with pytest.raises(RefusedError):
        delegate.consequences(paper.id, Clearance.DELEGATES)
