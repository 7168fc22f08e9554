"""The tables of a result: candidates, and who voted how."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.ui.models.rows import Column
from congress.ui.theme.tokens import Tone
from congress.voting.model import Contest, Marks, Method, Number
from congress.voting.outcome import CandidateResult, Count, Fate, NamedVote, Verdict
from congress.voting.words import ranking_said, votes_said

FATE_TONES = {Fate.ELECTED: Tone.GOOD, Fate.TIED: Tone.CAUTION}
FATE_ICONS = {Fate.ELECTED: "check-circle", Fate.TIED: "equals"}
CELL_TONES = {"yes": Tone.GOOD, "no": Tone.DANGER, "abstain": Tone.NOTE}


@dataclass(frozen=True, slots=True)
class BarLine:
    """One bar of a result.

    Attributes:
        label: Whose votes, or for what.
        value: The votes in words, with their share of the base where there is one.
        part: Length of the bar, 0 to 1.
        mark: Where the votes needed stand on it; ``None`` for votes outside the base.
        tone: What it means.
    """

    label: str
    value: str
    part: float
    mark: float | None
    tone: Tone


def bar_lines(tr: Translator, count: Count, verdict: Verdict) -> Sequence[BarLine]:
    """Return the bars of a result, drawn on one scale: base, votes needed, most votes."""
    items: list[tuple[str, str, Number, Tone]]
    if verdict.results:
        items = [
            (item.candidate.name, "", item.votes, FATE_TONES.get(item.fate, Tone.NOTE))
            for item in verdict.results
        ]
    else:
        items = [
            (tr(f"voting.cell.{cell}"), cell, verdict.votes.get(cell, count.cells[cell]), tone)
            for cell, tone in CELL_TONES.items()
        ]
    drawn = [0 if _apart(verdict, cell) else votes for _, cell, votes, _ in items]
    full = max(verdict.base, verdict.needed, *drawn) or 1
    lines = []
    for (label, cell, votes, tone), length in zip(items, drawn, strict=True):
        value, share = votes_said(tr, verdict, votes, cell), verdict.share(votes, cell)
        if share is not None and not verdict.shared:
            value = f"{value} · {tr.percent(share, 1)}"
        mark = None if share is None else float(verdict.needed / full)
        lines.append(BarLine(label, value, float(length / full), mark, tone))
    return lines


def _apart(verdict: Verdict, cell: str) -> bool:
    """Return whether votes in ``cell`` are of another kind than those that are measured."""
    return verdict.shared and cell in verdict.outside


def delegation_lines(
    tr: Translator,
    contest: Contest,
    at: int,
    votes: Sequence[NamedVote],
    delegations: Mapping[PersonId, str],
) -> list[BarLine]:
    """Return a bar for each delegation: the share of yes among the votes of its members.

    Of an open motion alone: in a secret poll nobody knows, and ``votes`` is empty.

    Args:
        tr: The texts.
        contest: The question.
        at: Its number in the poll, from 0.
        votes: Who voted how.
        delegations: The delegation of each person.
    """
    if contest.method is not Method.YES_NO_ABSTAIN or not votes:
        return []
    counts: dict[str, Counter[str]] = {}
    for vote in votes:
        tally = counts.setdefault(delegations.get(vote.person_id, ""), Counter())
        tally.update(vote.ballot.marks[at])
    lines = []
    for name, tally in sorted(counts.items()):
        said = tr.listed(
            tr("results.cell_votes", cell=tr(f"voting.cell.{cell}"), count=tally[cell])
            for cell in CELL_TONES
            if tally[cell]
        )
        total = tally.total()
        part = tally["yes"] / total if total else 0.0
        value = said or tr("voting.validity.blank")
        lines.append(BarLine(name or "–", value, part, None, Tone.NOTE))
    return lines


def candidate_columns(tr: Translator, verdict: Verdict) -> Sequence[Column[CandidateResult]]:
    """Return the columns of the candidates of ``verdict``, measured against its base."""

    def share(item: CandidateResult) -> str:
        part = verdict.share(item.votes)
        return "–" if part is None else tr.percent(part, 1)

    return (
        Column(
            tr("results.column.name"),
            lambda item: item.candidate.name,
            strong=True,
            stretch=True,
        ),
        Column(
            tr("results.column.votes"),
            lambda item: votes_said(tr, verdict, item.votes),
            lambda item: item.votes,
            number=True,
        ),
        Column(
            tr("results.column.share"),
            share,
            lambda item: item.votes,
            number=True,
        ),
        Column(
            tr("results.column.fate"),
            lambda item: tr(f"voting.fate.{item.fate.value}"),
            lambda item: list(Fate).index(item.fate),
            tone=lambda item: FATE_TONES.get(item.fate, Tone.NEUTRAL),
            icon=lambda item: FATE_ICONS.get(item.fate, ""),
        ),
    )


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One voter's line in an open poll."""

    badge: str
    name: str
    vote: str


def vote_rows(
    tr: Translator,
    contest: Contest,
    at: int,
    votes: Sequence[NamedVote],
    names: Mapping[PersonId, str],
) -> Sequence[VoteRow]:
    """Return who voted how in contest number ``at`` (from 0)."""
    return [
        VoteRow(vote.badge, names[vote.person_id], chosen(tr, contest, vote.ballot.marks[at]))
        for vote in votes
    ]


def chosen(tr: Translator, contest: Contest, marks: Marks) -> str:
    """Return what one voter marked, in words."""
    if not marks:
        return tr("voting.validity.blank")
    if contest.method.ranked:
        return ranking_said(tr, contest, marks) or tr("voting.validity.invalid")
    if contest.method is Method.YES_NO_ABSTAIN:
        return tr.listed(
            tr(f"voting.cell.{cell}") for cell in ("yes", "no", "abstain") if cell in marks
        )
    return tr.listed(
        _marked(tr, candidate.name, candidate.id, marks)
        for candidate in contest.candidates
        if marks & {candidate.id, f"{candidate.id}:agree", f"{candidate.id}:disagree"}
    )


def _marked(tr: Translator, name: str, candidate_id: str, marks: Marks) -> str:
    sides = [side for side in ("agree", "disagree") if f"{candidate_id}:{side}" in marks]
    words = "/".join(tr(f"voting.cell.{side}") for side in sides)
    return f"{tr.isolated(name)} ({words})" if words else name


def vote_columns(tr: Translator) -> Sequence[Column[VoteRow]]:
    """Return the columns of an open poll's list of votes."""
    return (
        Column(tr("results.column.badge"), lambda item: item.badge),
        Column(tr("results.column.name"), lambda item: item.name, strong=True, stretch=True),
        Column(tr("results.column.vote"), lambda item: item.vote),
    )
