import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import (
    Draft,
    Fit,
    Note,
    NoteColour,
    NoteKind,
    Spot,
)
from congress.ui.controllers.notes import Change, NotesController, NotesOnPaper
from congress.ui.theme.tokens import TARGET
from congress.ui.widgets.notesbar import NotesBar
from congress.ui.widgets.noteseditor import NoteEditor
from congress.ui.widgets.noteslist import Row
from congress.ui.widgets.notespanel import NotesPanel
from tests.helpers.notes import NORTH, PAPER, on_words, version
from tests.ui.notes.conftest import RULES, Desk


@pytest.fixture
def controller(desk: Desk) -> NotesController:
    made = desk.controller()
    made.open(PAPER, version(1))
    desk.rest()
    return made


@pytest.fixture
def panel(desk: Desk, controller: NotesController) -> NotesPanel:
    made = desk.shown(NotesPanel(desk.context, controller.me), 280)
    controller.changed.connect(lambda: made.show_notes(controller.on_paper))
    made.show_notes(controller.on_paper)
    return made


def row_of(panel: NotesPanel, quote: str) -> Row:
    return next(row for row in panel.model.rows if row.note.quote == quote)


def lit(panel: NotesPanel, quote: str) -> Row:
    row = row_of(panel, quote)
    panel.list.light(row.note.id)
    return row


def test_the_list_says_who_can_see_each_note(panel: NotesPanel) -> None:
    texts = [
        panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(panel.model.rowCount())
    ]
    assert len(texts) == 2
    assert all("Only me" in text for text in texts)
    assert "Note" in texts[0]
    assert "Yellow" in texts[0]


def test_two_views_follow_each_other(desk: Desk, panel: NotesPanel) -> None:
    desk.lan.notes.add(PAPER, version(1), on_words(RULES, "quorum"))
    desk.qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    desk.lan.notes.remove(row_of(panel, "quorum").note.id)
    desk.qtbot.waitUntil(lambda: panel.model.rowCount() == 2)


def test_enter_goes_there_and_f2_changes(desk: Desk, panel: NotesPanel) -> None:
    row = lit(panel, "in writing")
    panel.list.setFocus()
    with desk.qtbot.waitSignal(panel.row_chosen) as chosen:
        desk.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert chosen.args == [row]
    desk.qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    assert panel.stack.currentIndex() == 1
    desk.qtbot.keyClick(panel.editor, Qt.Key.Key_Escape)
    assert panel.stack.currentIndex() == 0


def test_a_note_is_changed_and_kept(
    desk: Desk, controller: NotesController, panel: NotesPanel
) -> None:
    panel.saved.connect(controller.change)
    row = lit(panel, "in writing")
    panel.edit_button.click()
    editor = panel.editor
    assert editor.kind.value is NoteKind.HIGHLIGHT
    editor.body.value = "Why?"
    editor.colours.buttons[NoteColour.VIOLET].click()
    editor.kind.set_value(NoteKind.NOTE)
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.stack.currentIndex() == 0
    desk.qtbot.waitUntil(lambda: row_of(panel, "in writing").note.body == "Why?")
    note = row_of(panel, "in writing").note
    assert (note.id, note.kind, note.colour) == (
        row.note.id,
        NoteKind.NOTE,
        NoteColour.VIOLET,
    )


def test_a_note_without_words_is_not_saved(desk: Desk, panel: NotesPanel) -> None:
    lit(panel, "two thirds")
    panel.edit_button.click()
    panel.editor.body.value = "  "
    with desk.qtbot.assertNotEmitted(panel.saved):
        panel.editor.save_button.click()
    assert panel.editor.body.error.text()
    assert panel.stack.currentIndex() == 1


