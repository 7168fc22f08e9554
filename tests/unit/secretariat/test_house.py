from datetime import UTC, datetime, timedelta

from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person, Standing
from congress.rollcall.model import Entry, EntryId, Method, RegisterLine, Status
from congress.secretariat.house import House, came, house, went

START = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def line(
    name: str,
    *stays: tuple[int, int | None],
    standing: Standing = Standing.OFFICIAL,
    seat_of: str = "",
) -> RegisterLine:
    entries = tuple(
        Entry(
            EntryId(f"{name}{i}"),
            SessionId("s"),
            PersonId(name),
            at(first),
            None if last is None else at(last),
            Method.FACE,
            seat_of=PersonId(seat_of) if seat_of else None,
        )
        for i, (first, last) in enumerate(stays)
    )
    inside = any(entry.left_at is None for entry in entries)
    status = Status.PRESENT if inside else Status.LEFT if entries else Status.ABSENT
    return RegisterLine(Person(PersonId(name), name, name, "Paris", standing), status, entries)


def test_an_empty_house() -> None:
    assert house([line("a"), line("b")], 2) == House(0, 0, 0, None, 0)


def test_a_quorum_of_nobody_is_never_reached() -> None:
    assert house([line("a", (0, None))], 0).quorate_at is None


def test_the_quorum_is_reached_when_enough_are_in_at_once() -> None:
    lines = [line("a", (0, 10)), line("b", (5, None)), line("c", (20, None)), line("d", (30, None))]
    filled = house(lines, 3)
    assert (filled.attended, filled.most, filled.quorate_at) == (4, 3, at(30))


def test_who_goes_and_comes_back_counts_once() -> None:
    assert house([line("a", (0, 5), (10, 20), (30, None))], 1) == House(1, 0, 1, at(0), 0)


def test_a_stay_of_no_length_does_no_harm() -> None:
    lines = [line("a", (0, 0), (5, None)), line("b", (6, None))]
    assert house(lines, 2).most == 2


def test_an_alternate_fills_the_seat_of_another() -> None:
    lines = [
        line("a"),
        line("b", (0, None)),
        line("x", (3, None), standing=Standing.ALTERNATE, seat_of="a"),
    ]
    assert house(lines, 2) == House(2, 1, 2, at(3), 0)


def test_a_seat_shared_by_its_owner_and_an_alternate_is_one_seat() -> None:
    lines = [
        line("a", (0, 10)),
        line("x", (10, None), standing=Standing.ALTERNATE, seat_of="a"),
    ]
    assert house(lines, 2) == House(1, 0, 1, None, 0)


def test_guests_and_alternates_without_a_seat_are_others() -> None:
    lines = [
        line("a", (0, None)),
        line("g", (1, None), standing=Standing.GUEST),
        line("x", (1, None), standing=Standing.ALTERNATE),
    ]
    assert house(lines, 1) == House(1, 0, 1, at(0), 2)


def test_coming_and_going() -> None:
    assert (came(line("a")), went(line("a"))) == (None, None)
    assert (came(line("a", (3, None))), went(line("a", (3, None)))) == (at(3), None)
    assert went(line("a", (3, 5), (7, 9))) == at(9)
    assert went(line("a", (3, 5), (7, None))) is None
