"""Amendments, as frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from congress.docs.changes.model import Run
from congress.docs.model import Paper, Version
from congress.docs.notes.model import Fit, Spot, TextAnchor
from congress.kernel.events import Event
from congress.kernel.ids import PaperId, VersionId

AmendmentId = NewType("AmendmentId", str)

MOST_WORDS = 20_000
"""Most characters of a proposed text, and of a reason."""
MOST_NAME = 200
"""Most characters of a mover's name, and of each seconder's."""
MOST_SECONDERS = 100


class Kind(StrEnum):
    """What an amendment does to its paragraph."""

    REPLACE = "replace"
    INSERT_AFTER = "insert_after"
    DELETE = "delete"


class State(StrEnum):
    """What became of an amendment."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    """Its movers joined another amendment."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, as it is entered.

    Attributes:
        mover: Who moves it: a name, or a delegation.
        kind: What it does to the paragraph.
        text: The words proposed; empty for a deletion. Lines are paragraphs.
        reason: Why, or empty.
        seconders: Who supports it.
    """

    mover: str
    kind: Kind
    text: str = ""
    reason: str = ""
    seconders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on an amendment.

    Attributes:
        state: What became of it.
        poll: The motion that was voted on, by its number or text as written, or empty.
        note: A word on it, or empty.
        into: The amendment it was merged into, if it was.
    """

    state: State
    poll: str = ""
    note: str = ""
    into: AmendmentId | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """One amendment to a paper.

    Attributes:
        id: Random identifier.
        paper_id: The paper.
        version_id: The version it was moved against.
        number: Its number among the amendments of the paper, from 1.
        anchor: Its paragraph in ``version_id``, with the paragraph's words.
        proposal: What is proposed.
        decision: What became of it.
        applied_in: The version that came out of accepted amendments, this one among them.
        made_at: When it was entered, aware, in UTC.
        changed_at: When it last changed, aware, in UTC.
    """

    id: AmendmentId
    paper_id: PaperId
    version_id: VersionId
    number: int
    anchor: TextAnchor
    proposal: Proposal
    decision: Decision
    applied_in: VersionId | None
    made_at: datetime
    changed_at: datetime

    @property
    def state(self) -> State:
        """What became of it."""
        return self.decision.state


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a version.

    Attributes:
        number: From 1.
        text: Its words, its lines joined.
        start: Where it begins.
        end: Where it ends.
        spaced: Whether its words are reliably parted by spaces.
    """

    number: int
    text: str
    start: Spot
    end: Spot
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """An amendment beside its paragraph in one version.

    Attributes:
        amendment: The amendment.
        paragraph: Its paragraph there, or ``None`` if it was not found.
        fit: How the paragraph was found.
        runs: The paragraph with the proposed words as tracked changes.
        collides: Numbers of the amendments that touch the same words, withdrawn ones left out.
        overtaken: Whether the very words it touches have changed since it was moved.
    """

    amendment: Amendment
    paragraph: Paragraph | None
    fit: Fit
    runs: tuple[Run, ...]
    collides: tuple[int, ...] = ()
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class AmendedPaper:
    """A version of a paper with its amendments.

    Attributes:
        paper: The paper.
        version: The version.
        versions: All versions of the paper.
        paragraphs: Its paragraphs.
        amendments: In the order of their paragraphs and numbers, those without a paragraph last.
    """

    paper: Paper
    version: Version
    versions: Sequence[Version]
    paragraphs: Sequence[Paragraph]
    amendments: Sequence[Placed]


@dataclass(frozen=True, slots=True)
class Piece:
    """What accepted amendments make of one paragraph.

    Attributes:
        before: The paragraph as it was.
        text: Its words now, or ``None`` if it is deleted.
        inserted: New paragraphs that follow it.
    """

    before: Paragraph
    text: str | None
    inserted: tuple[str, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether anything is other than before."""
        return self.text != self.before.text or bool(self.inserted)


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A version with its accepted amendments in it.

    Attributes:
        amended: The version and its amendments.
        pieces: Its paragraphs, and what became of each.
        applied: The amendments that are in the text now.
        left_out: Accepted ones that are not: they touch the same words as another, or their
            paragraph was not found.
    """

    amended: AmendedPaper
    pieces: tuple[Piece, ...]
    applied: tuple[Placed, ...]
    left_out: tuple[Placed, ...]

    @property
    def paragraphs(self) -> list[str]:
        """The text as it would be, by paragraphs."""
        found: list[str] = []
        for piece in self.pieces:
            found += [] if piece.text is None else [piece.text]
            found += piece.inserted
        return found


@dataclass(frozen=True, slots=True)
class AmendmentsChanged(Event):
    """An amendment to a paper came in or changed."""

    paper_id: PaperId
