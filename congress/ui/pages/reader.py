"""Reading papers: one, or two beside each other; from memory alone."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from urllib.parse import parse_qs

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from congress.docs.places import Look
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper, ReaderController
from congress.ui.controllers.reader_find import Found
from congress.ui.page import Command, Page
from congress.ui.pages.reader_beside import Beside
from congress.ui.pages.reader_chrome import Chrome
from congress.ui.pages.reader_commands import ReaderCommands
from congress.ui.pages.reader_links import ask_to_leave
from congress.ui.readerparts import ReaderPart
from congress.ui.widgets.findbar import FindBar
from congress.ui.widgets.pageview import PageView
from congress.ui.widgets.paperpane import PaperPane
from congress.ui.widgets.readerbar import ReaderBar
from congress.ui.widgets.scrubber import Scrubber
from congress.ui.widgets.selectionbar import SelectionBar
from congress.ui.widgets.sidepanel import HITS, SidePanel
from congress.ui.widgets.textview import TextView
from congress.ui.widgets.watermark import Watermark

_HITS_MS = 120


class ReaderPage(Page):
    """One open paper or two, and the bars around them.

    Attributes:
        first: The paper that was opened; the parts that join the reader belong to it.
        bar: Where one is and how it is shown; takes buttons (``add_action``).
        side: The side panel; takes tabs (``add_tab``).
        mark: The lines over every page (``set_lines``).
        doing: Does what keys and buttons ask for.
        notices: Where banners over the paper go.
        asked: What was asked for beside the paper: see ``opened``; parts have words of theirs.
    """

    key: ClassVar[str] = "reader"
    title_key: ClassVar[str] = "reader.title"
    icon: ClassVar[str] = "book-open"

    look_changed = Signal()
    """Papers are shown in other colours."""

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
            reader_name: Written over every page, until ``mark`` is given other lines.
            parent: The Qt parent.
        """
        super().__init__(context, parent)
        self._shown: OpenedPaper | None = None
        self._listed: Sequence[Found] | None = None
        self._side_before = False
        self.mark = Watermark(context, reader_name)
        self.asked: Mapping[str, str] = {}
        self.bar = ReaderBar(context)
        self.finder = FindBar(context)
        self.scrubber = Scrubber(context)
        self.side = SidePanel(context)
        self.first = PaperPane(context, controller, self.mark)
        self.beside = Beside(context, self.first, self.mark, self)
        self.active = self.first
        self._lay_out()
        self._connect()
        self.chrome = Chrome(self, self._head, self.scrubber)
        self.chrome.immersed_changed.connect(self._immersed)
        self.doing = ReaderCommands(self)
        self._connect_bar()
        self._add_actions()
        self._hits_later = QTimer(self, singleShot=True, interval=_HITS_MS)
        self._hits_later.timeout.connect(self._list_hits)
        self._show_state()

    # What parts of the reader use

    @property
    def pages(self) -> PageView:
        """The fixed pages of the paper."""
        return self.first.pages

    @property
    def text(self) -> TextView:
        """The flowing text of the paper."""
        return self.first.text

    @property
    def view(self) -> PageView | TextView:
        """The view of the paper in front."""
        return self.first.view

    @property
    def look(self) -> Look:
        """In which colours papers are shown."""
        return self.first.look

    @property
    def selecting(self) -> SelectionBar:
        """The bar that stands by selected text."""
        return self.first.selecting

    @property
    def stack(self) -> QStackedWidget:
        """What shows the pages, the text, or why there is neither."""
        return self.first.stack

    @property
    def opened_paper(self) -> OpenedPaper | None:
        """The paper that is open."""
        return self.first.paper

    def add_part(self, part: ReaderPart) -> None:
        """Let ``part`` know from now on what is read."""
        self.first.add_part(part)

    def show_side(self, tab: str) -> None:
        """Open the side panel at a tab."""
        self.side.show_tab(tab)
        self.set_side(True)

    # Laying out

    def _lay_out(self) -> None:
        self.desk = QSplitter(Qt.Orientation.Horizontal)
        self.desk.setChildrenCollapsible(False)
        self.desk.addWidget(self.first)
        self.desk.addWidget(self.beside.frame)
        self._head = QWidget()
        self._head.setObjectName("ground")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.bar)
        head.addWidget(self.finder)
        self.notices = QVBoxLayout()
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(self.desk, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head)
        box.addLayout(self.notices)
        box.addLayout(across, 1)
        box.addWidget(self.scrubber)
        self.side.hide()

    def _connect_bar(self) -> None:
        bar = self.bar
        bar.back_asked.connect(lambda: self.context.navigate("library"))
        bar.went_back.connect(self.step_back)
        bar.went_forward.connect(lambda: self.active.forward())
        bar.page_asked.connect(self._page_typed)
        bar.zoom_asked.connect(self.doing.zoom)
        bar.look_asked.connect(self.set_look)
        bar.arrangement_asked.connect(self.doing.arrange)
        bar.turn_asked.connect(self.doing.rotate)
        bar.view.chosen.connect(lambda view: self.active.show_view(str(view)))
        bar.side_button.clicked.connect(self.set_side)

    def _connect(self) -> None:
        self.finder.asked.connect(lambda typed: self.active.look_for(typed))
        self.finder.moved.connect(lambda step: self.active.finding.move(step))
        self.finder.list_asked.connect(lambda: self.show_side(HITS))
        self.finder.closed.connect(lambda: self.active.view.setFocus())
        self.side.page_asked.connect(lambda page: self.active.go_to(page))
        self.side.hits.chosen.connect(lambda at: self.active.finding.show(at))
        self.side.closed.connect(lambda: self.set_side(False))
        self.scrubber.line.page_asked.connect(lambda page: self.active.scrub(page))
        self.scrubber.line.let_go.connect(lambda: self.active.view.setFocus())
        self.beside.changed.connect(self._show_state)
        self.first.none.acted.connect(lambda: self.context.navigate("library"))
        for pane in (self.first, self.beside.pane):
            self._connect_pane(pane)

    def _connect_pane(self, pane: PaperPane) -> None:
        pane.page_changed.connect(lambda page: self._turned(pane, page))
        pane.opened.connect(lambda _: self._show_state())
        pane.zoom_changed.connect(lambda _: self._show_zoom())
        pane.view_changed.connect(lambda _: self._show_state())
        pane.ways_changed.connect(self._show_ways)
        pane.finding.changed.connect(lambda: self._hits_changed(pane))
        pane.address_asked.connect(lambda uri: ask_to_leave(self.context, uri, self))
        pane.tapped.connect(lambda: self.chrome.toggle())
        pane.focused.connect(lambda: self._activate(pane))

    def _add_actions(self) -> None:
        tr, bar = self.context.tr, self.bar
        bar.add_action("find", tr("reader.find"), "magnifying-glass", self.finder.focus)
        self._full = bar.add_action(
            "full", tr("reader.full"), "corners-out", lambda: self.chrome.toggle_full_screen()
        )
        self._two = bar.add_action(
            "beside", tr("reader.beside"), "files", self.beside.toggle, checkable=True
        )
        bar.add_action("keys", tr("reader.keys"), "keyboard", self.doing.show_keys)

    # Opening

    def opened(self, subject: str) -> None:
        """Open the paper ``subject``.

        After its identifier and ``?`` may stand ``page``, ``find``, ``version``, and for a
        second paper ``beside`` and ``beside_version``.
        """
        paper_id, _, rest = subject.partition("?")
        self.asked = asked = {key: values[0] for key, values in parse_qs(rest).items()}
        page = asked.get("page", "")
        self.active = self.first
        self.first.open(
            paper_id,
            asked.get("version", ""),
            int(page) if page.isdigit() else 0,
            asked.get("find", ""),
        )
        self.finder.show_words(asked.get("find", self.first.finding.typed))
        if asked.get("beside"):
            self.beside.open(asked["beside"], asked.get("beside_version", ""))

    def shown(self) -> None:
        """Follow the window."""
        self.chrome.watch()

    def hideEvent(self, event: object) -> None:
        """Give the bars back to the window."""
        self.chrome.leave()

    def closing(self) -> None:
        """Close the papers and keep their places."""
        self.chrome.leave()
        for pane in (self.first, self.beside.pane):
            pane.shut()

    def panes(self) -> tuple[PaperPane, ...]:
        """Return the papers on show."""
        return (self.first, self.beside.pane) if self.beside.open_ else (self.first,)

    def _activate(self, pane: PaperPane) -> None:
        if pane is not self.active:
            self.active = pane
            self._show_state()

    # What is shown around the paper

    def _show_state(self) -> None:
        """Show the state of the paper that has the keyboard, in everything around it."""
        if self.active not in self.panes():
            self.active = self.first
        pane, bar = self.active, self.bar
        opened = pane.paper
        self._two.setChecked(self.beside.open_)
        bar.show_look(pane.look)
        self._show_ways()
        if opened is None:
            bar.show_paper("", 0, fixed=False)
            return
        bar.show_paper(opened.paper.title, opened.pages, fixed=pane.fixed)
        bar.show_view("pages" if pane.view is pane.pages else "text", fixed=pane.fixed)
        bar.show_arrangement(pane.pages.arrangement)
        worker = pane.controller.worker
        if self._shown is not opened:
            self._shown = opened
            self.side.show_paper(opened.sizes, opened.outline, worker, opened.labels)
            widest = self._page_words(opened, opened.pages)
            self.scrubber.set_pages(opened.pages, widest)
        self._show_zoom()
        self._hits_changed(pane)
        self._turned(pane, max(1, pane.view.page))

    def _show_zoom(self) -> None:
        self.bar.show_zoom(self.active.view.zoom)

    def _show_ways(self) -> None:
        history = self.active.history
        self.bar.show_ways(history.can_go_back, history.can_go_forward)

    def _turned(self, pane: PaperPane, page: int) -> None:
        opened = pane.paper
        if pane is not self.active or opened is None:
            return
        label = self._label(opened, page)
        self.bar.show_page(label)
        section = self.side.light(page)
        words = self._page_words(opened, page)
        self.scrubber.show_page(page, words, section)
        pane.view.setAccessibleDescription(self.context.tr.joined(words, section))

    def _label(self, opened: OpenedPaper, page: int) -> str:
        return opened.labels[page - 1] if 0 < page <= len(opened.labels) else str(page)

    def _page_words(self, opened: OpenedPaper, page: int) -> str:
        label = self._label(opened, page)
        words = self.context.tr("reader.find.count", number=page, count=opened.pages)
        return words if label == str(page) else f"{self.context.tr.isolated(label)} ({words})"

    def set_side(self, shown: bool) -> None:
        """Open or close the side panel."""
        self.side.setVisible(shown and self.active.paper is not None)
        self.bar.side_button.setChecked(not self.side.isHidden())

    def _immersed(self, immersed: bool) -> None:
        """Let the side panel go in full screen; it comes back with the window."""
        if immersed:
            self._side_before = not self.side.isHidden()
            self.set_side(False)
        else:
            self.set_side(self._side_before)

    # Moving and looking

    def step_back(self) -> bool:
        """Go back in the paper; return whether there was a place before."""
        return self.active.back()

    def _page_typed(self, typed: str) -> None:
        opened, typed = self.active.paper, typed.strip()
        if opened is None:
            return
        if typed in opened.labels:
            self.active.go_to(opened.labels.index(typed) + 1)
        elif typed.isdigit() and 1 <= int(typed) <= opened.pages:
            self.active.go_to(int(typed))
        else:
            self.bar.page.clearFocus()
            self.bar.show_page(self._label(opened, self.active.view.page))
            self.context.toasts.show_toast(self.context.tr("reader.no_page"))

    def set_look(self, look: object) -> None:
        """Show papers in other colours, and keep the choice."""
        chosen = Look(str(look))
        for pane in (self.first, self.beside.pane):
            pane.set_look(chosen)
        self.bar.show_look(chosen)
        self.look_changed.emit()
        self.first.controller.keep_look(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape bring the bars back, or end full screen."""
        if event.key() == Qt.Key.Key_Escape and self.chrome.escape():
            return
        super().keyPressEvent(event)

    def commands(self) -> Sequence[Command]:
        """Return the buttons of the bar, also those that have no room there."""
        return [
            Command(action.text(), icon, action.trigger)
            for action, icon in self.bar.offered()
            if self.active.paper is not None
        ]

    # Finding words

    def _hits_changed(self, pane: PaperPane) -> None:
        if pane is self.active:
            find = pane.finding
            self.finder.show_count(find.current, len(find.hits), going_on=find.going_on)
            self._hits_later.start()

    def _list_hits(self) -> None:
        pane, opened = self.active, self.active.paper
        hits, words = pane.finding.hits, opened.words if opened is not None else ()
        if self._listed is not hits:
            self._listed = hits
            self.side.hits.hits.set_hits(
                hits, words, lambda page: self._label(opened, page) if opened is not None else ""
            )
        self.side.hits.light(pane.finding.current)
