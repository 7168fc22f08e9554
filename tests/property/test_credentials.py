"""The credentials report adds up to the person, whatever happened at the door."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.i18n.translator import Translator
from congress.kernel.approval import Approval
from congress.kernel.clock import ManualClock
from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person, Sex, Standing
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.rollcall.corrections import Corrections
from congress.rollcall.desk import Desk
from congress.rollcall.model import EntryId, Session, Stay
from congress.secretariat import credentials
from congress.secretariat.model import Cover, CredentialsReport, SessionAttendance
from congress.secretariat.standing import Seat, age_band, by_group, count, in_session, throughout
from tests.helpers.faces import FewPeople, person
from tests.helpers.vaults import actor, manual_clock, memory_database

OFFICIALS = [
    replace(
        person(f"A{n}", delegation="NS"[n % 2], convener=n == 0),
        sex=(Sex.FEMALE, Sex.MALE, None)[n % 3],
        born=(1950, 1999, None, 1971, 1985)[n],
    )
    for n in range(5)
]
ALTERNATES = [person(f"B{n}", standing=Standing.ALTERNATE) for n in range(2)]
EVERYONE = FewPeople([*OFFICIALS, *ALTERNATES, person("C0", standing=Standing.GUEST)])

EMPTY = {Seat.EXCUSED, Seat.ABSENT}

who, official = st.sampled_from(EVERYONE.people), st.sampled_from(OFFICIALS)
kinds = st.sampled_from(
    ["in", "out", "undo", "seat", "back", "next", "begin", "excuse", "add", "drop", "times"]
)
steps = st.lists(st.tuples(kinds, who, official, st.integers(0, 59)), max_size=40)


Taken = dict[EntryId, tuple[SessionId, PersonId]]
"""Which stays stand by what was answered at the door: the session, and whose seat it was."""


def _walk(
    desk: Desk,
    corrections: Corrections,
    clock: ManualClock,
    step: tuple[str, Person, Person, int],
    taken: Taken,
) -> None:
    kind, one, seat, minutes = step
    session = desk.current()
    assert session is not None
    clock.advance(timedelta(minutes=minutes))
    mine = next(line for line in desk.register(session.id) if line.person.id == one.id).entries
    second = Approval("second", "x")
    stay = Stay(clock.now() - timedelta(minutes=minutes), None if minutes % 2 else clock.now())
    match kind:
        case "in":
            came = desk.check_in(one.id)
            taken.setdefault(came.entry.id, (session.id, one.id))
        case "out":
            desk.check_out(one.id)
        case "undo" if mine:
            desk.undo(mine[-1].id)
            del taken[mine[-1].id]
        case "seat":
            sat = desk.take_seat(one.id, seat.id, "away" if minutes % 2 else "")
            taken[sat.entry.id] = session.id, seat.id
        case "back":
            came = desk.give_back(seat.id)
            taken[came.entry.id] = session.id, seat.id
        case "begin":
            desk.begin_sitting()
        case "excuse":
            corrections.excuse(session.id, one.id, "ill")
        case "add":
            made = corrections.correct(
                session.id, one.id, after=stay, reason="seen", approval=second
            )
            assert made.after is not None
            taken[made.after] = session.id, one.id
        case "drop" | "times" if mine:
            after = None if kind == "drop" else stay
            made = corrections.correct(
                session.id, one.id, before=mine[0].id, after=after, reason="no", approval=second
            )
            taken.pop(mine[0].id, None)
            if made.after is not None:
                taken[made.after] = session.id, one.id
        case "next":
            desk.close_session()
            desk.open_session(f"{len(desk.sessions())}")


def _report(desk: Desk, sessions: list[Session], clock: ManualClock) -> CredentialsReport:
    return CredentialsReport(
        Cover("C", "", date(2026, 3, 14), None, clock.now()),
        tuple(
            SessionAttendance(each, desk.register(each.id), desk.quorum(each.id))
            for each in sessions
        ),
        tuple(tuple(desk.corrections(each.id)) for each in sessions),
        {},
        desk.roll(),
    )


@settings(max_examples=80, deadline=None)
@given(steps)
def test_reports_reconcile_with_the_register(
    sequence: list[tuple[str, Person, Person, int]],
) -> None:
    clock, database = manual_clock(), memory_database()

    def rules() -> Settings:
        return Settings("C")

    desk = Desk(database, actor(), EVERYONE, clock, rules)
    corrections = Corrections(
        database, actor(), EVERYONE, clock, rules, lambda _: actor(Role.ORGANISER)
    )
    desk.open_session("0")
    taken: Taken = {}
    for step in sequence:
        try:
            _walk(desk, corrections, clock, step, taken)
        except CongressError:
            continue
    sessions = list(desk.sessions())
    stands = [in_session(desk.register(each.id)) for each in sessions]
    officials = {person.id for person in OFFICIALS}
    for each, stood in zip(sessions, stands, strict=True):
        counted = count(stood)
        came = {seat for session, seat in taken.values() if session == each.id}
        filled = {stand.person.id for stand in stood if stand.seat not in EMPTY}
        assert filled == came & officials, "to the person"
        assert counted.summoned == sum(counted.seats.values()) == len(OFFICIALS)
        assert counted.late <= counted.seats[Seat.IN_PERSON]
        entries = [entry for line in desk.register(each.id) for entry in line.entries]
        seated = {entry.seat_of or entry.person_id for entry in entries}
        assert counted.present == len(seated & {person.id for person in OFFICIALS})
        assert desk.quorum(each.id).present <= counted.present
    whole = throughout(stands)
    absent = {person.id for person in desk.absent_throughout()}
    assert {stand.person.id for stand in whole if stand.seat in EMPTY} == absent
    assert absent == officials - {seat for _, seat in taken.values()}
    roll = desk.roll()
    assert roll.absent_throughout + roll.conveners_absent_throughout == len(absent)
    assert roll.adjusted == count(whole).present

    report = _report(desk, sessions, clock)
    found = {sheet.key: sheet for sheet in credentials.sheets(Translator("en"), report)}
    for key in ("delegations", "sexes", "ages"):
        *groups, total = found[key].rows
        sums = [sum(int(str(row[at])) for row in groups) for at in range(1, len(total))]
        assert sums == [*total[1:]]
        assert total[1] == len(OFFICIALS)
    assert found["sessions"].rows[-1][1:] == found["delegations"].rows[-1][1:]
    away = sum(stand.seat is not Seat.IN_PERSON for stood in stands for stand in stood)
    assert len(found["absences"].rows if "absences" in found else ()) == away
    made = sum(len(each) for each in report.corrections)
    assert len(found["corrections"].rows if "corrections" in found else ()) == made


@given(st.integers(1900, 2026), st.integers(2026, 2040))
def test_every_age_has_one_band(born: int, year: int) -> None:
    band = age_band(replace(OFFICIALS[0], born=born), date(year, 1, 1))
    assert band is not None
    low, high = band
    assert (low or 0) <= year - born <= (high or 200)


def test_groups_come_in_the_order_of_the_register() -> None:
    desk = Desk(memory_database(), actor(), EVERYONE, manual_clock(), lambda: Settings("C"))
    session = desk.open_session("0")
    stands = in_session(desk.register(session.id))
    groups = by_group(stands, lambda person: person.delegation)
    assert {name: each.summoned for name, each in groups.items()} == {"N": 3, "S": 2}
