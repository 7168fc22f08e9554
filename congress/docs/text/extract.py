"""Reads a paper's file: which format it is, its pages, a title and a cover."""

import re
from typing import BinaryIO

from congress.docs.model import Extract, PageText, PaperKind, TextOrigin
from congress.docs.pdfium import Pdf
from congress.docs.png import png
from congress.docs.text.docx import read_docx
from congress.docs.text.pdf import heading, page_text
from congress.docs.text.plain import read_html, read_text
from congress.docs.text.sniff import kind_of
from congress.kernel.errors import InputError
from congress.kernel.progress import Progress

COVER_WIDTH = 240
"""Width of a cover in pixels."""

_WHOLE = {PaperKind.DOCX: read_docx, PaperKind.HTML: read_html, PaperKind.TEXT: read_text}
_TOOL_TITLE = re.compile(r"^(microsoft word|untitled|powerpoint)|\.\w{2,4}$", re.IGNORECASE)


def extract(file: BinaryIO, size: int, name: str, progress: Progress) -> Extract:
    """Read an open file.

    Args:
        file: Seekable.
        size: Its length in bytes.
        name: Its name.
        progress: Told each page, and asked between pages whether to go on.

    Raises:
        InputError: The file is empty, damaged, protected or of an unknown format: the codes
            of ``sniff.kind_of``, ``docx.read_docx`` and ``pdfium.Pdf``.
        Cancelled: The person cancelled.
    """
    kind = kind_of(file, size, name)
    if kind is PaperKind.PDF:
        with Pdf(file) as pdf:
            return _read_pdf(pdf, progress)
    file.seek(0)
    return _WHOLE[kind](file.read())


def _read_pdf(pdf: Pdf, progress: Progress) -> Extract:
    pages: list[PageText] = []
    damaged = 0
    for index in range(pdf.page_count):
        progress.check()
        try:
            pages.append(page_text(pdf, index))
        except InputError as error:
            if error.code != "docs.page_damaged":
                raise
            damaged += 1
            pages.append(PageText(""))
        progress.report(index + 1, pdf.page_count)
    if damaged == pdf.page_count:
        raise InputError("docs.pdf_damaged")
    return Extract(
        kind=PaperKind.PDF,
        title=_title(pdf),
        pages=tuple(pages),
        origin=TextOrigin.PDF if any(page.text for page in pages) else TextOrigin.NONE,
        cover=_cover(pdf),
    )


def _title(pdf: Pdf) -> str:
    title = pdf.title()
    if " " in title and not _TOOL_TITLE.search(title):
        return title
    try:
        return heading(pdf)
    except InputError as error:
        if error.code != "docs.page_damaged":
            raise
        return ""


def _cover(pdf: Pdf) -> bytes:
    try:
        width, _ = pdf.size(0)
        return png(pdf.render(0, COVER_WIDTH / width))
    except InputError as error:
        if error.code != "docs.page_damaged":
            raise
        return b""
