"""The small modules of the kernel: ids, clock, errors, events, progress, roles, signing."""

import string
from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime, timedelta

import pytest

from congress.kernel.clock import ManualClock, SystemClock
from congress.kernel.errors import (
    Cancelled,
    CongressError,
    EnvironmentFault,
    InputError,
    RefusedError,
)
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import ID_LENGTH, MemberId, new_id
from congress.kernel.progress import CancelFlag, Silent
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Right, Role
from congress.kernel.signing import Signer, verify


def test_identifiers_are_random_and_of_one_shape() -> None:
    made = {new_id() for _ in range(500)}
    assert len(made) == 500
    assert {len(each) for each in made} == {ID_LENGTH}
    assert set("".join(made)) <= set(string.ascii_lowercase + "234567")


def test_the_systems_clock_tells_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)


def test_a_manual_clock_stands_until_it_is_moved() -> None:
    start = datetime(2026, 3, 14, tzinfo=UTC)
    clock = ManualClock(start)
    assert clock.now() == clock.now() == start
    clock.advance(timedelta(minutes=5))
    assert clock.now() == start + timedelta(minutes=5)


def test_a_clock_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2026, 3, 14))  # noqa: DTZ001 - the point


def test_an_error_shows_its_code_and_nothing_else() -> None:
    error = InputError("people.bad_row", name="Nguyễn Thị Lan", row=7)
    assert str(error) == "people.bad_row"
    assert "Lan" not in repr(error)
    assert error.params == {"name": "Nguyễn Thị Lan", "row": 7}
    assert isinstance(error, CongressError)
    assert not isinstance(error, EnvironmentFault)


def test_a_cancellation_needs_no_parameters() -> None:
    assert (Cancelled().code, Cancelled().params) == ("cancelled", {})


@dataclass(frozen=True, slots=True)
class _Happened(Event):
    number: int


def test_every_listener_hears_every_event_in_order() -> None:
    bus = EventBus()
    first: list[Event] = []
    second: list[Event] = []
    bus.subscribe(first.append)
    leave = bus.subscribe(second.append)
    bus.publish(_Happened(1))
    leave()
    leave()
    bus.publish(_Happened(2))
    assert first == [_Happened(1), _Happened(2)]
    assert second == [_Happened(1)]


def test_a_listener_may_leave_while_it_is_told() -> None:
    bus = EventBus()
    heard: list[str] = []

    def once(_: Event) -> None:
        heard.append("once")
        leave()

    leave = bus.subscribe(once)
    bus.subscribe(lambda _: heard.append("always"))
    bus.publish(_Happened(1))
    bus.publish(_Happened(2))
    assert heard == ["once", "always", "always"]


def test_nobody_needs_to_watch() -> None:
    silent = Silent()
    silent.report(1, 2, "reading")
    silent.check()


def test_a_raised_flag_stops_the_work_at_its_next_step() -> None:
    flag = CancelFlag()
    flag.check()
    before = flag.raised
    flag.raise_flag()
    assert (before, flag.raised) == (False, True)
    with pytest.raises(Cancelled):
        flag.check()


def _actor(role: Role) -> Actor:
    return Actor(MemberId("a" * 26), role, "lan")


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.SECRETARIAT, Right.MANAGE_MEMBERS, None),
        (Role.ORGANISER, Right.CHECK_IN, Right.RUN_POLL),
        (Role.COMMITTEE, Right.RUN_POLL, Right.CHECK_IN),
        (Role.DELEGATE, Right.CAST, Right.SEE_PEOPLE),
        (Role.PROJECTOR, Right.SEE_RESULTS, Right.CAST),
    ],
)
def test_a_role_may_what_its_part_needs(role: Role, may: Right, may_not: Right | None) -> None:
    actor = _actor(role)
    assert actor.may(may)
    actor.require(may)
    if may_not is not None:
        assert not actor.may(may_not)
        with pytest.raises(RefusedError) as caught:
            actor.require(may_not)
        assert caught.value.code == "role.not_allowed"
        assert caught.value.params == {"role": role.value, "right": may_not.value}


def test_the_secretariat_may_everything_and_nobody_else_manages_members() -> None:
    assert all(_actor(Role.SECRETARIAT).may(right) for right in Right)
    managers = [role for role in Role if _actor(role).may(Right.MANAGE_MEMBERS)]
    assert managers == [Role.SECRETARIAT]


def test_only_the_secretariat_holds_restricted_and_secret_papers() -> None:
    assert set(CLEARANCES_OF) == set(Role)
    for role, held in CLEARANCES_OF.items():
        assert Clearance.PUBLIC in held
        closed = {Clearance.RESTRICTED, Clearance.SECRET} & set(held)
        assert bool(closed) == (role is Role.SECRETARIAT)


def test_an_actor_cannot_be_promoted() -> None:
    with pytest.raises(FrozenInstanceError):
        _actor(Role.DELEGATE).role = Role.SECRETARIAT  # type: ignore[misc]


def test_a_signature_is_of_one_key_one_purpose_and_one_value() -> None:
    signer, other = Signer(bytes(32)), Signer(bytes([1] * 32))
    signature = signer.sign("ledger.head", {"seq": 1})
    assert len(signature) == 64
    assert len(signer.public_key) == 32
    assert verify(signer.public_key, "ledger.head", {"seq": 1}, signature)
    assert not verify(signer.public_key, "ledger.head", {"seq": 2}, signature)
    assert not verify(signer.public_key, "certificate", {"seq": 1}, signature)
    assert not verify(other.public_key, "ledger.head", {"seq": 1}, signature)
    assert not verify(signer.public_key, "ledger.head", {"seq": 1}, signature[:-1])
    assert not verify(b"not a key", "ledger.head", {"seq": 1}, signature)
