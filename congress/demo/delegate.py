"""What others see of the papers: a member of the group, and a delegate who reads and notes."""

import re
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPlainTextEdit

from congress.app import OpenCongress
from congress.demo.entering import sign_in
from congress.demo.paperwork import GROUP_MEMBER, closed_papers, draft_resolution
from congress.demo.walker import Walker
from congress.docs.notes.model import NoteColour
from congress.kernel.errors import BugError
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.notes import NotesPage
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.notesbar import NotesBar
from congress.ui.widgets.notespanel import NotesPanel
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.sheetview import SheetView

_FUND = re.compile(r"\w[^\n.۔]*\d\d[.,]000[^.,،۔]*")
"""The words on the travelling fund, up to where their clause ends."""


def as_group_member(walker: Walker, vault: Path) -> dict[str, int]:
    """Sign in as a member of the group, and return how many papers their keys open."""
    congress = sign_in(walker, vault, GROUP_MEMBER)
    walker.page(LibraryPage)
    walker.rest(0.4)
    walker.picture("library-group")
    return _seen(congress)


def as_delegate(walker: Walker, vault: Path, lang: str) -> dict[str, int]:
    """Read and annotate as a delegate; return which papers their keys open, and their notes."""
    congress = sign_in(walker, vault, "delegate", picture="sign-in")
    walker.picture("home-delegate")
    walker.page(LibraryPage)
    walker.rest(0.4)
    walker.picture("library-delegate")
    _annotate(walker, congress, lang)
    page = walker.page(NotesPage)
    walker.until(lambda: page.stack.currentWidget() is page.list, "the notes")
    walker.picture("my-notes")
    return {**_seen(congress), "notes": len(congress.notes.everywhere())}


def _seen(congress: OpenCongress) -> dict[str, int]:
    papers = congress.library.papers()
    return {"papers": len(papers), "secret_or_restricted": len(closed_papers(congress))}


def _annotate(walker: Walker, congress: OpenCongress, lang: str) -> None:
    """Highlight words by mouse, write a note on them by keyboard, and put a bookmark."""
    tr = walker.window.context.tr
    reader = walker.page(ReaderPage, draft_resolution(congress, lang).id)
    walker.until(lambda: reader.opened_paper is not None, "the paper")
    start, end = _fund(reader.view)
    reader.first.jump(start)
    walker.until(lambda: _at(reader.view, start) and _at(reader.view, end), "the words")
    bar = walker.part(NotesBar, reader)
    _select(walker, reader.view, start, end)
    walker.until(bar.isVisible, "the bar over the words")
    walker.picture("reader-selected")
    walker.click(bar.colours[NoteColour.GREEN])
    _notes(walker, congress, 1)
    _select(walker, reader.view, start, end)
    walker.shortcut(reader.view, "N")
    editor = walker.part(NotesPanel, reader).editor
    walker.until(editor.isVisible, "the form of the note")
    words = editor.body.editor
    if not isinstance(words, QPlainTextEdit):
        raise BugError("there is nothing to write into")
    walker.keys(words, tr("demo.note"))
    walker.picture("reader-writing")
    walker.shortcut(words, "Ctrl+Return")
    _notes(walker, congress, 2)
    walker.shortcut(reader.view, "Ctrl+D")
    _notes(walker, congress, 3)
    walker.picture("reader-notes")


def _notes(walker: Walker, congress: OpenCongress, count: int) -> None:
    walker.until(lambda: len(congress.notes.everywhere()) == count, "the note to be kept")
    walker.current(ReaderPage)


def _fund(view: SheetView) -> tuple[Place, Place]:
    for number, text in enumerate(view.texts, start=1):
        if (found := _FUND.search(text)) is not None:
            return Place(number, found.start()), Place(number, found.end())
    raise BugError("nothing is said of the fund")


def _at(view: SheetView, place: Place) -> QPoint | None:
    area = view.caret_area(place)
    return area.center().toPoint() if area is not None else None


def _select(walker: Walker, view: SheetView, start: Place, end: Place) -> None:
    first, last = _at(view, start), _at(view, end)
    if first is None or last is None:
        raise BugError("the words are out of sight")
    walker.drag(view.viewport(), first, last)
    walker.until(view.selected, "the words to be selected")
