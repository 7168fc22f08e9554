"""Counting twice by different means, so that a slip of one does not become a result."""

from collections import Counter
from collections.abc import Sequence

from congress.kernel.errors import BugError
from congress.voting.ballots import judge
from congress.voting.methods.forms import FORMS
from congress.voting.model import Contest, Marks, Validity
from congress.voting.outcome import Count
from congress.voting.rules.model import Rule

_LANE = 40


def ballot_by_ballot(contest: Contest, rule: Rule, ballots: Sequence[Marks]) -> Count:
    """Count as a teller reads aloud: one ballot after another, a stroke for each vote."""
    strokes = dict.fromkeys(FORMS[contest.method].cells(contest), 0)
    blank = invalid = 0
    for marks in ballots:
        judgement = judge(contest, rule, marks)
        blank += judgement.validity is Validity.BLANK
        invalid += judgement.validity is Validity.INVALID
        for cell in judgement.counted:
            strokes[cell] += 1
    return Count(contest.id, len(ballots), blank, invalid, strokes)


def pile_by_pile(contest: Contest, rule: Rule, ballots: Sequence[Marks]) -> Count:
    """Count as tellers sort: equal ballots in one pile, each pile weighed once.

    The votes are added as one integer with a lane of 40 bits for every cell.
    """
    cells = FORMS[contest.method].cells(contest)
    piles: Counter[Validity] = Counter()
    lanes = 0
    for marks, size in Counter(ballots).items():
        judgement = judge(contest, rule, marks)
        piles[judgement.validity] += size
        lanes += size * sum(
            1 << (_LANE * lane) for lane, cell in enumerate(cells) if cell in judgement.counted
        )
    return Count(
        contest.id,
        piles.total(),
        piles[Validity.BLANK],
        piles[Validity.INVALID],
        {cell: lanes >> (_LANE * lane) & ((1 << _LANE) - 1) for lane, cell in enumerate(cells)},
    )


def agreed(first: Count, second: Count) -> Count:
    """Return the count that two counts agree on.

    Raises:
        BugError: They differ.
    """
    if first != second:
        raise BugError("two counts of the same ballots differ")
    return first


def count(contest: Contest, rule: Rule, ballots: Sequence[Marks]) -> Count:
    """Return the totals of one contest, counted twice.

    Raises:
        InputError: ``voting.bad_ballot`` if a mark is not on the ballot paper.
    """
    return agreed(ballot_by_ballot(contest, rule, ballots), pile_by_pile(contest, rule, ballots))
