"""Lays out and draws the sections of a flowing text, off the GUI thread.

Everything Qt knows of the text lives in the worker's thread: documents are made, laid out,
drawn and dropped there. What comes out are images and the places of the letters, as of fixed
pages.
"""

import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEventLoop, QObject, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QTextList,
    QTextListFormat,
    QTextOption,
)

from congress.docs.alignment import carried_over
from congress.docs.flow import Flow, Section
from congress.docs.model import PageText
from congress.docs.pdfium import Box
from congress.docs.pdflinks import PageLink
from congress.docs.places import Look
from congress.docs.text.numerals import GAP, MAX_MARKER
from congress.docs.text.pdf import PlacedText, reads_rtl
from congress.docs.text.reflow import html_of_pages
from congress.ui.looks import palette
from congress.ui.sheets import Drawing, SheetText, SheetWorker, Wanted, bands, joined
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import Type

LINE_HEIGHT = {"en": 150.0, "vi": 155.0, "ur": 105.0}
"""Percent of the font's own line: Nastaliq's own is more than twice the size of its letters."""
SIDE = 8
"""Pixels left and right of the column for letters that lean out of it."""
_INDENT = 40
"""Pixels by which lists and quotations stand in, at the usual size of letters."""
_KEPT = 6
"""Sections that stay laid out."""
_MOST_ROWS = 8_000_000
_HELD = "data"
_BASIC = 0xFFFF
"""The last character that Qt counts as one position."""
_FROM_RIGHT = ("R", "AL")
_AFTER_NUMBER = ".\u00a0\u00a0"
"""Stands between a number in a list and its text: a dot, and a gap that is not dropped."""


@dataclass(frozen=True, slots=True)
class FlowForm:
    """How a section is laid out and drawn.

    Attributes:
        measure: Width of the column in pixels.
        zoom: How much larger than usual the letters are.
        ratio: Pixels of the device per pixel.
        look: In which colours.
    """

    measure: int
    zoom: float
    ratio: float = 1.0
    look: Look = Look.PAPER

    @property
    def shape(self) -> tuple[int, float]:
        """What decides where the letters stand."""
        return self.measure, self.zoom


