"""The notes on the open paper, in the side panel: list, filter, change, place by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import Draft, Note, NoteColour, NoteKind
from congress.kernel.ids import MemberId
from congress.ui.context import UiContext
from congress.ui.controllers.notes import NotesOnPaper
from congress.ui.theme.tokens import SPACE_2, SPACE_3, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import row
from congress.ui.widgets.notesdelegate import NoteDelegate
from congress.ui.widgets.noteseditor import NoteEditor
from congress.ui.widgets.noteslist import Audience, NoteFilter, NotesList, NotesModel, Row


class FilterBar(QWidget):
    """A search field, and behind a button the other ways to choose notes.

    Attributes:
        buttons: Where further buttons go, after the field.
    """

    changed = Signal()
    """``value`` is another one."""

    def __init__(self, context: UiContext, *, narrow: bool = False) -> None:
        """Begin with everything shown; ``narrow`` puts each choice in a line of its own."""
        super().__init__()
        self.setObjectName("clear")
        tr = context.tr
        self.search = SearchEdit(context, tr("notes.search"))
        self.more = Button(context, kind=Kind.QUIET, icon="funnel", name=tr("notes.filter"))
        self.more.setCheckable(True)
        kinds = [(None, tr("notes.kind.all"))]
        self.kind = Select(
            context,
            [*kinds, *((each, tr(f"notes.kind.{each.value}")) for each in NoteKind)],
            name=tr("notes.kind"),
        )
        colours = [(None, tr("notes.colour.all"))]
        self.colour = Select(
            context,
            [*colours, *((each, tr(f"notes.colour.{each.value}")) for each in NoteColour)],
            name=tr("notes.colour"),
        )
        self.whose = SegmentedControl(
            context,
            [(each, tr(f"notes.whose.{each}")) for each in ("all", "mine", "shared")],
            name=tr("notes.whose"),
        )
        self.choices = QWidget()
        self.choices.setObjectName("clear")
        lines = QVBoxLayout(self.choices)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(SPACE_2)
        if narrow:
            for choice in (self.kind, self.colour, self.whose):
                lines.addWidget(choice)
        else:
            lines.addLayout(row(self.kind, self.colour, self.whose, None))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(0)
        top = row(self.search, self.more, self.buttons, space=0)
        top.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_2)
        box.addLayout(top)
        box.addWidget(self.choices)
        self.choices.hide()
        self.more.toggled.connect(self.choices.setVisible)
        self.search.textChanged.connect(lambda _: self.changed.emit())
        for each in (self.kind, self.colour, self.whose):
            each.chosen.connect(lambda _: self.changed.emit())

    @property
    def value(self) -> NoteFilter:
        """Which notes are wanted."""
        kind, colour = self.kind.value, self.colour.value
        return NoteFilter(
            words=self.search.text(),
            kind=kind if isinstance(kind, NoteKind) else None,
            colour=colour if isinstance(colour, NoteColour) else None,
            whose=str(self.whose.value),
        )

    def clear(self) -> None:
        """Want everything again."""
        self.kind.set_value(None)
        self.colour.set_value(None)
        self.whose.set_value("all")
        self.search.clear()
        self.changed.emit()


def export_menu(context: UiContext, parent: QWidget) -> QMenu:
    """Return a menu of the kinds of files; an action's data is the value of its ``NoteFormat``."""
    menu = QMenu(parent)
    for form in NoteFormat:
        action = menu.addAction(context.tr(f"notes.export.{form.value}"))
        action.setData(form.value)
    return menu


