"""What the dialogs about amendments have in common."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import AmendmentsController
from congress.ui.theme.tokens import SPACE_3
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog, ErrorView
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import clear, set_margins

_WIDTH = 760
TALLEST = 720
"""Height of the tallest of these dialogs, in pixels at text scale 1."""


class AmendmentSheet(Dialog):
    """A wide dialog whose content scrolls, and which shows why something was not kept."""

    def __init__(
        self,
        context: UiContext,
        controller: AmendmentsController,
        title: str,
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out an empty sheet whose last button says ``verb``."""
        super().__init__(context, title, parent)
        self.controller = controller
        self.setMinimumWidth(context.theme.px(_WIDTH))
        area = QScrollArea()
        Fingers(area)
        area.setWidgetResizable(True)
        area.setMinimumHeight(context.theme.px(TALLEST) // 2)
        inner = QWidget()
        inner.setObjectName("clear")
        self.content = QVBoxLayout(inner)
        set_margins(self.content, context.theme.rtl, 0, 0, SPACE_3, 0)
        self.content.setSpacing(SPACE_3)
        area.setWidget(inner)
        self.trouble = QVBoxLayout()
        self.column.addLayout(self.trouble)
        self.column.addWidget(area, 1)
        self.no = self.add_button(context.tr("dialog.cancel"))
        self.yes = self.add_button(verb, Kind.PRIMARY)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._submit)
        controller.saved.connect(self.accept)
        controller.not_saved.connect(self._refused)

    def _submit(self) -> None:
        clear(self.trouble)
        self.yes.setEnabled(False)
        self.act()

    def act(self) -> None:
        """Hand what was entered to the controller."""
        raise NotImplementedError

    def _refused(self, error: CongressError) -> None:
        self.yes.setEnabled(True)
        clear(self.trouble)
        self.trouble.addWidget(ErrorView(self.context, error))


def words_editor(context: UiContext, height: int, lang: str) -> QPlainTextEdit:
    """Return an editor for words in ``lang``, of a height in pixels at text scale 1."""
    editor = QPlainTextEdit()
    Fingers(editor)
    editor.setTabChangesFocus(True)
    editor.setMinimumHeight(context.theme.px(height))
    editor.setMaximumHeight(context.theme.px(height))
    option = QTextOption()
    rtl = lang == "ur"
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    option.setAlignment(
        (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        | Qt.AlignmentFlag.AlignAbsolute
    )
    editor.document().setDefaultTextOption(option)
    return editor
