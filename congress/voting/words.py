"""Says lines of arithmetic and reasons in a person's language."""

from fractions import Fraction

from congress.i18n.translator import Translator
from congress.voting.methods.ranked import ranking_of
from congress.voting.model import Contest, Line, Marks, Number, Param, Share, Term, Words
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
