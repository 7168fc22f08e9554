"""The values of a result: counts, verdicts, reconciliation and certificate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from congress.kernel.ids import PersonId
from congress.voting.electors import Electorate
from congress.voting.model import Ballot, Candidate, Line, Number, Poll
from congress.voting.stv.model import Stage, TieOver

Pile: TypeAlias = "tuple[tuple[str, ...], int]"
"""A ranking of candidates, the most wanted first, and how many valid ballots bear it."""


@dataclass(frozen=True, slots=True)
class SectionCount:
    """The totals of one contest with every ballot taken times its elector's weight.

    Attributes:
        section: Section of the rule; empty where the rule has none.
        cast: Weight of the ballots cast.
        blank: Of the blank ones among them.
        invalid: Of the invalid ones among them.
        cells: For every cell of the ballot paper, valid ballots only.
    """

    section: str
    cast: Number
    blank: Number
    invalid: Number
    cells: Mapping[str, Number]

    @property
    def valid(self) -> Number:
        """Weight of the valid ballots."""
        return self.cast - self.blank - self.invalid


@dataclass(frozen=True, slots=True)
class Count:
    """The totals of one contest.

    Attributes:
        contest_id: The contest.
        cast: Ballots cast.
        blank: Blank ones among them.
        invalid: Invalid ones among them.
        cells: Votes for every cell of the ballot paper, valid ballots only.
        piles: The rankings and how often each was cast, sorted; only of ranked ballots.
        weighted: The same by weight, where the rule counts weights, sorted by section.
    """

    contest_id: str
    cast: int
    blank: int
    invalid: int
    cells: Mapping[str, int]
    piles: tuple[Pile, ...] = ()
    weighted: tuple[SectionCount, ...] = ()

    @property
    def valid(self) -> int:
        """Valid ballots."""
        return self.cast - self.blank - self.invalid


class Outcome(StrEnum):
    """What a contest ended in."""

    CARRIED = "carried"
    LOST = "lost"
    FILLED = "filled"
    VACANT = "vacant"
    TIED = "tied"
    VOID = "void"


class Fate(StrEnum):
    """What a contest meant for one candidate."""

    ELECTED = "elected"
    NOT_ELECTED = "not_elected"
    TIED = "tied"
    UNDECIDED = "undecided"
    """A count of ranked ballots stands still before it comes to this candidate."""


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """One candidate's line of the result."""

    candidate: Candidate
    votes: Number
    reached: bool
    fate: Fate


@dataclass(frozen=True, slots=True)
class Tie:
    """More candidates with the same votes than seats left for them.

    Attributes:
        candidates: Identifiers of those tied.
        seats: Seats left for them; 1 where a count of ranked ballots stands still.
        by_decision: Whether the rule lets the congress decide between them; otherwise the
            vote is repeated among them.
        over: What a count of ranked ballots stands still over.
    """

    candidates: tuple[str, ...]
    seats: int
    by_decision: bool
    over: TieOver | None = None


@dataclass(frozen=True, slots=True)
class TieDecision:
    """What the congress decided about a tie.

    Attributes:
        contest_id: The contest.
        chosen: Identifiers of the tied candidates who take the seats left; in a count of
            ranked ballots of the one whose surplus moves first, or who is excluded.
        reason: How it was decided, in the words of the minutes.
        over: What the count of ranked ballots stood still over.
    """

    contest_id: str
    chosen: tuple[str, ...]
    reason: str
    over: TieOver | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count means by the rule, with its arithmetic.

    Attributes:
        contest_id: The contest.
        outcome: What it ended in.
        headline: The verdict in one sentence.
        arithmetic: How it was reached, line by line.
        base: Number that the votes are measured against; 1 where shares of sections are
            added up.
        needed: Votes needed; of shares, what must be reached or passed.
        elected: Identifiers, most votes first.
        vacant: Seats nobody reached.
        tie: The tie at the last place, if there is one.
        results: Every candidate, most votes first; none for a motion.
        outside: Cells of the ballot paper that the base leaves out, such as the abstentions
            where yes is measured against yes and no.
        votes: The votes of every cell as they were measured: ballots, weights or shares.
        shared: Whether ``votes`` are shares of the whole.
        stages: Every stage of a count of ranked ballots.
    """

    contest_id: str
    outcome: Outcome
    headline: Line
    arithmetic: tuple[Line, ...]
    base: Number
    needed: Number
    elected: tuple[str, ...] = ()
    vacant: int = 0
    tie: Tie | None = None
    results: tuple[CandidateResult, ...] = ()
    outside: frozenset[str] = frozenset()
    votes: Mapping[str, Number] = field(default_factory=dict)
    shared: bool = False
    stages: tuple[Stage, ...] = ()

    def share(self, votes: Number, cell: str = "") -> Fraction | None:
        """Return ``votes`` as a share of the base, for screens and exports alike.

        Args:
            votes: The number of votes.
            cell: The cell of the ballot paper they were marked in.

        Returns:
            ``None`` where the base is nothing or leaves the cell out: such votes are told by
            their number alone.
        """
        return Fraction(votes) / self.base if self.base and cell not in self.outside else None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether the cards, the marks and the ballots agree.

    In an open poll a "card" is a person on the roll call that the opening froze.

    Attributes:
        issued: Cards printed for the poll.
        drawn: Persons who drew one.
        cast: Ballots in the box.
        marked: Cards marked as used.
        spoiled: Cards voided.
        unused: Cards neither used nor voided, counted one by one.
    """

    issued: int
    drawn: int
    cast: int
    marked: int
    spoiled: int
    unused: int

    @property
    def balanced(self) -> bool:
        """Whether every card is accounted for and nobody voted without drawing one."""
        return (
            self.issued == self.cast + self.spoiled + self.unused
            and self.cast == self.marked
            and self.cast <= self.drawn
        )


@dataclass(frozen=True, slots=True)
class NamedVote:
    """One voter's vote in an open poll, as it stands on the ledger."""

    badge: str
    person_id: PersonId
    ballot: Ballot


@dataclass(frozen=True, slots=True)
class Certificate:
    """The signed end of a poll.

    Attributes:
        body: What was signed, canonical.
        public_key: Ed25519 public key of the congress (32 bytes).
        signature: 64 bytes over ``body`` for the purpose ``"certificate"``.
    """

    body: Mapping[str, object]
    public_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The end of a ledger with the signature of the congress, to print and compare.

    Attributes:
        seq: Entries so far.
        hash: SHA-256 of the last one (32 bytes).
        signature: 64 bytes over ``[poll, seq, hash]`` for the purpose ``"ledger-head"``.
        public_key: Ed25519 public key of the congress (32 bytes).
        ballots: How many ballots were cast until there, slips not among them, where the last
            entry says so: a checkpoint or the close. What was cast after it the hash does not
            bind.
    """

    seq: int
    hash: bytes
    signature: bytes
    public_key: bytes
    ballots: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that may be shown of a counted poll.

    Attributes:
        poll: The poll.
        counts: By contest, in order.
        verdicts: By contest, in order.
        reconciliation: Cards against ballots.
        votes: In an open poll, who voted how; none in a secret one.
        certificate: Once certified.
        head: SHA-256 of the newest ledger entry (32 bytes).
        entries: Entries on the ledger.
        electorate: Of an open poll, who could vote, and the proxies.
    """

    poll: Poll
    counts: tuple[Count, ...]
    verdicts: tuple[Verdict, ...]
    reconciliation: Reconciliation
    votes: tuple[NamedVote, ...]
    certificate: Certificate | None
    head: bytes
    entries: int
    electorate: Electorate = field(default_factory=Electorate)
