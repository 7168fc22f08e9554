"""The library: every paper this member may read, searched as one."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from congress.docs.model import Hit, Paper
from congress.kernel.ids import PaperId
from congress.ui.context import UiContext
from congress.ui.controllers.library import (
    MOST_HITS,
    Found,
    LibraryController,
    reader_path,
)
from congress.ui.models.papers import Filters, HitsModel, PapersModel
from congress.ui.page import Command, Page, PageHeader, framed
from congress.ui.pages.paper_import import (
    ImportSheet,
    begin_import,
    choose_files,
    choose_folder,
)
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.theme.tokens import SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.facets import FacetPanel
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.paperlist import HitDelegate, PaperDelegate, PaperList
from congress.ui.widgets.text import Text

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
        self._papers: Sequence[Paper] = ()
        self._hits: Sequence[Hit] = ()
        self._filters = Filters()
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
        self.drop_hint = Banner(context, "", Tone.NOTE, title=tr("library.drop"))
        self.drop_hint.hide()
        self.papers_model = PapersModel(tr, self)
        self.papers_view = PaperList(tr("library.list"))
        self.papers_view.setModel(self.papers_model)
        self.papers_view.setItemDelegate(PaperDelegate(context, self))
        self.hits_model = HitsModel(tr, self)
        self.hits_view = PaperList(tr("library.hits"))
        self.hits_view.setModel(self.hits_model)
        self.hits_view.setItemDelegate(HitDelegate(context, self))
        self.status = Text(context, "", Type.LABEL, "muted")
        self.facets = FacetPanel(context)
        self.stack = QStackedWidget()
        for widget in (self.papers_view, self.hits_view, *self._empty_states(), QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(_BLANK)
        across = QHBoxLayout()
        across.setSpacing(SPACE_5)
        across.addWidget(self.stack, 1)
        across.addWidget(self.facets)
        box = framed(self, context)
        box.addWidget(self.header)
        box.addWidget(self.drop_hint)
        box.addWidget(self.search)
        box.addWidget(self.status)
        box.addLayout(across, 1)

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
        controller.found.connect(self._show_found)
        controller.cover_came.connect(self._show_cover)
        self.papers_model.cover_needed.connect(controller.load_cover)
        self.papers_view.chosen.connect(self._chosen)
        self.hits_view.chosen.connect(self._open_hit)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._into_list)
        self.search.installEventFilter(self)
        self.facets.toggled.connect(self._filter)
        self.import_button.clicked.connect(self.import_papers)
        self.folder_button.clicked.connect(self.import_folder)
        self.empty.acted.connect(self.import_papers)
        self.filtered.acted.connect(self._clear_filters)
        QShortcut("Ctrl+F", self, self.search.setFocus)

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

    def _show(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._refresh()
        if self.search.text().strip():
            self._controller.search(self.search.text())
        self._follow()

    def _refresh(self) -> None:
        tr, papers = self.context.tr, self._papers
        pages = sum(paper.pages for paper in papers)
        summary = (
            f"{tr('library.summary', count=len(papers))} · "
            f"{tr('library.summary.pages', count=pages)}"
        )
        self.header.set_lead(summary if papers else "")
        self.search.setVisible(bool(papers))
        for button in (self.folder_button, self.import_button):
            button.setVisible(bool(papers) and self._controller.may_change)
        self.facets.show_counts(papers, self._filters)
        self._make_room()
        kept = [paper for paper in papers if self._filters.keeps(paper)]
        self.papers_model.set_rows(kept)
        if self.search.text().strip():
            self._show_hits()
        else:
            self.status.hide()
            place = _PAPERS if kept else _FILTERED if papers else _EMPTY
            self.stack.setCurrentIndex(place)

    def _show_cover(self, paper_id: str, cover: QImage) -> None:
        self.papers_model.set_cover(PaperId(paper_id), QPixmap.fromImage(cover))

    def _filter(self, name: str, value: str) -> None:
        self._filters = self._filters.toggled(name, value)
        self._refresh()

    def _clear_filters(self) -> None:
        self._filters = Filters()
        self._refresh()

    def _make_room(self) -> None:
        wide = self.width() >= self.context.theme.px(_ROOM_FOR_FACETS)
        self.facets.setVisible(bool(self._papers) and (wide or self._filters.active))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the filters where there is no room for them."""
        super().resizeEvent(event)
        self._make_room()

    # Searching

    def _typed(self, typed: str) -> None:
        self._controller.search(typed)
        if typed.strip():
            self.status.setText(self.context.tr("library.searching"))
            self.status.show()
        else:
            self._hits = ()
            self._refresh()

    def _show_found(self, found: Found) -> None:
        self._hits = found.hits
        self._show_hits()

    def _show_hits(self) -> None:
        tr = self.context.tr
        papers = {paper.id: paper for paper in self._papers}
        kept = [
            hit
            for hit in self._hits
            if hit.paper in papers and self._filters.keeps(papers[hit.paper])
        ]
        self.hits_model.set_rows(kept)
        full = len(self._hits) >= MOST_HITS
        key = "library.found.first" if full else "library.found"
        self.status.setText(tr(key, count=len(kept)) if kept else "")
        self.status.setVisible(bool(kept))
        left_out = self._hits and not kept
        self.stack.setCurrentIndex(_HITS if kept else _FILTERED if left_out else _NOTHING)

    def _into_list(self) -> None:
        view = self.stack.currentWidget()
        if isinstance(view, PaperList) and view.model().rowCount():
            view.setFocus()
            view.setCurrentIndex(view.model().index(0, 0))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let the arrow down lead from the search field into the list."""
        if (
            watched is self.search
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down  # type: ignore[attr-defined]
        ):
            self._into_list()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _open_hit(self, hit: Hit) -> None:
        self.context.navigate(reader_path(hit.paper, hit.page, self.search.text().strip()))

    # One paper

    def _chosen(self, paper: Paper) -> None:
        if not self._controller.may_change:
            self._read(paper)
            return
        self._panel = PaperPanel(self.context, self._controller.desk, paper)
        self._panel.read_asked.connect(self._read)
        self._panel.destroyed.connect(self._forget_panel)
        self.inspected.emit(self._panel)

    def _forget_panel(self) -> None:
        self._panel = None

    def _read(self, paper: Paper) -> None:
        self.context.navigate(reader_path(paper.id))

    def _follow(self) -> None:
        """Close the panel of a paper that is gone; keep another one and its row up to date."""
        if self._panel is None:
            return
        for paper in self._papers:
            if paper.id == self._panel.paper.id:
                self._panel.show_paper(paper)
        row = self.papers_model.row_of(self._panel.paper.id)
        if row >= 0:
            self.papers_view.setCurrentIndex(self.papers_model.index(row))
        elif all(paper.id != self._panel.paper.id for paper in self._papers):
            self._panel = None
            self.inspected.emit(None)

    # Coming in

    def import_folder(self) -> None:
        """Ask for a folder and import the papers in it."""
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
            self.drop_hint.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the hint away again."""
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files that were dropped."""
        self.drop_hint.hide()
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.import_paths([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
