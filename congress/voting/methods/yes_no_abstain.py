"""A motion: one of three boxes."""

from congress.voting.methods.form import overmarked, unmarked, valid
from congress.voting.model import Contest, Judgement, Marks
from congress.voting.rules.model import Rule

CELLS = ("yes", "no", "abstain")


class YesNoAbstain:
    """Yes, no or abstain."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return the three boxes."""
        return CELLS

    def support(self, candidate_id: str) -> str:
        """Return the box in favour; a motion has no candidates."""
        return "yes"

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count exactly one box; more than one cannot be told."""
        if not marks:
            return unmarked(rule)
        if len(marks) > 1:
            return overmarked(rule, "ballot.several")
        (choice,) = marks
        return valid(marks, f"ballot.motion.{choice}")
