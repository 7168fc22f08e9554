"""What every ballot paper has in common."""

from typing import Protocol

from congress.voting.model import Contest, Judgement, Line, Marks, Param, Validity
from congress.voting.rules.model import Overmarked, Rule, Unmarked


class Form(Protocol):
    """One method: the boxes of its ballot paper and how they are read."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return every box of the ballot paper, in order."""
        ...

    def support(self, candidate_id: str) -> str:
        """Return the box that counts for this candidate."""
        ...

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Return what these marks, all of them boxes of this paper, count as."""
        ...


def valid(counted: Marks, key: str, **params: Param) -> Judgement:
    """Return a valid ballot on which ``counted`` boxes add a vote."""
    return Judgement(Validity.VALID, Line(key, params), counted)


def unmarked(rule: Rule) -> Judgement:
    """Return what the rule makes of a ballot without any choice."""
    match rule.unmarked:
        case Unmarked.BLANK:
            return Judgement(Validity.BLANK, Line("ballot.blank"))
        case Unmarked.INVALID:
            return Judgement(Validity.INVALID, Line("ballot.none"))
    return Judgement(Validity.INVALID, Line("ballot.choose"), castable=False)


def overmarked(rule: Rule, key: str, **params: Param) -> Judgement:
    """Return what the rule makes of a ballot with too many choices."""
    return Judgement(
        Validity.INVALID,
        Line(key, params),
        castable=rule.overmarked is not Overmarked.REFUSED,
    )
