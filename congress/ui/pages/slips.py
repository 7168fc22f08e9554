"""Ballots on paper: print, issue, scan or type, settle, check, count."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.slips import PaperView, Scanned, SlipsController
from congress.ui.page import ScrollPage
from congress.ui.pages.chair import POLL_PAGE
from congress.ui.pages.saving import save_as
from congress.ui.pages.slip_cards import CheckCard, CountCard, PileCard, StockCard
from congress.ui.pages.slip_reading import SlipReading
from congress.ui.tasks import Step
from congress.ui.theme.tokens import SPACE_4, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.layout import clear
from congress.voting.model import State
from congress.voting.paperwork import SlipView
from congress.voting.slips import Answer

SLIPS_PAGE = "paper-ballots"


class SlipsPage(ScrollPage):
    """Leads the committee through the ballots on paper of one poll."""

    key: ClassVar[str] = SLIPS_PAGE
    title_key: ClassVar[str] = "slips.title"
    icon: ClassVar[str] = "files"

    def __init__(
        self, context: UiContext, controller: SlipsController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the poll comes with ``opened``."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._poll_id = PollId("")
        self._view: PaperView | None = None
        self._sample: tuple[int, ...] = ()
        self.reading: SlipReading | None = None
        back = Button(context, context.tr("slips.back"), Kind.QUIET, "arrow-left")
        back.clicked.connect(lambda: context.navigate(f"{POLL_PAGE}/{self._poll_id}"))
        self.header.buttons.addWidget(back)
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE_4)
        self.column.addWidget(self.trouble)
        self.column.addLayout(self._body)
        self.column.addStretch(1)
        controller.viewed.connect(self._show)
        controller.printed.connect(self._save_sheet)
        controller.scanning.connect(self._step)
        controller.scanned.connect(self._scanned)
        controller.to_read.connect(self._read)
        controller.sampled.connect(self._sampled)
        controller.checked.connect(self._checked)
        controller.refused.connect(self._refused)

    def opened(self, subject: str) -> None:
        """Show the poll whose identifier is ``subject``."""
        self._poll_id = PollId(subject)
        self._view, self._sample = None, ()
        self._leave()
        self._controller.view(self._poll_id)

    def shown(self) -> None:
        """Read the numbers again."""
        self._controller.view(self._poll_id)
        self.setFocus()

    def closing(self) -> None:
        """Stop a scan that is under way."""
        self._controller.stop_scanning()

    def _show(self, view: PaperView) -> None:
        self._view = view
        tr = self.context.tr
        self.header.title.setText(tr("slips.title"))
        state = f"voting.state.{view.poll.state}"
        if view.poll.state is State.KEYED:
            state = "slips.state.keyed"
        self.header.set_lead(tr.joined(view.poll.plan.title, tr(state)))
        if self.reading is None:
            self._lay_out(view)

    def _lay_out(self, view: PaperView) -> None:
        clear(self._body)
        context, controller = self.context, self._controller
        self.stock = StockCard(context, controller, view)
        self._body.addWidget(self.stock)
        if view.poll.state is not State.CLOSED or view.counted:
            return
        self.pile = PileCard(context, controller, view)
        self.pile.files.clicked.connect(self._choose_files)
        self.pile.folder.clicked.connect(self._choose_folder)
        self._body.addWidget(self.pile)
        if view.pile.slips and view.pile.settled == view.pile.slips:
            self.check = CheckCard(context, controller, view, self._sample)
            self._body.addWidget(self.check)
        self.count = CountCard(context, controller, view)
        self._body.addWidget(self.count)

    def _save_sheet(self, pdf: bytes) -> None:
        save_as(self, self.context.tr("slips.sheet.file"), pdf)

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            self.context.tr("slips.scan.files"),
            "",
            "PDF, JPEG, PNG, TIFF (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)",
        )
        self.scan([Path(path) for path in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.context.tr("slips.scan.folder"))
        self.scan([Path(chosen)] if chosen else [])

    def scan(self, paths: Sequence[Path]) -> None:
        """Read the scans in ``paths``."""
        if paths:
            self.trouble.hide()
            self._controller.scan(self._poll_id, paths)

    def _step(self, step: Step | None) -> None:
        if self._view is not None and self._view.poll.state is State.CLOSED and not self.reading:
            self.pile.show_step(step)

    def _scanned(self, result: Scanned) -> None:
        tr = self.context.tr
        lines = [tr("slips.scanned.doubtful", count=result.doubtful)] if result.doubtful else []
        if result.blank:
            lines.append(tr("slips.scanned.blank", count=result.blank))
        lines += [
            f"•  {tr.joined(tr.isolated(source), tr.error(error).what)}"
            for source, error in result.problems
        ]
        tone = Tone.CAUTION if result.problems else Tone.GOOD
        self._tell("\n".join(lines), tone, tr("slips.scanned", count=result.read))

    def _tell(self, text: str, tone: Tone, title: str) -> None:
        self.trouble.set(text, tone, title=title)
        self.trouble.show()

    def _read(self, slip: SlipView) -> None:
        if self._view is None:
            return
        checking = slip.number in self._sample
        clear(self._body)
        self.reading = SlipReading(self.context, self._view, slip, checking=checking)
        self.reading.left.connect(self._stop_reading)
        self.reading.answered.connect(self._answered)
        self._body.addWidget(self.reading)
        self.scroll_area.verticalScrollBar().setValue(0)
        self.reading.focus_first()

    def _answered(self, number: int, answer: Answer) -> None:
        checking = self.reading is not None and self.reading.checking
        act: Callable[[PollId, int, Answer], None] = (
            self._controller.check if checking else self._controller.read
        )
        act(self._poll_id, number, answer)

    def _leave(self) -> None:
        self.reading = None
        clear(self._body)

    def _stop_reading(self) -> None:
        self._leave()
        if self._view is not None:
            self._lay_out(self._view)
        self._controller.view(self._poll_id)

    def _sampled(self, numbers: tuple[int, ...]) -> None:
        self._sample = numbers
        if self._view is not None:
            self._lay_out(self._view)

    def _checked(self, number: int) -> None:
        left = [other for other in self._sample if other > number]
        if left:
            self._controller.slip(self._poll_id, left[0])
        else:
            self._sample = ()
            self._stop_reading()

    def _refused(self, error: CongressError) -> None:
        if self.reading is not None:
            self.reading.show_error(error)
            return
        if self._view is not None and self._view.poll.state is State.CLOSED:
            self.count.show_error(error)
        text = self.context.tr.error(error)
        self._tell(f"{text.means} {text.do}", Tone.CAUTION, text.what)
