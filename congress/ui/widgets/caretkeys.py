"""The keyboard on a paper: scrolling, turning, a caret that selects, links."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence

from congress.docs.alignment import from_right
from congress.docs.textspans import line_at
from congress.ui.sheets import SheetText
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.textplaces import caret_box, lines_of, on_line

if TYPE_CHECKING:
    from congress.ui.widgets.sheetview import SheetView

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGING = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CaretKeys:
    """Answers keys for one view."""

    def __init__(self, view: "SheetView") -> None:
        """Answer the keys of ``view``."""
        self._view = view
        self._across: float | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; return whether there was an answer."""
        view = self._view
        if not view.sheet_count:
            return False
        view.touch.stop()
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = not ctrl and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            view.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all()
        elif key == Qt.Key.Key_F7 and plain:
            self.browse(not view.selecting.browsing)
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        elif key in (*_ARROWS, *_ENDS) and (shift or view.selecting.browsing):
            self._move_caret(key, shift=shift, ctrl=ctrl)
        elif key == Qt.Key.Key_L and plain:
            self._next_link(-1 if shift else 1)
        elif key in _ENTER and (view.focus_link is not None or view.selecting.browsing):
            self._follow()
        else:
            return self._scroll(key, shift=shift, ctrl=ctrl)
        return True

    # Without the caret

    def _scroll(self, key: Qt.Key, *, shift: bool, ctrl: bool) -> bool:
        view, bar = self._view, self._view.verticalScrollBar()
        view.forget_goal()
        step = _PAGING.get(key, 0)
        if key == Qt.Key.Key_Space:
            step = -1 if shift else 1
        if step:
            at_end = bar.value() >= bar.maximum() if step > 0 else bar.value() <= 0
            if view.one_at_a_time and at_end:
                view.turn(step)
            else:
                bar.setValue(bar.value() + step * bar.pageStep())
            return True
        if key in _ENDS:
            view.go_to(1 if _ENDS[key] < 0 else view.page_count)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not ctrl:
            across = view.horizontalScrollBar()
            if across.maximum():
                return False
            forward = (key == Qt.Key.Key_Right) is not view.reads_from_right
            view.turn(1 if forward else -1)
            return True
        return False

    def _escape(self) -> bool:
        view = self._view
        if view.pointer.cancel_tool():
            return True
        if view.focus_link is not None:
            view.focus_link = None
            view.viewport().update()
            return True
        if view.selecting.span is not None:
            view.clear_selection()
            return True
        if view.selecting.browsing:
            self.browse(False)
            return True
        return False

    def _select_all(self) -> None:
        view = self._view
        last = len(view.texts)
        if last:
            view.select(Place(1, 0), Place(last, len(view.texts[-1])))

    # The caret

    def browse(self, on: bool) -> None:
        """Show the caret where one is reading, or hide it."""
        view = self._view
        view.selecting.browsing = on
        if on and (view.selecting.caret is None or view.caret_area(view.selecting.caret) is None):
            view.selecting.move(view.place(), selecting=False)
        view.viewport().update()

    def _move_caret(self, key: Qt.Key, *, shift: bool, ctrl: bool) -> None:
        view, selecting = self._view, self._view.selecting
        if selecting.caret is None:
            self.browse(True)
        caret = selecting.caret
        if caret is None:
            return
        if key in _ENDS:
            goal = self._page_end(_ENDS[key]) if ctrl else selecting.line_end(caret, _ENDS[key])
        elif _ARROWS[key][0]:
            step = -_ARROWS[key][0] if self._from_right(caret) else _ARROWS[key][0]
            goal = selecting.words_on(caret, step) if ctrl else selecting.letters_on(caret, step)
        else:
            goal = self._line_on(caret, _ARROWS[key][1])
        if not _ARROWS.get(key, (0, 0))[1]:
            self._across = None
        selecting.move(goal, selecting=shift)
        view.reveal(goal)
        self._announce(goal)
        view.settle()

    def _page_end(self, step: int) -> Place:
        texts = self._view.texts
        return Place(1, 0) if step < 0 else Place(len(texts), len(texts[-1]))

    def _from_right(self, place: Place) -> bool:
        view = self._view
        text = view.texts[place.page - 1] if place.page <= len(view.texts) else ""
        start, end = line_at(text, min(place.offset, len(text)))
        return reads_from_right(text[start:end], view.reads_from_right)

    def _line_on(self, caret: Place, step: int) -> Place:
        """Return the place one line above or below, as far across as the caret was at first."""
        view = self._view
        here = self._sheet_with(caret)
        if here is None:
            return view.selecting.letters_on(view.selecting.line_end(caret, step), step)
        text = here.pages[caret.page]
        lines = lines_of(text)
        at = max(0, bisect_right([line.start for line in lines], caret.offset) - 1)
        across = self._across
        if across is None:
            box = caret_box(here, caret)
            across = (box.left + box.right) / 2 if box is not None else 0.0
        self._across = across
        if 0 <= at + step < len(lines):
            return Place(caret.page, on_line(text, lines[at + step], across))
        page = caret.page + step
        there = self._sheet_with(Place(page, 0))
        if there is None or not (further := lines_of(there.pages[page])):
            line = view.selecting.line_end(caret, step)
            return view.selecting.letters_on(line, step)
        line_there = further[0 if step > 0 else -1]
        return Place(page, on_line(there.pages[page], line_there, across))

    def _sheet_with(self, place: Place) -> SheetText | None:
        view = self._view
        if not 1 <= place.page <= view.page_count:
            return None
        text = view.text_on(view.sheet_of(place.page))
        return text if text is not None and place.page in text.pages else None

    def _announce(self, place: Place) -> None:
        """Let screen readers read the line the caret has come to."""
        view = self._view
        if QAccessible.isActive() and place.page <= len(view.texts):
            text = view.texts[place.page - 1]
            start, end = line_at(text, min(place.offset, len(text)))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, text[start:end]))

    # Links

    def _next_link(self, step: int) -> None:
        view = self._view
        links = [link for _, link in view.links_in_sight()]
        if links:
            now = links.index(view.focus_link) if view.focus_link in links else None
            first = 0 if step > 0 else -1
            at = first if now is None else (now + step) % len(links)
            view.focus_link = links[at]
            view.viewport().update()

    def _follow(self) -> None:
        view = self._view
        link = view.focus_link
        if link is None and view.selecting.caret is not None:
            area = view.caret_area(view.selecting.caret)
            if area is not None:
                view.activate(area.center())
            return
        if link is not None:
            view.focus_link = None
            view.link_followed.emit(link)


def reads_from_right(text: str, otherwise: bool) -> bool:
    """Return whether a line runs from right to left, told by its letters."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(map(from_right, letters)) > len(letters) if letters else otherwise
