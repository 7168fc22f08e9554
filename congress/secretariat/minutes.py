"""The minutes: the congress, its sessions, what was on, what was decided, who was elected."""

from congress.i18n.translator import Translator
from congress.secretariat.attendance import quorum_sentence
from congress.secretariat.blocks import (
    Block,
    Facts,
    Heading,
    Note,
    Paragraph,
    Party,
    Signatures,
    Verdict,
)
from congress.secretariat.house import house
from congress.secretariat.model import AttendanceReport, MinutesReport, SessionAttendance
from congress.secretariat.results import TONES, judged
from congress.secretariat.typeset import Paper
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet, as_table
from congress.voting.model import State
from congress.voting.outcome import Fate, Result
from congress.voting.words import say, titled, with_office

_NUMBER, _TIME = ColumnKind.NUMBER, ColumnKind.TIME


def items_sheet(tr: Translator, report: MinutesReport) -> Sheet:
    """Return one row an item of the programme, with the session in which it was taken."""
    rows: list[tuple[Cell, ...]] = []
    for each in report.sessions:
        for item in report.items_of(each.session):
            rows.append(
                (
                    each.session.name,
                    report.cover.local(item.starts),
                    report.cover.local(item.ends),
                    item.title,
                    tr(f"floor.kind.{item.kind}"),
                    tr.listed(item.papers),
                )
            )
    return Sheet(
        "items",
        tr("minutes.items"),
        (
            Column("session", tr("floor.field.session")),
            Column("starts", tr("floor.field.starts"), _TIME),
            Column("ends", tr("floor.field.ends"), _TIME),
            Column("title", tr("floor.field.title"), width="4"),
            Column("kind", tr("floor.field.kind")),
            Column("papers", tr("floor.field.papers"), width="2"),
        ),
        tuple(rows),
    )


def decisions_sheet(tr: Translator, report: MinutesReport) -> Sheet:
    """Return one row a verdict."""
    return Sheet(
        "decisions",
        tr("minutes.decisions"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("title", tr("floor.field.poll"), width="2"),
            Column("verdict", tr("export.column.verdict"), width="3"),
            Column("certified", tr("export.column.certified")),
        ),
        tuple(
            (
                result.poll.number,
                titled(tr, result.poll.plan, contest),
                say(tr, ruling.headline),
                tr("export.yes" if result.poll.state is State.CERTIFIED else "export.no"),
            )
            for result in report.results
            for contest, _, ruling in judged(result)
        ),
    )


def elected_sheet(tr: Translator, report: MinutesReport) -> Sheet:
    """Return one row a person elected, most votes first."""
    return Sheet(
        "elected",
        tr("minutes.elected"),
        (
            Column("title", tr("minutes.column.body"), width="2"),
            Column("place", tr("minutes.column.place"), _NUMBER),
            Column("name", tr("people.field.name"), width="2"),
            Column("votes", tr("people.field.weight"), _NUMBER),
            Column("base", tr("export.column.base"), _NUMBER),
        ),
        tuple(
            (titled(tr, result.poll.plan, contest), place, name, votes, base)
            for result in report.results
            for contest, _, ruling in judged(result)
            for base in (ruling.base,)
            for place, (name, votes) in enumerate(
                (
                    (item.candidate.name, item.votes)
                    for item in ruling.results
                    if item.fate is Fate.ELECTED
                ),
                start=1,
            )
        ),
    )


def sessions_sheet(tr: Translator, report: MinutesReport) -> Sheet:
    """Return one row a session, with its quorum in a sentence."""
    attendance = AttendanceReport(report.cover, report.sessions, None)
    rows: list[tuple[Cell, ...]] = []
    for at, each in enumerate(report.sessions):
        closed = each.session.closed_at
        rows.append(
            (
                each.session.name,
                report.cover.local(each.session.opened_at),
                report.cover.local(closed) if closed else None,
                quorum_sentence(tr, attendance, at),
            )
        )
    return Sheet(
        "sessions",
        tr("minutes.sessions"),
        (
            Column("session", tr("floor.field.session")),
            Column("opened", tr("export.column.opened"), ColumnKind.MOMENT),
            Column("closed", tr("export.column.closed"), ColumnKind.MOMENT),
            Column("quorum", tr("export.column.quorum"), width="1"),
        ),
        tuple(rows),
    )


