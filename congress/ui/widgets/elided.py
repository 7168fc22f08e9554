"""A text on one line that ends in an ellipsis where there is no room for all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_5, Tone, Type
from congress.ui.widgets.text import Text


class Elided(Text):
    """Shows as much of a text as fits, and all of it as a tip and to screen readers."""

    def __init__(
        self,
        context: UiContext,
        text: str = "",
        role: Type = Type.LABEL,
        tone: Tone | str = Tone.NEUTRAL,
    ) -> None:
        """Show ``text``."""
        self._fitted = ""
        super().__init__(context, text, role, tone, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._fit()
        self.updateGeometry()

    @property
    def fitted(self) -> str:
        """What of the text is on show."""
        return self._fitted

    def minimumSizeHint(self) -> QSize:
        """Take a little width at least, so that the layout may squeeze it."""
        return QSize(SPACE_5, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the width of the whole text."""
        margins = self.contentsMargins()
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2
        width += margins.left() + margins.right()
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole = self.text()
        metrics = QFontMetrics(self.font())
        fitted = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        if fitted != self._fitted:
            self._fitted = fitted
            QLabel.setText(self, fitted)
        self.setToolTip(whole if fitted != whole else "")
