"""Runs the worked examples of a rule."""

from datetime import date

from congress.kernel.errors import InputError
from congress.voting.methods.counting import count
from congress.voting.model import Candidate, Contest, Validity
from congress.voting.outcome import Verdict
from congress.voting.rules.decide import decide
from congress.voting.rules.model import Example, Rule


def run(rule: Rule, example: Example) -> tuple[Verdict, dict[Validity, int]]:
    """Count and decide an example; return the verdict and how many ballots were what.

    Raises:
        InputError: ``voting.bad_ballot`` if a mark is not on the example's ballot paper.
    """
    contest = Contest(
        "example",
        example.title,
        example.method,
        example.seats,
        tuple(
            Candidate(name, name, born=None if year is None else date(year, 1, 1))
            for name, year in example.candidates
        ),
    )
    ballots = [marks for marks, number in example.ballots for _ in range(number)]
    counted = count(contest, rule, ballots)
    kinds = {
        Validity.VALID: counted.valid,
        Validity.BLANK: counted.blank,
        Validity.INVALID: counted.invalid,
    }
    return decide(contest, rule, counted, example.roll, example.entitled), kinds


def holds(rule: Rule, example: Example) -> bool:
    """Return whether an example comes out as written."""
    try:
        verdict, kinds = run(rule, example)
    except InputError:
        return False
    tied = frozenset(verdict.tie.candidates if verdict.tie else ())
    return (
        verdict.outcome is example.outcome
        and verdict.elected == example.elected
        and tied == example.tied
        and kinds == example.validity
    )