class NotesPanel(QWidget):
    """Tells what a person wants done with a note; changes nothing by itself."""

    row_chosen = Signal(object)
    """Go to this ``Row``."""
    delete_asked = Signal(object)
    """Delete this ``Note``."""
    saved = Signal(object, object)
    """Give the ``Note`` this ``Change``, or make a new one of the ``Draft``."""
    place_asked = Signal(object)
    """The ``Note`` is to be placed by hand; with ``None``, no more."""
    export_asked = Signal(object)
    """Write the notes as this ``NoteFormat``."""

    def __init__(self, context: UiContext, me: MemberId) -> None:
        """Begin without notes."""
        super().__init__()
        self._context, self._me = context, me
        self._on_paper = NotesOnPaper()
        tr = context.tr
        self.filter = FilterBar(context, narrow=True)
        self.export_button = Button(
            context, kind=Kind.QUIET, icon="download-simple", name=tr("notes.export")
        )
        menu = export_menu(context, self.export_button)
        menu.triggered.connect(lambda action: self.export_asked.emit(NoteFormat(action.data())))
        self.export_button.setMenu(menu)
        self.filter.buttons.addWidget(self.export_button)
        self.banner = Banner(context, "", Tone.CAUTION)
        self.banner.hide()
        self.banner_button = Button(context, tr("dialog.cancel"))
        self.banner_button.clicked.connect(self.stop_placing)
        self.model = NotesModel(tr, me, self)
        self.list = NotesList(tr("notes.list"))
        self.list.setObjectName("clear")
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(context, self))
        self.none = EmptyState(context, tr("notes.none.what"), tr("notes.none.why"), icon="note")
        self.filtered = EmptyState(
            context,
            tr("notes.filtered.what"),
            tr("notes.filtered.why"),
            tr("notes.filtered.clear"),
            icon="funnel",
            primary=False,
        )
        self.editor = NoteEditor(context)
        self.edit_button = self._act("pencil-simple", tr("notes.edit"), "F2")
        self.place_button = self._act("push-pin", tr("notes.place"), "")
        self.delete_button = self._act("trash", tr("notes.delete"), "Del")
        self._lay_out()
        self._connect()
        self._show_acts()

    def _act(self, icon: str, name: str, keys: str) -> Button:
        tip = f"{name} ({keys})" if keys else name
        return Button(self._context, kind=Kind.QUIET, icon=icon, name=tip)

    def _lay_out(self) -> None:
        self.lists = QStackedWidget()
        for widget in (self.list, self.none, self.filtered):
            self.lists.addWidget(widget)
        self.acts = QWidget()
        self.acts.setObjectName("clear")
        self.acts.setLayout(
            row(self.edit_button, self.place_button, None, self.delete_button, space=SPACE_2)
        )
        overview = QWidget()
        overview.setObjectName("clear")
        inside = QVBoxLayout(overview)
        inside.setContentsMargins(0, 0, SPACE_3, SPACE_2)
        inside.setSpacing(SPACE_2)
        inside.addWidget(self.filter)
        inside.addWidget(self.banner)
        inside.addWidget(self.banner_button)
        inside.addWidget(self.lists, 1)
        inside.addWidget(self.acts)
        self.banner_button.hide()
        scrolled = QScrollArea()
        Fingers(scrolled)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(self.editor)
        scrolled.setObjectName("clear")
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.setObjectName("clear")
        self.stack = QStackedWidget()
        self.stack.addWidget(overview)
        self.stack.addWidget(scrolled)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)

    def _connect(self) -> None:
        self.filter.changed.connect(self._refresh)
        self.filtered.acted.connect(self.filter.clear)
        self.list.chosen.connect(self.row_chosen)
        self.list.edit_asked.connect(lambda row: self.edit(row.note))
        self.list.delete_asked.connect(lambda row: self._delete(row.note))
        self.list.lighted.connect(lambda _: self._show_acts())
        self.edit_button.clicked.connect(self._edit_lit)
        self.place_button.clicked.connect(self._place_lit)
        self.delete_button.clicked.connect(self._delete_lit)
        self.editor.saved.connect(self.saved)
        self.editor.saved.connect(lambda *_: self.show_list())
        self.editor.left.connect(self.show_list)
        self.editor.delete_asked.connect(self._delete)

    # Showing

    def show_notes(self, on_paper: NotesOnPaper) -> None:
        """Show the notes on the open paper."""
        self._on_paper = on_paper
        self._refresh()

    def _refresh(self) -> None:
        tr = self._context.tr
        lit = self.list.row
        wanted = self.filter.value
        rows = [Row(each.note, each.at) for each in self._on_paper.placed]
        kept = _with_heading([row for row in rows if wanted.keeps(row, self._me)], tr("notes.lost"))
        groups = {each.id: each.name for each in self._on_paper.groups}
        self.model.set_rows(kept, Audience(tr, self._me, groups))
        self.lists.setCurrentWidget(self.list if kept else self.filtered if rows else self.none)
        self.filter.setVisible(bool(rows))
        if lit is not None:
            self.list.light(lit.note.id)
        self._show_acts()

    def light(self, note_id: str) -> None:
        """Light a note in the list."""
        if self.model.row_of(note_id) < 0 and self.filter.value.active:
            self.filter.clear()
        self.show_list()
        self.list.light(note_id)

    def show_list(self) -> None:
        """Bring the list to the front."""
        self.stack.setCurrentIndex(0)
        self.list.setFocus()

    def _show_acts(self) -> None:
        row = self.list.row
        mine = row is not None and row.note.author_id == self._me
        self.acts.setVisible(row is not None and mine)
        self.place_button.setVisible(row is not None and row.unplaced)

    # Acting

    def edit(self, note: Note) -> None:
        """Open a note to be changed; a note of somebody else is only lit."""
        if note.author_id != self._me:
            self.light(note.id)
            return
        self.editor.edit(note, self._on_paper.audience, self._on_paper.groups)
        self.stack.setCurrentIndex(1)

    def write(self, draft: Draft, quote: str) -> None:
        """Open a new note to be written on ``quote``."""
        self.editor.write(draft, quote, self._on_paper.audience, self._on_paper.groups)
        self.stack.setCurrentIndex(1)

    def _edit_lit(self) -> None:
        if self.list.row is not None:
            self.edit(self.list.row.note)

    def _delete_lit(self) -> None:
        if self.list.row is not None:
            self._delete(self.list.row.note)

    def _delete(self, note: Note) -> None:
        if note.author_id == self._me:
            self.show_list()
            self.delete_asked.emit(note)

    def _place_lit(self) -> None:
        if self.list.row is not None:
            tr = self._context.tr
            self.banner.set(tr("notes.placing"), Tone.NOTE, title=tr("notes.placing.title"))
            self.banner.show()
            self.banner_button.show()
            self.place_asked.emit(self.list.row.note)

    def stop_placing(self) -> None:
        """Say that no note is being placed by hand any more."""
        self.banner.hide()
        self.banner_button.hide()
        self.place_asked.emit(None)


def _with_heading(rows: Sequence[Row], heading: str) -> list[Row]:
    """Return the rows with a heading over the first that is unplaced."""
    first = next((at for at, row in enumerate(rows) if row.unplaced), None)
    if first is None:
        return list(rows)
    lost = rows[first]
    return [*rows[:first], Row(lost.note, lost.at, lost.paper, heading), *rows[first + 1 :]]
