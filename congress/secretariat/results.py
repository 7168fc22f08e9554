"""The results of polls as tables: polls, votes, arithmetic, reconciliation."""

from dataclasses import dataclass
from fractions import Fraction

from congress.i18n.translator import Translator
from congress.kernel.canonical import encode_bytes
from congress.secretariat.blocks import (
    Tone,
)
from congress.secretariat.model import ResultReport
from congress.secretariat.resultdetails import complaints_sheet, stages_sheet, weights_sheet
from congress.secretariat.voters import electors_sheet, names_sheet, proxies_sheet
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet
from congress.voting.model import Contest, Number
from congress.voting.outcome import Count, Fate, Outcome, Result
from congress.voting.outcome import Verdict as Ruling
from congress.voting.words import say, titled

_NUMBER, _SHARE, _MOMENT = ColumnKind.NUMBER, ColumnKind.SHARE, ColumnKind.MOMENT
_CHOICES = ("yes", "no", "abstain")
TONES = {
    Outcome.CARRIED: Tone.GOOD,
    Outcome.FILLED: Tone.GOOD,
    Outcome.LOST: Tone.DANGER,
    Outcome.VACANT: Tone.CAUTION,
    Outcome.TIED: Tone.CAUTION,
    Outcome.VOID: Tone.DANGER,
}
"""The colour that supports each outcome; the verdict always says it in words."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a contest.

    Attributes:
        name: What it is called.
        votes: Its votes: of ballots, by weight, or in ranked ballots when its fate was settled.
        share: Their share of the base, or ``None`` where the base leaves them out.
        fate: What became of the candidate; ``None`` in a motion.
        cell: The cell of the ballot paper, in a motion.
    """

    name: str
    votes: Number
    share: Fraction | None
    fate: Fate | None = None
    cell: str = ""


Judged = tuple[Contest, Count, Ruling]


def judged(result: Result) -> tuple[Judged, ...]:
    """Return each contest of a poll with its count and its verdict."""
    return tuple(zip(result.poll.plan.contests, result.counts, result.verdicts, strict=True))


def options(tr: Translator, contest: Contest, count: Count, ruling: Ruling) -> list[Option]:
    """Return every option of a contest, in the order of the ballot paper or of the result."""
    if not contest.candidates:
        return [
            Option(tr(f"voting.cell.{cell}"), votes, ruling.share(votes, cell), cell=cell)
            for cell in _CHOICES
            for votes in (ruling.votes.get(cell, count.cells[cell]),)
        ]
    return [
        Option(item.candidate.name, item.votes, ruling.share(item.votes), item.fate)
        for item in ruling.results
    ]


