"""Tells a report: as sentences for a person, or as values for a program."""

from collections.abc import Iterator
from fractions import Fraction

from congress.verifier import canonical, manifest
from congress.verifier.fields import written
from congress.verifier.report import Check, Report
from congress.verifier.verdict import Verdict
from congress.verifier.wording import CHECKS, OUTCOMES, harmless, reason


def lines(report: Report) -> Iterator[str]:
    """Return the report in English, line by line."""
    yield f"Poll:   {harmless(report.title) or '?'} ({harmless(report.election_id) or '?'})"
    for check in report.checks.values():
        yield f"{_state(check):>11}  {CHECKS[check.name]}: {check.counted}"
        for seq, fault in check.faults:
            where = f"entry {seq}: " if seq else ""
            yield f"             - {where}{reason(fault)}"
        if check.failed > len(check.faults):
            yield f"             - and {check.failed - len(check.faults)} more"
    for warning in report.warnings:
        yield f"     LOOK AT  {reason(warning)}"
    if report.false_hints:
        yield f"     LOOK AT  hints that are false and were not used: {report.false_hints}"
    if report.holds:
        for verdict, totals in zip(report.verdicts, report.totals, strict=True):
            yield from _verdict(verdict, totals)
        head = canonical.encode_bytes(report.head)
        yield f"Head of the ledger: {head} ({report.entries} entries)"
        yield "Everything holds."
    else:
        yield "This bundle does NOT hold."


def _state(check: Check) -> str:
    if check.failed:
        return "FAILED"
    return "ok" if check.done else "NOT REACHED"


def _verdict(verdict: Verdict, totals: tuple[int, int, int]) -> Iterator[str]:
    cast, blank, invalid = totals
    outcome = OUTCOMES[verdict.outcome].format(vacant=verdict.vacant)
    yield f"Result: {harmless(verdict.contest.title)}: {outcome}"
    valid = cast - blank - invalid
    yield f"        {cast} ballots, {valid} valid, {blank} blank, {invalid} invalid"
    if verdict.contest.method not in manifest.RANKED:
        yield f"        measured against {_said(verdict.base)}; needed: {_said(verdict.needed)}"
    else:
        yield f"        quota: {_said(verdict.needed)}"
    names = {candidate.id: candidate.name for candidate in verdict.contest.candidates}
    votes = verdict.votes or dict.fromkeys(names)
    for name, number in sorted(votes.items(), key=lambda item: -(item[1] or 0)):
        shown = "" if number is None else f"{_said(number):>9}  "
        mark = "elected" if name in verdict.elected else "tied" if name in verdict.tied else ""
        yield f"        {shown}{harmless(names.get(name, name))}  {mark}".rstrip()


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
