"""From a count to a verdict, with every step of the arithmetic. Integers only, never chance."""

from congress.kernel.errors import InputError
from congress.kernel.roll import Roll
from congress.voting.model import Contest, Kind, Line
from congress.voting.outcome import CandidateResult, Count, Fate, Outcome, Tie, TieDecision, Verdict
from congress.voting.rules.arithmetic import Measure, measure
from congress.voting.rules.model import Rule, TieRule
from congress.voting.rules.ranking import Ranking, elders, rank


def decide(
    contest: Contest,
    rule: Rule,
    count: Count,
    roll: Roll,
    entitled: int,
    decision: TieDecision | None = None,
) -> Verdict:
    """Return what ``count`` means by ``rule``.

    Args:
        contest: What was voted on.
        rule: By which rule.
        count: The totals.
        roll: The roll call frozen at opening.
        entitled: How many were given a ballot: cards drawn, or voters of an open poll.
        decision: What the congress decided about a tie that the rule leaves to it.

    Raises:
        InputError: ``voting.bad_tie_decision`` if the decision does not fit the tie.
    """
    measured = measure(contest, rule, count, roll, entitled)
    if rule.kind is Kind.MOTION:
        return _motion(contest, rule, count, measured)
    return _election(contest, rule, count, measured, decision)


def _motion(contest: Contest, rule: Rule, count: Count, measured: Measure) -> Verdict:
    yes, no, needed = count.cells["yes"], count.cells["no"], measured.needed
    reached = yes >= needed
    step = Line(
        "verdict.motion.reached" if reached else "verdict.motion.missed",
        {"yes": yes, "needed": needed},
    )
    if not measured.enough:
        outcome, headline = Outcome.VOID, Line("verdict.void", {"cast": count.cast})
    else:
        outcome = Outcome.CARRIED if reached else Outcome.LOST
        headline = Line(f"verdict.{outcome.value}", {"yes": yes, "no": no, "needed": needed})
    return Verdict(
        contest.id,
        outcome,
        headline,
        (*measured.lines, step),
        measured.base,
        needed,
        outside=rule.support.base.leaves_out,
    )


def _election(
    contest: Contest,
    rule: Rule,
    count: Count,
    measured: Measure,
    decision: TieDecision | None,
) -> Verdict:
    ranking = rank(contest, count, measured.needed if measured.enough else None)
    elected, level, seats = list(ranking.elected), ranking.level, ranking.seats
    lines = [*measured.lines, *_ranking_lines(contest, ranking, measured.needed)]
    chosen: tuple[str, ...] = ()
    if decision is not None:
        if rule.tie is TieRule.REVOTE or not _fits(decision.elected, ranking):
            raise InputError("voting.bad_tie_decision")
        chosen = decision.elected
        names = _names(contest, chosen)
        lines.append(Line("verdict.decided", {"names": names, "reason": decision.reason}))
    elif rule.tie is TieRule.ELDER and (eldest := elders(contest, ranking)):
        chosen = eldest
        lines.append(Line("verdict.elder", {"names": _names(contest, chosen)}))
    if chosen:
        elected, level, seats = [*elected, *chosen], (), 0
    tie = Tie(level, seats, rule.tie is not TieRule.REVOTE) if level else None
    vacant = 0 if level else seats
    outcome = _outcome(measured, tie, vacant)
    return Verdict(
        contest.id,
        outcome,
        _headline(contest, outcome, tuple(elected), seats, count.cast),
        tuple(lines),
        measured.base,
        measured.needed,
        tuple(elected),
        vacant,
        tie,
        tuple(
            CandidateResult(
                contest.candidate(candidate_id),
                votes,
                measured.enough and votes >= measured.needed,
                _fate(candidate_id, elected, level),
            )
            for candidate_id, votes in ranking.standings
        ),
    )


def _ranking_lines(contest: Contest, ranking: Ranking, needed: int) -> list[Line]:
    reached = {"count": ranking.reached, "needed": needed, "seats": contest.seats}
    lines = [Line("verdict.reached", reached)]
    if ranking.level:
        votes = dict(ranking.standings)[ranking.level[0]]
        names = _names(contest, ranking.level)
        lines.append(
            Line("verdict.level", {"names": names, "votes": votes, "count": ranking.seats})
        )
    return lines


def _fits(chosen: tuple[str, ...], ranking: Ranking) -> bool:
    return len(chosen) == len(set(chosen)) == ranking.seats and set(chosen) <= set(ranking.level)


def _fate(candidate_id: str, elected: list[str], level: tuple[str, ...]) -> Fate:
    if candidate_id in elected:
        return Fate.ELECTED
    return Fate.TIED if candidate_id in level else Fate.NOT_ELECTED


def _outcome(measured: Measure, tie: Tie | None, vacant: int) -> Outcome:
    if not measured.enough:
        return Outcome.VOID
    if tie:
        return Outcome.TIED
    return Outcome.VACANT if vacant else Outcome.FILLED


def _names(contest: Contest, candidates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(contest.candidate(candidate_id).name for candidate_id in candidates)


def _headline(
    contest: Contest, outcome: Outcome, elected: tuple[str, ...], left: int, cast: int
) -> Line:
    if outcome is Outcome.VOID:
        return Line("verdict.void", {"cast": cast})
    key = f"verdict.{outcome.value}" if elected else f"verdict.{outcome.value}.none"
    return Line(key, {"names": _names(contest, elected), "count": len(elected), "left": left})
