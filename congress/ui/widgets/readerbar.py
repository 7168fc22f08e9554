"""The bar over a paper that is being read: where one is, how large, how it is shown."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu

from congress.docs.places import Arrangement, Fit, Look
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.text import Text

PAGES, TEXT = "pages", "text"
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_TITLE = 140
"""Pixels that the title keeps before buttons move into the menu."""
LOOK_ICONS = {Look.PAPER: "sun", Look.SEPIA: "coffee", Look.NIGHT: "moon"}


class ReaderBar(QFrame):
    """Buttons and fields of the reader. Does nothing by itself: it only tells.

    Attributes:
        view: The switch between pages and text.
        side_button: Opens and closes the side panel.
    """

    back_asked = Signal()
    """Back to the library."""
    went_back = Signal()
    """Back to the place before."""
    went_forward = Signal()
    """Forward again."""
    page_asked = Signal(str)
    """Go to the page of this number or label."""
    zoom_asked = Signal(object)
    """A zoom, a ``Fit``, or ``"in"`` or ``"out"``."""
    look_asked = Signal(object)
    """A ``Look``."""
    arrangement_asked = Signal(object)
    """An ``Arrangement``."""
    turn_asked = Signal(int)
    """Turn the pages by quarters, clockwise."""

    def __init__(self, context: UiContext) -> None:
        """Lay out the bar."""
        super().__init__()
        self._context, tr = context, context.tr
        self.setObjectName("topbar")
        self._actions: list[tuple[QAction, Button]] = []
        self._in_more: list[QAction] = []
        self._icons: dict[str, str] = {}
        self.back_button = self._icon("arrow-left", tr("reader.back"), "")
        self.side_button = self._icon("columns", tr("reader.side"), "Ctrl+T")
        self.side_button.setCheckable(True)
        self.earlier = self._icon("caret-left", tr("reader.earlier"), "Alt+Left")
        self.later = self._icon("caret-right", tr("reader.later"), "Alt+Right")
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
        self.more = Button(
            context, kind=Kind.QUIET, icon="dots-three-vertical", name=tr("reader.more")
        )
        self._more_menu = QMenu(self)
        self._more_menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(self._more_menu)
        self._lay_out()
        self._connect()
        self._add_menus()

    def _icon(self, icon: str, name: str, keys: str) -> Button:
        named = f"{name} ({keys})" if keys else name
        return Button(self._context, kind=Kind.QUIET, icon=icon, name=named)

    def _zoom_menu(self) -> QMenu:
        tr, menu = self._context.tr, QMenu(self)
        choices: list[tuple[str, object]] = [
            (tr("reader.fit_comfort"), Fit.COMFORT),
            (tr("reader.fit_width"), Fit.WIDTH),
            (tr("reader.fit_page"), Fit.PAGE),
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
        box.setSpacing(SPACE_1)
        for widget in (self.back_button, self.side_button, self.earlier, self.later):
            box.addWidget(widget)
        box.addSpacing(SPACE_1)
        box.addWidget(self.title, 1)
        box.addWidget(self.page)
        box.addWidget(self.of)
        box.addSpacing(SPACE_2)
        for button in (self.smaller, self.zoom, self.larger):
            box.addWidget(button)
        box.addSpacing(SPACE_1)
        box.addWidget(self.view)
        self._actions_box = QHBoxLayout()
        self._actions_box.setSpacing(SPACE_1 // 2)
        box.addLayout(self._actions_box)
        box.addWidget(self.more)
        self.more.hide()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.earlier.clicked.connect(self.went_back)
        self.later.clicked.connect(self.went_forward)
        self.page.returnPressed.connect(lambda: self.page_asked.emit(self.page.text()))
        self.smaller.clicked.connect(lambda: self.zoom_asked.emit("out"))
        self.larger.clicked.connect(lambda: self.zoom_asked.emit("in"))

    def _add_menus(self) -> None:
        tr = self._context.tr
        self._looks = self._choices(
            [(look, tr(f"reader.look.{look}")) for look in Look], self.look_asked
        )
        self.look = self.add_menu("look", tr("reader.look"), "sun", self._looks)
        arrangements = [(each, tr(f"reader.lie.{each}")) for each in Arrangement]
        self._arrangements = self._choices(arrangements, self.arrangement_asked)
        self._arrangements.addSeparator()
        for quarters, name in ((1, "reader.turn_right"), (3, "reader.turn_left")):
            turn = QAction(tr(name), self._arrangements)
            turn.triggered.connect(lambda _=False, by=quarters: self.turn_asked.emit(by))
            self._arrangements.addAction(turn)
        self.lie = self.add_menu("lie", tr("reader.lie"), "book-open", self._arrangements)

    def _choices(self, values: Sequence[tuple[object, str]], chosen: SignalInstance) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value, words in values:
            action = QAction(words, group, checkable=True)
            action.setData(value)
            action.triggered.connect(lambda _=False, value=value: chosen.emit(value))
            menu.addAction(action)
        return menu

    # What others add

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
        action.setCheckable(checkable)
        action.triggered.connect(lambda: run())
        if keys:
            action.setShortcut(keys)
            self.addAction(action)
        button = self._add(key, action, icon)
        button.setCheckable(checkable)
        button.clicked.connect(action.trigger)
        return action

    def add_menu(self, key: str, label: str, icon: str, menu: QMenu) -> QAction:
        """Add a button that opens ``menu``, and that moves into "More" like the others."""
        action = QAction(self._context.theme.icon(icon), label, self)
        action.setMenu(menu)
        self._add(key, action, icon).setMenu(menu)
        return action

    def _add(self, key: str, action: QAction, icon: str) -> Button:
        action.setObjectName(key)
        self._icons[key] = icon
        button = Button(self._context, kind=Kind.QUIET, icon=icon, name=action.text())
        self._actions.append((action, button))
        self._actions_box.addWidget(button)
        action.changed.connect(self._share_out)
        self._share_out()
        return button

    def button(self, action: QAction) -> Button:
        """Return the button of an action."""
        return next(button for each, button in self._actions if each is action)

    def shortcuts(self) -> list[tuple[str, str]]:
        """Return keys and words of the actions that have keys."""
        return [
            (action.shortcut().toString(), action.text())
            for action, _ in self._actions
            if not action.shortcut().isEmpty() and action.isVisible()
        ]

    def offered(self) -> list[tuple[QAction, str]]:
        """Return the actions that can be done now, and the names of their icons."""
        return [
            (action, self._icons[action.objectName()])
            for action, _ in self._actions
            if action.isVisible() and action.isEnabled() and action.menu() is None
        ]

    def _share_out(self) -> None:
        """Show as many buttons as there is room for; the menu has the others."""
        offered = [(action, button) for action, button in self._actions if action.isVisible()]
        for action, button in self._actions:
            keys = action.shortcut().toString()
            button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
            button.setAccessibleName(action.text())
            button.setEnabled(action.isEnabled())
            button.setChecked(action.isChecked())
        self._show_only(0)
        # A layout inside another keeps its size in mind until it is told otherwise.
        self._actions_box.invalidate()
        self._box.invalidate()
        room = self.width() - self._box.minimumSize().width() - self._context.theme.px(_TITLE)
        step = self.more.sizeHint().width() + SPACE_1
        fits = len(offered) if len(offered) * step <= room else max(0, room // step - 1)
        for _, button in offered[:fits]:
            button.setVisible(True)
        self._in_more = [action for action, _ in offered[fits:]]
        self.more.setVisible(bool(self._in_more))

    def _show_only(self, count: int) -> None:
        for at, (_, button) in enumerate(self._actions):
            button.setVisible(at < count)
        self.more.setVisible(False)

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

    # What is shown

    def show_paper(self, title: str, pages: int, *, fixed: bool) -> None:
        """Name the paper; ``fixed`` tells whether it has pages to look at."""
        self.title.setText(title)
        self.of.setText(self._context.tr("reader.page_of", count=pages))
        self.view.setVisible(fixed)
        self.lie.setVisible(fixed)
        self._share_out()

    def show_view(self, view: str, *, fixed: bool) -> None:
        """Say whether pages or text are shown."""
        self.view.set_value(view)
        self.lie.setVisible(fixed and view == PAGES)

    def show_page(self, label: str) -> None:
        """Say which page is in front."""
        if not self.page.hasFocus():
            self.page.setText(label)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the paper is shown."""
        self.zoom.set_text(self._context.tr.percent(round(zoom * 100), 100, 0))

    def show_look(self, look: Look) -> None:
        """Say in which colours the paper is shown."""
        self._check(self._looks, look)
        self.button(self.look).set_icon(LOOK_ICONS[look])

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """Say how the pages lie."""
        self._check(self._arrangements, arrangement)

    def _check(self, menu: QMenu, value: object) -> None:
        for action in menu.actions():
            if action.isCheckable():
                action.setChecked(action.data() == value)

    def show_ways(self, back: bool, forward: bool) -> None:
        """Say whether there is a place before, and one to go forward to."""
        self.earlier.setEnabled(back)
        self.later.setEnabled(forward)