class _Document(QTextDocument):
    """A document that loads nothing but the pictures that stand in its text."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name) if isinstance(name, str) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == _HELD:
            _, _, data = url.toString().partition("base64,")
            image = QImage.fromData(QByteArray.fromBase64(data.encode()))
            return image if not image.isNull() else QByteArray()
        return QByteArray()


@dataclass(frozen=True)
class _Laid:
    document: QTextDocument
    height: int


class FlowWorker(SheetWorker):
    """Lays out and draws the sections of one text in a thread of its own."""

    def __init__(
        self,
        flow: Flow,
        texts: Sequence[str],
        lang: str,
        scale: float,
        part: Mapping[int, Callable[[str], str]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Start the thread.

        Args:
            flow: The text.
            texts: The stored text of each page.
            lang: Its language, which chooses fonts and direction.
            scale: Text scale of the window.
            part: What parts the words of pages (from 1) whose spaces cannot be trusted.
            parent: The Qt parent.
        """
        super().__init__("flow", parent)
        self._flow, self._texts, self._lang, self._scale = flow, texts, lang, scale
        self._part = part or {}
        self._form = FlowForm(700, 1.0)
        self._laid: OrderedDict[tuple[int, FlowForm], _Laid] = OrderedDict()
        self.start()

    def set_form(self, form: FlowForm) -> None:
        """Place text as laid out in ``form`` from now on."""
        self._form = form

    def _begin(self) -> None:
        # Qt lays long texts out by a timer, for which a thread needs an event loop to exist.
        self._loop = QEventLoop()

    def _end(self) -> None:
        self._laid.clear()
        del self._loop

    def _section(self, sheet: int, form: FlowForm) -> _Laid:
        key = (sheet, form)
        if key in self._laid:
            self._laid.move_to_end(key)
            return self._laid[key]
        document = self._made(self._flow.sections[sheet], form)
        laid = _Laid(document, min(_MOST_ROWS, max(1, round(document.size().height()))))
        self._laid[key] = laid
        if len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return laid

    def _made(self, section: Section, form: FlowForm) -> QTextDocument:
        document, colours = _Document(), palette(form.look)
        option = QTextOption()
        rtl = self._lang == "ur"
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setUndoRedoEnabled(False)
        document.setDefaultTextOption(option)
        document.setDefaultFont(font(Type.READING, self._lang, self._scale * form.zoom))
        document.setDocumentMargin(0)
        document.setIndentWidth(_INDENT * self._scale * form.zoom)
        document.setDefaultStyleSheet(
            f"body {{ color: {colours.ink}; }} a {{ color: {colours.accent}; }}"
            "table { border-collapse: collapse; }"
            f"td, th {{ padding: 6px; border: 1px solid {colours.line}; }}"
        )
        document.setHtml(f"<body>{self._html(section)}</body>")
        frame = document.rootFrame()
        margins = frame.frameFormat()
        margins.setLeftMargin(SIDE)
        margins.setRightMargin(SIDE)
        frame.setFrameFormat(margins)
        self._set_lines(document, rtl)
        _fit_pictures(document, form.measure)
        document.setTextWidth(form.measure + 2 * SIDE)
        return document

    def _html(self, section: Section) -> str:
        pages = [page for page in section.pages if page <= len(self._texts)]
        if not pages or any(page not in self._part for page in pages):
            return section.html
        # Only spaces differ, which do not count where stored letters are found again.
        texts = [self._part[page](self._texts[page - 1]) for page in pages]
        return html_of_pages([PageText(text) for text in texts])

    def _set_lines(self, document: QTextDocument, rtl_usual: bool) -> None:
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        metrics = QFontMetricsF(document.defaultFont())
        for block in _blocks(document):
            form, text = QTextBlockFormat(), block.text().strip()
            form.setLineHeight(LINE_HEIGHT[self._lang], proportional)
            rtl = reads_rtl(text) if text else rtl_usual
            form.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
            )
            if text:
                form.setAlignment(Qt.AlignmentFlag.AlignLeading)
            if own := _own_number(block):
                room = document.indentWidth() * _depth(block)
                form.setTextIndent(-min(room, metrics.horizontalAdvance(own)))
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(form)
            if rtl:
                _turn_number(block)
        cursor.endEditBlock()

    def _drawing(self, wanted: Wanted) -> Drawing | None:
        form = wanted.form
        if not isinstance(form, FlowForm) or wanted.sheet >= len(self._flow.sections):
            return None
        laid = self._section(wanted.sheet, form)
        columns = round((form.measure + 2 * SIDE) * form.ratio)
        rows = max(1, round(laid.height * form.ratio))
        cut = bands(columns, rows)
        if wanted.band >= len(cut):
            return None
        top, bottom = cut[wanted.band]
        image = QImage(columns, bottom - top, QImage.Format.Format_RGB32)
        image.fill(QColor(palette(form.look).surface))
        painter = QPainter(image)
        painter.translate(0, -top)
        painter.scale(form.ratio, form.ratio)
        high = (bottom - top) / form.ratio
        area = QRectF(0, top / form.ratio, columns / form.ratio, high)
        laid.document.drawContents(painter, area)
        painter.end()
        return Drawing(wanted, image, top / rows, bottom / rows, float(laid.height))

    def _text(self, sheet: int) -> SheetText | None:
        if sheet >= len(self._flow.sections):
            return None
        form = self._form
        laid = self._section(sheet, form)
        pages = self._flow.sections[sheet].pages
        texts = [self._texts[page - 1] for page in pages if page <= len(self._texts)]
        drawn, links = _read(laid.document, self._flow.anchors)
        before = self._texts[pages.start - 2] if pages.start > 1 else ""
        after = self._texts[pages.stop - 1] if pages.stop <= len(self._texts) else ""
        ending, whole, beginning = carried_over(drawn, before, "\n".join(texts), after)
        shared = _shared_out(whole, pages.start, texts)
        if any(ending.boxes):
            shared = {pages.start - 1: ending, **shared}
        if any(beginning.boxes):
            shared[pages.stop] = beginning
        return SheetText(shared, links, float(laid.height), form.shape)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _own_number(block: QTextBlock) -> str:
    """Return the number that an item of a list bears as words, or nothing."""
    around: QTextList | None = block.textList()
    if around is None or around.format().style() != QTextListFormat.Style.ListStyleUndefined:
        return ""
    number, gap, _ = block.text()[: MAX_MARKER + 1].partition(GAP)
    return number + gap if gap else ""


def _depth(block: QTextBlock) -> int:
    return block.textList().format().indent()


