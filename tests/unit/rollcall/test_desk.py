import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from congress.kernel.clock import ManualClock
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Standing
from congress.kernel.roles import Role
from congress.kernel.settings import QuorumBase, QuorumRule, Settings
from congress.rollcall import store
from congress.rollcall.desk import Desk
from congress.rollcall.matching import build
from congress.rollcall.model import EntryId, Method, PresenceChanged, SessionsChanged, Status
from congress.storage.database import Database
from congress.storage.schema import audit
from tests.helpers.faces import FewPeople, fake_backend, person, unit
from tests.helpers.vaults import MORNING, actor, manual_clock, memory_database
from tests.unit.rollcall.conftest import Recorder

ANN = person("A1", delegation="North", weight=3)
BEN = person("B2", delegation="South", convener=True)
CHI = person("C3", delegation="South")
STAND_IN = person("D4", delegation="South", standing=Standing.ALTERNATE)
GUEST = person("E5", delegation="Press", standing=Standing.GUEST)


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def database(published: Recorder, clock: ManualClock) -> Database:
    return memory_database(publisher=published, clock=clock)


@pytest.fixture
def make(database: Database, clock: ManualClock) -> Callable[[Role], Desk]:
    listed = FewPeople([ANN, BEN, CHI, STAND_IN, GUEST])

    def desk(role: Role) -> Desk:
        return Desk(database, actor(role), listed, clock, lambda: Settings("A congress"))

    return desk


@pytest.fixture
def desk(make: Callable[[Role], Desk]) -> Desk:
    return make(Role.ORGANISER)


def refuses(
    code: str, kind: type[CongressError] = RefusedError
) -> "pytest.RaisesExc[CongressError]":
    return pytest.raises(kind, match=f"^{re.escape(code)}$")


def audited(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(audit)).scalar_one()


def test_one_session_at_a_time(desk: Desk, published: Recorder) -> None:
    assert desk.current() is None
    session = desk.open_session("  Morning ")
    assert session.name == "Morning"
    assert desk.current() == session
    with refuses("rollcall.session_open"):
        desk.open_session("Afternoon")
    closed = desk.close_session()
    assert (closed.id, closed.closed_at) == (session.id, MORNING)
    assert desk.sessions() == (closed,)
    assert len(published.of(SessionsChanged)) == 2
    with refuses("rollcall.no_session"):
        desk.close_session()


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_session_needs_a_name(desk: Desk, name: str) -> None:
    with refuses("rollcall.session_name", InputError):
        desk.open_session(name)


def test_checks_in_once_with_score_model_and_door(
    desk: Desk, published: Recorder, clock: ManualClock, database: Database
) -> None:
    desk.open_session("Morning")
    first = desk.check_in(ANN.id, Method.FACE, score=0.6127, model="sface", door="East")
    assert first.new
    assert (first.entry.score, first.entry.model, first.entry.door) == (613, "sface", "East")
    assert (first.person, first.quorum.present, first.quorum.summoned) == (ANN, 1, 3)
    before = audited(database)
    clock.advance(timedelta(minutes=5))
    again = desk.check_in(ANN.id, Method.MANUAL)
    assert not again.new
    assert again.entry == first.entry
    assert audited(database) == before
    (event,) = published.of(PresenceChanged)
    assert isinstance(event, PresenceChanged)
    assert (event.person_id, event.inside, event.quorum.present) == (ANN.id, True, 1)


def test_needs_a_session_and_a_person_on_the_list(desk: Desk) -> None:
    with refuses("rollcall.no_session"):
        desk.check_in(ANN.id)
    desk.open_session("Morning")
    with refuses("rollcall.unknown_person", InputError):
        desk.check_in(PersonId("nobody"))


def test_goes_out_and_comes_back(desk: Desk, clock: ManualClock) -> None:
    session = desk.open_session("Morning")
    desk.check_in(ANN.id)
    clock.advance(timedelta(hours=1))
    assert desk.check_out(ANN.id).present == 0
    assert desk.check_out(ANN.id).present == 0
    assert desk.register(session.id)[0].status is Status.LEFT
    assert desk.check_in(ANN.id).new
    line = desk.register(session.id)[0]
    assert line.status is Status.PRESENT
    assert [entry.left_at for entry in line.entries] == [MORNING + timedelta(hours=1), None]


def test_an_entry_can_be_taken_back_once_while_the_session_is_open(
    desk: Desk, published: Recorder
) -> None:
    session = desk.open_session("Morning")
    entry = desk.check_in(ANN.id, Method.FACE, score=0.5).entry
    assert desk.undo(entry.id).present == 0
    assert desk.register(session.id)[0].status is Status.ABSENT
    assert ANN in desk.absent_throughout()
    last = published.of(PresenceChanged)[-1]
    assert isinstance(last, PresenceChanged)
    assert not last.inside
    with refuses("rollcall.entry_closed"):
        desk.undo(entry.id)
    other = desk.check_in(ANN.id).entry
    desk.close_session()
    desk.open_session("Afternoon")
    for gone in (other.id, EntryId("none")):
        with refuses("rollcall.entry_closed"):
            desk.undo(gone)


