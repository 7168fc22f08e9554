"""Walks through a bundle from the first entry of its ledger to the last."""

from collections.abc import Iterable
from pathlib import Path

from congress.verifier.bundle import HINTS, LEDGER, Bundle, Index
from congress.verifier.casting import Hints
from congress.verifier.faults import Fault
from congress.verifier.ledger import Chain, Life
from congress.verifier.poll import Poll, Stop
from congress.verifier.report import SEALED, Report


def inspect(path: Path, *, with_hints: bool = True, processes: int | None = None) -> Report:
    """Return what was checked in a bundle and what came of it.

    Args:
        path: The file.
        with_hints: Whether to use the bundle's hints, which only save time.
        processes: How many processes check ballots; by default one for each processor.
    """
    report = Report()
    try:
        with Bundle(path) as bundle:
            _members(bundle, report, with_hints, processes)
    except Fault as fault:
        report.fail("members", fault)
    return report


def _members(bundle: Bundle, report: Report, with_hints: bool, processes: int | None) -> None:
    index = bundle.index()
    report.election_id = index.election_id
    report.hinted = with_hints and bundle.hinted
    for name, told in index.files.items():
        with bundle.open(name) as member:
            if member.finish() != told:
                raise Fault("wrong_file_hash", member=name)
    with bundle.open(LEDGER) as ledger:
        if report.hinted:
            with bundle.open(HINTS) as hints:
                _follow(ledger.lines(), index, report, hints.read, processes)
        else:
            _follow(ledger.lines(), index, report, None, processes)
    report.count("members", bundle.members)
    report.done("members")


def _follow(
    lines: Iterable[bytes],
    index: Index,
    report: Report,
    hints: Hints | None,
    processes: int | None,
) -> None:
    """Check every line of the ledger, and that it is the whole of it."""
    chain, life = Chain(index.election_id), Life()
    poll = Poll(index, report, hints, processes)
    try:
        for line in lines:
            try:
                entry = chain.follow(line)
            except Fault as fault:
                report.fail("ledger", fault, chain.entries + 1)
                raise Stop from fault
            report.count("ledger")
            report.entries, report.head = entry.seq, entry.hash
            if entry.type in SEALED:
                report.seals.append((entry.type, entry.seq, entry.hash))
            try:
                life.follow(entry.type)
            except Fault as fault:
                report.fail("order", fault, entry.seq)
                raise Stop from fault
            report.count("order")
            poll.take(entry)
        _end(chain, life, index, report)
    except Stop:
        pass
    finally:
        poll.stop()


def _end(chain: Chain, life: Life, index: Index, report: Report) -> None:
    if (chain.entries, chain.head) != (index.entries, index.head):
        report.fail("ledger", Fault("other_end", found=chain.entries, told=index.entries))
    report.done("ledger")
    try:
        life.require_end()
    except Fault as fault:
        report.fail("order", fault)
    report.done("order")
