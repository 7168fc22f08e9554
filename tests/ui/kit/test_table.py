"""Tables: the model's promises to Qt, order, filter, copy, selection."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from congress.ui.context import UiContext
from congress.ui.models.rows import Column, RowsFilter, RowsModel
from congress.ui.theme.tokens import TARGET, Tone
from congress.ui.widgets.button import Button
from congress.ui.widgets.table import DataTable
from tests.helpers.uicontext import Surroundings


@dataclass(frozen=True)
class Item:
    badge: str
    name: str
    votes: int


ITEMS = (Item("A-10", "Đặng Thùy Trâm", 2), Item("A-9", "Ann", 10), Item("B-1", "Bo", 9))


def _columns() -> list[Column[Item]]:
    return [
        Column("Badge", lambda item: item.badge),
        Column("Name", lambda item: item.name, strong=True, stretch=True),
        Column(
            "Votes",
            lambda item: str(item.votes),
            sort=lambda item: item.votes,
            number=True,
            tone=lambda item: Tone.GOOD if item.votes > 5 else Tone.NEUTRAL,
            icon=lambda item: "check-circle" if item.votes > 5 else "",
        ),
        Column("Mark", lambda _: "", icon=lambda _: "circle"),
    ]


@pytest.fixture
def table(qtbot: QtBot, context: UiContext) -> DataTable[Item]:
    made = DataTable(context, _columns(), ITEMS, name="Delegates", exporting=True)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def _names(table: DataTable[Item]) -> list[str]:
    proxy = table.proxy
    return [str(proxy.index(at, 1).data()) for at in range(proxy.rowCount())]


def test_model_keeps_its_promises(context: UiContext, qtmodeltester: ModelTester) -> None:
    model = RowsModel(context.theme, _columns(), ITEMS)
    qtmodeltester.check(model)
    model.set_rows(ITEMS[:1])
    model.set_rows(())
    qtmodeltester.check(RowsFilter(RowsModel(context.theme, _columns(), ITEMS)))


def test_model_roles(context: UiContext) -> None:
    model = RowsModel(context.theme, _columns(), ITEMS)
    roles = Qt.ItemDataRole
    votes, name = model.index(1, 2), model.index(1, 1)
    assert votes.data(roles.ForegroundRole) == QColor(context.theme.palette.good)
    assert not votes.data(roles.DecorationRole).isNull()
    assert model.index(0, 2).data(roles.DecorationRole) is None
    assert not model.index(0, 3).data(roles.DecorationRole).isNull()
    assert votes.data(roles.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignTrailing)
    assert name.data(roles.FontRole).weight() == 600
    assert model.index(0, 0).data(roles.FontRole) is None
    assert name.data(roles.AccessibleTextRole) == "Ann"
    assert model.data(QModelIndex()) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Votes"
    assert model.headerData(0, Qt.Orientation.Horizontal, roles.FontRole) is None
    assert model.rowCount(name) == model.columnCount(name) == 0


def test_rows_keep_their_order_until_a_head_is_pressed(table: DataTable[Item]) -> None:
    assert _names(table) == ["Đặng Thùy Trâm", "Ann", "Bo"]
    table.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert _names(table) == ["Đặng Thùy Trâm", "Bo", "Ann"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert _names(table)[0] == "Đặng Thùy Trâm"


def test_filter_ignores_marks_and_says_when_nothing_is_left(
    qtbot: QtBot, table: DataTable[Item]
) -> None:
    qtbot.keyClicks(table.filter, "dang tram")
    assert _names(table) == ["Đặng Thùy Trâm"]
    qtbot.keyClicks(table.filter, "zz")
    assert not _names(table)
    assert table.none.isVisible()
    table.filter.clear()
    assert not table.none.isVisible()


def test_copy_puts_the_selected_rows_on_the_clipboard(
    qtbot: QtBot, table: DataTable[Item], around: Surroundings
) -> None:
    table.view.selectAll()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Badge\tName\tVotes\tMark"
    assert lines[2] == "A-9\tAnn\t10\t"
    assert around.toasts[-1][0] == "3 rows copied"


def test_selection_and_activation(qtbot: QtBot, table: DataTable[Item]) -> None:
    assert table.current is None
    with qtbot.waitSignal(table.selected) as caught:
        table.view.selectRow(1)
    assert caught.args == [ITEMS[1]]
    assert table.chosen == [ITEMS[1]]
    assert table.view.currentIndex().row() == 1
    with qtbot.waitSignal(table.activated) as caught:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert caught.args == [ITEMS[1]]
    with qtbot.waitSignal(table.selected) as caught:
        table.view.clearSelection()
    assert caught.args == [None]


def test_rows_are_replaced_under_the_filter(qtbot: QtBot, table: DataTable[Item]) -> None:
    qtbot.keyClicks(table.filter, "ann")
    table.set_rows([Item("C-1", "Bo", 1)])
    assert table.none.isVisible()
    table.set_rows([Item("C-1", "Anna", 1)])
    assert _names(table) == ["Anna"]


def test_rows_can_be_touched_and_the_table_is_named(table: DataTable[Item]) -> None:
    assert table.view.rowHeight(0) >= TARGET
    assert table.view.accessibleName() == "Delegates"


def test_export_is_asked_for(qtbot: QtBot, context: UiContext) -> None:
    bare = DataTable(context, _columns(), name="x", filtering=False, exporting=True)
    qtbot.addWidget(bare)
    assert bare.filter.isHidden()
    button = bare.findChild(Button)
    with qtbot.waitSignal(bare.export_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_head_reaches_over_the_scroll_bar(qtbot: QtBot, table: DataTable[Item]) -> None:
    head = table.view.horizontalHeader()
    table.set_rows([Item(f"A-{at}", "Ann", at) for at in range(50)])
    qtbot.waitUntil(lambda: head.property("scrolled") is True)
    table.set_rows(ITEMS)
    qtbot.waitUntil(lambda: head.property("scrolled") is False)
