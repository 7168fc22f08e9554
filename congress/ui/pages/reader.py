"""Reading one paper: its fixed pages, or its text in any width; from memory alone."""

from functools import partial
from typing import ClassVar
from urllib.parse import parse_qs

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from congress.docs.model import TextOrigin
from congress.docs.pdfium import Box
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId, VersionId
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper, ReaderController
from congress.ui.page import Page
from congress.ui.readerparts import ReaderPart
from congress.ui.render import HitsOnPage
from congress.ui.theme.tokens import Mode, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import clear
from congress.ui.widgets.pageview import PageView
from congress.ui.widgets.readerbar import PAGES, TEXT, ReaderBar
from congress.ui.widgets.sidepanel import SidePanel
from congress.ui.widgets.textview import TextView
from congress.ui.widgets.watermark import Watermark


class ReaderPage(Page):
    """One open paper, and the bar over it."""

    key: ClassVar[str] = "reader"
    title_key: ClassVar[str] = "reader.title"
    icon: ClassVar[str] = "book-open"

    def __init__(
        self,
        context: UiContext,
        controller: ReaderController,
        reader_name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page.

        Args:
            context: The surroundings.
            controller: Opens papers.
            reader_name: Written over every page.
            parent: The Qt parent.
        """
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._subject = ""
        self._start, self._looking_for = 0, ""
        self._hits: list[tuple[int, tuple[Box, ...]]] = []
        self._by_page: dict[int, list[tuple[Box, ...]]] = {}
        self._text_hits = 0
        self._current: int | None = None
        self._unshown_text: OpenedPaper | None = None
        self._parts: list[ReaderPart] = []
        self.mark = Watermark(context, reader_name)
        self.bar = ReaderBar(context)
        self.pages = PageView(context, self.mark)
        self.text = TextView(context, self.mark)
        self.side = SidePanel(context)
        self._lay_out()
        self._connect()
        self._shortcuts()
        self._night = False
        self.set_night(context.theme.palette.mode is Mode.DARK)

    def _lay_out(self) -> None:
        tr = self.context.tr
        self.stack = QStackedWidget()
        self.waiting = EmptyState(self.context, tr("reader.opening"), "", icon="book-open")
        self.none = EmptyState(
            self.context, tr("reader.none.what"), tr("reader.none.why"), tr("reader.back")
        )
        self.trouble = QWidget()
        self._trouble_box = QVBoxLayout(self.trouble)
        for widget in (self.none, self.waiting, self.trouble, self.pages, self.text):
            self.stack.addWidget(widget)
        self.notice = Banner(self.context, tr("reader.find.unsearchable"), Tone.CAUTION)
        self.notice.hide()
        self.notices = QVBoxLayout()
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(self.stack, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(self.notice)
        box.addLayout(self.notices)
        box.addLayout(across, 1)
        self.side.hide()

    def _connect(self) -> None:
        bar, controller = self.bar, self._controller
        controller.opened.connect(self._show)
        controller.refused.connect(self._refuse)
        controller.found.connect(self._found_more)
        controller.searched.connect(self._search_ended)
        bar.back_asked.connect(self._back)
        bar.page_asked.connect(self._go_to)
        bar.zoom_asked.connect(self._zoom)
        bar.night_asked.connect(self.set_night)
        bar.view.chosen.connect(self._choose_view)
        bar.side_button.toggled.connect(self.side.setVisible)
        bar.finder.asked.connect(self._find)
        bar.finder.moved.connect(self._move_hit)
        bar.finder.closed.connect(self._focus_view)
        self.none.acted.connect(self._back)
        self.side.page_asked.connect(self._go_to)
        for view in (self.pages, self.text):
            view.page_changed.connect(partial(self._moved, view))
        self.pages.zoom_changed.connect(self._show_zoom)
        self.pages.copied.connect(self._tell_copied)

    def _shortcuts(self) -> None:
        bar = self.bar
        for keys, act in (
            ("Ctrl+F", bar.finder.focus),
            ("Ctrl+G", self._focus_page),
            ("Ctrl++", lambda: self._zoom("in")),
            ("Ctrl+=", lambda: self._zoom("in")),
            ("Ctrl+-", lambda: self._zoom("out")),
            ("Ctrl+0", lambda: self._zoom(1.0)),
            ("Ctrl+1", lambda: self._zoom("width")),
            ("Ctrl+2", lambda: self._zoom("page")),
            ("F3", lambda: self._move_hit(1)),
            ("Shift+F3", lambda: self._move_hit(-1)),
            ("Ctrl+I", lambda: self.set_night(not self._night)),
            ("Ctrl+T", bar.side_button.toggle),
            ("Ctrl+E", self._other_view),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def add_part(self, part: ReaderPart) -> None:
        """Let ``part`` know from now on what is read."""
        self._parts.append(part)

    # Opening

    def opened(self, subject: str) -> None:
        """Open the paper ``subject``: its identifier, and after ``?`` a version, page, words."""
        paper_id, _, rest = subject.partition("?")
        asked = parse_qs(rest)
        self._start = int(asked.get("page", ["0"])[0])
        self._looking_for = asked.get("find", [""])[0]
        now, version = self._controller.paper, asked.get("version", [""])[0]
        if now is not None and (now.paper.id, now.version.id) == (
            paper_id,
            version or now.paper.version_id,
        ):
            self._begin(self._start or self._view.page)
            return
        self._tell_closed()
        self._clear()
        self.stack.setCurrentWidget(self.waiting)
        self._controller.open(PaperId(paper_id), VersionId(version) if version else None)

    def closing(self) -> None:
        """Close the paper."""
        self._tell_closed()
        self._controller.close()

    def _tell_closed(self) -> None:
        if self._controller.paper is not None:
            for part in self._parts:
                part.closed()

    def _clear(self) -> None:
        self._forget_hits()
        self.notice.hide()
        clear(self._trouble_box)
        self.bar.show_paper("", 0, fixed=False)

    def _show(self, opened: OpenedPaper) -> None:
        paper, worker = opened.paper, self._controller.worker
        place = self._start or self._controller.place()
        fixed = worker is not None
        self.bar.show_paper(paper.title, opened.version.pages, fixed=fixed)
        self.notice.setVisible(opened.version.origin is TextOrigin.NONE)
        self._unshown_text = opened
        self.text.clear()
        if worker is not None:
            self.pages.set_pages(opened.sizes, worker)
            self.side.show_paper(opened.sizes, opened.outline, worker)
        self.side.setVisible(fixed and self.bar.side_button.isChecked())
        self.bar.view.set_value(PAGES)
        self._show_view(PAGES if fixed else TEXT)
        for part in self._parts:
            part.opened(opened)
        self._begin(place)

    def _begin(self, place: int) -> None:
        self._go_to(place)
        self._page_changed(max(1, self._view.page))
        if self._looking_for:
            self.bar.finder.look_for(self._looking_for)

    def _refuse(self, error: CongressError) -> None:
        clear(self._trouble_box)
        view = ErrorView(self.context, error)
        view.setMaximumWidth(self.context.theme.px(640))
        self._trouble_box.addStretch(1)
        self._trouble_box.addWidget(view)
        self._trouble_box.addStretch(2)
        self.stack.setCurrentWidget(self.trouble)

    def _back(self) -> None:
        self.context.navigate("library")

    # Moving and looking

    @property
    def _view(self) -> PageView | TextView:
        return self.text if self.stack.currentWidget() is self.text else self.pages

    def _choose_view(self, view: object) -> None:
        page = self._view.page
        self._show_view(str(view))
        self._go_to(page)
        self._find(self.bar.finder.field.text())

    def _other_view(self) -> None:
        if self.bar.view.isVisible():
            other = TEXT if self._view is self.pages else PAGES
            self.bar.view.set_value(other)
            self._choose_view(other)

    def _show_view(self, view: str) -> None:
        if view == TEXT and self._unshown_text is not None:
            self.text.show_text(self._unshown_text.html, self._unshown_text.paper.language)
            self._unshown_text = None
        self.stack.setCurrentWidget(self.text if view == TEXT else self.pages)
        self._show_zoom()
        self._focus_view()

    def _focus_view(self) -> None:
        self._view.setFocus()

    def _focus_page(self) -> None:
        self.bar.page.setFocus()
        self.bar.page.selectAll()

    def _go_to(self, page: int) -> None:
        self._view.go_to(page)
        self._focus_view()

    def _moved(self, view: QWidget, page: int) -> None:
        if view is self.stack.currentWidget():
            self._page_changed(page)

    def _page_changed(self, page: int) -> None:
        self.bar.show_page(page)
        self.side.light(page)
        self._controller.remember(page)
        for part in self._parts:
            part.turned(page)

    def _tell_copied(self) -> None:
        self.context.toasts.show_toast(self.context.tr("reader.copied"))

    def _zoom(self, zoom: object) -> None:
        view = self._view
        if zoom == "in":
            view.zoom_in()
        elif zoom == "out":
            view.zoom_out()
        elif isinstance(zoom, float):
            view.set_zoom(zoom)
        elif view is self.pages:
            (self.pages.fit_width if zoom == "width" else self.pages.fit_page)()
        else:
            view.set_zoom(1.0)
        self._show_zoom()

    def _show_zoom(self) -> None:
        self.bar.show_zoom(self._view.zoom)

    def set_night(self, night: bool) -> None:
        """Show light letters on a dark ground, or the paper as it is."""
        self._night = night
        self.pages.set_night(night)
        self.text.set_night(night)
        self.bar.show_night(night)

    # Finding words

    def _forget_hits(self) -> None:
        self._hits, self._by_page, self._text_hits, self._current = [], {}, 0, None
        self.pages.set_hits({})

    def _find(self, typed: str) -> None:
        self._forget_hits()
        query = self._controller.search(typed)
        if self._view is self.text:
            self._text_hits = self.text.mark_hits(query) if query.groups else 0
            if not query.groups:
                self.text.setExtraSelections([])
            self._show_hit(0 if self._text_hits else None)
        else:
            self.bar.finder.show_count(None, 0, going_on=True)

    def _found_more(self, found: HitsOnPage) -> None:
        waiting = self._current is None
        self._by_page[found.page] = list(found.hits)
        self._hits += [(found.page, hit) for hit in found.hits]
        if waiting and found.page + 1 >= self._start:
            self._show_hit(len(self._hits) - len(found.hits))
        else:
            self.pages.set_hits(self._by_page, self._on_page())
            self.bar.finder.show_count(self._current, len(self._hits))

    def _search_ended(self) -> None:
        if not self._hits:
            self.bar.finder.show_count(None, 0)
        elif self._current is None:
            self._show_hit(0)

    def _on_page(self) -> tuple[int, int] | None:
        if self._current is None:
            return None
        page, hit = self._hits[self._current]
        return page, self._by_page[page].index(hit)

    def _move_hit(self, step: int) -> None:
        count = self._text_hits or len(self._hits)
        if count:
            self._show_hit(((-1 if self._current is None else self._current) + step) % count)

    def _show_hit(self, number: int | None) -> None:
        self._current = number
        if self._view is self.text:
            if self._text_hits:
                self.text.show_hit(number)
            self.bar.finder.show_count(number, self._text_hits)
        else:
            self.pages.set_hits(self._by_page, self._on_page())
            self.bar.finder.show_count(number, len(self._hits))
