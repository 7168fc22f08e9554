"""``congress simulate``: a whole secret poll, with a bundle that anyone can check."""

import time
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import click

from congress.cli.output import Output, errors_spoken
from congress.kernel.errors import InputError
from congress.storage.faults import naming
from congress.voting.bundle import write_bundle
from congress.voting.outcome import Count, Verdict
from congress.voting.simulation import scenario as scenarios
from congress.voting.simulation.run import Simulated
from congress.voting.simulation.run import simulate as hold
from congress.voting.simulation.scenario import Scenario
from congress.voting.words import say

BUNDLE = "bundle.zip"
_LARGEST = 1_000_000
"""Bytes of a description."""


@click.command()
@click.argument("poll", type=click.Path(path_type=Path), required=False)
@click.option("--ballots", type=click.IntRange(1, 100_000), default=200, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the bundle.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the voters' choices.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one for each processor.")
@click.option("--example", is_flag=True, help="Print the shipped example and stop.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def simulate(
    poll: Path | None,
    ballots: int,
    out: Path | None,
    seed: int,
    workers: int | None,
    example: bool,
    as_json: bool,
) -> None:
    """Hold a secret poll with voters and trustees who do not exist, and write its bundle.

    POLL is a TOML file; without it fifteen names stand for ten seats. Keys and encryption are
    real and random, only the choices come from the seed.
    """
    output = Output(as_json=as_json)
    if example:
        click.echo(files("congress.voting.simulation").joinpath("example.toml").read_text("utf-8"))
        return
    if out is None:
        raise click.UsageError("name a folder with --out")
    with errors_spoken(output):
        described = scenarios.example() if poll is None else _read(poll)
        held = hold(
            described,
            ballots,
            seed=seed,
            now=datetime.now(UTC),
            workers=workers,
            progress=output.progress(output.tr("simulate.voting")),
        )
        path = out / BUNDLE
        with naming(path):
            out.mkdir(parents=True, exist_ok=True)
            start = time.perf_counter()
            progress = output.progress(output.tr("bundle.checking"))
            write_bundle(path, held.entries, workers=workers, progress=progress)
        seconds = held.seconds | {"bundle": time.perf_counter() - start}
        _tell(output, described, held, seconds)
        size = path.stat().st_size
        entries = len(held.entries)
        megabytes = f"{size / 1e6:.1f}"
        output.say(output.tr("bundle.written", file=str(path), count=entries, size=megabytes))
        output.answer(_json(described, held, seconds) | {"bundle": str(path), "bytes": size})


def _read(poll: Path) -> Scenario:
    with naming(poll):
        data = poll.read_bytes()[: _LARGEST + 1]
    try:
        if len(data) > _LARGEST:
            raise InputError("simulate.bad_poll", place="1 MB")
        return scenarios.read(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("simulate.bad_poll", place="UTF-8", file=poll.name) from error
    except InputError as error:
        if error.code != "simulate.bad_poll":
            raise
        raise InputError(error.code, file=poll.name, place=error.params["place"]) from error


def _names(described: Scenario, number: int) -> dict[str, str]:
    return {item.id: item.name for item in described.plan.contests[number].candidates}


def _cell(names: dict[str, str], cell: str) -> str:
    candidate, mark, box = cell.partition(":")
    return f"{names.get(candidate, candidate)}{mark}{box}"


def _tell(output: Output, described: Scenario, held: Simulated, seconds: dict[str, float]) -> None:
    tr = output.tr
    output.say(
        tr(
            "simulate.head",
            title=described.plan.title,
            count=held.counts[0].cast,
            trustees=len(described.trustees),
            threshold=described.threshold,
        )
    )
    for number, (count, verdict) in enumerate(zip(held.counts, held.verdicts, strict=True)):
        names = _names(described, number)
        output.say(tr.isolated(described.plan.contests[number].title))
        for cell, votes in sorted(count.cells.items(), key=lambda item: -item[1]):
            elected = "  *" if cell.partition(":")[0] in verdict.elected else ""
            output.say(f"  {votes:>7}  {_cell(names, cell)}{elected}")
        output.say("  " + tr("simulate.spoiled", blank=count.blank, invalid=count.invalid))
        output.say("  " + say(tr, verdict.headline))
    for step, taken in seconds.items():
        output.say(f"  {taken:>9.2f} s  {tr(f'simulate.seconds.{step}')}")


def _json(described: Scenario, held: Simulated, seconds: dict[str, float]) -> dict[str, object]:
    contests = [
        _contest_json(_names(described, number), count, verdict)
        for number, (count, verdict) in enumerate(zip(held.counts, held.verdicts, strict=True))
    ]
    return {
        "title": described.plan.title,
        "ballots": held.counts[0].cast,
        "ballot_bytes": held.ballot_bytes,
        "trustees": len(described.trustees),
        "threshold": described.threshold,
        "contests": contests,
        "seconds": {step: round(taken, 3) for step, taken in seconds.items()},
        "entries": len(held.entries),
        "head": held.entries[-1].hash.hex(),
    }


def _contest_json(names: dict[str, str], count: Count, verdict: Verdict) -> dict[str, object]:
    return {
        "contest": count.contest_id,
        "cast": count.cast,
        "blank": count.blank,
        "invalid": count.invalid,
        "totals": {_cell(names, cell): votes for cell, votes in count.cells.items()},
        "outcome": verdict.outcome.value,
        "elected": [names[candidate] for candidate in verdict.elected],
    }
