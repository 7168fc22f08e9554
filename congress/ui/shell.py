"""The frame around the pages: rail, top bar, content, and the inspector at the end side."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from congress.kernel.clock import Clock
from congress.kernel.roles import Actor
from congress.ui.context import UiContext
from congress.ui.page import Command, Page, PageFactory
from congress.ui.palette import CommandPalette
from congress.ui.plan import Plan
from congress.ui.theme.tokens import SPACE_2, SPACE_4
from congress.ui.widgets.banner import Toaster
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.layout import clear, hairline
from congress.ui.widgets.rail import SHORTCUTS, Rail
from congress.ui.widgets.topbar import TopBar

NARROW = 1100
"""Below this window width the rail shows icons alone."""
INSPECTOR_WIDTH = 360
BACK = ".."
"""``navigate(BACK)`` returns to the page before."""


class Inspector(QFrame):
    """Shows what is selected in the page, at the end side."""

    closed = Signal()
    """The person closed it."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty and hidden."""
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setFixedWidth(context.theme.px(INSPECTOR_WIDTH))
        self.setAccessibleName(context.tr("shell.inspector"))
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_4)
        box.setSpacing(SPACE_2)
        self.close_button = Button(
            context, kind=Kind.QUIET, icon="x", name=context.tr("dialog.close")
        )
        self.close_button.clicked.connect(self.closed)
        box.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTrailing)
        self._content = QVBoxLayout()
        box.addLayout(self._content, 1)
        self.hide()

    def show_widget(self, widget: QWidget | None) -> None:
        """Show ``widget``, which the inspector then owns; ``None`` hides it."""
        clear(self._content)
        if widget is not None:
            self._content.addWidget(widget)
        self.setVisible(widget is not None)


class Shell(QWidget):
    """All pages of one context. Another language or mode builds another shell."""

    moved = Signal(str)
    """Another page came to the front; carries its path."""
    leave_asked = Signal()
    """The person wants to sign out."""

    def __init__(
        self,
        context: UiContext,
        plan: Plan,
        clock: Clock,
        actor: Actor | None,
        parent: QWidget | None = None,
    ) -> None:
        """Build the frame; pages are built when they are first shown."""
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context, self._plan, self._actor = context, plan, actor
        self._pages: dict[str, Page] = {}
        self._trail: list[str] = []
        self._lay_out(clock)
        self._connect()
        self._shortcuts()

    def _lay_out(self, clock: Clock) -> None:
        context, plan = self._context, self._plan
        self.rail = Rail(context, plan.rail(self._actor.role if self._actor else None))
        self.topbar = TopBar(context, clock, self._actor)
        self.stack = QStackedWidget()
        self.inspector = Inspector(context)
        self._rail_line = hairline(Qt.Orientation.Vertical)
        self._inspector_line = hairline(Qt.Orientation.Vertical)
        self._inspector_line.hide()
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.stack, 1)
        across.addWidget(self._inspector_line)
        across.addWidget(self.inspector)
        content = QVBoxLayout()
        content.setSpacing(0)
        content.addWidget(self.topbar)
        content.addLayout(across, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.rail)
        outer.addWidget(self._rail_line)
        outer.addLayout(content, 1)
        self.toaster = Toaster(context, self)
        self.status = plan.status(context)
        self.status.setParent(self)
        self.palette_ = CommandPalette(context, self, self.commands, plan.finders(context))

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.topbar.find_asked.connect(self.palette_.open_)
        self.topbar.leave_asked.connect(self.leave_asked)
        self.inspector.closed.connect(lambda: self._inspect(None))
        self.inspector.installEventFilter(self)
        self.status.changed.connect(self.topbar.show_status)
        self.status.refresh()

    def _shortcuts(self) -> None:
        def bind(keys: str, action: Callable[[], object]) -> None:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(action)

        for number, key in enumerate(self.rail.keys[:SHORTCUTS], start=1):
            bind(f"Alt+{number}", partial(self.go, key))
        bind("Ctrl+K", self._find)
        bind("Alt+Left", self._back)

    def _back(self) -> None:
        if not (self._trail and self.current.step_back()):
            self.go(BACK)

    def _find(self) -> None:
        if self._actor is not None:
            self.palette_.open_()

    def commands(self) -> Sequence[Command]:
        """Return what Ctrl+K offers now: the page's own commands, then the pages."""
        tr = self._context.tr
        pages = [
            Command(tr(page.title_key), page.icon, partial(self.go, page.key), tr("palette.page"))
            for page in self._plan.rail(self._actor.role if self._actor else None)
        ]
        other = self._context.preferences.other_mode()
        look = Command(
            tr("shell.to_dark" if other.mode == "dark" else "shell.to_light"),
            "moon" if other.mode == "dark" else "sun",
            lambda: self._context.prefer(other),
        )
        leave = Command(tr("shell.sign_out"), "sign-out", self.leave_asked.emit)
        own = list(self.current.commands()) if self._trail else []
        return [*own, *pages, look, leave]

    @property
    def path(self) -> str:
        """Where the person is: the key of the page, and what it shows."""
        return self._trail[-1] if self._trail else ""

    @property
    def current(self) -> Page:
        """The page in front."""
        page = self.stack.currentWidget()
        if not isinstance(page, Page):
            raise LookupError("no page is in front yet")
        return page

    def page(self, key: str) -> Page:
        """Return the page called ``key``, built now if it was not shown yet."""
        if key not in self._pages:
            page = self._plan.factory(key).build(self._context)
            page.inspected.connect(lambda widget, page=page: self._inspected(page, widget))
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def go(self, path: str) -> None:
        """Bring a page to the front: ``"people"``, ``"reader/PAPER_ID"``, or ``BACK``."""
        if path == BACK:
            if len(self._trail) < 2:
                return
            self._trail.pop()
            path = self._trail.pop()
        key, _, subject = path.partition("/")
        factory = self._plan.factory(key)
        page = self.page(key)
        self._inspect(None)
        if not self._trail or self._trail[-1] != path:
            self._trail.append(path)
        self.stack.setCurrentWidget(page)
        self.rail.light(factory.section)
        self._frame(factory)
        if subject:
            page.opened(subject)
        page.shown()
        self.setWindowTitle(self._context.tr(factory.title_key))
        self.moved.emit(path)

    def _frame(self, factory: PageFactory) -> None:
        framed = factory.frame and self._actor is not None
        for part in (self.rail, self._rail_line, self.topbar):
            part.setVisible(framed)

    def _inspected(self, page: Page, widget: QWidget | None) -> None:
        if page is self.stack.currentWidget():
            self._inspect(widget)

    def _inspect(self, widget: QWidget | None) -> None:
        self.inspector.show_widget(widget)
        self._inspector_line.setVisible(widget is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the inspector with Escape, where the page had no use for the key."""
        if event.key() == Qt.Key.Key_Escape and self.inspector.isVisible():
            self._inspect(None)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the focus in the window when the inspector closes with the focus in it."""
        if watched is self.inspector and event.type() is QEvent.Type.Hide and self._trail:
            self.current.setFocus()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the rail in a small window."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < self._context.theme.px(NARROW))

    def closing(self) -> None:
        """Let every page let go of what it holds."""
        for page in self._pages.values():
            page.closing()
