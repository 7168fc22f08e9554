"""The only door to PDFium, which must never run in two threads at once.

Every call goes through one lock of the whole process; PDFium lets go of Python's own lock while
it works, so another thread can go on with anything but a PDF. A ``Pdf`` is closed explicitly:
PDFium objects left to the garbage collector would be freed in whatever thread it runs in.

No form environment is set up, so neither scripts nor launch actions of a PDF can run.
"""

import ctypes
import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import RLock
from types import TracebackType
from typing import Any, Self

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from congress.docs.pdfsource import Readable, Source
from congress.kernel.errors import BugError, InputError

MAX_PAGES = 20_000
MAX_PIXELS = 24_000_000
"""A page is never drawn with more pixels than this: it is drawn smaller instead."""

MAX_SIDE = 14_400.0
"""Longest side of a page in points, 200 inches as in Acrobat: a page that claims more is drawn as
if it were no longer."""

MAX_OUTLINE, _OUTLINE_DEPTH = 5_000, 6
"""Most lines of a table of contents, and how deep they may be."""

_OPEN_PAGES = 4
_FINE = 100
_lock = RLock()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A drawn page: rows of 4 bytes a pixel (blue, green, red, unused), from the top.

    Attributes:
        width: In pixels.
        height: In pixels.
        data: ``4 * width * height`` bytes.
    """

    width: int
    height: int
    data: bytes | bytearray


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextObject:
    """A piece of text that a page draws in one go.

    Attributes:
        text: Its characters, in reading order.
        x: Where its baseline begins, in points from the left.
        y: Height of its baseline, in points from the bottom.
        size: Font size in points.
        box: What it covers.
    """

    text: str
    x: float
    y: float
    size: float
    box: Box


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One line of a PDF's own table of contents.

    Attributes:
        title: Its words.
        level: Depth, from 0.
        page: Page number, from 1.
    """

    title: str
    level: int
    page: int


@contextmanager
def alone() -> Iterator[None]:
    """Keep every other thread out of PDFium, for what a ``Pdf`` does not offer."""
    with _lock:
        yield


