"""The attendance of a congress: by session, by delegation, by person, and the itemised base."""

from datetime import datetime

from congress.i18n.translator import Translator
from congress.kernel.people import Standing
from congress.kernel.roll import Roll
from congress.rollcall.model import RegisterLine
from congress.secretariat.blocks import Block, Facts, Heading, NewPage, Note
from congress.secretariat.house import House, came, house, went
from congress.secretariat.model import AttendanceReport, SessionAttendance
from congress.secretariat.typeset import Paper
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet, as_table

_NUMBER, _TIME, _MOMENT = ColumnKind.NUMBER, ColumnKind.TIME, ColumnKind.MOMENT


def _houses(report: AttendanceReport) -> list[House]:
    return [house(each.lines, each.quorum.needed) for each in report.sessions]


def _local(report: AttendanceReport, moment: datetime | None) -> datetime | None:
    return None if moment is None else report.cover.local(moment)


def sessions_sheet(tr: Translator, report: AttendanceReport) -> Sheet:
    """Return one row a session: when it was, who was summoned, who came, and the quorum."""
    rows = [
        (
            each.session.name,
            _local(report, each.session.opened_at),
            _local(report, each.session.closed_at),
            each.quorum.summoned,
            each.quorum.needed,
            filled.attended,
            filled.by_alternates,
            filled.most,
            _local(report, filled.quorate_at),
            filled.guests,
        )
        for each, filled in zip(report.sessions, _houses(report), strict=True)
    ]
    return Sheet(
        "sessions",
        tr("export.attendance.by_session"),
        (
            Column("session", tr("floor.field.session"), width="3"),
            Column("opened", tr("export.column.opened"), _MOMENT),
            Column("closed", tr("export.column.closed"), _MOMENT),
            Column("summoned", tr("export.column.summoned"), _NUMBER),
            Column("needed", tr("export.column.quorum"), _NUMBER),
            Column("attended", tr("export.column.attended"), _NUMBER),
            Column("by_alternates", tr("export.column.by_alternates"), _NUMBER),
            Column("most_at_once", tr("export.column.most_at_once"), _NUMBER),
            Column("quorate_at", tr("export.column.quorate_at"), _TIME),
            Column("guests", tr("export.column.guests"), _NUMBER),
        ),
        tuple(rows),
    )


def delegations_sheet(tr: Translator, report: AttendanceReport) -> Sheet:
    """Return one row a delegation: official delegates summoned, and seats taken by session."""
    summoned: dict[str, int] = {}
    taken: dict[str, list[int]] = {}
    width = len(report.sessions)
    for i, each in enumerate(report.sessions):
        for line in each.lines:
            if line.person.standing is not Standing.OFFICIAL:
                continue
            name = line.person.delegation
            summoned[name] = summoned.get(name, 0) + (i == 0)
            taken.setdefault(name, [0] * width)[i] += _seat_taken(each, line)
    rows: list[tuple[Cell, ...]] = [
        (name, summoned[name], *taken[name]) for name in sorted(summoned)
    ]
    rows.append(
        (
            tr("export.total"),
            sum(summoned.values()),
            *(sum(row[i] for row in taken.values()) for i in range(width)),
        )
    )
    return Sheet(
        "delegations",
        tr("export.attendance.by_delegation"),
        (
            Column("delegation", tr("people.field.delegation"), width="1"),
            Column("summoned", tr("export.column.summoned"), _NUMBER),
            *(
                Column(f"session_{i}", each.session.name, _NUMBER)
                for i, each in enumerate(report.sessions, start=1)
            ),
        ),
        tuple(rows),
        totals=(len(rows) - 1,),
    )


def _seat_taken(each: SessionAttendance, line: RegisterLine) -> bool:
    return bool(line.entries) or any(
        entry.seat_of == line.person.id for other in each.lines for entry in other.entries
    )


