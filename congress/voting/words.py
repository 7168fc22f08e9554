"""Says lines of arithmetic and reasons in a person's language."""

from fractions import Fraction

from congress.i18n.translator import Translator
from congress.voting.methods.ranked import ranking_of
from congress.voting.model import (
    Contest,
    Line,
    Marks,
    Method,
    Number,
    Param,
    Plan,
    Share,
    Term,
    Words,
)
from congress.voting.outcome import Verdict

_MOST_PLACES = 9


def say(tr: Translator, line: Line) -> str:
    """Return ``line`` as a sentence in the translator's language."""
    return tr(line.key, **{name: _said(tr, value) for name, value in line.params.items()})


def _said(tr: Translator, value: Param) -> object:
    match value:
        case Term(key):
            return tr(key)
        case Share(part, of):
            return tr.percent(part, of)
        case Line():
            return say(tr, value)
        case Words(by_language):
            return by_language[tr.lang]
        case Fraction():
            return amount(tr, value)
        case tuple():
            return tr.listed(value)
        case _:
            return value


def instruction(contest: Contest) -> Line:
    """Return what a voter does on the page of a contest, as the panel says it."""
    if contest.method.ranked:
        return Line("panel.do.ranked")
    if contest.method is Method.PLURALITY and contest.seats == 1:
        return Line("panel.do.one")
    most = contest.choices if contest.method is Method.K_OF_N else contest.seats
    return Line(f"panel.do.{contest.method.value}", {"count": most})


def titled(tr: Translator, plan: Plan, contest: Contest) -> str:
    """Return the title of a poll, with that of the contest where contests go by their own."""
    return tr.joined(plan.title, contest.title) if plan.names_contests else plan.title


def with_office(tr: Translator, plan: Plan, contest: Contest, words: str) -> str:
    """Return ``words`` about a contest after its title, where contests go by titles."""
    if not plan.names_contests:
        return words
    return tr("voting.of_office", office=contest.title, words=words)


def amount(tr: Translator, value: Number) -> str:
    """Return an exact number: whole, as decimals if they end within nine places, or ``n/d``."""
    exact = Fraction(value)
    for places in range(_MOST_PLACES + 1):
        if 10**places % exact.denominator == 0:
            return tr.number(exact, places)
    return f"{tr.number(exact.numerator)}/{tr.number(exact.denominator)}"


def ranking_said(tr: Translator, contest: Contest, marks: Marks) -> str:
    """Return the names on a ranked ballot in their order, as far as it is clear."""
    ranking = ranking_of(contest, marks)
    return tr.joined(
        *(
            f"{tr.number(rank)}. {tr.isolated(contest.candidate(candidate_id).name)}"
            for rank, candidate_id in enumerate(ranking, start=1)
        ),
        by="  ",
    )


def votes_said(tr: Translator, verdict: Verdict, votes: Number, cell: str = "") -> str:
    """Return votes as they were measured: a number, or a percentage where shares were.

    Votes in a cell that the base leaves out are always told as a number.
    """
    shared = verdict.shared and cell not in verdict.outside
    return tr.percent(votes, 1) if shared else amount(tr, votes)
