"""Notes as W3C Web Annotations in JSON-LD (Recommendation of 23 February 2017).

Words are told by a TextQuoteSelector and, within the text of their page, by a
TextPositionSelector that refines a FragmentSelector ``page=N`` (RFC 8118). Ink is an SvgSelector
in points of the page. Identifiers are URNs: nothing in the file points anywhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from congress.docs.model import Paper
from congress.docs.notes.gathering import Gathered
from congress.docs.notes.model import (
    Anchor,
    AreaAnchor,
    Note,
    NoteColour,
    NoteKind,
    Placed,
    Spot,
    Stroke,
    TextAnchor,
)
from congress.kernel.ids import VersionId

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc8118"
_MOTIVES = {
    NoteKind.HIGHLIGHT: "highlighting",
    NoteKind.UNDERLINE: "highlighting",
    NoteKind.NOTE: "commenting",
    NoteKind.INK: "highlighting",
    NoteKind.BOOKMARK: "bookmarking",
}
COLOURS = {
    NoteColour.YELLOW: "#F2C94C",
    NoteColour.GREEN: "#7BC67E",
    NoteColour.BLUE: "#7DB3F0",
    NoteColour.ROSE: "#F09CB5",
    NoteColour.VIOLET: "#B79CEB",
}
"""The colours as they are written into files."""

Json = Mapping[str, Any]


def annotation_page(gathered: Gathered) -> Json:
    """Return all notes as one AnnotationPage."""
    return {
        "@context": _CONTEXT,
        "id": "urn:paperless-congress:notes",
        "type": "AnnotationPage",
        "items": [
            annotation(each.paper, placed) for each in gathered.papers for placed in each.notes
        ],
    }


def annotation(paper: Paper, placed: Placed) -> Json:
    """Return one note: where it stands in the paper's current version.

    An unplaced note is told where it was made.
    """
    note, anchor, version = placed.note, placed.at.anchor, paper.version_id
    if anchor is None:
        anchor, version = note.made, note.version_id
    return {
        "id": f"urn:paperless-congress:note:{note.id}",
        "type": "Annotation",
        "motivation": _MOTIVES[note.kind],
        "created": note.made_at.isoformat(),
        "modified": note.changed_at.isoformat(),
        "creator": {"type": "Person", "name": note.author},
        "body": _bodies(note),
        "target": {
            "source": _source(paper, version),
            "styleClass": f"{note.kind.value} {note.colour.value}",
            "selector": _selectors(anchor, note.strokes),
        },
        "stylesheet": {
            "type": "CssStylesheet",
            "value": f".{note.colour.value} {{ color: {COLOURS[note.colour]}; }}",
        },
    }


def _bodies(note: Note) -> list[Json]:
    if not note.body:
        return []
    return [
        {
            "type": "TextualBody",
            "value": note.body,
            "format": "text/plain",
            "purpose": "commenting",
        }
    ]


def _source(paper: Paper, version: VersionId) -> Json:
    return {
        "id": f"urn:paperless-congress:paper:{paper.id}:version:{version}",
        "type": "Text",
        "label": paper.title,
        "language": paper.language,
    }


def _selectors(anchor: Anchor, strokes: Sequence[Stroke]) -> list[Json]:
    match anchor:
        case TextAnchor(quote=quote, start=start, end=end):
            words = {
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix,
                "suffix": quote.suffix,
            }
            return [words, _position(start, end)]
        case AreaAnchor(page=page):
            found: list[Json] = [{**_page(page), **_refined_by_ink(strokes)}]
            return [*found, *(_selectors(anchor.beside, ()) if anchor.beside else ())]


def _position(start: Spot, end: Spot) -> Json:
    if start.page == end.page:
        return _on_page(start.page, start.offset, end.offset)
    return {
        "type": "RangeSelector",
        "startSelector": _on_page(start.page, start.offset, start.offset),
        "endSelector": _on_page(end.page, end.offset, end.offset),
    }


def _on_page(page: int, start: int, end: int) -> Json:
    refined = {"type": "TextPositionSelector", "start": start, "end": end}
    return {**_page(page), "refinedBy": refined}


def _page(page: int) -> Json:
    return {"type": "FragmentSelector", "conformsTo": _PDF_FRAGMENT, "value": f"page={page}"}


def _refined_by_ink(strokes: Sequence[Stroke]) -> Json:
    if not strokes:
        return {}
    return {"refinedBy": {"type": "SvgSelector", "value": svg(strokes)}}


def svg(strokes: Sequence[Stroke]) -> str:
    """Return ink as an SVG in points of its page."""
    lines = "".join(
        f'<path d={quoteattr(_path(each))} fill="none" stroke="{COLOURS[each.colour]}" '
        f'stroke-width="{each.width:g}" stroke-linecap="round" stroke-linejoin="round"/>'
        for each in strokes
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{lines}</svg>'


def _path(stroke: Stroke) -> str:
    points = stroke.points if len(stroke.points) > 1 else stroke.points * 2
    return "M" + " L".join(f"{x:g},{y:g}" for x, y in points)
