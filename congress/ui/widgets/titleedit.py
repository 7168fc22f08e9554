"""A title that is edited where it stands."""

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit

from congress.ui.context import UiContext
from congress.ui.theme.tokens import TARGET, Type

_EDGES = 16
"""Pixels above and below the words, border included, together (see ``theme.style``)."""


class TitleEdit(QTextEdit):
    """A heading of one or more lines that can be typed over.

    Enter, and leaving it, settle what was typed; Escape takes it back.
    """

    settled = Signal(str)
    """Another title was typed; never empty."""

    def __init__(self, context: UiContext, title: str, *, name: str) -> None:
        """Show ``title``; ``name`` tells screen readers what it is."""
        super().__init__()
        self._saved, self._least = title, context.theme.px(TARGET)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        font = context.theme.font(Type.HEADING)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setAccessibleName(name)
        layout = self.document().documentLayout()
        if layout is not None:
            layout.documentSizeChanged.connect(self._fit)
        self.setPlainText(title)

    @property
    def title(self) -> str:
        """What is typed, on one line."""
        return " ".join(self.toPlainText().split())

    def show_title(self, title: str) -> None:
        """Show another title, without a signal."""
        self._saved = title
        if title != self.title:
            self.setPlainText(title)

    def settle(self) -> None:
        """Tell what was typed, or take it back if nothing is left of it."""
        if not self.title:
            self.setPlainText(self._saved)
        elif self.title != self._saved:
            self._saved = self.title
            self.settled.emit(self.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with Enter, take back with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
        elif event.key() == Qt.Key.Key_Escape and self.title != self._saved:
            self.setPlainText(self._saved)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Settle, except while a menu or another window is in front."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.settle()

    def _fit(self, size: QSizeF) -> None:
        self.setFixedHeight(max(self._least, round(size.height()) + _EDGES))
