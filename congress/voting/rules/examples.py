"""Runs the worked examples of a rule."""

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.methods.counting import Stake, count
from congress.voting.model import Channel, Line, Plan, Secrecy, Validity
from congress.voting.outcome import Count, Tie, TieDecision, Verdict
from congress.voting.plans import next_round, problems
from congress.voting.rules.decide import decide
from congress.voting.rules.model import Example, Rule


def run(rule: Rule, example: Example) -> tuple[Verdict, Count]:
    """Count and decide an example; return the verdict and the count.

    Raises:
        InputError: ``voting.bad_ballot`` if a mark is not on the example's ballot paper,
            ``voting.bad_tie_decision`` if a decision does not fit.
    """
    ballots = [heap.marks for heap in example.ballots for _ in range(heap.number)]
    stakes = [
        Stake(heap.weight, heap.section) for heap in example.ballots for _ in range(heap.number)
    ]
    counted = count(example.contest, rule, ballots, stakes if rule.weighed else None)
    weights = tuple(stake.weight for stake in stakes) if rule.weights else ()
    decisions: list[TieDecision] = []
    used = 0
    verdict = decide(example.contest, rule, counted, example.roll, example.entitled, (), weights)
    while verdict.tie is not None and used < len(example.decided):
        decisions.append(_next_decision(example, verdict.tie, used))
        used += len(decisions[-1].chosen)
        verdict = decide(
            example.contest, rule, counted, example.roll, example.entitled, decisions, weights
        )
    if used < len(example.decided):
        raise InputError("voting.bad_tie_decision")
    return verdict, counted


def _next_decision(example: Example, tie: Tie, taken: int) -> TieDecision:
    """Return what the example decides about a tie; a count of rankings may have several."""
    ranked = tie.over is not None
    chosen = example.decided[taken : taken + 1] if ranked else example.decided
    return TieDecision(example.contest.id, chosen, example.title, tie.over)


def plan_of(rule: Rule, example: Example) -> Plan:
    """Return the plan that an example would put to the vote."""
    secrecy = rule.secrecies[0]
    paper = example.contest.method.ranked and secrecy is Secrecy.SECRET
    return Plan(
        example.title,
        rule.kind,
        secrecy,
        "example",
        rule.id,
        (example.contest,),
        channel=Channel.PAPER if paper else Channel.ELECTRONIC,
        sections={section.id: section.id for section in rule.sections},
    )


def told(rule: Rule, example: Example) -> Line:
    """Return what comes out of an example, as a sentence.

    Raises:
        InputError: As ``run``; not for an example of a pack that was read.
    """
    if example.expect.problem:
        key = f"plan.problem.{example.expect.problem}"
        return next(line for line in problems(plan_of(rule, example), rule) if line.key == key)
    verdict, _ = run(rule, example)
    return verdict.headline


def holds(rule: Rule, example: Example) -> bool:
    """Return whether an example comes out as written."""
    expect = example.expect
    if expect.problem:
        found = problems(plan_of(rule, example), rule)
        return f"plan.problem.{expect.problem}" in [line.key for line in found]
    try:
        verdict, counted = run(rule, example)
    except InputError:
        return False
    kinds = {
        Validity.VALID: counted.valid,
        Validity.BLANK: counted.blank,
        Validity.INVALID: counted.invalid,
    }
    return (
        verdict.outcome is expect.outcome
        and verdict.elected == expect.elected
        and frozenset(verdict.tie.candidates if verdict.tie else ()) == expect.tied
        and kinds == expect.validity
        and expect.base in (None, verdict.base)
        and expect.needed in (None, verdict.needed)
        and _followed(rule, example, verdict)
    )


def _followed(rule: Rule, example: Example, verdict: Verdict) -> bool:
    """Return whether the next round is as the example says, if it says one."""
    expect = example.expect
    if not expect.following:
        return True
    plan = next_round(plan_of(rule, example), PollId("example"), rule, [verdict])
    if plan is None:
        return False
    (contest,) = plan.contests
    listed = tuple(item.id for item in contest.candidates)
    return (listed, contest.seats) == (expect.following, expect.following_seats)
