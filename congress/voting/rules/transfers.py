"""The verdict of an election by ranked ballots: the count, every stage in words, and its ties."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from congress.kernel.errors import InputError
from congress.voting.model import Contest, Line, Method, Number, Param
from congress.voting.outcome import CandidateResult, Count, Fate, Outcome, Tie, TieDecision, Verdict
from congress.voting.rules.arithmetic import Measure, whole
from congress.voting.stv import meek, scottish
from congress.voting.stv.model import Count as Counted
from congress.voting.stv.model import RankedBallots, Stage, Step

_COUNTS: Mapping[Method, Callable[[RankedBallots, Sequence[int]], Counted]] = MappingProxyType(
    {Method.SCOTTISH_STV: scottish.count, Method.MEEK_STV: meek.count}
)


def decide_ranked(
    contest: Contest, count: Count, measured: Measure, decisions: Sequence[TieDecision]
) -> Verdict:
    """Return what ranked ballots come to.

    Args:
        contest: What was voted on, by a ranked method.
        count: The totals with their piles.
        measured: The arithmetic of the turnout.
        decisions: One for each tie that earlier stages did not part, in order.

    Raises:
        InputError: ``voting.bad_tie_decision`` if a decision finds no tie or does not fit it.
    """
    if not measured.enough or not count.valid:
        if decisions:
            raise InputError("voting.bad_tie_decision")
        return _uncounted(contest, count, measured)
    counted = _counted(contest, count, decisions)
    last = counted.stages[-1]
    elected = tuple(contest.candidates[at].id for at in counted.elected)
    level = counted.tie.candidates if counted.tie else ()
    tie = None
    if counted.tie is not None:
        tied = tuple(contest.candidates[at].id for at in level)
        tie = Tie(tied, 1, by_decision=True, over=counted.tie.over)
    left = contest.seats - len(elected)
    outcome = Outcome.TIED if tie else Outcome.VACANT if left else Outcome.FILLED
    return Verdict(
        contest.id,
        outcome,
        _headline(contest, outcome, elected, left),
        (*measured.lines, *_lines(contest, count, counted, decisions)),
        count.valid,
        whole(last.quota),
        elected,
        0 if tie else left,
        tie,
        _results(contest, counted),
        votes=count.cells,
        stages=counted.stages,
    )


def _counted(contest: Contest, count: Count, decisions: Sequence[TieDecision]) -> Counted:
    """Count anew up to each tie, so that every decision is seen to fit its own."""
    place = {item.id: at for at, item in enumerate(contest.candidates)}
    ballots = RankedBallots(
        contest.title,
        tuple(item.name for item in contest.candidates),
        contest.seats,
        tuple(
            (papers, tuple(place[candidate_id] for candidate_id in ranking))
            for ranking, papers in count.piles
        ),
    )
    run, decided = _COUNTS[contest.method], list[int]()
    counted = run(ballots, decided)
    for decision in decisions:
        tie = counted.tie
        chosen = [place.get(candidate_id, -1) for candidate_id in decision.chosen]
        if tie is None or decision.over is not tie.over or len(chosen) != 1:
            raise InputError("voting.bad_tie_decision")
        if chosen[0] not in tie.candidates:
            raise InputError("voting.bad_tie_decision")
        decided += chosen
        counted = run(ballots, decided)
    return counted


def _uncounted(contest: Contest, count: Count, measured: Measure) -> Verdict:
    outcome = Outcome.VACANT if measured.enough else Outcome.VOID
    headline = (
        _headline(contest, outcome, (), contest.seats)
        if measured.enough
        else Line("verdict.void", {"cast": count.cast})
    )
    return Verdict(
        contest.id,
        outcome,
        headline,
        measured.lines,
        count.valid,
        0,
        vacant=contest.seats,
        results=tuple(
            CandidateResult(item, 0, reached=False, fate=Fate.NOT_ELECTED)
            for item in contest.candidates
        ),
        votes=count.cells,
    )


def _headline(contest: Contest, outcome: Outcome, elected: tuple[str, ...], left: int) -> Line:
    if outcome is Outcome.TIED:
        key = "verdict.stands_still" if elected else "verdict.stands_still.none"
    else:
        key = f"verdict.{outcome.value}" if elected else f"verdict.{outcome.value}.none"
    names = tuple(contest.candidate(candidate_id).name for candidate_id in elected)
    return Line(key, {"names": names, "count": len(elected), "left": left})


def _lines(
    contest: Contest, count: Count, counted: Counted, decisions: Sequence[TieDecision]
) -> list[Line]:
    def named(places: Sequence[int]) -> tuple[str, ...]:
        return tuple(contest.candidates[at].name for at in places)

    first = counted.stages[0]
    quota: dict[str, Param] = {"valid": count.valid, "seats": contest.seats}
    lines = [Line(f"verdict.quota.{contest.method.value}", {**quota, "quota": first.quota})]
    for number, stage in enumerate(counted.stages, start=1):
        said: dict[str, Param] = {"number": number, "quota": stage.quota}
        key = f"verdict.stage.{stage.step.value}"
        if stage.candidate is None:
            lines.append(Line(key, said))
        else:
            said["name"] = contest.candidates[stage.candidate].name
            said["votes"] = counted.stages[number - 2].votes[stage.candidate]
            lines.append(Line(f"{key}.of", said))
        if stage.elected:
            elected: dict[str, Param] = {"count": len(stage.elected)}
            lines.append(
                Line("verdict.stage.elected", {**said, **elected, "names": named(stage.elected)})
            )
    for decision in decisions:
        name = contest.candidate(decision.chosen[0]).name
        over = "" if decision.over is None else decision.over.value
        lines.append(
            Line(f"verdict.stage.decided.{over}", {"name": name, "reason": decision.reason})
        )
    if counted.tie is not None:
        tied = named(counted.tie.candidates)
        lines.append(Line(f"verdict.stage.tie.{counted.tie.over.value}", {"names": tied}))
    return lines


def _results(contest: Contest, counted: Counted) -> tuple[CandidateResult, ...]:
    """Return the candidates: the elected in order, then those who lasted longest.

    The votes of each are those with which its fate was settled.
    """
    stages = counted.stages
    settled: dict[int, tuple[int, Number]] = {}
    for number, stage in enumerate(stages):
        for at in stage.elected:
            settled[at] = (number, stage.votes[at])
        if stage.step is Step.EXCLUSION and stage.candidate is not None:
            settled[stage.candidate] = (number, stages[number - 1].votes[stage.candidate])
    last = (len(stages), stages[-1])

    def lasting(at: int) -> tuple[int, Number]:
        stage, votes = settled.get(at, (last[0], last[1].votes[at]))
        return -stage, -votes

    others = [at for at in range(len(contest.candidates)) if at not in counted.elected]
    results = []
    for at in (*counted.elected, *sorted(others, key=lasting)):
        number, votes = settled.get(at, (last[0] - 1, last[1].votes[at]))
        results.append(
            CandidateResult(
                contest.candidates[at],
                whole(Fraction(votes)),
                votes >= _quota(stages, number),
                _fate(counted, at, settled=at in settled),
            )
        )
    return tuple(results)


def _fate(counted: Counted, at: int, *, settled: bool) -> Fate:
    if at in counted.elected:
        return Fate.ELECTED
    if counted.tie is None or settled:
        return Fate.NOT_ELECTED
    return Fate.TIED if at in counted.tie.candidates else Fate.UNDECIDED


def _quota(stages: Sequence[Stage], number: int) -> Fraction:
    return stages[number].quota