def sheets(tr: Translator, report: MinutesReport) -> tuple[Sheet, ...]:
    """Return every table of the minutes."""
    return (
        sessions_sheet(tr, report),
        items_sheet(tr, report),
        decisions_sheet(tr, report),
        elected_sheet(tr, report),
    )


def _opening(tr: Translator, report: MinutesReport) -> Facts:
    cover = report.cover
    rows = [(tr("minutes.congress"), tr.isolated(cover.name))]
    if days := cover.days(tr):
        rows.append((tr("minutes.days"), days))
    if report.sessions:
        first, last = report.sessions[0].session, report.sessions[-1].session
        rows.append((tr("minutes.began"), tr.datetime(cover.local(first.opened_at))))
        if last.closed_at:
            rows.append((tr("minutes.ended"), tr.datetime(cover.local(last.closed_at))))
    if cover.place:
        rows.append((tr("minutes.place"), tr.isolated(cover.place)))
    if report.sessions:
        attended = max(house(each.lines, each.quorum.needed).attended for each in report.sessions)
        summoned = report.sessions[-1].quorum.summoned
        rows.append(
            (
                tr("minutes.took_part"),
                tr("minutes.attended", count=attended, summoned=summoned),
            )
        )
    return Facts(tuple(rows))


def _session(
    tr: Translator, report: MinutesReport, at: int, each: SessionAttendance
) -> list[Block]:
    attendance = AttendanceReport(report.cover, report.sessions, None)
    session = each.session
    opened = report.cover.local(session.opened_at)
    blocks: list[Block] = [
        Heading(tr.isolated(session.name)),
        Paragraph(
            tr(
                "minutes.session_opened",
                date=opened.date(),
                time=tr.time(opened),
            )
            + " "
            + quorum_sentence(tr, attendance, at)
        ),
    ]
    alone = MinutesReport(report.cover, (each,), report.items, ())
    items = items_sheet(tr, alone)
    if items.rows:
        shown = Sheet(
            items.key, items.title, items.columns[1:], tuple(row[1:] for row in items.rows)
        )
        blocks.append(as_table(tr, shown))
    for result in report.results_of(session):
        blocks += _decision(tr, result)
    if session.closed_at:
        closed = report.cover.local(session.closed_at)
        blocks.append(Paragraph(tr("minutes.session_closed", time=tr.time(closed))))
    return blocks


def _decision(tr: Translator, result: Result) -> list[Block]:
    plan = result.poll.plan
    blocks: list[Block] = [
        Heading(tr("export.results.poll", number=result.poll.number, title=plan.title), 2)
    ]
    if plan.text:
        blocks.append(Paragraph(tr.isolated(plan.text)))
    for contest, _, ruling in judged(result):
        headline = with_office(tr, plan, contest, say(tr, ruling.headline))
        blocks += [
            Verdict(headline, TONES[ruling.outcome]),
            Note(" ".join(say(tr, line) for line in ruling.arithmetic)),
        ]
    if result.poll.state is not State.CERTIFIED:
        blocks.append(Note(tr("minutes.not_certified")))
    return blocks


def paper(tr: Translator, report: MinutesReport) -> Paper:
    """Return the minutes as a paper, with room for the signatures.

    In Vietnamese the title, the order and the signatures follow the form of a "biên bản"
    (Decree 30/2020/NĐ-CP, form 1.10); the same order serves the other languages.
    """
    blocks: list[Block] = [_opening(tr, report)]
    for at, each in enumerate(report.sessions):
        blocks += _session(tr, report, at, each)
    if not report.sessions:
        blocks.append(Note(tr("export.attendance.no_session")))
    decisions = decisions_sheet(tr, report)
    if decisions.rows:
        blocks += [Heading(decisions.title), as_table(tr, decisions, caption=False)]
    elected = elected_sheet(tr, report)
    if elected.rows:
        blocks += [Heading(elected.title), as_table(tr, elected, caption=False)]
    hint = tr("minutes.sign_hint")
    blocks += [
        Paragraph(tr("minutes.closing")),
        Signatures((Party(tr("minutes.secretary"), hint), Party(tr("minutes.chair"), hint))),
    ]
    return Paper(
        title=tr("minutes.title"),
        subtitle=report.cover.days(tr),
        letterhead=report.cover.letterhead(tr),
        issued=report.cover.issued.date(),
        blocks=tuple(blocks),
        footer=tr("export.issued", moment=report.cover.issued),
    )
