"""``congress verify``: check a published bundle; ``congress verifier``: the checker as one file."""

import json
import sys
from pathlib import Path

import click

from congress.cli.output import Output, errors_spoken
from congress.kernel.errors import EnvironmentFault
from congress.verifier.inspection import inspect
from congress.verifier.onefile import write
from congress.verifier.telling import lines, values

FAILS = 1


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--without-hints", is_flag=True, help="Work everything out: many times as long.")
def verify(bundle: Path, as_json: bool, without_hints: bool) -> None:
    """Check BUNDLE, the published record of a poll, from its first entry to its result.

    Nothing of the program that held the poll is used. The status is 0 only if everything
    holds, and 1 if anything does not.
    """
    output = Output(as_json=as_json)
    report = inspect(bundle, with_hints=not without_hints)
    for line in lines(report, lambda key, **details: output.tr(f"verify.{key}", **details)):
        output.say(line)
    if as_json:
        click.echo(json.dumps(values(report), ensure_ascii=False, indent=2))
    if not report.holds:
        sys.exit(FAILS)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def verifier(file: Path) -> None:
    """Write the verifier as one FILE (.pyz), to be run with plain python3 anywhere."""
    output = Output()
    with errors_spoken(output):
        try:
            write(file)
        except OSError as error:
            raise EnvironmentFault("file.cannot_write", name=file.name) from error
        output.say(output.tr("verify.written", file=str(file)))
