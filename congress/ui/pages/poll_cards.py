"""The cards of a secret poll: issued, drawn, used, spoiled, unused, and whether it adds up."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, PollView
from congress.ui.theme.tokens import SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.dialog import ConfirmDialog, Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import Stat
from congress.ui.widgets.layout import row
from congress.ui.widgets.picker import PersonPicker
from congress.ui.widgets.text import Text
from congress.voting.model import State
from congress.voting.outcome import Reconciliation

_NUMBERS = ("issued", "drawn", "cast", "spoiled", "unused")


class CardsCard(Card):
    """Shows the account of the cards, and lets the committee hand out and void them."""

    def __init__(
        self,
        context: UiContext,
        controller: ChairController,
        view: PollView,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the cards of ``view``."""
        super().__init__(context, context.tr("chair.cards"), parent=parent)
        self._context, self._controller, self._view = context, controller, view
        tr = context.tr
        self.stats = {
            name: Stat(context, "", tr(f"chair.cards.{name}"), role=Type.TITLE) for name in _NUMBERS
        }
        self.column.addLayout(row(*self.stats.values(), None, space=SPACE_5))
        self.balance = Banner(context, "", Tone.GOOD)
        self.column.addWidget(self.balance)
        state = view.poll.state
        if state in (State.KEYED, State.OPEN, State.SUSPENDED):
            self._offer(state)
        self.show_figures(view.figures)

    def _offer(self, state: State) -> None:
        context, tr, poll_id = self._context, self._context.tr, self._view.poll.id
        everyone = Button(context, tr("chair.cards.all_drawn"), Kind.SECONDARY, "users-three")
        everyone.clicked.connect(lambda: self._controller.draw_present(poll_id))
        void = Button(context, tr("chair.cards.void"), Kind.SECONDARY, "prohibit")
        void.clicked.connect(self._ask_to_void)
        buttons = row(everyone, void)
        if state is State.KEYED:
            again = Button(context, tr("chair.cards.void_all"), Kind.QUIET)
            again.clicked.connect(self._void_all)
            buttons.addWidget(again)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(Text(context, tr("chair.cards.draw"), Type.LABEL, "muted"))
        self.picker = PersonPicker(context, self._controller.people.search)
        self.picker.picked.connect(self._drawn)
        self.column.addWidget(self.picker)

    def _drawn(self, person: Person) -> None:
        self._controller.draw(self._view.poll.id, person.id)

    def _ask_to_void(self) -> None:
        VoidDialog(self._context, self._void, self).open()

    def _void(self, text: str) -> None:
        self._controller.void_card(self._view.poll.id, text)

    def _void_all(self) -> None:
        tr = self._context.tr
        if ConfirmDialog.ask(
            self._context,
            tr("chair.cards.void_all.title"),
            tr("chair.cards.void_all.text"),
            tr("chair.cards.void_all"),
            parent=self,
        ):
            self._controller.void_unused(self._view.poll.id)

    def show_figures(self, figures: Reconciliation) -> None:
        """Show the numbers as they are now."""
        tr = self._context.tr
        for name, stat in self.stats.items():
            stat.set(tr.number(getattr(figures, name)))
        sum_text = tr(
            "chair.cards.sum",
            issued=figures.issued,
            cast=figures.cast,
            spoiled=figures.spoiled,
            unused=figures.unused,
        )
        if figures.balanced:
            self.balance.set(sum_text, Tone.GOOD, title=tr("chair.cards.balanced"))
        elif figures.cast > figures.drawn:
            self.balance.set(
                tr("chair.cards.undrawn", cast=figures.cast, drawn=figures.drawn),
                Tone.CAUTION,
                title=tr("chair.cards.unbalanced"),
            )
        else:
            self.balance.set(sum_text, Tone.DANGER, title=tr("chair.cards.unbalanced"))


class VoidDialog(Dialog):
    """Asks for the code of a spoiled card."""

    def __init__(
        self, context: UiContext, void: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """Call ``void`` with the code once it is given."""
        tr = context.tr
        super().__init__(context, tr("chair.cards.void"), parent)
        self._void = void
        self.column.addWidget(Text(context, tr("chair.cards.void.why"), Type.BODY, "muted"))
        self.code = Field(context, tr("panel.code"))
        self.column.addWidget(self.code)
        self.no = self.add_button(tr("dialog.cancel"))
        self.yes = self.add_button(tr("chair.cards.void"), Kind.DANGER)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._give)
        self.code.submitted.connect(self._give)
        self.code.setFocus()

    def _give(self) -> None:
        if self.code.value.strip():
            self._void(self.code.value)
            self.accept()
