"""The paragraphs of a version, to which amendments are moved."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from congress.docs.amendments.model import Paragraph
from congress.docs.changes.model import Edition
from congress.docs.changes.stream import stream
from congress.docs.notes.model import Spot


def paragraphs(edition: Edition) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a version, without page numbers and running heads."""
    text = stream(edition)
    found: list[Paragraph] = []
    for start, end in pairwise([*sorted(text.breaks), len(text.text)]):
        words = text.text[start:end].rstrip()
        first, last = text.place(start), text.end_place(start + len(words))
        spaced = all(page.spaced for page in edition.pages[first.page - 1 : last.page])
        found.append(Paragraph(len(found) + 1, words, first, last, spaced))
    return tuple(found)


def paragraph_at(found: Sequence[Paragraph], spot: Spot) -> Paragraph | None:
    """Return the paragraph at a place: the last one that begins there or before it."""
    at = bisect_right([each.start for each in found], spot) - 1
    return found[max(0, at)] if found else None
