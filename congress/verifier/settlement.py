"""The end of a poll: paper, result, ties and certificate (SPECIFICATION, sections 10 and 11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.verifier import canonical, counts, ed25519, manifest
from congress.verifier.counts import Count
from congress.verifier.electors import require_approval
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.manifest import Contest, Manifest
from congress.verifier.rules import Rule
from congress.verifier.verdict import Decision, Verdict


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of cards, slips or electors."""

    issued: int = 0
    cast: int = 0
    spoiled: int = 0
    unused: int = 0

    def and_also(self, other: "Figures") -> "Figures":
        """Return the figures of both together."""
        return Figures(
            self.issued + other.issued,
            self.cast + other.cast,
            self.spoiled + other.spoiled,
            self.unused + other.unused,
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A ``paper_count`` entry: its slips, and the count of each contest."""

    figures: Figures
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A ``result`` entry: its counts, how many were entitled, and the reconciliation."""

    counts: tuple[Count, ...]
    entitled: int
    figures: Figures
    drawn: int
    payload: canonical.Json


def read_paper(payload: canonical.Json, contests: Sequence[Contest], rule: Rule) -> Paper:
    """Return a paper count, once slips could have given it.

    Raises:
        Fault: It could not be, or its slips do not add up.
    """
    fields = Fields(payload, "paper_count")
    figures = Figures(
        fields.whole("issued"),
        fields.whole("slips"),
        fields.whole("spoiled"),
        fields.whole("unused"),
    )
    found = _counts(fields, contests, rule, "secret")
    fields.data("record", 32)
    require_approval(fields, "secret")
    fields.end()
    if figures.issued != figures.cast + figures.spoiled + figures.unused:
        raise Fault("unbalanced")
    for contest, count in zip(contests, found, strict=True):
        counts.require_possible(contest, rule, count)
        if count.heads.cast != figures.cast:
            raise Fault("wrong_ballots", told=int(count.heads.cast), found=figures.cast)
    return Paper(figures, found)


def _counts(
    fields: Fields, contests: Sequence[Contest], rule: Rule, secrecy: str
) -> tuple[Count, ...]:
    items = fields.objects("counts")
    if len(items) != len(contests):
        raise Fault("wrong_number", place="counts")
    return tuple(
        counts.read(item, contest, rule, secrecy)
        for item, contest in zip(items, contests, strict=True)
    )


def read_result(
    payload: canonical.Json, contests: Sequence[Contest], rule: Rule, secrecy: str
) -> Result:
    """Return what a ``result`` entry says.

    Raises:
        Fault: It has not the form of this poll's.
    """
    fields = Fields(payload, "result")
    found = _counts(fields, contests, rule, secrecy)
    entitled = fields.whole("entitled")
    told = fields.object("reconciliation")
    fields.end()
    figures = Figures(
        told.whole("issued"), told.whole("cast"), told.whole("spoiled"), told.whole("unused")
    )
    marked, drawn = told.whole("marked"), told.whole("drawn")
    told.end()
    if marked != figures.cast or not figures.cast <= drawn <= figures.issued:
        raise Fault("unbalanced")
    return Result(found, entitled, figures, drawn, payload)


def require_counts(result: Result, expected: Sequence[Count]) -> None:
    """Check that the result says what was counted here.

    Raises:
        Fault: ``wrong_count`` with the first contest that differs.
    """
    for told, found in zip(result.counts, expected, strict=True):
        if told != found:
            raise Fault("wrong_count", contest=found.contest_id)


def require_balance(result: Result, expected: Figures, entitled: int | None) -> None:
    """Check that every card, slip or elector is accounted for.

    Args:
        result: What stands on the ledger.
        expected: As counted here.
        entitled: As counted here; ``None`` where it is the number of cards drawn.

    Raises:
        Fault: ``unbalanced``, ``wrong_reconciliation`` or ``wrong_entitled``.
    """
    figures = result.figures
    if figures.issued != figures.cast + figures.spoiled + figures.unused:
        raise Fault("unbalanced")
    if figures != expected:
        raise Fault("wrong_reconciliation")
    if result.entitled != (result.drawn if entitled is None else entitled):
        raise Fault("wrong_entitled")


def read_decision(payload: canonical.Json, contests: Sequence[Contest]) -> tuple[str, Decision]:
    """Return the contest that a ``tie_decision`` is about, and what was decided.

    Raises:
        Fault: ``wrong_decision`` if there is no such contest, or its form is wrong.
    """
    fields = Fields(payload, "tie_decision")
    name = fields.text("contest")
    contest = next((item for item in contests if item.id == name), None)
    if contest is None:
        raise Fault("wrong_decision")
    if contest.method in manifest.RANKED:
        over = fields.choice("over", ("surplus", "exclusion"))
        decision = Decision(over=over, chosen=fields.text("chosen"))
    else:
        decision = Decision(elected=fields.texts("elected"))
    fields.text("reason")
    fields.end()
    return name, decision


@dataclass(frozen=True, slots=True)
class Known:
    """What a certificate must repeat, verdicts apart: the ledger before it and its result."""

    manifest: Manifest
    election_id: str
    head: bytes
    entries: int
    roll: canonical.Json
    result: Result


def check_certificate(payload: canonical.Json, known: Known) -> None:
    """Check the signature of the congress and everything that it signed.

    Raises:
        Fault: ``bad_signature``, ``other_key``, or ``wrong_certificate`` with the part that
            is not as it was found here.
    """
    fields = Fields(payload, "certificate")
    body = fields.object("body")
    key, signature = fields.data("public_key", 32), fields.data("signature", 64)
    fields.end()
    if key != known.manifest.public_key:
        raise Fault("other_key")
    ed25519.require(key, "certificate", payload["body"], signature)
    expected: Mapping[str, canonical.Json] = {
        "v": 1,
        "poll": known.election_id,
        "title": known.manifest.plan.title,
        "manifest": canonical.encode_bytes(known.manifest.hash),
        "suite": known.manifest.suite,
        "head": canonical.encode_bytes(known.head),
        "entries": known.entries,
        "roll": known.roll,
        "reconciliation": known.result.payload["reconciliation"],
        "counts": known.result.payload["counts"],
    }
    for part, value in expected.items():
        if not _same(body.take(part), value):
            raise Fault("wrong_certificate", part=part)
    body.take("verdicts")
    body.whole("number")
    body.text("certified_at")
    require_approval(body, known.manifest.plan.secrecy)
    body.end()


def require_verdicts(payload: canonical.Json, verdicts: Sequence[Verdict]) -> None:
    """Check that a certificate says the verdicts that were reckoned here.

    Raises:
        Fault: ``wrong_verdict`` with the first contest that differs.
    """
    told = Fields(payload, "certificate").object("body").items("verdicts")
    if len(told) != len(verdicts):
        raise Fault("wrong_number", place="verdicts")
    for said, verdict in zip(told, verdicts, strict=True):
        if not _same(said, verdict.to_json()):
            raise Fault("wrong_verdict", contest=verdict.contest.id)


def _same(first: canonical.Json, second: canonical.Json) -> bool:
    return canonical.encode(first) == canonical.encode(second)
