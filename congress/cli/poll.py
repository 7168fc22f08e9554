"""``congress poll``: what is published of polls."""

from pathlib import Path

import click

from congress.cli.opening import on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.kernel.errors import InputError
from congress.storage.faults import naming
from congress.voting.bundle import write_bundle


@click.group()
def poll() -> None:
    """Polls of a congress."""


@poll.command("bundle")
@on_vault
@click.argument("number", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def poll_bundle(
    vault: Path, name: str, fd: int | None, as_json: bool, number: int, out: Path
) -> None:
    """Write the bundle of the certified poll NUMBER: all that anyone needs to check it.

    Every ballot is checked on the way. 'congress verify' checks the bundle.
    """
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        found = next((item for item in congress.booth.polls() if item.number == number), None)
        if found is None:
            raise InputError("voting.no_poll")
        entries = congress.booth.whole_ledger(found.id)
        with naming(out):
            write_bundle(out, entries, progress=output.progress(output.tr("bundle.checking")))
            size = out.stat().st_size
        megabytes = f"{size / 1e6:.1f}"
        output.say(output.tr("bundle.written", file=str(out), count=len(entries), size=megabytes))
        output.answer({"bundle": str(out), "entries": len(entries), "bytes": size})
