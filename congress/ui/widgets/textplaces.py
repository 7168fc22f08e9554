"""From points on a sheet to places in the stored text, and back. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText
from congress.ui.sheets import SheetText, joined
from congress.ui.widgets.pagelayers import Place, Selected
from congress.ui.widgets.textedges import edge_of, place_at

_LINES_COUNT = 20
"""How many times more a point between two lines counts than one between two words."""
_CARET = 1.5
_LONG_LINE = 0.75
_OVERLAP = 0.3


def nearest(sheet: SheetText, x: float, y: float) -> Place | None:
    """Return the place between two letters that is nearest to a point; ``None`` without text.

    A letter on the same line counts as nearer than any on another line.
    """
    best: tuple[float, int, int] | None = None
    for page, placed in sheet.pages.items():
        for at, box in enumerate(placed.boxes):
            if box is not None:
                across = max(box.left - x, 0.0, x - box.right)
                down = max(box.top - y, 0.0, y - box.bottom)
                apart = across + _LINES_COUNT * down
                if best is None or apart < best[0]:
                    best = (apart, page, at)
    if best is None:
        return None
    _, page, at = best
    return Place(page, place_at(sheet.pages[page], at, x))


def hits(sheet: SheetText, x: float, y: float, margin: float = 2.0) -> bool:
    """Return whether a letter is drawn at a point."""
    return any(
        box is not None
        and box.left - margin <= x <= box.right + margin
        and box.top - margin <= y <= box.bottom + margin
        for placed in sheet.pages.values()
        for box in placed.boxes
    )


def boxes_between(sheet: SheetText, start: Place, end: Place) -> tuple[tuple[int, Box], ...]:
    """Return what the text between two places covers on a sheet: page and box, one a line."""
    found: list[tuple[int, Box]] = []
    for page, placed in sheet.pages.items():
        first, last = span_on(page, placed.text, start, end)
        boxes = [box for box in placed.boxes[first:last] if box is not None]
        found += [(page, box) for box in joined(boxes)]
    return tuple(found)


def span_on(page: int, text: str, start: Place, end: Place) -> tuple[int, int]:
    """Return the slice of a page's text that lies between two places."""
    first = 0 if start.page < page else start.offset if start.page == page else len(text)
    last = len(text) if end.page > page else end.offset if end.page == page else 0
    return first, max(first, last)


def caret_box(sheet: SheetText, place: Place, *, ending: bool = False) -> Box | None:
    """Return the thin box of a caret at a place, or ``None`` where nothing is drawn.

    Args:
        sheet: The sheet it is on.
        place: Between which letters it stands.
        ending: Whether it belongs to the letter before it, as at the end of a selection.
    """
    placed = sheet.pages.get(place.page)
    if placed is None:
        return None
    if ending and place.offset:
        found = _edge(placed, place.offset - 1, leading=False)
        if found is not None:
            return found
    if (found := _edge(placed, place.offset, leading=True)) is not None:
        return found
    line = placed.text.rfind("\n", 0, place.offset) + 1
    for at in range(min(place.offset, len(placed.text)) - 1, line - 1, -1):
        if (found := _edge(placed, at, leading=False)) is not None:
            return found
    for at in range(place.offset, len(placed.text)):
        if (found := _edge(placed, at, leading=True)) is not None:
            return found
    return None


def _edge(placed: PlacedText, at: int, *, leading: bool) -> Box | None:
    box = placed.boxes[at] if at < len(placed.boxes) else None
    x = None if box is None else edge_of(placed, at, leading=leading)
    if box is None or x is None:
        return None
    return Box(x - _CARET / 2, box.top, x + _CARET / 2, box.bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is seen.

    Attributes:
        start: Where it begins in the text of the page.
        end: Where it ends.
        box: What it covers.
    """

    start: int
    end: int
    box: Box


def lines_of(placed: PlacedText) -> list[Line]:
    """Return the lines of a page as they are seen, in reading order."""
    lines: list[Line] = []
    begun: int | None = None
    boxes: list[Box] = []

    def end_line(at: int) -> None:
        if begun is not None and boxes:
            whole = Box(
                min(box.left for box in boxes),
                min(box.top for box in boxes),
                max(box.right for box in boxes),
                max(box.bottom for box in boxes),
            )
            lines.append(Line(begun, at, whole))
        boxes.clear()

    for at, box in enumerate(placed.boxes):
        if placed.text[at] == "\n":
            end_line(at)
            begun = None
        elif box is not None:
            if boxes and _below(boxes[-1], box):
                end_line(at)
                begun = at
            boxes.append(box)
            begun = at if begun is None else begun
    end_line(len(placed.boxes))
    return lines


def _below(one: Box, other: Box) -> bool:
    return other.top > one.bottom - _OVERLAP * (one.bottom - one.top)


def on_line(placed: PlacedText, line: Line, x: float) -> int:
    """Return the position on a line that is nearest to ``x``."""
    best, found = math.inf, line.start
    for at in range(line.start, line.end):
        before, after = (edge_of(placed, at, leading=leading) for leading in (True, False))
        for edge, offset in ((before, at), (after, at + 1)):
            if edge is not None and abs(edge - x) < best - 1e-6:
                best, found = abs(edge - x), offset
    return found


def column_at(sheet: SheetText, x: float) -> tuple[float, float] | None:
    """Return left and right edge of the column of text around ``x``, or ``None``."""
    crossing = [
        line.box
        for placed in sheet.pages.values()
        for line in lines_of(placed)
        if line.box.left <= x <= line.box.right
    ]
    if not crossing:
        return None
    # Lines over all columns, as a title, must not widen the one that was meant.
    widths = sorted(line.right - line.left for line in crossing)
    usual = widths[len(widths) // 2]
    column = [line for line in crossing if line.right - line.left <= usual / _LONG_LINE]
    return min(line.left for line in column), max(line.right for line in column)


def selected(
    texts: Sequence[str], start: Place, end: Place, boxes: Sequence[tuple[int, Box]] = ()
) -> Selected | None:
    """Return the text between two places, in whichever order they are; ``None`` if empty."""
    start, end = sorted((start, end))
    parts = []
    for page in range(start.page, min(end.page, len(texts)) + 1):
        first, last = span_on(page, texts[page - 1], start, end)
        parts.append(texts[page - 1][first:last])
    text = "\n".join(parts)
    return Selected(start, end, text, tuple(boxes)) if start != end and text else None


def clamped(texts: Sequence[str], place: Place) -> Place:
    """Return the place inside the paper that is nearest to ``place``."""
    if not texts:
        return Place(1, 0)
    page = min(max(1, place.page), len(texts))
    if page != place.page:
        return Place(page, 0 if place.page < 1 else len(texts[page - 1]))
    return Place(page, min(max(0, place.offset), len(texts[page - 1])))
