"""The minutes of a count: what the committee signs once a poll is counted.

In Vietnamese they follow the form of a "biên bản kiểm phiếu" as party congresses use it: the
poll, the delegates, the ballots handed out and taken in, the votes of each name, complaints,
signatures; the frame is that of Decree 30/2020/NĐ-CP, form 1.10. The same order serves the
other languages.
"""

from dataclasses import dataclass

from congress.i18n.translator import Translator
from congress.kernel.roll import RollItemKind
from congress.secretariat.blocks import (
    Align,
    Block,
    Facts,
    Heading,
    Items,
    Note,
    Paragraph,
    Party,
    Seals,
    Signatures,
    Table,
    TableColumn,
    Verdict,
)
from congress.secretariat.heads import in_groups
from congress.secretariat.model import Cover
from congress.secretariat.results import TONES, Judged, judged, options
from congress.secretariat.typeset import Paper
from congress.voting.model import Complaint, Secrecy, State
from congress.voting.outcome import Result
from congress.voting.words import say, votes_said


@dataclass(frozen=True, slots=True)
class CountingReport:
    """What the minutes of a count are made of.

    Attributes:
        cover: The congress.
        result: The result of the poll.
        rule: The name of its rule by language.
        trustees: Names of the trustees who decrypted the totals.
        on_paper: Ballots cast on paper.
        challenged: Ballots opened for audit.
        complaints: Complaints about the poll, the oldest first.
    """

    cover: Cover
    result: Result
    rule: str
    trustees: tuple[str, ...] = ()
    on_paper: int = 0
    challenged: int = 0
    complaints: tuple[Complaint, ...] = ()


def _numbers(tr: Translator, rows: list[tuple[str, int]]) -> Facts:
    return Facts(tuple((tr(f"counting.{key}"), tr.number(value)) for key, value in rows))


def _about(tr: Translator, report: CountingReport) -> list[Block]:
    poll, cover = report.result.poll, report.cover
    plan = poll.plan
    rows = [
        (tr("counting.subject"), tr.isolated(plan.title)),
        (tr("export.column.poll_number"), tr.number(poll.number)),
        (
            tr("floor.field.kind"),
            tr.listed((tr(f"voting.kind.{plan.kind}"), tr(f"voting.secrecy.{plan.secrecy}"))),
        ),
        (tr("counting.rule"), tr.isolated(report.rule)),
    ]
    rows += [
        (
            tr.joined(contest.title if plan.names_contests else "", tr("counting.seats")),
            tr("counting.seats.of", seats=contest.seats, count=len(contest.candidates)),
        )
        for contest in plan.contests
        if contest.candidates
    ]
    for key, moment in (("opened", poll.opened_at), ("closed", poll.closed_at)):
        if moment:
            rows.append((tr(f"export.column.{key}"), tr.datetime(cover.local(moment))))
    if report.trustees:
        rows.append((tr("counting.trustees"), tr.listed(report.trustees)))
    blocks: list[Block] = [Heading(tr("counting.about")), Facts(tuple(rows))]
    if plan.text:
        blocks.insert(1, Paragraph(tr.isolated(plan.text)))
    return blocks


def _base(tr: Translator, report: CountingReport) -> list[Block]:
    roll = report.result.poll.frozen_roll
    rows = [(f"base.{kind.value}", abs(count)) for kind, count in _items(report)]
    rows += [("base.adjusted", roll.adjusted), ("base.present", len(roll.present))]
    return [Heading(tr("counting.base")), _numbers(tr, rows)]


def _items(report: CountingReport) -> list[tuple[RollItemKind, int]]:
    return [(item.kind, item.count) for item in report.result.poll.frozen_roll.items]


def _ballots(tr: Translator, report: CountingReport) -> list[Block]:
    result, figures = report.result, report.result.reconciliation
    secret = result.poll.plan.secrecy is Secrecy.SECRET
    rows: list[tuple[str, int]] = []
    if secret:
        rows += [("issued", figures.issued), ("drawn", figures.drawn)]
    rows.append(("cast", figures.cast))
    if report.on_paper:
        rows.append(("on_paper", report.on_paper))
    if secret:
        rows += [("spoiled", figures.spoiled), ("unused", figures.unused)]
    if report.challenged:
        rows.append(("challenged", report.challenged))
    blocks: list[Block] = [Heading(tr("counting.ballots")), _numbers(tr, rows)]
    if secret:
        balance = tr(
            "counting.balance",
            issued=figures.issued,
            cast=figures.cast,
            spoiled=figures.spoiled,
            unused=figures.unused,
        )
        said = "export.results.balanced" if figures.balanced else "export.results.unbalanced"
        blocks.append(Paragraph(f"{balance} {tr(said)}"))
    return blocks


