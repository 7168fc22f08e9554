"""The credentials report: who was summoned, who came, by delegation, sex and age, and the base."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Sex, Standing
from congress.rollcall.model import RegisterLine
from congress.secretariat import attendance
from congress.secretariat.blocks import Block, Heading, Note
from congress.secretariat.model import CredentialsReport
from congress.secretariat.standing import (
    Count,
    Seat,
    Stand,
    age_band,
    by_group,
    count,
    in_session,
    throughout,
)
from congress.secretariat.typeset import Paper
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet, as_table

_NUMBER, _MOMENT = ColumnKind.NUMBER, ColumnKind.MOMENT
_TABLES = {"delegation": "delegations", "sex": "sexes", "age": "ages"}


def _columns(tr: Translator, first: Column, *more: Column) -> tuple[Column, ...]:
    return (
        first,
        *more,
        Column("summoned", tr("export.column.summoned"), _NUMBER, "2"),
        *(Column(seat.value, tr(f"credentials.seat.{seat}"), _NUMBER, "2") for seat in Seat),
        Column("late", tr("credentials.late"), _NUMBER, "2"),
        Column("left_early", tr("credentials.left_early"), _NUMBER, "2"),
    )


def _cells(counted: Count) -> tuple[Cell, ...]:
    seats = (counted.seats[seat] for seat in Seat)
    return (counted.summoned, *seats, counted.late, counted.left_early)


def sessions_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row a session, and one for the whole congress if there are several."""
    rows: list[tuple[Cell, ...]] = [
        (each.session.name, *_cells(count(in_session(each.lines)))) for each in report.sessions
    ]
    several = len(rows) > 1
    if several:
        rows.append((tr("credentials.congress"), *_cells(count(_throughout(report)))))
    return Sheet(
        "sessions",
        tr("export.attendance.by_session"),
        _columns(tr, Column("session", tr("floor.field.session"), width="4")),
        tuple(rows),
        totals=(len(rows) - 1,) if several else (),
    )


def _throughout(report: CredentialsReport) -> tuple[Stand, ...]:
    return throughout(in_session(each.lines) for each in report.sessions)


def _grouped(
    tr: Translator,
    report: CredentialsReport,
    key: str,
    title: str,
    group: Callable[[Person], str],
    order: Callable[[str], tuple[int, str]],
) -> Sheet:
    stands = _throughout(report)
    groups = by_group(stands, group)
    rows: list[tuple[Cell, ...]] = [
        (name, *_cells(groups[name])) for name in sorted(groups, key=order)
    ]
    rows.append((tr("export.total"), *_cells(count(stands))))
    first = Column(key, title, width="4")
    table = _TABLES[key]
    return Sheet(
        table, tr(f"credentials.by.{table}"), _columns(tr, first), tuple(rows), (len(rows) - 1,)
    )


def delegations_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row a delegation over the whole congress."""
    title = tr("people.field.delegation")
    return _grouped(tr, report, "delegation", title, _delegation, lambda name: (0, name))


def _delegation(person: Person) -> str:
    return person.delegation


def sexes_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row a sex over the whole congress."""
    words = {sex: tr(f"people.sex.{sex}") for sex in Sex}
    unknown = tr("people.sex.none")
    places = {word: place for place, word in enumerate((*words.values(), unknown))}

    def group(person: Person) -> str:
        return words[person.sex] if person.sex else unknown

    title = tr("people.field.sex")
    return _grouped(tr, report, "sex", title, group, lambda name: (places[name], ""))


def ages_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row a band of ages over the whole congress."""
    day = report.cover.starts or report.cover.issued.date()
    firsts: dict[str, int] = {}

    def group(person: Person) -> str:
        word, first = _band(tr, person, day)
        firsts[word] = first
        return word

    title = tr("credentials.age")
    return _grouped(tr, report, "age", title, group, lambda name: (firsts[name], ""))


def _band(tr: Translator, person: Person, day: date) -> tuple[str, int]:
    band = age_band(person, day)
    if band is None:
        return tr("people.sex.none"), 1000
    low, high = band
    if low is None:
        return tr("credentials.age.under", age=(high or 0) + 1), 0
    if high is None:
        return tr("credentials.age.from", age=low), low
    return tr("credentials.age.band", first=low, last=high), low


def standings_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row a standing: how many are on the list, and how many came at all."""
    lines = [line for each in report.sessions for line in each.lines]
    came = {line.person.id for line in lines if line.entries}
    listed = {line.person.id: line.person for line in lines}
    rows: list[tuple[Cell, ...]] = []
    for standing in Standing:
        of_it = [person for person in listed.values() if person.standing is standing]
        rows.append(
            (tr(f"standing.{standing}"), len(of_it), sum(each.id in came for each in of_it))
        )
    return Sheet(
        "standings",
        tr("credentials.by.standings"),
        (
            Column("standing", tr("people.field.standing"), width="1"),
            Column("listed", tr("credentials.listed"), _NUMBER),
            Column("came", tr("credentials.came"), _NUMBER),
        ),
        tuple(rows),
    )


