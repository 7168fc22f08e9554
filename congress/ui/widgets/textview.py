"""The flowing text of a paper in a readable measure, for any width and any eyes."""

import shiboken6
from PySide6.QtCore import QByteArray, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QScroller, QTextBrowser, QTextEdit, QWidget

from congress.docs.search import Query, matches
from congress.docs.text.pdf import reads_rtl
from congress.ui.context import UiContext
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import DARK, LIGHT, SPACE_5, Palette, Type
from congress.ui.widgets.watermark import Watermark

MEASURE = 720
"""The widest a line of text grows, in pixels at zoom 1."""
SMALLEST, LARGEST = 0.6, 3.0
STEP = 1.15
_ABOVE = 16
"""Pixels between the top of the view and the beginning of a page gone to."""
LINE_HEIGHT = {"en": 150.0, "vi": 155.0, "ur": 105.0}
"""Percent of the font's own line: Nastaliq's own is more than twice the size of its letters."""


class TextView(QTextBrowser):
    """Shows sanitised HTML. Loads nothing from anywhere: pictures stand in the text itself."""

    page_changed = Signal(int)
    """The page (from 1) at the top of the view is another one."""
    selection_changed = Signal(object)
    """What is selected (``Selected``), or ``None``."""
    mark_activated = Signal(str, str)
    """The owner and the key of a mark that was tapped or clicked."""

    def __init__(self, context: UiContext, mark: Watermark, parent: QWidget | None = None) -> None:
        """Begin empty; ``mark`` is written over the text."""
        super().__init__(parent)
        self._context, self._mark = context, mark
        self._lang = context.tr.lang
        self._html = ""
        self._zoom = 1.0
        self._night = False
        self._pages: list[tuple[int, int]] = []
        self._page = 0
        self._hits: list[tuple[int, int]] = []
        self.setObjectName("readingText")
        self.setFrameShape(self.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(context.tr("reader.text"))
        self.anchorClicked.connect(lambda url: self.scrollToAnchor(url.fragment()))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load pictures that stand in the text, and nothing else."""
        url = QUrl(name) if isinstance(name, str) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "data":
            _, _, data = url.toString().partition("base64,")
            return QByteArray.fromBase64(data.encode())
        return QByteArray()

    def show_text(self, html: str, lang: str) -> None:
        """Show ``html``, written in ``lang``, from its beginning."""
        self._html, self._lang = html, lang
        self._build()
        self.verticalScrollBar().setValue(0)
        self._page = 1
        self.page_changed.emit(1)

    @property
    def page(self) -> int:
        """The page, from 1, at the top of the view; 0 while there is none."""
        return self._page

    @property
    def zoom(self) -> float:
        """How many times larger than usual the letters are."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Make the letters larger or smaller; the place in the text is kept."""
        zoom = min(max(SMALLEST, zoom), LARGEST)
        if zoom != self._zoom:
            self._zoom = zoom
            self._rebuild()

    def zoom_in(self, range: int = 1) -> None:
        """Make the letters larger."""
        self.set_zoom(self._zoom * STEP**range)

    def zoom_out(self, range: int = 1) -> None:
        """Make the letters smaller."""
        self.set_zoom(self._zoom / STEP**range)

    def set_night(self, night: bool) -> None:
        """Show light letters on a dark ground, or dark ones on a light ground."""
        if night is not self._night:
            self._night = night
            self._rebuild()

    @property
    def colours(self) -> Palette:
        """The colours of the page."""
        return DARK if self._night else LIGHT

    def go_to(self, page: int) -> None:
        """Bring the beginning of a page (from 1) to the top."""
        before = [position for number, position in self._pages if number <= page]
        cursor = QTextCursor(self.document())
        cursor.setPosition(before[-1] if before else 0)
        bar = self.verticalScrollBar()
        top = bar.value() + self.cursorRect(cursor).top() - _ABOVE
        bar.setValue(top if page > 1 else 0)
        self._scrolled()

    def mark_hits(self, query: Query) -> int:
        """Mark everything that answers ``query`` and return how many places there are."""
        self._hits = list(matches(query, self.toPlainText()))
        self.show_hit(None)
        return len(self._hits)

    def show_hit(self, number: int | None) -> None:
        """Mark the hits, hit ``number`` (from 0) before the others, and bring it into view."""
        marked = [self._marked(span, at == number) for at, span in enumerate(self._hits)]
        self.setExtraSelections(marked)
        if number is not None:
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._hits[number][0])
            self.setTextCursor(cursor)
            area = self.cursorRect(cursor)
            if not 40 < area.top() < self.viewport().height() - 80:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + area.top() - self.viewport().height() // 3)

    def _marked(self, span: tuple[int, int], current: bool) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        form = QTextCharFormat()
        colour = QColor(self.colours.accent if current else self.colours.caution)
        colour.setAlpha(110 if current else 70)
        form.setBackground(colour)
        selection.format = form
        return selection

    def _rebuild(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._build()
        bar.setValue(round(share * bar.maximum()))

    def _build(self) -> None:
        # A document that is not shown yet is not laid out at each step.
        tokens, document, old = self.colours, QTextDocument(self), self.document()
        reading = font(Type.READING, self._lang, self._context.theme.scale * self._zoom)
        right_to_left = self._lang == "ur"
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        document.setDefaultFont(reading)
        document.setDefaultStyleSheet(
            f"body {{ color: {tokens.ink}; }} a {{ color: {tokens.accent}; }}"
            f"td, th {{ padding: 6px; border: 1px solid {tokens.line}; }}"
        )
        self.setStyleSheet(
            f"#readingText {{ background: {tokens.surface}; color: {tokens.ink};"
            " border: none; border-radius: 0; padding: 0; }"
        )
        document.setUndoRedoEnabled(False)
        document.setHtml(f"<body>{self._html}</body>")
        self._set_lines(document)
        self._note_pages(document)
        self._set_measure(document)
        self.setDocument(document)
        if shiboken6.isValid(old):  # Qt has deleted its own first one by now
            old.deleteLater()

    def _set_lines(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        fixed = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        while block.isValid():
            form = QTextBlockFormat()
            form.setLineHeight(LINE_HEIGHT[self._lang], fixed)
            rtl = reads_rtl(block.text()) if block.text().strip() else self._lang == "ur"
            form.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
            )
            if block.text().strip():
                form.setAlignment(Qt.AlignmentFlag.AlignLeading)
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()

    def _note_pages(self, document: QTextDocument) -> None:
        self._pages = []
        block = document.begin()
        while block.isValid():
            for piece in block:  # type: ignore[attr-defined]
                for name in piece.fragment().charFormat().anchorNames():
                    if name.startswith("page-"):
                        number = int(name.removeprefix("page-"))
                        self._pages.append((number, piece.fragment().position()))
            block = block.next()

    def _scrolled(self) -> None:
        top = self.cursorForPosition(QPoint(self.viewport().width() // 2, 2 * _ABOVE)).position()
        passed = [number for number, position in self._pages if position <= top]
        page = passed[-1] if passed else 1
        if page != self._page and self._html:
            self._page = page
            self.page_changed.emit(page)

    def _set_measure(self, document: QTextDocument) -> None:
        measure = self._context.theme.px(MEASURE * self._zoom**0.5)
        room = max(SPACE_5, (self.width() - measure) // 2)
        frame = document.rootFrame()
        form = frame.frameFormat()
        form.setLeftMargin(room)
        form.setRightMargin(room)
        form.setTopMargin(SPACE_5 * 2)
        form.setBottomMargin(SPACE_5 * 4)
        frame.setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure in the middle."""
        super().resizeEvent(event)
        self._set_measure(self.document())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, make the letters larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the reader's name over it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        ink = QColor(Qt.GlobalColor.white if self._night else Qt.GlobalColor.black)
        # In the coordinates of the text: Qt moves what is drawn already when it scrolls.
        start = event.rect().topLeft() + QPoint(0, self.verticalScrollBar().value())
        self._mark.paint(painter, event.rect(), ink, self.devicePixelRatioF(), start)
        painter.end()
