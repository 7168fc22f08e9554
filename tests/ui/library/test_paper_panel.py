from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from congress.docs.library import Library
from congress.docs.model import Paper, PaperType
from congress.floor.model import Item, ItemId, ItemKind
from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage.model import Group, Member
from congress.ui.controllers.library import LibraryController, reader_path
from congress.ui.controllers.paper_desk import PaperSources
from congress.ui.models.listing import ListedPaper
from congress.ui.models.paper_choices import PaperChoices, agenda_of
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_clearance import ClearanceDialog
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.pages.paper_version import VersionDialog
from congress.ui.widgets.button import Button
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.paperdetails import BatchDetails, Defaults
from congress.ui.widgets.text import Text
from tests.helpers.papers import pdf
from tests.helpers.vaults import MORNING
from tests.ui.library.conftest import RULES, Hall

Write = Callable[[str, bytes], Path]
GROUP = Group(GroupId("g" * 26), "Audit commission", ())
SHELVES = (*(Shelf(each) for each in Clearance), Shelf(Clearance.RESTRICTED, GROUP.id))


def item(title: str, kind: ItemKind = ItemKind.DEBATE) -> Item:
    return Item(ItemId(title), MORNING, MORNING, title, kind=kind)


ITEMS = (item("Opening"), item("Lunch", ItemKind.BREAK), item("Debate on the rules"))


@pytest.fixture
def page(hall: Hall) -> LibraryPage:
    """The library of the secretariat, with a programme and a group."""
    member = Member(hall.member.member_id, "Lan Nguyen", Role.SECRETARIAT, MORNING)
    sources = PaperSources(lambda: ITEMS, lambda: (GROUP,), lambda: (member,))
    controller = LibraryController(hall.context, hall.library, hall.member, sources)
    page = LibraryPage(hall.context, controller)
    hall.qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    with hall.qtbot.waitSignal(controller.desk.choices_came):
        page.shown()
    hall.qtbot.waitUntil(lambda: page.papers_view.papers.rowCount() == 3)
    return page


@pytest.fixture
def panel(hall: Hall, page: LibraryPage) -> PaperPanel:
    """The panel of the rules of order."""
    shown: list[PaperPanel] = []
    page.inspected.connect(shown.append)
    row = page.papers_view.papers.row_of(rules(hall).id)
    page.papers_view.setCurrentIndex(page.papers_view.papers.index(row))
    hall.qtbot.keyClick(page.papers_view, Qt.Key.Key_Return)
    (opened,) = shown
    hall.qtbot.addWidget(opened)
    opened.resize(360, 900)
    opened.show()
    return opened


def rules(hall: Hall) -> Paper:
    return hall.paper("rules.pdf")


def titles(page: LibraryPage) -> list[str]:
    rows = page.papers_view.papers.rows
    return [row.paper.title for row in rows if isinstance(row, ListedPaper)]


def undo(hall: Hall) -> None:
    hall.qtbot.waitUntil(lambda: hall.around.undo is not None)
    assert hall.around.undo is not None
    hall.around.undo()


def test_the_title_is_typed_over_saved_by_enter_and_undone(
    hall: Hall, panel: PaperPanel, page: LibraryPage
) -> None:
    panel.title.selectAll()
    hall.qtbot.keyClicks(panel.title, "Rules of procedure")
    hall.qtbot.keyClick(panel.title, Qt.Key.Key_Return)
    hall.qtbot.waitUntil(lambda: rules(hall).title == "Rules of procedure")
    hall.qtbot.waitUntil(lambda: "Rules of procedure" in titles(page))
    undo(hall)
    hall.qtbot.waitUntil(lambda: rules(hall).title == "Rules of order")
    hall.qtbot.waitUntil(lambda: panel.title.title == "Rules of order")


def test_escape_takes_back_what_was_typed_and_nothing_is_no_title(
    hall: Hall, panel: PaperPanel
) -> None:
    panel.title.selectAll()
    hall.qtbot.keyClicks(panel.title, "Oops")
    hall.qtbot.keyClick(panel.title, Qt.Key.Key_Escape)
    assert panel.title.title == "Rules of order"
    panel.title.selectAll()
    hall.qtbot.keyClick(panel.title, Qt.Key.Key_Delete)
    hall.qtbot.keyClick(panel.title, Qt.Key.Key_Return)
    assert panel.title.title == "Rules of order"
    assert hall.around.toasts == []