def polls_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row a contest: what it was, when, how many voted, and the verdict."""
    cover = report.cover
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        poll, plan = result.poll, result.poll.plan
        for contest, count, ruling in judged(result):
            rows.append(
                (
                    poll.number,
                    titled(tr, plan, contest),
                    tr(f"voting.kind.{plan.kind}"),
                    tr(f"voting.secrecy.{plan.secrecy}"),
                    cover.local(poll.opened_at) if poll.opened_at else None,
                    cover.local(poll.closed_at) if poll.closed_at else None,
                    cover.local(poll.certified_at) if poll.certified_at else None,
                    count.cast,
                    count.valid,
                    count.blank,
                    count.invalid,
                    ruling.base,
                    ruling.needed,
                    tr(f"export.outcome.{ruling.outcome}"),
                    say(tr, ruling.headline),
                )
            )
    return Sheet(
        "polls",
        tr("export.results.polls"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("title", tr("floor.field.poll"), width="3"),
            Column("kind", tr("floor.field.kind")),
            Column("secrecy", tr("export.column.secrecy")),
            Column("opened", tr("export.column.opened"), _MOMENT),
            Column("closed", tr("export.column.closed"), _MOMENT),
            Column("certified", tr("export.column.certified"), _MOMENT),
            Column("cast", tr("export.column.cast"), _NUMBER),
            Column("valid", tr("export.column.valid"), _NUMBER),
            Column("blank", tr("export.column.blank"), _NUMBER),
            Column("invalid", tr("export.column.invalid"), _NUMBER),
            Column("base", tr("export.column.base"), _NUMBER),
            Column("needed", tr("export.column.needed"), _NUMBER),
            Column("outcome", tr("export.column.outcome")),
            Column("verdict", tr("export.column.verdict"), width="4"),
        ),
        tuple(rows),
    )


def votes_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row an option: its votes, their share of the base, and its fate."""
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        for contest, count, ruling in judged(result):
            for option in options(tr, contest, count, ruling):
                rows.append(
                    (
                        result.poll.number,
                        titled(tr, result.poll.plan, contest),
                        option.name,
                        option.votes,
                        option.share,
                        tr(f"voting.fate.{option.fate}") if option.fate else "",
                    )
                )
    return Sheet(
        "votes",
        tr("export.results.votes"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("title", tr("floor.field.poll"), width="3"),
            Column("option", tr("export.column.option"), width="3"),
            Column("votes", tr("people.field.weight"), _NUMBER),
            Column("share_of_base", tr("export.column.share"), _SHARE),
            Column("fate", tr("export.column.outcome")),
        ),
        tuple(rows),
    )


def arithmetic_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row a line of arithmetic."""
    return Sheet(
        "arithmetic",
        tr("export.results.arithmetic"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("title", tr("floor.field.poll")),
            Column("step", tr("export.column.step"), _NUMBER),
            Column("line", tr("export.column.line"), width="1"),
        ),
        tuple(
            (result.poll.number, titled(tr, result.poll.plan, contest), step, say(tr, line))
            for result in report.results
            for contest, _, ruling in judged(result)
            for step, line in enumerate(ruling.arithmetic, start=1)
        ),
    )


def reconciliation_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row a poll: every card accounted for, and the seals of the ledger."""
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        cards = result.reconciliation
        certificate = result.certificate
        rows.append(
            (
                result.poll.number,
                result.poll.plan.title,
                cards.issued,
                cards.drawn,
                cards.cast,
                report.on_paper.get(result.poll.id, 0),
                cards.spoiled,
                cards.unused,
                tr("export.yes" if cards.balanced else "export.no"),
                result.entries,
                result.head.hex(),
                encode_bytes(certificate.signature) if certificate else "",
                encode_bytes(certificate.public_key) if certificate else "",
            )
        )
    return Sheet(
        "reconciliation",
        tr("export.results.reconciliation"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("title", tr("floor.field.poll"), width="1"),
            Column("issued", tr("export.column.issued"), _NUMBER),
            Column("drawn", tr("export.column.drawn"), _NUMBER),
            Column("cast", tr("export.column.cast"), _NUMBER),
            Column("on_paper", tr("details.on_paper"), _NUMBER),
            Column("spoiled", tr("export.column.spoiled"), _NUMBER),
            Column("unused", tr("export.column.unused"), _NUMBER),
            Column("balanced", tr("export.column.balanced")),
            Column("entries", tr("export.column.entries"), _NUMBER),
            Column("ledger_head", tr("export.column.head")),
            Column("signature", tr("export.column.signature")),
            Column("public_key", tr("export.column.public_key")),
        ),
        tuple(rows),
    )


def sheets(tr: Translator, report: ResultReport) -> tuple[Sheet, ...]:
    """Return every table of the results."""
    return (
        polls_sheet(tr, report),
        votes_sheet(tr, report),
        arithmetic_sheet(tr, report),
        reconciliation_sheet(tr, report),
        names_sheet(tr, report),
        electors_sheet(tr, report),
        proxies_sheet(tr, report),
        weights_sheet(tr, report),
        stages_sheet(tr, report),
        complaints_sheet(tr, report),
    )
