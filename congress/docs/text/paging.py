"""Gives a word processor's text the pages that LibreOffice drew of it.

The text of the author's own file is better than what can be read back from its pages, above all
in Urdu; the pages are what a delegate sees on paper. Both are kept: the author's text is cut
where the pages of the PDF begin, so that page 7 is the same in either view and in a search.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from lxml import html as lxml_html

from congress.docs.model import Extract, PageText
from congress.docs.text.reflow import set_anchors, text_of_block
from congress.kernel.folding import fold, fold_with_offsets

_PROBE, _SHORTEST = 40, 12
"""Letters at the top of a page that are looked for in the text; the fewest that will do."""
_TOP_LINES = 6
"""Lines at the top of a page of which the first may be its running title."""
_LEAST_FOUND = 0.5
"""Share of the pages whose beginning must be found, or else the pages are not of this text."""
_LETTER = re.compile(r"[^\W_]")
_LABEL = re.compile(r"^\W*\d{1,3}\W+")


def paged(found: Extract, drawn: Sequence[str], fixed: bytes, cover: bytes) -> Extract:
    """Cut a text anew by the pages that were drawn of it.

    Args:
        found: What was read from the file itself.
        drawn: What can be read back from each page of the PDF.
        fixed: The PDF.
        cover: Picture of its first page.

    Returns:
        The same text with as many pages as the PDF has; or ``found`` as it was, if the pages
        cannot be told in the text.
    """
    root = lxml_html.fragment_fromstring(found.reflow, create_parent="div")
    for anchor in list(root.iter("a")):
        if anchor.get("name"):
            anchor.drop_tag()
    blocks = list(root)
    texts = [text_of_block(block) for block in blocks]
    whole = "\n".join(texts)
    starts = page_starts(whole, drawn)
    if starts is None:
        return found
    ends = [*starts[1:], len(whole)]
    pages = tuple(PageText(whole[a:b].strip()) for a, b in zip(starts, ends, strict=True))
    places = list(accumulate((len(text) + 1 for text in texts), initial=0))
    for block, (begin, end) in zip(blocks, pairwise(places), strict=True):
        first, last = bisect_left(starts, begin), bisect_left(starts, end)
        set_anchors(block, range(first + 1, last + 1))
    return replace(
        found,
        pages=pages,
        reflow="".join(lxml_html.tostring(each, encoding="unicode") for each in blocks),
        cover=cover,
        rendition=fixed,
    )


def page_starts(whole: str, drawn: Sequence[str]) -> list[int] | None:
    """Return where each drawn page begins in a text, or ``None`` if it is another text.

    Only letters and digits are compared, folded: spaces, marks and hyphens of the pages cannot
    be trusted. A page whose beginning is not found begins where it would if all letters of
    the pages before were found.
    """
    folded = fold_with_offsets(whole)
    places = [i for i, char in enumerate(folded.text) if _LETTER.match(char)]
    letters = "".join(folded.text[i] for i in places)
    starts = [0]
    seen, told = 0, 0
    for number, page in enumerate(drawn):
        if number:
            place = _begin(letters, page, starts[-1], starts[-1] + seen)
            told += place is not None
            starts.append(min(len(letters), starts[-1] + seen) if place is None else place)
        seen = len(_squeezed(page))
    if told < _LEAST_FOUND * (len(drawn) - 1):
        return None
    return [
        0,
        *(folded.origin(places[at]) if at < len(places) else len(whole) for at in starts[1:]),
    ]


def _begin(letters: str, page: str, after: int, expected: int) -> int | None:
    lines = [line for line in page.splitlines() if line.strip()]
    for number in range(min(_TOP_LINES, len(lines))):
        rest = "\n".join(lines[number:])
        for top in (rest, _LABEL.sub("", rest)):
            probe = _squeezed(top[: 4 * _PROBE])[:_PROBE]
            if len(probe) >= _SHORTEST:
                place = _nearest(letters, probe, after, expected)
                if place is not None:
                    return place
    return None


def _nearest(letters: str, probe: str, after: int, expected: int) -> int | None:
    later = letters.find(probe, expected)
    earlier = letters.rfind(probe, after, expected + len(probe) - 1)
    places = [place for place in (later, earlier) if place >= 0]
    return min(places, key=lambda place: abs(place - expected), default=None)


def _squeezed(text: str) -> str:
    return "".join(_LETTER.findall(fold(text)))
