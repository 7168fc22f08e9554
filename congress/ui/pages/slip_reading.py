"""Reading one slip: its picture where it was scanned, and the form to say what stands on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.slips import PaperView
from congress.ui.theme.tokens import SPACE_2, SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check
from congress.ui.widgets.layout import column, row
from congress.ui.widgets.slipform import SlipForm
from congress.ui.widgets.slippicture import SlipPicture
from congress.ui.widgets.text import Text
from congress.voting.model import Ballot
from congress.voting.paperwork import SlipView
from congress.voting.slips import Answer, Reader


class SlipReading(QWidget):
    """Asks one member what stands on one slip.

    Who reads it first or second sees what the scanner read plainly, never what the other
    reader said; who decides between two sees both answers; who checks sees nothing but the
    picture.
    """

    answered = Signal(int, object)
    """The number of the slip and the ``Answer``."""
    left = Signal()
    """The member wants to stop reading."""

    def __init__(
        self,
        context: UiContext,
        view: PaperView,
        slip: SlipView,
        *,
        checking: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out ``slip`` of the poll of ``view``."""
        super().__init__(parent)
        self._context, self._view, self.slip = context, view, slip
        self.checking = checking
        self.pictures: list[SlipPicture] = []
        tr, plan = context.tr, view.poll.plan
        card = Card(context, tr("slips.slip", number=slip.number))
        card.column.addWidget(Text(context, self._task(), Type.BODY, "muted"))
        for at, answer in enumerate(slip.differing, start=1):
            card.column.addWidget(self._told(at, answer))
        doubts = slip.scanner.doubts if slip.scanner and not checking else ()
        self.form = SlipForm(context, plan, view.rule, self._begin(), doubts)
        card.column.addWidget(self.form)
        self.rejected = Check(context, tr("slips.rejected"))
        card.column.addWidget(self.rejected)
        card.column.addWidget(Text(context, tr("slips.rejected.why"), Type.LABEL, "muted"))
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        card.column.addWidget(self.trouble)
        self.save = Button(context, tr("slips.save"), Kind.PRIMARY, "check")
        self.save.clicked.connect(self._answer)
        self.stop = Button(context, tr("slips.stop"), Kind.QUIET)
        self.stop.clicked.connect(self.left)
        card.column.addLayout(row(self.save, self.stop, None, space=SPACE_4))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_5)
        if slip.pages:
            box.addWidget(self._show_pictures(), 1)
        box.addLayout(column(card, None), 1)

    def _task(self) -> str:
        tr = self._context.tr
        if self.checking:
            return tr("slips.task.check")
        if self.slip.turn is Reader.THIRD:
            return tr("slips.task.third")
        return tr("slips.task.scanned" if self.slip.scanner else "slips.task.typed")

    def _begin(self) -> Ballot | None:
        scanner = self.slip.scanner
        return scanner.answer.ballot if scanner and not self.checking else None

    def _told(self, at: int, answer: Answer) -> Banner:
        tr, plan = self._context.tr, self._view.poll.plan
        lines = []
        if answer.rejected:
            lines.append(tr("slips.rejected"))
        else:
            form = SlipForm(self._context, plan, self._view.rule, answer.ballot)
            lines += [each.words() for each in form.contests]
            form.deleteLater()
        return Banner(
            self._context, "\n".join(lines), Tone.NOTE, title=tr("slips.answer", number=at)
        )

    def _show_pictures(self) -> QScrollArea:
        tr, doubts = self._context.tr, set()
        if self.slip.scanner and not self.checking:
            doubts = set(self.slip.scanner.doubts)
        ground = QWidget()
        lines = QVBoxLayout(ground)
        lines.setContentsMargins(0, 0, SPACE_2, 0)
        lines.setSpacing(SPACE_4)
        for number, jpeg in enumerate(self.slip.pages):
            areas = [
                target.area
                for target in self._view.sheet.on_page(number)
                if (target.contest, target.cell) in doubts
            ]
            name = tr("slips.picture", number=self.slip.number, page=number + 1)
            self.pictures.append(SlipPicture(self._context, jpeg, areas, name))
            lines.addWidget(self.pictures[-1])
        lines.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        area.setMinimumHeight(self._context.theme.px(520))
        return area

    def _answer(self) -> None:
        self.save.setEnabled(False)
        self.trouble.hide()
        self.answered.emit(self.slip.number, Answer(self.form.ballot, self.rejected.isChecked()))

    def show_error(self, error: CongressError) -> None:
        """Say why the answer was not taken."""
        text = self._context.tr.error(error)
        self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.trouble.show()
        self.save.setEnabled(True)

    def focus_first(self) -> None:
        """Put the focus on the first row."""
        self.form.focus_first()
