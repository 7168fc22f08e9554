"""From a count to a verdict, with every step of the arithmetic. Integers only, never chance."""

from collections.abc import Sequence
from fractions import Fraction

from congress.kernel.errors import InputError
from congress.kernel.roll import Roll
from congress.voting.model import Contest, Kind, Line, Param, Share
from congress.voting.outcome import CandidateResult, Count, Fate, Outcome, Tie, TieDecision, Verdict
from congress.voting.rules.arithmetic import Measure, measure
from congress.voting.rules.model import Rule, TieRule
from congress.voting.rules.ranking import Ranking, elders, rank
from congress.voting.rules.transfers import decide_ranked


def decide(
    contest: Contest,
    rule: Rule,
    count: Count,
    roll: Roll,
    entitled: int,
    decisions: Sequence[TieDecision] = (),
    weights: Sequence[Fraction] = (),
) -> Verdict:
    """Return what ``count`` means by ``rule``.

    Args:
        contest: What was voted on.
        rule: By which rule.
        count: The totals.
        roll: The roll call frozen at opening.
        entitled: How many were given a ballot: cards drawn, or electors of an open poll.
        decisions: What the congress decided about ties that the rule leaves to it: one, or
            for ranked ballots one for each tie in turn.
        weights: Weight of every elector of an open poll.

    Raises:
        InputError: ``voting.bad_tie_decision`` if a decision does not fit the tie.
    """
    measured = measure(contest, rule, count, roll, entitled, weights)
    if rule.kind is Kind.MOTION:
        return _motion(contest, rule, count, measured)
    if contest.method.ranked:
        return decide_ranked(contest, count, measured, decisions)
    if len(decisions) > 1:
        raise InputError("voting.bad_tie_decision")
    return _election(contest, rule, count, measured, decisions[0] if decisions else None)


def _motion(contest: Contest, rule: Rule, count: Count, measured: Measure) -> Verdict:
    yes, no, needed = measured.votes["yes"], measured.votes["no"], measured.needed
    reached = measured.reaches(yes)
    said: dict[str, Param] = {"yes": yes, "no": no, "needed": needed}
    if measured.shared:
        said = {"yes": Share(yes, 1), "no": Share(no, 1), "needed": _share_needed(measured)}
    kind = "verdict.shares" if measured.shared else "verdict.motion"
    step = Line(f"{kind}.reached" if reached else f"{kind}.missed", said)
    if not measured.enough:
        outcome, headline = Outcome.VOID, Line("verdict.void", {"cast": count.cast})
    else:
        outcome = Outcome.CARRIED if reached else Outcome.LOST
        key = "verdict.shares" if measured.shared else "verdict"
        headline = Line(f"{key}.{outcome.value}", said)
    return Verdict(
        contest.id,
        outcome,
        headline,
        (*measured.lines, step),
        measured.base,
        needed,
        outside=rule.support.base.leaves_out,
        votes=measured.votes,
        shared=measured.shared,
    )


def _election(
    contest: Contest,
    rule: Rule,
    count: Count,
    measured: Measure,
    decision: TieDecision | None,
) -> Verdict:
    ranking = rank(
        contest, measured.votes, lambda votes: measured.enough and measured.reaches(votes)
    )
    elected, level, seats = list(ranking.elected), ranking.level, ranking.seats
    lines = [*measured.lines, *_ranking_lines(contest, ranking, measured)]
    chosen: tuple[str, ...] = ()
    if decision is not None:
        if rule.tie is TieRule.REVOTE or not _fits(decision.chosen, ranking):
            raise InputError("voting.bad_tie_decision")
        chosen = decision.chosen
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
                measured.enough and measured.reaches(votes),
                _fate(candidate_id, elected, level),
            )
            for candidate_id, votes in ranking.standings
        ),
        votes=measured.votes,
        shared=measured.shared,
    )


def _share_needed(measured: Measure) -> Line:
    key = "verdict.shares.beyond" if measured.beyond else "verdict.shares.least"
    return Line(key, {"share": Share(measured.needed, 1)})


def _ranking_lines(contest: Contest, ranking: Ranking, measured: Measure) -> list[Line]:
    shared = measured.shared
    reached: dict[str, Param] = {"count": ranking.reached, "seats": contest.seats}
    reached["needed"] = _share_needed(measured) if shared else measured.needed
    lines = [Line("verdict.shares.candidates" if shared else "verdict.reached", reached)]
    if ranking.level:
        votes = dict(ranking.standings)[ranking.level[0]]
        level: dict[str, Param] = {"names": _names(contest, ranking.level), "count": ranking.seats}
        level["votes"] = Share(votes, 1) if shared else votes
        lines.append(Line("verdict.shares.level" if shared else "verdict.level", level))
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
