"""What a PDF says about ways through it: links on its pages, and the labels of the pages.

Links are read, never followed: what leads out of the paper is only text here, and actions that
would start a program are left out altogether.
"""

import ctypes
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as raw

from congress.docs.pdfium import Box, Pdf

_MOST_LINKS = 500
_MOST_TEXT = 2_000
_LEAST_SIDE = 1.0


@dataclass(frozen=True, slots=True)
class PageLink:
    """A part of a page that leads somewhere.

    Attributes:
        box: Where it is.
        page: The page of this paper (from 1) it leads to, or 0.
        top: How far from the top of that page, in points, or ``None`` for the page as a whole.
        offset: The position in that page's stored text it leads to, in flowing text.
        uri: The address outside the paper it names, or empty.
    """

    box: Box
    page: int = 0
    top: float | None = None
    offset: int = 0
    uri: str = ""


def links(pdf: Pdf, index: int) -> tuple[PageLink, ...]:
    """Return the links on a page (from 0).

    Raises:
        InputError: ``docs.page_damaged``.
    """
    found: list[PageLink] = []
    with pdf.lent(index) as (document, page, place):
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        for _ in range(_MOST_LINKS):
            if not raw.FPDFLink_Enumerate(page, position, link):
                break
            area = raw.FS_RECTF()
            if not raw.FPDFLink_GetAnnotRect(link, area):
                continue
            box = place(area.left, area.bottom, area.right, area.top)
            if min(box.right - box.left, box.bottom - box.top) < _LEAST_SIDE:
                continue
            if (made := _link(document, link, box)) is not None:
                found.append(made)
    return tuple(_with_tops(pdf, found))


def _link(document: Any, link: Any, box: Box) -> PageLink | None:
    goal = raw.FPDFLink_GetDest(document, link)
    if not goal:
        action = raw.FPDFLink_GetAction(link)
        kind = raw.FPDFAction_GetType(action) if action else 0
        if kind == raw.PDFACTION_URI:
            uri = _uri(document, action)
            return PageLink(box, uri=uri) if uri else None
        if kind == raw.PDFACTION_GOTO:
            goal = raw.FPDFAction_GetDest(document, action)
    if not goal:
        return None
    page = raw.FPDFDest_GetDestPageIndex(document, goal)
    if page < 0:
        return None
    flags = [ctypes.c_int() for _ in range(3)]
    places = [ctypes.c_float() for _ in range(3)]
    told = raw.FPDFDest_GetLocationInPage(goal, *flags, *places)
    return PageLink(box, page + 1, places[1].value if told and flags[1].value else None)


def _with_tops(pdf: Pdf, found: list[PageLink]) -> list[PageLink]:
    """Turn heights from the bottom of the page led to into heights from its top."""
    turned = []
    for link in found:
        if link.page and link.top is not None:
            if link.page > pdf.page_count:
                continue
            _, height = pdf.size(link.page - 1)
            top = min(max(0.0, height - link.top), height)
            turned.append(replace(link, top=top))
        else:
            turned.append(link)
    return turned


def _uri(document: Any, action: Any) -> str:
    size = min(raw.FPDFAction_GetURIPath(document, action, None, 0), _MOST_TEXT)
    buffer = ctypes.create_string_buffer(max(1, size))
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    text = buffer.raw[: max(0, size - 1)].decode("utf-8", errors="replace")
    return "".join(char for char in text if char.isprintable()).strip()


def labels(pdf: Pdf) -> tuple[str, ...]:
    """Return the label of each page as the paper counts ("iv", "A-3"); empty if it has none."""
    found: list[str] = []
    if not pdf.page_count:
        return ()
    with pdf.lent(0) as (document, _, _):
        for index in range(pdf.page_count):
            size = raw.FPDF_GetPageLabel(document, index, None, 0)
            if size > _MOST_TEXT:
                size = 0
            buffer = ctypes.create_string_buffer(max(2, size))
            raw.FPDF_GetPageLabel(document, index, buffer, size)
            text = buffer.raw[: max(0, size - 2)].decode("utf-16-le", errors="replace")
            found.append("".join(char for char in text if char.isprintable()).strip())
    counted = [str(page + 1) for page in range(pdf.page_count)]
    return () if not any(found) or found == counted else tuple(found)
