"""Takes down where a note stands, and finds that place again in another version of the paper.

Three steps, the first that answers wins: the same words (folded, without spaces) at the same
place; the same words elsewhere; words that are alike (``congress.docs.notes.fuzzy``). Of several
places with the same words that one counts around which most is as it was, then the one nearest
to the old place. A few letters alone are not believed: they need what stood around them too.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from congress.docs.notes import fuzzy
from congress.docs.notes.folded import FoldedPages, squeezed
from congress.docs.notes.model import (
    CONTEXT,
    NOWHERE,
    THRESHOLD,
    Anchor,
    Anchored,
    AreaAnchor,
    Fit,
    Quote,
    Spot,
    TextAnchor,
)

SURE = 20
"""From this many letters on, the same words are the same place without their surroundings."""
_SUPPORT = 6
"""Letters before and after a few words that must be as they were."""
_MOST_PLACES = 400
_BESIDE = 160
"""Characters of a page by which a whole page is known again."""


def text_anchor(pages: Sequence[str], start: Spot, end: Spot) -> TextAnchor | None:
    """Return the anchor of the words between two places; ``None`` if there are none.

    Args:
        pages: The text of each page.
        start: Where the words begin.
        end: Where they end, not included.
    """
    start, end = _trimmed(pages, start, end)
    if start >= end:
        return None
    exact = "\n".join(_pieces(pages, start, end))
    before = "\n".join(_pieces(pages, Spot(max(1, start.page - 1), 0), start))[-CONTEXT:]
    last = min(len(pages), end.page + 1)
    after = "\n".join(_pieces(pages, end, Spot(last, len(pages[last - 1]))))[:CONTEXT]
    return TextAnchor(start, end, Quote(*map(_composed, (exact, before, after))))


def page_words(pages: Sequence[str], page: int) -> TextAnchor | None:
    """Return the first words of a page (from 1), by which it is known again."""
    if not 1 <= page <= len(pages):
        return None
    return text_anchor(pages, Spot(page, 0), Spot(page, min(_BESIDE, len(pages[page - 1]))))


def place_again(
    anchors: Sequence[Anchor], new: FoldedPages, old: FoldedPages | None = None
) -> tuple[Anchored, ...]:
    """Return where each note stands in another version of its paper.

    Args:
        anchors: Where they stand in a version in which they are placed.
        new: The other version.
        old: The version of ``anchors``, if it can be read: words that stood elsewhere in it
            are not taken for changed ones.
    """
    words = [each if isinstance(each, TextAnchor) else each.beside for each in anchors]
    found: dict[int, Anchored] = {}
    searches: list[fuzzy.Search] = []
    for key, each in enumerate(words):
        if each is None:
            continue
        search = _search(key, each, new, old)
        if (same := _same_words(each, search, new, old)) is not None:
            found[key] = same
        elif search.exact:
            searches.append(search)
    for key, place in fuzzy.find(searches, new, old).items():
        found[key] = Anchored(_anchor_at(new, place.start, place.end), Fit.FUZZY, place.score)
    return tuple(
        found.get(key, NOWHERE)
        if isinstance(each, TextAnchor)
        else _area(each, found.get(key), new)
        for key, each in enumerate(anchors)
    )


def _search(
    key: int, anchor: TextAnchor, new: FoldedPages, old: FoldedPages | None
) -> fuzzy.Search:
    quote = anchor.quote
    exact = squeezed(quote.exact)
    begins = old.position(anchor.start) if old is not None else 0
    return fuzzy.Search(
        key=key,
        exact=exact,
        prefix=squeezed(quote.prefix),
        suffix=squeezed(quote.suffix),
        expected=new.position(anchor.start),
        stood=(begins, begins + len(exact)) if old is not None else None,
    )


def _same_words(
    anchor: TextAnchor, search: fuzzy.Search, new: FoldedPages, old: FoldedPages | None
) -> Anchored | None:
    places = _occurrences(new.text, search.exact)
    if not places:
        return None
    around = {at: _around(new.text, at, search) for at in places}
    best = min(places, key=lambda at: (-around[at], abs(at - search.expected)))
    support = min(_SUPPORT, len(search.prefix) + len(search.suffix))
    if around[best] < support and not _alike_around(search, new.text, best):
        before = _occurrences(old.text, search.exact) if old is not None else []
        if len(before) > 1:
            # The same words several times, and nothing around them to tell them apart.
            if len(before) != len(places) or search.stood is None:
                return None
            best = places[bisect_left(before, search.stood[0]) % len(places)]
        elif len(search.exact) < SURE:
            return None
    start, _ = new.spots(best, best + len(search.exact))
    fit = Fit.POSITION if start == anchor.start else Fit.QUOTE
    return Anchored(_anchor_at(new, best, best + len(search.exact)), fit)


def _alike_around(search: fuzzy.Search, text: str, at: int) -> bool:
    sides = search.neighbours(text, at, at + len(search.exact))
    kept = zip((search.prefix, search.suffix), sides, strict=True)
    return any(side and alike >= THRESHOLD for side, alike in kept)


def _occurrences(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _around(text: str, at: int, search: fuzzy.Search) -> int:
    """Return how many letters right before and after a place are those of the quote."""
    prefix, suffix = search.prefix, search.suffix
    end = at + len(search.exact)
    before = after = 0
    while before < min(len(prefix), at) and text[at - 1 - before] == prefix[-1 - before]:
        before += 1
    while after < min(len(suffix), len(text) - end) and text[end + after] == suffix[after]:
        after += 1
    return before + after


def _anchor_at(new: FoldedPages, start: int, end: int) -> TextAnchor | None:
    return text_anchor(new.pages, *new.spots(start, end))


def _area(anchor: AreaAnchor, words: Anchored | None, new: FoldedPages) -> Anchored:
    """Return the place on a page of which the words beside it were found at ``words``."""
    if anchor.beside is None:
        # Nothing to know the page by: it counts as the same one if it is as blank.
        blank = 1 <= anchor.page <= len(new.pages) and not new.pages[anchor.page - 1].strip()
        return Anchored(anchor, Fit.POSITION) if blank else NOWHERE
    if words is None or not isinstance(words.anchor, TextAnchor):
        return NOWHERE
    moved = replace(anchor, page=words.anchor.start.page, beside=words.anchor)
    return replace(words, anchor=moved)


def _pieces(pages: Sequence[str], start: Spot, end: Spot) -> list[str]:
    if start.page == end.page:
        return [pages[start.page - 1][start.offset : end.offset]]
    first, last = pages[start.page - 1][start.offset :], pages[end.page - 1][: end.offset]
    return [first, *pages[start.page : end.page - 1], last]


def _trimmed(pages: Sequence[str], start: Spot, end: Spot) -> tuple[Spot, Spot]:
    """Return a stretch without the spaces at its ends, inside the paper."""
    last = Spot(len(pages), len(pages[-1]) if pages else 0)
    start, end = max(start, Spot(1, 0)), min(end, last)
    while start < end:
        text = pages[start.page - 1]
        if start.offset >= len(text):
            start = Spot(start.page + 1, 0)
        elif text[start.offset].isspace():
            start = Spot(start.page, start.offset + 1)
        else:
            break
    while start < end:
        text = pages[end.page - 1]
        if end.offset == 0:
            end = Spot(end.page - 1, len(pages[end.page - 2]))
        elif end.offset > len(text) or text[end.offset - 1].isspace():
            end = Spot(end.page, min(end.offset, len(text) + 1) - 1)
        else:
            break
    return start, end


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
