"""Choosing names: at most as many as there are seats."""

from congress.voting.methods.form import overmarked, unmarked, valid
from congress.voting.model import Contest, Judgement, Marks
from congress.voting.rules.model import Rule


class Plurality:
    """A marked cell is a name that was chosen."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return one cell for each candidate."""
        return tuple(candidate.id for candidate in contest.candidates)

    def support(self, candidate_id: str) -> str:
        """Return the candidate's cell."""
        return candidate_id

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count the names chosen if they are not more than the seats."""
        if not marks:
            return unmarked(rule)
        if len(marks) > contest.seats:
            return overmarked(rule, "ballot.chosen_too_many", count=len(marks), seats=contest.seats)
        return valid(marks, "ballot.chosen", count=len(marks), seats=contest.seats)


class Approval(Plurality):
    """Choosing as many names as one likes."""

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count every name chosen."""
        if not marks:
            return unmarked(rule)
        return valid(marks, "ballot.approved", count=len(marks))
