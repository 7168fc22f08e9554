"""The library: every paper this member may read, searched as one."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from congress.docs.model import Hit, Paper
from congress.kernel.canonical import Json
from congress.kernel.ids import GroupId
from congress.ui.context import UiContext
from congress.ui.controllers.library import Found, LibraryController, reader_path
from congress.ui.models.listing import (
    Facet,
    Filters,
    ListedPaper,
    Listing,
    chosen_before,
    told,
)
from congress.ui.models.ordering import Sort
from congress.ui.page import Command, Page, PageHeader, framed
from congress.ui.pages.library_hits import HitsView
from congress.ui.pages.library_papers import PapersView
from congress.ui.pages.paper_import import (
    ImportSheet,
    begin_import,
    choose_files,
    choose_folder,
)
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.theme.tokens import SPACE_5
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.dropveil import DropVeil
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.facets import FacetPanel
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.listbar import ListBar
from congress.ui.widgets.papermenu import PaperMenu

_PAPERS, _HITS, _NOTHING, _FILTERED, _EMPTY, _BLANK = range(6)
_ROOM_FOR_FACETS = 820
"""Least width of the page, in pixels at text scale 1, at which the filters are shown."""


class LibraryPage(Page):
    """Papers as a list; while something is typed, the pages that answer it."""

    key: ClassVar[str] = "library"
    title_key: ClassVar[str] = "library.title"
    icon: ClassVar[str] = "books"

    def __init__(
        self, context: UiContext, controller: LibraryController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the list comes when it is shown."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._listing = Listing()
        self._kept = 0
        self._filters, self._sort, self._grouped = Filters(), Sort.AGENDA, False
        self._filters_wanted: bool | None = None
        self._panel: PaperPanel | None = None
        self._sheet: ImportSheet | None = None
        self.setAcceptDrops(controller.may_change)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        self.header = PageHeader(context, tr(self.title_key))
        self.import_button = Button(context, tr("library.import"), Kind.PRIMARY, "upload-simple")
        self.folder_button = Button(context, tr("import.folder"), Kind.SECONDARY, "folder-open")
        for button in (self.folder_button, self.import_button):
            self.header.buttons.addWidget(button)
            button.hide()
        self.search = SearchEdit(context, tr("library.search"))
        self.bar = ListBar(context)
        self.papers_view = PapersView(context, self._controller.load_covers)
        self.hits_view = HitsView(context)
        self.facets = FacetPanel(context, self._group_name)
        self.stack = QStackedWidget()
        for widget in (self.papers_view, self.hits_view, *self._empty_states(), QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(_BLANK)
        across = QHBoxLayout()
        across.setSpacing(SPACE_5)
        across.addWidget(self.stack, 1)
        across.addWidget(self.facets)
        box = framed(self, context)
        for part in (self.header, self.search, self.bar):
            box.addWidget(part)
        box.addLayout(across, 1)
        self.drop_veil = DropVeil(context, self, tr("library.drop"))

    def _empty_states(self) -> tuple[QWidget, QWidget, QWidget]:
        context, tr = self.context, self.context.tr
        may = self._controller.may_change
        self.nothing = EmptyState(
            context, tr("library.nothing.what"), tr("library.nothing.why"), icon="magnifying-glass"
        )
        self.filtered = EmptyState(
            context,
            tr("library.filtered.what"),
            tr("library.filtered.why"),
            tr("library.filtered.clear"),
            icon="funnel",
            primary=False,
        )
        self.empty = EmptyState(
            context,
            tr("library.empty.what"),
            tr("library.empty.why") if may else tr("library.empty.wait"),
            tr("library.import") if may else "",
            icon="books",
        )
        return self.nothing, self.filtered, self.empty

    def _connect(self) -> None:
        controller = self._controller
        controller.listed.connect(self._show)
        controller.remembered.connect(self._remembered)
        controller.found.connect(self._show_found)
        controller.found_in.connect(self.hits_view.show_all_of)
        controller.cover_came.connect(self.papers_view.show_cover)
        self.papers_view.chosen.connect(self._chosen)
        self.papers_view.opened.connect(lambda row: self._read(row.paper))
        self.papers_view.menu_asked.connect(self._show_menu)
        self.hits_view.page_chosen.connect(self._open_hit)
        self.hits_view.all_asked.connect(controller.search_in)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._into_list)
        self.search.installEventFilter(self)
        self.bar.sorted.connect(self._order_by)
        self.bar.grouped.connect(self._group)
        self.bar.filters_shown.connect(self._want_filters)
        self.facets.toggled.connect(self._filter)
        self.facets.cleared.connect(self._clear_filters)
        self.filtered.acted.connect(self._clear_filters)
        self.import_button.clicked.connect(self.import_papers)
        self.folder_button.clicked.connect(self.import_folder)
        self.empty.acted.connect(self.import_papers)
        for keys in (QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")):
            QShortcut(keys, self, self._find)

    def shown(self) -> None:
        """Read the list again."""
        self._controller.refresh()
        if self._controller.may_change:
            self._controller.desk.refresh()

    def opened(self, subject: str) -> None:
        """Search for ``subject``."""
        self.search.setText(subject)

    def commands(self) -> Sequence[Command]:
        """Offer importing papers."""
        if not self._controller.may_change:
            return ()
        tr = self.context.tr
        return (
            Command(tr("library.import"), "upload-simple", self.import_papers),
            Command(tr("import.folder"), "folder-open", self.import_folder),
        )

    # The list

    def _remembered(self, chosen: Json) -> None:
        self._filters, self._sort, self._grouped = chosen_before(chosen)

    def _show(self, listing: Listing) -> None:
        self._listing = listing
        self._refresh()
        if self.search.text().strip():
            self._search()
        self._follow()

    def _refresh(self) -> None:
        """Show the papers that the filters keep."""
        tr, listing = self.context.tr, self._listing
        arranged = listing.arranged(self._filters, self._sort, grouped=self._grouped)
        some = bool(listing.rows)
        papers = tr("library.summary", count=len(listing.rows))
        pages = tr("library.summary.pages", count=listing.pages)
        self.header.set_lead(tr.joined(papers, pages) if some else "")
        self.search.setVisible(some)
        self.bar.setVisible(some)
        self.bar.show_order(self._sort, grouped=self._grouped)
        for button in (self.folder_button, self.import_button):
            button.setVisible(some and self._controller.may_change)
        self.facets.show_counts(arranged.counts, self._filters)
        self._make_room()
        self.papers_view.show_rows(arranged.rows, grouped=self._grouped)
        self._kept = arranged.kept
        self._show_place()

    def _show_place(self) -> None:
        """Show the papers, or the pages found, or why there are none."""
        tr, searching = self.context.tr, bool(self.search.text().strip())
        self.bar.show_searching(searching=searching)
        if searching:
            self._show_hits()
            return
        total = len(self._listing.rows)
        words = tr("library.kept", kept=self._kept, count=total) if self._kept < total else ""
        self.bar.status.setText(words)
        place = _PAPERS if self._kept else _FILTERED if total else _EMPTY
        self.stack.setCurrentIndex(place)

    def _order_by(self, sort: object) -> None:
        self._choose(self._filters, Sort(str(sort)), grouped=self._grouped)

    def _group(self, grouped: bool) -> None:
        self._choose(self._filters, self._sort, grouped=grouped)

    def _filter(self, facet: str, value: str) -> None:
        filters = self._filters.toggled(Facet(facet), value)
        self._choose(filters, self._sort, grouped=self._grouped)

    def _clear_filters(self) -> None:
        self._choose(Filters(), self._sort, grouped=self._grouped)

    def _choose(self, filters: Filters, sort: Sort, *, grouped: bool) -> None:
        other = filters != self._filters
        self._filters, self._sort, self._grouped = filters, sort, grouped
        self._controller.remember(told(filters, sort, grouped=grouped))
        self._refresh()
        if other and self.search.text().strip():
            self._search()

    def _group_name(self, group: str) -> str:
        return self._listing.groups.get(GroupId(group), "")

    # Room for the filters

    def _want_filters(self, wanted: bool) -> None:
        self._filters_wanted = wanted
        self._make_room()

    def hideEvent(self, event: QHideEvent) -> None:
        """Search no more; what is typed is searched for again when the page is shown."""
        super().hideEvent(event)
        self._controller.pause()

    def _make_room(self) -> None:
        wide = self.width() >= self.context.theme.px(_ROOM_FOR_FACETS)
        wanted = self._filters_wanted
        shown = bool(self._listing.rows) and (wide if wanted is None else wanted)
        self.facets.setVisible(shown)
        self.bar.show_filters(self._filters.active, open_=shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the filters where there is no room for them."""
        super().resizeEvent(event)
        self._make_room()

    # Searching

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _typed(self, typed: str) -> None:
        self._search()
        if typed.strip():
            self.bar.show_searching(searching=True)
            self.bar.status.setText(self.context.tr("library.searching"))
        else:
            self._show_place()

    def _search(self) -> None:
        self.hits_view.forget()
        wanted = self._listing.search_filter(self._filters)
        self._controller.search(self.search.text(), wanted)

    def _show_found(self, found: Found) -> None:
        self.hits_view.show_found(found)
        self._show_place()

    def _show_hits(self) -> None:
        if self.hits_view.found is None:
            return
        self.bar.status.setText(self.hits_view.summary)
        if self.hits_view.found.hits:
            self.stack.setCurrentIndex(_HITS)
        else:
            self.stack.setCurrentIndex(_FILTERED if self._filters.active else _NOTHING)

    def _into_list(self) -> None:
        view = self.stack.currentWidget()
        if isinstance(view, PapersView | HitsView):
            view.go_to_first()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let the arrow down lead from the search field into the list, and Escape clear it."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Down:
                self._into_list()
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _open_hit(self, hit: Hit) -> None:
        self.context.navigate(reader_path(hit.paper, hit.page, self.search.text().strip()))

    # One paper

    def _chosen(self, row: ListedPaper) -> None:
        if self._controller.may_change:
            self._inspect(row.paper)
        else:
            self._read(row.paper)

    def _inspect(self, paper: Paper) -> None:
        panel = self._panel = PaperPanel(self.context, self._controller.desk, paper)
        panel.read_asked.connect(self._read)
        self.inspected.emit(panel)

    def _read(self, paper: Paper) -> None:
        self.context.navigate(reader_path(paper.id))

    def _show_menu(self, row: ListedPaper, where: QPoint) -> None:
        tr, paper = self.context.tr, row.paper
        menu = PaperMenu(self.context, row, self)
        menu.offer(tr("library.read"), "book-open", lambda: self._read(paper))
        if self._controller.may_change:
            menu.offer(tr("library.details"), "info", lambda: self._inspect(paper))
        if menu.was_opened:
            menu.offer(tr("library.forget"), "sparkle", lambda: self._controller.forget(paper))
        if paper.agenda and paper.agenda not in self._filters.chosen.get(Facet.AGENDA, ()):
            words = tr("library.same_agenda", agenda=paper.agenda)
            menu.offer(words, "funnel", lambda: self._filter(Facet.AGENDA, paper.agenda))
        menu.ask(where)

    def _follow(self) -> None:
        """Close the panel of a paper that is gone; keep another one and its row up to date."""
        if self._panel is None or not shiboken6.isValid(self._panel):
            return
        row = self._listing.by_id.get(self._panel.paper.id)
        if row is None:
            self._panel = None
            self.inspected.emit(None)
        else:
            self._panel.show_paper(row.paper)
            self.papers_view.light(row.paper.id)

    # Coming in

    def import_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        self.import_paths(choose_folder(self.context, self))

    def import_papers(self) -> None:
        """Ask for files and import them."""
        self.import_paths(choose_files(self.context, self))

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Ask who may read the files at ``paths``, and import them."""
        imports = self._controller.imports
        begin_import(self.context, imports, paths, self.window(), self._import_began)

    def _import_began(self, sheet: ImportSheet) -> None:
        self._sheet = sheet

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.drop_veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the veil away again."""
        self.drop_veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files that were dropped."""
        self.drop_veil.hide()
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.import_paths([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
