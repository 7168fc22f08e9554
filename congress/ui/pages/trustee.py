"""A trustee on their own machine: the rounds of a ceremony and a decryption, by files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.i18n.translator import Translator
from congress.kernel.errors import Cancelled, CongressError
from congress.secretariat.model import Cover
from congress.secretariat.trustees import copy_pdf
from congress.ui.context import UiContext
from congress.ui.controllers.trustee import Share, Stepped, TrusteeController
from congress.ui.page import ScrollPage
from congress.ui.pages.trustee_checked import Checked
from congress.ui.pages.trustee_fields import WRONG, FileLine, NewPassphrase, ShareFields
from congress.ui.pages.trustee_paper import PaperDialog
from congress.ui.pages.welcome import look_switches
from congress.ui.theme.tokens import SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.mark import Mark
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet
from congress.voting.trustees import sharefile, tallyfile
from congress.voting.trustees.decryption import Examined
from congress.voting.trustees.folder import Gathered
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.keeper import Done

CEREMONY, TALLY = "ceremony", "tally"
_TONES = {Done.COMPLAINED: Tone.DANGER, Done.WAITS: Tone.NOTE}


class TrusteePage(ScrollPage):
    """Takes a trustee's steps with the files on a stick."""

    key: ClassVar[str] = "trustee"
    title_key: ClassVar[str] = "trustees.own.title"
    icon: ClassVar[str] = "key"
    centred: ClassVar[bool] = True
    measure: ClassVar[int] = 760

    def __init__(
        self, context: UiContext, controller: TrusteeController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page."""
        super().__init__(context, context.tr("trustees.own.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self._gathered: Gathered | None = None
        self.sheet: WorkSheet | None = None
        self.checked: Checked | None = None
        self.column.insertLayout(0, row(Mark(context), None, look_switches(context)))
        self.column.insertSpacing(1, SPACE_5)
        back = Button(context, tr("trustees.own.back"), Kind.QUIET, "arrow-left")
        away = "trustees" if context.congress is not None else "welcome"
        back.clicked.connect(lambda: context.navigate(away))
        self.column.insertWidget(2, back, 0, Qt.AlignmentFlag.AlignLeading)
        self.way = SegmentedControl(
            context,
            [(CEREMONY, tr("trustees.own.ceremony")), (TALLY, tr("trustees.own.tally"))],
            name=tr("trustees.own"),
        )
        self.column.addLayout(row(self.way, None))
        self.ceremony = self._ceremony_card()
        self.tally = self._tally_card()
        self.result = QVBoxLayout()
        self.column.addLayout(self.result)
        for widget in (self.ceremony, self.tally):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.way.chosen.connect(lambda _: self._arrange())
        controller.gathered.connect(self._found)
        controller.stepped.connect(self._stepped)
        controller.refused.connect(self._refused)
        controller.busy_changed.connect(self._busy)
        self._arrange()

    def _ceremony_card(self) -> Card:
        context, tr = self.context, self.context.tr
        card = Card(context, tr("trustees.own.ceremony"))
        card.column.setSpacing(SPACE_4)
        self.place = FileLine(context, tr("trustees.own.folder"), tr("trustees.folder.choose"))
        self.place.button.clicked.connect(self._choose_place)
        self.facts = Text(context, "", Type.BODY, "muted")
        self.have = SegmentedControl(
            context,
            [(False, tr("trustees.own.new")), (True, tr("trustees.own.have"))],
            name=tr("trustees.share.file"),
        )
        self.who = Select(context, name=tr("trustees.own.who"))
        self.who_field = Field(context, tr("trustees.own.who"), self.who)
        self.file = FileLine(
            context, tr("trustees.table.file.where"), tr("trustees.table.file.choose")
        )
        self.file.button.clicked.connect(self._choose_file)
        self.new = NewPassphrase(context)
        self.share = ShareFields(context, paper=False)
        self.step_button = Button(context, tr("trustees.own.step"), Kind.PRIMARY, "key")
        for widget in (self.place, self.facts, self.have, self.who_field, self.file, self.new):
            card.column.addWidget(widget)
        card.column.addWidget(self.share)
        card.column.addLayout(row(self.step_button, None))
        self.step_button.clicked.connect(self._step)
        self.new.submitted.connect(self.step_button.click)
        self.share.submitted.connect(self.step_button.click)
        self.have.chosen.connect(lambda _: self._arrange())
        return card

    def _tally_card(self) -> Card:
        context, tr = self.context, self.context.tr
        card = Card(context, tr("trustees.own.tally"))
        card.column.setSpacing(SPACE_4)
        card.column.addWidget(Text(context, tr("trustees.decrypt.turn.why"), Type.BODY, "muted"))
        self.ledger = FileLine(context, tr("trustees.own.ledger"), tr("trustees.own.ledger.choose"))
        self.ledger.button.clicked.connect(self._choose_ledger)
        self.secret = ShareFields(context)
        self.check = Button(context, tr("trustees.decrypt.check"), Kind.PRIMARY, "shield-check")
        self.check.clicked.connect(self._check)
        self.secret.submitted.connect(self.check.click)
        for widget in (self.ledger, self.secret):
            card.column.addWidget(widget)
        card.column.addLayout(row(self.check, None))
        return card

    def shown(self) -> None:
        """Put the keyboard on the first thing to do."""
        self.place.setFocus()

    def closing(self) -> None:
        """Forget what was typed."""
        self.new.forget()
        self.share.forget()
        self.secret.forget()

    def _arrange(self) -> None:
        ceremony = self.way.value == CEREMONY
        self.ceremony.setVisible(ceremony)
        self.tally.setVisible(not ceremony)
        ready = self._gathered is not None
        have = bool(self.have.value)
        self.have.setVisible(ready)
        self.facts.setVisible(ready)
        for widget in (self.who_field, self.file, self.new):
            widget.setVisible(ready and not have)
        self.share.setVisible(ready and have)
        self.step_button.setEnabled(ready)

    def _choose_place(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.context.tr("trustees.folder.choose"))
        self.place.take(found)
        if found:
            self._controller.look(Path(found))

    def _clear(self) -> None:
        """Show nothing of the step before, and keep no secret that was given for it."""
        self.checked = None
        clear(self.result)

    def _found(self, gathered: Gathered) -> None:
        self._clear()
        self._gathered = gathered
        tr, invitation = self.context.tr, gathered.session.invitation
        self.facts.setText(
            tr(
                "trustees.own.facts",
                congress=invitation.congress,
                needed=invitation.threshold,
                of=len(invitation.names),
            )
        )
        names = [(index, tr.isolated(invitation.name(index))) for index in invitation.indices]
        self.who.set_options(names, self.who.value)
        self._arrange()
        self._tell_fault(gathered)

    def _tell_fault(self, gathered: Gathered) -> None:
        """Name who broke a ceremony that is over."""
        fault = gathered.session.fault
        if fault is not None:
            who = gathered.session.invitation.name(fault.accused)
            title = self.context.tr("trustees.broken.title")
            text = self.context.tr(f"trustees.fault.{fault.reason}", who=who)
            self.result.addWidget(Banner(self.context, text, Tone.DANGER, title=title))

    def _choose_file(self) -> None:
        tr, index = self.context.tr, self.who.value
        if self._gathered is None or not isinstance(index, int):
            return
        name = sharefile.file_name(self._gathered.session.invitation.name(index), index)
        kinds = f"{tr('trustees.share.file')} (*{sharefile.ENDING})"
        title = tr("trustees.table.file.choose")
        found, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        self.file.take(found)
        if found:
            self.new.setFocus()

    def _step(self) -> None:
        self._clear()
        place = self.place.path
        if place is None or self._controller.busy:
            return
        if self.have.value:
            path, typed = self.share.file.path, self.share.passphrase.value
            if self.share.take() is not None and path is not None:
                self._controller.step(place, path, typed)
            return
        index = self.who.value
        if self.file.path is None:
            self.file.button.click()
        elif isinstance(index, int) and (typed := self.new.take()):
            self._controller.join(place, index, self.file.path, typed)

    def _stepped(self, stepped: Stepped) -> None:
        tr, outcome = self.context.tr, stepped.outcome
        self._gathered = stepped.gathered
        if not self.have.value:
            self.share.file.set_path(self.file.path)
            self.have.set_value(True)
        self._arrange()
        self._clear()
        QTimer.singleShot(0, self, self._to_result)
        names = tr.listed(map(tr.isolated, outcome.waiting))
        why = tr(f"trustees.done.{outcome.done}.why", names=names or "–")
        tone = _TONES.get(outcome.done, Tone.GOOD)
        banner = Banner(self.context, why, tone, title=tr(f"trustees.done.{outcome.done}"))
        self.result.addWidget(banner)
        self._tell_fault(stepped.gathered)
        if stepped.mark:
            mark = f"\u2066{stepped.mark}\u2069"
            compare = Text(self.context, tr("trustees.own.compare", mark=mark), Type.BODY)
            self.result.addWidget(compare.selectable())
        if stepped.holder.share is not None:
            paper = Button(self.context, tr("trustees.paper.verb"), Kind.SECONDARY, "printer")
            paper.clicked.connect(lambda: self._paper(stepped.holder))
            self.result.addLayout(row(paper, None))
        self.share.passphrase.setFocus()

    def _to_result(self) -> None:
        """Bring what came of a step into sight: it stands above the fields."""
        self.scroll_area.verticalScrollBar().setValue(0)

    def _paper(self, holder: Holder) -> None:
        lang, now = self.context.tr.lang, datetime.now(UTC).astimezone()
        cover = Cover(holder.invitation.congress, "", None, None, now)

        def copy(holder: Holder) -> bytes:
            return copy_pdf(Translator(lang), cover, holder)

        PaperDialog(self.context, holder, copy, self).open()

    def _choose_ledger(self) -> None:
        tr = self.context.tr
        kinds = f"{tr('trustees.own.ledger')} (*{tallyfile.TALLY})"
        found, _ = QFileDialog.getOpenFileName(self, tr("trustees.own.ledger.choose"), "", kinds)
        self.ledger.take(found)

    def _check(self) -> None:
        self._clear()
        if self.ledger.path is None:
            self.ledger.button.click()
            return
        share = self.secret.take()
        if share is None:
            return
        tally = self.ledger.path
        sheet = WorkSheet(self.context, self.context.tr("trustees.decrypt.checking"), self)

        def examined(found: Examined) -> None:
            self._examined(found, share, tally.parent)

        self.sheet = sheet.run(
            self._controller.examining(tally, share), examined, self._not_examined
        )

    def _examined(self, found: Examined, share: Share, out: Path) -> None:
        self._clear()
        card = Card(self.context)
        checked = self.checked = Checked(self.context, found, share)
        card.column.addWidget(checked)
        self.result.addWidget(card)

        def decrypt(agreed: Share) -> None:
            checked.setEnabled(False)
            task = self._controller.decrypting(found, agreed, out)
            task.success(self._decrypted).failure(self._refused).start()

        checked.agreed.connect(decrypt)
        checked.dismissed.connect(self._clear)
        QTimer.singleShot(0, checked, checked.setFocus)
        QTimer.singleShot(0, self, self._to_result)

    def _not_examined(self, error: CongressError) -> bool:
        if isinstance(error, Cancelled):
            return False
        self._refused(error)
        return True

    def _decrypted(self, path: Path) -> None:
        tr = self.context.tr
        self._clear()
        why = tr("trustees.own.decrypted.why", file=path.name)
        self.result.addWidget(
            Banner(self.context, why, Tone.GOOD, title=tr("trustees.own.decrypted"))
        )
        QTimer.singleShot(0, self, self._to_result)

    def _refused(self, error: CongressError) -> None:
        self._clear()
        if error.code == WRONG:
            fields = self.share if self.way.value == CEREMONY else self.secret
            fields.show_error(error)
        else:
            self.result.addWidget(ErrorView(self.context, error))
            QTimer.singleShot(0, self, self._to_result)

    def _busy(self, busy: bool) -> None:
        self.step_button.setEnabled(not busy and self._gathered is not None)
