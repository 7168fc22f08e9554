"""What a manifest founds a poll on: the plan, the rule it names, and the layouts."""

from dataclasses import dataclass

from congress.verifier import examples, layouts, lookalikes, manifest, rules
from congress.verifier.faults import Fault
from congress.verifier.layouts import Layout
from congress.verifier.ledger import Entry
from congress.verifier.manifest import ENCRYPTED, OPEN, PAPER, Manifest
from congress.verifier.report import Report
from congress.verifier.rules import Rule

_ENCRYPTION = ("layouts", "trustees", "copies", "sorting", "challenges")
_DECRYPTION = ("encrypted_tally", "partials", "decryption")


@dataclass(frozen=True, slots=True)
class Founding:
    """A manifest that holds, with its rule and, where ballots are encrypted, layouts."""

    manifest: Manifest
    rule: Rule
    layouts: tuple[Layout, ...]


def found(entry: Entry, suite: str, report: Report) -> Founding | None:
    """Return what the first entry founds the poll on, or ``None`` if it does not hold.

    Args:
        entry: The manifest.
        suite: What the bundle says it is of.
        report: Where the checks of the manifest are told.
    """
    name = "manifest"
    try:
        read = manifest.read(entry.payload, entry.payload_hash, suite)
        report.title = read.plan.title
        report.count("manifest", len(read.plan.contests))
        report.done("manifest")
        report.warnings += lookalikes.warnings(read.plan.contests)
        _leave_out(read, report)
        name = "rule_pack"
        rule = _rule(read, report)
        report.done("rule_pack")
        name = "layouts"
        expected: tuple[Layout, ...] = ()
        if read.suite == ENCRYPTED:
            expected = tuple(
                layouts.layout_of(contest, rule.unmarked, rule.overmarked)
                for contest in read.plan.contests
            )
            report.count("layouts", len(expected))
            report.done("layouts")
        if read.layouts != [layout.to_json() for layout in expected]:
            raise Fault("wrong_layouts")
    except Fault as fault:
        report.fail(name if name in report.checks else "manifest", fault, entry.seq)
        return None
    return Founding(read, rule, expected)


def _rule(read: Manifest, report: Report) -> Rule:
    """Return the rule that the plan names, once every example of its pack holds."""
    pack, plan = rules.read(read.pack), read.plan
    for rule in pack.rules:
        report.count("rule_pack", examples.require(rule))
    chosen = next((rule for rule in pack.rules if rule.id == plan.rule_id), None)
    if chosen is None or pack.id != plan.pack_id or chosen.kind != plan.kind:
        raise Fault("other_rule", rule=plan.rule_id)
    methods = {contest.method for contest in plan.contests}
    if plan.secrecy not in chosen.secrecies or not methods <= set(chosen.methods):
        raise Fault("other_rule", rule=plan.rule_id)
    if not set(plan.sections.values()) <= set(chosen.sections):
        raise Fault("other_rule", rule=plan.rule_id)
    return chosen


def _leave_out(read: Manifest, report: Report) -> None:
    """Leave out of the report what a poll like this does not have."""
    if read.suite == OPEN:
        report.leave_out((*_ENCRYPTION, *_DECRYPTION, "credentials"))
    if read.suite == PAPER:
        report.leave_out((*_ENCRYPTION, *_DECRYPTION, "ballots", "eligibility"))
    if read.plan.channel == "electronic":
        report.leave_out(("paper",))
