"""The decryption of a poll: each trustee in turn checks the ledger and decrypts their part."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.kernel.errors import Cancelled, CongressError
from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.decrypt import DecryptController, Standing
from congress.ui.controllers.trustee import Share
from congress.ui.page import ScrollPage
from congress.ui.pages.trustee_checked import Checked
from congress.ui.pages.trustee_fields import ShareFields, follow
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.figure import Bar
from congress.ui.widgets.layout import boxed, clear, row
from congress.ui.widgets.layout import column as stacked
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet
from congress.voting.trustees import tallyfile
from congress.voting.trustees.decryption import Examined


class DecryptPage(ScrollPage):
    """Leads the trustees through the decryption of one poll."""

    key: ClassVar[str] = "decrypt"
    title_key: ClassVar[str] = "trustees.decrypt.title"
    icon: ClassVar[str] = "lock-key"

    def __init__(
        self, context: UiContext, controller: DecryptController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the poll comes with ``opened``."""
        super().__init__(context, context.tr("trustees.decrypt.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._standing: Standing | None = None
        self._share: Share | None = None
        self._asking: QWidget | None = None
        self.checked: Checked | None = None
        self.fields: ShareFields | None = None
        self.sheet: WorkSheet | None = None
        tr = context.tr
        back = Button(context, tr("trustees.decrypt.back"), Kind.QUIET, "arrow-left")
        back.clicked.connect(self._back)
        self.header.buttons.addWidget(back)
        self.progress = Card(context)
        self.what = Text(context, "", Type.HEADING)
        self.why = Text(context, "", Type.BODY, "muted")
        self.bar = Bar(context, tr("trustees.decrypt.parts"), "", 0.0)
        self.mark = Text(context, "", Type.TITLE, wrap=False, figures=True).selectable()
        self.mark.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.count = Button(context, tr("trustees.decrypt.count"), Kind.PRIMARY, "check-circle")
        self.count.clicked.connect(self._count)
        self.trouble = QVBoxLayout()
        for widget in (self.what, self.why, self.bar):
            self.progress.column.addWidget(widget)
        self.progress.column.addWidget(
            Text(context, tr("trustees.decrypt.fingerprint"), Type.CONTROL)
        )
        self.progress.column.addLayout(row(self.mark, None))
        self.progress.column.addWidget(
            Text(context, tr("trustees.decrypt.compare"), Type.LABEL, "muted")
        )
        self.progress.column.addLayout(self.trouble)
        self.progress.column.addLayout(row(self.count, None))
        self.turn = Card(context)
        self.turn.column.setSpacing(SPACE_4)
        self.turn.hide()
        self.rows = RowList()
        everyone = Card(context, tr("trustees.trustees"))
        everyone.column.addWidget(self.rows)
        self.export = Button(
            context, tr("trustees.decrypt.export"), Kind.SECONDARY, "download-simple"
        )
        self.take = Button(context, tr("trustees.decrypt.take"), Kind.SECONDARY, "upload-simple")
        self.export.clicked.connect(self.export_tally)
        self.take.clicked.connect(self.take_partial)
        usb = Card(context, tr("trustees.decrypt.usb"), flat=True)
        usb.column.addWidget(Text(context, tr("trustees.decrypt.usb.why"), Type.BODY, "muted"))
        usb.column.addLayout(row(self.export, self.take, None, space=SPACE_3))
        self.usb = usb
        for card in (self.progress, self.turn, everyone, usb):
            self.column.addWidget(card)
        self.column.addStretch(1)
        controller.told.connect(self._show)
        controller.refused.connect(self._refused)
        controller.counted.connect(self._back)

    def opened(self, subject: str) -> None:
        """Show the poll whose identifier is ``subject``."""
        self._forget_turn()
        self._controller.view(PollId(subject))

    def shown(self) -> None:
        """Put the keyboard on the page."""
        self.setFocus()

    def closing(self) -> None:
        """Forget what was typed."""
        self._forget_turn()

    def _back(self) -> None:
        self.context.navigate(f"poll/{self._controller.poll_id}")

    def _count(self) -> None:
        self.count.setEnabled(False)
        self._controller.count()

    def _show(self, standing: Standing) -> None:
        before, self._standing = self._standing, standing
        clear(self.trouble)
        tr, needed = self.context.tr, standing.ceremony.threshold
        done = len(standing.done)
        self.header.title.setText(standing.title)
        if standing.tally is None:
            key = "closed"
        elif standing.counted:
            key = "counted"
        else:
            key = "more" if standing.left else "enough"
        counts = {"count": standing.left, "needed": needed, "of": len(standing.ceremony.trustees)}
        self.what.setText(tr(f"trustees.decrypt.{key}", **counts))
        self.why.setText(tr(f"trustees.decrypt.{key}.why", **counts))
        tone = Tone.ACCENT if standing.left else Tone.GOOD
        words = tr("trustees.decrypt.of", done=done, needed=needed)
        self.bar.set(words, min(1.0, done / needed), tone)
        self.mark.setText(standing.mark)
        self.count.setVisible(not standing.left and not standing.counted)
        self.count.setEnabled(True)
        open_now = standing.tally is not None and not standing.counted
        self.usb.setVisible(open_now)
        self._show_trustees(standing, open_now=open_now)
        if before is not None and len(standing.done) > len(before.done):
            self._forget_turn()
            (self.count if self.count.isVisible() else self).setFocus()

    def _show_trustees(self, standing: Standing, *, open_now: bool) -> None:
        tr = self.context.tr
        self.rows.clear()
        for trustee in standing.ceremony.trustees:
            done = trustee.index in standing.done
            title = f"{tr.number(trustee.index)}. {tr.isolated(trustee.name)}"
            line = ListRow(self.context, title, icon="key", clickable=open_now and not done)
            if done:
                line.trailing.addWidget(Chip(self.context, tr("trustees.part.done"), Tone.GOOD))
            elif open_now:
                line.trailing.addWidget(
                    Chip(self.context, tr("trustees.part.turn"), Tone.NEUTRAL, "hand-pointing")
                )
            line.activated.connect(partial(self.call, trustee.index))
            self.rows.add(line)

    def call(self, index: int) -> None:
        """Let the trustee with this index take their turn."""
        standing = self._standing
        if standing is None:
            return
        self._forget_turn()
        tr, name = self.context.tr, standing.ceremony.trustee(index).name
        column = self.turn.column
        column.addWidget(Text(self.context, tr("trustees.decrypt.turn", name=name), Type.HEADING))
        column.addWidget(Text(self.context, tr("trustees.decrypt.turn.why"), Type.BODY, "muted"))
        self.fields = ShareFields(self.context)
        go_on = Button(self.context, tr("trustees.decrypt.check"), Kind.PRIMARY, "shield-check")
        no = Button(self.context, tr("dialog.cancel"), Kind.QUIET)
        go_on.clicked.connect(self._check)
        no.clicked.connect(self._forget_turn)
        self.fields.submitted.connect(go_on.click)
        self._asking = boxed(
            stacked(self.fields, row(go_on, no, None, space=SPACE_3), space=SPACE_4)
        )
        column.addWidget(self._asking)
        follow(self.count, self._asking)
        self.turn.show()
        self.fields.file.setFocus()
        self.scroll_area.ensureWidgetVisible(self.turn)

    def _check(self) -> None:
        """Check the whole ledger for this trustee, who then sees the fingerprint."""
        poll_id, fields = self._controller.poll_id, self.fields
        if poll_id is None or fields is None:
            return
        share = fields.take()
        if share is None:
            return
        self._share = share
        sheet = WorkSheet(self.context, self.context.tr("trustees.decrypt.checking"), self)
        task = self._controller.examining(poll_id, share)
        self.sheet = sheet.run(task, self._examined, self._not_examined)

    def _examined(self, examined: Examined) -> None:
        share, self._share = self._share, None
        if self._asking is None or share is None:
            return
        self._asking.hide()
        checked = self.checked = Checked(self.context, examined, share)
        checked.agreed.connect(lambda agreed: self._decrypt(examined, agreed))
        checked.dismissed.connect(self._forget_turn)
        self.turn.column.addWidget(checked)
        follow(self.count, checked)
        QTimer.singleShot(0, checked, self._to_checked)

    def _to_checked(self) -> None:
        if self.checked is not None:
            self.checked.setFocus()
            self.scroll_area.ensureWidgetVisible(self.checked)

    def _not_examined(self, error: CongressError) -> bool:
        self._share = None
        if self.fields is None or isinstance(error, Cancelled):
            return False
        self.fields.show_error(error)
        return True

    def _decrypt(self, examined: Examined, share: Share) -> None:
        if self.checked is not None:
            self.checked.setEnabled(False)
        self._controller.decrypt(examined, share)

    def _refused(self, error: CongressError) -> None:
        self.count.setEnabled(True)
        if self.fields is not None and self._asking is not None:
            if self.checked is not None:
                self.checked.hide()
                self.checked.deleteLater()
                self.checked = None
            self._asking.show()
            self.fields.show_error(error)
        else:
            clear(self.trouble)
            self.trouble.addWidget(ErrorView(self.context, error))

    def _forget_turn(self) -> None:
        if self.fields is not None:
            self.fields.forget()
        self.fields = self.checked = self._asking = self._share = None
        clear(self.turn.column)
        self.turn.hide()

    def export_tally(self) -> None:
        """Ask where to, and write the ledger for a trustee's own machine."""
        tr, poll_id = self.context.tr, self._controller.poll_id
        name = tr("trustees.decrypt.file") + tallyfile.TALLY
        chosen, _ = QFileDialog.getSaveFileName(self, tr("trustees.decrypt.export"), name)
        if chosen and poll_id is not None:
            path = Path(chosen)

            def done(_: None) -> str:
                return tr("saving.saved", file=path.name)

            sheet = WorkSheet(self.context, tr("trustees.decrypt.export"), self)
            self.sheet = sheet.run(self._controller.exporting(poll_id, path), done)

    def take_partial(self) -> None:
        """Ask for the file that a trustee has brought back, and take it."""
        tr = self.context.tr
        kinds = f"{tr('trustees.decrypt.part')} (*{tallyfile.PARTIAL})"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("trustees.decrypt.take"), "", kinds)
        if chosen:
            self._forget_turn()
            self._controller.take(Path(chosen))