def test_sharing_says_who_will_read_it(
    desk: Desk, controller: NotesController, panel: NotesPanel
) -> None:
    panel.saved.connect(controller.change)
    lit(panel, "two thirds")
    panel.edit_button.click()
    editor = panel.editor
    assert "Not even the secretariat" in editor.sees_words.text()
    editor.sees.set_value(NORTH)
    editor.sees.chosen.emit(NORTH)
    assert "members of north and the secretariat" in editor.sees_words.text()
    editor.save_button.click()
    desk.qtbot.waitUntil(lambda: row_of(panel, "two thirds").note.group == NORTH)
    assert desk.readers.omar.notes.on(PAPER, version(1))[0].note.body == "mine"
    lit(panel, "two thirds")
    panel.edit_button.click()
    editor.sees.set_value(None)
    editor.save_button.click()
    desk.qtbot.waitUntil(lambda: row_of(panel, "two thirds").note.group is None)
    assert desk.readers.omar.notes.on(PAPER, version(1)) == []


def test_notes_of_others_are_read_only(desk: Desk, panel: NotesPanel) -> None:
    note = desk.readers.omar.notes.add(PAPER, version(1), on_words(RULES, "quorum"))
    desk.readers.omar.notes.share(note.id, NORTH)
    desk.qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    lit(panel, "quorum")
    assert panel.acts.isHidden()
    panel.list.setFocus()
    desk.qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    assert panel.stack.currentIndex() == 0
    with desk.qtbot.assertNotEmitted(panel.delete_asked):
        desk.qtbot.keyClick(panel.list, Qt.Key.Key_Delete)


def test_deleting_asks_and_undoing_brings_back(
    desk: Desk, controller: NotesController, panel: NotesPanel
) -> None:
    panel.delete_asked.connect(controller.remove)
    lit(panel, "in writing")
    panel.delete_button.click()
    desk.qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert desk.around.undo is not None
    desk.around.undo()
    desk.qtbot.waitUntil(lambda: panel.model.rowCount() == 2)


def test_an_unplaced_note_is_placed_by_hand(
    desk: Desk, controller: NotesController, panel: NotesPanel
) -> None:
    desk.readers.papers.put(PAPER, "Everything is new here.")
    controller.open(PAPER, version(2))
    desk.rest()
    assert panel.model.rows[0].heading == "Without a place in this version"
    assert panel.model.rows[1].heading == ""
    row = lit(panel, "in writing")
    assert not panel.place_button.isHidden()
    with desk.qtbot.waitSignal(panel.place_asked) as asked:
        panel.place_button.click()
    assert asked.args == [row.note]
    assert not panel.banner.isHidden()
    controller.place(row.note.id, Spot(1, 0), Spot(1, 10))
    desk.qtbot.waitUntil(lambda: row_of(panel, "in writing").page == 1)
    placed = row_of(panel, "in writing").at
    assert placed is not None
    assert placed.fit is Fit.BY_HAND
    with desk.qtbot.waitSignal(panel.place_asked) as asked:
        panel.banner_button.click()
    assert asked.args == [None]
    assert panel.banner.isHidden()


def test_a_new_note_is_written_and_can_be_shared_at_once(
    desk: Desk, controller: NotesController, panel: NotesPanel
) -> None:
    draft = Draft(NoteKind.NOTE, Spot(1, 0), Spot(1, 5))
    panel.write(draft, "Rules")
    assert panel.editor.delete_button.isHidden()
    assert panel.editor.quote.text()
    panel.editor.body.value = "Which rules?"
    with desk.qtbot.waitSignal(panel.saved) as saved:
        panel.editor.save()
    assert saved.args == [draft, Change(NoteKind.NOTE, NoteColour.YELLOW, "Which rules?", None)]
    with desk.qtbot.waitSignal(controller.made):
        controller.add(on_words(RULES, "read aloud"), NORTH)
    assert [each.note.quote for each in desk.readers.omar.notes.on(PAPER, version(1))] == [
        "read aloud"
    ]


def test_what_is_refused_is_told(desk: Desk, controller: NotesController) -> None:
    with desk.qtbot.waitSignal(controller.not_kept):
        controller.add(Draft(NoteKind.HIGHLIGHT, Spot(1, 3), Spot(1, 3)))
    assert [error.code for error in desk.around.errors] == ["notes.no_words"]


def test_the_menu_names_the_kinds_of_files(desk: Desk, panel: NotesPanel) -> None:
    actions = panel.export_button.menu().actions()
    with desk.qtbot.waitSignal(panel.export_asked) as asked:
        actions[2].trigger()
    assert asked.args == [NoteFormat.JSON]
    assert isinstance(asked.args[0], NoteFormat)


