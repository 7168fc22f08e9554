"""What was checked, what was counted, and what came out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from congress.verifier.faults import Fault
from congress.verifier.verdict import Verdict

CHECKS = (
    "members",
    "ledger",
    "order",
    "manifest",
    "rule_pack",
    "layouts",
    "trustees",
    "credentials",
    "opening",
    "conduct",
    "ballots",
    "eligibility",
    "copies",
    "sorting",
    "challenges",
    "closing",
    "paper",
    "encrypted_tally",
    "partials",
    "decryption",
    "counts",
    "reconciliation",
    "ties",
    "verdicts",
    "certificate",
)
"""Every check by name, in the order in which they are told."""

SEALED = ("open", "checkpoint", "close", "certificate")
"""Entries after which the seal of the ledger is told."""

_MOST_FAULTS = 10


@dataclass
class Check:
    """One check.

    Attributes:
        name: One of ``CHECKS``.
        counted: How many things were looked at.
        done: Whether it was come to its end.
        faults: What is wrong, each with the ledger entry where it is, or 0; only the first.
        failed: How many things are wrong.
    """

    name: str
    counted: int = 0
    done: bool = False
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    failed: int = 0

    @property
    def holds(self) -> bool:
        """Whether it was done and found nothing wrong."""
        return self.done and not self.failed


@dataclass
class Report:
    """Everything that is told of a bundle.

    Attributes:
        checks: By name; those that a poll of this kind does not have are left out.
        title: Of the poll, once it is known.
        election_id: Likewise.
        entries: Entries of the ledger that were followed.
        head: Hash of the last one (32 bytes).
        seals: Type, number and hash of the entries after which a hall is shown the ledger's
            seal, so that a ledger that was forked is found out.
        at_checkpoints: By the entry of a checkpoint, how many ballots it says were cast.
        ballots: Ballots counted.
        hinted: Whether hints were used.
        false_hints: Ballots whose hints were false, though they hold themselves.
        warnings: What a person should look at, though nothing is wrong.
        verdicts: As reckoned here, once they are.
        totals: Ballots cast, blank and invalid of each contest.
    """

    checks: dict[str, Check] = field(default_factory=lambda: {name: Check(name) for name in CHECKS})
    title: str = ""
    election_id: str = ""
    entries: int = 0
    head: bytes = b""
    seals: list[tuple[str, int, bytes]] = field(default_factory=list)
    at_checkpoints: dict[int, int] = field(default_factory=dict)
    ballots: int = 0
    hinted: bool = False
    false_hints: int = 0
    warnings: list[Fault] = field(default_factory=list)
    verdicts: tuple[Verdict, ...] = ()
    totals: tuple[tuple[int, int, int], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check that this poll has was done and held."""
        return bool(self.checks) and all(check.holds for check in self.checks.values())

    @property
    def failed(self) -> tuple[str, ...]:
        """The checks that found something wrong, by name."""
        return tuple(check.name for check in self.checks.values() if check.failed)

    def count(self, name: str, number: int = 1) -> None:
        """Note that so many more things were looked at."""
        self.checks[name].counted += number

    def fail(self, name: str, fault: Fault, seq: int = 0) -> None:
        """Note that something is wrong."""
        check = self.checks[name]
        check.failed += 1
        if len(check.faults) < _MOST_FAULTS:
            check.faults.append((seq, fault))

    def done(self, *names: str) -> None:
        """Note that checks were come to their end."""
        for name in names:
            self.checks[name].done = True

    def leave_out(self, names: Iterable[str]) -> None:
        """Leave out checks that a poll of this kind does not have."""
        for name in names:
            self.checks.pop(name, None)
