"""Where a note is written: its words, its look, and who can see it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from congress.docs.notes.model import Draft, Note, NoteColour, NoteKind
from congress.kernel.ids import GroupId
from congress.storage.model import Group
from congress.ui.context import UiContext
from congress.ui.controllers.notes import Change
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, TARGET, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import row
from congress.ui.widgets.notescolours import fill, is_dark, line
from congress.ui.widgets.text import Text

_DOT = 24
_MOST_QUOTED = 160
_ON_WORDS = (NoteKind.HIGHLIGHT, NoteKind.UNDERLINE, NoteKind.NOTE)


class ColourButton(QPushButton):
    """A dot in the colour of a note, large enough for a finger."""

    def __init__(
        self, context: UiContext, colour: NoteColour, parent: QWidget | None = None
    ) -> None:
        """Stand for ``colour``; its name is told to screen readers and as a tip."""
        super().__init__(parent)
        self.colour = colour
        self._theme = context.theme
        self._dark = is_dark(context.theme.palette.mode)
        name = context.tr(f"notes.colour.{colour.value}")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setObjectName("clear")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setFixedSize(QSize(TARGET, TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot; a ring and a tick say that it is chosen, another ring the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        half = _DOT / 2
        painter.setPen(QPen(line(self.colour, dark=self._dark), 2))
        painter.setBrush(fill(self.colour, dark=self._dark))
        painter.drawEllipse(middle, half, half)
        if self.isChecked():
            pen = QPen(self._theme.colour("ink"), 2.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline(
                [
                    middle + QPointF(-half * 0.42, half * 0.02),
                    middle + QPointF(-half * 0.1, half * 0.36),
                    middle + QPointF(half * 0.46, -half * 0.34),
                ]
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawEllipse(middle, half + 5, half + 5)
        painter.end()


class ColourRow(QWidget):
    """The colours of notes beside each other, one of them chosen."""

    chosen = Signal(object)
    """The ``NoteColour`` that a person chose."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin with the first colour chosen."""
        super().__init__(parent)
        self.setObjectName("clear")
        self.setAccessibleName(context.tr("notes.colour"))
        self._group = QButtonGroup(self)
        self.buttons = {colour: ColourButton(context, colour) for colour in NoteColour}
        box = row(*self.buttons.values(), None, space=0)
        self.setLayout(box)
        for button in self.buttons.values():
            button.setCheckable(True)
            self._group.addButton(button)
        self._group.buttonClicked.connect(self._clicked)
        self.set_value(NoteColour.YELLOW)

    @property
    def value(self) -> NoteColour:
        """The chosen colour."""
        return next(colour for colour, button in self.buttons.items() if button.isChecked())

    def set_value(self, colour: NoteColour) -> None:
        """Choose a colour without a signal."""
        self.buttons[colour].setChecked(True)

    def _clicked(self, button: ColourButton) -> None:
        self.chosen.emit(button.colour)


