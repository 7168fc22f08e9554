"""The proxies of an open poll, each with what became of it, and what the votes weigh together."""

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from congress.kernel.ids import PersonId
from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.text import Text
from congress.voting.electors import Electorate, ProxyStanding, UsedProxy
from congress.voting.words import amount


def worth_showing(electorate: Electorate) -> bool:
    """Return whether anybody voted by proxy or with more than one vote."""
    return bool(electorate.proxies) or any(weight != 1 for weight in electorate.weights)


class ElectorsCard(Card):
    """Itemises the proxies that were on the register when the poll opened.

    Attributes:
        rows: One for each proxy.
    """

    def __init__(
        self,
        context: UiContext,
        electorate: Electorate,
        names: Mapping[PersonId, str],
        parent: QWidget | None = None,
    ) -> None:
        """Show ``electorate``; ``names`` are those on the list of the congress."""
        tr = context.tr
        super().__init__(context, tr("results.electors"), parent=parent)
        self._context, self._names = context, names
        number = len(electorate.electors)
        weight = sum(electorate.weights, Fraction())
        line = tr("results.electors.line", count=number, weight=amount(tr, weight))
        self.column.addWidget(Text(context, line, Type.BODY))
        self.rows = RowList()
        for used in electorate.proxies:
            self.rows.add(self._row(used))
        self.column.addWidget(self.rows)

    def _row(self, used: UsedProxy) -> ListRow:
        context, tr, names = self._context, self._context.tr, self._names
        principal = names.get(used.proxy.principal, "")
        holder = names.get(used.proxy.holder, "")
        line = ListRow(
            context,
            tr("proxies.line", principal=principal, holder=holder),
            tr("proxies.approved_by", name=used.proxy.approved_by),
            icon="handshake",
            clickable=False,
        )
        counted = used.standing is ProxyStanding.COUNTED
        words = tr(f"voting.proxy.{used.standing.value}")
        line.trailing.addWidget(Chip(context, words, Tone.GOOD if counted else Tone.NEUTRAL))
        return line
