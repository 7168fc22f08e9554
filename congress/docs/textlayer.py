"""Lays what was recognised on a scan over it, unseen, so that it can be marked and selected.

Each word is written into the PDF in rendering mode 3 (invisible, ISO 32000-1, 9.3.6), stretched to
the place where the picture shows it. What its letters look like does not matter, so one font
serves all writings: the code of each letter is its Unicode value, and all share one shape. The
scan itself is not touched: what comes of this is a second PDF beside the paper's own file.
"""

import ctypes
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2.raw as raw

from congress.assets import asset
from congress.docs.pdfium import Box, Pdf

_FONT, _SHAPE = "BeVietnamPro-Regular.ttf", 185
"""A font, and the place of its "d": as wide as a letter on average, and as tall as any."""
_CODES = 0x2100
"""Letters beyond this value are left out: none of our languages has any."""
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%d beginbfrange
%s
endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""
"""Says that every code is its own Unicode value, row by row of 256 as CMaps must."""
_FINE = 100


@dataclass(frozen=True, slots=True)
class LaidWord:
    """A word and where the page shows it.

    Attributes:
        text: The word.
        box: Its place in points, from the page's top left corner.
    """

    text: str
    box: Box


def with_text(pdf: Pdf, pages: Mapping[int, Sequence[LaidWord]]) -> bytes:
    """Return a PDF as it is, with unseen words on some of its pages (from 0).

    The open PDF has the words from then on too.

    Raises:
        InputError: ``docs.page_damaged``.
    """
    font: Any = None
    for index, words in pages.items():
        with pdf.lent(index) as (document, page, _):
            font = font or _font(document)
            for word in words:
                _lay(document, page, pdf.size(index), word, font)
            raw.FPDFPage_GenerateContent(page)
    return _saved(pdf)


def _lay(document: Any, page: Any, size: tuple[float, float], word: LaidWord, font: Any) -> None:
    letters = _as_drawn(word.text)
    codes = [ord(char) for char in letters if ord(char) < _CODES]
    box = word.box
    if not codes or box.right <= box.left or box.bottom <= box.top:
        return
    piece = raw.FPDFPageObj_CreateTextObj(document, font, 1.0)
    raw.FPDFText_SetCharcodes(piece, (ctypes.c_uint32 * len(codes))(*codes), len(codes))
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(piece, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    width, height = right - left or 1.0, top - bottom or 1.0
    low, along, up = (
        _own(page, size, *corner)
        for corner in (
            (box.left, box.bottom),
            (box.right, box.bottom),
            (box.left, box.top),
        )
    )
    matrix = raw.FS_MATRIX(
        (along[0] - low[0]) / width,
        (along[1] - low[1]) / width,
        (up[0] - low[0]) / height,
        (up[1] - low[1]) / height,
        *low,
    )
    raw.FPDFPageObj_SetMatrix(piece, matrix)
    raw.FPDFTextObj_SetTextRenderMode(piece, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    raw.FPDFPage_InsertObject(page, piece)


def _as_drawn(word: str) -> str:
    """Return the letters of a word as they stand from left to right."""
    letters = "".join(char for char in word if unicodedata.category(char)[0] != "C")
    rtl = any(unicodedata.bidirectional(char) in ("R", "AL") for char in letters)
    return letters[::-1] if rtl else letters


def _own(page: Any, size: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """Return a place in the page's own coordinates (crop, rotation)."""
    columns, rows = round(size[0] * _FINE), round(size[1] * _FINE)
    across, up = ctypes.c_double(), ctypes.c_double()
    place = (round(x * _FINE), round(y * _FINE))
    raw.FPDF_DeviceToPage(page, 0, 0, columns, rows, 0, *place, across, up)
    return across.value, up.value


def _font(document: Any) -> Any:
    data = _font_file()
    rows = range(0, _CODES, 256)
    ranges = b"\n".join(b"<%04X> <%04X> <%04X>" % (row, row + 255, row) for row in rows)
    shapes = _SHAPE.to_bytes(2, "big") * _CODES
    return raw.FPDFText_LoadCidType2Font(
        document,
        (ctypes.c_uint8 * len(data)).from_buffer_copy(data),
        len(data),
        _TO_UNICODE % (len(rows), ranges),
        (ctypes.c_uint8 * len(shapes)).from_buffer_copy(shapes),
        len(shapes),
    )


@cache
def _font_file() -> bytes:
    return (asset("fonts") / _FONT).read_bytes()


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    with pdf.lent(0) as (document, _, _place):
        document.save(out)
    return out.getvalue()
