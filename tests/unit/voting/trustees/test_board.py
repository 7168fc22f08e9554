import pytest

from congress.kernel.clock import ManualClock
from congress.kernel.errors import RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.roles import Role
from congress.storage.database import Database
from congress.voting import board_store
from congress.voting.trustees import rehearsal
from congress.voting.trustees.board import BoardChanged, Boards
from congress.voting.trustees.log import LogLine, What
from tests.helpers.ceremonies import board, board_holders, whole
from tests.helpers.vaults import MORNING, actor, memory_database


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def database(events: list[Event]) -> Database:
    bus = EventBus()
    bus.subscribe(events.append)
    return memory_database(clock=ManualClock(MORNING), publisher=bus)


@pytest.fixture
def boards(database: Database) -> Boards:
    return Boards(database, actor(Role.COMMITTEE), ManualClock(MORNING))


def install(boards: Boards) -> None:
    test = rehearsal.prepare(board()[0])
    answers = tuple(rehearsal.take_part(test, holder) for holder in board_holders())
    boards.install(test, answers, (LogLine(MORNING, What.BEGUN),))


def test_a_rehearsed_board_comes_into_office_with_its_log(
    boards: Boards, events: list[Event]
) -> None:
    assert boards.current() is None
    install(boards)
    found = boards.current()
    assert found is not None
    assert found.ceremony.hash == board()[0].hash
    assert [line.what for line in found.log] == [What.BEGUN, What.READY]
    assert events == [BoardChanged(board()[0].hash)]


def test_the_same_board_is_put_in_office_once(boards: Boards, events: list[Event]) -> None:
    install(boards)
    install(boards)
    assert len(events) == 1


def test_a_later_board_takes_over_and_the_earlier_is_still_found(
    boards: Boards, database: Database
) -> None:
    install(boards)
    session, holders = whole(5)
    later = session.ceremony()
    test = rehearsal.prepare(later)
    answers = tuple(rehearsal.take_part(test, holder) for holder in holders)
    boards.install(test, answers, ())
    found = boards.current()
    assert found is not None
    assert found.ceremony.hash == later.hash
    with database.reading() as connection:
        earlier = board_store.by_hash(connection, board()[0].hash)
        assert earlier is not None
        assert earlier.to_json() == board()[0].to_json()
        assert board_store.by_hash(connection, bytes(32)) is None


def test_a_board_with_one_file_that_does_not_work_is_refused(boards: Boards) -> None:
    test = rehearsal.prepare(board()[0])
    answers = tuple(rehearsal.take_part(test, holder) for holder in board_holders()[:2])
    with pytest.raises(RefusedError, match=r"trustees\.not_rehearsed"):
        boards.install(test, answers, ())
    assert boards.current() is None


def test_only_the_committee_puts_a_board_in_office(database: Database) -> None:
    test = rehearsal.prepare(board()[0])
    for role in (Role.DELEGATE, Role.ORGANISER, Role.PROJECTOR):
        boards = Boards(database, actor(role), ManualClock(MORNING))
        assert not boards.may_install
        with pytest.raises(RefusedError, match=r"role\.not_allowed"):
            boards.install(test, (), ())
