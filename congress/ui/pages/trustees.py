"""The trustees of a congress: the board in office, and the ceremony that makes another."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.i18n.translator import Translator
from congress.kernel.errors import CongressError
from congress.secretariat.model import Cover
from congress.secretariat.trustees import copy_pdf, line_words, log_pdf, threshold_words
from congress.ui.context import UiContext
from congress.ui.controllers.ceremony import CeremonyDesk
from congress.ui.page import Command, ScrollPage
from congress.ui.pages.saving import save_as
from congress.ui.pages.trustee_paper import PaperDialog
from congress.ui.pages.trustees_folder import FolderView
from congress.ui.pages.trustees_form import TABLE, CeremonyForm
from congress.ui.pages.trustees_table import TableView
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text
from congress.voting.trustees.board import Board
from congress.voting.trustees.fingerprint import fingerprint, of_key
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.log import Log


class TrusteesPage(ScrollPage):
    """Shows the board in office and leads a key ceremony."""

    key: ClassVar[str] = "trustees"
    title_key: ClassVar[str] = "trustees.title"
    icon: ClassVar[str] = "key"

    def __init__(
        self,
        context: UiContext,
        desk: CeremonyDesk,
        cover: Callable[[], Cover],
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page.

        Args:
            context: The surroundings.
            desk: Leads the ceremony; outlives the page.
            cover: Returns the head of the papers.
            language: Of the papers: that of the congress, whoever prints them.
            parent: The widget it lies on.
        """
        super().__init__(context, context.tr("trustees.lead"), parent)
        self._desk, self._cover, self._language = desk, cover, language
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.form: CeremonyForm | None = None
        self.table: TableView | None = None
        self.folder: FolderView | None = None
        tr = context.tr
        back = Button(context, tr("chair.all"), Kind.QUIET, "arrow-left")
        back.clicked.connect(lambda: context.navigate("chair"))
        self.header.buttons.addWidget(back)
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE_4)
        self._after = QVBoxLayout()
        self._after.setSpacing(SPACE_4)
        self.column.addLayout(self._body)
        self.column.addLayout(self._after)
        self.column.addStretch(1)
        self._shown = ""
        self._board: Board | None = None
        self._told: Log = ()
        desk.changed.connect(self._refresh)
        desk.refused.connect(self._refused)

    def shown(self) -> None:
        """Read which board is in office."""
        self._desk.refresh()
        self._refresh()
        self.setFocus()

    def closing(self) -> None:
        """Let go of what was typed and of whose secret was shown."""
        if self.table is not None:
            self.table.forget()

    def commands(self) -> Sequence[Command]:
        """Offer the ceremony."""
        return (Command(self.context.tr("trustees.begin"), "key", self.begin),)

    def _refresh(self) -> None:
        desk = self._desk
        state = "table" if desk.table else "folder" if desk.place else ""
        if not state and self._shown == "form":
            state = "form"
        board = desk.board
        if state != self._shown or (not state and board != self._board) or not self._body.count():
            self._show(state, board)
        if self.table is not None:
            self.table.refresh()
        if self.folder is not None:
            self.folder.refresh()
        log = desk.log if state in ("table", "folder") else board.log if board and not state else ()
        if log != self._told:
            self._show_log(log)

    def _show(self, state: str, board: Board | None) -> None:
        self._shown, self._board = state, board
        clear(self._body)
        self.form = self.table = self.folder = None
        match state:
            case "table":
                self.table = TableView(self.context, self._desk)
                self.table.copy_asked.connect(self._paper)
                self.table.leave_asked.connect(self._stop)
                self._body.addWidget(self.table)
            case "folder":
                self.folder = FolderView(self.context, self._desk)
                self.folder.leave_asked.connect(self._desk.leave)
                self._body.addWidget(self.folder)
            case "form":
                self.form = CeremonyForm(self.context, self._desk.congress)
                self.form.begun.connect(self._begun)
                self.form.dismissed.connect(self._dismissed)
                self._body.addWidget(self.form)
            case _:
                self._show_board(board)

    def _show_board(self, board: Board | None) -> None:
        tr = self.context.tr
        if board is None:
            empty = EmptyState(
                self.context,
                tr("trustees.none.what"),
                tr("trustees.none.why"),
                tr("trustees.begin") if self._desk.may_lead else "",
                icon="key",
            )
            empty.acted.connect(self.begin)
            self._body.addWidget(empty)
        else:
            self._body.addWidget(self._board_card(board))
            self._body.addWidget(
                Banner(
                    self.context,
                    tr("trustees.truth.why"),
                    Tone.NOTE,
                    title=tr("trustees.truth"),
                )
            )
        buttons = row(space=SPACE_3)
        if board is not None and self._desk.may_lead:
            again = Button(self.context, tr("trustees.again"), Kind.SECONDARY, "key")
            again.clicked.connect(self._again)
            buttons.addWidget(again)
        go_on = Button(self.context, tr("trustees.folder.open"), Kind.QUIET, "folder-open")
        go_on.clicked.connect(self.open_folder)
        own = Button(self.context, tr("trustees.own"), Kind.QUIET, "user")
        own.clicked.connect(lambda: self.context.navigate("trustee"))
        for button in (go_on, own):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._body.addLayout(buttons)
        if self._desk.may_lead:
            self._body.addWidget(Text(self.context, tr("trustees.unfinished"), Type.BODY, "muted"))

    def _board_card(self, board: Board) -> Card:
        context, tr, ceremony = self.context, self.context.tr, board.ceremony
        card = Card(context, tr("trustees.board"))
        card.column.addWidget(Text(context, threshold_words(tr, ceremony), Type.LEAD))
        names = RowList()
        for trustee in ceremony.trustees:
            title = f"{tr.number(trustee.index)}. {tr.isolated(trustee.name)}"
            names.add(ListRow(context, title, icon="key", clickable=False))
        card.column.addWidget(names)
        card.column.addWidget(Text(context, tr("trustees.fingerprint"), Type.CONTROL))
        mark = Text(context, of_key(ceremony.joint_key), Type.TITLE, wrap=False, figures=True)
        mark.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        card.column.addLayout(row(mark.selectable(), None))
        card.column.addWidget(Text(context, tr("trustees.log.compare"), Type.LABEL, "muted"))
        save = Button(context, tr("trustees.log.save"), Kind.SECONDARY, "printer")
        save.clicked.connect(lambda: self._save_log(board))
        card.column.addLayout(row(save, None))
        return card

    def _show_log(self, log: Log) -> None:
        self._told = log
        clear(self._after)
        if not log:
            return
        context, tr, cover = self.context, self.context.tr, self._cover()
        card = Card(context, tr("trustees.log.title"))
        lines = RowList()
        for line in log:
            mark = f"\u2066{fingerprint(line.digest)}\u2069" if line.digest else ""
            about = tr.joined(tr.datetime(cover.local(line.at)), mark)
            lines.add(ListRow(context, line_words(tr, line), about, clickable=False))
        card.column.addWidget(lines)
        self._after.addWidget(card)

    def begin(self) -> None:
        """Ask what a ceremony begins with."""
        if self._desk.table is None and self._desk.place is None and self._desk.may_lead:
            self._show("form", self._desk.board)
            self._refresh()
            if self.form is not None:
                self.form.start()

    def _again(self) -> None:
        tr = self.context.tr
        if ConfirmDialog.ask(
            self.context,
            tr("trustees.again.title"),
            tr("trustees.again.text"),
            tr("trustees.begin"),
            danger=False,
            parent=self,
        ):
            self.begin()

    def _begun(self, invitation: Invitation, way: str) -> None:
        self._shown = ""
        if way == TABLE:
            self._desk.begin_table(invitation)
            return
        chosen = QFileDialog.getExistingDirectory(self, self.context.tr("trustees.folder.choose"))
        if chosen:
            self._desk.begin_folder(Path(chosen), invitation)

    def _dismissed(self) -> None:
        self._show("", self._desk.board)
        self._refresh()

    def open_folder(self) -> None:
        """Ask for the folder of a ceremony and go on with it."""
        chosen = QFileDialog.getExistingDirectory(self, self.context.tr("trustees.folder.choose"))
        if chosen:
            self._desk.open_folder(Path(chosen))

    def _stop(self) -> None:
        tr = self.context.tr
        if ConfirmDialog.ask(
            self.context,
            tr("trustees.stop.title"),
            tr("trustees.stop.text"),
            tr("trustees.table.stop"),
            parent=self,
        ):
            self._desk.leave()

    def _refused(self, error: CongressError) -> None:
        if self._desk.table is None and self._desk.place is None:
            self.context.show_error(error)

    def _paper(self, holder: Holder) -> None:
        lang, cover = self._language, self._cover()

        def copy(holder: Holder) -> bytes:
            return copy_pdf(Translator(lang), cover, holder)

        PaperDialog(self.context, holder, copy, self).open()

    def _save_log(self, board: Board) -> None:
        lang, cover = self._language, self._cover()

        def work(_: object) -> bytes:
            return log_pdf(Translator(lang), cover, board.ceremony, board.log)

        def done(data: bytes) -> None:
            save_as(self, self.context.tr("trustees.log.file"), data)

        self.context.tasks.free(work).success(done).start()
