"""What a rule says, as frozen values."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congress.kernel.roll import Roll
from congress.voting.model import Contest, Kind, Marks, Method, Number, Secrecy, Validity
from congress.voting.outcome import Count, Outcome, SectionCount

WHOLE = Fraction(1)


class Base(StrEnum):
    """The number that votes are measured against."""

    CAST = "cast"
    NONBLANK = "nonblank"
    VALID = "valid"
    YES_NO = "yes_no"
    PRESENT = "present"
    ENTITLED = "entitled"
    SUMMONED = "summoned"
    ADJUSTED = "adjusted"

    @property
    def leaves_out(self) -> frozenset[str]:
        """Cells of the ballot paper whose votes are no part of this number."""
        return frozenset({"abstain"}) if self is Base.YES_NO else frozenset()


class Subject(StrEnum):
    """What a threshold measures.

    ``SUPPORT`` is the votes in favour: yes to the motion, or for each candidate alone.
    ``TURNOUT`` is the ballots cast; without it the whole vote is void.
    """

    SUPPORT = "support"
    TURNOUT = "turnout"


class Unmarked(StrEnum):
    """What a ballot is on which nobody and nothing is chosen."""

    BLANK = "blank"
    INVALID = "invalid"
    REFUSED = "refused"


class Overmarked(StrEnum):
    """What a ballot is on which more is chosen than may be."""

    INVALID = "invalid"
    REFUSED = "refused"


class TieRule(StrEnum):
    """What follows when more candidates are level at the last place than seats are left."""

    REVOTE = "revote"
    DECISION = "decision"
    ELDER = "elder"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that must be reached: ``share`` of ``base``, or more than that.

    Attributes:
        subject: What is measured.
        base: What it is measured against.
        share: Over 0 and at most 1.
        strict: More than the share rather than at least the share.
    """

    subject: Subject
    base: Base
    share: Fraction
    strict: bool

    def needed(self, base: Number, unit: Fraction = WHOLE) -> Number:
        """Return the smallest multiple of ``unit`` that reaches the share of ``base``.

        Exactly: more than half of 101 is 51. Where the base is nothing, at least one unit
        is needed.

        Args:
            base: What is measured against.
            unit: ``1/d`` of which every weight is a multiple; 1 where ballots are counted.
        """
        units = self.share * base / unit
        least = math.floor(units) + 1 if self.strict else math.ceil(units)
        needed = unit * max(1, least)
        return needed.numerator if needed.denominator == 1 else needed

    def reached(self, part: Number, base: Number) -> bool:
        """Return whether ``part`` of ``base`` is enough."""
        share = self.share * base
        return part > 0 and (part > share if self.strict else part >= share)


