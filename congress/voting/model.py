"""The values of voting: what is put to the vote, what is cast, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from congress.kernel.errors import BugError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId, PollId
from congress.kernel.roll import Roll


class Kind(StrEnum):
    """What a poll asks."""

    MOTION = "motion"
    ELECTION = "election"


class Secrecy(StrEnum):
    """Whether a vote stands beside its voter's name."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a secrecy, not a password


class Method(StrEnum):
    """How a ballot paper is laid out and read."""

    YES_NO_ABSTAIN = "yes_no_abstain"
    STRIKE_OUT = "strike_out"
    AGREE_DISAGREE = "agree_disagree"
    PLURALITY = "plurality"
    K_OF_N = "k_of_n"
    APPROVAL = "approval"
    SCOTTISH_STV = "scottish_stv"
    MEEK_STV = "meek_stv"

    @property
    def ranked(self) -> bool:
        """Whether the voter puts the names in an order."""
        return self in (Method.SCOTTISH_STV, Method.MEEK_STV)


class Channel(StrEnum):
    """On what the ballots of a poll are cast."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    MIXED = "mixed"


class State(StrEnum):
    """Where a poll stands (see ``congress.voting.polls``)."""

    DRAFT = "draft"
    FIXED = "fixed"
    KEYED = "keyed"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    DECRYPTING = "decrypting"
    TALLIED = "tallied"
    CERTIFIED = "certified"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the catalogues inside a ``Line``, said in the language of the line."""

    key: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole inside a ``Line``, said as a percentage."""

    part: int | Fraction
    of: int | Fraction


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule calls something, by language, inside a ``Line``."""

    by_language: Mapping[str, str]


Number: TypeAlias = int | Fraction
"""Votes, or what they are measured against: whole but for weights and transfers."""

Param: TypeAlias = "int | str | Fraction | Term | Share | Words | Line | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as data: a catalogue key and what is put in.

    ``congress.voting.words.say`` says it in any of the languages.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name on the ballot paper.

    Attributes:
        id: Short identifier within the contest.
        name: As its owner writes it.
        note: Office or delegation under the name, or empty.
        person_id: The person on the list of the congress, if there is one.
        born: Date of birth, where the rules let the elder win a tie.
        biography: What a voter can read about the person on demand: plain paragraphs, or
            empty. No part of the manifest, which says what is voted on: it is kept with the
            plan, and a plan is revised as long as it is a draft and never after.
    """

    id: str
    name: str
    note: str = ""
    person_id: PersonId | None = None
    born: date | None = None
    biography: str = ""


@dataclass(frozen=True, slots=True)
class Contest:
    """One question of a poll.

    Attributes:
        id: Identifier within the poll.
        title: The question or the office.
        method: How its ballot is laid out.
        seats: How many are to be elected; 0 for a motion.
        candidates: In the order of the ballot paper; none for a motion.
        surplus_limit: Most candidates over ``seats`` that the congress allows, at most what
            the rule allows; ``None`` leaves it to the rule.
        again: Whether this repeats the vote among tied candidates: the list is then given
            and the limit of the surplus does not apply.
        choices: The most names that may be chosen where the method is ``K_OF_N``; 0 elsewhere.
    """

    id: str
    title: str
    method: Method
    seats: int = 0
    candidates: tuple[Candidate, ...] = ()
    surplus_limit: int | None = None
    again: bool = False
    choices: int = 0

    @property
    def surplus(self) -> int:
        """Candidates over the number of seats."""
        return len(self.candidates) - self.seats

    def candidate(self, candidate_id: str) -> Candidate:
        """Return the candidate with this identifier."""
        return next(item for item in self.candidates if item.id == candidate_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be voted on, and by which rule: what the manifest fixes, and biographies.

    Attributes:
        title: As announced; that of several contests together.
        kind: Motion or election.
        secrecy: Open or secret.
        pack_id: The rule pack.
        rule_id: The rule of the pack.
        contests: One or more; each has its own page and verdict.
        text: Wording of the motion, or empty.
        round: 1, or one more than the poll that this follows.
        follows: The poll whose vacant or tied seats this fills.
        channel: On screens, on slips of paper, or both.
        sections: Section of the rule that each delegation votes in; empty where the rule has
            no sections.
    """

    title: str
    kind: Kind
    secrecy: Secrecy
    pack_id: str
    rule_id: str
    contests: tuple[Contest, ...]
    text: str = ""
    round: int = 1
    follows: PollId | None = None
    channel: Channel = Channel.ELECTRONIC
    sections: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_contests(self) -> bool:
        """Whether contests go by titles of their own: several, or what a later round has left."""
        titles = {contest.title for contest in self.contests}
        return len(self.contests) > 1 or not titles <= {"", self.title}


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll and where it stands.

    Attributes:
        id: Random identifier; also the election identifier on the ledger.
        number: Running number in the congress, from 1.
        state: Where it stands.
        plan: What is voted on.
        roll: The roll call frozen at opening.
        opened_at: When it was opened, aware, in UTC.
        ends_at: The announced end of the voting: nobody is let in to vote after it.
        closed_at: When it was closed.
        certified_at: When its result was certified.
    """

    id: PollId
    number: int
    state: State
    plan: Plan
    roll: Roll | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    certified_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def frozen_roll(self) -> Roll:
        """The roll call of a poll that was opened."""
        if self.roll is None:
            raise BugError("the roll call of a poll is frozen when it opens")
        return self.roll


Marks: TypeAlias = frozenset[str]
"""The cells of one contest that are marked; a struck-out name is a cell without a mark."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter chose: the marks of each contest, in the order of the poll."""

    marks: tuple[Marks, ...]


class Validity(StrEnum):
    """What a ballot paper counts as, in one contest."""

    VALID = "valid"
    BLANK = "blank"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the marks of one contest count as, and why.

    Attributes:
        validity: Valid, blank or invalid.
        reason: Why, as a sentence for the voter.
        counted: The cells that add a vote.
        castable: Whether the rule lets it be cast; a voter is asked to correct it if not.
    """

    validity: Validity
    reason: Line
    counted: Marks = frozenset()
    castable: bool = True


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted. Never how they voted."""

    cast: int
    entitled: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter takes away.

    Attributes:
        poll_id: The poll.
        tracking_code: 20 characters that stand for the ballot on the ledger.
    """

    poll_id: PollId
    tracking_code: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about a poll.

    Attributes:
        id: Random identifier.
        poll_id: The poll.
        filed_at: When it was made, aware, in UTC.
        complainant: Who made it.
        text: What it says.
        decision: What was decided, or empty.
        decided_at: When, or ``None`` while it is open.
    """

    id: str
    poll_id: PollId
    filed_at: datetime
    complainant: str
    text: str
    decision: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PollChanged(Event):
    """A poll was made, moved on, or took a ballot. Says how many, never how."""

    poll_id: PollId
    state: State
    turnout: Turnout
