"""The rail at the start side: the role's sections as icons with words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.page import PageFactory
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Type
from congress.ui.widgets.layout import row
from congress.ui.widgets.mark import Mark
from congress.ui.widgets.text import restyle

RAIL_WIDTH, RAIL_NARROW = 208, 68
SECTION_ICON = 22
SHORTCUTS = 9


class _Item(QPushButton):
    """One section of the rail."""

    def __init__(self, context: UiContext, page: PageFactory, number: int) -> None:
        super().__init__()
        self._context, self._page = context, page
        self._words = context.tr(page.title_key)
        self.setObjectName("railItem")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFont(context.theme.font(Type.CONTROL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._words)
        side = context.theme.px(SECTION_ICON)
        self.setIconSize(QSize(side + SPACE_2, side))
        key = context.tr("shell.alt_key", key=context.tr.number(number))
        self._tip = f"{self._words} ({key})" if number <= SHORTCUTS else self._words
        self.toggled.connect(self._draw)
        self._draw(False)
        self.set_narrow(False)

    def _draw(self, lit: bool) -> None:
        name = f"{self._page.icon}-fill" if lit else self._page.icon
        self.setIcon(self._context.theme.icon(name, "accent" if lit else "muted"))

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, with the words as a tip."""
        self.setProperty("narrow", narrow)
        restyle(self)
        room = self._context.theme.px(RAIL_WIDTH - SECTION_ICON) - 2 * SPACE_5 - SPACE_3
        words = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText("" if narrow else words.replace("&", "&&"))
        self.setToolTip(self._tip)


class Rail(QFrame):
    """The sections of one role, in order. Tab moves along them; Alt and a digit jumps."""

    chosen = Signal(str)
    """Key of the page that was chosen."""

    def __init__(
        self, context: UiContext, pages: Sequence[PageFactory], parent: QWidget | None = None
    ) -> None:
        """Show ``pages``."""
        super().__init__(parent)
        self.setObjectName("rail")
        self._context = context
        self._items: dict[str, _Item] = {}
        self._group = QButtonGroup(self)
        self._mark = Mark(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_4, SPACE_3, SPACE_4)
        box.setSpacing(SPACE_1)
        box.addLayout(row(self._mark, margin=SPACE_1))
        box.addSpacing(SPACE_3)
        for number, page in enumerate(pages, start=1):
            item = _Item(context, page, number)
            item.clicked.connect(lambda _=False, key=page.key: self.chosen.emit(key))
            self._group.addButton(item)
            self._items[page.key] = item
            box.addWidget(item)
        box.addStretch(1)
        self.setAccessibleName(context.tr("shell.sections"))
        self.set_narrow(False)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the pages, from the top down."""
        return tuple(self._items)

    @property
    def lit(self) -> str:
        """Key of the section that is lit, or empty."""
        return next((key for key, item in self._items.items() if item.isChecked()), "")

    def light(self, section: str) -> None:
        """Light ``section``, or none if it does not stand in the rail."""
        self._group.setExclusive(False)
        for key, item in self._items.items():
            item.setChecked(key == section)
        self._group.setExclusive(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone where the window is small."""
        if self.property("narrow") == narrow:
            return
        self.setProperty("narrow", narrow)
        self.setFixedWidth(self._context.theme.px(RAIL_NARROW if narrow else RAIL_WIDTH))
        self._mark.set_narrow(narrow)
        for item in self._items.values():
            item.set_narrow(narrow)