@dataclass(frozen=True, slots=True)
class Surplus:
    """How many more candidates than seats there may be.

    Attributes:
        required: Whether a list that is struck out or chosen from must be longer than the
            number of seats.
        share: Most candidates over the seats, as a share of the seats; ``None`` for no
            limit.
        small: ``(from, to, candidates)``: for that many seats the limit is this instead.
    """

    required: bool = False
    share: Fraction | None = None
    small: tuple[tuple[int, int, int], ...] = ()

    def limit(self, seats: int) -> int | None:
        """Return the most candidates over ``seats``, or ``None`` for no limit."""
        for first, last, allowed in self.small:
            if first <= seats <= last:
                return allowed
        return None if self.share is None else int(self.share * seats)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the electors that counts for a fixed share of the whole (card vote).

    Attributes:
        id: Identifier within the rule.
        names: What it is called, by language.
        share: What its votes together count for, over 0 and less than 1.
    """

    id: str
    names: Mapping[str, str]
    share: Fraction


@dataclass(frozen=True, slots=True)
class Heap:
    """Equal ballots of an example.

    Attributes:
        marks: What they say.
        number: How many.
        weight: Weight of each elector.
        section: Section of the rule that they vote in.
    """

    marks: Marks
    number: int
    weight: Fraction = WHOLE
    section: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out of an example.

    Attributes:
        outcome: The outcome; ``None`` where the list may not be put to the vote at all.
        elected: Who must be elected, in order.
        tied: Who must be level at the last place, or where a count stands still.
        validity: Ballots that must be found valid, blank and invalid.
        base: What votes must be measured against, if it is said.
        needed: What must be needed, if it is said.
        problem: Why the list may not be put to the vote, or empty. Texts:
            ``plan.problem.<value>``.
        following: The list of the next round, if it is said.
        following_seats: Its seats.
    """

    outcome: Outcome | None
    elected: tuple[str, ...]
    tied: frozenset[str]
    validity: Mapping[Validity, int]
    base: Number | None = None
    needed: Number | None = None
    problem: str = ""
    following: tuple[str, ...] = ()
    following_seats: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A case of the rule worked by hand; it is run whenever the pack is read.

    Attributes:
        title: What it shows.
        contest: What is voted on; candidates bear their names as identifiers.
        roll: What the roll call says.
        entitled: How many were given a ballot.
        ballots: The ballots in piles of equal ones.
        decided: Whom the decisions of ties fell on.
        expect: What must come out.
    """

    title: str
    contest: Contest
    roll: Roll
    entitled: int
    ballots: tuple[Heap, ...]
    decided: tuple[str, ...]
    expect: Expectation


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to decide.

    Attributes:
        id: Identifier within the pack.
        kind: Motion or election.
        names: What it is called, by language.
        methods: Ballot papers it knows, the usual one first.
        secrecies: Open, secret or both, the usual one first.
        unmarked: What a ballot without a choice is.
        overmarked: What a ballot with too many choices is.
        thresholds: All must be reached.
        surplus: Candidates over the seats.
        tie: What a tie at the last place leads to.
        weights: Whether a vote counts as much as the delegate has votes.
        sections: The sections whose shares add up to the whole; none for most.
        proxies: For how many absent delegates one person may cast; 0 for none.
        examples: Worked cases, at least one.
    """

    id: str
    kind: Kind
    names: Mapping[str, str]
    methods: tuple[Method, ...]
    secrecies: tuple[Secrecy, ...]
    unmarked: Unmarked
    overmarked: Overmarked
    thresholds: tuple[Threshold, ...]
    surplus: Surplus
    tie: TieRule
    weights: bool = False
    sections: tuple[Section, ...] = ()
    proxies: int = 0
    examples: tuple[Example, ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether its ballots put the names in an order."""
        return self.methods[0].ranked

    @property
    def weighed(self) -> bool:
        """Whether an open poll counts weights beside ballots."""
        return self.weights or bool(self.sections)

    @property
    def has_support(self) -> bool:
        """Whether votes are measured by a threshold; those of ranked ballots are by a quota."""
        return any(item.subject is Subject.SUPPORT for item in self.thresholds)

    @property
    def support(self) -> Threshold:
        """The threshold of the votes in favour that is named first."""
        return next(item for item in self.thresholds if item.subject is Subject.SUPPORT)


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one kind of organisation.

    Attributes:
        id: Identifier, for instance ``party-congress``.
        names: What it is called, by language.
        source: The law or book it follows.
        rules: At least one.
        text: The TOML it was read from; a manifest keeps it word for word.
    """

    id: str
    names: Mapping[str, str]
    source: str
    rules: tuple[Rule, ...]
    text: str

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule with this identifier, if the pack has it."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def base_of(base: Base, count: Count | SectionCount, roll: Roll, entitled: Number) -> Number:
    """Return the number that ``base`` stands for.

    Args:
        base: Which number.
        count: The count of the contest, or that of its weights.
        roll: The roll call frozen at opening.
        entitled: How many were given a ballot, or what they weigh together.
    """
    match base:
        case Base.CAST:
            return count.cast
        case Base.NONBLANK:
            return count.cast - count.blank
        case Base.VALID:
            return count.valid
        case Base.YES_NO:
            return count.cells["yes"] + count.cells["no"]
        case Base.PRESENT:
            return len(roll.present)
        case Base.ENTITLED:
            return entitled
        case Base.SUMMONED:
            return roll.summoned
    return roll.adjusted
