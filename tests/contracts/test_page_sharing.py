"""What every way of sharing pages keeps to: inside one process now, the hub's later."""

from collections.abc import Callable

import pytest

from congress.docs.packs.model import OpenClearance
from congress.docs.presenting import Audience, PageBoard, PageSharing, Presentable, Shown
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PaperId, VersionId, new_id
from congress.kernel.roles import Role
from tests.helpers.vaults import actor

Join = Callable[[Role], PageSharing]


def _in_process() -> Join:
    board = PageBoard()
    return lambda role: board.member(actor(role))


@pytest.fixture(params=[pytest.param(_in_process, id="in_process")])
def join(request: pytest.FixtureRequest) -> Join:
    """Gives the end of one more member of the same congress."""
    made: Join = request.param()
    return made


def shown(page: int = 1, clearance: OpenClearance = OpenClearance.PUBLIC) -> Shown:
    audience = Audience.EVERYONE if clearance is OpenClearance.PUBLIC else Audience.DELEGATES
    paper = Presentable(PaperId(new_id()), VersionId(new_id()), clearance, audience, "Draft", "en")
    return Shown(paper, page, 0.25, 1.5, "chair")


def now(sharing: PageSharing) -> Shown | None:
    return sharing.current


def test_what_one_shows_all_see(join: Join) -> None:
    presenter, reader = join(Role.SECRETARIAT), join(Role.DELEGATE)
    assert now(reader) is None
    seen: list[Shown | None] = []
    reader.subscribe(seen.append)
    first, second = shown(1), shown(2)
    presenter.publish(first)
    assert now(reader) == now(presenter) == first
    presenter.publish(second)
    presenter.stop()
    assert seen == [first, second, None]
    assert now(reader) is None


def test_who_joins_late_sees_where_the_presenter_is(join: Join) -> None:
    page = shown(7)
    join(Role.COMMITTEE).publish(page)
    assert now(join(Role.DELEGATE)) == page


def test_who_leaves_is_told_no_more(join: Join) -> None:
    presenter, seen = join(Role.SECRETARIAT), list[Shown | None]()
    reader = join(Role.DELEGATE)
    leave = reader.subscribe(seen.append)
    leave()
    leave()
    presenter.publish(shown())
    assert seen == []


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ORGANISER, Role.PROJECTOR])
def test_only_who_may_present_does(join: Join, role: Role) -> None:
    with pytest.raises(RefusedError) as caught:
        join(role).publish(shown())
    assert caught.value.code == "role.not_allowed"


def test_one_presents_at_a_time(join: Join) -> None:
    first, second = join(Role.SECRETARIAT), join(Role.COMMITTEE)
    page = shown()
    first.publish(page)
    with pytest.raises(RefusedError) as caught:
        second.publish(shown())
    assert caught.value.code == "presenting.taken"
    second.stop()
    assert now(second) == page
    first.stop()
    other = shown()
    second.publish(other)
    assert now(first) == other


def test_a_paper_for_delegates_is_not_told_to_whom_may_not_read_it(join: Join) -> None:
    presenter, projector = join(Role.SECRETARIAT), join(Role.PROJECTOR)
    seen: list[Shown | None] = []
    projector.subscribe(seen.append)
    presenter.publish(shown(1, OpenClearance.DELEGATES))
    assert now(projector) is None
    page = shown(2)
    presenter.publish(page)
    assert seen == [None, page]
    assert now(projector) == page
