"""The page that compares two versions: by keys, by mouse, in both ways of showing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.docs.changes.model import BlockKind
from congress.docs.changes.tracked import tracked
from congress.docs.model import Paper
from congress.kernel.roles import Clearance
from congress.ui.controllers.changes import ChangesController
from congress.ui.pages.changes import ChangesPage
from congress.ui.widgets.changeview import ChangeView, ViewMode
from congress.ui.widgets.runtext import Shown, pieces
from tests.helpers.uicontext import ui_context
from tests.ui.changes.conftest import AFTER, BEFORE, House, make_house


def opened(house: House, paper: Paper, subject: str = "") -> ChangesPage:
    controller = ChangesController(house.context, house.changes)
    page = ChangesPage(house.context, controller, "Lan Nguyen")
    house.qtbot.addWidget(page, before_close_func=lambda _: page.closing())
    page.resize(1200, 700)
    page.show()
    page.opened(subject or paper.id)
    house.qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.waiting)
    return page


def kinds(view: ChangeView) -> list[BlockKind]:
    blocks = view._comparison.blocks
    return [blocks[row.first].kind for row in view.rows if row.change is not None]


def test_it_opens_on_the_first_change(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    assert page.stack.currentWidget() is page.view
    assert kinds(page.view) == [BlockKind.CHANGED, BlockKind.DELETED, BlockKind.INSERTED]
    assert page.view.current == 0
    assert page.bar.count.text() == "1 of 3"
    assert "1 paragraph changed" in page.bar.sums.text()
    assert "numbers affected" in page.bar.sums.text()
    assert page.view.accessibleName() == "Change 1 of 3: Changed words"
    assert "five" in page.view.accessibleDescription()
    assert [colour for _, colour in page.view.map.marks] == ["caution", "danger", "good"]


@pytest.mark.parametrize(
    ("next_", "previous"),
    [
        ((Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_P, None)),
        ((Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F8, "shift")),
    ],
)
def test_keys_go_from_change_to_change(
    house: House,
    next_: tuple[Qt.Key, Qt.KeyboardModifier],
    previous: tuple[Qt.Key, str | None],
) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    page.activateWindow()
    house.qtbot.waitUntil(lambda: page.view.hasFocus())
    seen = []
    for _ in range(3):
        QTest.keyClick(page.view, *next_)
        seen.append(page.view.current)
    assert seen == [1, 2, 0]
    shift = Qt.KeyboardModifier.ShiftModifier if previous[1] else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(page.view, previous[0], shift)
    assert page.view.current == 2
    assert page.bar.count.text() == "3 of 3"


def test_buttons_go_from_change_to_change(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    page.bar.next.click()
    page.bar.next.click()
    page.bar.previous.click()
    assert page.view.current == 1


def test_folds_open_by_touch_and_by_key(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    view = page.view
    folds = [row for row in view.rows if row.fold]
    assert [row.last - row.first for row in folds] == [len(BEFORE) - 5]
    at = next(number for number, row in enumerate(view.rows) if row.fold)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, view.row_rect(at).center().y())
    )
    assert not any(row.fold for row in view.rows)
    page.bar.folding.click()
    assert not any(row.fold for row in view.rows)
    page.bar.folding.click()
    assert any(row.fold for row in view.rows)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not any(row.fold for row in view.rows)


def test_a_tap_brings_a_change_to_the_front(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    view = page.view
    view.map.setValue(view.map.maximum())
    at = next(number for number, row in enumerate(view.rows) if row.change == 2)
    place = view.row_rect(at).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, place.y()))
    assert view.current == 2


def test_both_ways_of_showing_and_night(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    sides = page.view.grab().toImage()
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.view.mode is ViewMode.TRACKED
    assert page.bar.mode.value is ViewMode.TRACKED
    tracked = page.view.grab().toImage()
    assert tracked != sides
    QTest.keyClick(page, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert page.view.grab().toImage() != tracked
    page.view.set_zoom(2.0)
    assert page.view.zoom == 2.0


def test_other_versions_are_chosen(house: House) -> None:
    paper = house.paper(BEFORE, AFTER, AFTER[:-1])
    page = opened(house, paper)
    assert page.bar.old.currentText().startswith("Version 2")
    assert kinds(page.view) == [BlockKind.DELETED]
    first = next(each for each in house.library.versions(paper.id) if each.number == 1)
    page.bar.old.set_value(first.id)
    page.bar.old.chosen.emit(first.id)
    house.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.view)
    assert kinds(page.view) == [BlockKind.CHANGED, BlockKind.DELETED]
    third = house.library.paper(paper.id).version_id
    again = opened(house, paper, f"{paper.id}?from={third}&to={first.id}")
    assert kinds(again.view) == [BlockKind.CHANGED, BlockKind.INSERTED]


def test_the_same_words_are_said_to_be_the_same(house: House) -> None:
    paper = house.paper(BEFORE, ("Rules  of the congress", *BEFORE[1:]))
    page = opened(house, paper)
    assert page.stack.currentWidget() is page.same
    page.same.acted.emit()
    assert house.around.visited == [f"reader/{paper.id}"]


def test_a_paper_of_one_version_says_so(house: House) -> None:
    page = opened(house, house.paper(BEFORE))
    assert page.stack.currentWidget() is page.trouble


def test_commands_are_offered_to_the_palette(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    commands = {command.title: command for command in page.commands()}
    commands["Next change"].run()
    assert page.view.current == 1
    assert len(commands) == 6


def test_it_is_exported_as_a_page_with_marks(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(house, house.paper(BEFORE, AFTER))
    target = house.folder / "out.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.bar.export_button.click()
    house.qtbot.waitUntil(lambda: bool(house.around.toasts))
    html = target.read_text("utf-8")
    assert "<del>five </del><ins>four </ins>" in html
    assert "<del><b>15 </b></del>" in html
    assert "[unchanged]" in html


def test_what_must_not_be_printed_is_not_exported(house: House) -> None:
    page = opened(house, house.paper(BEFORE, AFTER, clearance=Clearance.SECRET))
    page.bar.export_button.click()
    house.qtbot.waitUntil(lambda: bool(house.around.errors))
    assert house.around.errors[0].code == "policy.no_printing"


def test_reading_a_comparison_is_logged(house: House) -> None:
    paper = house.paper(BEFORE, AFTER)
    opened(house, paper)
    found = house.changes._papers[paper.shelf]
    with found.reading() as connection:
        actions = connection.exec_driver_sql("SELECT action FROM audit").scalars().all()
    assert actions[-1] == "paper.compared"


def test_urdu_columns_run_from_the_right(qtbot: QtBot, tmp_path: Path) -> None:
    before = ("قواعد", "کانگریس ہر پانچ سال بعد ہنوئی میں ملتی ہے۔")
    after = ("قواعد", "کانگریس ہر چار سال بعد ہنوئی میں ملتی ہے۔")
    with ui_context("ur") as (context, around):
        house = make_house(qtbot, tmp_path, context, around)
        page = opened(house, house.paper(before, after, language="ur"))
        columns = page.view._look().columns
        assert columns.rtl
        assert columns.icon > columns.old > columns.new
        page.grab()


def test_paragraph_ends_are_shown_by_their_mark() -> None:
    runs = tracked("One two three. Four five six.", "One two three.\nFour five six.")
    assert [piece.text for piece in pieces(runs)] == ["One two three.", "¶\n", "Four five six."]
    assert "".join(piece.text for piece in pieces(runs, Shown.OLD)).split() == [
        "One", "two", "three.", "Four", "five", "six."
    ]  # fmt: skip


def test_a_long_paper_opens_without_laying_all_of_it_out(house: House) -> None:
    lines = [f"Paragraph {at} of a very long paper, which says little." for at in range(1500)]
    other = [line.replace("little", "more") if at % 7 == 0 else line for at, line in
             enumerate(lines)]  # fmt: skip
    page = opened(house, house.paper(lines, other))
    page.grab()
    assert page.view.stack.laid < 60
    page.view.step(-1)
    page.grab()
    assert page.view.current == page.view.changes - 1
