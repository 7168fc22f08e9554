"""Reads a paper's file: which format it is, its pages, a title and a cover."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from congress.docs.model import Extract, PageText, PaperKind, TextOrigin
from congress.docs.ocr import RESOLUTION, Recogniser
from congress.docs.pdfium import Box, Pdf
from congress.docs.png import png
from congress.docs.text.pdf import heading, page_text
from congress.docs.text.plain import read_html, read_text
from congress.docs.text.sniff import kind_of
from congress.docs.textlayer import LaidWord, with_text
from congress.kernel.errors import InputError
from congress.kernel.progress import Progress

COVER_WIDTH = 240
"""Width of a cover in pixels."""

MAX_PAGE_CHARS, MAX_CHARS = 1_000_000, 64_000_000
"""Most characters of one page and of one paper: beyond, a file is made to do harm."""

MAX_LAID = 100 * 1024 * 1024
"""Largest PDF, in bytes, of which a copy with the recognised text is kept beside it."""

_POINTS = 72
_FEW_LETTERS = 20
"""A page with fewer letters than this that draws a picture is taken for a scan."""
_TOOL_TITLE = re.compile(r"^(microsoft word|untitled|powerpoint)|\.\w{2,4}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to read a file with, beyond the file.

    Attributes:
        recogniser: Reads scans; ``None`` where there is nothing to read them with.
        fixed: A PDF that was made of a word processor's file, to show its pages; or empty.
    """

    recogniser: Recogniser | None = None
    fixed: bytes = b""


NOTHING = Means()


def extract(
    file: BinaryIO, size: int, name: str, progress: Progress, means: Means = NOTHING
) -> Extract:
    """Read an open file.

    Args:
        file: Seekable.
        size: Its length in bytes.
        name: Its name.
        progress: Told each page, and asked between pages whether to go on.
        means: What may help.

    Raises:
        InputError: The file is empty, damaged, protected, made to do harm or of an unknown
            format: the codes of ``sniff.kind_of``, of the formats' own readers and of
            ``pdfium.Pdf``; ``docs.too_much_text``.
        Cancelled: The person cancelled.
    """
    kind = kind_of(file, size, name)
    if kind is PaperKind.PDF:
        with Pdf(file) as pdf:
            return read_pdf(pdf, progress, means, lay=size <= MAX_LAID)
    if kind is PaperKind.OFFICE:
        if not means.fixed:
            raise InputError("docs.needs_office", package="LibreOffice")
        return _drawn(kind, means.fixed, progress, means)
    file.seek(0)
    data = file.read()
    if kind is PaperKind.IMAGE:
        from congress.docs.text.image import pdf_of_image

        return _drawn(kind, pdf_of_image(data), progress, means)
    found = _read_whole(kind, data)
    _check_amount(found.pages)
    return _with_pages(found, means.fixed) if means.fixed else found


def _read_whole(kind: PaperKind, data: bytes) -> Extract:
    """Read a format without fixed pages. Each reader's libraries are imported when needed."""
    match kind:
        case PaperKind.DOCX:
            from congress.docs.text.docx import read_docx

            return read_docx(data)
        case PaperKind.ODT:
            from congress.docs.text.odt import read_odt

            return read_odt(data)
        case PaperKind.EPUB:
            from congress.docs.text.epub import read_epub

            return read_epub(data)
        case PaperKind.MARKDOWN:
            from congress.docs.text.markdown import read_markdown

            return read_markdown(data)
        case PaperKind.HTML:
            return read_html(data)
        case _:
            return read_text(data)


def _drawn(kind: PaperKind, pages: bytes, progress: Progress, means: Means) -> Extract:
    """Read a file by the PDF that was made of it."""
    with Pdf(BytesIO(pages)) as pdf:
        found = read_pdf(pdf, progress, means)
    return Extract(
        kind=kind,
        title=found.title,
        pages=found.pages,
        origin=found.origin,
        cover=found.cover,
        rendition=found.rendition or pages,
    )


def _with_pages(found: Extract, fixed: bytes) -> Extract:
    """Give a word processor's text the pages of the PDF that was made of it, if they fit."""
    from congress.docs.text.paging import paged

    with Pdf(BytesIO(fixed)) as pdf:
        texts = [page_text(pdf, index).text for index in range(pdf.page_count)]
        return paged(found, texts, fixed, _cover(pdf))


def read_pdf(pdf: Pdf, progress: Progress, means: Means = NOTHING, *, lay: bool = True) -> Extract:
    """Read an open PDF; a page without text is recognised if there is something to do so with.

    Args:
        pdf: The PDF.
        progress: Told each page, and asked between pages whether to go on.
        means: What may help.
        lay: Whether what was recognised is laid over the pages, in a copy of the PDF.

    Raises:
        InputError: ``docs.pdf_damaged`` if no page can be read, ``docs.too_much_text``.
        Cancelled: The person cancelled.
    """
    pages: list[PageText] = []
    laid: dict[int, list[LaidWord]] = {}
    damaged = 0
    for index in range(pdf.page_count):
        progress.check()
        try:
            page = page_text(pdf, index)
            scan = _recognised(pdf, index, page, means.recogniser)
            if scan is not None:
                page, laid[index] = scan
            pages.append(page)
        except InputError as error:
            if error.code != "docs.page_damaged":
                raise
            damaged += 1
            pages.append(PageText(""))
        progress.report(index + 1, pdf.page_count)
    if damaged == pdf.page_count:
        raise InputError("docs.pdf_damaged")
    _check_amount(pages)
    origin = TextOrigin.OCR if laid else TextOrigin.PDF
    return Extract(
        kind=PaperKind.PDF,
        title=_title(pdf),
        pages=tuple(pages),
        origin=origin if any(page.text for page in pages) else TextOrigin.NONE,
        cover=_cover(pdf),
        rendition=with_text(pdf, laid) if laid and lay else b"",
    )


def _recognised(
    pdf: Pdf, index: int, page: PageText, recogniser: Recogniser | None
) -> tuple[PageText, list[LaidWord]] | None:
    """Return what the picture of a page says and where, or ``None`` where its own text does."""
    letters = sum(map(str.isalpha, page.text[: 10 * _FEW_LETTERS]))
    if recogniser is None or letters >= _FEW_LETTERS or not pdf.draws_pictures(index):
        return None
    drawn = pdf.render(index, RESOLUTION / _POINTS)
    found = recogniser.read(drawn)
    if found is None or len(found.text) <= letters:
        return None
    scale = pdf.size(index)[0] / drawn.width
    return PageText(found.text), [
        LaidWord(
            word.text,
            Box(left * scale, top * scale, (left + width) * scale, (top + height) * scale),
        )
        for word in found.words
        for left, top, width, height in (word.box,)
    ]


def _check_amount(pages: Sequence[PageText]) -> None:
    sizes = [len(page.text) for page in pages]
    if sum(sizes) > MAX_CHARS or max(sizes, default=0) > MAX_PAGE_CHARS:
        raise InputError("docs.too_much_text")


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
