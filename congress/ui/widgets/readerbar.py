"""The bar over a paper that is being read: where one is, how large, how it is shown."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QIntValidator, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.findbar import FindBar
from congress.ui.widgets.text import Text

PAGES, TEXT = "pages", "text"
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class ReaderBar(QFrame):
    """Buttons and fields of the reader. Does nothing by itself: it only tells.

    Attributes:
        finder: The field to find words.
        view: The switch between pages and text.
        side_button: Opens and closes the side panel.
    """

    back_asked = Signal()
    """Back to the library."""
    page_asked = Signal(int)
    """Go to a page, from 1."""
    zoom_asked = Signal(object)
    """A zoom, or ``"width"``, ``"page"``, ``"in"`` or ``"out"``."""
    night_asked = Signal(bool)
    """Night, or day again."""

    def __init__(self, context: UiContext) -> None:
        """Lay out the bar."""
        super().__init__()
        self._context, tr = context, context.tr
        self.setObjectName("topbar")
        self._count, self._night = 0, False
        back = "arrow-left"
        self.back_button = self._icon(back, tr("reader.back"), "Alt+Left")
        self.side_button = self._icon("columns", tr("reader.side"), "Ctrl+T")
        self.side_button.setCheckable(True)
        self.title = Elided(context, "", Type.NAME)
        self.page = QLineEdit()
        self.page.setFont(context.theme.font(Type.LABEL, figures=True))
        self.page.setFixedWidth(context.theme.px(64))
        self.page.setAccessibleName(tr("reader.page"))
        self.page.setToolTip(f"{tr('reader.page')} (Ctrl+G)")
        self.of = Text(context, "", Type.LABEL, "muted", wrap=False, figures=True)
        self.smaller = self._icon("minus", tr("reader.zoom_out"), "Ctrl+-")
        self.larger = self._icon("plus", tr("reader.zoom_in"), "Ctrl++")
        self.zoom = Button(context, "100%", Kind.QUIET, name=tr("reader.zoom"))
        self.zoom.setMenu(self._zoom_menu())
        self.view = SegmentedControl(
            context,
            [(PAGES, tr("reader.view.pages")), (TEXT, tr("reader.view.text"))],
            name=tr("reader.view"),
        )
        self.night_button = self._icon("moon", tr("reader.night"), "Ctrl+I")
        self.finder = FindBar(context)
        self._actions: list[tuple[QAction, Button]] = []
        self._in_more: list[QAction] = []
        self.more = Button(
            context, kind=Kind.QUIET, icon="dots-three-vertical", name=tr("reader.more")
        )
        self._more_menu = QMenu(self)
        self._more_menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(self._more_menu)
        self._lay_out()
        self._connect()

    def _icon(self, icon: str, name: str, keys: str) -> Button:
        return Button(self._context, kind=Kind.QUIET, icon=icon, name=f"{name} ({keys})")

    def _zoom_menu(self) -> QMenu:
        tr, menu = self._context.tr, QMenu(self)
        choices: list[tuple[str, object]] = [
            (tr("reader.fit_width"), "width"),
            (tr("reader.fit_page"), "page"),
        ]
        choices += [(tr.percent(round(zoom * 100), 100, 0), zoom) for zoom in _ZOOMS]
        for words, value in choices:
            action = QAction(words, menu)
            action.triggered.connect(lambda _=False, value=value: self.zoom_asked.emit(value))
            menu.addAction(action)
        return menu

    def _lay_out(self) -> None:
        box = self._box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        box.setSpacing(SPACE_2)
        for widget in (self.back_button, self.side_button):
            box.addWidget(widget)
        box.addWidget(self.title, 1)
        box.addWidget(self.page)
        box.addWidget(self.of)
        box.addSpacing(SPACE_2)
        zoom = QHBoxLayout()
        zoom.setSpacing(SPACE_1 // 2)
        for button in (self.smaller, self.zoom, self.larger):
            zoom.addWidget(button)
        box.addLayout(zoom)
        box.addWidget(self.view)
        box.addWidget(self.night_button)
        self._actions_box = QHBoxLayout()
        self._actions_box.setSpacing(SPACE_1)
        box.addLayout(self._actions_box)
        box.addWidget(self.finder)
        box.addWidget(self.more)
        self.more.hide()

    def add_action(
        self,
        key: str,
        label: str,
        icon: str,
        run: Callable[[], object],
        *,
        keys: str = "",
        checkable: bool = False,
    ) -> QAction:
        """Add a button, which moves into the menu "More" where there is no room for it.

        Args:
            key: Names the action (its ``objectName``).
            label: A verb, shown as a tip, in the menu and to screen readers.
            icon: Phosphor name.
            run: What it does.
            keys: Its shortcut, also shown in the sheet of keys; or empty.
            checkable: Whether it is on or off: see ``QAction.setChecked``.

        Returns:
            The action; disabling, checking, hiding or renaming it shows on its button.
        """
        action = QAction(self._context.theme.icon(icon), label, self)
        action.setObjectName(key)
        action.setCheckable(checkable)
        action.triggered.connect(lambda: run())
        if keys:
            action.setShortcut(keys)
            self.addAction(action)
        button = Button(self._context, kind=Kind.QUIET, icon=icon, name=label)
        button.setCheckable(checkable)
        button.clicked.connect(action.trigger)
        self._actions.append((action, button))
        self._actions_box.addWidget(button)
        action.changed.connect(self._share_out)
        self._share_out()
        return action

    def _share_out(self) -> None:
        """Show as many buttons as there is room for; the menu has the others."""
        offered = [(action, button) for action, button in self._actions if action.isVisible()]
        for action, button in self._actions:
            keys = action.shortcut().toString()
            button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
            button.setAccessibleName(action.text())
            button.setEnabled(action.isEnabled())
            button.setChecked(action.isChecked())
            button.setVisible(False)
        self.more.setVisible(False)
        room = self.width() - self._box.minimumSize().width()
        step = self.more.sizeHint().width() + SPACE_1
        shown = len(offered) if len(offered) * step <= room else max(0, room // step - 1)
        for _, button in offered[:shown]:
            button.setVisible(True)
        self._in_more = [action for action, _ in offered[shown:]]
        self.more.setVisible(bool(self._in_more))

    def _fill_more(self) -> None:
        self._more_menu.clear()
        self._more_menu.addActions(self._in_more)

    def minimumSizeHint(self) -> QSize:
        """Let the bar become narrower than all its buttons together."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the buttons out anew."""
        super().resizeEvent(event)
        self._share_out()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.page.returnPressed.connect(self._page_typed)
        self.smaller.clicked.connect(lambda: self.zoom_asked.emit("out"))
        self.larger.clicked.connect(lambda: self.zoom_asked.emit("in"))
        self.night_button.clicked.connect(lambda: self.night_asked.emit(not self._night))

    def _page_typed(self) -> None:
        if self.page.hasAcceptableInput():
            self.page_asked.emit(int(self.page.text()))

    def show_paper(self, title: str, pages: int, *, fixed: bool) -> None:
        """Name the paper; ``fixed`` tells whether it has pages to look at."""
        self._count = pages
        self.title.setText(title)
        self.of.setText(self._context.tr("reader.page_of", count=pages))
        self.page.setValidator(QIntValidator(1, max(1, pages), self.page))
        self.view.setVisible(fixed)
        self.side_button.setVisible(fixed)

    def show_page(self, page: int) -> None:
        """Say which page is in front."""
        if not self.page.hasFocus():
            self.page.setText(str(page))

    def show_zoom(self, zoom: float) -> None:
        """Say how large the paper is shown."""
        self.zoom.set_text(self._context.tr.percent(round(zoom * 100), 100, 0))

    def show_night(self, night: bool) -> None:
        """Say whether it is night."""
        self._night = night
        tr = self._context.tr
        self.night_button.set_icon("sun" if night else "moon")
        name = f"{tr('reader.day' if night else 'reader.night')} (Ctrl+I)"
        self.night_button.setToolTip(name)
        self.night_button.setAccessibleName(name)
