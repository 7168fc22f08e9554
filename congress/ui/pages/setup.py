"""The other three of the four steps: people, papers, rules. Each can be left for later."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from congress.assets import asset
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.controllers.setup import Prepared, SetupController
from congress.ui.page import ScrollPage
from congress.ui.pages.new_congress import STEPS
from congress.ui.pages.saving import save_as
from congress.ui.pages.setting_rows import pack_options, quorum_options
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import StepLine
from congress.ui.widgets.layout import boxed, row
from congress.ui.widgets.text import Text
from congress.voting.rules.packs import shipped

SamplePaper = Callable[[], tuple[str, bytes]]
"""Gives a sample paper: the name of its file and what it holds."""

_PEOPLE, _PAPERS, _RULES, _END = 1, 2, 3, 4
_ICONS = {_PEOPLE: "users-three", _PAPERS: "books", _RULES: "scales"}


class StepCard(Card):
    """One step: folded to its title and state, or open with what it asks for.

    Attributes:
        body: What it asks for, shown while it is open.
        buttons: Where its buttons go.
    """

    def __init__(self, context: UiContext, icon: str, title: str, lead: str) -> None:
        """Lay out the step, folded."""
        super().__init__(context)
        mark = QLabel()
        mark.setPixmap(context.theme.pixmap(icon, 24, "accent"))
        self.state = Chip(context, "")
        self.unfold = Button(context, context.tr("setup.open"), Kind.QUIET)
        head = row(mark, Text(context, title, Type.NAME), self.state, self.unfold, space=SPACE_3)
        head.setStretch(1, 1)
        self.column.addLayout(head)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(SPACE_4)
        self.inside.setContentsMargins(0, SPACE_3, 0, 0)
        self.inside.addWidget(Text(context, lead, Type.BODY, "muted"))
        self.body = boxed(self.inside)
        self.buttons = row()
        self.column.addWidget(self.body)
        self.setAccessibleName(title)
        self.set_open(False)

    def finish(self) -> None:
        """Put the buttons below everything else; call once, after the step is filled."""
        self.inside.addLayout(self.buttons)
        self.buttons.addStretch(1)

    def set_open(self, is_open: bool) -> None:
        """Show what the step asks for, or fold it."""
        self.body.setVisible(is_open)
        self.unfold.setVisible(not is_open)

    def set_state(self, text: str, tone: Tone) -> None:
        """Say how far the step is."""
        self.state.set(text, tone)


class SetupPage(ScrollPage):
    """Leads through what a congress needs before its first day."""

    key: ClassVar[str] = "setup"
    title_key: ClassVar[str] = "setup.title"
    icon: ClassVar[str] = "path"
    measure: ClassVar[int] = 760

    def __init__(
        self,
        context: UiContext,
        controller: SetupController,
        settings: SettingsController,
        sample_paper: SamplePaper | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the steps.

        Args:
            context: The surroundings.
            controller: Knows how far each step is.
            settings: Changes the rules.
            sample_paper: Gives a paper to look at, or ``None`` where there is none.
            parent: The widget it lies on.
        """
        super().__init__(context, context.tr("setup.lead"), parent)
        self._controller, self._settings, self._sample_paper = controller, settings, sample_paper
        controller.setParent(self)
        settings.setParent(self)
        self._left: set[int] = set()
        self._opened: int | None = None
        self._prepared: Prepared | None = None
        tr = context.tr
        self.line = StepLine(context, [tr(step) for step in STEPS], _PEOPLE)
        self.column.addWidget(self.line)
        self.cards = {
            _PEOPLE: self._card(_PEOPLE, "people"),
            _PAPERS: self._card(_PAPERS, "papers"),
            _RULES: self._card(_RULES, "rules"),
        }
        self.pack = Select(context, name=tr("settings.rule_pack"))
        self.quorum = Select(context, name=tr("settings.quorum"))
        self.source = Text(context, "", Type.LABEL, "muted")
        self._fill()
        for card in self.cards.values():
            card.finish()
            self.column.addWidget(card)
        self.done = Button(context, tr("setup.done"), Kind.PRIMARY)
        self.away = Button(context, tr("setup.away"), Kind.QUIET)
        self.column.addLayout(row(None, self.away, self.done))
        for button in (self.done, self.away):
            button.clicked.connect(lambda: context.navigate("home"))
        self.pack.chosen.connect(partial(settings.change, "rule_pack"))
        self.quorum.chosen.connect(partial(settings.change, "quorum"))
        controller.counted.connect(self._show)
        settings.refused.connect(lambda _, error: context.show_error(error))

    def _card(self, step: int, name: str) -> StepCard:
        tr = self.context.tr
        card = StepCard(self.context, _ICONS[step], tr(STEPS[step]), tr(f"setup.{name}.lead"))
        card.unfold.clicked.connect(partial(self._open, step))
        return card

    def _fill(self) -> None:
        tr = self.context.tr
        self._add(_PEOPLE, "setup.people.verb", "people-import")
        self._add_sample(_PEOPLE, self.save_people)
        self._add(_PAPERS, "setup.papers.verb", "library")
        if self._sample_paper is not None:
            self._add_sample(_PAPERS, self.save_paper)
        rules = self.cards[_RULES].inside
        rules.addWidget(Field(self.context, tr("settings.rule_pack"), self.pack))
        rules.addWidget(self.source)
        rules.addWidget(Field(self.context, tr("settings.quorum"), self.quorum))
        keep = Button(self.context, tr("setup.rules.verb"), Kind.PRIMARY)
        keep.clicked.connect(partial(self._leave, _RULES))
        self.cards[_RULES].buttons.addWidget(keep)
        self._add_sample(_RULES, self.save_rules, "setup.rules.file")
        for step in (_PEOPLE, _PAPERS):
            later = Button(self.context, tr("setup.later"), Kind.QUIET)
            later.clicked.connect(partial(self._leave, step))
            self.cards[step].buttons.addWidget(later)

    def _add(self, step: int, verb: str, path: str) -> None:
        button = Button(self.context, self.context.tr(verb), Kind.PRIMARY, "upload-simple")
        button.clicked.connect(lambda: self.context.navigate(path))
        self.cards[step].buttons.addWidget(button)

    def _add_sample(self, step: int, save: Callable[[], None], verb: str = "setup.sample") -> None:
        button = Button(self.context, self.context.tr(verb), Kind.SECONDARY, "file")
        button.clicked.connect(save)
        self.cards[step].buttons.addWidget(button)

    def save_people(self) -> None:
        """Ask where to, and save the list of the sample congress."""
        data = (asset("samples") / "people.csv").read_bytes()
        save_as(self, "people.csv", data)

    def save_paper(self) -> None:
        """Ask where to, and save a paper of the sample congress."""
        sample = self._sample_paper
        if sample is not None:
            self.context.tasks.free(lambda _: sample()).success(
                lambda paper: save_as(self, *paper)
            ).start()

    def save_rules(self) -> None:
        """Ask where to, and save the chosen rules with their worked examples."""
        pack = shipped()[str(self.pack.value)]
        save_as(self, f"{pack.id}.toml", pack.text.encode())

    def shown(self) -> None:
        """Count what there is."""
        self._controller.refresh()

    def _leave(self, step: int) -> None:
        self._left.add(step)
        self._opened = None
        self._arrange()

    def _open(self, step: int) -> None:
        self._opened = step
        self._arrange()

    def _show(self, prepared: Prepared) -> None:
        tr, settings = self.context.tr, prepared.settings
        if self._prepared is not None and prepared != self._prepared:
            self._opened = None
        self._prepared = prepared
        self.header.title.setText(settings.name)
        self.pack.set_options(pack_options(tr, settings.rule_pack), settings.rule_pack)
        self.quorum.set_options(quorum_options(tr, settings.quorum), settings.quorum)
        pack = shipped().get(settings.rule_pack)
        self.source.setText(tr("setup.rules.source", source=pack.source) if pack else "")
        self._arrange()

    def _done(self, step: int) -> bool:
        if self._prepared is None:
            return False
        counts = {_PEOPLE: self._prepared.people, _PAPERS: self._prepared.papers}
        return counts.get(step, int(step in self._left)) > 0

    def _arrange(self) -> None:
        """Open the first step that is neither done nor left for later."""
        if self._prepared is None:
            return
        waiting = [s for s in self.cards if not self._done(s) and s not in self._left]
        current = waiting[0] if waiting else _END
        shown = self._opened or current
        for step, card in self.cards.items():
            card.set_open(step == shown)
            card.set_state(*self._state(step, current))
        self.line.set_current(current, {step for step in self._left if not self._done(step)})
        self.done.setVisible(current == _END)
        self.away.setVisible(current != _END)

    def _state(self, step: int, current: int) -> tuple[str, Tone]:
        tr, prepared = self.context.tr, self._prepared
        if prepared is not None and self._done(step):
            words = {
                _PEOPLE: tr("setup.people.done", count=prepared.people),
                _PAPERS: tr("setup.papers.done", count=prepared.papers),
            }
            return words.get(step, tr("setup.rules.done")), Tone.GOOD
        if step in self._left:
            return tr("setup.left"), Tone.NEUTRAL
        return (
            (tr("setup.now"), Tone.ACCENT) if step == current else (tr("setup.next"), Tone.NEUTRAL)
        )
