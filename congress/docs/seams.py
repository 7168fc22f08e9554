"""Where the text of one page goes on in the next: for phrases that run over a page break. Pure.

Page numbers and the running heads and feet of a paper stand between the two; they are stepped
over. A line is taken for one of them if it has no letters, or if the line at the same place of
the other page has the same letters.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from congress.docs.search import Span, squeezed, words_of
from congress.kernel.folding import fold

OVERLAP = 12
"""How many words of each page a phrase over the break may have."""

SQUEEZED_OVERLAP = 60
"""How many letters of each page it may have where words are not parted by spaces."""

_RUNNING = 3
"""Most lines that a running head or foot has."""
_NEAR = 1_500
"""Characters of each page, near the break, that are looked at."""
_ROOM = 400
"""Characters of each page that surely hold ``OVERLAP`` words."""


@dataclass(frozen=True, slots=True)
class Seam:
    """The end of one page and the beginning of the next.

    Attributes:
        text: The last words of the page, a line end, the first words of the next.
        at: Where the line end stands in ``text``.
    """

    text: str
    at: int


def seam(page: str, following: str) -> Seam:
    """Return the seam between two pages."""
    last, first = page[-_NEAR:], following[:_NEAR]
    end, start = _body(last, following[-_NEAR:], -1)[1], _body(first, page[:_NEAR], 0)[0]
    before, after = last[:end][-_ROOM:], first[start:][:_ROOM]
    return Seam(f"{before}\n{after}", len(before))


def seam_words(page: str, following: str) -> str:
    """Return the folded words at both sides of a seam, as they are put into the index."""
    joined = seam(page, following)
    before = words_of(fold(joined.text[: joined.at]))[-OVERLAP:]
    after = words_of(fold(joined.text[joined.at :]))[:OVERLAP]
    return " ".join(before + after) if before and after else ""


def squeezed_with_next(page: str, following: str) -> str:
    """Return the letters of a page, nothing between them, and after a space those at its seam."""
    joined = seam(page, following)
    before = squeezed(fold(joined.text[: joined.at]))[-SQUEEZED_OVERLAP:]
    after = squeezed(fold(joined.text[joined.at :]))[:SQUEEZED_OVERLAP]
    letters = squeezed(fold(page))
    return f"{letters} {before}{after}" if before and after else letters


def _body(page: str, other: str, side: int) -> Span:
    """Return the slice of ``page`` without its running lines at one side (0 head, -1 foot)."""
    lines = list(_lines(page))
    beside = list(_lines(other))
    beside = beside[-_RUNNING:] if side else beside[:_RUNNING]
    running = [_letters(other[slice(*span)]) for span in beside]
    for _ in range(_RUNNING):
        if len(lines) < 2:
            break
        letters = _letters(page[slice(*lines[side])])
        if letters and running[side:][:1] != [letters]:
            break
        del lines[side]
        if running:
            del running[side]
    return (lines[0][0], lines[-1][1]) if lines else (0, len(page))


def _letters(line: str) -> str:
    return "".join(filter(str.isalpha, fold(line)))


def _lines(text: str) -> Iterator[Span]:
    """Give the lines that are not blank, without the blanks around them."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        start += len(line)
