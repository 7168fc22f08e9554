"""Joins PDFs to one and writes a number on each of its pages."""

import io
from collections.abc import Sequence
from ctypes import c_ushort
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from congress.docs.pdfium import alone
from congress.kernel.errors import InputError
from congress.kernel.progress import Progress, Silent

_SIZE = 8.0
_UP = 15.0
"""Points from the lower edge to the number."""
_DIGIT = 0.556
"""Width of a digit of Helvetica, as a share of its size."""
_GREY = 98


def page_counts(pieces: Sequence[bytes]) -> Sequence[int]:
    """Return how many pages each PDF has.

    Raises:
        InputError: ``docs.pdf_damaged``.
    """
    counts = []
    for piece in pieces:
        with alone():
            document = _opened(piece)
            counts.append(len(document))
            document.close()
    return counts


def merged(pieces: Sequence[bytes], progress: Progress | None = None) -> bytes:
    """Return all pages of ``pieces`` in one PDF, numbered from 1 at their lower edge.

    Args:
        pieces: Whole PDFs. Their pages stay as they are, fonts, turned pages and all; outlines,
            attachments, scripts and forms are left behind.
        progress: Told of each piece.

    Raises:
        InputError: ``docs.pdf_damaged``.
        Cancelled: The person cancelled.
    """
    progress = progress or Silent()
    with alone():
        whole = pdfium.PdfDocument.new()
    try:
        for done, piece in enumerate(pieces):
            progress.report(done, len(pieces))
            with alone():
                source = _opened(piece)
                try:
                    whole.import_pages(source)
                except pdfium.PdfiumError as error:
                    raise InputError("docs.pdf_damaged") from error
                finally:
                    source.close()
        for index in range(len(whole)):
            progress.check()
            with alone():
                _number(whole, index)
        with alone():
            stream = io.BytesIO()
            whole.save(stream)
    finally:
        with alone():
            whole.close()
    return stream.getvalue()


def _opened(piece: bytes) -> Any:
    try:
        return pdfium.PdfDocument(piece)
    except pdfium.PdfiumError as error:
        raise InputError("docs.pdf_damaged") from error


def _number(whole: Any, index: int) -> None:
    """Write the number in the middle of the lower edge as the page is seen."""
    page = whole[index]
    text = str(index + 1)
    left, bottom, right, top = page.get_cropbox()
    half = len(text) * _DIGIT * _SIZE / 2
    middle, height = (left + right) / 2, (bottom + top) / 2
    place = {
        0: (1, 0, 0, 1, middle - half, bottom + _UP),
        90: (0, 1, -1, 0, right - _UP, height - half),
        180: (-1, 0, 0, -1, middle + half, top - _UP),
        270: (0, -1, 1, 0, left + _UP, height + half),
    }[page.get_rotation()]
    words = raw.FPDFPageObj_NewTextObj(whole.raw, b"Helvetica", _SIZE)
    letters = (c_ushort * (len(text) + 1))(*map(ord, text), 0)
    raw.FPDFText_SetText(words, letters)
    raw.FPDFPageObj_SetFillColor(words, _GREY, _GREY, _GREY, 255)
    raw.FPDFPageObj_Transform(words, *place)
    raw.FPDFPage_InsertObject(page.raw, words)
    raw.FPDFPage_GenerateContent(page.raw)
    page.close()
