"""What the reader does when a key or a button asks for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from congress.docs.places import Arrangement, Fit, Look
from congress.ui.pages.reader_keys import sheet, shortcuts
from congress.ui.widgets.keysheet import KeySheet
from congress.ui.widgets.pageview import PageView

if TYPE_CHECKING:
    from congress.ui.pages.reader import ReaderPage


class ReaderCommands(QObject):
    """Works the paper that has the keyboard, on one page."""

    def __init__(self, page: "ReaderPage") -> None:
        """Answer the shortcuts of ``page``."""
        super().__init__(page)
        self._page = page
        actions = self._actions()
        for keys, action in shortcuts():
            QShortcut(QKeySequence(keys), page, actions[action])
        QShortcut(QKeySequence("Alt+Right"), page, lambda: page.active.forward())

    def _actions(self) -> dict[str, Callable[[], object]]:
        page = self._page
        return {
            "go": self.focus_page,
            "larger": lambda: self.zoom("in"),
            "smaller": lambda: self.zoom("out"),
            "hundred": lambda: self.zoom(1.0),
            "width": lambda: self.zoom(Fit.WIDTH),
            "whole": lambda: self.zoom(Fit.PAGE),
            "lie": lambda: self.arrange(self._other_flow()),
            "spreads": lambda: self.arrange(self._other_spread()),
            "right": lambda: self.rotate(1),
            "left": lambda: self.rotate(3),
            "view": lambda: page.active.other_view(),
            "look": self.next_look,
            "side": lambda: page.set_side(page.side.isHidden()),
            "find": page.finder.focus,
            "next": lambda: page.active.finding.move(1),
            "previous": lambda: page.active.finding.move(-1),
            "beside": page.beside.toggle,
            "other": self.other_pane,
            "together": page.beside.toggle_together,
            "keys": self.show_keys,
        }

    def focus_page(self) -> None:
        """Put the keyboard into the field with the page number."""
        self._page.chrome.come()
        self._page.bar.page.setFocus()
        self._page.bar.page.selectAll()

    def other_pane(self) -> None:
        """Put the keyboard into the other paper."""
        panes = self._page.panes()
        panes[(panes.index(self._page.active) + 1) % len(panes)].view.setFocus()

    def zoom(self, zoom: object) -> None:
        """Show the paper larger or smaller: a zoom, a ``Fit``, ``"in"`` or ``"out"``."""
        view = self._page.active.view
        if zoom == "in":
            view.zoom_in()
        elif zoom == "out":
            view.zoom_out()
        elif isinstance(zoom, float):
            view.set_zoom(zoom)
        elif isinstance(view, PageView):
            view.set_fit(Fit(str(zoom)))
        else:
            view.set_zoom(1.0)

    def _other_flow(self) -> Arrangement:
        flows = {
            Arrangement.CONTINUOUS: Arrangement.SINGLE,
            Arrangement.SINGLE: Arrangement.CONTINUOUS,
            Arrangement.SPREADS: Arrangement.SPREAD,
            Arrangement.SPREAD: Arrangement.SPREADS,
        }
        return flows[self._page.active.pages.arrangement]

    def _other_spread(self) -> Arrangement:
        spreads = {
            Arrangement.CONTINUOUS: Arrangement.SPREADS,
            Arrangement.SPREADS: Arrangement.CONTINUOUS,
            Arrangement.SINGLE: Arrangement.SPREAD,
            Arrangement.SPREAD: Arrangement.SINGLE,
        }
        return spreads[self._page.active.pages.arrangement]

    def arrange(self, arrangement: object) -> None:
        """Lay the pages in another way."""
        pages = self._page.active.pages
        chosen = Arrangement(str(arrangement))
        pages.set_arrangement(chosen)
        if pages.one_at_a_time and pages.fit is Fit.COMFORT:
            pages.set_fit(Fit.PAGE)
        self._page.bar.show_arrangement(chosen)

    def rotate(self, quarters: int) -> None:
        """Turn the pages by quarters, clockwise."""
        self._page.active.pages.set_turns(self._page.active.pages.turns + quarters)

    def next_look(self) -> None:
        """Show papers in the next colours."""
        looks = list(Look)
        self._page.set_look(looks[(looks.index(self._page.active.look) + 1) % len(looks)])

    def show_keys(self) -> None:
        """Show what the keyboard can do."""
        groups = sheet(self._page.context, self._page.bar.shortcuts())
        KeySheet(
            self._page.context, self._page.context.tr("reader.keys"), groups, self._page
        ).open()
