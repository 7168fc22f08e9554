"""An empty state: what would be here, why it is not, and the one thing to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_5, SPACE_6, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.text import Text

WIDEST = 520


class EmptyState(QWidget):
    """Stands where a list has nothing to show yet.

    Attributes:
        buttons: Where further buttons go, after the first.
    """

    acted = Signal()
    """The button was pressed."""

    def __init__(
        self,
        context: UiContext,
        what: str,
        why: str,
        action: str = "",
        *,
        icon: str = "tray",
        primary: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Explain.

        Args:
            context: The surroundings.
            what: What is missing, as a heading.
            why: What it is for and how it comes here.
            action: The verb of the button, or empty for none.
            icon: Phosphor name.
            primary: Whether the button is the primary one of the page.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        mark = QLabel()
        mark.setPixmap(context.theme.pixmap(f"{icon}-light", 48, "muted"))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = Text(context, what, Type.HEADING)
        reason = Text(context, why, Type.BODY, "muted")
        for text in (heading, reason):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle = QWidget()
        middle.setMaximumWidth(context.theme.px(WIDEST))
        words = QVBoxLayout(middle)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(SPACE_3)
        for widget in (mark, heading, reason):
            words.addWidget(widget)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_5, SPACE_6, SPACE_5, SPACE_6)
        box.setSpacing(SPACE_3)
        box.addStretch(1)
        box.addLayout(across)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_2)
        self.buttons.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button: Button | None = None
        if action:
            self.button = Button(context, action, Kind.PRIMARY if primary else Kind.SECONDARY)
            self.button.clicked.connect(self.acted)
            self.buttons.addWidget(self.button)
        box.addSpacing(SPACE_2)
        box.addLayout(self.buttons)
        box.addStretch(1)
        self.setAccessibleName(f"{what} {why}")
