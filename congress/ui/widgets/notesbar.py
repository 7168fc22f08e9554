"""The bar that floats over selected words, or over a note that was tapped."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from congress.docs.notes.model import Note, NoteColour, NoteKind
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.layout import hairline
from congress.ui.widgets.noteseditor import ColourButton
from congress.ui.widgets.text import Text

_AWAY = 14
"""Pixels between the bar and what it belongs to."""


class NotesBar(QFrame):
    """Colours, underline, note and copy; for a note also deleting it. Only tells."""

    coloured = Signal(object)
    """A ``NoteColour`` was chosen."""
    underlined = Signal()
    """Underline the words, or highlight them again."""
    note_asked = Signal()
    """Write on the words, or change the note."""
    copy_asked = Signal()
    """Copy the words."""
    place_asked = Signal()
    """Put the note that waits for a place here."""
    delete_asked = Signal()
    """Delete the note."""
    left = Signal()
    """Escape was pressed in the bar."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        """Lie over ``parent``, hidden at first."""
        super().__init__(parent)
        self.setObjectName("floating")
        self._context = context
        tr = context.tr
        self._parent = parent
        self.colours = {each: ColourButton(context, each) for each in NoteColour}
        for number, (colour, button) in enumerate(self.colours.items(), start=1):
            name = tr(f"notes.colour.{colour.value}")
            button.setAccessibleName(tr("notes.highlight_in", colour=name))
            button.setToolTip(f"{button.accessibleName()} ({number})")
            button.setCheckable(True)
            button.clicked.connect(partial(self._colour, colour))
        self.underline = self._button("text-underline", f"{tr('notes.underline')} (U)")
        self.underline.clicked.connect(self.underlined)
        self.note = self._button("note-pencil", f"{tr('notes.write')} (N)")
        self.note.clicked.connect(self.note_asked)
        self.copy = self._button("copy", f"{tr('notes.copy')} (Ctrl+C)")
        self.copy.clicked.connect(self.copy_asked)
        self.delete = self._button("trash", tr("notes.delete"))
        self.delete.clicked.connect(self.delete_asked)
        self.place = Button(context, tr("notes.place_here"), Kind.PRIMARY, "push-pin")
        self.place.clicked.connect(self.place_asked)
        self.who = Text(context, "", Type.CAPTION, "muted", wrap=False)
        self.who.setContentsMargins(SPACE_2, 0, SPACE_2, SPACE_1)
        self._line = hairline(Qt.Orientation.Vertical)
        acts = QHBoxLayout()
        acts.setSpacing(0)
        for widget in (*self.colours.values(), self._line, self.underline, self.note):
            acts.addWidget(widget)
        for other in (self.copy, self.delete, self.place):
            acts.addWidget(other)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_2, SPACE_1, SPACE_2, SPACE_1)
        box.setSpacing(0)
        box.addLayout(acts)
        box.addWidget(self.who)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 3)
        soft = context.theme.colour("shadow")
        soft.setAlpha(60)
        shadow.setColor(soft)
        self.setGraphicsEffect(shadow)
        self.hide()

    def _button(self, icon: str, name: str) -> Button:
        return Button(self._context, kind=Kind.QUIET, icon=icon, name=name)

    def _colour(self, colour: NoteColour) -> None:
        self.coloured.emit(colour)

    def show_for_words(self, *, placing: bool) -> None:
        """Offer what can be done with selected words; ``placing`` if a note waits for a place."""
        self._offer(words=not placing, place=placing)
        for button in self.colours.values():
            button.setChecked(False)
        self.setAccessibleName(self._context.tr("notes.bar"))

    def show_for_note(self, note: Note, who: str) -> None:
        """Offer what can be done with an own note; ``who`` says who can see it."""
        on_words = note.kind in (NoteKind.HIGHLIGHT, NoteKind.UNDERLINE, NoteKind.NOTE)
        self._offer(words=True, note=True, bookmark=note.kind is NoteKind.BOOKMARK)
        self.underline.setVisible(on_words)
        for colour, button in self.colours.items():
            button.setChecked(colour is note.colour)
        self.who.setText(who)
        self.setAccessibleName(self._context.tr("notes.bar.note"))

    def _offer(
        self,
        *,
        words: bool = False,
        place: bool = False,
        note: bool = False,
        bookmark: bool = False,
    ) -> None:
        for button in self.colours.values():
            button.setVisible(words and not bookmark)
        for widget in (self._line, self.underline):
            widget.setVisible(words and not bookmark)
        self.note.setVisible(words)
        self.copy.setVisible(words and not note)
        self.delete.setVisible(note)
        self.who.setVisible(note)
        self.place.setVisible(place)

    def float_over(self, area: QRectF) -> None:
        """Show the bar above ``area`` of the parent, or below it where there is no room."""
        self.adjustSize()
        over = self._parent.rect().adjusted(SPACE_2, SPACE_2, -SPACE_2, -SPACE_2)
        x = min(
            max(over.left(), round(area.center().x() - self.width() / 2)),
            max(over.left(), over.right() - self.width()),
        )
        y = round(area.top()) - self.height() - _AWAY
        if y < over.top():
            y = round(area.bottom()) + 2 * _AWAY
        if y + self.height() > over.bottom():
            y = over.top()
        self.move(x, y)
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape; move along with the arrow keys."""
        keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in keys:
            step = keys[Qt.Key(event.key())]
            forward = (step > 0) is not self._context.theme.rtl
            self.focusNextPrevChild(forward)
        else:
            super().keyPressEvent(event)
