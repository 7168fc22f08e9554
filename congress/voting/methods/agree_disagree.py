"""A list without a surplus: agree or disagree beside each name (190-QD/TW)."""

from congress.voting.methods.form import overmarked, unmarked, valid
from congress.voting.model import Contest, Judgement, Marks
from congress.voting.rules.model import Rule


class AgreeDisagree:
    """Two boxes for each candidate."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return agree and disagree for each candidate."""
        return tuple(
            cell
            for candidate in contest.candidates
            for cell in (self.support(candidate.id), f"{candidate.id}:disagree")
        )

    def support(self, candidate_id: str) -> str:
        """Return the candidate's box "agree"."""
        return f"{candidate_id}:agree"

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count each name that has exactly one box marked.

        Both or neither adds nothing for that name and leaves the ballot valid; a list of
        one name needs exactly one box.
        """
        pairs = [
            (self.support(candidate.id), f"{candidate.id}:disagree")
            for candidate in contest.candidates
        ]
        counted = frozenset(
            cell for pair in pairs if len(marks.intersection(pair)) == 1 for cell in pair
        ).intersection(marks)
        if len(pairs) == 1 and not marks:
            return unmarked(rule)
        if len(pairs) == 1 and not counted:
            return overmarked(rule, "ballot.both")
        agreed = sum(agree in counted for agree, _ in pairs)
        return valid(
            counted,
            "ballot.agreed",
            count=agreed,
            disagreed=len(counted) - agreed,
            open=len(pairs) - len(counted),
        )