class NoteEditor(QWidget):
    """Changes one note. Ctrl+Enter saves, Escape leaves it as it was."""

    saved = Signal(object, object)
    """The ``Note``, or the ``Draft`` of a new one, and the ``Change``."""
    left = Signal()
    """It was left without saving."""
    delete_asked = Signal(object)
    """The ``Note`` is to be deleted."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin without a note."""
        super().__init__(parent)
        self._context, tr = context, context.tr
        self._note: Note | None = None
        self._draft: Draft | None = None
        self._on_words = False
        self._groups: dict[GroupId, Group] = {}
        self.quote = Text(context, "", Type.LABEL, "muted")
        self._edit = QPlainTextEdit()
        Fingers(self._edit)
        self._edit.setMinimumHeight(context.theme.px(96))
        self._edit.setTabChangesFocus(True)
        option = self._edit.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._edit.document().setDefaultTextOption(option)
        self.body = Field(context, tr("notes.words"), self._edit)
        self.kind = Select(context, name=tr("notes.kind"))
        self.kind.set_options([(kind, tr(f"notes.kind.{kind.value}")) for kind in _ON_WORDS])
        self.kind_field = Field(context, tr("notes.kind"), self.kind)
        self.colours = ColourRow(context)
        self.sees = Select(context, name=tr("notes.sees"))
        self.sees_field = Field(context, tr("notes.sees"), self.sees)
        self.sees_words = Text(context, "", Type.LABEL, "muted")
        self.save_button = Button(context, tr("notes.save"), Kind.PRIMARY)
        self.leave_button = Button(context, tr("dialog.cancel"))
        self.delete_button = Button(context, tr("notes.delete"), Kind.DANGER, "trash")
        self._lay_out()
        self.sees.chosen.connect(self._say_who)
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.left)
        self.delete_button.clicked.connect(lambda: self.delete_asked.emit(self._note))
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save)):
            self._shortcut(keys).activated.connect(act)
        self._shortcut("Escape").activated.connect(self.left)

    def _shortcut(self, keys: str) -> QShortcut:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        return QShortcut(QKeySequence(keys), self, context=context)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, SPACE_3, SPACE_3)
        box.setSpacing(SPACE_2)
        buttons = row(self.save_button, self.leave_button)
        for at in range(2):
            buttons.setStretch(at, 1)
        for widget in (self.quote, self.body):
            box.addWidget(widget)
        box.addWidget(self.colours)
        for widget in (self.kind_field, self.sees_field, self.sees_words):
            box.addWidget(widget)
        box.addSpacing(SPACE_1)
        box.addLayout(buttons)
        box.addWidget(self.delete_button)
        box.addStretch(1)

    def edit(self, note: Note, audience: Sequence[Group], groups: Sequence[Group]) -> None:
        """Change ``note``.

        Args:
            note: An own note.
            audience: The groups with which notes on its paper can be shared.
            groups: All groups the member belongs to.
        """
        self._note, self._draft = note, None
        self._on_words = note.on_words
        self._fill(note.quote, note.body, note.kind, note.colour)
        self._offer(audience, groups, note.group)
        self.delete_button.show()

    def write(
        self, draft: Draft, quote: str, audience: Sequence[Group], groups: Sequence[Group]
    ) -> None:
        """Write a new note.

        Args:
            draft: What it begins with.
            quote: The words it is about, if any.
            audience: The groups with which notes on the paper can be shared.
            groups: All groups the member belongs to.
        """
        self._note, self._draft = None, draft
        self._on_words = False
        self._fill(quote, draft.body, draft.kind, draft.colour)
        self._offer(audience, groups, None)
        self.delete_button.hide()

    def _fill(self, quote: str, body: str, kind: NoteKind, colour: NoteColour) -> None:
        quote = " ".join(quote.split())
        shown = quote if len(quote) < _MOST_QUOTED else f"{quote[:_MOST_QUOTED]}…"
        self.quote.setText(self._context.tr.isolated(shown))
        self.quote.setVisible(bool(quote))
        self.body.value = body
        self.body.set_error("")
        self.kind_field.setVisible(self._on_words)
        if kind in _ON_WORDS:
            self.kind.set_value(kind)
        self.colours.set_value(colour)
        self.colours.setVisible(kind is not NoteKind.BOOKMARK)
        self._edit.setFocus()

    def _offer(
        self, audience: Sequence[Group], groups: Sequence[Group], group: GroupId | None
    ) -> None:
        tr = self._context.tr
        self._groups = {each.id: each for each in groups}
        options: list[tuple[object, str]] = [(None, tr("notes.sees.me"))]
        options += [(each.id, each.name) for each in audience]
        if group is not None and all(each.id != group for each in audience):
            options.append((group, tr("notes.sees.left")))
        self.sees.set_options(options, group)
        self.sees_field.setVisible(len(options) > 1)
        self._say_who(group)

    def _say_who(self, group_id: object) -> None:
        tr = self._context.tr
        group = next((each for each in self._groups.values() if each.id == group_id), None)
        if group is not None:
            words = tr("notes.sees.group.long", group=group.name, count=len(group.members))
        elif group_id is not None:
            words = tr("notes.sees.left.long")
        elif self._groups and self.sees.count() == 1:
            words = tr("notes.sees.only")
        else:
            words = tr("notes.sees.me.long")
        self.sees_words.setText(words)

    def save(self) -> None:
        """Give out what was written, if it can be kept."""
        edited = self._note or self._draft
        if edited is None:
            return
        kind = edited.kind
        if self._on_words and isinstance(self.kind.value, NoteKind):
            kind = self.kind.value
        body = self.body.value.strip()
        if kind is NoteKind.NOTE and not body:
            self.body.set_error(self._context.tr("notes.words.missing"))
            self._edit.setFocus()
            return
        group = self.sees.value
        change = Change(kind, self.colours.value, body, GroupId(str(group)) if group else None)
        self.saved.emit(edited, change)
