"""Words with tracked changes, laid out and drawn: the same in lists, pages and in the hall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from congress.docs.changes.model import Run, RunKind
from congress.docs.text.pdf import reads_rtl
from congress.ui.theme.tokens import Palette

LINE_HEIGHT = {"en": 1.5, "vi": 1.55, "ur": 1.05}
"""Times the font's own line: Nastaliq's own is more than twice the size of its letters."""
_PARAGRAPH = 0.35
"""Room between two paragraphs of one text, in lines."""
_MARK = "¶"
_SHIPPED = str.maketrans({"\u2010": "-", "\u2011": "-"})
"""Hyphens that the shipped faces do not have; another face would spread the lines."""


class Shown(Enum):
    """Which of the words are shown."""

    ALL = "all"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words with one look.

    Attributes:
        text: The words.
        kind: What became of them.
        number: Whether they are a number that changed.
    """

    text: str
    kind: RunKind
    number: bool


def pieces(runs: Sequence[Run], shown: Shown = Shown.ALL) -> list[Piece]:
    """Return the words to show, the spaces between them where the shown version has them."""
    found: list[Piece] = []
    for at, run in enumerate(runs):
        if run.kind is RunKind.SAME:
            following = runs[at + 1].kind if at + 1 < len(runs) else RunKind.SAME
            old = shown is Shown.OLD or (shown is Shown.ALL and following is RunKind.DELETED)
            text = run.new if shown is not Shown.OLD else run.old
            if old:
                text = run.new.rstrip() + run.old[len(run.old.rstrip()) :]
            found.append(Piece(text, run.kind, False))
        elif run.kind is RunKind.DELETED and shown is not Shown.NEW:
            found.append(Piece(_marked(run.old), run.kind, run.number))
        elif run.kind is RunKind.INSERTED and shown is not Shown.OLD:
            found.append(Piece(_marked(run.new), run.kind, run.number))
    while found and found[-1].kind is RunKind.SAME and not found[-1].text.strip():
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip("\n"))
    return found


def plain(text: str, kind: RunKind = RunKind.SAME) -> list[Piece]:
    """Return words that all have one look."""
    return [Piece(text.rstrip("\n"), kind, False)]


def _marked(text: str) -> str:
    """Return changed words; a paragraph's end alone is shown by its mark."""
    return f"{_MARK}{text}" if text and not text.strip() and "\n" in text else text


class RunText:
    """Words laid out in a width. Made and drawn in the thread of the screen.

    Attributes:
        height: What they take, in pixels.
    """

    def __init__(
        self, shown: Sequence[Piece], font: QFont, lang: str, width: float, palette: Palette
    ) -> None:
        """Lay the words out.

        Args:
            shown: The words.
            font: Their face and size.
            lang: The language they are in.
            width: Room for a line, in pixels.
            palette: The colours.
        """
        self._lines: list[tuple[QTextLayout, float]] = []
        self._palette = palette
        self.height = 0.0
        stretch = LINE_HEIGHT[lang]
        for words in _paragraphs(shown):
            if self._lines:
                self.height += _PARAGRAPH * font.pixelSize()
            text = "".join(piece.text for piece in words).translate(_SHIPPED)
            rtl = reads_rtl(text) if text.strip() else lang == "ur"
            layout = self._layout(text, words, font, rtl=rtl)
            top = self.height
            self.height += _break(layout, max(1.0, width), stretch)
            self._lines.append((layout, top))

    def _layout(self, text: str, words: Iterable[Piece], font: QFont, *, rtl: bool) -> QTextLayout:
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, font)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        formats: list[QTextLayout.FormatRange] = []
        at = 0
        for piece in words:
            seen = len(piece.text.rstrip())
            if piece.kind is not RunKind.SAME and seen:
                each = QTextLayout.FormatRange()
                each.start, each.length = at, seen
                each.format = self._format(piece, font)
                formats.append(each)
            at += len(piece.text)
        layout.setFormats(formats)
        return layout

    def _format(self, piece: Piece, font: QFont) -> QTextCharFormat:
        made, inserted = QTextCharFormat(), piece.kind is RunKind.INSERTED
        palette = self._palette
        ink = QColor(palette.good if inserted else palette.danger)
        made.setForeground(ink)
        made.setBackground(QColor(palette.good_soft if inserted else palette.danger_soft))
        if inserted:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.setUnderlineColor(ink)
        else:
            made.setFontStrikeOut(True)
        if piece.number:
            made.setFontWeight(QFont.Weight.Bold)
        return made

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Draw the words with their top left corner at a point."""
        painter.setPen(QColor(self._palette.ink))
        for layout, top in self._lines:
            layout.draw(painter, QPointF(x, y + top))


def _paragraphs(shown: Sequence[Piece]) -> Iterable[list[Piece]]:
    words: list[Piece] = []
    for piece in shown:
        first, *rest = piece.text.split("\n")
        words.append(replace(piece, text=first))
        for line in rest:
            yield words
            words = [replace(piece, text=line)]
    yield words


def _break(layout: QTextLayout, width: float, stretch: float) -> float:
    """Break a paragraph into lines and return its height."""
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        room = line.height() * stretch
        line.setPosition(QPointF(0, height + (room - line.height()) / 2))
        height += room
    layout.endLayout()
    return height
