from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from congress.docs.notes.exporting import NoteFormat
from congress.docs.notes.model import NoteColour, NoteKind
from congress.ui.pages.notes import NotesPage
from congress.ui.theme.tokens import Tone
from tests.helpers.notes import NORTH, PAPER, on_words, version
from tests.ui.notes.conftest import BUDGET, RULES, Desk


@pytest.fixture
def page(desk: Desk) -> NotesPage:
    made = desk.shown(NotesPage(desk.context, desk.controller()))
    made.shown()
    desk.qtbot.waitUntil(lambda: made.stack.currentWidget() is not made.blank)
    return made


def quotes(page: NotesPage) -> list[str]:
    return [row.note.quote for row in page.model.rows]


def test_notes_stand_under_their_papers(page: NotesPage) -> None:
    assert set(quotes(page)) == {"two thirds", "in writing", "budget"}
    headings = [row.heading for row in page.model.rows if row.heading]
    assert set(headings) == {"Paper rules", "Paper budget"}
    assert page.header.lead.text() == "3 notes"


def test_without_notes_it_says_how_to_make_one(desk: Desk) -> None:
    for listed in desk.lan.notes.everywhere():
        desk.lan.notes.remove(listed.note.id)
    page = desk.shown(NotesPage(desk.context, desk.controller()))
    page.shown()
    desk.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert page.empty.button is not None
    page.empty.button.click()
    assert desk.around.visited == ["library"]
    assert not page.commands()


def test_notes_are_filtered(page: NotesPage) -> None:
    page.filter.search.setText("BY WHOM")
    assert quotes(page) == ["budget"]
    page.filter.search.setText("paper rules")
    assert set(quotes(page)) == {"two thirds", "in writing"}
    page.filter.search.setText("nowhere")
    assert page.stack.currentWidget() is page.filtered
    assert page.filtered.button is not None
    page.filtered.button.click()
    assert len(quotes(page)) == 3
    page.filter.more.click()
    page.filter.kind.set_value(NoteKind.HIGHLIGHT)
    page.filter.kind.chosen.emit(NoteKind.HIGHLIGHT)
    assert quotes(page) == ["in writing"]
    page.filter.colour.set_value(NoteColour.BLUE)
    page.filter.colour.chosen.emit(NoteColour.BLUE)
    assert quotes(page) == []


def test_shared_notes_are_told_apart(desk: Desk, page: NotesPage) -> None:
    note = desk.readers.omar.notes.add(PAPER, version(1), on_words(RULES, "quorum"))
    desk.readers.omar.notes.share(note.id, NORTH)
    desk.qtbot.waitUntil(lambda: len(quotes(page)) == 4)
    page.filter.whose.set_value("mine")
    page.filter.changed.emit()
    assert "quorum" not in quotes(page)
    page.filter.whose.set_value("shared")
    page.filter.changed.emit()
    assert quotes(page) == ["quorum"]
    told = page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "omar" in told
    assert "Shared with north" in told


def test_a_note_leads_to_its_paper(desk: Desk, page: NotesPage) -> None:
    page.list.light(next(row.note.id for row in page.model.rows if row.note.body == "By whom?"))
    page.list.setFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    (path,) = desk.around.visited
    assert path.startswith(f"reader/{BUDGET}?note=")


def test_a_note_on_a_paper_that_is_gone_leads_nowhere(desk: Desk, page: NotesPage) -> None:
    desk.readers.papers.hidden.add(BUDGET)
    page.shown()
    desk.rest()
    lost = page.model.rows[-1]
    assert (lost.paper, lost.note.quote, lost.note.body) == (None, "", "By whom?")
    assert lost.heading == "Papers you can no longer read"
    page.list.chosen.emit(lost)
    assert desk.around.visited == []


def test_deleting_offers_to_undo(desk: Desk, page: NotesPage) -> None:
    page.list.light(page.model.rows[0].note.id)
    page.list.setFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    desk.qtbot.waitUntil(lambda: len(quotes(page)) == 2)
    assert desk.around.toasts[-1] == ("The note was deleted.", Tone.GOOD)
    assert desk.around.undo is not None
    desk.around.undo()
    desk.qtbot.waitUntil(lambda: len(quotes(page)) == 3)


@pytest.mark.parametrize("form", NoteFormat)
def test_all_notes_are_saved_as_a_file(
    desk: Desk, page: NotesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: NoteFormat
) -> None:
    target = tmp_path / f"mine.{form.value}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.readers.papers.closed.add(BUDGET)
    actions = {action.data(): action for action in page.menu.actions()}
    actions[form.value].trigger()
    desk.qtbot.waitUntil(lambda: bool(desk.around.toasts))
    text, tone = desk.around.toasts[-1]
    assert text.startswith(f"2 notes were saved in mine.{form.value}.")
    assert "1 paper" in text
    assert tone is Tone.CAUTION
    content = target.read_text(encoding="utf-8")
    assert "two thirds" in content
    assert "By whom" not in content


def test_a_dialog_that_is_closed_saves_nothing(
    desk: Desk, page: NotesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    (command,) = page.commands()
    command.run()
    desk.rest()
    assert desk.around.toasts == []