def test_quorum_is_live_and_empty_without_a_session(desk: Desk) -> None:
    assert (desk.quorum().present, desk.quorum().needed) == (0, 2)
    session = desk.open_session("Morning")
    desk.check_in(ANN.id)
    desk.check_in(GUEST.id)
    desk.check_in(CHI.id)
    house = desk.quorum()
    assert (house.present, house.guests, house.reached) == (2, 1, True)
    desk.close_session()
    assert desk.quorum().present == 0
    assert desk.quorum(session.id).present == 2


def test_an_alternate_takes_a_seat_and_votes_with_its_weight(desk: Desk) -> None:
    session = desk.open_session("Morning")
    desk.check_in(STAND_IN.id, Method.FACE, score=0.7, door="East")
    assert desk.quorum().present == 0
    taken = desk.take_seat(STAND_IN.id, ANN.id)
    assert (taken.quorum.present, taken.entry.seat_of, taken.entry.door) == (1, ANN.id, "East")
    assert desk.roll().replaced == {ANN.id}
    roll = desk.roll()
    assert roll.present == {STAND_IN.id}
    assert roll.weights == {STAND_IN.id: Fraction(3)}
    assert roll.sections == {STAND_IN.id: "North"}
    lines = {line.person.id: line for line in desk.register(session.id)}
    assert lines[ANN.id].status is Status.REPLACED
    assert lines[ANN.id].seated == STAND_IN.id
    with refuses("rollcall.seat_taken"):
        desk.check_in(ANN.id)
    with refuses("rollcall.seat_taken"):
        desk.take_seat(STAND_IN.id, ANN.id)
    desk.check_out(STAND_IN.id)
    assert desk.check_in(ANN.id).quorum.present == 1


def test_only_an_alternate_takes_only_an_officials_empty_seat(desk: Desk) -> None:
    desk.open_session("Morning")
    for one, other in ((GUEST, ANN), (BEN, ANN), (STAND_IN, GUEST)):
        with refuses("rollcall.not_alternate"):
            desk.take_seat(one.id, other.id)
    desk.check_in(ANN.id)
    with refuses("rollcall.seat_taken"):
        desk.take_seat(STAND_IN.id, ANN.id)
    assert desk.take_seat(STAND_IN.id, CHI.id).entry.method is Method.OPERATOR


def test_absent_throughout_counts_over_all_sessions(desk: Desk) -> None:
    assert desk.absent_throughout() == ()
    desk.open_session("Morning")
    desk.check_in(ANN.id)
    desk.close_session()
    desk.open_session("Afternoon")
    assert desk.absent_throughout() == (BEN, CHI)
    roll = desk.roll()
    assert (roll.summoned, roll.absent_throughout, roll.conveners_absent_throughout) == (3, 1, 1)
    assert (roll.present, roll.adjusted) == (frozenset(), 1)
    desk.take_seat(STAND_IN.id, BEN.id)
    assert desk.absent_throughout() == (CHI,)


def test_the_roll_counts_only_those_with_a_vote(desk: Desk) -> None:
    with refuses("rollcall.no_session"):
        desk.roll()
    desk.open_session("Morning")
    for each in (ANN, GUEST, STAND_IN):
        desk.check_in(each.id)
    roll = desk.roll()
    assert roll.present == {ANN.id}
    assert roll.taken_at == MORNING
    desk.close_session()
    assert desk.roll().present == {ANN.id}


def test_who_may_do_what(make: Callable[[Role], Desk], desk: Desk) -> None:
    session = desk.open_session("Morning")
    entry = desk.check_in(ANN.id).entry
    for role in (Role.COMMITTEE, Role.DELEGATE, Role.PROJECTOR):
        other = make(role)
        for action in (
            lambda other=other: other.check_in(BEN.id),
            lambda other=other: other.check_out(ANN.id),
            lambda other=other: other.undo(entry.id),
            lambda other=other: other.take_seat(STAND_IN.id, BEN.id),
            other.close_session,
            lambda other=other: other.open_session("x"),
        ):
            with refuses("role.not_allowed"):
                action()
        assert other.quorum().present == 1
    with refuses("role.not_allowed"):
        make(Role.PROJECTOR).register(session.id)


def test_the_database_itself_refuses_two_open_stays(desk: Desk, database: Database) -> None:
    desk.open_session("Morning")
    entry = desk.check_in(ANN.id).entry
    with pytest.raises(IntegrityError), database.unit_of_work(actor()) as uow:
        store.add_entry(uow.connection, replace(entry, id=EntryId("again")))


def test_who_comes_after_the_sitting_began_is_late(desk: Desk, clock: ManualClock) -> None:
    session = desk.open_session("Morning")
    desk.check_in(ANN.id)
    clock.advance(timedelta(minutes=30))
    began = desk.begin_sitting()
    assert began.began_at == MORNING + timedelta(minutes=30)
    assert desk.current() == began
    with refuses("rollcall.sitting_began"):
        desk.begin_sitting()
    clock.advance(timedelta(minutes=1))
    desk.check_in(BEN.id)
    late = {line.person.id for line in desk.register(session.id) if line.late}
    assert late == {BEN.id}


