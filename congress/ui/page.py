"""What a page is: a widget with a key, a title and an icon, built for one context."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.roles import Role
from congress.ui.context import UiContext
from congress.ui.theme.tokens import (
    MEASURE,
    PAGE,
    SCROLL_BAR,
    SPACE_2,
    SPACE_4,
    SPACE_5,
    SPACE_6,
    Type,
)
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.text import Text


@dataclass(frozen=True)
class Command:
    """Something a person can do from anywhere through Ctrl+K.

    Attributes:
        title: The words to find it by.
        icon: Phosphor name.
        run: Does it.
        hint: Second line: where it leads, or a badge number.
    """

    title: str
    icon: str
    run: Callable[[], object]
    hint: str = ""


class Page(QWidget):
    """A page of the shell. A language or theme change builds a new one.

    Class attributes: ``key`` names it for ``navigate``; ``title_key`` is its title in the
    catalogues; ``icon`` its Phosphor name in the rail.
    """

    key: ClassVar[str]
    title_key: ClassVar[str]
    icon: ClassVar[str]

    inspected = Signal(object)
    """A widget to show at the end side of the window, or ``None`` to close that side."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Keep the context; subclasses lay themselves out."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context

    def shown(self) -> None:
        """Refresh what may have changed; called each time the page comes to the front."""

    def opened(self, subject: str) -> None:
        """Show one thing: the rest of ``navigate("key/subject")``. Called before ``shown``."""

    def closing(self) -> None:
        """Let go of cameras, timers and readers; called once, before the page goes away."""

    def step_back(self) -> bool:
        """Go back inside the page, as Alt+Left asks; return whether there was a way back."""
        return False

    def commands(self) -> Sequence[Command]:
        """Return what the page offers through Ctrl+K while it is in front."""
        return ()


def framed(holder: QWidget, context: UiContext, width: int = PAGE) -> QVBoxLayout:
    """Return a column in the middle of ``holder``, where every page begins at one line.

    Args:
        holder: The page, or what scrolls in it; without a layout yet.
        context: The surroundings.
        width: The widest the column grows, in pixels at text scale 1.
    """
    middle = QWidget()
    middle.setMaximumWidth(context.theme.px(width))
    across = QHBoxLayout(holder)
    across.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, SPACE_5)
    across.setSpacing(0)
    across.addStretch(1)
    across.addWidget(middle, 1000)
    across.addStretch(1)
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_4)
    return column


class PageHeader(QWidget):
    """The head of a page: title, a line below it, and buttons at the end side."""

    def __init__(self, context: UiContext, title: str, lead: str = "") -> None:
        """Show ``title`` and, unless empty, ``lead``."""
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, SPACE_2)
        box.setSpacing(SPACE_2)
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        self.title = Text(context, title, Type.TITLE)
        self.lead = Text(context, lead, Type.BODY, "muted")
        if not lead:
            self.lead.hide()
        row.addWidget(self.title, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_2)
        row.addLayout(self.buttons)
        row.setAlignment(self.buttons, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        box.addWidget(self.lead)

    def set_lead(self, text: str) -> None:
        """Show ``text`` below the title, or nothing if it is empty."""
        self.lead.setText(text)
        self.lead.setVisible(bool(text))


class ScrollPage(Page):
    """A page whose content is one column of readable measure that scrolls.

    Class attributes: ``measure`` is the widest the column grows; ``centred`` puts it in the
    middle of the window, for pages without the frame.

    Attributes:
        header: Title, lead and buttons.
        column: Where the content goes, from top to bottom.
    """

    measure: ClassVar[int] = MEASURE
    centred: ClassVar[bool] = False

    def __init__(self, context: UiContext, lead: str = "", parent: QWidget | None = None) -> None:
        """Lay out the header and an empty column."""
        super().__init__(context, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(area)
        Fingers(area)
        ground = QWidget()
        ground.setObjectName("clear")
        frame = framed(ground, context, self.measure if self.centred else PAGE)
        middle = QWidget()
        middle.setMaximumWidth(context.theme.px(self.measure))
        start = QHBoxLayout()
        start.setSpacing(0)
        start.addWidget(middle, 1000)
        start.addStretch(1)
        frame.addLayout(start)
        self.column = QVBoxLayout(middle)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_4)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.header = PageHeader(context, context.tr(self.title_key), lead)
        self.column.addWidget(self.header)
        area.setWidget(ground)
        self.scroll_area, self._ground = area, ground
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._balance, Qt.ConnectionType.QueuedConnection)

    def _balance(self, least: int, most: int) -> None:
        """Take the room of the scroll bar out of the margin, so that nothing moves."""
        layout = self._ground.layout()
        if layout is None:
            return
        narrow = SPACE_6 - (SCROLL_BAR if most > least else 0)
        if self.context.theme.rtl:
            layout.setContentsMargins(narrow, SPACE_5, SPACE_6, SPACE_5)
        else:
            layout.setContentsMargins(SPACE_6, SPACE_5, narrow, SPACE_5)

    def section(self, title: str, hint: str = "") -> None:
        """Begin a section of the column with a heading."""
        self.column.addSpacing(SPACE_4)
        self.column.addWidget(Text(self.context, title, Type.HEADING))
        if hint:
            self.column.addWidget(Text(self.context, hint, Type.LABEL, "muted"))


@dataclass(frozen=True)
class PageFactory:
    """How the shell comes by a page.

    Attributes:
        key: Names the page for ``navigate``.
        section: Key of the page whose rail entry is lit while this one is in front; the
            same as ``key`` for a page that stands in the rail itself.
        title_key: Its title in the catalogues.
        icon: Phosphor name.
        roles: Who sees it in the rail; empty means the page is reached in other ways only,
            or before anyone has signed in.
        build: Builds it for a context.
        needs_congress: Whether it can only be shown while a congress is open.
        frame: Whether rail and top bar stand around it (not for the welcome screen, the
            reader while reading, the voting panel and the hall windows).
    """

    key: str
    section: str
    title_key: str
    icon: str
    roles: frozenset[Role]
    build: Callable[[UiContext], Page]
    needs_congress: bool = True
    frame: bool = True

    @property
    def in_rail(self) -> bool:
        """Whether the page has an entry of its own in the rail."""
        return self.key == self.section