def test_a_note_that_a_filter_hides_is_shown_when_it_is_asked_for(panel: NotesPanel) -> None:
    panel.filter.search.setText("two thirds")
    hidden = next(each for each in panel._on_paper.placed if each.note.quote == "in writing")
    panel.light(hidden.note.id)
    assert panel.list.row is not None
    assert panel.list.row.note == hidden.note
    assert not panel.filter.value.active


def test_without_notes_it_says_how_to_begin(desk: Desk) -> None:
    panel = desk.shown(NotesPanel(desk.context, desk.lan.actor.member_id), 280)
    panel.show_notes(NotesOnPaper())
    assert panel.lists.currentWidget() is panel.none
    assert panel.acts.isHidden()


# The bar


@pytest.fixture
def bar(desk: Desk) -> NotesBar:
    over = desk.shown(QWidget(), 800, 600)
    return NotesBar(desk.context, over)


def shown(bar: NotesBar) -> set[str]:
    parts = {"underline", "note", "copy", "delete", "place", "who"}
    found = {name for name in parts if not getattr(bar, name).isHidden()}
    return found | ({"colours"} if not bar.colours[NoteColour.BLUE].isHidden() else set())


def some_note(desk: Desk, kind: NoteKind) -> Note:
    notes = desk.lan.notes.on(PAPER, version(1))
    return next(each.note for each in notes if each.note.kind is kind)


def test_the_bar_offers_what_fits(desk: Desk, bar: NotesBar) -> None:
    bar.show_for_words(placing=False)
    assert shown(bar) == {"colours", "underline", "note", "copy"}
    bar.show_for_words(placing=True)
    assert shown(bar) == {"place"}
    bar.show_for_note(some_note(desk, NoteKind.NOTE), "Only me")
    assert shown(bar) == {"colours", "underline", "note", "delete", "who"}
    assert bar.colours[NoteColour.YELLOW].isChecked()
    assert bar.who.text() == "Only me"


def test_the_bar_stays_inside_and_off_the_words(bar: NotesBar) -> None:
    bar.show_for_words(placing=False)
    for area in (QRectF(0, 0, 20, 20), QRectF(700, 580, 90, 20), QRectF(0, 0, 800, 600)):
        bar.float_over(area)
        assert QRect(0, 0, 800, 600).contains(bar.geometry())
    bar.float_over(QRectF(300, 300, 100, 20))
    assert not bar.geometry().intersects(QRectF(300, 300, 100, 20).toRect())


def test_targets_are_large_enough_for_a_finger(bar: NotesBar) -> None:
    bar.show_for_words(placing=False)
    bar.float_over(QRectF(300, 300, 100, 20))
    for button in (*bar.colours.values(), bar.underline, bar.note, bar.copy):
        assert min(button.width(), button.height()) >= TARGET
        assert button.accessibleName()


def test_the_bar_is_worked_by_keyboard(desk: Desk, bar: NotesBar) -> None:
    bar.show_for_words(placing=False)
    bar.float_over(QRectF(300, 300, 100, 20))
    first, second = list(bar.colours.values())[:2]
    first.setFocus()
    desk.qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    with desk.qtbot.waitSignal(bar.coloured) as coloured:
        desk.qtbot.keyClick(second, Qt.Key.Key_Return)
    assert coloured.args == [NoteColour.GREEN]
    with desk.qtbot.waitSignal(bar.left):
        desk.qtbot.keyClick(second, Qt.Key.Key_Escape)


def test_the_editor_writes_urdu_from_the_right(desk: Desk) -> None:
    editor = desk.shown(NoteEditor(desk.context), 280)
    editor.edit(some_note(desk, NoteKind.NOTE), (), ())
    field = editor.body.editor
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("یہ الفاظ دوبارہ دیکھیں")
    assert field.document().firstBlock().textDirection() is Qt.LayoutDirection.RightToLeft
    assert field.mapTo(editor, QPoint(0, 0)).x() >= 0
    editor.save()
