"""A paragraph with tracked changes as a widget that is as tall as its words need."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from congress.docs.changes.model import Run, RunKind
from congress.ui.context import UiContext
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import Type
from congress.ui.widgets.runtext import RunText, Shown, pieces


class TrackedText(QWidget):
    """Shows what came and what went in a paragraph."""

    def __init__(
        self,
        context: UiContext,
        runs: Sequence[Run],
        lang: str,
        *,
        shown: Shown = Shown.ALL,
        size: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``runs``.

        Args:
            context: The surroundings.
            runs: The words.
            lang: The language they are in.
            shown: Which of them.
            size: Times the usual size.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context, self._lang, self._shown, self._size = context, lang, shown, size
        self._runs: Sequence[Run] = ()
        self._laid: RunText | None = None
        self._width = -1
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self._runs, self._laid = runs, None
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def set_size(self, size: float) -> None:
        """Show the words so many times larger than usual."""
        if size != self._size:
            self._size, self._laid = size, None
            self.updateGeometry()
            self.update()

    @property
    def words(self) -> str:
        """The words for screen readers: what is deleted and inserted is said."""
        tr = self._context.tr
        said = {RunKind.DELETED: "amendments.said.deleted", RunKind.INSERTED: "amendments.said.new"}
        return " ".join(
            tr(said[run.kind], text=run.shown.strip()) if run.kind in said else run.shown.strip()
            for run in self._runs
        )

    def _font(self) -> QFont:
        return font(Type.READING, self._lang, self._context.theme.scale * self._size)

    def _laid_out(self, width: int) -> RunText:
        if self._laid is None or width != self._width:
            shown = pieces(self._runs, self._shown)
            palette = self._context.theme.palette
            self._laid = RunText(shown, self._font(), self._lang, width, palette)
            self._width = width
        return self._laid

    def hasHeightForWidth(self) -> bool:
        """Tell the layout that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the words need in a width."""
        return round(self._laid_out(width).height) + 1

    def sizeHint(self) -> QSize:
        """Ask for the height at the width the widget has."""
        width = max(self.width(), 320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Take any width."""
        return QSize(160, self._font().pixelSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        self._laid_out(self.width()).paint(painter, 0, 0)
        painter.end()
