"""What a rule pack says, rule by rule, with its worked examples and what comes out of each."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.rulepacks import ToldExample, ToldPack
from congress.ui.models.results import chosen
from congress.ui.theme.tokens import SPACE_4, Tone, Type
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.voting.model import Line
from congress.voting.rules.facts import facts
from congress.voting.rules.model import Heap, Rule
from congress.voting.words import amount, say


class RulePackView(QWidget):
    """One card for each rule of a pack."""

    def __init__(self, context: UiContext, told: ToldPack, parent: QWidget | None = None) -> None:
        """Lay out the pack."""
        super().__init__(parent)
        self._context = context
        tr, pack = context.tr, told.pack
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        own = Chip(context, tr("rulepacks.own" if told.own else "rulepacks.shipped"), Tone.NOTE)
        source = Text(context, tr("rulepacks.source", source=pack.source), Type.LABEL, "muted")
        head = row(own, space=SPACE_4)
        head.addWidget(source, 1)
        column.addLayout(head)
        for rule, examples in told.rules:
            column.addWidget(self._rule(rule, examples))

    def _rule(self, rule: Rule, examples: tuple[ToldExample, ...]) -> Card:
        context, tr = self._context, self._context.tr
        card = Card(context, rule.names[tr.lang])
        parts = [
            tr(f"voting.kind.{rule.kind.value}"),
            tr.listed(tr(f"voting.secrecy.{item.value}") for item in rule.secrecies),
            tr.listed(tr(f"voting.method.{item.value}") for item in rule.methods),
        ]
        card.column.addWidget(Text(context, tr.joined(*parts), Type.LABEL, "muted"))
        words = "\n".join(f"•  {say(tr, line)}" for line in facts(rule))
        card.column.addWidget(Text(context, words, Type.BODY))
        card.column.addWidget(Text(context, tr("rulepacks.examples"), Type.CONTROL))
        rows = RowList()
        for item in examples:
            rows.add(self._example(rule, item))
        card.column.addWidget(rows)
        return card

    def _example(self, rule: Rule, told: ToldExample) -> ListRow:
        context, tr, example = self._context, self._context.tr, told.example
        ballots = tr.joined(*(self._heap(rule, told, heap) for heap in example.ballots), by="; ")
        outcome = self._outcome(told.outcome)
        return ListRow(
            context,
            tr.isolated(example.title),
            "\n".join(part for part in (ballots, outcome) if part),
            icon="check-circle",
            clickable=False,
        )

    def _outcome(self, line: Line) -> str:
        return self._context.tr("rulepacks.outcome", outcome=say(self._context.tr, line))

    def _heap(self, rule: Rule, told: ToldExample, heap: Heap) -> str:
        tr = self._context.tr
        words = f"{tr.number(heap.number)} × {chosen(tr, told.example.contest, heap.marks)}"
        if heap.weight != 1:
            words += f" × {amount(tr, heap.weight)}"
        section = next((item for item in rule.sections if item.id == heap.section), None)
        return f"{words} ({section.names[tr.lang]})" if section else words
