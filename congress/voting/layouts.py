"""How the ballot paper of a contest becomes the cells of an encrypted ballot, and back.

SPECIFICATION, section 4: a ballot encrypts what counts, not what was marked, so that two
ballots that count the same cannot be told apart. What is blank or invalid has a cell of its
own, and sets nothing else.
"""

from collections.abc import Sequence

from congress.kernel.errors import BugError
from congress.voting.crypto.layout import Layout, Limit
from congress.voting.methods.forms import FORMS
from congress.voting.model import Contest, Judgement, Method, Plan, Validity
from congress.voting.outcome import Count
from congress.voting.rules.model import Overmarked, Rule, Unmarked

BLANK, INVALID = ":blank", ":invalid"
_FLAGS = {Validity.BLANK: BLANK, Validity.INVALID: INVALID}


def layouts_of(plan: Plan, rule: Rule) -> tuple[Layout, ...]:
    """Return the layout of every contest of a plan, in order."""
    return tuple(layout_of(contest, rule) for contest in plan.contests)


def layout_of(contest: Contest, rule: Rule) -> Layout:
    """Return the layout of the encrypted ballots of ``contest``.

    Raises:
        BugError: Ballots of this method are never encrypted.
    """
    form = FORMS[contest.method].cells(contest)
    if contest.method.ranked:
        raise BugError("a ranked ballot is never encrypted")
    if contest.method is Method.AGREE_DISAGREE and len(contest.candidates) > 1:
        pairs = range(0, len(form), 2)
        limits = tuple(Limit(((cell, 1), (cell + 1, 1)), 0, 1) for cell in pairs)
        return Layout(contest.id, form, limits)
    flags = _flags(contest, rule)
    most = _most(contest)
    terms = [(cell, 1) for cell in range(len(form))]
    terms += [(len(form) + place, most) for place in range(len(flags))]
    return Layout(contest.id, (*form, *flags), (Limit(tuple(terms), 1, most),))


def _flags(contest: Contest, rule: Rule) -> list[str]:
    flags = [BLANK] if rule.unmarked is Unmarked.BLANK else []
    overmarked = contest.method is not Method.APPROVAL and rule.overmarked is Overmarked.INVALID
    if rule.unmarked is Unmarked.INVALID or overmarked:
        flags.append(INVALID)
    return flags


def _most(contest: Contest) -> int:
    """Return how many cells of the form may be set at most; a flag weighs as much."""
    listed = len(contest.candidates)
    match contest.method:
        case Method.STRIKE_OUT | Method.PLURALITY:
            return min(contest.seats, listed)
        case Method.K_OF_N:
            return min(contest.choices, listed)
        case Method.APPROVAL:
            return listed
    return 1


def values_of(layout: Layout, judgement: Judgement) -> list[int]:
    """Return 0 or 1 for every cell: what a judged ballot encrypts.

    Raises:
        BugError: The ballot is one that the rule refuses.
    """
    flag = _FLAGS.get(judgement.validity)
    chosen = judgement.counted if flag is None else {flag}
    if not judgement.castable or not chosen.issubset(layout.cells):
        raise BugError("a ballot that may not be cast is not encrypted")
    return [int(cell in chosen) for cell in layout.cells]


def count_of(layout: Layout, totals: Sequence[int], cast: int) -> Count:
    """Return the count that decrypted totals stand for.

    Args:
        layout: Of the contest.
        totals: One for each cell.
        cast: Ballots in the tally.
    """
    by_cell = dict(zip(layout.cells, totals, strict=True))
    blank, invalid = by_cell.pop(BLANK, 0), by_cell.pop(INVALID, 0)
    return Count(layout.contest_id, cast, blank, invalid, by_cell)
