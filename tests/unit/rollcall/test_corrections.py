import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.kernel.approval import Approval
from congress.kernel.clock import ManualClock
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Standing
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.rollcall.corrections import Corrections
from congress.rollcall.desk import Desk
from congress.rollcall.model import (
    CorrectionKind,
    EntryId,
    Method,
    PresenceChanged,
    Session,
    Status,
    Stay,
)
from congress.rollcall.store import presence
from congress.storage.database import Database
from tests.helpers.faces import FewPeople, person
from tests.helpers.vaults import MORNING, actor, manual_clock, memory_database
from tests.unit.rollcall.conftest import Recorder

ANN = person("A1", delegation="North")
BEN = person("B2", delegation="South")
STAND_IN = person("D4", delegation="South", standing=Standing.ALTERNATE)
LISTED = FewPeople([ANN, BEN, STAND_IN])
SECOND = Approval("second", "a passphrase")
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def database(published: Recorder, clock: ManualClock) -> Database:
    return memory_database(publisher=published, clock=clock)


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> Desk:
    return Desk(database, actor(Role.ORGANISER), LISTED, clock, lambda: Settings("A congress"))


@pytest.fixture
def make(database: Database, clock: ManualClock) -> Callable[..., Corrections]:
    def corrections(role: Role = Role.ORGANISER, second: Actor | None = None) -> Corrections:
        return Corrections(
            database,
            actor(role),
            LISTED,
            clock,
            lambda: Settings("A congress"),
            lambda approval: second or actor(Role.SECRETARIAT),
        )

    return corrections


@pytest.fixture
def corrections(make: Callable[..., Corrections]) -> Corrections:
    return make()


@pytest.fixture
def session(desk: Desk, clock: ManualClock) -> Session:
    """A session that opened two hours ago and began one hour ago; Ann has been in it since."""
    desk.open_session("Morning")
    desk.check_in(ANN.id, Method.FACE, score=0.6)
    clock.advance(HOUR)
    began = desk.begin_sitting()
    clock.advance(HOUR)
    return began


def refuses(
    code: str, kind: type[CongressError] = RefusedError
) -> "pytest.RaisesExc[CongressError]":
    return pytest.raises(kind, match=f"^{re.escape(code)}$")


def entry_of(desk: Desk, session: Session, who: PersonId) -> EntryId:
    (line,) = [line for line in desk.register(session.id) if line.person.id == who]
    return line.entries[0].id


def test_two_people_enter_somebody_who_was_there(
    desk: Desk, corrections: Corrections, session: Session, published: Recorder
) -> None:
    made = corrections.correct(
        session.id,
        BEN.id,
        after=Stay(MORNING + timedelta(minutes=20)),
        reason="came by the side door",
        approval=SECOND,
    )
    assert made.kind is CorrectionKind.ADDED
    assert made.confirmed_by == actor(Role.SECRETARIAT).member_id
    assert desk.quorum().present == 2
    assert desk.corrections(session.id) == (made,)
    line = desk.register(session.id)[1]
    assert (line.status, line.late, line.entries[0].method) == (
        Status.PRESENT,
        False,
        Method.MANUAL,
    )
    last = published.of(PresenceChanged)[-1]
    assert isinstance(last, PresenceChanged)
    assert (last.person_id, last.inside) == (BEN.id, True)


def test_what_was_corrected_stays_readable(
    desk: Desk, corrections: Corrections, session: Session, database: Database
) -> None:
    before = entry_of(desk, session, ANN.id)
    made = corrections.correct(
        session.id,
        ANN.id,
        before=before,
        after=Stay(MORNING, MORNING + HOUR),
        reason="left unseen",
        approval=SECOND,
    )
    assert made.kind is CorrectionKind.TIMES
    assert desk.register(session.id)[0].status is Status.LEFT
    with database.reading() as connection:
        rows = list(connection.execute(select(presence).order_by(presence.c.came_at)))
    assert {row.id: row.undone_at is None for row in rows} == {before: False, made.after: True}


def test_an_entry_that_never_was_is_taken_back(
    desk: Desk, corrections: Corrections, session: Session
) -> None:
    before = entry_of(desk, session, ANN.id)
    made = corrections.correct(
        session.id, ANN.id, before=before, reason="taken for a sister", approval=SECOND
    )
    assert (made.kind, made.after) == (CorrectionKind.TAKEN_BACK, None)
    assert desk.register(session.id)[0].status is Status.ABSENT
    with refuses("rollcall.entry_closed"):
        corrections.correct(session.id, ANN.id, before=before, reason="again", approval=SECOND)


def test_before_the_sitting_began_one_organiser_corrects_alone(
    desk: Desk, corrections: Corrections
) -> None:
    session = desk.open_session("Morning")
    made = corrections.correct(session.id, ANN.id, after=Stay(MORNING), reason="no camera")
    assert made.confirmed_by is None
    assert desk.quorum().present == 1


