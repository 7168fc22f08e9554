"""Carries the places of drawn characters over to the stored text of a page. Pure.

The text that a page draws and the text kept for it when the paper came in are nearly the same:
they differ in spaces, line ends, hyphens at line ends, and in how Vietnamese marks are
composed. The stored text is the one model to which selections, notes and hits refer, so what is
drawn is matched to it, letter by letter; where the two differ, by least edits (Levenshtein).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText

_INSIGNIFICANT = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"))
_PICTURE = "\ufffc"
_WINDOW = 4_000
"""Letters matched at once; the first half of the pairs is kept, the next window begins there."""

Boxes = Sequence[Box | None]


@cache
def significant(char: str) -> bool:
    """Return whether a character is compared: no space, control or stand-in for a picture."""
    return char != _PICTURE and unicodedata.category(char) not in _INSIGNIFICANT


def carried(drawn: PlacedText, stored: str) -> PlacedText:
    """Return the stored text with the boxes of the drawn one.

    Args:
        drawn: What the page draws and where.
        stored: The text kept for the page.
    """
    if drawn.text == stored:
        return PlacedText(stored, spread_out(stored, drawn.boxes))
    letters, boxes = _composed(drawn)
    places = [at for at, char in enumerate(stored) if significant(char)]
    wanted = "".join(stored[at] for at in places)
    found: list[Box | None] = [None] * len(stored)
    for source, goal in matched(letters, wanted):
        found[places[goal]] = boxes[source]
    return PlacedText(stored, spread_out(stored, found))


def carried_over(
    drawn: PlacedText, before: str, stored: str, after: str = ""
) -> tuple[PlacedText, PlacedText, PlacedText]:
    """Return the stored texts of a page and of its neighbours, as far as they are drawn.

    A paragraph or row that runs over a page break is drawn as one: then what is drawn begins
    with the last letters of the page before, or ends with the first of the page after.

    Args:
        drawn: What is drawn and where.
        before: The text kept for the page before.
        stored: The text kept for the page.
        after: The text kept for the page after.
    """
    letters, boxes = _composed(drawn)
    texts = (before, stored, after)
    places = [[at for at, char in enumerate(text) if significant(char)] for text in texts]
    whole = "".join(text[at] for text, own in zip(texts, places, strict=True) for at in own)
    begin = whole.find(letters) if letters else -1
    found: list[list[Box | None]] = [[None] * len(text) for text in texts]
    if begin < 0:
        nothing = (PlacedText(before, tuple(found[0])), PlacedText(after, tuple(found[2])))
        return nothing[0], carried(drawn, stored), nothing[1]
    at = 0
    for own, goal in zip(places, found, strict=True):
        for position in own:
            if begin <= at < begin + len(boxes):
                goal[position] = boxes[at - begin]
            at += 1
    one, page, other = (
        PlacedText(text, spread_out(text, boxes)) for text, boxes in zip(texts, found, strict=True)
    )
    return one, page, other


def matched(source: str, goal: str) -> Iterator[tuple[int, int]]:
    """Give the positions of ``source`` and ``goal`` that stand for each other, in order."""
    if source == goal:
        yield from zip(range(len(source)), range(len(goal)), strict=True)
        return
    begin = at = 0
    while at < len(goal):
        part = goal[at : at + _WINDOW]
        kept = len(part) if at + _WINDOW >= len(goal) else _WINDOW // 2
        last = begin
        for one, other in _equal(source[begin : begin + _WINDOW], part):
            if other < kept:
                last = begin + one + 1
                yield begin + one, at + other
        begin, at = last, at + kept


def _equal(source: str, goal: str) -> Iterator[tuple[int, int]]:
    for step in Levenshtein.opcodes(source, goal):
        if step.tag == "equal":
            yield from zip(
                range(step.src_start, step.src_end),
                range(step.dest_start, step.dest_end),
                strict=True,
            )


def _composed(drawn: PlacedText) -> tuple[str, list[Box | None]]:
    """Return the significant characters, marks composed with their letters, and their boxes."""
    letters: list[str] = []
    boxes: list[Box | None] = []
    at, text = 0, drawn.text
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        whole = unicodedata.normalize("NFC", text[at:end])
        box = _around([box for box in drawn.boxes[at:end] if box is not None])
        for char in filter(significant, whole):
            letters.append(char)
            boxes.append(box)
        at = end
    return "".join(letters), boxes


def _around(boxes: Sequence[Box]) -> Box | None:
    if len(boxes) < 2:
        return boxes[0] if boxes else None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def spread_out(text: str, boxes: Boxes) -> tuple[Box | None, ...]:
    """Share a box that several characters in a row have in common out among them.

    Urdu pages draw several letters in one piece; each of them gets an even part of its width,
    the first the rightmost.
    """
    shared: list[Box | None] = []
    for box, group in groupby(zip(boxes, text, strict=True), key=lambda pair: pair[0]):
        chars = [char for _, char in group]
        if box is None or len(chars) == 1:
            shared += [box] * len(chars)
            continue
        rtl = any(from_right(char) for char in chars)
        width = (box.right - box.left) / len(chars)
        for at in range(len(chars)):
            left = box.right - (at + 1) * width if rtl else box.left + at * width
            shared.append(Box(left, box.top, left + width, box.bottom))
    return tuple(shared)


@cache
def from_right(char: str) -> bool:
    """Return whether a letter is written from right to left."""
    return unicodedata.bidirectional(char) in ("R", "AL")
