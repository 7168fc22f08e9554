"""Chooses some of those who can sign in: who is chosen above, a search for the others below."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.folding import fold
from congress.kernel.ids import MemberId
from congress.storage.model import Member
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, Type
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.text import Text

OFFERED = 5
"""How many of those not chosen are shown at once; the search finds the others."""


class MemberPicker(QWidget):
    """The members chosen, each with a way out, and the others, each with a way in.

    Enter in the search chooses the first that is offered.
    """

    changed = Signal()
    """Somebody was chosen, or is so no more."""

    def __init__(
        self, context: UiContext, members: Sequence[Member], chosen: Collection[MemberId] = ()
    ) -> None:
        """Offer ``members``, of whom ``chosen`` are chosen at first."""
        super().__init__()
        self._context, self._members = context, members
        self._chosen = [each.id for each in members if each.id in chosen]
        tr = context.tr
        self.nobody = Text(context, tr("groups.nobody"), Type.LABEL, "muted")
        self.inside, self.outside = RowList(), RowList()
        self.search = SearchEdit(context, tr("groups.members.search"))
        self.search.textChanged.connect(self._offer)
        self.search.returnPressed.connect(self._first)
        self.more = Text(context, "", Type.LABEL, "muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_2)
        for widget in (self.nobody, self.inside, self.search, self.outside, self.more):
            box.addWidget(widget)
        self._show()

    @property
    def chosen(self) -> tuple[MemberId, ...]:
        """Who is chosen."""
        return tuple(self._chosen)

    def choose(self, member_id: MemberId, chosen: bool) -> None:
        """Choose somebody, or not any more."""
        if chosen:
            self._chosen.append(member_id)
            self.search.clear()
        else:
            self._chosen.remove(member_id)
        self._show()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        tr = self._context.tr
        self.inside.clear()
        for member in self._members:
            if member.id in self._chosen:
                row = self._row(member, "user")
                leave = Button(
                    self._context, icon="x", name=tr("groups.member.out", name=member.name)
                )
                leave.clicked.connect(partial(self.choose, member.id, False))
                row.trailing.addWidget(leave)
                self.inside.add(row)
        self.nobody.setVisible(not self._chosen)
        self._offer()

    def _others(self) -> list[Member]:
        words = fold(self.search.text()).split()
        return [
            member
            for member in self._members
            if member.id not in self._chosen and all(word in fold(member.name) for word in words)
        ]

    def _offer(self) -> None:
        tr = self._context.tr
        self.outside.clear()
        others = self._others()
        for member in others[:OFFERED]:
            row = self._row(member, "user-plus", clickable=True)
            row.setAccessibleName(tr("groups.member.in", name=member.name))
            row.activated.connect(partial(self.choose, member.id, True))
            self.outside.add(row)
        rest = len(others) - OFFERED
        self.more.setText(tr("groups.members.more", count=rest) if rest > 0 else "")
        self.more.setVisible(rest > 0)
        self.search.setVisible(len(self._members) > len(self._chosen))

    def _first(self) -> None:
        if others := self._others():
            self.choose(others[0].id, True)

    def _row(self, member: Member, icon: str, *, clickable: bool = False) -> ListRow:
        role = self._context.tr(f"role.{member.role.value}")
        return ListRow(self._context, member.name, role, icon=icon, clickable=clickable)
