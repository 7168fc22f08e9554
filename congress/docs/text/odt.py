"""Reads an OpenDocument text: its words, headings, lists, tables, notes and pictures.

The text is turned into plain HTML and goes through the same sanitiser as a web page. Deleted
text that the file still remembers, remarks at the margin and fields for macros are left out.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from congress.docs.model import Extract, PaperKind
from congress.docs.text.archive import Archive, Limits, opened
from congress.docs.text.listmarks import OWN_NUMBERS
from congress.docs.text.odtnumbers import ListCounter, Style, list_styles
from congress.docs.text.reflow import pages_of
from congress.kernel.errors import InputError

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_PREFIXES = {uri: prefix for prefix, uri in _NS.items()}
_LEFT_OUT = frozenset(
    (
        *("text:tracked-changes", "office:annotation", "office:forms", "text:sequence-decls"),
        *("text:variable-decls", "text:user-field-decls", "text:script", "text:index-title"),
        "office:event-listeners",
    )
)
_PLAIN_BLOCKS = frozenset(("text:section", "text:index-body", "text:table-of-content"))
_CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
_PICTURE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_MAX_PICTURE, _MAX_PICTURES = 8 * 1024 * 1024, 64 * 1024 * 1024
_MAX_SPACES, _MAX_REPEATED = 100, 50
_HEADINGS = 6


@dataclass(frozen=True, slots=True)
class _Style:
    tags: tuple[str, ...] = ()
    direction: str = ""
    breaks: bool = False


def read_odt(data: bytes, limits: Limits | None = None) -> Extract:
    """Read an OpenDocument text.

    Args:
        data: The file.
        limits: What counts as a bomb; by default generous for any real paper.

    Raises:
        InputError: ``docs.odt_damaged``, ``docs.office_password``, or as ``archive.opened``.
    """
    with opened(data, "docs.odt_damaged", limits) as archive:
        if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
            raise InputError("docs.office_password")
        content = archive.xml("content.xml")
        body = None if content is None else content.find(".//office:body/office:text", _NS)
        if body is None:
            raise InputError("docs.odt_damaged")
        shared = archive.xml("styles.xml")
        styles = {**_styles(shared), **_styles(content)}
        lists = {**list_styles(shared), **list_styles(content)}
        html = _Writer(archive, styles, lists).whole(body)
    return pages_of(html, PaperKind.ODT)


def _styles(root: Any) -> dict[str, _Style]:
    if root is None:
        return {}
    found = {}
    for style in root.iter(f"{{{_NS['style']}}}style"):
        name = _get(style, "style:name")
        words, block = (
            style.find("style:text-properties", _NS),
            style.find("style:paragraph-properties", _NS),
        )
        mode = _get(block, "style:writing-mode")
        found[name] = _Style(
            tags=_tags(words),
            direction="rtl" if mode.startswith("rl") else "ltr" if mode.startswith("lr") else "",
            breaks=_get(block, "fo:break-before") == "page",
        )
    return found


def _tags(words: Any) -> tuple[str, ...]:
    position = _get(words, "style:text-position")
    wanted = (
        ("b", _get(words, "fo:font-weight") == "bold"),
        ("i", _get(words, "fo:font-style") == "italic"),
        ("u", _get(words, "style:text-underline-style") not in ("", "none")),
        ("s", _get(words, "style:text-line-through-style") not in ("", "none")),
        ("sup", position.startswith("super")),
        ("sub", position.startswith("sub") or position.startswith("-")),
    )
    return tuple(tag for tag, there in wanted if there)


def _get(element: Any, name: str) -> str:
    if element is None:
        return ""
    prefix, _, local = name.partition(":")
    return str(element.get(f"{{{_NS[prefix]}}}{local}") or "")


def _count(element: Any, name: str, most: int) -> int:
    value = _get(element, name)
    return min(most, int(value)) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def _kind(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    uri, _, local = element.tag[1:].partition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}"


class _Writer:
    """Writes one text as HTML."""

    def __init__(
        self, archive: Archive, styles: Mapping[str, _Style], lists: Mapping[str, Style]
    ) -> None:
        self._archive, self._styles, self._lists = archive, styles, ListCounter(lists)
        self._notes: list[str] = []
        self._pictured = 0

    def whole(self, body: Any) -> str:
        """Return the text, and its notes after it."""
        text = self._blocks(body)
        notes = "".join(f"<li>{note}</li>" for note in self._notes)
        return f"{text}<ol>{notes}</ol>" if notes else text

    def _blocks(self, parent: Any) -> str:
        return "".join(self._block(each) for each in parent)

    def _block(self, element: Any) -> str:
        match _kind(element):
            case "text:p" | "text:h" as kind:
                return self._paragraph(element, kind)
            case "text:list":
                return self._list(element)
            case "table:table":
                return f"<table>{self._rows(element)}</table>"
            case "text:soft-page-break":
                return ""
            case kind if kind in _LEFT_OUT or not kind:
                return ""
            case _:
                return self._blocks(element)

    def _paragraph(self, element: Any, kind: str) -> str:
        style = self._styles.get(_get(element, "text:style-name"), _Style())
        tag = "p"
        if kind == "text:h":
            tag = f"h{_count(element, 'text:outline-level', _HEADINGS) or 1}"
        elif _get(element, "text:style-name") == "Title":
            tag = "h1"
        direction = f' dir="{style.direction}"' if style.direction else ""
        words = self._dressed(self._inline(element), style if kind == "text:p" else _Style())
        return f"{'<hr>' if style.breaks else ''}<{tag}{direction}>{words}</{tag}>"

    def _dressed(self, words: str, style: _Style) -> str:
        for tag in style.tags:
            words = f"<{tag}>{words}</{tag}>"
        return words

    def _list(self, element: Any) -> str:
        self._lists.begin(element)
        own = f' type="{OWN_NUMBERS}"' if self._lists.numbered else ""
        items = []
        for item in element:
            match _kind(item):
                case "text:list-item":
                    words = self._lists.marker(item)
                    items.append(f"<li>{_with_first(self._blocks(item), words)}</li>")
                case "text:list-header":
                    items.append(f"<li>{self._blocks(item)}</li>")
        self._lists.end()
        return f"<ul{own}>{''.join(items)}</ul>"

    def _rows(self, table: Any) -> str:
        rows = []
        for row in table.iter(f"{{{_NS['table']}}}table-row"):
            if next(row.iterancestors(f"{{{_NS['table']}}}table"), None) is table:
                rows.append(f"<tr>{''.join(self._cell(cell) for cell in row)}</tr>")
        return "".join(rows)

    def _cell(self, cell: Any) -> str:
        if _kind(cell) != "table:table-cell":
            return ""
        spans = "".join(
            f' {name}="{count}"'
            for name, source in _SPANS.items()
            if (count := _count(cell, source, _MAX_REPEATED)) > 1
        )
        repeated = _count(cell, "table:number-columns-repeated", _MAX_REPEATED)
        return f"<td{spans}>{self._blocks(cell)}</td>" * max(1, repeated)

    def _inline(self, element: Any) -> str:
        pieces = [escape(element.text or "")]
        for child in element:
            pieces.append(self._piece(child))
            pieces.append(escape(child.tail or ""))
        return "".join(pieces)

    def _piece(self, child: Any) -> str:
        match _kind(child):
            case "text:s":
                return " " * _count(child, "text:c", _MAX_SPACES)
            case "text:tab":
                return " "
            case "text:line-break":
                return "<br>"
            case "text:span":
                style = self._styles.get(_get(child, "text:style-name"), _Style())
                return self._dressed(self._inline(child), style)
            case "text:note":
                return self._note(child)
            case "draw:frame":
                return self._frame(child)
            case kind if kind in _LEFT_OUT or not kind:
                return ""
            case _:
                return self._inline(child)

    def _note(self, note: Any) -> str:
        body = note.find("text:note-body", _NS)
        if body is None:
            return ""
        self._notes.append(self._blocks(body))
        return f"<sup>{len(self._notes)}</sup>"

    def _frame(self, frame: Any) -> str:
        box = frame.find("draw:text-box", _NS)
        if box is not None:
            return "<br>".join(self._inline(each) for each in box)
        image = frame.find("draw:image", _NS)
        return "" if image is None else self._picture(_get(image, "xlink:href"))

    def _picture(self, name: str) -> str:
        name = name.removeprefix("./")
        kind = next((kind for end, kind in _PICTURE_TYPES.items() if name.endswith(end)), None)
        data = self._archive.read(name) if kind else None
        if not data or len(data) > _MAX_PICTURE or self._pictured + len(data) > _MAX_PICTURES:
            return ""
        self._pictured += len(data)
        return f'<img src="data:{kind};base64,{base64.b64encode(data).decode()}">'


def _with_first(blocks: str, words: str) -> str:
    """Return blocks with ``words`` before their own."""
    return _BLOCK_BEGUN.sub(lambda begun: begun[0] + words, blocks, count=1) if words else blocks


_BLOCK_BEGUN = re.compile(r"\A(?:<hr>)?(?:<(?:p|h[1-6])(?: dir=\"(?:rtl|ltr)\")?>)?")
_SPANS = {"colspan": "table:number-columns-spanned", "rowspan": "table:number-rows-spanned"}
