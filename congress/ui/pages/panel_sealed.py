"""The panel between the preview and the box: cast the encrypted ballot, or open and audit it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.pages.panel_code import CodePlate
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.layout import boxed, column, hairline, row
from congress.ui.widgets.text import Text
from congress.voting.casting import Opened
from congress.voting.layouts import BLANK, INVALID
from congress.voting.model import Contest, Judgement, Marks, Validity

_WIDE, _COLUMNS = 760, 2
_POINTS = ("opened", "published", "not_counted", "advice")


class StepView(QWidget):
    """A step of casting: a heading, what it means, its content, trouble, and the buttons."""

    def __init__(
        self, context: UiContext, heading: str, lead: str, parent: QWidget | None = None
    ) -> None:
        """Lay out the frame of the step; ``content`` and ``buttons`` are still empty."""
        super().__init__(parent)
        self._context = context
        self.heading = Text(context, heading, Type.TITLE)
        self.content = column(space=SPACE_4)
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self.buttons = row(space=SPACE_3)
        inside = column(self.heading, space=SPACE_4)
        if lead:
            inside.addWidget(Text(context, lead, Type.LEAD, "muted"))
        inside.addLayout(self.content)
        middle = boxed(inside)
        middle.setFixedWidth(context.theme.px(_WIDE))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(boxed(column(None, row(None, middle, None), None)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(area, 1)
        box.addWidget(self.trouble)
        box.addWidget(hairline())
        box.addLayout(self.buttons)

    def show_trouble(self, title: str, text: str) -> None:
        """Say why the step was not taken; it may be tried again."""
        self.trouble.set(text, Tone.CAUTION, title=title)
        self.trouble.show()
        self._allow(True)

    def _allow(self, allowed: bool) -> None:
        for button in self.findChildren(Button):
            button.setEnabled(allowed)


class SealedView(StepView):
    """The ballot is encrypted and its code is known: cast it, change it, or audit it."""

    cast_asked = Signal()
    changed = Signal()
    audit_asked = Signal()

    def __init__(
        self, context: UiContext, tracking_code: str, parent: QWidget | None = None
    ) -> None:
        """Show the code of the ballot that was prepared."""
        tr = context.tr
        super().__init__(context, tr("panel.sealed"), tr("panel.sealed.lead"), parent)
        self.plate = CodePlate(context, tracking_code)
        self.content.addWidget(self.plate)
        self.audit = Button(context, tr("panel.audit"), Kind.QUIET, "magnifying-glass")
        self.change = LargeButton(context, tr("panel.change"))
        self.cast = LargeButton(context, tr("panel.cast"), Kind.PRIMARY)
        self.audit.clicked.connect(self.audit_asked)
        self.change.clicked.connect(self.changed)
        self.cast.clicked.connect(self._cast)
        for button in (self.audit, self.change, self.cast):
            self.buttons.addWidget(button)
        self.buttons.insertStretch(1, 1)

    def _cast(self) -> None:
        self._allow(False)
        self.cast_asked.emit()


class AuditView(StepView):
    """The extra step before a ballot is opened: what that does, and what it does not."""

    opening_asked = Signal()
    back_asked = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Ask."""
        tr = context.tr
        super().__init__(context, tr("panel.audit.title"), "", parent)
        card = Card(context)
        for point in _POINTS:
            card.column.addWidget(Text(context, f"•  {tr(f'panel.audit.{point}')}", Type.LEAD))
        self.content.addWidget(card)
        self.open = LargeButton(context, tr("panel.audit.verb"))
        self.back = LargeButton(context, tr("panel.audit.back"), Kind.PRIMARY)
        self.open.clicked.connect(self._open)
        self.back.clicked.connect(self.back_asked)
        for button in (self.open, self.back):
            self.buttons.addWidget(button)
        self.buttons.insertStretch(0, 1)

    def _open(self) -> None:
        self._allow(False)
        self.opening_asked.emit()


class OpenedView(StepView):
    """What an opened ballot held, beside what was chosen.

    Attributes:
        same: Whether the two are the same.
    """

    again_asked = Signal()

    def __init__(
        self,
        context: UiContext,
        opened: Opened,
        judgements: Sequence[Judgement],
        parent: QWidget | None = None,
    ) -> None:
        """Compare ``opened`` with the ``judgements`` that the preview showed."""
        tr = context.tr
        super().__init__(context, tr("panel.opened"), "", parent)
        self.same = opened.marks == tuple(map(held, judgements))
        key = "panel.opened.same" if self.same else "panel.opened.other"
        tone = Tone.GOOD if self.same else Tone.DANGER
        self.verdict = Banner(context, tr(f"{key}.why"), tone, title=tr(key))
        self.content.addWidget(self.verdict)
        card = Card(context, tr("panel.opened.held"))
        contests = opened.poll.plan.contests
        for contest, marks in zip(contests, opened.marks, strict=True):
            if len(contests) > 1:
                card.column.addWidget(Text(context, tr.isolated(contest.title), Type.STRONG))
            lines = self._lines(contest, marks)
            grid = QGridLayout()
            height = -(-len(lines) // _COLUMNS)
            for at, line in enumerate(lines):
                grid.addWidget(Text(context, line, Type.BODY), at % height, at // height)
            card.column.addLayout(grid)
        self.content.addWidget(card)
        self.plate = CodePlate(context, opened.tracking_code)
        self.content.addWidget(self.plate)
        self.again = LargeButton(context, tr("panel.opened.again"), Kind.PRIMARY)
        self.again.clicked.connect(self.again_asked)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.again)

    def _lines(self, contest: Contest, marks: Marks) -> list[str]:
        tr = self._context.tr
        for flag, validity in ((BLANK, Validity.BLANK), (INVALID, Validity.INVALID)):
            if flag in marks:
                return [tr(f"voting.validity.{validity.value}"), tr("panel.opened.no_names")]
        if not contest.candidates:
            return [tr(f"voting.cell.{cell}") for cell in sorted(marks)]
        sides = {"agree": tr("voting.cell.agree"), "disagree": tr("voting.cell.disagree")}
        lines = []
        for candidate in contest.candidates:
            if candidate.id in marks:
                lines.append(tr.isolated(candidate.name))
            lines += [
                tr.joined(candidate.name, words)
                for side, words in sides.items()
                if f"{candidate.id}:{side}" in marks
            ]
        return lines or [tr("panel.opened.no_names")]


def held(judgement: Judgement) -> Marks:
    """Return the cells that the encrypted ballot must hold, flags included."""
    flags = {Validity.BLANK: BLANK, Validity.INVALID: INVALID}
    flag = flags.get(judgement.validity)
    return judgement.counted if flag is None else frozenset({flag})
