"""The end of a poll's ledger: its fingerprint to compare, to print and to show in the hall."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, PollView
from congress.ui.hallwindow import hall_keys, show_in_hall
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import SPACE_5, SPACE_6, Type
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import Card
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.voting.ledger import fingerprint
from congress.voting.model import Channel, State

_WIDTH, _HEIGHT = 1280, 720


class LedgerCard(Card):
    """Shows the fingerprint, and what observers may want done with it.

    Attributes:
        hall: The window in the hall, while there is one.
    """

    def __init__(
        self,
        context: UiContext,
        controller: ChairController,
        view: PollView,
        parent: QWidget | None = None,
    ) -> None:
        """Show the end of the ledger of ``view``."""
        tr = context.tr
        super().__init__(context, tr("chair.ledger"), parent=parent)
        self._context, self._view = context, view
        self.hall: LedgerHall | None = None
        self.mark = Text(context, "", Type.TITLE, wrap=False, figures=True).selectable()
        self.mark.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.column.addLayout(row(self.mark, None))
        self._why = Text(context, "", Type.LABEL, "muted")
        self.column.addWidget(self._why)
        buttons = row()
        self.show_button = Button(context, tr("desk.head.show"), icon="presentation")
        self.show_button.clicked.connect(self._show)
        buttons.addWidget(self.show_button)
        if controller.may_print:
            self.print_button = Button(context, tr("desk.head.print"), icon="printer")
            self.print_button.clicked.connect(lambda: controller.print_head(self._view))
            buttons.addWidget(self.print_button)
        if view.poll.state in (State.OPEN, State.SUSPENDED):
            self.checkpoint = Button(context, tr("desk.checkpoint"), icon="flag")
            self.checkpoint.clicked.connect(lambda: controller.checkpoint(view.poll.id))
            buttons.addWidget(self.checkpoint)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.follow(view)

    def follow(self, view: PollView) -> None:
        """Show the end of the ledger as it is now."""
        self._view = view
        self.mark.setText(fingerprint(view.head.hash))
        self._why.setText(self._context.tr("chair.ledger.why", count=view.head.seq))

    def _show(self) -> None:
        self.hall = LedgerHall(self._context, self._view, self.window())
        show_in_hall(self.hall, self)


class LedgerHall(QWidget):
    """A window of its own: the fingerprint as large as the hall can read it.

    Beside that of a checkpoint or of the close it says how many ballots were cast until there:
    just the number that the fingerprint binds, for observers write down both.
    """

    def __init__(self, context: UiContext, view: PollView, owner: QWidget) -> None:
        """Show the end of the ledger of ``view``; the window goes with ``owner``."""
        super().__init__(owner, Qt.WindowType.Window)
        tr = context.tr
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("chair.ledger"))
        self.mark = Text(context, fingerprint(view.head.hash), Type.HALL, wrap=False)
        self.mark.setFont(font(Type.HALL, "en", context.theme.scale))
        self.mark.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        entry = tr.joined(tr("desk.head.entry"), tr.number(view.head.seq))
        told = view.head.ballots
        self.cast: Text | None = None
        lines = [
            Text(context, tr.isolated(view.poll.plan.title), Type.TITLE),
            Text(context, tr("chair.ledger"), Type.HEADING, "muted"),
            self.mark,
            Text(context, entry, Type.HEADING),
            Text(context, tr("desk.head.compare"), Type.LEAD, "muted"),
        ]
        if told is not None and view.poll.plan.channel is not Channel.PAPER:
            cast = tr.joined(tr("desk.head.cast"), tr.number(told))
            self.cast = Text(context, cast, Type.HEADING)
            lines.insert(4, self.cast)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        box.setSpacing(SPACE_5)
        box.addStretch(1)
        for line in lines:
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(line)
        box.addStretch(1)
        hall_keys(self)
        self.resize(_WIDTH, _HEIGHT)
