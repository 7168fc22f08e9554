"""``congress count``: count a file of ranked ballots."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import click

from congress.cli.output import Output, errors_spoken
from congress.kernel.errors import InputError
from congress.voting.model import Method
from congress.voting.rules import unranked
from congress.voting.stv import meek, scottish
from congress.voting.stv.blt import read_blt
from congress.voting.stv.model import Count, RankedBallots, Stage, Step

METHODS: Mapping[str, Callable[[RankedBallots, Sequence[int]], Count]] = {
    "scottish": scottish.count,
    "meek": meek.count,
}
UNRANKED: Mapping[str, Method] = {"plurality": Method.PLURALITY, "approval": Method.APPROVAL}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--method", type=click.Choice([*METHODS, *UNRANKED]), default="scottish", show_default=True
)
@click.option("--seats", type=click.IntRange(min=1), help="Instead of those in the file.")
@click.option(
    "--lot",
    "lots",
    type=click.IntRange(min=1),
    multiple=True,
    help="Number of the candidate whom the lot fell on at the next tie; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def count(file: Path, method: str, seats: int | None, lots: tuple[int, ...], as_json: bool) -> None:
    """Count the ranked ballots in FILE (BLT), by default by the single transferable vote.

    Two methods transfer nothing: under plurality a ballot counts for its first names, as many
    as there are seats; under approval for every name on it.

    At a tie that earlier stages do not part the count stands still, and the status is 3: draw
    a lot, and count again with --lot.
    """
    output = Output(as_json=as_json)
    with errors_spoken(output):
        ballots = read_blt(file)
        if seats is not None:
            if seats > len(ballots.candidates):
                raise InputError("blt.seats", file=file.name, count=len(ballots.candidates))
            ballots = RankedBallots(
                ballots.title, ballots.candidates, seats, ballots.ballots, ballots.withdrawn
            )
        decided = [lot - 1 for lot in lots]
        if method in UNRANKED:
            plain = unranked.count(UNRANKED[method], ballots, decided)
            _tell_unranked(output, ballots, method, plain)
            elected, tied, stages = plain.elected, plain.level, [_only_stage(plain)]
        else:
            counted = METHODS[method](ballots, decided)
            _tell(output, ballots, counted)
            elected, stages = counted.elected, [_stage(stage) for stage in counted.stages]
            tied = counted.tie.candidates if counted.tie else ()
        output.answer(
            {
                "method": method,
                "elected": [each + 1 for each in elected],
                "stages": stages,
                "tie": bool(tied),
                "tied": [each + 1 for each in tied],
            }
        )
    if tied:
        raise SystemExit(3)


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "step": stage.step.value,
        "candidate": None if stage.candidate is None else stage.candidate + 1,
        "quota": _decimal(stage.quota),
        "votes": [_decimal(votes) for votes in stage.votes],
        "exhausted": _decimal(stage.exhausted),
        "elected": [each + 1 for each in stage.elected],
    }


def _only_stage(counted: unranked.Unranked) -> dict[str, object]:
    """Return a count without transfers as the one stage it is; there is no quota."""
    return {
        "step": Step.FIRST.value,
        "candidate": None,
        "quota": None,
        "votes": [str(votes) for votes in counted.votes],
        "exhausted": str(counted.empty),
        "elected": [each + 1 for each in counted.elected],
    }


def _decimal(value: Fraction) -> str:
    """Return a value as decimals without an exponent: exact, for it has nine at most."""
    whole, part = divmod(value.numerator * 10**9 // value.denominator, 10**9)
    return f"{whole}.{part:09}".rstrip("0").rstrip(".")


def _tell(output: Output, ballots: RankedBallots, counted: Count) -> None:
    tr, names = output.tr, ballots.candidates
    if ballots.title:
        output.say(tr.isolated(ballots.title))
    for number, stage in enumerate(counted.stages, start=1):
        if stage.candidate is None:
            what = tr(f"stv.step.{stage.step}")
        else:
            what = tr(f"stv.step_of.{stage.step}", name=names[stage.candidate])
        output.say(tr("stv.stage", number=number, what=what, quota=_decimal(stage.quota)))
        for each in ballots.standing:
            mark = "  *" if each in stage.elected else ""
            output.say(f"  {each + 1:>4}  {_decimal(stage.votes[each]):>16}  {names[each]}{mark}")
    if counted.tie is not None:
        tied = tr.listed([names[each] for each in counted.tie.candidates])
        output.say(tr(f"stv.tie.{counted.tie.over}", names=tied))
    _tell_elected(output, ballots, counted.elected)


def _tell_unranked(
    output: Output, ballots: RankedBallots, method: str, counted: unranked.Unranked
) -> None:
    tr, names = output.tr, ballots.candidates
    if ballots.title:
        output.say(tr.isolated(ballots.title))
    output.say(tr(f"stv.unranked.{method}", seats=ballots.seats))
    for each in ballots.standing:
        mark = "  *" if each in counted.elected else ""
        output.say(f"  {each + 1:>4}  {counted.votes[each]:>16}  {names[each]}{mark}")
    if counted.level:
        tied = tr.listed([names[each] for each in counted.level])
        output.say(tr("stv.tie.seats", names=tied, seats=counted.seats))
    _tell_elected(output, ballots, counted.elected)


def _tell_elected(output: Output, ballots: RankedBallots, elected: Sequence[int]) -> None:
    named = output.tr.listed([ballots.candidates[each] for each in elected])
    output.say(output.tr("stv.elected", names=named or "-"))
