"""``congress poll``: what is published of polls."""

from pathlib import Path

import click

from congress.app import OpenCongress
from congress.cli.opening import on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.kernel.canonical import encode_bytes
from congress.kernel.errors import InputError
from congress.storage.faults import naming
from congress.voting.bundle import write_bundle
from congress.voting.codec import (
    count_to_json,
    plan_to_json,
    reconciliation_to_json,
    verdict_to_json,
)
from congress.voting.election import encrypted
from congress.voting.ledger import fingerprint
from congress.voting.model import Poll, State
from congress.voting.words import say, with_office


@click.group()
def poll() -> None:
    """Polls of a congress."""


def _numbered(congress: OpenCongress, number: int) -> Poll:
    for found in congress.booth.polls():
        if found.number == number:
            return found
    raise InputError("voting.no_poll")


@poll.command("list")
@on_vault
def poll_list(vault: Path, name: str, fd: int | None, as_json: bool) -> None:
    """List the polls, the newest first, each with its state and turnout."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        rows = []
        for found in congress.booth.polls():
            turnout = congress.booth.turnout(found.id)
            rows.append(
                {
                    "number": found.number,
                    "id": found.id,
                    "title": found.plan.title,
                    "kind": found.plan.kind.value,
                    "secrecy": found.plan.secrecy.value,
                    "state": found.state.value,
                    "cast": turnout.cast,
                    "entitled": turnout.entitled,
                }
            )
            output.say(
                output.tr(
                    "cli.poll.line",
                    number=found.number,
                    title=output.tr.isolated(found.plan.title),
                    state=output.tr(f"voting.state.{found.state.value}"),
                    cast=turnout.cast,
                    entitled=turnout.entitled,
                )
            )
        output.answer(rows)


@poll.command("show")
@on_vault
@click.argument("number", type=int)
def poll_show(vault: Path, name: str, fd: int | None, as_json: bool, number: int) -> None:
    """Show where the poll NUMBER stands, how its cards balance, and its result if it is counted."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        found, tr = _numbered(congress, number), output.tr
        figures = reconciliation_to_json(congress.booth.reconciliation(found.id))
        head = congress.booth.signed_head(found.id)
        counted = found.state in (State.TALLIED, State.CERTIFIED)
        result = congress.booth.result(found.id) if counted else None
        state = tr(f"voting.state.{found.state.value}")
        output.say(tr.joined(tr.isolated(found.plan.title), state))
        output.say(tr("cli.poll.figures", **figures))
        output.say(tr("cli.poll.head", count=head.seq, head=fingerprint(head.hash)))
        judged = zip(found.plan.contests, result.verdicts, strict=True) if result else ()
        for contest, verdict in judged:
            output.say(with_office(tr, found.plan, contest, say(tr, verdict.headline)))
        answer: dict[str, object] = {
            "number": found.number,
            "id": found.id,
            "state": found.state.value,
            "plan": plan_to_json(found.plan),
            "reconciliation": figures,
            "entries": head.seq,
            "head": encode_bytes(head.hash),
            "counts": [count_to_json(total) for total in result.counts] if result else [],
            "verdicts": [verdict_to_json(item) for item in result.verdicts] if result else [],
        }
        if encrypted(found.plan) and found.state is State.DECRYPTING:
            board, given = congress.booth.trustees(found.id), congress.booth.partials(found.id)
            names = [board.trustee(index).name for index in given]
            output.say(tr("chair.do.decrypt.why", given=len(given), needed=board.threshold))
            answer["decrypted_by"], answer["threshold"] = names, board.threshold
        output.answer(answer)


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
        found = _numbered(congress, number)
        entries = congress.booth.whole_ledger(found.id)
        with naming(out):
            write_bundle(out, entries, progress=output.progress(output.tr("bundle.checking")))
            size = out.stat().st_size
        megabytes = f"{size / 1e6:.1f}"
        output.say(output.tr("bundle.written", file=str(out), count=len(entries), size=megabytes))
        output.answer({"bundle": str(out), "entries": len(entries), "bytes": size})
