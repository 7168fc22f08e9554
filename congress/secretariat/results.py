"""The results of polls: verdict, bars, arithmetic, reconciliation, names, seals."""

from dataclasses import dataclass
from fractions import Fraction

from congress.i18n.translator import Translator
from congress.kernel.canonical import encode_bytes
from congress.secretariat.blocks import (
    Bar,
    Bars,
    Block,
    Facts,
    Heading,
    Items,
    NewPage,
    Note,
    Paragraph,
    Seals,
    Tone,
    Verdict,
)
from congress.secretariat.model import ResultReport
from congress.secretariat.typeset import Paper
from congress.secretariat.voters import electors_sheet, names_sheet, proxies_sheet
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet, as_table
from congress.voting.model import Contest, Kind, Number
from congress.voting.outcome import Count, Fate, Outcome, Result
from congress.voting.outcome import Verdict as Ruling
from congress.voting.words import say, votes_said

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


def _title(tr: Translator, result: Result, contest: Contest) -> str:
    title = result.poll.plan.title
    return tr.joined(title, contest.title) if len(result.poll.plan.contests) > 1 else title


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
                    _title(tr, result, contest),
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
                        _title(tr, result, contest),
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
            (result.poll.number, _title(tr, result, contest), step, say(tr, line))
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
    )


def _bars(tr: Translator, contest: Contest, count: Count, ruling: Ruling) -> Bars:
    entries = options(tr, contest, count, ruling)
    apart = ruling.shared and bool(ruling.outside)
    drawn = [0 if apart and entry.share is None else entry.votes for entry in entries]
    full = max(ruling.base, *drawn) or 1
    won = {Fate.ELECTED: Tone.GOOD, Fate.TIED: Tone.CAUTION}
    return Bars(
        tuple(
            Bar(
                label=tr.isolated(entry.name),
                share=f"{float(length / full):.4f}",
                value=votes_said(tr, ruling, entry.votes, entry.cell),
                percent="" if entry.share is None else tr.percent(entry.share, 1),
                tone=won.get(entry.fate, Tone.NOTE) if entry.fate else Tone.NOTE,
                mark=tr(f"voting.fate.{entry.fate}") if entry.fate in won else "",
            )
            for entry, length in zip(entries, drawn, strict=True)
        ),
        caption=tr("export.results.of_base", base=ruling.base),
    )


def _contest(tr: Translator, result: Result, judged_contest: Judged) -> list[Block]:
    contest, count, ruling = judged_contest
    blocks: list[Block] = []
    several = len(result.poll.plan.contests) > 1
    if several:
        blocks.append(Heading(tr.isolated(contest.title), 2))
    return [
        *blocks,
        Verdict(say(tr, ruling.headline), TONES[ruling.outcome]),
        _bars(tr, contest, count, ruling),
        Heading(tr("export.results.arithmetic"), 3 if several else 2),
        Items(tuple(say(tr, line) for line in ruling.arithmetic), ordered=True),
    ]


def _poll(tr: Translator, report: ResultReport, result: Result) -> list[Block]:
    poll, plan, cards = result.poll, result.poll.plan, result.reconciliation
    cover = report.cover
    rows = [
        (
            tr("floor.field.kind"),
            tr.listed((tr(f"voting.kind.{plan.kind}"), tr(f"voting.secrecy.{plan.secrecy}"))),
        ),
    ]
    for key, moment in (
        ("opened", poll.opened_at),
        ("closed", poll.closed_at),
        ("certified", poll.certified_at),
    ):
        if moment:
            rows.append((tr(f"export.column.{key}"), tr.datetime(cover.local(moment))))
    blocks: list[Block] = [
        Heading(tr("export.results.poll", number=poll.number, title=plan.title)),
    ]
    if plan.text:
        blocks.append(Paragraph(tr.isolated(plan.text)))
    blocks.append(Facts(tuple(rows)))
    for each in judged(result):
        blocks += _contest(tr, result, each)
    blocks += [
        Heading(tr("export.results.reconciliation"), 2),
        Paragraph(
            tr(
                "export.results.cards" if plan.secrecy == "secret" else "export.results.voters",
                issued=cards.issued,
                cast=cards.cast,
                spoiled=cards.spoiled,
                unused=cards.unused,
                drawn=cards.drawn,
            )
            + " "
            + tr("export.results.balanced" if cards.balanced else "export.results.unbalanced")
        ),
        _seals(tr, result),
    ]
    if result.votes:
        alone = ResultReport(cover, (result,), report.people)
        names = names_sheet(tr, alone)
        shown = Sheet(
            names.key, names.title, names.columns[1:], tuple(row[1:] for row in names.rows)
        )
        blocks += [Heading(names.title, 2), as_table(tr, shown, caption=False)]
        for sheet in (electors_sheet(tr, alone), proxies_sheet(tr, alone)):
            if sheet.rows:
                kept = tuple(row[1:] for row in sheet.rows)
                itemised = Sheet(sheet.key, sheet.title, sheet.columns[1:], kept)
                blocks += [Heading(sheet.title, 2), as_table(tr, itemised, caption=False)]
    return blocks


def _grouped(text: str) -> str:
    return " ".join(text[i : i + 8] for i in range(0, len(text), 8))


def _seals(tr: Translator, result: Result) -> Seals:
    rows = [(tr("export.column.head"), _grouped(result.head.hex()))]
    if certificate := result.certificate:
        rows += [
            (tr("export.column.signature"), _grouped(certificate.signature.hex())),
            (tr("export.column.public_key"), _grouped(certificate.public_key.hex())),
        ]
    return Seals(tuple(rows))


def paper(tr: Translator, report: ResultReport) -> Paper:
    """Return the results as a paper, each poll on its own page."""
    blocks: list[Block] = []
    for result in report.results:
        blocks += [NewPage(), *_poll(tr, report, result)]
    if not blocks:
        blocks.append(Note(tr("export.results.none")))
    kinds = {result.poll.plan.kind for result in report.results}
    only_elections = kinds == {Kind.ELECTION}
    return Paper(
        title=tr("export.results.title_elections" if only_elections else "export.results.title"),
        subtitle=report.cover.days(tr),
        letterhead=report.cover.letterhead(tr),
        issued=report.cover.issued.date(),
        blocks=tuple(blocks[1:] if report.results else blocks),
        footer=tr("export.issued", moment=report.cover.issued),
    )
