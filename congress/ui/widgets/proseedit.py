"""An editor for plain paragraphs, begun at the side from which they are read."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from congress.i18n.direction import from_right
from congress.ui.context import UiContext
from congress.ui.widgets.fingers import Fingers


class ProseEdit(QPlainTextEdit):
    """Edits plain paragraphs in any script. Tab leaves it.

    Qt reads each paragraph in its own direction and sets all of them at the left; here they stand
    at the side where the text begins, and an empty editor waits at that of the language.
    """

    def __init__(self, context: UiContext, height: int, parent: QWidget | None = None) -> None:
        """Ask for ``height`` pixels at text scale 1; the style sheet decides the least height."""
        super().__init__(parent)
        self._height, self._rtl = context.theme.px(height), context.theme.rtl
        self.setTabChangesFocus(True)
        Fingers(self)
        self._follow()
        self.textChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """Return the size that was asked for."""
        return QSize(super().sizeHint().width(), self._height)

    def _follow(self) -> None:
        """Stand at the side where the text begins."""
        text = self.toPlainText()
        right = from_right(text) if text.strip() else self._rtl
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        if option.alignment() != side | Qt.AlignmentFlag.AlignAbsolute:
            option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
            self.document().setDefaultTextOption(option)
