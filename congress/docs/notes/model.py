"""Marks and notes on papers, as frozen values.

Where a note stands follows the W3C Web Annotation Data Model (Recommendation of 2017): the
words themselves with those before and after them (TextQuoteSelector), and their offsets
(TextPositionSelector), here in the text of one page. Marks without words of their own, a
bookmark or ink, stand at a place on a page, and keep the words beside them.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from congress.docs.model import Paper
from congress.docs.pdfium import Box
from congress.kernel.events import Event
from congress.kernel.ids import GroupId, MemberId, PaperId, VersionId

NoteId = NewType("NoteId", str)

CONTEXT = 32
"""Characters kept before and after the words of a quote."""
MOST_WORDS = 20_000
"""Most characters of a note's text."""
MOST_QUOTE = 8_000
"""Most characters of a paper that one note stands on."""
MOST_POINTS = 20_000
"""Most points of the ink of one note."""
THRESHOLD = 70
"""Least similarity (RapidFuzz ratio, 0 to 100) of folded words that count as the same ones."""


class NoteKind(StrEnum):
    """What a reader put on a paper."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    NOTE = "note"
    INK = "ink"
    BOOKMARK = "bookmark"


ON_WORDS = frozenset({NoteKind.HIGHLIGHT, NoteKind.UNDERLINE, NoteKind.NOTE})
"""Kinds that stand on words; the others stand at a place on a page."""


class NoteColour(StrEnum):
    """A colour by its name; how it looks by day, in sepia and by night is the screen's matter."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    ROSE = "rose"
    VIOLET = "violet"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in the text of a paper.

    Attributes:
        page: Page number, from 1.
        offset: Character of that page's text, from 0.
    """

    page: int
    offset: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paper (TextQuoteSelector), in NFC.

    Attributes:
        exact: The words.
        prefix: Up to ``CONTEXT`` characters before them.
        suffix: Up to ``CONTEXT`` characters after them.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class TextAnchor:
    """Words at a place.

    Attributes:
        start: Where they begin.
        end: Where they end, not included; on a later page where a selection runs over pages.
        quote: The words.
    """

    start: Spot
    end: Spot
    quote: Quote


@dataclass(frozen=True, slots=True)
class AreaAnchor:
    """A place on a page, and the words beside it by which the page is known again.

    Attributes:
        page: Page number, from 1.
        box: What it covers on a fixed page; ``None`` for a page as a whole.
        beside: Words on the page at or near the place; ``None`` on a page without text.
    """

    page: int
    box: Box | None
    beside: TextAnchor | None


Anchor = TextAnchor | AreaAnchor


class Fit(StrEnum):
    """How a note came to its place in a version of its paper."""

    MADE = "made"
    """The reader made it in this version."""
    POSITION = "position"
    """The same words stand at the same place."""
    QUOTE = "quote"
    """The same words stand elsewhere."""
    FUZZY = "fuzzy"
    """The words have changed, but are alike enough."""
    BY_HAND = "by_hand"
    """The reader put it there."""
    UNPLACED = "unplaced"
    """No place was found; the note is kept with its quote."""


BY_READER = frozenset({Fit.MADE, Fit.BY_HAND})
"""Places that the reader chose; they are never worked out anew."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A note's place in one version.

    Attributes:
        anchor: The place, or ``None`` if it is unplaced.
        fit: How it was found.
        score: Similarity of the words to those the note was made on, 0 to 100.
    """

    anchor: Anchor | None
    fit: Fit
    score: int = 100


NOWHERE = Anchored(None, Fit.UNPLACED, 0)
"""The place of a note for which none was found."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line of ink.

    Attributes:
        colour: Its colour.
        width: In points of the page.
        points: In points from the page's top left corner.
    """

    colour: NoteColour
    width: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One mark or note.

    Attributes:
        id: Random identifier; a shared note keeps that of its author's own.
        paper_id: The paper.
        version_id: The version it was made in.
        kind: What it is.
        colour: Its colour.
        body: The reader's own words; may be empty except for a note.
        strokes: The ink.
        made: Where it was made, in ``version_id``.
        made_at: When, aware, in UTC.
        changed_at: When its words or look last changed, aware, in UTC.
        group: The group its author shares it with, or ``None``: private.
        author_id: Who wrote it.
        author: Their name.
    """

    id: NoteId
    paper_id: PaperId
    version_id: VersionId
    kind: NoteKind
    colour: NoteColour
    body: str
    strokes: tuple[Stroke, ...]
    made: Anchor
    made_at: datetime
    changed_at: datetime
    group: GroupId | None
    author_id: MemberId
    author: str

    @property
    def quote(self) -> str:
        """The words it was made on or beside, or empty."""
        if isinstance(self.made, TextAnchor):
            return self.made.quote.exact
        return self.made.beside.quote.exact if self.made.beside else ""

    @property
    def on_words(self) -> bool:
        """Whether it stands on its quote; otherwise the quote only tells the place."""
        return isinstance(self.made, TextAnchor)

    def without_words(self) -> "Note":
        """Return the note without any word of its paper."""
        page = self.made.start.page if isinstance(self.made, TextAnchor) else self.made.page
        return replace(self, made=AreaAnchor(page, None, None))


@dataclass(frozen=True, slots=True)
class Placed:
    """A note in one version of its paper.

    Attributes:
        note: The note.
        at: Its place in that version.
    """

    note: Note
    at: Anchored

    @property
    def page(self) -> int:
        """The page (from 1) it stands on, or 0 if it is unplaced."""
        match self.at.anchor:
            case TextAnchor(start=start):
                return start.page
            case AreaAnchor(page=page):
                return page
        return 0

    def reading_order(self) -> tuple[bool, int, int, datetime, NoteId]:
        """Return what sorts notes as they are met in reading, the unplaced last.

        Of those at one place the first that was made comes first.
        """
        match self.at.anchor:
            case TextAnchor(start=start) | AreaAnchor(beside=TextAnchor(start=start)):
                offset = start.offset
            case _:
                offset = 0
        return self.page == 0, self.page, offset, self.note.made_at, self.note.id


@dataclass(frozen=True, slots=True)
class Listed:
    """A note among those on all papers.

    Attributes:
        note: The note. If its paper can no longer be read, without any words of it.
        paper: Its paper, or ``None`` if there is none that this member may read.
    """

    note: Note
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is to be made.

    Attributes:
        kind: What it is.
        colour: Its colour.
        body: The reader's own words.
        start: Where its words begin; for ink and bookmarks, the words beside them.
        end: Where they end, not included; the same as ``start`` for a whole page.
        box: What ink covers, or where a note or bookmark stands on a fixed page.
        strokes: The ink.
    """

    kind: NoteKind
    start: Spot
    end: Spot
    colour: NoteColour = NoteColour.YELLOW
    body: str = ""
    box: Box | None = None
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A note that was deleted, whole, so that deleting can be undone.

    Attributes:
        note: The note.
        places: Its place in each version.
    """

    note: Note
    places: tuple[tuple[VersionId, Anchored], ...]


@dataclass(frozen=True, slots=True)
class NotesChanged(Event):
    """A note on a paper came, went or changed."""

    paper_id: PaperId