def test_who_came_back_is_not_late(desk: Desk, clock: ManualClock) -> None:
    session = desk.open_session("Morning")
    desk.check_in(ANN.id)
    desk.begin_sitting()
    desk.check_out(ANN.id)
    clock.advance(timedelta(minutes=1))
    desk.check_in(ANN.id)
    assert not desk.register(session.id)[0].late


def test_who_is_out_when_the_session_closes_left_early(desk: Desk) -> None:
    session = desk.open_session("Morning")
    desk.check_in(ANN.id)
    desk.check_in(BEN.id)
    desk.check_out(ANN.id)
    desk.close_session()
    statuses = [line.status for line in desk.register(session.id)[:3]]
    assert statuses == [Status.LEFT_EARLY, Status.PRESENT, Status.ABSENT]


def test_once_the_sitting_began_one_person_undoes_only_what_is_fresh(
    desk: Desk, clock: ManualClock
) -> None:
    desk.open_session("Morning")
    old = desk.check_in(ANN.id).entry
    clock.advance(timedelta(minutes=11))
    desk.begin_sitting()
    fresh = desk.check_in(BEN.id).entry
    assert desk.undo(fresh.id).present == 1
    with refuses("rollcall.needs_two"):
        desk.undo(old.id)


def test_a_delegate_who_comes_back_gets_the_seat_again(desk: Desk, clock: ManualClock) -> None:
    session = desk.open_session("Morning")
    desk.check_in(STAND_IN.id, Method.FACE, score=0.7, door="East")
    clock.advance(timedelta(minutes=5))
    desk.take_seat(STAND_IN.id, ANN.id, "  called away ")
    clock.advance(timedelta(minutes=5))
    back = desk.give_back(ANN.id, Method.QR)
    assert (back.person, back.new, back.entry.method) == (ANN, True, Method.QR)
    assert (back.quorum.present, back.quorum.guests) == (1, 1)
    assert desk.roll().present == {ANN.id}
    lines = {line.person.id: line for line in desk.register(session.id)}
    assert lines[ANN.id].status is Status.PRESENT
    seats = [entry.seat_of for entry in lines[STAND_IN.id].entries]
    reasons = [entry.reason for entry in lines[STAND_IN.id].entries]
    assert seats == [None, ANN.id, None]
    assert reasons == ["", "called away", ""]
    with refuses("rollcall.seat_free"):
        desk.give_back(ANN.id)


def test_a_reason_for_taking_a_seat_is_readable(desk: Desk) -> None:
    desk.open_session("Morning")
    with refuses("rollcall.reason", InputError):
        desk.take_seat(STAND_IN.id, ANN.id, "x" * 501)


def test_a_register_of_no_session_is_refused(desk: Desk) -> None:
    with refuses("rollcall.unknown_session", InputError):
        desk.register(SessionId("none"))


def test_the_quorum_can_be_a_share_of_who_registered(database: Database) -> None:
    rule = QuorumRule(Fraction(1, 2), strict=True, base=QuorumBase.REGISTERED)
    listed = FewPeople([ANN, BEN, CHI, STAND_IN])
    desk = Desk(database, actor(), listed, manual_clock(), lambda: Settings("A", quorum=rule))
    desk.open_session("Morning")
    assert not desk.quorum().reached
    assert desk.check_in(ANN.id).quorum.reached
    house = desk.check_in(BEN.id).quorum
    assert (house.base, house.needed, house.reached) == (2, 2, True)
    desk.close_session()
    desk.open_session("Afternoon")
    house = desk.check_in(STAND_IN.id).quorum
    assert (house.registered, house.needed, house.present, house.reached) == (2, 2, 0, False)
    assert not desk.check_in(ANN.id).quorum.reached
    assert desk.check_in(BEN.id).quorum.reached


def test_what_a_door_judges_by_is_in_the_audit(
    desk: Desk, make: Callable[[Role], Desk], database: Database
) -> None:
    backend = replace(fake_backend(), detector_sha256="d" * 64)
    gallery = build({ANN.id: [unit(1)]}, backend.scale, backend.model.size)
    desk.note_watch("1", backend, gallery, unattended=True)
    with database.reading() as connection:
        noted = connection.execute(
            select(audit.c.detail).where(audit.c.action == "door.watched")
        ).scalar_one()
    assert noted == {
        "backend": "fake",
        "model": "fake",
        "model_sha256": backend.model.sha256,
        "detector_sha256": "d" * 64,
        "threshold": 480,
        "persons": 1,
        "unattended": True,
    }
    with refuses("role.not_allowed"):
        make(Role.COMMITTEE).note_watch("1", backend, gallery)


def test_a_seat_given_back_keeps_the_door(desk: Desk) -> None:
    desk.open_session("Morning")
    desk.check_in(STAND_IN.id, door="East")
    desk.take_seat(STAND_IN.id, BEN.id)
    assert desk.give_back(BEN.id, Method.QR, door="West").entry.door == "West"