def test_a_long_title_grows_and_keeps_its_words(hall: Hall, panel: PaperPanel) -> None:
    short = panel.title.height()
    panel.title.setPlainText("A very long title of a paper " * 6)
    hall.qtbot.waitUntil(lambda: panel.title.height() >= 4 * short - 60)
    assert panel.title.title.count("paper") == 6


def test_each_field_saves_when_it_is_left(hall: Hall, panel: PaperPanel) -> None:
    panel.number.value = "12/b"
    panel.number.submitted.emit()
    hall.qtbot.waitUntil(lambda: rules(hall).number == "12/b")
    panel.agenda_box.setEditText("2. The rules")
    panel.agenda_box.line.editingFinished.emit()
    hall.qtbot.waitUntil(lambda: rules(hall).agenda == "2. The rules")
    panel.dated.value = "14/03/2026"
    panel.dated.editor.editingFinished.emit()  # type: ignore[attr-defined]
    hall.qtbot.waitUntil(lambda: rules(hall).dated == date(2026, 3, 14))
    panel.type_select.setCurrentIndex(list(PaperType).index(PaperType.STATUTE))
    panel.type_select.activated.emit(panel.type_select.currentIndex())
    hall.qtbot.waitUntil(lambda: rules(hall).type is PaperType.STATUTE)
    panel.language_select.setCurrentIndex(1)
    panel.language_select.activated.emit(1)
    hall.qtbot.waitUntil(lambda: rules(hall).language == "vi")
    assert rules(hall).number == "12/b"


def test_a_wrong_date_is_said_and_not_saved(hall: Hall, panel: PaperPanel) -> None:
    panel.dated.value = "31/02/2026"
    panel.dated.editor.editingFinished.emit()  # type: ignore[attr-defined]
    assert panel.dated.error.text()
    assert rules(hall).dated is None


def test_the_agenda_is_chosen_from_the_programme_without_its_breaks(
    hall: Hall, panel: PaperPanel
) -> None:
    offered = [panel.agenda_box.itemText(at) for at in range(panel.agenda_box.count())]
    assert offered == ["Opening", "Debate on the rules"]
    panel.agenda_box.setCurrentIndex(1)
    panel.agenda_box.activated.emit(1)
    hall.qtbot.waitUntil(lambda: rules(hall).agenda == "Debate on the rules")


def test_what_was_typed_for_other_papers_is_offered_after_the_programme() -> None:
    paper = type("P", (), {"agenda": "Any other business"})
    again = type("P", (), {"agenda": "Opening"})
    assert agenda_of(ITEMS, [paper, again]) == (  # type: ignore[list-item]
        "Opening",
        "Debate on the rules",
        "Any other business",
    )


def test_what_is_being_typed_stays_when_the_paper_changes(hall: Hall, panel: PaperPanel) -> None:
    panel.activateWindow()
    panel.number.editor.setFocus()
    hall.qtbot.waitUntil(panel.number.editor.hasFocus)
    hall.qtbot.keyClicks(panel.number.editor, "7")
    panel._desk.describe(panel.paper.id, agenda="Opening")
    hall.qtbot.waitUntil(lambda: panel.agenda_box.item == "Opening")
    assert panel.number.value == "7"


def test_the_panel_reads(hall: Hall, panel: PaperPanel) -> None:
    panel.read_button.click()
    assert hall.around.visited == [reader_path(rules(hall).id)]


@pytest.mark.parametrize(("clearance", "word"), [("secret", "new key"), ("public", "at once")])
def test_another_clearance_is_confirmed(
    hall: Hall, panel: PaperPanel, monkeypatch: pytest.MonkeyPatch, clearance: str, word: str
) -> None:
    asked: list[str] = []
    agree = [False, True]
    hall.library.open(rules(hall).id).close()

    def answer(dialog: ClearanceDialog) -> int:
        asked.append(" ".join(text.text() for text in dialog.findChildren(Text)))
        return agree.pop(0)

    monkeypatch.setattr(ClearanceDialog, "exec", answer)
    shelf = Shelf(Clearance(clearance))
    panel.shelf.show_shelf(shelf)
    panel.shelf.chosen.emit(shelf)
    hall.qtbot.waitUntil(lambda: panel.shelf.shelf == Shelf(Clearance.DELEGATES))
    assert rules(hall).clearance is Clearance.DELEGATES
    panel.shelf.chosen.emit(shelf)
    hall.qtbot.waitUntil(lambda: rules(hall).shelf == shelf)
    hall.qtbot.waitUntil(lambda: bool(hall.around.toasts))
    assert word in asked[0]
    assert ("Lan Nguyen" in asked[0]) is (clearance == "secret")


