"""The results of polls as a paper: verdict, bars, arithmetic, reconciliation, names, seals."""

from congress.i18n.translator import Translator
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
from congress.secretariat.heads import in_groups
from congress.secretariat.model import ResultReport
from congress.secretariat.results import TONES, Judged, judged, options
from congress.secretariat.typeset import Paper
from congress.secretariat.voters import electors_sheet, names_sheet, proxies_sheet
from congress.secretariat.worksheet import Sheet, as_table
from congress.voting.model import Contest, Kind
from congress.voting.outcome import Count, Fate, Result
from congress.voting.outcome import Verdict as Ruling
from congress.voting.words import say, votes_said


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
    named = result.poll.plan.names_contests
    if named:
        blocks.append(Heading(tr.isolated(contest.title), 2))
    return [
        *blocks,
        Verdict(say(tr, ruling.headline), TONES[ruling.outcome]),
        _bars(tr, contest, count, ruling),
        Heading(tr("export.results.arithmetic"), 3 if named else 2),
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


def _seals(tr: Translator, result: Result) -> Seals:
    rows = [(tr("export.column.head"), in_groups(result.head))]
    if certificate := result.certificate:
        rows += [
            (tr("export.column.signature"), in_groups(certificate.signature)),
            (tr("export.column.public_key"), in_groups(certificate.public_key)),
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
