"""A list with a surplus, on which the voter strikes out names; the names kept count."""

from congress.voting.methods.form import overmarked, unmarked, valid
from congress.voting.model import Contest, Judgement, Marks
from congress.voting.rules.model import Rule


class StrikeOut:
    """A marked cell is a name that was kept."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return one cell for each candidate."""
        return tuple(candidate.id for candidate in contest.candidates)

    def support(self, candidate_id: str) -> str:
        """Return the candidate's cell."""
        return candidate_id

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count the names kept if they are not more than the seats.

        A ballot left untouched keeps every name: with a surplus it is over-marked.
        """
        if not marks:
            return unmarked(rule)
        if len(marks) > contest.seats:
            untouched = len(marks) == len(contest.candidates)
            key = "ballot.untouched" if untouched else "ballot.kept_too_many"
            return overmarked(rule, key, count=len(marks), seats=contest.seats)
        return valid(marks, "ballot.kept", count=len(marks), seats=contest.seats)
