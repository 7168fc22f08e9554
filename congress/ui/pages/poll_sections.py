"""The card of a form that says in which section of a card vote each delegation votes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_3, Type
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import clear
from congress.ui.widgets.text import Text
from congress.voting.rules.model import Rule


class SectionsCard(Card):
    """One choice for each delegation; there only for rules that have sections.

    Attributes:
        choices: By delegation.
    """

    changed = Signal()
    """A section was chosen."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin without delegations."""
        super().__init__(context, context.tr("chair.form.sections"), parent=parent)
        self._context = context
        self.choices: dict[str, Select] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_3)
        self.column.addLayout(self._list)
        self.hide()

    def offer(
        self, rule: Rule | None, delegations: Sequence[str], chosen: Mapping[str, str]
    ) -> None:
        """Offer the sections of ``rule`` for each delegation; keep what was chosen before.

        Args:
            rule: The rule; without sections the card hides.
            delegations: All delegations on the list of the congress.
            chosen: What a draft says, by delegation.
        """
        kept = {**chosen, **self.sections}
        clear(self._list)
        self.choices = {}
        sections = rule.sections if rule is not None else ()
        self.setVisible(bool(sections))
        if not sections:
            return
        context, tr = self._context, self._context.tr
        options = [
            ("", tr("chair.form.sections.choose")),
            *((section.id, section.names[tr.lang]) for section in sections),
        ]
        for delegation in delegations:
            select = Select(context, options, kept.get(delegation), name=delegation)
            select.chosen.connect(lambda _: self.changed.emit())
            self.choices[delegation] = select
            self._list.addWidget(Field(context, tr.isolated(delegation), select))
        if not delegations:
            self._list.addWidget(Text(context, tr("chair.form.sections.none"), Type.LABEL, "muted"))

    @property
    def sections(self) -> Mapping[str, str]:
        """The section of each delegation for which one is chosen."""
        return {
            delegation: str(select.value)
            for delegation, select in self.choices.items()
            if select.value
        }