def _turn_number(block: QTextBlock) -> None:
    """Have the dot of a number in a list stand on the side of the text, and clear of it.

    Qt puts what follows a number in front of it where a line runs from right to left, and then
    lays the two out from right to left once more.
    """
    around: QTextList | None = block.textList()
    if around is not None and around.item(0) == block:
        form = around.format()
        form.setNumberPrefix(_AFTER_NUMBER)
        form.setNumberSuffix("")
        around.setFormat(form)


def _fit_pictures(document: QTextDocument, measure: int) -> None:
    cursor = QTextCursor(document)
    kind = QTextDocument.ResourceType.ImageResource.value
    for block in _blocks(document):
        for piece in block:  # type: ignore[attr-defined]
            fragment = piece.fragment()
            if not fragment.charFormat().isImageFormat():
                continue
            form = fragment.charFormat().toImageFormat()
            image = document.resource(kind, QUrl(form.name()))
            if isinstance(image, QImage) and image.width() > measure:
                form.setWidth(measure)
                form.setHeight(measure * image.height() / image.width())
                cursor.setPosition(fragment.position())
                cursor.setPosition(
                    fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
                )
                cursor.setCharFormat(form)


def _read(
    document: QTextDocument, anchors: Mapping[str, tuple[int, int]]
) -> tuple[PlacedText, tuple[PageLink, ...]]:
    """Return the text of a document with the place of each character, and its links."""
    text: list[str] = []
    boxes: list[Box | None] = []
    links: list[PageLink] = []
    layout = document.documentLayout()
    for block in _blocks(document):
        corner = layout.blockBoundingRect(block).topLeft()
        placed = _line_boxes(block, corner.x(), corner.y())
        words = block.text()
        text += [words, "\n"]
        position = 0
        by_position: dict[int, Box | None] = {}
        for char in words:
            box = None if char.isspace() else placed.get(position)
            boxes.append(box)
            by_position[position] = box
            position += 2 if ord(char) > _BASIC else 1
        boxes.append(None)
        links += _links(block, by_position, anchors)
    return PlacedText("".join(text), tuple(boxes)), tuple(links)


def _line_boxes(block: QTextBlock, x: float, y: float) -> dict[int, Box]:
    """Return what each position of a block covers.

    A letter ends where the next one in its own direction begins; only where the direction
    changes is Qt asked for its far edge too.
    """
    found: dict[int, Box] = {}
    layout, text = block.layout(), block.text()
    turns = _turns(text)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        top, bottom = y + line.y(), y + line.y() + line.height()
        start, end = line.textStart(), line.textStart() + line.textLength()
        edges = [x + _edge(line, at, QTextLine.Edge.Leading) for at in range(start, end)]
        for at, one in enumerate(edges, start=start):
            if at + 1 < end and at not in turns:
                other = edges[at + 1 - start]
            else:
                other = x + _edge(line, at, QTextLine.Edge.Trailing)
            found[at] = Box(min(one, other), top, max(one, other), bottom)
    return found


def _turns(text: str) -> frozenset[int]:
    """Return the positions after which the direction of writing may change."""
    if text.isascii() or not any(unicodedata.bidirectional(char) in _FROM_RIGHT for char in text):
        return frozenset()
    found: set[int] = set()
    position, before = 0, ""
    for char in text:
        now = unicodedata.bidirectional(char)
        if before and now != before:
            found.update((position - 1, position - 2))
        before = now
        position += 2 if ord(char) > _BASIC else 1
    return frozenset(found)


def _edge(line: QTextLine, at: int, edge: QTextLine.Edge) -> float:
    found: object = line.cursorToX(at, edge)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _links(
    block: QTextBlock, boxes: Mapping[int, Box | None], anchors: Mapping[str, tuple[int, int]]
) -> Iterator[PageLink]:
    for piece in block:  # type: ignore[attr-defined]
        fragment = piece.fragment()
        goal = anchors.get(fragment.charFormat().anchorHref().removeprefix("#"))
        if goal is None:
            continue
        begin = fragment.position() - block.position()
        covered = [boxes.get(at) for at in range(begin, begin + fragment.length())]
        for box in joined([box for box in covered if box is not None]):
            yield PageLink(box, goal[0], offset=goal[1])


def _shared_out(whole: PlacedText, first: int, texts: Sequence[str]) -> dict[int, PlacedText]:
    pages: dict[int, PlacedText] = {}
    at = 0
    for number, text in enumerate(texts, start=first):
        pages[number] = PlacedText(text, whole.boxes[at : at + len(text)])
        at += len(text) + 1
    return pages
