"""Editors for the details of papers: of one paper, or of all that come in together."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from congress.docs.model import PaperType
from congress.kernel.errors import BugError
from congress.kernel.roles import Clearance, Shelf
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.models.paper_choices import PaperChoices, shelf_means, type_options
from congress.ui.theme.tokens import SPACE_2, SPACE_4, Type
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dropdown import make_room, make_room_below, widen
from congress.ui.widgets.field import Field


class AgendaBox(QComboBox):
    """An item of the agenda: chosen from the programme, or typed."""

    settled = Signal(str)
    """Another item was chosen, or was typed and left."""

    def __init__(self, context: UiContext, items: Sequence[str], value: str = "") -> None:
        """Offer ``items``; ``value`` may be none of them, or empty."""
        super().__init__()
        self._theme, self._settled = context.theme, value
        self.setFont(context.theme.font(Type.BODY))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        make_room(self, context.theme)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.addItems(list(items))
        self.line.setPlaceholderText(context.tr("paper.field.agenda.example"))
        self.line.setAccessibleName(context.tr("paper.field.agenda"))
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        make_room_below(completer, context.theme)
        self.setCompleter(completer)
        self.show_item(value)
        self.activated.connect(self._settle)
        self.line.editingFinished.connect(self._settle)

    @property
    def line(self) -> QLineEdit:
        """Where an item is typed."""
        line = self.lineEdit()
        if line is None:
            raise BugError("an agenda box is editable")
        return line

    @property
    def item(self) -> str:
        """What is chosen or typed."""
        return self.currentText().strip()

    def show_item(self, value: str) -> None:
        """Show another item, without a signal."""
        self._settled = value
        self.setEditText(value)
        self.line.setCursorPosition(0)

    def offer(self, items: Sequence[str]) -> None:
        """Offer other items; what is typed stays."""
        typed, settled = self.currentText(), self._settled
        self.clear()
        self.addItems(list(items))
        self.setEditText(typed)
        self._settled = settled

    def _settle(self) -> None:
        if self.item != self._settled:
            self._settled = self.item
            self.settled.emit(self.item)

    def showPopup(self) -> None:
        """Open the list, as wide as its words."""
        widen(self)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead of changing the item unnoticed."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the mark that says it opens."""
        super().paintEvent(event)
        side = self._theme.px(16)
        mark = self._theme.pixmap("caret-down", 16, "muted", ratio=self.devicePixelRatioF())
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = SPACE_2 + 2 if rtl else self.width() - side - SPACE_2 - 2
        QPainter(self).drawPixmap(QPoint(x, (self.height() - side) // 2), mark)


class ShelfField(Field):
    """Who may read: the clearances and the groups, and in a line what the chosen one means."""

    chosen = Signal(object)
    """The ``Shelf`` that was chosen."""

    def __init__(
        self, context: UiContext, choices: PaperChoices, value: Shelf, label: str = ""
    ) -> None:
        """Offer the shelves of ``choices``; ``value`` is chosen at first."""
        self._select = Select(context, choices.shelf_options(context.tr), value)
        super().__init__(
            context,
            label or context.tr("paper.field.shelf"),
            self._select,
            help_text=shelf_means(context.tr, value),
        )
        self._select.chosen.connect(self._explain)
        self._select.chosen.connect(self.chosen)

    @property
    def shelf(self) -> Shelf:
        """The chosen shelf."""
        value = self._select.value
        return value if isinstance(value, Shelf) else Shelf(Clearance.SECRET)

    def offer(self, choices: PaperChoices) -> None:
        """Offer other shelves; the chosen one stays."""
        self._select.set_options(choices.shelf_options(self._context.tr), self.shelf)

    def show_shelf(self, shelf: Shelf) -> None:
        """Show another shelf, without a signal."""
        self._select.set_value(shelf)
        self._explain()

    def _explain(self) -> None:
        self.help.setText(shelf_means(self._context.tr, self.shelf))


def usual_shelf(shelves: Sequence[Shelf]) -> Shelf:
    """Return where papers go if nothing else is said: to the delegates, if they can."""
    delegates = Shelf(Clearance.DELEGATES)
    return delegates if delegates in shelves else shelves[0]


@dataclass(frozen=True)
class Defaults:
    """What holds for all files that come in together.

    Attributes:
        shelf: Who may read them.
        type: What kind of papers they are.
        agenda: The item of the agenda they belong to, or empty.
        language: Their language, or empty to tell it by the text of each.
    """

    shelf: Shelf
    type: PaperType = PaperType.OTHER
    agenda: str = ""
    language: str = ""


class BatchDetails(QWidget):
    """Asks for what holds for all files that come in together."""

    def __init__(self, context: UiContext, choices: PaperChoices) -> None:
        """Ask with the usual answers chosen: delegates, other, no item, told by the text."""
        super().__init__()
        tr = context.tr
        self.shelf = ShelfField(context, choices, usual_shelf(choices.shelves))
        self.type = Select(context, type_options(tr), PaperType.OTHER)
        self.agenda = AgendaBox(context, choices.agenda)
        languages = [("", tr("paper.field.language.told"))]
        languages += [(each, tr(f"language.{each}")) for each in LANGUAGES]
        self.language = Select(context, languages, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(self.shelf)
        box.addWidget(Field(context, tr("paper.field.type"), self.type))
        box.addWidget(Field(context, tr("paper.field.agenda"), self.agenda))
        box.addWidget(Field(context, tr("paper.field.language"), self.language))

    @property
    def defaults(self) -> Defaults:
        """What was answered."""
        return Defaults(
            shelf=self.shelf.shelf,
            type=PaperType(str(self.type.value)),
            agenda=self.agenda.item,
            language=str(self.language.value),
        )
