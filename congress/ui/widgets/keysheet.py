"""The sheet of keys: all that the keyboard can do on a page, in groups."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_4, SPACE_5, Type
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.text import Text

_WIDTH, _HEIGHT = 860, 560

Group = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and keys with the words for what they do."""


class KeySheet(Dialog):
    """Shows keys and what they do. Escape closes it."""

    def __init__(
        self, context: UiContext, title: str, groups: Sequence[Group], parent: QWidget
    ) -> None:
        """Show ``groups`` in two columns."""
        super().__init__(context, title, parent)
        content = QWidget()
        content.setObjectName("clear")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, SPACE_2, 0)
        grid.setHorizontalSpacing(SPACE_5)
        grid.setVerticalSpacing(SPACE_4)
        for at, (heading, rows) in enumerate(groups):
            grid.addWidget(self._group(heading, rows), at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        Fingers(area)
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(area, 1)
        self.close_button = self.add_button(context.tr("dialog.close"), Kind.PRIMARY)
        self.close_button.clicked.connect(self.accept)
        room = parent.window().size()
        theme = context.theme
        self.resize(
            min(theme.px(_WIDTH), room.width() - SPACE_5),
            min(theme.px(_HEIGHT), room.height() - SPACE_5),
        )

    def _group(self, heading: str, rows: Sequence[tuple[str, str]]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(Text(self.context, heading, Type.STRONG))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        for at, (keys, words) in enumerate(rows):
            grid.addWidget(self._keys(keys), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(self.context, words, Type.LABEL), at, 1)
        column.addLayout(grid)
        return box

    def _keys(self, keys: str) -> QLabel:
        shown = QLabel(" / ".join(shown_keys(each) for each in keys.split(" / ")))
        shown.setObjectName("keys")
        shown.setFont(self.context.theme.font(Type.CAPTION))
        # Keys are written as on the keyboard, in every language.
        shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        return shown


def shown_keys(keys: str) -> str:
    """Return keys as this platform writes them."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return native or keys
