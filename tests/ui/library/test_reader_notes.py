"""Notes in the reader: by mouse, by keyboard alone, and by touch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import Draft, Fit, Note, NoteColour, NoteKind, Placed, Spot
from congress.docs.notes.service import Notes
from congress.docs.pdfium import Box
from congress.docs.places import Look
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Clearance, Shelf
from congress.storage.model import Group
from congress.ui.controllers.notes import NotesController
from congress.ui.pages.reader import ReaderPage
from congress.ui.readernotes import TAB, NotesPart
from congress.ui.readernotesmarks import OWNER
from congress.ui.widgets.gestures import HOLD
from congress.ui.widgets.pagelayers import MarkStyle, Place
from congress.ui.widgets.sheetview import SheetView
from tests.helpers.papers import pdf
from tests.helpers.vaults import manual_clock, memory_database
from tests.ui.library.conftest import Hall, Make, Write
from tests.ui.library.test_reader_page import ready
from tests.ui.library.test_reader_select import drag, point
from tests.ui.library.test_reader_touch import Fingers

NORTH = GroupId("north".ljust(26, "a"))
FIRST = "The chair opens the session\nand counts the votes of all delegates"
SECOND = "Motions are put in writing"
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Desk:
    """A reader with notes on an open paper of two pages."""

    hall: Hall
    page: ReaderPage
    part: NotesPart
    notes: Notes
    other: Notes

    @property
    def view(self) -> SheetView:
        return self.page.view

    @property
    def placed(self) -> Sequence[Placed]:
        return self.part._controller.on_paper.placed

    def until(self, count: int) -> Sequence[Placed]:
        self.hall.qtbot.waitUntil(lambda: len(self.placed) == count)
        return self.placed

    def add(self, words: str, kind: NoteKind = NoteKind.HIGHLIGHT, body: str = "") -> Note:
        paper = self.hall.paper("two.pdf")
        at = FIRST.index(words)
        draft = Draft(kind, Spot(1, at), Spot(1, at + len(words)), body=body)
        return self.notes.add(paper.id, paper.version_id, draft)

    def select(self, words: str) -> None:
        at = FIRST.index(words)
        self.view.select(Place(1, at), Place(1, at + len(words)))
        self.view.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self.hall.qtbot.keyClick(self.view, key, modifier or Qt.KeyboardModifier.NoModifier)

    def marks(self, view: SheetView) -> list[tuple[str, MarkStyle]]:
        texts = self.page.pages.texts
        return [
            (texts[mark.start.page - 1][mark.start.offset : mark.end.offset], mark.style)
            for mark in view.marks.get(OWNER, ())
        ]


def _desk(hall: Hall, write: Write) -> Desk:
    hall.library.import_file(write("two.pdf", pdf(FIRST, SECOND)), title="Two")
    bus = hall.around.bus
    group = memory_database("restricted", publisher=bus)
    files = {Shelf(Clearance.RESTRICTED, NORTH): group}
    groups = [Group(NORTH, "North", (MemberId("a"), MemberId("b")))]
    services = []
    for member in (hall.member, replace(hall.member, member_id=MemberId("o" * 26), name="Omar")):
        own = memory_database("own", publisher=bus)
        services.append(Notes(own, files, hall.library, lambda: groups, member, manual_clock()))
    page = hall.reader_page()
    controller = NotesController(hall.context, services[0], hall.library, hall.member.member_id)
    part = NotesPart(hall.context, page, controller)
    page.add_part(part)
    page.opened(hall.paper("two.pdf").id)
    ready(hall, page)
    hall.qtbot.waitUntil(lambda: not hall.context.tasks.busy)
    return Desk(hall, page, part, services[0], services[1])


@pytest.fixture
def desk(make_hall: Make, write: Write) -> Desk:
    return _desk(make_hall(filled=False), write)


@pytest.fixture(params=["pages", "text"])
def either(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """The desk in each of the two views."""
    desk.page.first.show_view(request.param)
    ready(desk.hall, desk.page)
    return desk


def test_words_selected_with_the_mouse_are_highlighted_from_the_bar(either: Desk) -> None:
    desk, view = either, either.view
    drag(desk.hall, view, point(view, Place(1, 4)), point(view, Place(1, 15)))
    assert desk.part.bar.isVisible()
    assert not desk.page.selecting.isVisible()
    desk.part.bar.colours[NoteColour.BLUE].click()
    (placed,) = desk.until(1)
    assert (placed.note.kind, placed.note.colour) == (NoteKind.HIGHLIGHT, NoteColour.BLUE)
    assert placed.note.quote == "chair opens"
    assert view.selected() is None
    assert not desk.part.bar.isVisible()


def test_a_mark_made_in_one_view_stands_in_the_other(either: Desk) -> None:
    either.select("counts the votes")
    either.key(Qt.Key.Key_H)
    either.until(1)
    for view in (either.page.pages, either.page.text):
        assert either.marks(view) == [("counts the votes", MarkStyle.FILL)]


@pytest.mark.parametrize(
    ("key", "kind"), [(Qt.Key.Key_H, NoteKind.HIGHLIGHT), (Qt.Key.Key_U, NoteKind.UNDERLINE)]
)
def test_keys_mark_what_is_selected(desk: Desk, key: Qt.Key, kind: NoteKind) -> None:
    desk.key(key)
    desk.select("session")
    desk.key(key)
    (placed,) = desk.until(1)
    assert (placed.note.kind, placed.note.quote) == (kind, "session")


def test_digits_choose_the_colour(desk: Desk) -> None:
    desk.key(Qt.Key.Key_3)
    desk.select("session")
    desk.key(Qt.Key.Key_3)
    (placed,) = desk.until(1)
    assert placed.note.colour is NoteColour.BLUE
    desk.select("chair")
    desk.key(Qt.Key.Key_U)
    assert {each.note.colour for each in desk.until(2)} == {NoteColour.BLUE}


def test_a_note_is_written_by_keyboard_alone(desk: Desk) -> None:
    desk.select("session")
    desk.key(Qt.Key.Key_N)
    panel = desk.part.panel
    assert desk.page.side.tab == TAB
    assert desk.page.side.isVisible()
    edit = panel.editor.body.editor
    assert isinstance(edit, QPlainTextEdit)
    desk.hall.qtbot.keyClicks(edit, "Which one?")
    desk.hall.qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (placed,) = desk.until(1)
    assert (placed.note.kind, placed.note.body) == (NoteKind.NOTE, "Which one?")
    assert placed.note.quote == "session"
    styles = {style for _, style in desk.marks(desk.page.pages)}
    assert styles == {MarkStyle.FILL, MarkStyle.UNDERLINE}


def test_letters_typed_into_a_field_mark_nothing(desk: Desk) -> None:
    desk.select("session")
    field = desk.part.panel.filter.search
    desk.part.show_panel()
    desk.add("chair")
    desk.until(1)
    field.setFocus()
    desk.hall.qtbot.keyClicks(field, "hun")
    assert field.text() == "hun"
    desk.hall.qtbot.wait(20)
    assert len(desk.placed) == 1


def test_a_note_on_the_page_as_a_whole(desk: Desk) -> None:
    desk.page.first.go_to(2)
    desk.key(Qt.Key.Key_N)
    desk.part.panel.editor.body.value = "Why in writing?"
    desk.part.panel.editor.save()
    (placed,) = desk.until(1)
    assert placed.page == 2
    assert desk.marks(desk.page.pages) == []
    sign = desk.part.marks.layer.box_of(placed.note.id, 2)
    assert sign is not None
    assert desk.part.marks.layer.tapped(2, sign.left + 1, sign.top + 1)
    assert desk.part.bar.isVisible()


def test_a_mark_that_is_clicked_is_changed_from_the_bar(either: Desk) -> None:
    desk = either
    note = desk.add("chair opens")
    desk.until(1)
    desk.hall.qtbot.waitUntil(lambda: bool(desk.view.painting.marks_on(0)))
    at = point(desk.view, Place(1, 6))
    desk.hall.qtbot.mouseClick(desk.view.viewport(), LEFT, pos=at)
    bar = desk.part.bar
    assert bar.isVisible()
    assert bar.who.text() == "Only me"
    bar.colours[NoteColour.ROSE].click()
    desk.hall.qtbot.waitUntil(lambda: desk.placed[0].note.colour is NoteColour.ROSE)
    bar.underline.click()
    desk.hall.qtbot.waitUntil(lambda: desk.placed[0].note.kind is NoteKind.UNDERLINE)
    assert desk.placed[0].note.id == note.id
    bar.delete.click()
    desk.until(0)
    assert not bar.isVisible()
    assert desk.hall.around.undo is not None
    desk.hall.around.undo()
    desk.until(1)


def test_the_bar_leads_to_the_words_of_a_note(desk: Desk) -> None:
    note = desk.add("chair opens", NoteKind.NOTE, "Who is it?")
    desk.until(1)
    desk.part._activated(note.id)
    desk.part.bar.note.click()
    assert desk.part.panel.stack.currentIndex() == 1
    assert desk.part.panel.editor.body.value == "Who is it?"


def test_notes_of_others_are_shown_and_left_alone(desk: Desk) -> None:
    paper = desk.hall.paper("two.pdf")
    draft = Draft(NoteKind.NOTE, Spot(1, 4), Spot(1, 9), body="Ask him")
    theirs = desk.other.add(paper.id, paper.version_id, draft)
    desk.other.share(theirs.id, NORTH)
    desk.until(1)
    desk.part._activated(theirs.id)
    assert not desk.part.bar.isVisible()
    assert desk.page.side.tab == TAB
    row = desk.part.panel.list.row
    assert row is not None
    assert row.note.author == "Omar"
    assert desk.part.panel.acts.isHidden()


def test_scrolling_takes_the_bar_along(desk: Desk) -> None:
    desk.select("chair opens")
    assert desk.part.bar.isVisible()
    desk.page.pages.scroll_by(0, 30)
    assert not desk.part.bar.isVisible()
    desk.hall.qtbot.waitUntil(desk.part.bar.isVisible)
    desk.page.pages.scroll_to(5_000)
    desk.hall.qtbot.wait(250)
    assert not desk.part.bar.isVisible()


def test_escape_leaves_the_bar_and_the_selection(desk: Desk) -> None:
    desk.select("chair opens")
    button = desk.part.bar.colours[NoteColour.YELLOW]
    button.setFocus()
    desk.hall.qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert not desk.part.bar.isVisible()
    assert desk.view.selected() is None


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


# Ink


def stroke(desk: Desk, start: QPoint, end: QPoint) -> None:
    port: QWidget = desk.page.pages.viewport()
    desk.hall.qtbot.mousePress(port, LEFT, pos=start)
    for step in range(1, 6):
        desk.hall.qtbot.mouseMove(port, start + (end - start) * step / 5)
    desk.hall.qtbot.mouseRelease(port, LEFT, pos=end)


def test_ink_is_drawn_undone_and_erased(desk: Desk) -> None:
    ink, view = desk.part.ink, desk.page.pages
    ink.toggle()
    assert ink.bar.isVisible()
    ink.bar.thick.click()
    stroke(desk, QPoint(200, 300), QPoint(400, 300))
    (placed,) = desk.until(1)
    assert placed.note.kind is NoteKind.INK
    middle = view.viewport().grab().toImage().pixelColor(300, 300)
    assert middle.blue() > middle.red() + 30
    stroke(desk, QPoint(200, 400), QPoint(400, 400))
    desk.hall.qtbot.waitUntil(lambda: len(desk.placed[0].note.strokes) == 2)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.hall.qtbot.waitUntil(lambda: len(desk.placed[0].note.strokes) == 1)
    ink.bar.eraser.click()
    stroke(desk, QPoint(300, 280), QPoint(300, 320))
    desk.until(0)
    ink.bar.done_button.click()
    assert not ink.bar.isVisible()
    assert view.tool is None
    assert not ink.action.isChecked()


def test_ink_is_for_fixed_pages(desk: Desk) -> None:
    desk.part.ink.toggle()
    desk.page.first.show_view("text")
    assert not desk.part.ink.drawing
    assert not desk.part.ink.action.isVisible()
    desk.page.first.show_view("pages")
    assert desk.part.ink.action.isVisible()


def test_the_pen_has_the_colour_that_was_chosen(desk: Desk) -> None:
    desk.part.ink.toggle()
    desk.part.ink.bar.eraser.click()
    desk.part.ink.bar.colours.buttons[NoteColour.GREEN].click()
    stroke(desk, QPoint(200, 300), QPoint(300, 300))
    (placed,) = desk.until(1)
    assert placed.note.strokes[0].colour is NoteColour.GREEN


# Touch


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


def test_a_finger_selects_and_highlights(either: Desk, screen: QPointingDevice) -> None:
    desk, view = either, either.view
    fingers = Fingers(desk.hall, screen, view)
    at = point(view, Place(1, 6))
    fingers.press(f1=at)
    desk.hall.qtbot.wait(round(1000 * HOLD) + 100)
    fingers.release(f1=at)
    assert desk.part.bar.isVisible()
    desk.part.bar.colours[NoteColour.GREEN].click()
    (placed,) = desk.until(1)
    assert placed.note.quote == "chair"


def test_a_finger_taps_a_mark(either: Desk, screen: QPointingDevice) -> None:
    desk, view = either, either.view
    desk.add("chair opens")
    desk.until(1)
    desk.hall.qtbot.waitUntil(lambda: bool(view.painting.marks_on(0)))
    Fingers(desk.hall, screen, view).tap(point(view, Place(1, 6)))
    desk.hall.qtbot.waitUntil(desk.part.bar.isVisible)


def test_a_finger_draws(desk: Desk, screen: QPointingDevice) -> None:
    desk.part.ink.toggle()
    Fingers(desk.hall, screen, desk.page.pages).swipe(QPoint(200, 300), QPoint(400, 330))
    (placed,) = desk.until(1)
    assert len(placed.note.strokes[0].points) > 3
