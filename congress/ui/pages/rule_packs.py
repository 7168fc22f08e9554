"""The rule packs: what each rule says, its worked examples, and the way to add one."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.rulepacks import RulePacksController, ToldPack
from congress.ui.page import Command, ScrollPage
from congress.ui.pages.chair import RULES_PAGE
from congress.ui.pages.rule_pack_view import RulePackView
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import SPACE_4, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Select
from congress.ui.widgets.layout import clear, row
from congress.voting.rules import packs
from congress.voting.rules.model import Pack

EXAMPLE_FILE = "rules.toml"


class RulePacksPage(ScrollPage):
    """Shows one pack after the other, and tries and adds those of the congress's own.

    Attributes:
        choice: Which pack is shown.
        trouble: Why a file was not taken.
        trial: The pack that was read from a file and may be added.
    """

    key: ClassVar[str] = RULES_PAGE
    title_key: ClassVar[str] = "rulepacks.title"
    icon: ClassVar[str] = "scales"

    def __init__(
        self, context: UiContext, controller: RulePacksController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the packs come when it is shown."""
        super().__init__(context, context.tr("rulepacks.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self._packs: Sequence[Pack] = ()
        self._wanted = ""
        self.example = Button(context, tr("rulepacks.example"), Kind.SECONDARY, "download-simple")
        self.example.clicked.connect(self._save_example)
        self.choose = Button(context, tr("rulepacks.add"), Kind.PRIMARY, "plus")
        self.choose.setVisible(controller.may_add)
        self.choose.clicked.connect(self._choose)
        for button in (self.example, self.choose):
            self.header.buttons.addWidget(button)
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self.column.addWidget(self.trouble)
        self._trial = QVBoxLayout()
        self.column.addLayout(self._trial)
        self.trial: Card | None = None
        self.choice = Select(context, name=tr("rulepacks.choose"))
        self.choice.setMinimumWidth(context.theme.px(320))
        self.choice.chosen.connect(lambda value: self.opened(str(value)))
        self.column.addLayout(row(self.choice, None))
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE_4)
        self.column.addLayout(self._body)
        self.column.addStretch(1)
        controller.listed.connect(self._list)
        controller.shown.connect(self._show)
        controller.tried.connect(self._offer)
        controller.added.connect(self._added)
        controller.refused.connect(self._refused)

    def opened(self, subject: str) -> None:
        """Show the pack with this identifier."""
        self._wanted = subject
        self._show_wanted()

    def shown(self) -> None:
        """Read the packs again."""
        self._controller.refresh()
        self.choice.setFocus()

    def commands(self) -> Sequence[Command]:
        """Offer adding a pack and saving the example."""
        tr = self.context.tr
        example = Command(tr("rulepacks.example"), "download-simple", self._save_example)
        if not self._controller.may_add:
            return (example,)
        return (Command(tr("rulepacks.add"), "plus", self._choose), example)

    def _list(self, found: Sequence[Pack]) -> None:
        self._packs = found
        lang = self.context.tr.lang
        self.choice.set_options([(pack.id, pack.names[lang]) for pack in found], self._wanted)
        self._wanted = str(self.choice.value)
        self._show_wanted()

    def _show_wanted(self) -> None:
        pack = next((pack for pack in self._packs if pack.id == self._wanted), None)
        if pack is not None:
            self._controller.show(pack)

    def _show(self, told: ToldPack) -> None:
        if told.pack.id != self._wanted:
            return
        clear(self._body)
        self._body.addWidget(RulePackView(self.context, told))

    def _choose(self) -> None:
        kinds = self.context.tr("rulepacks.kind") + " (*.toml)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.context.tr("rulepacks.add"), "", kinds)
        if chosen:
            self.try_file(Path(chosen))

    def try_file(self, path: Path) -> None:
        """Read a pack from a file, run its examples, and offer to add it."""
        self._clear_trial()
        self._controller.try_file(path)

    def _clear_trial(self) -> None:
        self.trouble.hide()
        clear(self._trial)
        self.trial = None

    def _offer(self, told: ToldPack) -> None:
        self._clear_trial()
        context, tr = self.context, self.context.tr
        card = Card(context, tr("rulepacks.trial", name=told.pack.names[tr.lang]))
        number = sum(len(examples) for _, examples in told.rules)
        holds = Banner(context, tr("rulepacks.trial.why"), Tone.GOOD)
        holds.set(tr("rulepacks.trial.why"), Tone.GOOD, title=tr("rulepacks.holds", count=number))
        card.column.addWidget(holds)
        card.column.addWidget(RulePackView(context, told))
        self.add = Button(context, tr("rulepacks.add_this"), Kind.PRIMARY)
        self.add.clicked.connect(lambda: self._controller.add(told.pack))
        leave = Button(context, tr("dialog.cancel"))
        leave.clicked.connect(self._clear_trial)
        card.column.addLayout(row(None, leave, self.add))
        self.trial = card
        self._trial.addWidget(card)

    def _added(self, pack: Pack) -> None:
        self._clear_trial()
        self._wanted = pack.id
        tr = self.context.tr
        text = tr("rulepacks.added", name=pack.names[tr.lang])
        self.context.toasts.show_toast(text, Tone.GOOD)
        self._controller.refresh()

    def _refused(self, error: CongressError) -> None:
        self._clear_trial()
        text = self.context.tr.error(error)
        self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.trouble.show()

    def _save_example(self) -> None:
        save_as(self, EXAMPLE_FILE, packs.custom().encode("utf-8"))
