"""The panel before and after a ballot: the neutral screen, the receipt, the way out."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.pages.panel_code import CodePlate
from congress.ui.theme.tokens import SPACE_2, SPACE_4, SPACE_5, SPACE_6, TEXT_SCALES, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check, SegmentedControl
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.layout import boxed, clear, column, row
from congress.ui.widgets.text import Text
from congress.voting.model import Poll, Receipt, Secrecy, State

_NARROW, _WIDE = 560, 720
_LARGE = 2
"""Which of the ``TEXT_SCALES`` is the large type of the panel."""


def _centred(widget: QWidget) -> QVBoxLayout:
    return column(None, row(None, widget, None), None)


class NeutralView(QWidget):
    """Waits for a card or a badge, and says nothing of anybody."""

    entered = Signal(str)
    """What was scanned or typed."""
    leave_asked = Signal()
    """Somebody wants to close the panel."""

    def __init__(self, context: UiContext, limits: str, parent: QWidget | None = None) -> None:
        """Lay out the screen.

        Args:
            context: The surroundings.
            limits: Key of the line that says what is not guaranteed in a secret poll.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context = context
        tr, theme = context.tr, context.theme
        names = [(lang, tr(f"language.{lang}")) for lang in LANGUAGES]
        language = SegmentedControl(context, names, tr.lang, name=tr("panel.language"))
        language.chosen.connect(self._speak)
        now = context.preferences
        self.large = Check(context, tr("panel.large"), ticked=now.text_scale > TEXT_SCALES[0])
        self.large.clicked.connect(self._enlarge)
        self.sharp = Check(context, tr("panel.contrast"), ticked=now.contrast)
        self.sharp.clicked.connect(self._sharpen)
        self.leave = Button(context, kind=Kind.QUIET, icon="lock", name=tr("panel.leave"))
        self.leave.clicked.connect(self.leave_asked)
        self.code = Field(context, tr("panel.code"), help_text=tr("panel.code.help"))
        self.code.editor.setFont(theme.font(Type.TITLE, figures=True))
        self.code.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if isinstance(self.code.editor, QLineEdit):
            self.code.editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.code.editor.setMaxLength(80)
        self.code.submitted.connect(self._enter)
        self.begin = LargeButton(context, tr("panel.begin"), Kind.PRIMARY)
        self.begin.clicked.connect(self._enter)
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        heading = Text(context, tr("panel.welcome"), Type.DISPLAY)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lead = Text(context, tr("panel.welcome.lead"), Type.LEAD, "muted")
        lead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.polls = QVBoxLayout()
        self.polls.setSpacing(SPACE_2)
        card = Card(context)
        card.column.setSpacing(SPACE_4)
        for widget in (self.code, self.trouble, self.begin):
            card.column.addWidget(widget)
        self.limits = Text(context, tr(limits), Type.LABEL, "muted")
        self.limits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.limits.hide()
        middle = boxed(column(heading, lead, card, self.polls, self.limits, space=SPACE_4))
        middle.setFixedWidth(theme.px(_NARROW))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row(language, self.large, self.sharp, None, self.leave))
        box.addLayout(_centred(middle), 1)

    def _speak(self, lang: object) -> None:
        self._context.prefer(replace(self._context.preferences, lang=str(lang)))

    def _enlarge(self, large: bool) -> None:
        scale = TEXT_SCALES[_LARGE if large else 0]
        self._context.prefer(replace(self._context.preferences, text_scale=scale))

    def _sharpen(self, sharp: bool) -> None:
        self._context.prefer(replace(self._context.preferences, contrast=sharp))

    def _enter(self) -> None:
        if self.code.value.strip():
            self.begin.setEnabled(False)
            self.entered.emit(self.code.value)

    def show_running(self, polls: Sequence[Poll]) -> None:
        """Say which polls run, and what to vote in them with."""
        clear(self.polls)
        tr = self._context.tr
        if not polls:
            none = Text(self._context, tr("panel.nothing_open"), Type.BODY, "muted")
            none.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.polls.addWidget(none)
        self.limits.setVisible(any(poll.plan.secrecy is Secrecy.SECRET for poll in polls))
        for poll in polls:
            secret = poll.plan.secrecy is Secrecy.SECRET
            how = tr("panel.with_card" if secret else "panel.with_badge")
            if poll.state is State.SUSPENDED:
                how = tr("voting.state.suspended")
            line = Text(self._context, tr.joined(poll.plan.title, how), Type.BODY, "muted")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.polls.addWidget(line)

    def show_error(self, error: CongressError) -> None:
        """Say why nobody was let in."""
        text = self._context.tr.error(error)
        self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.trouble.show()
        self.ready(keep_trouble=True)

    def show_note(self, text: str) -> None:
        """Say what happened to the ballot before."""
        self.trouble.set("", Tone.NOTE, title=text)
        self.trouble.show()
        self.ready(keep_trouble=True)

    def ready(self, *, keep_trouble: bool = False) -> None:
        """Forget what was typed and wait for the next voter."""
        self.code.value = ""
        self.begin.setEnabled(True)
        if not keep_trouble:
            self.trouble.hide()
        self.code.editor.setFocus(Qt.FocusReason.OtherFocusReason)


class ReceiptView(QWidget):
    """Says that the ballot is in the box, and gives its tracking code."""

    done = Signal()
    """The voter goes."""

    def __init__(
        self, context: UiContext, receipt: Receipt, secrecy: Secrecy, parent: QWidget | None = None
    ) -> None:
        """Show the receipt."""
        super().__init__(parent)
        self._context = context
        tr, theme = context.tr, context.theme
        heading = Text(context, tr("panel.receipt"), Type.DISPLAY, Tone.GOOD)
        meaning = Text(context, tr(f"panel.receipt.{secrecy.value}"), Type.BODY, "muted")
        for text in (heading, meaning):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plate = CodePlate(context, receipt.tracking_code)
        self.plate.column.addWidget(meaning)
        self.finish = LargeButton(context, "", Kind.PRIMARY)
        self.finish.clicked.connect(self.done)
        middle = boxed(column(heading, self.plate, self.finish, space=SPACE_5))
        middle.setFixedWidth(theme.px(_WIDE))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, SPACE_6)
        box.addLayout(_centred(middle), 1)

    def count_down(self, seconds: int) -> None:
        """Say in how many seconds the panel forgets."""
        self.finish.set_text(self._context.tr("panel.receipt.done", count=seconds))


class LeaveDialog(Dialog):
    """Asks for the passphrase of whoever signed in at this machine."""

    given = Signal(str)
    """The passphrase."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Ask."""
        tr = context.tr
        super().__init__(context, tr("panel.leave"), parent)
        self.column.addWidget(Text(context, tr("panel.leave.why"), Type.BODY, "muted"))
        self.passphrase = Field.secret(context, tr("panel.leave.passphrase"))
        self.column.addWidget(self.passphrase)
        self.no = self.add_button(tr("dialog.cancel"))
        self.yes = self.add_button(tr("panel.leave.verb"), Kind.PRIMARY)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._give)
        self.passphrase.submitted.connect(self._give)
        self.passphrase.setFocus()

    def _give(self) -> None:
        if self.passphrase.value:
            self.yes.setEnabled(False)
            self.given.emit(self.passphrase.value)

    def show_error(self, error: CongressError) -> None:
        """Say that the passphrase is wrong."""
        self.yes.setEnabled(True)
        self.passphrase.value = ""
        self.passphrase.set_error(self.context.tr.error(error).what)
        self.passphrase.setFocus()
