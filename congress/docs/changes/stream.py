"""A version's text as one stream: pages joined, lines joined to paragraphs, furniture left out.

Every point of the stream knows its page and its offset in the text of that page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from congress.docs.changes.furniture import furniture
from congress.docs.changes.model import Edition
from congress.docs.changes.tokens import key
from congress.docs.model import PageText, PaperKind
from congress.docs.notes.model import Spot

_FULL_LINE = 0.75
"""A line at least this long, beside the longest one of its page, goes on in the next."""
_SET_WIDTH, _SET_SHARE, _SET_LINES = 110, 0.6, 8
"""A plain text is set in lines if this share of its lines is nearly as long as the longest one,
and that one at most so many characters long."""
_FIXED = frozenset((PaperKind.PDF, PaperKind.IMAGE, PaperKind.OFFICE))
_ITEM = re.compile(r"(?:\(?(?:\d{1,3}|[^\W\d_])[.)]|[-–—•*▪])\s")
_HYPHENED = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class Stream:
    """The whole text of a version.

    Attributes:
        text: The text; a line end ends a paragraph.
        starts: Where each piece taken from a page begins in ``text``, rising.
        origins: Where each of these pieces lies in its page.
        breaks: Where paragraphs begin in ``text``.
    """

    text: str
    starts: Sequence[int]
    origins: Sequence[Spot]
    breaks: frozenset[int]

    def place(self, offset: int) -> Spot:
        """Return the place of the character at ``offset``."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return Spot(1, 0)
        origin = self.origins[at]
        return Spot(origin.page, origin.offset + offset - self.starts[at])

    def end_place(self, offset: int) -> Spot:
        """Return the place just behind the character before ``offset``."""
        if not offset:
            return self.place(0)
        last = self.place(offset - 1)
        return Spot(last.page, last.offset + 1)


def edition(kind: PaperKind, pages: Sequence[PageText]) -> Edition:
    """Return the text of a version of this kind, ready to be compared."""
    return Edition(pages, kind in _FIXED or (kind is PaperKind.TEXT and _set_in_lines(pages)))


def _set_in_lines(pages: Sequence[PageText]) -> bool:
    lengths = [len(line) for page in pages for line in page.text.splitlines() if line.strip()]
    longest = max(lengths, default=0)
    if longest > _SET_WIDTH or len(lengths) < _SET_LINES:
        return False
    full = sum(length >= _FULL_LINE * longest for length in lengths)
    return full >= _SET_SHARE * len(lengths)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    place: Spot
    ends: bool
    """Whether a paragraph ends with it."""


def stream(edition: Edition) -> Stream:
    """Return the text of a version as one stream."""
    lines = list(_set_lines(edition.pages) if edition.fixed else _lines(edition.pages))
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[Spot] = []
    breaks: list[int] = []
    length, begins = 0, True
    for line, following in pairwise([*lines, None]):
        if line is None:
            continue
        if begins:
            breaks.append(length)
        starts.append(length)
        origins.append(line.place)
        split = following is not None and edition.fixed and _is_split(line.text, following.text)
        begins = (line.ends and not split) or following is None
        joint = "\n" if begins else "" if split else " "
        pieces += (line.text, joint)
        length += len(line.text) + len(joint)
    return Stream("".join(pieces), starts, origins, frozenset(breaks))


def _is_split(before: str, after: str) -> bool:
    """Return whether a word goes on from one line to the next."""
    return _HYPHENED.search(before) is not None and after[:1].islower()


def _lines(pages: Sequence[PageText]) -> Iterator[_Line]:
    for number, page in enumerate(pages, start=1):
        for text, offset in _placed_lines(page.text):
            yield _Line(text, Spot(number, offset), ends=True)


def _placed_lines(text: str) -> Iterator[tuple[str, int]]:
    """Give the lines of which anything is seen, without the space around them, and offsets."""
    offset = 0
    for line in text.splitlines(keepends=True):
        if (bare := line.strip()) and key(bare):
            yield bare, offset + line.index(bare)
        offset += len(line)


def _set_lines(pages: Sequence[PageText]) -> Iterator[_Line]:
    placed = [list(_placed_lines(page.text)) for page in pages]
    out = furniture([[text for text, _ in lines] for lines in placed])
    for number, (lines, skipped) in enumerate(zip(placed, out, strict=True), start=1):
        kept = [line for at, line in enumerate(lines) if at not in skipped]
        full = _FULL_LINE * max((len(text) for text, _ in kept), default=0)
        for (text, offset), following in pairwise([*kept, ("", 0)]):
            ends = len(text) < full or bool(_ITEM.match(following[0]))
            yield _Line(text, Spot(number, offset), ends)
