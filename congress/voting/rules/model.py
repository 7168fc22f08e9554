"""What a rule says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congress.kernel.roll import Roll
from congress.voting.model import Kind, Marks, Method, Secrecy, Validity
from congress.voting.outcome import Count, Outcome


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

    def needed(self, base: int) -> int:
        """Return the smallest number that reaches the share of ``base``.

        By integers alone: more than half of 101 is 51. Where the base is nothing, at
        least 1 is needed.
        """
        product, den = self.share.numerator * base, self.share.denominator
        return max(1, product // den + 1 if self.strict else -(-product // den))

    def reached(self, part: int, base: int) -> bool:
        """Return whether ``part`` of ``base`` is enough."""
        left, right = part * self.share.denominator, self.share.numerator * base
        return part > 0 and (left > right if self.strict else left >= right)


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
class Example:
    """A case of the rule worked by hand; it is run whenever the pack is read.

    Attributes:
        title: What it shows.
        method: Method of the ballot paper.
        seats: Seats to fill; 0 for a motion.
        candidates: ``(name, year of birth or None)`` in order; the name is the identifier.
        roll: What the roll call says.
        entitled: How many were given a ballot.
        ballots: ``(marks, number of such ballots)``.
        outcome: The outcome to be reached.
        elected: Who must be elected, in order.
        tied: Who must be level at the last place.
        validity: Ballots that must be found valid, blank and invalid.
    """

    title: str
    method: Method
    seats: int
    candidates: tuple[tuple[str, int | None], ...]
    roll: Roll
    entitled: int
    ballots: tuple[tuple[Marks, int], ...]
    outcome: Outcome
    elected: tuple[str, ...]
    tied: frozenset[str]
    validity: Mapping[Validity, int]


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
    examples: tuple[Example, ...] = ()

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


def base_of(base: Base, count: Count, roll: Roll, entitled: int) -> int:
    """Return the number that ``base`` stands for.

    Args:
        base: Which number.
        count: The count of the contest.
        roll: The roll call frozen at opening.
        entitled: How many were given a ballot: cards drawn, or voters of an open poll.
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
