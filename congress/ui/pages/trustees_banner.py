"""Says on the chair's desk that there are no trustees yet, with the way to their ceremony."""

from PySide6.QtWidgets import QWidget

from congress.kernel.events import Event
from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.voting.trustees.board import Board, BoardChanged, Boards

TRUSTEES_PAGE = "trustees"


class TrusteesBanner(Banner):
    """Shows while secret polls cannot be held for want of trustees."""

    def __init__(self, context: UiContext, boards: Boards, parent: QWidget | None = None) -> None:
        """Stay away until ``refresh`` has found that there is no board."""
        tr = context.tr
        super().__init__(
            context,
            tr("trustees.desk.none.why"),
            Tone.CAUTION,
            title=tr("trustees.desk.none"),
            parent=parent,
        )
        self._context, self._boards = context, boards
        self._asked = True
        self.go = Button(context, tr("trustees.title"), Kind.SECONDARY, "key")
        self.go.clicked.connect(lambda: context.navigate(TRUSTEES_PAGE))
        self.buttons.addWidget(self.go)
        self.hide()
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, BoardChanged):
            self.refresh()

    def refresh(self) -> None:
        """Look again whether there is a board."""
        self._context.tasks.free(lambda _: self._boards.current()).success(self._told).start()

    def set_asked(self, asked: bool) -> None:
        """Look for a board if one is needed here, and stay away if not."""
        self._asked = asked
        if asked:
            self.refresh()
        else:
            self.hide()

    def _told(self, board: Board | None) -> None:
        self.setVisible(self._asked and board is None)