def register_sheet(tr: Translator, report: AttendanceReport) -> Sheet:
    """Return one row a person and session: the register itself."""
    rows: list[tuple[Cell, ...]] = []
    for each in report.sessions:
        names = {line.person.id: line.person.name for line in each.lines}
        for line in each.lines:
            person = line.person
            first = line.entries[0] if line.entries else None
            seats = [entry.seat_of for entry in line.entries if entry.seat_of]
            rows.append(
                (
                    each.session.name,
                    person.badge,
                    person.name,
                    person.delegation,
                    tr(f"standing.{person.standing}"),
                    person.seat,
                    tr(f"rollcall.status.{line.status}"),
                    _local(report, came(line)),
                    _local(report, went(line)),
                    tr(f"rollcall.method.{first.method}") if first else "",
                    names.get(line.seated, "") if line.seated else "",
                    names.get(seats[-1], "") if seats else "",
                )
            )
    return Sheet(
        "register",
        tr("export.attendance.register"),
        (
            Column("session", tr("floor.field.session")),
            Column("badge", tr("people.field.badge")),
            Column("name", tr("people.field.name"), width="3"),
            Column("delegation", tr("people.field.delegation"), width="2"),
            Column("standing", tr("people.field.standing")),
            Column("seat", tr("people.field.seat")),
            Column("status", tr("export.column.status")),
            Column("came", tr("export.column.came"), _MOMENT),
            Column("left", tr("export.column.left"), _MOMENT),
            Column("method", tr("export.column.method")),
            Column("seat_taken_by", tr("export.column.seat_taken_by")),
            Column("in_seat_of", tr("export.column.in_seat_of")),
        ),
        tuple(rows),
    )


def matrix_sheet(tr: Translator, report: AttendanceReport) -> Sheet:
    """Return one row a person and one column a session: when each first came, or nothing."""
    rows: list[tuple[Cell, ...]] = []
    lines = report.sessions[0].lines if report.sessions else ()
    by_session = [{line.person.id: line for line in each.lines} for each in report.sessions]
    for line in lines:
        person = line.person
        times = [
            _local(report, came(found[person.id])) if person.id in found else None
            for found in by_session
        ]
        attended = sum(time is not None for time in times)
        rows.append((person.badge, person.name, person.delegation, *times, attended))
    return Sheet(
        "matrix",
        tr("export.attendance.matrix"),
        (
            Column("badge", tr("people.field.badge")),
            Column("name", tr("people.field.name"), width="3"),
            Column("delegation", tr("people.field.delegation"), width="2"),
            *(
                Column(f"session_{i}", each.session.name, _TIME)
                for i, each in enumerate(report.sessions, start=1)
            ),
            Column("sessions_attended", tr("export.column.sessions"), _NUMBER),
        ),
        tuple(rows),
    )


def base_sheet(tr: Translator, roll: Roll) -> Sheet:
    """Return the itemised base of elections, line by line, with its sum."""
    rows: list[tuple[Cell, ...]] = [
        (tr(f"export.base.{item.kind}"), item.count) for item in roll.items
    ]
    rows.append((tr("export.base.adjusted"), roll.adjusted))
    return Sheet(
        "base",
        tr("export.attendance.base"),
        (
            Column("line", tr("export.column.line"), width="1"),
            Column("count", tr("export.column.number"), _NUMBER),
        ),
        tuple(rows),
        totals=(len(rows) - 1,),
    )


def sheets(tr: Translator, report: AttendanceReport) -> tuple[Sheet, ...]:
    """Return every table of the attendance."""
    base = (base_sheet(tr, report.roll),) if report.roll else ()
    return (
        sessions_sheet(tr, report),
        delegations_sheet(tr, report),
        register_sheet(tr, report),
        matrix_sheet(tr, report),
        *base,
    )


