"""What a new or changed note must be, and where it stands when it is made."""

import unicodedata
from collections.abc import Sequence

from congress.docs.notes.anchoring import page_words, text_anchor
from congress.docs.notes.model import (
    MOST_POINTS,
    MOST_QUOTE,
    MOST_WORDS,
    ON_WORDS,
    Anchor,
    AreaAnchor,
    Draft,
    NoteKind,
    Spot,
    Stroke,
    TextAnchor,
)
from congress.docs.pdfium import Box
from congress.kernel.errors import InputError
from congress.kernel.folding import BIDI_CONTROLS

_BESIDE = 160
"""Characters from a place on, by which it is known again."""


def checked_body(kind: NoteKind, body: str) -> str:
    """Return the reader's words as they are kept: without controls or spaces at the ends.

    Raises:
        InputError: ``notes.empty`` for a note without words, or ``notes.too_long``.
    """
    kept = (char for char in body if char in "\n\t" or unicodedata.category(char) != "Cc")
    body = unicodedata.normalize("NFC", "".join(kept)).strip()
    if kind is NoteKind.NOTE and not body.strip("".join(BIDI_CONTROLS)):
        raise InputError("notes.empty")
    if len(body) > MOST_WORDS:
        raise InputError("notes.too_long", most=MOST_WORDS)
    return body


def checked_strokes(kind: NoteKind, strokes: Sequence[Stroke]) -> tuple[Stroke, ...]:
    """Return ink that can be kept; other kinds have none.

    Raises:
        InputError: ``notes.no_ink`` or ``notes.too_much_ink``.
    """
    if kind is not NoteKind.INK:
        return ()
    kept = tuple(each for each in strokes if each.points)
    if not kept:
        raise InputError("notes.no_ink")
    if sum(len(each.points) for each in kept) > MOST_POINTS:
        raise InputError("notes.too_much_ink", most=MOST_POINTS)
    return kept


def bounds(strokes: Sequence[Stroke]) -> Box | None:
    """Return what ink covers on its page, or ``None`` if there is none."""
    points = [point for each in strokes for point in each.points]
    if not points:
        return None
    half = max(each.width for each in strokes) / 2
    across, down = zip(*points, strict=True)
    return Box(min(across) - half, min(down) - half, max(across) + half, max(down) + half)


def anchor_for(draft: Draft, pages: Sequence[str]) -> Anchor:
    """Return where a new note stands.

    Args:
        draft: The note.
        pages: The text of each page of the version it is made in.

    Raises:
        InputError: ``notes.no_words`` if a highlight or underline covers none,
            ``notes.too_long`` if it covers too many, or ``notes.no_page``.
    """
    if not 1 <= draft.start.page <= len(pages):
        raise InputError("notes.no_page")
    if draft.kind in ON_WORDS and (words := words_at(pages, draft.start, draft.end)) is not None:
        return words
    if draft.kind in (NoteKind.HIGHLIGHT, NoteKind.UNDERLINE):
        raise InputError("notes.no_words")
    return AreaAnchor(draft.start.page, draft.box, _beside(draft, pages))


def words_at(pages: Sequence[str], start: Spot, end: Spot) -> TextAnchor | None:
    """Return the words between two places, or ``None`` if there are none.

    Raises:
        InputError: ``notes.too_long``.
    """
    words = text_anchor(pages, start, end)
    if words is not None and len(words.quote.exact) > MOST_QUOTE:
        raise InputError("notes.too_long", most=MOST_QUOTE)
    return words


def _beside(draft: Draft, pages: Sequence[str]) -> TextAnchor | None:
    page, offset = draft.start.page, draft.start.offset
    end = draft.end if draft.end > draft.start else Spot(page, offset + _BESIDE)
    end = min(end, Spot(page, len(pages[page - 1])))
    return text_anchor(pages, draft.start, end) or page_words(pages, page)
