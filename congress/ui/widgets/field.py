"""A field: its label above, its editor, a line of help, and what is wrong with it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, TARGET, Tone, Type
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text, restyle

LOUPE = 18
"""Size of the magnifying glass, in pixels at text scale 1."""


def align(context: UiContext, editor: QLineEdit) -> None:
    """Let what is typed begin where the label does, digits and Latin names in Urdu as well."""
    side = Qt.AlignmentFlag.AlignRight if context.theme.rtl else Qt.AlignmentFlag.AlignLeft
    editor.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class _Wide(QObject):
    """Lets the whole end of an editor trigger the action there: its icon is a small target."""

    def __init__(self, editor: QLineEdit, action: QAction) -> None:
        super().__init__(editor)
        self._editor, self._action = editor, action
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            x, wide = event.position().x(), self._editor.width()
            rtl = self._editor.layoutDirection() is Qt.LayoutDirection.RightToLeft
            if self._action.isVisible() and (x if rtl else wide - x) <= TARGET:
                self._action.trigger()
        return super().eventFilter(watched, event)


class Field(QWidget):
    """A labelled editor. The label is always visible; a placeholder never replaces it."""

    changed = Signal(str)
    """The text of a line editor, at each keystroke."""
    submitted = Signal()
    """Enter was pressed in a line editor."""

    def __init__(
        self,
        context: UiContext,
        label: str,
        editor: QWidget | None = None,
        *,
        help_text: str = "",
        value: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the field.

        Args:
            context: The surroundings.
            label: What is asked for.
            editor: Any editor; a line editor if left out.
            help_text: A line below the editor, or empty.
            value: What the line editor holds at first.
            placeholder: An example, shown while the line editor is empty.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context = context
        self.editor = editor or QLineEdit(value)
        self.editor.setFont(context.theme.font(Type.BODY))
        self.label = QLabel(label.replace("&", "&&"))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setFont(context.theme.font(Type.CONTROL))
        self.label.setBuddy(self.editor)
        self.label.setWordWrap(True)
        self.help = Text(context, help_text, Type.LABEL, "muted")
        if not help_text:
            self.help.hide()
        self.error = Text(context, "", Type.LABEL, Tone.DANGER)
        self._mark = QLabel()
        self._mark.setPixmap(context.theme.pixmap("warning-circle", 18, "danger"))
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._trouble = QWidget()
        wrong = row(self._mark, self.error, space=SPACE_1)
        wrong.setStretch(1, 1)
        self._trouble.setLayout(wrong)
        self._trouble.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_1)
        for widget in (self.label, self.editor, self.help, self._trouble):
            box.addWidget(widget)
        box.addStretch(1)
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(help_text)
        if isinstance(self.editor, QLineEdit):
            align(context, self.editor)
            self.editor.setCursorPosition(0)
            self.editor.setPlaceholderText(placeholder)
            self.editor.textChanged.connect(self.changed)
            self.editor.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.editor)

    @classmethod
    def secret(cls, context: UiContext, label: str, *, help_text: str = "") -> "Field":
        """Return a field for a passphrase, with a button that shows what was typed."""
        editor = QLineEdit()
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        editor.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        field = cls(context, label, editor, help_text=help_text)
        reveal = QAction(context.theme.icon("eye", "muted"), context.tr("field.reveal"), editor)
        reveal.setCheckable(True)

        def turn(shown: bool) -> None:
            mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
            editor.setEchoMode(mode)
            reveal.setIcon(context.theme.icon("eye-slash" if shown else "eye", "muted"))
            reveal.setText(context.tr("field.hide" if shown else "field.reveal"))

        reveal.toggled.connect(turn)
        editor.addAction(reveal, QLineEdit.ActionPosition.TrailingPosition)
        _Wide(editor, reveal)
        return field

    @property
    def value(self) -> str:
        """What the line or text editor holds."""
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text() if isinstance(self.editor, QLineEdit) else ""

    @value.setter
    def value(self, text: str) -> None:
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        elif isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
            self.editor.setCursorPosition(0)

    def set_error(self, text: str) -> None:
        """Say what is wrong and what to do, below the editor; empty text takes it away."""
        self.error.setText(text)
        self._trouble.setVisible(bool(text))
        self.help.setVisible(bool(self.help.text()) and not text)
        self.editor.setAccessibleDescription(text or self.help.text())
        self.editor.setProperty("wrong", bool(text))
        restyle(self.editor)


class SearchEdit(QLineEdit):
    """A line editor with a magnifying glass before the text and a way to clear it."""

    def __init__(self, context: UiContext, placeholder: str, *, name: str = "") -> None:
        """Ask with ``placeholder``; ``name`` is for screen readers."""
        super().__init__()
        self._theme = context.theme
        self.setFont(context.theme.font(Type.BODY))
        align(context, self)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        clear = QAction(context.theme.icon("x", "muted"), context.tr("field.clear"), self)
        clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: clear.setVisible(bool(text)))
        self.addAction(clear, QLineEdit.ActionPosition.TrailingPosition)
        _Wide(self, clear)
        clear.setVisible(False)
        room = context.theme.px(LOUPE) + SPACE_2 - 2
        if context.theme.rtl:
            self.setTextMargins(0, 0, room, 0)
        else:
            self.setTextMargins(room, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the glass."""
        super().paintEvent(event)
        side = self._theme.px(LOUPE)
        glass = self._theme.pixmap(
            "magnifying-glass", LOUPE, "muted", ratio=self.devicePixelRatioF()
        )
        x = self.width() - side - SPACE_3 if self._theme.rtl else SPACE_3
        QPainter(self).drawPixmap(QPoint(x, (self.height() - side) // 2), glass)
