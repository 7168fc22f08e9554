"""Tells a report: as sentences for a person, or as values for a program."""

import base64
from collections.abc import Iterator
from fractions import Fraction

from congress.verifier import canonical, manifest
from congress.verifier.fields import written
from congress.verifier.report import Check, Report
from congress.verifier.verdict import Verdict
from congress.verifier.wording import Say, english, harmless, reason

_INDENT = " " * 13


def lines(report: Report, say: Say = english) -> Iterator[str]:
    """Return the report line by line.

    Args:
        report: What was checked.
        say: Says the sentences of ``congress.verifier.wording``, in whatever language.
    """
    title, poll = harmless(report.title) or "?", harmless(report.election_id) or "?"
    yield say("line.poll", title=title, poll=poll)
    for check in report.checks.values():
        yield f"{_state(check, say):>11}  {say(f'check.{check.name}')}: {check.counted}"
        for seq, fault in check.faults:
            wrong = reason(fault, say)
            yield f"{_INDENT}- {say('line.entry', seq=seq, reason=wrong) if seq else wrong}"
        if check.failed > len(check.faults):
            yield f"{_INDENT}- {say('line.more', count=check.failed - len(check.faults))}"
    look = say("state.look_at")
    for warning in report.warnings:
        yield f"{look:>11}  {reason(warning, say)}"
    if report.false_hints:
        yield f"{look:>11}  {say('line.false_hints', count=report.false_hints)}"
    if not report.holds:
        yield say("line.fails")
        return
    for verdict, totals in zip(report.verdicts, report.totals, strict=True):
        yield from _verdict(verdict, totals, say)
    for kind, seq, found in report.seals:
        yield say(f"line.seal.{kind}", seq=seq, seal=seal(found))
        if seq in report.at_checkpoints:
            yield _INDENT + say("line.at_checkpoint", ballots=report.at_checkpoints[seq])
    head = canonical.encode_bytes(report.head)
    yield say("line.head", head=head, entries=report.entries)
    yield say("line.holds")


def seal(head: bytes) -> str:
    """Return the first 100 bits of a hash in Base32: what is read aloud in the hall."""
    text = base64.b32encode(head).decode("ascii")
    return "-".join(text[start : start + 4] for start in range(0, 20, 4))


def _state(check: Check, say: Say) -> str:
    if check.failed:
        return say("state.failed")
    return say("state.ok") if check.done else say("state.not_reached")


def _verdict(verdict: Verdict, totals: tuple[int, int, int], say: Say) -> Iterator[str]:
    cast, blank, invalid = totals
    outcome = say(f"outcome.{verdict.outcome}", **_vacancy(verdict))
    yield say("line.result", title=harmless(verdict.contest.title), outcome=outcome)
    valid = cast - blank - invalid
    yield _INDENT + say("line.ballots", cast=cast, valid=valid, blank=blank, invalid=invalid)
    needed = _said(verdict.needed)
    if verdict.contest.method in manifest.RANKED:
        yield _INDENT + say("line.quota", needed=needed)
    else:
        yield _INDENT + say("line.measured", base=_said(verdict.base), needed=needed)
    names = {candidate.id: candidate.name for candidate in verdict.contest.candidates}
    votes: dict[str, Fraction | None] = dict(verdict.votes or dict.fromkeys(names))
    for name, number in sorted(votes.items(), key=lambda item: -(item[1] or 0)):
        shown = "" if number is None else _said(number)
        mark = ""
        if name in verdict.elected:
            mark = say("line.elected")
        elif name in verdict.tied:
            mark = say("line.tied")
        who = harmless(names[name]) if name in names else say("line.yes")
        yield f"{_INDENT}{shown:>9}  {who}  {mark}".rstrip()


def _vacancy(verdict: Verdict) -> dict[str, int]:
    return {"vacant": verdict.vacant} if verdict.outcome == "vacant" else {}


def _said(number: Fraction) -> str:
    return str(written(number))


def values(report: Report) -> dict[str, canonical.Json]:
    """Return the report as JSON."""
    return {
        "holds": report.holds,
        "title": report.title,
        "election_id": report.election_id,
        "entries": report.entries,
        "head": canonical.encode_bytes(report.head),
        "seals": [
            {"type": kind, "seq": seq, "seal": seal(found)}
            | ({"ballots": at[seq]} if seq in (at := report.at_checkpoints) else {})
            for kind, seq, found in report.seals
        ],
        "ballots": report.ballots,
        "hints": report.hinted,
        "false_hints": report.false_hints,
        "checks": [
            {
                "name": check.name,
                "holds": check.holds,
                "counted": check.counted,
                "faults": [
                    {"entry": seq, "reason": fault.reason, **fault.details}
                    for seq, fault in check.faults
                ],
                "failed": check.failed,
            }
            for check in report.checks.values()
        ],
        "warnings": [{"reason": item.reason, **item.details} for item in report.warnings],
        "totals": [
            {"contest": verdict.contest.id, "cast": cast, "blank": blank, "invalid": invalid}
            | {"votes": {name: written(number) for name, number in (verdict.votes or {}).items()}}
            for verdict, (cast, blank, invalid) in zip(report.verdicts, report.totals, strict=False)
        ],
        "verdicts": [verdict.to_json() for verdict in report.verdicts],
    }
