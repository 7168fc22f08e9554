"""Words are marked and noted in the reader, by mouse and by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from congress.docs.notes.model import Draft, NoteColour, NoteKind, Spot
from congress.ui.readernotes import TAB
from congress.ui.widgets.pagelayers import MarkStyle, Place
from tests.ui.library.notes.conftest import LEFT, NORTH, Desk
from tests.ui.library.test_reader_select import drag, point


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
