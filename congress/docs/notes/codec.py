"""Notes as the plain values that a database keeps: places in hundredths of a point, no floats."""

from collections.abc import Mapping, Sequence
from typing import Any

from congress.docs.notes.model import (
    Anchor,
    AreaAnchor,
    NoteColour,
    Quote,
    Spot,
    Stroke,
    TextAnchor,
)
from congress.docs.pdfium import Box
from congress.kernel.canonical import Json

_FINE = 100
"""Parts of a point that are kept."""


def anchor_json(anchor: Anchor) -> Json:
    """Return an anchor as JSON."""
    if isinstance(anchor, TextAnchor):
        return {
            "start": [anchor.start.page, anchor.start.offset],
            "end": [anchor.end.page, anchor.end.offset],
            "exact": anchor.quote.exact,
            "prefix": anchor.quote.prefix,
            "suffix": anchor.quote.suffix,
        }
    box = anchor.box
    return {
        "page": anchor.page,
        "box": _fine((box.left, box.top, box.right, box.bottom)) if box else None,
        "beside": anchor_json(anchor.beside) if anchor.beside else None,
    }


def anchor_of(value: Mapping[str, Any]) -> Anchor:
    """Return the anchor that ``anchor_json`` wrote."""
    if "exact" in value:
        return _text_anchor(value)
    box, beside = value["box"], value["beside"]
    return AreaAnchor(
        page=value["page"],
        box=Box(*(each / _FINE for each in box)) if box else None,
        beside=_text_anchor(beside) if beside else None,
    )


def strokes_json(strokes: Sequence[Stroke]) -> Json:
    """Return ink as JSON: each stroke's points in one row, x and y by turns."""
    return [
        {
            "colour": each.colour.value,
            "width": round(each.width * _FINE),
            "points": _fine([side for point in each.points for side in point]),
        }
        for each in strokes
    ]


def strokes_of(value: Sequence[Mapping[str, Any]]) -> tuple[Stroke, ...]:
    """Return the ink that ``strokes_json`` wrote."""
    return tuple(
        Stroke(
            colour=NoteColour(each["colour"]),
            width=each["width"] / _FINE,
            points=tuple(
                (x / _FINE, y / _FINE)
                for x, y in zip(each["points"][::2], each["points"][1::2], strict=True)
            ),
        )
        for each in value
    )


def _text_anchor(value: Mapping[str, Any]) -> TextAnchor:
    return TextAnchor(
        start=Spot(*value["start"]),
        end=Spot(*value["end"]),
        quote=Quote(value["exact"], value["prefix"], value["suffix"]),
    )


def _fine(sides: Sequence[float]) -> list[int]:
    return [round(side * _FINE) for side in sides]