def test_afterwards_it_takes_two_different_people_with_the_right(
    make: Callable[..., Corrections], session: Session
) -> None:
    def correct(of: Corrections, approval: Approval | None) -> None:
        of.correct(session.id, BEN.id, after=Stay(MORNING), reason="x", approval=approval)

    with refuses("rollcall.needs_two"):
        correct(make(), None)
    with refuses("rollcall.needs_two"):
        correct(make(second=actor(Role.ORGANISER)), SECOND)
    with refuses("role.not_allowed"):
        correct(make(second=actor(Role.DELEGATE)), SECOND)
    with refuses("role.not_allowed"):
        correct(make(Role.COMMITTEE), SECOND)


def test_a_closed_session_can_be_corrected(
    desk: Desk, corrections: Corrections, session: Session, clock: ManualClock
) -> None:
    desk.close_session()
    clock.advance(HOUR)
    corrections.correct(
        session.id, BEN.id, after=Stay(MORNING + HOUR), reason="was there", approval=SECOND
    )
    line = desk.register(session.id)[1]
    assert line.status is Status.PRESENT
    assert BEN not in desk.absent_throughout()
    with refuses("rollcall.times", InputError):
        corrections.correct(
            session.id,
            STAND_IN.id,
            after=Stay(MORNING + 2 * HOUR + timedelta(minutes=1)),
            reason="after its end",
            approval=SECOND,
        )


@pytest.mark.parametrize(
    ("came", "left"),
    [(-1, None), (0, -1), (60, 30), (0, 121), (121, None)],
    ids=["before the doors", "left before", "backwards", "leaves tomorrow", "comes tomorrow"],
)
def test_a_stay_lies_within_the_session_and_the_past(
    corrections: Corrections, session: Session, came: int, left: int | None
) -> None:
    minute = timedelta(minutes=1)
    stay = Stay(MORNING + came * minute, None if left is None else MORNING + left * minute)
    with refuses("rollcall.times", InputError):
        corrections.correct(session.id, BEN.id, after=stay, reason="x", approval=SECOND)


def test_nobody_and_no_seat_counts_twice(
    desk: Desk, corrections: Corrections, session: Session
) -> None:
    def correct(who: PersonId, stay: Stay) -> None:
        corrections.correct(session.id, who, after=stay, reason="x", approval=SECOND)

    with refuses("rollcall.overlaps"):
        correct(ANN.id, Stay(MORNING + HOUR))
    with refuses("rollcall.overlaps"):
        correct(STAND_IN.id, Stay(MORNING, MORNING + HOUR, seat_of=ANN.id))
    correct(STAND_IN.id, Stay(MORNING, MORNING + HOUR, seat_of=BEN.id))
    with refuses("rollcall.overlaps"):
        correct(BEN.id, Stay(MORNING + timedelta(minutes=30)))
    correct(BEN.id, Stay(MORNING + HOUR))
    assert desk.quorum().present == 2


def test_only_an_alternate_sat_in_an_officials_seat(
    corrections: Corrections, session: Session
) -> None:
    with refuses("rollcall.not_alternate"):
        corrections.correct(
            session.id, BEN.id, after=Stay(MORNING, seat_of=ANN.id), reason="x", approval=SECOND
        )


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "a\x00b"])
def test_a_correction_has_a_readable_reason(
    corrections: Corrections, session: Session, reason: str
) -> None:
    with refuses("rollcall.reason", InputError):
        corrections.correct(session.id, BEN.id, after=Stay(MORNING), reason=reason, approval=SECOND)


def test_corrects_something_of_somebody_somewhere(
    corrections: Corrections, session: Session
) -> None:
    with refuses("rollcall.nothing_to_correct", InputError):
        corrections.correct(session.id, BEN.id, reason="x", approval=SECOND)
    with refuses("rollcall.unknown_person", InputError):
        corrections.correct(
            session.id, PersonId("x"), after=Stay(MORNING), reason="x", approval=SECOND
        )
    with refuses("rollcall.unknown_session", InputError):
        corrections.correct(
            SessionId("x"), BEN.id, after=Stay(MORNING), reason="x", approval=SECOND
        )


def test_who_is_excused_is_not_simply_absent(
    desk: Desk, corrections: Corrections, session: Session
) -> None:
    corrections.excuse(session.id, BEN.id, "in hospital")
    noted = corrections.excuse(session.id, BEN.id, "  at a funeral ")
    assert noted.reason == "at a funeral"
    line = desk.register(session.id)[1]
    assert (line.status, line.excuse) == (Status.EXCUSED, "at a funeral")
    desk.check_in(BEN.id)
    assert desk.register(session.id)[1].status is Status.PRESENT
    corrections.withdraw_excuse(session.id, BEN.id)
    corrections.withdraw_excuse(session.id, BEN.id)
    assert desk.register(session.id)[1].excuse == ""


def test_an_excused_delegate_is_still_absent_throughout(
    desk: Desk, corrections: Corrections, session: Session
) -> None:
    corrections.excuse(session.id, BEN.id, "ill")
    assert desk.absent_throughout() == (BEN,)


def test_excuses_are_for_those_at_the_door(
    make: Callable[..., Corrections], session: Session
) -> None:
    for of in (make(Role.DELEGATE), make(Role.COMMITTEE)):
        with refuses("role.not_allowed"):
            of.excuse(session.id, BEN.id, "ill")
        with refuses("role.not_allowed"):
            of.withdraw_excuse(session.id, BEN.id)
    with refuses("role.not_allowed"):
        make(Role.DELEGATE).corrections(session.id)