def _narrow(sheet: Sheet, *keys: str) -> Sheet:
    """Return a sheet with these columns alone, for the width of a paper."""
    kept = [i for key in keys for i, column in enumerate(sheet.columns) if column.key == key]
    return Sheet(
        sheet.key,
        sheet.title,
        tuple(sheet.columns[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in sheet.rows),
        sheet.totals,
    )


def _session_register(tr: Translator, report: AttendanceReport, each: SessionAttendance) -> Sheet:
    """Return the register of one session for a paper: times of day, and remarks in words."""
    names = {line.person.id: line.person.name for line in each.lines}
    rows: list[tuple[Cell, ...]] = []
    for line in each.lines:
        first = line.entries[0] if line.entries else None
        seats = [entry.seat_of for entry in line.entries if entry.seat_of]
        remark = ""
        if seats:
            remark = tr("export.in_seat_of", name=names.get(seats[-1], ""))
        elif line.seated:
            remark = tr("export.seat_taken_by", name=names.get(line.seated, ""))
        rows.append(
            (
                line.person.badge,
                line.person.name,
                line.person.delegation,
                tr(f"rollcall.status.{line.status}"),
                _local(report, came(line)),
                _local(report, went(line)),
                tr(f"rollcall.method.{first.method}") if first else "",
                remark,
            )
        )
    columns = (
        Column("badge", tr("people.field.badge")),
        Column("name", tr("people.field.name"), width="3"),
        Column("delegation", tr("people.field.delegation"), width="2"),
        Column("status", tr("export.column.status")),
        Column("came", tr("export.column.came"), _TIME),
        Column("left", tr("export.column.left"), _TIME),
        Column("method", tr("export.column.method")),
        Column("remark", tr("export.column.remark"), width="2"),
    )
    sheet = Sheet("register", tr("export.attendance.register"), columns, tuple(rows))
    optional = {"left", "remark"}
    said = [
        column.key
        for i, column in enumerate(columns)
        if column.key not in optional or any(row[i] for row in rows)
    ]
    return _narrow(sheet, *said)


def session_facts(tr: Translator, report: AttendanceReport, at: int) -> Facts:
    """Return what can be said of one session in a few lines."""
    each = report.sessions[at]
    filled = house(each.lines, each.quorum.needed)
    opened = tr.datetime(report.cover.local(each.session.opened_at))
    closed = _local(report, each.session.closed_at)
    rows = [
        (tr("export.column.opened"), opened),
        (tr("export.column.closed"), tr.time(closed) if closed else tr("export.session_open")),
        (tr("export.column.summoned"), tr.number(each.quorum.summoned)),
        (
            tr("export.column.attended"),
            tr(
                "export.of_summoned",
                part=filled.attended,
                percent=tr.percent(filled.attended, each.quorum.summoned),
            ),
        ),
        (tr("export.quorum"), quorum_sentence(tr, report, at)),
    ]
    if filled.by_alternates:
        rows.append((tr("export.column.by_alternates"), tr.number(filled.by_alternates)))
    if filled.guests:
        rows.append((tr("export.column.guests"), tr.number(filled.guests)))
    return Facts(tuple(rows))


def quorum_sentence(tr: Translator, report: AttendanceReport, at: int) -> str:
    """Return whether and when a session had its quorum, in a sentence."""
    each = report.sessions[at]
    filled = house(each.lines, each.quorum.needed)
    if filled.quorate_at is None:
        return tr("export.quorum.missed", needed=each.quorum.needed, most=filled.most)
    return tr(
        "export.quorum.reached",
        needed=each.quorum.needed,
        time=tr.time(report.cover.local(filled.quorate_at)),
        most=filled.most,
    )


def paper(tr: Translator, report: AttendanceReport) -> Paper:
    """Return the attendance as a paper."""
    blocks: list[Block] = [Heading(tr("export.attendance.by_session"))]
    narrow = _narrow(
        sessions_sheet(tr, report),
        *("session", "opened", "summoned", "needed", "attended", "quorate_at"),
    )
    blocks.append(as_table(tr, narrow, caption=False))
    if not report.sessions:
        blocks.append(Note(tr("export.attendance.no_session")))
    if report.roll:
        base = base_sheet(tr, report.roll)
        blocks += [Heading(base.title), as_table(tr, base, caption=False)]
    if report.sessions:
        delegations = delegations_sheet(tr, report)
        blocks += [Heading(delegations.title), as_table(tr, delegations, caption=False)]
        matrix = matrix_sheet(tr, report)
        blocks += [NewPage(), Heading(matrix.title), Note(tr("export.attendance.matrix_note"))]
        blocks.append(as_table(tr, matrix, caption=False))
    for at, each in enumerate(report.sessions):
        register = _session_register(tr, report, each)
        blocks += [NewPage(), Heading(tr("export.attendance.of", session=each.session.name))]
        blocks += [session_facts(tr, report, at), as_table(tr, register, caption=False)]
    return Paper(
        title=tr("export.attendance.title"),
        subtitle=report.cover.days(tr),
        letterhead=report.cover.letterhead(tr),
        issued=report.cover.issued.date(),
        blocks=tuple(blocks),
        footer=tr("export.issued", moment=report.cover.issued),
    )
