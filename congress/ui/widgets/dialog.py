"""Dialogs: a question before what cannot be undone, and an error in its three parts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congress.i18n.translator import ErrorText
from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.text import Text

DIALOG_WIDTH = 480


class Dialog(QDialog):
    """A sheet over the window: a title, content, and buttons at the end side.

    Attributes:
        column: Where the content goes.
        buttons: Where the buttons go, the one to press last.
    """

    def __init__(self, context: UiContext, title: str, parent: QWidget | None = None) -> None:
        """Lay out an empty dialog. Escape closes it as "no"."""
        super().__init__(parent)
        self.context = context
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(context.theme.px(DIALOG_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        outer.setSpacing(SPACE_3)
        self.heading = Text(context, title, Type.HEADING)
        outer.addWidget(self.heading)
        self.column = QVBoxLayout()
        self.column.setSpacing(SPACE_3)
        outer.addLayout(self.column, 1)
        outer.addSpacing(SPACE_2)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_2)
        self.buttons.addStretch(1)
        outer.addLayout(self.buttons)

    def setVisible(self, visible: bool) -> None:
        """Show it as tall as its words are at its width, unless it was given a size."""
        layout = self.layout()
        given = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        if visible and not given and not self.isVisible() and layout is not None:
            self.ensurePolished()
            layout.activate()
            wide = max(self.minimumWidth(), layout.totalSizeHint().width())
            tall = layout.totalHeightForWidth(wide)
            self.resize(wide, tall if tall > 0 else layout.totalSizeHint().height())
        super().setVisible(visible)

    def add_button(self, text: str, kind: Kind = Kind.SECONDARY, icon: str = "") -> Button:
        """Add a button at the end side and return it."""
        button = Button(self.context, text, kind, icon)
        self.buttons.addWidget(button)
        return button


class ConfirmDialog(Dialog):
    """Asks before something that cannot be undone: what will happen, and a verb to do it."""

    def __init__(
        self,
        context: UiContext,
        title: str,
        text: str,
        verb: str,
        *,
        danger: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Ask.

        Args:
            context: The surroundings.
            title: The question.
            text: What will happen and that it cannot be undone.
            verb: The words of the button that does it.
            danger: Whether something is lost by it; "Cancel" then has the focus.
            parent: The window it belongs to.
        """
        super().__init__(context, title, parent)
        self.column.addWidget(Text(context, text, Type.BODY))
        self.no = self.add_button(context.tr("dialog.cancel"))
        self.yes = self.add_button(verb, Kind.DANGER if danger else Kind.PRIMARY)
        self.yes.setProperty("sure", True)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        (self.no if danger else self.yes).setFocus()

    @classmethod
    def ask(
        cls,
        context: UiContext,
        title: str,
        text: str,
        verb: str,
        *,
        danger: bool = True,
        parent: QWidget | None = None,
    ) -> bool:
        """Ask and return whether the person agreed. Waits for the answer."""
        dialog = cls(context, title, text, verb, danger=danger, parent=parent)
        return dialog.exec() == QDialog.DialogCode.Accepted


class ErrorView(QWidget):
    """An error in a person's words: what happened, what it means, what to do."""

    def __init__(
        self, context: UiContext, error: CongressError, parent: QWidget | None = None
    ) -> None:
        """Show ``error``."""
        super().__init__(parent)
        self.text: ErrorText = context.tr.error(error)
        mark = QLabel()
        mark.setPixmap(context.theme.pixmap("warning-circle", 28, "danger"))
        words = QVBoxLayout()
        words.setSpacing(SPACE_2)
        words.addWidget(Text(context, self.text.what, Type.NAME).selectable())
        words.addWidget(Text(context, self.text.means, Type.BODY, "muted").selectable())
        words.addWidget(Text(context, self.text.do, Type.BODY).selectable())
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self.setAccessibleName(" ".join((self.text.what, self.text.means, self.text.do)))


class ErrorDialog(Dialog):
    """Shows an error over the window."""

    def __init__(
        self, context: UiContext, error: CongressError, parent: QWidget | None = None
    ) -> None:
        """Show ``error`` with a button to go on."""
        super().__init__(context, context.tr("dialog.error_title"), parent)
        self.column.addWidget(ErrorView(context, error))
        self.close_button = self.add_button(context.tr("dialog.close"), Kind.PRIMARY)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()


class BugDialog(Dialog):
    """Says that the fault is ours, what is safe, and what to send us.

    The technical text names the kind of fault and the places in the program alone: never
    the message of the exception, which could hold a name.
    """

    def __init__(
        self, context: UiContext, error: BaseException, parent: QWidget | None = None
    ) -> None:
        """Show where in the program ``error`` arose."""
        super().__init__(context, context.tr("bug.title"), parent)
        self.column.addWidget(Text(context, context.tr("bug.means"), Type.BODY))
        self.column.addWidget(Text(context, context.tr("bug.do"), Type.BODY))
        self.report = Text(context, trace(error), Type.CAPTION, "muted").selectable()
        self.report.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.column.addWidget(self.report)
        self.close_button = self.add_button(context.tr("dialog.close"), Kind.PRIMARY)
        self.close_button.clicked.connect(self.accept)


def trace(error: BaseException, depth: int = 6) -> str:
    """Return the kind of ``error`` and the innermost ``depth`` places it passed."""
    places = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        module = step.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{module}.{code.co_name}:{step.tb_lineno}")
        step = step.tb_next
    return "\n".join([type(error).__name__, *places[-depth:]])
