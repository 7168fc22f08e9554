"""How the notes of the open paper are shown in the reader: marks, signs and ribbons."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QRectF

from congress.docs.notes.model import AreaAnchor, NoteColour, NoteKind, Placed, TextAnchor
from congress.docs.pdfium import Box
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.notescolours import is_dark, line, marker
from congress.ui.widgets.notessigns import Sign, SignsLayer
from congress.ui.widgets.pagelayers import MarkStyle, Place, TextMark

OWNER = "notes"
_HEAD = Box(0.0, 44.0, 0.0, 60.0)
"""Where the sign of a note on a page as a whole stands, as far as its height goes."""
_A4 = (595.0, 842.0)


class NotesMarks:
    """Marks words in both views, and puts signs and ribbons on fixed pages."""

    def __init__(
        self, context: UiContext, page: ReaderPage, touched: Callable[[str], object]
    ) -> None:
        """Show notes in ``page``; ``touched`` is told the note whose sign or ribbon was tapped."""
        self._page = page
        self._sizes: Sequence[tuple[float, float]] = ()
        self._signs: Mapping[int, Sequence[Sign]] = {}
        self._written: Mapping[str, NoteColour] = {}
        self.layer = SignsLayer(self._signs_on, self._size, touched, rtl=context.theme.rtl)
        page.pages.add_layer(self.layer)

    def opened(self, opened: OpenedPaper) -> None:
        """Learn how large the pages are."""
        self._sizes = opened.sizes

    def show(self, placed: Sequence[Placed]) -> None:
        """Show these notes, in the colours of the look of the page."""
        dark = is_dark(self._page.look)
        marks = [mark for each in placed for mark in _marks(each, dark=dark)]
        for view in (self._page.pages, self._page.text):
            view.set_marks(OWNER, marks)
        signs: dict[int, list[Sign]] = defaultdict(list)
        ribbons: dict[int, tuple[str, NoteColour]] = {}
        for each in placed:
            note, anchor = each.note, each.at.anchor
            if not isinstance(anchor, AreaAnchor):
                continue
            if note.kind is NoteKind.BOOKMARK:
                ribbons[anchor.page] = note.id, note.colour
            elif note.kind is NoteKind.NOTE:
                signs[anchor.page].append(Sign(note.id, note.colour, anchor.box or _HEAD))
        self._signs, self.layer.ribbons, self.layer.dark = signs, ribbons, dark
        self._written = {each.note.id: each.note.colour for each in placed if each.note.body}
        self._page.pages.viewport().update()

    def area_of(self, placed: Placed) -> QRectF | None:
        """Return what a note covers in the view in front, or ``None`` if it is not in sight."""
        view = self._page.view
        found = QRectF()
        for sheet in view.in_sight():
            for owner, mark, boxes in view.painting.marks_on(sheet):
                if (owner, mark.key) == (OWNER, placed.note.id):
                    for box in boxes:
                        found = found.united(view.box_on_view(sheet, box))
        if found.isNull() and view is self._page.pages and placed.page:
            sign = self.layer.box_of(placed.note.id, placed.page)
            found = found if sign is None else view.box_on_view(placed.page - 1, sign)
        return None if found.isNull() else found

    def _signs_on(self, page: int) -> list[Sign]:
        """Return the signs on a page: beside the first marked line of each written note."""
        found = list(self._signs.get(page, ()))
        for owner, mark, boxes in self._page.pages.painting.marks_on(page - 1):
            begins = owner == OWNER and boxes and mark.start.page == page
            new = all(each.note_id != mark.key for each in found)
            if begins and new and mark.key in self._written:
                found.append(Sign(mark.key, self._written[mark.key], boxes[0]))
        return found

    def _size(self, page: int) -> tuple[float, float]:
        return self._sizes[page - 1] if 1 <= page <= len(self._sizes) else _A4


def _marks(placed: Placed, *, dark: bool) -> Iterator[TextMark]:
    """Give how the words of a note are marked."""
    anchor, note = placed.at.anchor, placed.note
    if not isinstance(anchor, TextAnchor):
        return
    start = Place(anchor.start.page, anchor.start.offset)
    end = Place(anchor.end.page, anchor.end.offset)
    if note.kind is not NoteKind.UNDERLINE:
        yield TextMark(note.id, start, end, marker(note.colour, dark=dark))
    if note.kind is not NoteKind.HIGHLIGHT:
        colour = line(note.colour, dark=dark)
        yield TextMark(note.id, start, end, colour, MarkStyle.UNDERLINE)