def test_a_refused_change_says_why(
    hall: Hall, panel: PaperPanel, monkeypatch: pytest.MonkeyPatch
) -> None:

    def refuse(*_: object, **__: object) -> Paper:
        raise InputError("docs.unknown_paper")

    monkeypatch.setattr(Library, "describe", refuse)
    panel.title.setPlainText("Rules")
    panel.title.settle()
    hall.qtbot.waitUntil(lambda: panel._trouble.count() == 1)


def test_removing_is_confirmed_and_closes_the_panel(
    hall: Hall, panel: PaperPanel, page: LibraryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: answers.pop(0))
    panel.remove_button.click()
    assert len(hall.library.papers()) == 3
    with hall.qtbot.waitSignal(page.inspected, check_params_cb=lambda widget: widget is None):
        panel.remove_button.click()
    assert "Rules of order" not in titles(page)


def words(panel: PaperPanel) -> list[str]:
    return [button.text() for button in panel.versions.findChildren(Button)]


def test_a_new_version_comes_in_with_a_note_and_is_listed(
    hall: Hall, panel: PaperPanel, page: LibraryPage, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.qtbot.waitUntil(lambda: len(panel.versions.children()) > 1)
    assert words(panel) == []
    path = write("rules_2.pdf", pdf(*RULES, "A fourth page"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    def agree(dialog: VersionDialog) -> int:
        dialog.note.value = "A fourth page"
        return 1

    monkeypatch.setattr(VersionDialog, "exec", agree)
    panel.version_button.click()
    hall.qtbot.waitUntil(lambda: hall.library.paper(panel.paper.id).version == 2)
    hall.qtbot.waitUntil(lambda: len(words(panel)) == 2)
    newest, oldest = hall.library.versions(panel.paper.id)
    assert newest.note == "A fourth page"
    for button in panel.versions.findChildren(Button):
        button.click()
    assert hall.around.visited == [
        f"changes/{panel.paper.id}?from={oldest.id}&to={newest.id}",
        f"reader/{panel.paper.id}?version={oldest.id}",
    ]


def test_a_file_that_is_no_paper_is_refused_in_the_sheet(
    hall: Hall, panel: PaperPanel, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("empty.pdf", b"")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(VersionDialog, "exec", lambda _: 1)
    panel.version_button.click()
    sheet = panel._sheet
    assert sheet is not None
    hall.qtbot.addWidget(sheet)
    hall.qtbot.waitUntil(lambda: sheet.close_button.isVisible())  # type: ignore[attr-defined]
    assert rules(hall).version == 1
    monkeypatch.setattr(VersionDialog, "exec", lambda _: 0)
    panel.version_button.click()
    assert panel._sheet is None


def test_shelves_are_named_with_their_groups(hall: Hall) -> None:
    choices = PaperChoices(SHELVES, (GROUP,))
    named = [text for _, text in choices.shelf_options(hall.context.tr)]
    assert named[2] == "Restricted: secretariat"
    assert named[4] == "Restricted: Audit commission"


def test_what_holds_for_all_files_is_asked_together(hall: Hall) -> None:
    batch = BatchDetails(hall.context, PaperChoices(SHELVES, (GROUP,), ("Opening",)))
    hall.qtbot.addWidget(batch)
    assert batch.defaults == Defaults(Shelf(Clearance.DELEGATES))
    batch.shelf.show_shelf(SHELVES[4])
    batch.type.set_value(PaperType.REPORT)
    batch.agenda.setEditText("Opening")
    batch.language.set_value("ur")
    assert batch.defaults == Defaults(SHELVES[4], PaperType.REPORT, "Opening", "ur")
    assert "members of this group" in batch.shelf.help.text()
