"""A key ceremony on one machine: whose turn it is, and what they do in it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.ceremony import CeremonyDesk, Table
from congress.ui.pages.trustee_fields import WRONG, FileLine, NewPassphrase
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.dialog import ConfirmDialog, ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import StepLine
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text
from congress.voting.crypto.dkg import FEWEST
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.sharefile import ENDING, file_name

_STEPS = ("passphrases", "files", "ready")


class TableView(QWidget):
    """Leads each trustee through their two turns."""

    copy_asked = Signal(object)
    """The ``Holder`` whose copy on paper is wanted; its owner is at the machine."""
    leave_asked = Signal()
    """The ceremony is to be broken off."""

    def __init__(
        self, context: UiContext, desk: CeremonyDesk, parent: QWidget | None = None
    ) -> None:
        """Show the ceremony of ``desk``."""
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._holder: Holder | None = None
        self._here: int | None = None
        self._called: Invitation | None = None
        self.passphrase: NewPassphrase | None = None
        self.file: FileLine | None = None
        self.again: Field | None = None
        self.primary: Button | None = None
        self.steps = StepLine(context, [context.tr(f"trustees.table.{s}") for s in _STEPS], 0)
        self.card = Card(context)
        self.card.column.setSpacing(SPACE_4)
        self.seats = RowList()
        everyone = Card(context, context.tr("trustees.trustees"))
        everyone.column.addWidget(self.seats)
        self.stop = Button(context, context.tr("trustees.table.stop"), Kind.QUIET)
        self.stop.clicked.connect(self.leave_asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        for widget in (self.steps, self.card, everyone):
            box.addWidget(widget)
        box.addLayout(row(None, self.stop))
        self.trouble = QVBoxLayout()
        desk.handed_out.connect(self._handed_out)
        desk.refused.connect(self._refused)

    def refresh(self) -> None:
        """Show the ceremony as it is now."""
        table = self._desk.table
        if table is None:
            return
        if self.primary is not None:
            self.primary.setEnabled(not self._desk.busy)
        if self._desk.busy:
            return
        held = table.session is not None
        self.steps.set_current((2 if table.next is None else 1) if held else 0)
        self._show_seats(table)
        if self._holder is not None:
            return
        if table.next is None:
            self._show_end(table)
        elif table.next != self._here or table.invitation != self._called:
            self._show_call(table, table.next)

    def _show_seats(self, table: Table) -> None:
        tr = self._context.tr
        self.seats.clear()
        for index in table.invitation.indices:
            name = table.invitation.name(index)
            line = ListRow(
                self._context, f"{tr.number(index)}. {tr.isolated(name)}", clickable=False
            )
            if index in table.answers:
                chip = Chip(self._context, tr("trustees.seat.ready"), Tone.GOOD)
            elif table.session is not None or index in table.locks:
                chip = Chip(self._context, tr("trustees.seat.passphrase"), Tone.NOTE, "key")
            else:
                chip = Chip(self._context, tr("trustees.seat.waits"), icon="clock")
            line.trailing.addWidget(chip)
            self.seats.add(line)

    def _begin_card(self, what: str, why: str) -> None:
        clear(self.card.column)
        self.passphrase = self.file = self.again = None
        self.trouble = QVBoxLayout()
        self.card.column.addWidget(Text(self._context, what, Type.HEADING))
        self.card.column.addWidget(Text(self._context, why, Type.BODY, "muted"))

    def _end_card(self, primary: Button, *others: Button) -> None:
        self.primary = primary
        self.card.column.addLayout(self.trouble)
        self.card.column.addLayout(row(primary, *others, None, space=SPACE_3))
        last = others[-1] if others else primary
        QWidget.setTabOrder(last, self.stop)

    def _show_call(self, table: Table, index: int) -> None:
        """Call the next trustee to the machine; nothing is asked before they say they are here."""
        tr, name = self._context.tr, table.invitation.name(index)
        self._here, self._called = None, table.invitation
        turn = "file" if table.session is not None else "passphrase"
        self._begin_card(
            tr("trustees.table.call", name=name), tr(f"trustees.table.call.{turn}.why")
        )
        here = Button(self._context, tr("trustees.table.here", name=name), Kind.PRIMARY, "user")
        here.clicked.connect(lambda: self._sit(index))
        gone = Button(self._context, tr("trustees.table.gone", name=name), Kind.QUIET)
        gone.setVisible(len(table.invitation.names) > FEWEST)
        gone.clicked.connect(lambda: self._repeat(index, name))
        self._end_card(here, gone)
        here.setFocus()

    def _repeat(self, index: int, name: str) -> None:
        tr = self._context.tr
        if ConfirmDialog.ask(
            self._context,
            tr("trustees.missing.title", name=name),
            tr("trustees.missing.text"),
            tr("trustees.missing.verb"),
            parent=self,
        ):
            self._desk.repeat_table_without(index)

    def _sit(self, index: int) -> None:
        table = self._desk.table
        if table is None:
            return
        self._here = index
        if table.session is None:
            self._ask_passphrase(table, index)
        else:
            self._ask_file(table, index)

    def _ask_passphrase(self, table: Table, index: int) -> None:
        tr, name = self._context.tr, table.invitation.name(index)
        self._begin_card(
            tr("trustees.table.passphrase", name=name), tr("trustees.table.passphrase.why")
        )
        fields = self.passphrase = NewPassphrase(self._context)
        self.card.column.addWidget(fields)
        done = Button(self._context, tr("trustees.table.passphrase.verb"), Kind.PRIMARY, "key")
        done.clicked.connect(lambda: self._give_passphrase(index))
        fields.submitted.connect(done.click)
        self._end_card(done)
        fields.setFocus()

    def _give_passphrase(self, index: int) -> None:
        if self.passphrase is not None and (typed := self.passphrase.take()):
            self._desk.take_seat(index, typed)

    def _ask_file(self, table: Table, index: int) -> None:
        tr, name = self._context.tr, table.invitation.name(index)
        self._begin_card(tr("trustees.table.file", name=name), tr("trustees.table.file.why"))
        line = self.file = FileLine(
            self._context, tr("trustees.table.file.where"), tr("trustees.table.file.choose")
        )
        line.button.clicked.connect(lambda: self._choose(name, index))
        field = self.again = Field.secret(
            self._context,
            tr("trustees.passphrase"),
            help_text=tr("trustees.table.file.passphrase.help"),
        )
        field.changed.connect(lambda _: field.set_error(""))
        for widget in (line, field):
            self.card.column.addWidget(widget)
        done = Button(
            self._context, tr("trustees.table.file.verb"), Kind.PRIMARY, "download-simple"
        )
        done.clicked.connect(lambda: self._write(index))
        field.submitted.connect(done.click)
        self._end_card(done)
        line.setFocus()

    def _choose(self, name: str, index: int) -> None:
        tr = self._context.tr
        kinds = f"{tr('trustees.share.file')} (*{ENDING})"
        found, _ = QFileDialog.getSaveFileName(
            self, tr("trustees.table.file.choose"), file_name(name, index), kinds
        )
        if self.file is not None and self.again is not None and found:
            path = Path(found)
            self.file.take(
                str(path if path.suffix == ENDING else path.with_name(path.name + ENDING))
            )
            self.again.setFocus()

    def _write(self, index: int) -> None:
        if self.file is None or self.again is None:
            return
        clear(self.trouble)
        if self.file.path is None:
            self.file.button.click()
            return
        typed, self.again.value = self.again.value, ""
        self._desk.hand_out(index, self.file.path, typed)

    def _handed_out(self, holder: Holder) -> None:
        """Say that the file works, and offer the copy on paper while its owner is here."""
        tr = self._context.tr
        self._holder = holder
        self._begin_card(tr("trustees.table.done", name=holder.name), tr("trustees.table.done.why"))
        self.card.column.addWidget(
            Banner(
                self._context,
                tr("trustees.table.worked.why"),
                Tone.GOOD,
                title=tr("trustees.table.worked"),
            )
        )
        done = Button(self._context, tr("trustees.table.done.verb"), Kind.PRIMARY, "check")
        paper = Button(self._context, tr("trustees.paper.verb"), Kind.SECONDARY, "printer")
        paper.clicked.connect(lambda: self.copy_asked.emit(holder))
        done.clicked.connect(self._stand_up)
        self._end_card(done, paper)
        done.setFocus()

    def _stand_up(self) -> None:
        self._holder = self._here = None
        self.refresh()

    def _show_end(self, table: Table) -> None:
        tr = self._context.tr
        self._here = None
        self._begin_card(
            tr("trustees.end", count=len(table.invitation.names)), tr("trustees.end.why")
        )
        finish = Button(self._context, tr("trustees.end.verb"), Kind.PRIMARY, "check-circle")
        finish.setVisible(self._desk.may_lead)
        finish.clicked.connect(self._desk.finish)
        self._end_card(finish)
        finish.setFocus()

    def _refused(self, error: CongressError) -> None:
        if self._desk.table is None:
            return
        clear(self.trouble)
        if error.code == WRONG and self.again is not None:
            self.again.set_error(self._context.tr("trustees.table.wrong"))
            self.again.setFocus()
        else:
            self.trouble.addWidget(ErrorView(self._context, error))

    def forget(self) -> None:
        """Forget what was typed and whose secret was shown: the page goes away."""
        self._holder = self._here = None
        if self.passphrase is not None:
            self.passphrase.forget()
        if self.again is not None:
            self.again.value = ""