class Pdf:
    """An open PDF. Any thread may use it; calls wait for each other."""

    def __init__(self, file: Readable, *, owned: bool = False) -> None:
        """Open a PDF that is read as needed, never as a whole.

        Args:
            file: Must stay open until the PDF is closed.
            owned: Whether ``file`` is closed with the PDF, and if the PDF does not open.

        Raises:
            InputError: ``docs.pdf_password``, ``docs.pdf_damaged`` or
                ``docs.too_many_pages``; or what ``file`` itself raises.
        """
        self._file = file if owned else None
        self._source = Source(file)
        self._pages: OrderedDict[int, Any] = OrderedDict()
        self._document: Any = None
        try:
            self.page_count = self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> int:
        with self._calling():
            try:
                self._document = pdfium.PdfDocument(self._source)
            except pdfium.PdfiumError as error:
                if self._source.fault:
                    raise self._source.fault from error
                wants_password = error.err_code == raw.FPDF_ERR_PASSWORD
                code = "docs.pdf_password" if wants_password else "docs.pdf_damaged"
                raise InputError(code) from error
            count = len(self._document)
        if count > MAX_PAGES:
            raise InputError("docs.too_many_pages", count=count, most=MAX_PAGES)
        return count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free everything PDFium holds. Closing twice is harmless."""
        with _lock:
            if self._document is not None:
                for page in self._pages.values():
                    page.close()
                self._pages.clear()
                self._document.close()
                self._document = None
            if self._file is not None:
                self._file.close()

    @contextmanager
    def _calling(self) -> Iterator[None]:
        with _lock:
            yield
            if self._source.fault:
                raise self._source.fault

    def _page(self, index: int) -> Any:
        if self._document is None:
            raise BugError("the PDF is closed")
        if index in self._pages:
            self._pages.move_to_end(index)
            return self._pages[index]
        try:
            page = self._document[index]
        except pdfium.PdfiumError as error:
            if self._source.fault:
                raise self._source.fault from error
            raise InputError("docs.page_damaged", page=index + 1) from error
        self._pages[index] = page
        if len(self._pages) > _OPEN_PAGES:
            _, oldest = self._pages.popitem(last=False)
            oldest.close()
        return page

    def size(self, index: int) -> tuple[float, float]:
        """Return width and height of a page in points, without reading its content.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        with self._calling():
            if self._document is None:
                raise BugError("the PDF is closed")
            try:
                width, height = self._document.get_page_size(index)
            except pdfium.PdfiumError as error:
                raise InputError("docs.page_damaged", page=index + 1) from error
            return _side(width), _side(height)

    def render(
        self, index: int, scale: float, turns: int = 0, rows: tuple[int, int] | None = None
    ) -> Pixels:
        """Draw a page, or a band of it.

        Args:
            index: Page, from 0.
            scale: Pixels per point; lowered for a page that would need over ``MAX_PIXELS``.
            turns: Quarter turns, clockwise.
            rows: First and last row (not included) of a band, in pixels of the whole page at
                this scale, which is then not lowered.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        width, height = self.size(index)
        if turns % 2:
            width, height = height, width
        if rows is None:
            scale = min(scale, (MAX_PIXELS / (width * height)) ** 0.5)
        columns, whole = max(1, round(width * scale)), max(1, round(height * scale))
        top, bottom = rows or (0, whole)
        drawn = max(1, bottom - top)
        data = bytearray(columns * drawn * 4)
        pixels = (ctypes.c_char * len(data)).from_buffer(data)
        flags = raw.FPDF_ANNOT | raw.FPDF_RENDER_LIMITEDIMAGECACHE
        with self._calling():
            page = self._page(index)
            bitmap = raw.FPDFBitmap_CreateEx(
                columns, drawn, raw.FPDFBitmap_BGRx, pixels, columns * 4
            )
            if not bitmap:
                raise InputError("docs.page_damaged", page=index + 1)
            try:
                raw.FPDFBitmap_FillRect(bitmap, 0, 0, columns, drawn, 0xFFFFFFFF)
                raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, columns, whole, turns % 4, flags)
            finally:
                raw.FPDFBitmap_Destroy(bitmap)
        return Pixels(columns, drawn, data)

    @contextmanager
    def lent(self, index: int) -> Iterator[tuple[Any, Any, Callable[..., Box]]]:
        """Lend PDFium's document and page, and what places its rectangles, under the lock.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        with self._calling():
            yield self._document, self._page(index), self._placer(index)

    def text(self, index: int) -> str:
        """Return the text of a page as PDFium orders it; wrong for Urdu, see ``text.pdf``.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        with self._calling(), self._textpage(index) as textpage:
            return str(textpage.get_text_range())

    def characters(self, index: int) -> list[tuple[str, Box]]:
        """Return each character of a page with what it covers, as PDFium orders them.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        edges = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = edges
        found: list[tuple[str, Box]] = []
        with self._calling(), self._textpage(index) as textpage:
            place = self._placer(index)
            for i in range(textpage.count_chars()):
                char = chr(raw.FPDFText_GetUnicode(textpage, i))
                raw.FPDFText_GetCharBox(textpage, i, left, right, bottom, top)
                box = place(left.value, bottom.value, right.value, top.value)
                found.append((char, box))
        return found

    def text_objects(self, index: int) -> list[TextObject]:
        """Return the pieces of text that a page draws, in the order in which it draws them.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        found: list[TextObject] = []
        with self._calling(), self._textpage(index) as textpage:
            place = self._placer(index)
            for piece in self._page(index).get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
                text = _object_text(piece, textpage)
                matrix = piece.get_matrix()
                size = ctypes.c_float()
                raw.FPDFTextObj_GetFontSize(piece, size)
                found.append(
                    TextObject(
                        text=text,
                        x=matrix.e,
                        y=matrix.f,
                        size=abs(size.value * (matrix.d or matrix.b)) or 1.0,
                        box=place(*piece.get_bounds()),
                    )
                )
        return found

    def _placer(self, index: int) -> Callable[[float, float, float, float], Box]:
        """Return what turns a page's own coordinates (crop, rotation) into a ``Box``."""
        width, height = self.size(index)
        page = self._page(index)
        columns, rows = round(width * _FINE), round(height * _FINE)

        def device(x: float, y: float) -> tuple[float, float]:
            across, down = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(page, 0, 0, columns, rows, 0, x, y, across, down)
            return across.value / _FINE, down.value / _FINE

        (ox, oy), (ax, ay), (bx, by) = device(0, 0), device(1000, 0), device(0, 1000)

        def place(left: float, bottom: float, right: float, top: float) -> Box:
            xs = [
                ox + (ax - ox) * x / 1000 + (bx - ox) * y / 1000
                for x, y in ((left, bottom), (right, top))
            ]
            ys = [
                oy + (ay - oy) * x / 1000 + (by - oy) * y / 1000
                for x, y in ((left, bottom), (right, top))
            ]
            return Box(min(xs), min(ys), max(xs), max(ys))

        return place

    @contextmanager
    def _textpage(self, index: int) -> Iterator[Any]:
        page = self._page(index)
        try:
            textpage = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise InputError("docs.page_damaged", page=index + 1) from error
        try:
            yield textpage
        finally:
            textpage.close()

    def draws_pictures(self, index: int) -> bool:
        """Return whether a page draws anything but text: pictures, lines, or pieces of both.

        Raises:
            InputError: ``docs.page_damaged``.
        """
        with self._calling():
            pieces = self._page(index).get_objects(max_depth=1)
            return any(piece.type != raw.FPDF_PAGEOBJ_TEXT for piece in pieces)

    def title(self) -> str:
        """Return the title in the PDF's own details, or an empty text."""
        with self._calling():
            return str(self._document.get_metadata_value("Title")).strip()

    def outline(self) -> tuple[OutlineItem, ...]:
        """Return the PDF's own table of contents, empty if it has none."""
        with self._calling():
            items: list[OutlineItem] = []
            seen = self._document.get_toc(max_depth=_OUTLINE_DEPTH)
            for bookmark in islice(seen, MAX_OUTLINE):
                target = bookmark.get_dest()
                page = target.get_index() if target else None
                if page is not None and bookmark.get_title().strip():
                    items.append(
                        OutlineItem(bookmark.get_title().strip(), bookmark.level, page + 1)
                    )
            return tuple(items)


def _side(points: float) -> float:
    return min(MAX_SIDE, max(1.0, points)) if math.isfinite(points) else 1.0


def _object_text(piece: Any, textpage: Any) -> str:
    size = raw.FPDFTextObj_GetText(piece, textpage, None, 0)
    buffer = (ctypes.c_ushort * max(1, size // 2))()
    raw.FPDFTextObj_GetText(piece, textpage, buffer, size)
    return bytes(buffer).decode("utf-16-le", errors="ignore").rstrip("\0")