def _contest(tr: Translator, report: CountingReport, each: Judged) -> list[Block]:
    contest, count, ruling = each
    blocks: list[Block] = []
    if report.result.poll.plan.names_contests:
        blocks.append(Heading(tr.isolated(contest.title), 2))
    counted = [("valid", count.valid), ("blank", count.blank), ("invalid", count.invalid)]
    rows = tuple(
        (
            tr.number(place),
            tr.isolated(option.name),
            votes_said(tr, ruling, option.votes, option.cell),
            "" if option.share is None else tr.percent(option.share, 1),
            tr(f"voting.fate.{option.fate}") if option.fate else "",
        )
        for place, option in enumerate(options(tr, contest, count, ruling), start=1)
    )
    columns = (
        TableColumn(tr("counting.place"), Align.NUMBER),
        TableColumn(tr("export.column.option"), width="1"),
        TableColumn(tr("people.field.weight"), Align.NUMBER),
        TableColumn(tr("export.column.share"), Align.NUMBER),
        TableColumn(tr("export.column.outcome")),
    )
    return [
        *blocks,
        _numbers(tr, counted),
        Table(columns, rows),
        Verdict(say(tr, ruling.headline), TONES[ruling.outcome]),
        Items(tuple(say(tr, line) for line in ruling.arithmetic), ordered=True),
    ]


def _complaints(tr: Translator, report: CountingReport) -> list[Block]:
    blocks: list[Block] = [Heading(tr("counting.complaints"))]
    if not report.complaints:
        return [*blocks, Paragraph(tr("counting.no_complaints"))]
    for complaint in report.complaints:
        when = tr.datetime(report.cover.local(complaint.filed_at))
        lead = tr.joined(complaint.complainant, when)
        blocks.append(Paragraph(tr.isolated(complaint.text), lead=f"{lead}."))
        if complaint.decided_at is None:
            blocks.append(Note(tr("counting.undecided")))
        else:
            decided = tr.datetime(report.cover.local(complaint.decided_at))
            lead = tr.joined(tr("complaints.decision"), decided)
            blocks.append(Paragraph(tr.isolated(complaint.decision), lead=f"{lead}."))
    return blocks


def _seals(tr: Translator, result: Result) -> list[Block]:
    rows = [(tr("export.column.head"), in_groups(result.head))]
    if certificate := result.certificate:
        rows += [
            (tr("export.column.signature"), in_groups(certificate.signature)),
            (tr("export.column.public_key"), in_groups(certificate.public_key)),
        ]
    return [Heading(tr("counting.seals")), Seals(tuple(rows))]


def paper(tr: Translator, report: CountingReport) -> Paper:
    """Return the minutes of a count as a paper, with room for the signatures."""
    result, cover = report.result, report.cover
    issued = cover.issued
    blocks: list[Block] = [
        Paragraph(tr("counting.opening", date=issued.date(), time=tr.time(issued)))
    ]
    if result.poll.state is not State.CERTIFIED:
        blocks.append(Note(tr("counting.uncertified")))
    blocks += _about(tr, report)
    blocks += _base(tr, report)
    blocks += _ballots(tr, report)
    blocks.append(Heading(tr("counting.result")))
    for each in judged(result):
        blocks += _contest(tr, report, each)
    blocks += _complaints(tr, report)
    blocks += _seals(tr, result)
    hint = tr("minutes.sign_hint")
    capacities = ("committee_secretary", "committee_chair", "presidium")
    blocks += [
        Paragraph(tr("counting.closing")),
        Signatures(tuple(Party(tr(f"counting.{each}"), hint) for each in capacities)),
    ]
    return Paper(
        title=tr("counting.title"),
        subtitle=tr.isolated(result.poll.plan.title),
        letterhead=cover.letterhead(tr),
        issued=issued.date(),
        blocks=tuple(blocks),
        footer=tr("export.issued", moment=issued),
    )
