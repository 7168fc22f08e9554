"""Notes in the reader: marks on the words, the bar over a selection, the tab with the list."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import (
    AreaAnchor,
    Draft,
    Note,
    NoteColour,
    NoteKind,
    Spot,
    TextAnchor,
)
from congress.ui.context import UiContext
from congress.ui.controllers.notes import Change, NotesController, NotesOnPaper
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.notes import ask_where
from congress.ui.pages.reader import ReaderPage
from congress.ui.readernotesink import InkPart
from congress.ui.readernotesmarks import OWNER, NotesMarks
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.notesbar import NotesBar
from congress.ui.widgets.notescolours import is_dark
from congress.ui.widgets.noteslist import Audience, Row
from congress.ui.widgets.notespanel import NotesPanel
from congress.ui.widgets.pagelayers import Place, Selected
from congress.ui.widgets.sheetview import SheetView

TAB = "notes"
_SETTLE_MS = 150


class NotesPart(QObject):
    """Shows the notes of the open paper in both views, and makes new ones."""

    def __init__(self, context: UiContext, page: ReaderPage, controller: NotesController) -> None:
        """Join ``page``."""
        super().__init__(page)
        self._context, self._page, self._controller = context, page, controller
        controller.setParent(self)
        self._opened: OpenedPaper | None = None
        self._colour = NoteColour.YELLOW
        self._selected: Selected | None = None
        self._lit: Note | None = None
        self._placing: Note | None = None
        self._waiting = ""
        self._asked: Mapping[str, str] = {}
        tr = context.tr
        self.panel = NotesPanel(context, controller.me)
        page.side.add_tab(TAB, tr("notes.title"), "note", self.panel)
        self.bar = NotesBar(context, page.stack)
        page.selecting.give_way()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._place_bar)
        self.bookmark = page.bar.add_action(
            "bookmark",
            tr("notes.bookmark"),
            "bookmark-simple",
            self.toggle_bookmark,
            keys="Ctrl+D",
            checkable=True,
        )
        self.marks = NotesMarks(context, page, self._activated)
        self.ink = InkPart(context, page, controller)
        self._connect()

    @property
    def _views(self) -> tuple[SheetView, SheetView]:
        return self._page.pages, self._page.text

    def _connect(self) -> None:
        for view in self._views:
            view.selection_changed.connect(partial(self._selection_changed, view))
            view.selection_settled.connect(partial(self._selection_settled, view))
            view.mark_activated.connect(self._mark_activated)
            view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._page.look_changed.connect(self._show_marks)
        self._controller.changed.connect(self._refresh)
        self._controller.made.connect(self.ink.made)
        bar, panel = self.bar, self.panel
        bar.coloured.connect(self._coloured)
        bar.underlined.connect(self._underlined)
        bar.note_asked.connect(self.write)
        bar.copy_asked.connect(self._copy)
        bar.place_asked.connect(self._place)
        bar.delete_asked.connect(self._delete_lit)
        bar.left.connect(self._leave_bar)
        panel.row_chosen.connect(self._go)
        panel.saved.connect(self._save)
        panel.delete_asked.connect(self._controller.remove)
        panel.place_asked.connect(self._begin_placing)
        panel.export_asked.connect(self._export)
        for keys, act in (("H", self.highlight), ("U", self.underline), ("N", self.write)):
            QShortcut(QKeySequence(keys), self._page, act)
        for number, colour in enumerate(NoteColour, start=1):
            QShortcut(QKeySequence(str(number)), self._page, partial(self._coloured, colour))

    # The open paper

    def opened(self, opened: OpenedPaper) -> None:
        """Read the notes on a paper that was opened."""
        self._opened = opened
        self._controller.open(opened.paper.id, opened.version.id)
        self.marks.opened(opened)
        self.ink.opened(opened)

    def closed(self) -> None:
        """Forget the paper."""
        self._opened = self._selected = self._lit = None
        self.panel.stop_placing()
        self.panel.show_list()
        self._hide_bar()
        self._controller.close()
        self.ink.closed()

    def turned(self, page: int) -> None:
        """Show whether the page in front has a bookmark, and a note that was asked for."""
        self._show_bookmark()
        if self._page.asked is not self._asked:
            self._asked = self._page.asked
            self._waiting = self._asked.get("note", "")
            self._show_waiting()

    @property
    def _on_paper(self) -> NotesOnPaper:
        return self._controller.on_paper

    def _refresh(self) -> None:
        self.panel.show_notes(self._on_paper)
        if self._opened is not None:
            self.ink.take(self._on_paper.placed, self._opened.version.id)
        self._show_marks()
        self._show_bookmark()
        if self._lit is not None:
            placed = self._on_paper.find(self._lit.id)
            self._lit = placed.note if placed else None
            if placed is None:
                self._hide_bar()
        self._show_waiting()

    def _show_waiting(self) -> None:
        """Show the note that was asked for, once it is here."""
        if self._waiting and (placed := self._on_paper.find(self._waiting)) is not None:
            self._waiting = ""
            self.show_panel(placed.note.id)
            self._go(Row(placed.note, placed.at))

    def _show_marks(self) -> None:
        self.marks.show(self._on_paper.placed)
        self.ink.layer.dark = is_dark(self._page.look)

    # Selected words

    def _selection_changed(self, view: SheetView, selected: Selected | None) -> None:
        if view is self._page.view and selected is None:
            self._selected = None
            if self._lit is None:
                self.bar.hide()

    def _selection_settled(self, view: SheetView, selected: Selected | None) -> None:
        if view is self._page.view and selected is not None:
            self._selected, self._lit = selected, None
            self._place_bar()

    def _scrolled(self) -> None:
        if not self.bar.isHidden():
            self.bar.hide()
            self._settle.start()

    def _place_bar(self) -> None:
        """Let the bar stand by the selected words, or by the note that was tapped."""
        view = self._page.view
        if self._lit is not None:
            placed = self._on_paper.find(self._lit.id)
            area = self.marks.area_of(placed) if placed else None
            groups = {each.id: each.name for each in self._on_paper.groups}
            audience = Audience(self._context.tr, self._controller.me, groups)
            self.bar.show_for_note(self._lit, audience.words(self._lit))
        else:
            area = view.selection_area() if self._selected is not None else None
            self.bar.show_for_words(placing=self._placing is not None)
        if area is None or not area.intersects(QRectF(view.viewport().rect())):
            self.bar.hide()
            return
        corner = view.viewport().mapTo(self._page.stack, QPoint(0, 0))
        self.bar.float_over(area.translated(QPointF(corner)))

    def _hide_bar(self) -> None:
        self._lit = None
        self._settle.stop()
        self.bar.hide()

    def _leave_bar(self) -> None:
        self._hide_bar()
        self._page.view.clear_selection()
        self._page.view.setFocus()

    def _draft(self, kind: NoteKind) -> Draft | None:
        if self._selected is None:
            return None
        start, end = self._selected.start, self._selected.end
        return Draft(kind, Spot(start.page, start.offset), Spot(end.page, end.offset), self._colour)

    def _mark(self, kind: NoteKind) -> None:
        if (draft := self._draft(kind)) is not None:
            self._controller.add(draft)
            self._leave_bar()

    def highlight(self) -> None:
        """Highlight the selected words in the colour chosen last."""
        self._mark(NoteKind.HIGHLIGHT)

    def underline(self) -> None:
        """Underline the selected words in the colour chosen last."""
        self._mark(NoteKind.UNDERLINE)

    def write(self) -> None:
        """Write on the selected words, on the note that was tapped, or else on the page."""
        if self._lit is not None:
            note = self._lit
            self.show_panel(note.id)
            self.panel.edit(note)
        elif self._opened is not None:
            quote = self._selected.text if self._selected else ""
            draft = self._draft(NoteKind.NOTE) or self._on_page(NoteKind.NOTE)
            self.show_panel()
            self.panel.write(draft, quote)
        self._hide_bar()

    def _on_page(self, kind: NoteKind) -> Draft:
        """Return a draft for the page in front, at the place at the top of the view."""
        view = self._page.view
        place, page = view.place(), max(1, view.page)
        spot = Spot(page, place.offset if place.page == page else 0)
        return Draft(kind, spot, spot, self._colour)

    def _copy(self) -> None:
        if self._selected is not None:
            self._page.first.copy(self._selected)

    # A note that was tapped

    def _mark_activated(self, owner: str, key: str) -> None:
        if owner == OWNER:
            self._activated(key)

    def _activated(self, note_id: str) -> None:
        placed = self._on_paper.find(note_id)
        if placed is None:
            return
        note = placed.note
        self.panel.list.light(note_id)
        if note.author_id != self._controller.me:
            self.show_panel(note_id)
            return
        if self.marks.area_of(placed) is None:
            self.show_panel(note_id)
            return
        self._lit = note
        self._place_bar()

    def _coloured(self, colour: NoteColour) -> None:
        if self._lit is not None:
            note = self._lit
            self._controller.change(note, Change(note.kind, colour, note.body, note.group))
        elif self._selected is not None:
            self._colour = colour
            self.highlight()

    def _underlined(self) -> None:
        if self._lit is None:
            self.underline()
            return
        note = self._lit
        under = note.kind is NoteKind.UNDERLINE
        kind = NoteKind.HIGHLIGHT if under else NoteKind.UNDERLINE
        self._controller.change(note, Change(kind, note.colour, note.body, note.group))

    def _delete_lit(self) -> None:
        if self._lit is not None:
            self._controller.remove(self._lit)
            self._hide_bar()

    # Bookmarks

    def _bookmark_here(self) -> Note | None:
        page = self._page.view.page
        return next(
            (
                each.note
                for each in self._on_paper.placed
                if each.note.kind is NoteKind.BOOKMARK
                and each.page == page
                and each.note.author_id == self._controller.me
            ),
            None,
        )

    def toggle_bookmark(self) -> None:
        """Put a bookmark on the page in front, or take it away."""
        if self._opened is None:
            return
        if (note := self._bookmark_here()) is not None:
            self._controller.remove(note)
        else:
            self._controller.add(self._on_page(NoteKind.BOOKMARK))

    def _show_bookmark(self) -> None:
        tr, there = self._context.tr, self._bookmark_here() is not None
        self.bookmark.setChecked(there)
        self.bookmark.setText(tr("notes.bookmark.remove" if there else "notes.bookmark"))

    # The tab

    def show_panel(self, note_id: str = "") -> None:
        """Open the tab with the notes, and light one of them."""
        self._page.show_side(TAB)
        if note_id:
            self.panel.light(note_id)

    def _go(self, row: Row) -> None:
        match row.at.anchor if row.at else None:
            case TextAnchor(start=start):
                self._page.first.jump(Place(start.page, start.offset))
            case AreaAnchor(page=page):
                self._page.first.go_to(page)

    def _save(self, edited: Note | Draft, change: Change) -> None:
        if isinstance(edited, Note):
            self._controller.change(edited, change)
            return
        draft = Draft(change.kind, edited.start, edited.end, change.colour, change.body, edited.box)
        self._colour = change.colour
        self._controller.add(draft, change.group)
        self._page.view.clear_selection()

    def _begin_placing(self, note: Note | None) -> None:
        self._placing = note
        if note is not None and self._selected is not None:
            self._lit = None
            self._place_bar()

    def _place(self) -> None:
        if self._placing is not None and self._selected is not None:
            start, end = self._selected.start, self._selected.end
            note = self._placing
            self.panel.stop_placing()
            self._leave_bar()
            self._controller.place(
                note.id, Spot(start.page, start.offset), Spot(end.page, end.offset)
            )

    def _export(self, form: NoteFormat) -> None:
        if self._opened is None:
            return
        if not self._on_paper.placed:
            words = self._context.tr("notes.none.what")
            self._context.toasts.show_toast(words, Tone.CAUTION)
        elif (path := ask_where(self._context, form, self._page)) is not None:
            self._controller.export(path, form, self._opened.paper.id)
