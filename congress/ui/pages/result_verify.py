"""Checking the bundle of a poll by the independent verifier, from the page of its result."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.verifying import Checked, Inspection, inspect_apart
from congress.ui.models.rows import Column
from congress.ui.pages.result_faults import FailedCheck, cautions
from congress.ui.theme.tokens import SPACE_3, TARGET, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import Card
from congress.ui.widgets.layout import clear, column, row
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet


class VerifyCard(Card):
    """Asks for a bundle, has it checked in a process of its own, and lists every check.

    Attributes:
        go: The button that asks for a bundle.
        answer: Whether everything held.
        failed: What is wrong, check by check.
        table: Every check, once there was one.
        caution: What somebody should look at though nothing is wrong, if there is anything.
    """

    def __init__(self, context: UiContext, poll_id: PollId, parent: QWidget | None = None) -> None:
        """Offer to check bundles; a bundle of another poll than ``poll_id`` is said to be one."""
        tr = context.tr
        super().__init__(context, tr("checking.title"), parent=parent)
        self._context, self._poll_id = context, poll_id
        self.failed: list[FailedCheck] = []
        self.table: DataTable[Checked] | None = None
        self.caution: Banner | None = None
        self.sheet: WorkSheet | None = None
        self.column.addWidget(Text(context, tr("checking.why"), Type.LABEL, "muted"))
        self.go = Button(context, tr("checking.verb"), icon="shield-check")
        self.go.clicked.connect(self._ask)
        self.column.addLayout(row(self.go, None))
        self.answer = Banner(context, "", Tone.NOTE)
        self.answer.hide()
        self.column.addWidget(self.answer)
        self._found = column()
        self.column.addLayout(self._found)

    def _ask(self) -> None:
        tr = self._context.tr
        chosen, _ = QFileDialog.getOpenFileName(self, tr("checking.choose"), "", "*.zip")
        if chosen:
            self.check(Path(chosen))

    def check(self, path: Path) -> None:
        """Have the bundle ``path`` checked."""
        task = self._context.tasks.free(lambda progress: inspect_apart(path, progress))
        self.sheet = WorkSheet(self._context, self._context.tr("checking.working"), self)
        self.sheet.run(task, done=self._tell)

    def _tell(self, found: Inspection) -> None:
        """Show what the verifier said."""
        tr = self._context.tr
        if found.poll_id and found.poll_id != self._poll_id:
            key, tone, why = "other", Tone.CAUTION, tr("checking.other.why")
        elif found.holds:
            key, tone = "holds", Tone.GOOD
            why = tr("checking.holds.why", count=found.ballots)
        else:
            key, tone, why = "fails", Tone.DANGER, tr("checking.fails.why")
        self.answer.set(why, tone, title=tr(f"checking.{key}"))
        self.answer.show()
        clear(self._found)
        self.failed = [FailedCheck(self._context, check) for check in found.checks if check.failed]
        for each in self.failed:
            self._found.addWidget(each)
        undecided = sum(not check.decided for check in found.checks)
        if undecided:
            words = tr("checking.undecided.why", count=undecided)
            self._found.addWidget(Text(self._context, words, Type.LABEL, "muted"))
        self.table = self._listed(found)
        self._found.addWidget(self.table)
        self.caution = self._cautioned(found)
        if self.caution is not None:
            self._found.addWidget(self.caution)

    def _cautioned(self, found: Inspection) -> Banner | None:
        """Return what is to be looked at, a line each."""
        tr = self._context.tr
        lines = cautions(tr, found)
        if not lines:
            return None
        words = "\n".join([tr("checking.caution.why"), *(f"• {line}" for line in lines)])
        return Banner(self._context, words, Tone.CAUTION, title=tr("checking.caution"))

    def _listed(self, found: Inspection) -> DataTable[Checked]:
        """Return the table of every check, high enough for all of them."""
        table = DataTable(
            self._context,
            self._columns(),
            found.checks,
            name=self._context.tr("checking.title"),
            filtering=False,
        )
        height = table.view.verticalHeader().defaultSectionSize() * len(found.checks)
        head = table.view.horizontalHeader().sizeHint().height()
        table.view.setFixedHeight(max(height, TARGET) + head + SPACE_3)
        return table

    def _columns(self) -> tuple[Column[Checked], ...]:
        tr = self._context.tr

        def state(check: Checked) -> tuple[str, Tone, str]:
            if check.holds:
                return tr("checking.ok"), Tone.GOOD, "check-circle"
            if check.decided:
                return tr("checking.failed"), Tone.DANGER, "x-circle"
            return tr("checking.undecided"), Tone.NEUTRAL, "circle"

        return (
            Column(
                tr("checking.check"),
                lambda check: tr(f"verify.check.{check.name}"),
                strong=True,
                stretch=True,
            ),
            Column(
                tr("checking.counted"),
                lambda check: tr.number(check.counted),
                lambda check: check.counted,
                number=True,
            ),
            Column(
                tr("checking.state"),
                lambda check: state(check)[0],
                tone=lambda check: state(check)[1],
                icon=lambda check: state(check)[2],
            ),
        )
