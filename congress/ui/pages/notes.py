"""My notes: everything the reader put on any paper, and what groups share with them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import Listed
from congress.storage.model import Group
from congress.ui.context import UiContext
from congress.ui.controllers.notes import NotesController
from congress.ui.page import Command, Page, PageHeader, framed
from congress.ui.widgets.button import Button
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.notesdelegate import NoteDelegate
from congress.ui.widgets.noteslist import Audience, NotesList, NotesModel, Row
from congress.ui.widgets.notespanel import FilterBar, export_menu


def ask_where(context: UiContext, form: NoteFormat, parent: QWidget) -> Path | None:
    """Ask where the notes are saved; ``None`` if the person changes their mind."""
    name = f"{context.tr('notes.export.title')}.{form.value}"
    chosen, _ = QFileDialog.getSaveFileName(parent, context.tr("saving.title"), name)
    return Path(chosen) if chosen else None


class NotesPage(Page):
    """All notes, paper by paper, the paper with the newest note first."""

    key: ClassVar[str] = "notes"
    title_key: ClassVar[str] = "notes.mine.title"
    icon: ClassVar[str] = "notepad"

    def __init__(
        self, context: UiContext, controller: NotesController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the list comes when it is shown."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._listed: Sequence[Listed] = ()
        self._groups: Sequence[Group] = ()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        self.header = PageHeader(context, tr(self.title_key))
        self.export_button = Button(context, tr("notes.export"), icon="download-simple")
        self.menu = export_menu(context, self.export_button)
        self.export_button.setMenu(self.menu)
        self.export_button.hide()
        self.header.buttons.addWidget(self.export_button)
        self.filter = FilterBar(context)
        self.filter.hide()
        self.model = NotesModel(tr, self._controller.me, self)
        self.list = NotesList(tr("notes.list"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(context, self))
        self.empty = EmptyState(
            context,
            tr("notes.mine.empty.what"),
            tr("notes.mine.empty.why"),
            tr("notes.mine.open_library"),
            icon="notepad",
        )
        self.filtered = EmptyState(
            context,
            tr("notes.filtered.what"),
            tr("notes.filtered.why"),
            tr("notes.filtered.clear"),
            icon="funnel",
            primary=False,
        )
        self.stack = QStackedWidget()
        self.blank = QWidget()
        for widget in (self.blank, self.list, self.empty, self.filtered):
            self.stack.addWidget(widget)
        box = framed(self, context)
        box.addWidget(self.header)
        box.addWidget(self.filter)
        box.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._controller.listed.connect(self._show)
        self.filter.changed.connect(self._refresh)
        self.filtered.acted.connect(self.filter.clear)
        self.empty.acted.connect(lambda: self.context.navigate("library"))
        self.list.chosen.connect(self._open)
        self.list.edit_asked.connect(self._open)
        self.list.delete_asked.connect(self._delete)
        self.list.menu_asked.connect(self._show_menu)
        self.menu.triggered.connect(lambda action: self.export(NoteFormat(action.data())))

    def shown(self) -> None:
        """Read the list again."""
        self._controller.list_all()

    def commands(self) -> Sequence[Command]:
        """Offer saving the notes as a file."""
        if not self._listed:
            return ()
        title = self.context.tr("notes.export")
        return (Command(title, "download-simple", lambda: self.export(NoteFormat.HTML)),)

    def _show(self, found: tuple[Sequence[Listed], Sequence[Group]]) -> None:
        self._listed, self._groups = found
        self._refresh()

    def _refresh(self) -> None:
        tr, lit = self.context.tr, self.list.row
        wanted = self.filter.value
        rows = [Row(each.note, paper=each.paper) for each in self._listed]
        kept = [row for row in rows if wanted.keeps(row, self._controller.me)]
        groups = {each.id: each.name for each in self._groups}
        audience = Audience(tr, self._controller.me, groups)
        self.model.set_rows(_by_paper(kept, tr("notes.mine.gone")), audience)
        self.header.set_lead(tr("notes.mine.lead", count=len(rows)) if rows else "")
        self.filter.setVisible(bool(rows))
        self.export_button.setVisible(bool(rows))
        self.stack.setCurrentWidget(self.list if kept else self.filtered if rows else self.empty)
        if lit is not None:
            self.list.light(lit.note.id)

    def _open(self, row: Row) -> None:
        if row.paper is not None:
            self.context.navigate(f"reader/{row.paper.id}?note={row.note.id}")

    def _delete(self, row: Row) -> None:
        if row.note.author_id == self._controller.me:
            self._controller.remove(row.note)

    def _show_menu(self, row: Row, where: QPoint) -> None:
        tr, theme = self.context.tr, self.context.theme
        menu = QMenu(self)
        menu.setFont(self.font())
        menu.setAccessibleName(row.note.quote or row.note.body)
        if row.paper is not None:
            read = menu.addAction(theme.icon("book-open"), tr("changes.read"))
            read.triggered.connect(lambda: self._open(row))
        if row.note.author_id == self._controller.me:
            delete = menu.addAction(theme.icon("trash"), tr("notes.delete"))
            delete.triggered.connect(lambda: self._delete(row))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def export(self, form: NoteFormat) -> None:
        """Ask for a file and write all notes to it."""
        if (path := ask_where(self.context, form, self)) is not None:
            self._controller.export(path, form)


def _by_paper(rows: Sequence[Row], gone: str) -> list[Row]:
    """Return the rows paper by paper, in the order of the first of each, under headings."""
    papers: dict[str, list[Row]] = {}
    for row in rows:
        papers.setdefault(row.paper.id if row.paper else "", []).append(row)
    lost = papers.pop("", [])
    found: list[Row] = []
    for group in (*papers.values(), lost):
        ordered = sorted(group, key=lambda row: (row.page, row.note.made_at))
        for at, row in enumerate(ordered):
            title = row.paper.title if row.paper else gone
            found.append(replace(row, heading=title) if at == 0 else row)
    return found
