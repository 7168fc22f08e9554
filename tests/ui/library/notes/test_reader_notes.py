"""The notes on an open paper: bookmarks, the list, a new version, saving."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import Draft, Fit, NoteKind, Spot
from congress.docs.pdfium import Box
from congress.docs.places import Look
from congress.ui.readernotesmarks import OWNER
from congress.ui.widgets.pagelayers import Place
from tests.helpers.papers import pdf
from tests.ui.library.conftest import Write
from tests.ui.library.notes.conftest import LEFT, SECOND, Desk
from tests.ui.library.test_reader_page import ready


def test_a_bookmark_comes_and_goes_with_one_key(desk: Desk) -> None:
    desk.page.first.go_to(2)
    action = desk.part.bookmark
    assert not action.isChecked()
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    (placed,) = desk.until(1)
    assert (placed.note.kind, placed.page) == (NoteKind.BOOKMARK, 2)
    assert action.isChecked()
    assert action.text() == "Remove the bookmark"
    assert 2 in desk.part.marks.layer.ribbons
    desk.page.first.go_to(1)
    assert not action.isChecked()
    desk.page.first.go_to(2)
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.until(0)


def test_the_ribbon_is_drawn_and_can_be_tapped(desk: Desk) -> None:
    desk.part.toggle_bookmark()
    (placed,) = desk.until(1)
    box = desk.part.marks.layer.box_of(placed.note.id, 1)
    assert box is not None
    middle = Box(box.left + 4, box.top + 6, box.left + 4, box.top + 6)
    spot = desk.page.pages.box_on_view(0, middle).topLeft().toPoint()
    shown = desk.page.pages.viewport().grab().toImage()
    assert shown.pixelColor(spot).lightness() < 200
    desk.hall.qtbot.mouseClick(desk.page.pages.viewport(), LEFT, pos=spot)
    assert desk.part.bar.isVisible()
    assert desk.part.bar.underline.isHidden()


@pytest.mark.parametrize("look", Look)
def test_marks_follow_the_look_of_the_page(desk: Desk, look: Look) -> None:
    desk.add("chair opens")
    desk.until(1)
    desk.page.set_look(look)
    (mark,) = desk.page.pages.marks[OWNER]
    assert (mark.colour.lightness() < 128) is (look is Look.NIGHT)
    assert desk.part.ink.layer.dark is (look is Look.NIGHT)


def test_the_list_leads_to_the_place(desk: Desk) -> None:
    paper = desk.hall.paper("two.pdf")
    desk.notes.add(paper.id, paper.version_id, Draft(NoteKind.HIGHLIGHT, Spot(2, 0), Spot(2, 7)))
    desk.until(1)
    desk.part.show_panel()
    panel = desk.part.panel
    panel.list.setFocus()
    panel.list.light(desk.placed[0].note.id)
    desk.hall.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert desk.page.view.page == 2


def test_a_note_that_was_asked_for_is_shown(desk: Desk) -> None:
    paper = desk.hall.paper("two.pdf")
    note = desk.notes.add(
        paper.id, paper.version_id, Draft(NoteKind.HIGHLIGHT, Spot(2, 0), Spot(2, 7))
    )
    desk.until(1)
    desk.page.opened(f"{paper.id}?note={note.id}")
    assert desk.page.view.page == 2
    assert desk.part.panel.list.row is not None
    assert desk.part.panel.list.row.note.id == note.id
    desk.page.first.go_to(1)
    desk.page.opened(f"{paper.id}?note={note.id}")
    assert desk.page.view.page == 2


def test_a_new_version_shows_what_has_no_place_and_takes_it_by_hand(
    desk: Desk, write: Write
) -> None:
    desk.add("counts the votes of all delegates", NoteKind.NOTE, "All of them?")
    desk.until(1)
    paper = desk.hall.paper("two.pdf")
    new = "The chair opens the session\nwith a word of welcome to the guests"
    desk.hall.library.import_version(paper.id, write("new.pdf", pdf(new, SECOND)))
    newest = desk.hall.library.paper(paper.id)
    desk.page.opened(f"{paper.id}?version={newest.version_id}")
    desk.hall.qtbot.waitUntil(lambda: bool(desk.placed) and desk.placed[0].at.fit is Fit.UNPLACED)
    ready(desk.hall, desk.page)
    panel = desk.part.panel
    desk.part.show_panel(desk.placed[0].note.id)
    panel.place_button.click()
    at = new.index("welcome")
    desk.view.select(Place(1, at), Place(1, at + 7))
    desk.view.settle()
    assert desk.part.bar.place.isVisible()
    desk.part.bar.place.click()
    desk.hall.qtbot.waitUntil(lambda: desk.placed[0].at.fit is Fit.BY_HAND)
    assert desk.marks(desk.page.pages)[0][0] == "welcome"
    assert panel.banner.isHidden()
    desk.page.opened(f"{paper.id}?version={paper.version_id}")
    desk.hall.qtbot.waitUntil(lambda: bool(desk.placed) and desk.placed[0].at.fit is Fit.MADE)


def test_the_notes_on_the_paper_are_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "notes.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.part.panel.export_asked.emit(NoteFormat.HTML)
    assert desk.hall.around.toasts[-1][0] == "No notes on this paper"
    desk.add("chair opens")
    desk.until(1)
    desk.part.panel.export_asked.emit(NoteFormat.HTML)
    desk.hall.qtbot.waitUntil(target.exists)
    assert "chair opens" in target.read_text(encoding="utf-8")


def test_closing_the_paper_forgets_its_notes(desk: Desk, write: Write) -> None:
    desk.hall.library.import_file(write("rules.pdf", pdf("Rules of order")))
    desk.add("chair opens")
    desk.until(1)
    desk.page.opened(desk.hall.paper("rules.pdf").id)
    desk.until(0)
    assert not desk.page.pages.marks.get(OWNER)
