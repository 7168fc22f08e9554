"""One paper on the reader's desk: its two views, its search, its history, its place."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from congress.docs.model import TextOrigin
from congress.docs.pdfium import Box
from congress.docs.pdflinks import PageLink
from congress.docs.places import Fit, Look, ReadingPlace, View
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId, VersionId
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper, ReaderController
from congress.ui.readerparts import ReaderPart
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.history import History
from congress.ui.widgets.layout import clear
from congress.ui.widgets.pagelayers import Place, Selected
from congress.ui.widgets.pageview import PageView
from congress.ui.widgets.panefind import PaneFind
from congress.ui.widgets.panekeeping import PaneKeeping
from congress.ui.widgets.selectionbar import SelectionBar
from congress.ui.widgets.textview import TextView
from congress.ui.widgets.watermark import Watermark

_SETTLE_MS = 150

Copier = Callable[[Sequence[int], str], object]
"""Copies words that stand on these pages (from 1)."""


class PaperPane(QWidget):
    """Shows one paper at a time.

    Attributes:
        copier: Copies text of the given pages, or refuses.
    """

    opened = Signal(object)
    """The ``OpenedPaper``."""
    page_changed = Signal(int)
    """Another page (from 1) is in front."""
    zoom_changed = Signal(float)
    """The zoom of the view in front."""
    view_changed = Signal(str)
    """``pages`` or ``text`` came to the front."""
    ways_changed = Signal()
    """There is another place to go back or forward to."""
    address_asked = Signal(str)
    """An address outside the paper that a link names."""
    tapped = Signal()
    """A finger tapped where nothing else is."""
    focused = Signal()
    """The keyboard came into one of the views."""

    def __init__(
        self,
        context: UiContext,
        controller: ReaderController,
        mark: Watermark,
        parent: QWidget | None = None,
    ) -> None:
        """Begin without a paper.

        Args:
            context: The surroundings.
            controller: Opens papers.
            mark: Written over every page.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.context, self.controller = context, controller
        controller.setParent(self)
        self.pages = PageView(context, mark)
        self.text = TextView(context, mark)
        self.finding = PaneFind(context, (self.pages, self.text), self)
        self.history = History()
        self.keeping = PaneKeeping(self)
        self.look = Look.NIGHT if context.theme.palette.mode == "dark" else Look.PAPER
        self.copier: Copier | None = None
        self._parts: list[ReaderPart] = []
        self._start, self._looking_for = 0, ""
        self._waiting_place: Place | None = None
        self._lay_out()
        self._connect()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._place_bar)
        self.set_look(self.look)

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
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.notice)
        box.addWidget(self.stack, 1)
        self.selecting = SelectionBar(self.context, self.stack)
        self.selecting.add_action("copy", tr("reader.copy"), "copy", self.copy, "Ctrl+C")

    def _connect(self) -> None:
        controller = self.controller
        controller.opened.connect(self._show)
        controller.refused.connect(self._refuse)
        controller.flowed.connect(self._take_flow)
        self.finding.hit_shown.connect(self._reveal)
        for view in (self.pages, self.text):
            view.page_changed.connect(partial(self._turned, view))
            view.zoom_changed.connect(self.zoom_changed)
            view.link_followed.connect(self.follow)
            view.tapped.connect(self.tapped)
            view.copy_asked.connect(self.copy)
            view.selection_settled.connect(self._selected)
            view.verticalScrollBar().valueChanged.connect(self._scrolled)
            view.installEventFilter(self)

    def add_part(self, part: ReaderPart) -> None:
        """Let ``part`` know from now on what is read here."""
        self._parts.append(part)
        if self.paper is not None:
            part.opened(self.paper)
            part.turned(max(1, self.view.page))

    # Opening

    @property
    def paper(self) -> OpenedPaper | None:
        """The paper that is open."""
        return self.controller.paper

    def open(self, paper_id: str, version: str = "", page: int = 0, looking_for: str = "") -> None:
        """Open a paper at a page (from 1; 0 for where it was left), looking for words."""
        self._start, self._looking_for = page, looking_for
        now = self.paper
        wanted = version or (now.paper.version_id if now is not None else "")
        if now is not None and (now.paper.id, now.version.id) == (paper_id, wanted):
            self._begin(Place(page, 0) if page else self.view.place())
            return
        self.shut()
        self.stack.setCurrentWidget(self.waiting)
        self.controller.open(PaperId(paper_id), VersionId(version) if version else None)

    def shut(self) -> None:
        """Close the paper and keep its place."""
        if self.paper is not None:
            for part in self._parts:
                part.closed()
            self.keeping.keep()
        self.finding.clear()
        self.history.clear()
        self.selecting.go()
        self.notice.hide()
        self._waiting_place = None
        self.keeping.forget()
        for view in (self.pages, self.text):
            view.set_tool(None)
        clear(self._trouble_box)
        self.controller.close()

    def _show(self, opened: OpenedPaper) -> None:
        worker, words = self.controller.worker, opened.words
        rtl = opened.paper.language == "ur"
        kept = opened.place
        self.text.clear()
        if worker is not None:
            self.pages.set_pages(opened.sizes, worker, words, rtl=rtl)
        if opened.look is not None:
            self.set_look(opened.look)
        self.notice.setVisible(opened.version.origin is TextOrigin.NONE)
        place = Place(self._start, 0) if self._start else Place(1, 0)
        # An Urdu text whose words are its author's own reads better than its pages.
        own = rtl and opened.version.origin is TextOrigin.SOURCE
        view = View.PAGES if worker is not None and not own else View.TEXT
        if kept is not None:
            view = kept.view if worker is not None else View.TEXT
            self._restore(kept)
            if not self._start and kept.version_id == opened.version.id:
                place = Place(min(kept.page, opened.pages), kept.offset)
            elif not self._start:
                place = Place(min(kept.page, opened.pages), 0)
        self._take_flow()
        for part in self._parts:
            part.opened(opened)
        self.show_view(view, place)
        self.opened.emit(opened)
        self._begin(place)

    def _restore(self, kept: ReadingPlace) -> None:
        self.text.set_zoom(kept.text_zoom)
        if self.pages.sheet_count:
            self.pages.set_arrangement(kept.arrangement)
            self.pages.set_turns(kept.turns)
            if kept.fit is Fit.FREE:
                self.pages.set_zoom(kept.zoom)
            else:
                self.pages.set_fit(kept.fit)

    def _begin(self, place: Place) -> None:
        self._go(place)
        self._front_changed(max(1, self.view.page))
        if self._looking_for:
            words, self._looking_for = self._looking_for, ""
            self.look_for(words)

    def _take_flow(self) -> None:
        opened, worker = self.paper, self.controller.text_worker
        if opened is None or worker is None or opened.flow is None:
            return
        self.text.set_flow(opened.flow, worker, opened.words, opened.paper.language)
        waiting, self._waiting_place = self._waiting_place, None
        if waiting is not None:
            self.text.go_to_place(waiting)

    def _refuse(self, error: CongressError) -> None:
        clear(self._trouble_box)
        view = ErrorView(self.context, error)
        view.setMaximumWidth(self.context.theme.px(640))
        self._trouble_box.addStretch(1)
        self._trouble_box.addWidget(view)
        self._trouble_box.addStretch(2)
        self.stack.setCurrentWidget(self.trouble)

    # The two views

    @property
    def view(self) -> PageView | TextView:
        """The view in front."""
        return self.text if self.stack.currentWidget() is self.text else self.pages

    @property
    def fixed(self) -> bool:
        """Whether the paper has fixed pages."""
        return self.paper is not None and self.paper.pdf is not None

    def show_view(self, view: str, place: Place | None = None) -> None:
        """Bring pages or text to the front, at the place where one is."""
        place = place or self.view.place()
        self.selecting.go()
        if view == View.TEXT:
            self.stack.setCurrentWidget(self.text)
            if self.controller.text_worker is None:
                self._waiting_place = place
                self.controller.need_flow()
        else:
            self.stack.setCurrentWidget(self.pages)
        self._go(place)
        self.view_changed.emit(str(view))
        self.zoom_changed.emit(self.view.zoom)
        self.view.setFocus()

    def other_view(self) -> None:
        """Change from pages to text, or back."""
        if self.fixed:
            self.show_view(View.TEXT if self.view is self.pages else View.PAGES)

    def set_look(self, look: Look) -> None:
        """Show the paper in other colours."""
        self.look = look
        for view in (self.pages, self.text):
            view.set_look(look)
        self.finding.set_look(look)

    # Moving

    def place(self) -> Place:
        """Return where one is reading."""
        return self._waiting_place or self.view.place()

    def _go(self, place: Place) -> None:
        if self._waiting_place is not None:
            self._waiting_place = place
        self.view.go_to_place(place)

    def jump(self, place: Place) -> None:
        """Go to a place; one can come back to where one was."""
        self.history.jump(self.view.place())
        self._go(place)
        self.ways_changed.emit()
        self.view.setFocus()

    def go_to(self, page: int) -> None:
        """Jump to a page (from 1)."""
        self.jump(Place(page, 0))

    def scrub(self, page: int) -> None:
        """Show a page without leaving a trace of where one was."""
        self._go(Place(page, 0))

    def back(self) -> bool:
        """Go back to the place before; return whether there was one."""
        place = self.history.back(self.view.place())
        if place is not None:
            self._go(place)
            self.ways_changed.emit()
        return place is not None

    def forward(self) -> None:
        """Go forward again."""
        place = self.history.forward(self.view.place())
        if place is not None:
            self._go(place)
            self.ways_changed.emit()

    def follow(self, link: PageLink) -> None:
        """Go where a link leads; an address outside is only shown."""
        if link.uri:
            self.address_asked.emit(link.uri)
        elif link.page:
            self.jump(Place(link.page, link.offset))
            if link.top is not None and self.view is self.pages:
                sheet = self.pages.sheet_of(link.page)
                box = Box(0, link.top, 1, link.top + 1)
                self.pages.forget_goal()
                self.pages.scroll_by(0, self.pages.box_on_view(sheet, box).top() - 24)

    def look_for(self, typed: str) -> None:
        """Look for words in the whole paper; for none, forget what was found."""
        words = self.paper.words if self.paper is not None else ()
        self.finding.look_for(typed, words, max(1, self.view.page))

    def _reveal(self, place: Place, far: bool) -> None:
        if far:
            self.history.jump(self.view.place())
            self.ways_changed.emit()
        self.view.reveal(place)

    def _turned(self, view: QWidget, page: int) -> None:
        if view is self.stack.currentWidget():
            self._front_changed(page)

    def _front_changed(self, page: int) -> None:
        self.keeping.turned()
        for part in self._parts:
            part.turned(page)
        self.page_changed.emit(page)

    def _scrolled(self) -> None:
        if self.selecting.isVisible():
            self.selecting.hide()
        if self.selecting.selected is not None:
            self._settle.start()

    # Selected text

    def _selected(self, chosen: Selected | None) -> None:
        if chosen is None:
            self._settle.stop()
            self.selecting.go()
        else:
            self._place_bar()

    def _place_bar(self) -> None:
        chosen, area = self.view.selected(), self.view.selection_area()
        if chosen is not None and area is not None:
            corner = self.view.viewport().mapTo(self.stack, self.view.viewport().rect().topLeft())
            self.selecting.show_for(chosen, area.translated(corner))

    def copy(self, chosen: Selected) -> None:
        """Copy text the way the congress allows; without one who knows that, not at all."""
        copier = self.copier
        if copier is not None:
            pages = range(chosen.start.page, chosen.end.page + 1)
            self.controller.word(chosen, partial(copier, pages))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the keyboard comes into a view."""
        if event.type() is QEvent.Type.FocusIn:
            self.focused.emit()
        return super().eventFilter(watched, event)
