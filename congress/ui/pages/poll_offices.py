"""The offices of an election in its form: one list of candidates each, on one ballot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.pages.poll_list import FIRST, ListCard
from congress.ui.theme.tokens import SPACE_4
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.layout import row
from congress.ui.widgets.picker import Search
from congress.voting.model import Contest
from congress.voting.rules.model import Rule


class Offices(QWidget):
    """Edits the contests of an election, one card each.

    One office alone goes by the title of the poll, and nothing but the way to a second one is
    shown of all this. An office that a later round has left of several keeps its name.

    Attributes:
        cards: In the order of the ballot paper.
        add: The button that adds an office.
    """

    changed = Signal()
    """Something was changed."""
    arranged = Signal()
    """Offices were added, moved or taken off, or another draft is shown."""

    def __init__(
        self,
        context: UiContext,
        search: Search,
        title: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        """Begin with one office without candidates.

        Args:
            context: The surroundings.
            search: Finds people on the list of the congress.
            title: Tells the title of the poll, which an office alone goes by.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context, self._search, self._title = context, search, title
        self._rule: Rule | None = None
        self.cards: list[ListCard] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(SPACE_4)
        self.add = Button(context, context.tr("chair.form.offices.add"), Kind.QUIET, "plus")
        self.add.clicked.connect(self._add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_4)
        outer.addLayout(self._box)
        self._make()
        outer.addLayout(row(self.add, None))
        self._arrange()

    @property
    def several(self) -> bool:
        """Whether there is more than one office."""
        return len(self.cards) > 1

    @property
    def named(self) -> bool:
        """Whether offices are named here, apart from the title of the poll."""
        return self.several or bool(self.cards[0].own_title)

    def clear(self) -> None:
        """Begin with one office without candidates."""
        self._hold(1)
        self.cards[0].clear()
        self._arrange()

    def fill(self, contests: Sequence[Contest]) -> None:
        """Show the contests of a draft."""
        self._hold(len(contests))
        for card, contest in zip(self.cards, contests, strict=True):
            card.fill(contest)
        self._arrange()

    def follow(self, rule: Rule) -> None:
        """Offer the ballot papers that ``rule`` knows."""
        self._rule = rule
        for card in self.cards:
            card.follow(rule)

    @property
    def contests(self) -> tuple[Contest, ...]:
        """The contests as they stand in the form."""
        if self.several:
            return tuple(card.contest(card.own_title) for card in self.cards)
        (card,) = self.cards
        return (card.contest(card.own_title or self._title()),)

    def _add(self) -> None:
        if not self.several and not self.cards[0].own_title:
            self.cards[0].name.value = self._title()
        taken = {card.id for card in self.cards}
        card = self._make()
        names = (FIRST, *(f"office-{number}" for number in range(2, len(self.cards) + 1)))
        card.id = next(name for name in names if name not in taken)
        self._arrange()
        card.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _make(self) -> ListCard:
        card = ListCard(self._context, self._search)
        if self._rule is not None:
            card.follow(self._rule)
        card.changed.connect(self.changed)
        card.moved.connect(lambda step: self._move(card, step))
        card.removed.connect(lambda: self._ask_to_remove(card))
        self.cards.append(card)
        self._box.addWidget(card)
        return card

    def _hold(self, number: int) -> None:
        """Have so many cards, whatever they show."""
        while len(self.cards) < number:
            self._make()
        while len(self.cards) > number:
            self._drop(self.cards[-1])

    def _drop(self, card: ListCard) -> None:
        self.cards.remove(card)
        self._box.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _move(self, card: ListCard, step: int) -> None:
        """Exchange an office with its neighbour, and let the keyboard go with it."""
        at = self.cards.index(card)
        other = self.cards[at + step]
        card.exchange(other)
        self._arrange()
        onward, back = (other.up, other.down) if step < 0 else (other.down, other.up)
        stays = onward if onward.isVisibleTo(other) else back
        stays.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def lead_to(self, *widgets: QWidget) -> None:
        """Let Tab go on from the last office to ``widgets``, for a new card comes after them."""
        at = _last_stop(self.cards[-1])
        for widget in (self.add, *widgets):
            for stop in (widget, *widget.findChildren(QWidget)):
                if _takes_tab(stop) and not stop.focusProxy():
                    QWidget.setTabOrder(at, stop)
                    at = stop

    def _ask_to_remove(self, card: ListCard) -> None:
        tr, listed = self._context.tr, len(card.candidates.candidates)
        if listed and not ConfirmDialog.ask(
            self._context,
            tr("chair.form.office.remove.title", office=card.told),
            tr("chair.form.office.remove.text", count=listed),
            tr("chair.form.office.remove.verb"),
            parent=self,
        ):
            return
        self._drop(card)
        self._arrange()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _arrange(self) -> None:
        """Say on each card which office of how many it is."""
        if not self.several and self.cards[0].own_title == self._title():
            self.cards[0].name.value = ""
        for place, card in enumerate(self.cards, start=1):
            card.stand(place, len(self.cards), named=self.named)
        self.arranged.emit()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _last_stop(card: QWidget) -> QWidget:
    """Return what Tab reaches last on a card."""
    last = at = card
    while (following := at.nextInFocusChain()) is not None and card.isAncestorOf(following):
        at = following
        last = at if _takes_tab(at) else last
    return last