def absences_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row for each seat that an alternate took or that stayed empty, and why."""
    rows: list[tuple[Cell, ...]] = []
    for each in report.sessions:
        names = {line.person.id: line.person.name for line in each.lines}
        stood = {stand.person.id: stand.seat for stand in in_session(each.lines)}
        for line in each.lines:
            seat = stood.get(line.person.id, Seat.IN_PERSON)
            if seat is Seat.IN_PERSON:
                continue
            person = line.person
            head = (each.session.name, person.badge, person.name, person.delegation)
            by = ", ".join(names[taker] for taker in _takers(each.lines, person))
            rows.append((*head, tr(f"credentials.seat.{seat}"), by, _reason(line, each.lines)))
    return Sheet(
        "absences",
        tr("credentials.absences"),
        (
            Column("session", tr("floor.field.session"), width="2"),
            Column("badge", tr("people.field.badge")),
            Column("name", tr("people.field.name"), width="4"),
            Column("delegation", tr("people.field.delegation"), width="2"),
            Column("seat", tr("export.column.status")),
            Column("seat_taken_by", tr("export.column.seat_taken_by"), width="2"),
            Column("reason", tr("credentials.reason"), width="2"),
        ),
        tuple(rows),
    )


def _takers(lines: Iterable[RegisterLine], person: Person) -> list[PersonId]:
    return [
        line.person.id
        for line in lines
        if any(entry.seat_of == person.id for entry in line.entries)
    ]


def _reason(line: RegisterLine, lines: Iterable[RegisterLine]) -> str:
    reasons = [
        entry.reason
        for other in lines
        for entry in other.entries
        if entry.seat_of == line.person.id and entry.reason
    ]
    return "; ".join(dict.fromkeys([*([line.excuse] if line.excuse else []), *reasons]))


def corrections_sheet(tr: Translator, report: CredentialsReport) -> Sheet:
    """Return one row for each correction of the register."""
    rows: list[tuple[Cell, ...]] = []
    for each, corrected in zip(report.sessions, report.corrections, strict=True):
        names = {line.person.id: line.person.name for line in each.lines}
        for made in corrected:
            at: datetime = report.cover.local(made.at)
            what = tr(f"rollcall.correction.{made.kind}")
            second = report.members.get(made.confirmed_by, "") if made.confirmed_by else ""
            rows.append(
                (
                    each.session.name,
                    at,
                    names.get(made.person_id, ""),
                    what,
                    made.reason,
                    report.members.get(made.by, ""),
                    second,
                )
            )
    return Sheet(
        "corrections",
        tr("credentials.corrections"),
        (
            Column("session", tr("floor.field.session")),
            Column("at", tr("credentials.at"), _MOMENT),
            Column("name", tr("people.field.name"), width="2"),
            Column("correction", tr("credentials.correction")),
            Column("reason", tr("credentials.reason"), width="2"),
            Column("by", tr("credentials.by_member")),
            Column("confirmed_by", tr("credentials.confirmed_by")),
        ),
        tuple(rows),
    )


def sheets(tr: Translator, report: CredentialsReport) -> tuple[Sheet, ...]:
    """Return every table of the report; those of nothing are left out."""
    if not report.sessions:
        return (sessions_sheet(tr, report),)
    found = [sessions_sheet(tr, report), standings_sheet(tr, report)]
    found.append(delegations_sheet(tr, report))
    people = [line.person for line in report.sessions[0].lines]
    if any(person.sex for person in people):
        found.append(sexes_sheet(tr, report))
    if any(person.born for person in people):
        found.append(ages_sheet(tr, report))
    if report.roll:
        found.append(attendance.base_sheet(tr, report.roll))
    others = (absences_sheet(tr, report), corrections_sheet(tr, report))
    return (*found, *(sheet for sheet in others if sheet.rows))


def paper(tr: Translator, report: CredentialsReport) -> Paper:
    """Return the report as a paper."""
    blocks: list[Block] = []
    if not report.sessions:
        blocks.append(Note(tr("export.attendance.no_session")))
    for sheet in sheets(tr, report) if report.sessions else ():
        blocks += [Heading(sheet.title), as_table(tr, sheet, caption=False)]
    return Paper(
        title=tr("credentials.title"),
        subtitle=report.cover.days(tr),
        letterhead=report.cover.letterhead(tr),
        issued=report.cover.issued.date(),
        blocks=tuple(blocks),
        footer=tr("export.issued", moment=report.cover.issued),
    )
