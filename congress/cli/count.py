"""``congress count``: count a file of ranked ballots."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import click

from congress.cli.output import Output, errors_spoken
from congress.kernel.errors import InputError
from congress.voting.stv import meek, scottish
from congress.voting.stv.blt import read_blt
from congress.voting.stv.model import Count, RankedBallots, Stage

METHODS: Mapping[str, Callable[[RankedBallots, Sequence[int]], Count]] = {
    "scottish": scottish.count,
    "meek": meek.count,
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(list(METHODS)), default="scottish", show_default=True)
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
    """Count the ranked ballots in FILE (BLT) by the single transferable vote.

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
        counted = METHODS[method](ballots, [lot - 1 for lot in lots])
        _tell(output, ballots, counted)
        output.answer(
            {
                "method": method,
                "elected": [each + 1 for each in counted.elected],
                "stages": [_stage(stage) for stage in counted.stages],
                "tie": counted.tie is not None,
                "tied": [each + 1 for each in counted.tie.candidates] if counted.tie else [],
            }
        )
    if counted.tie is not None:
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
    elected = tr.listed([names[each] for each in counted.elected])
    output.say(tr("stv.elected", names=elected or "-"))
