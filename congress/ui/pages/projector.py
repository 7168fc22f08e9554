"""The window for the hall that shows the page the presenter is at, as large as it can be."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.docs.presenting import Shown
from congress.ui.context import UiContext
from congress.ui.controllers.projector import ProjectorController
from congress.ui.hallwindow import hall_keys
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import SPACE_6, Type
from congress.ui.widgets.runtext import RunText, plain

_WIDTH, _HEIGHT = 1280, 720
_SIZES = (3.0, 2.6, 2.2, 1.9, 1.6, 1.4, 1.2, 1.0)
_STEP = 0.1


class PresentedPage(QWidget):
    """The page that is shown: whole, or as wide as the screen from where the presenter reads."""

    wide_changed = Signal(bool)
    """Whether the page fills the width of the screen."""

    def __init__(
        self, context: UiContext, controller: ProjectorController, parent: QWidget | None = None
    ) -> None:
        """Show what ``controller`` draws."""
        super().__init__(parent)
        self._context, self._controller = context, controller
        controller.setParent(self)
        self._shown: Shown | None = None
        self._image: QImage | None = None
        self._words = ""
        self._text: RunText | None = None
        self._wide = False
        self._slid = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        controller.drawn.connect(self._show_image)
        controller.worded.connect(self._show_words)
        controller.cleared.connect(self._clear)
        self._clear()

    @property
    def shown(self) -> Shown | None:
        """Which page is on the screen."""
        return self._shown

    @property
    def image(self) -> QImage | None:
        """The drawn page, if it is a fixed one."""
        return self._image

    @property
    def wide(self) -> bool:
        """Whether the page fills the width of the screen."""
        return self._wide

    def set_wide(self, wide: bool) -> None:
        """Fill the width of the screen with the page, or show it whole."""
        if wide is not self._wide:
            self._wide, self._slid = wide, 0.0
            self._ask()
            self.wide_changed.emit(wide)
            self.update()

    def slide(self, step: float) -> None:
        """Move the wide page up by a share of its height."""
        self._slid += step
        self.update()

    def _show_image(self, shown: Shown, image: QImage) -> None:
        self._took(shown)
        self._image, self._words, self._text = image, "", None
        if shown.zoom > 1:
            self.set_wide(True)
        self._tell()

    def _show_words(self, shown: Shown, words: str) -> None:
        self._took(shown)
        self._image, self._words, self._text = None, words, None
        self._tell()

    def _took(self, shown: Shown) -> None:
        if self._shown is None or self._shown.page != shown.page:
            self._slid = 0.0
        self._shown = shown

    def _clear(self) -> None:
        self._shown = self._image = self._text = None
        self._words = ""
        self.setAccessibleName(self._context.tr("presenter.nothing"))
        self.update()

    def _tell(self) -> None:
        if self._shown is not None:
            name = self._context.tr(
                "presenter.at", title=self._shown.paper.title, page=self._shown.page
            )
            self.setAccessibleName(name)
        self.update()

    def _ask(self) -> None:
        """Have pages drawn as wide as they are shown at most."""
        self._controller.set_width(round(self.width() * self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw pages anew in the size of the window."""
        super().resizeEvent(event)
        self._text = None
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, or that nothing is shown."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        theme = self._context.theme
        painter.fillRect(self.rect(), theme.colour("sunken" if self._image else "paper"))
        if self._image is not None:
            self._paint_image(painter, self._image)
        elif self._words:
            self._paint_words(painter)
        else:
            painter.setFont(theme.font(Type.TITLE))
            painter.setPen(theme.colour("muted"))
            words = self._context.tr("presenter.nothing")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        room = QRectF(self.rect())
        scale = room.width() / image.width()
        if not self._wide:
            scale = min(scale, room.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        top = (room.height() - height) / 2
        if height > room.height():
            offset = self._shown.offset if self._shown else 0.0
            top = -min(max(0.0, (offset + self._slid) * height), height - room.height())
        painter.drawImage(QRectF((room.width() - width) / 2, top, width, height), image)

    def _paint_words(self, painter: QPainter) -> None:
        if self._shown is None:
            return
        theme, lang = self._context.theme, self._shown.paper.language
        room = QRectF(self.rect()).adjusted(2 * SPACE_6, SPACE_6, -2 * SPACE_6, -SPACE_6)
        if self._text is None:
            for size in _SIZES:
                face = font(Type.READING, lang, theme.scale * size)
                self._text = RunText(plain(self._words), face, lang, room.width(), theme.palette)
                if self._text.height <= room.height():
                    break
        if self._text is None:
            return
        over = max(0.0, self._text.height - room.height())
        top = room.top() - min(max(0.0, (self._shown.offset + self._slid) * over), over)
        self._text.paint(painter, room.left(), top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the page whole or wide with W; move a wide one with the arrows."""
        key = event.key()
        if key == Qt.Key.Key_W:
            self.set_wide(not self._wide)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.slide(_STEP)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.slide(-_STEP)
        else:
            super().keyPressEvent(event)


class ProjectorWindow(QWidget):
    """A window of its own; F11 fills the screen, Escape leaves that or closes the window."""

    left = Signal()
    """The window was closed."""

    def __init__(
        self, context: UiContext, controller: ProjectorController, parent: QWidget | None = None
    ) -> None:
        """Show what ``controller`` draws."""
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(context.tr("presenter.window"))
        self._controller = controller
        self.page = PresentedPage(context, controller, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.page)
        hall_keys(self)
        self.resize(_WIDTH, _HEIGHT)
        self.page.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the paper, and say that the window is gone."""
        self._controller.close()
        super().closeEvent(event)
        self.left.emit()
