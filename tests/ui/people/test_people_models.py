"""The tables of the people pages."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from congress.assets import asset
from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.people.importing import plan_import
from congress.people.mapping import propose_columns
from congress.people.model import Outcome, count_by_delegation
from congress.people.table import parse_table, read_table
from congress.ui.models.people import (
    delegation_columns,
    examples,
    import_columns,
    import_lines,
    people_columns,
    rejected_columns,
)
from congress.ui.models.rows import RowsFilter, RowsModel
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Mode

TR = Translator("en")
THEME = Theme.of(Mode.LIGHT, "en")
PEOPLE = [
    Person(PersonId("a"), "S10", "Nguyễn Đức", "Hà Nội", Standing.GUEST, seat="B10"),
    Person(PersonId("b"), "S2", "محمد علی", "", Standing.OFFICIAL, seat="B9"),
    Person(PersonId("c"), "S1", "Marie Curie", "France", Standing.ALTERNATE, seat="B1"),
]
MIXED = "Badge,Name,Seat,Room\nS1,Curie,1,101\nS1,Twin,2,\n,Nobody,x,103\nS2,Bohr,4,104\n"


def column(model: RowsModel[Person] | RowsFilter, at: int) -> list[object]:
    return [model.index(row, at).data() for row in range(model.rowCount())]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("rows", [[], PEOPLE])
def test_the_models_keep_qts_rules(qtmodeltester: ModelTester, rows: list[Person]) -> None:
    people = RowsModel(THEME, people_columns(TR), rows)
    counts = RowsModel(THEME, delegation_columns(TR), count_by_delegation(rows))
    qtmodeltester.check(people, force_py=True)
    qtmodeltester.check(counts, force_py=True)


@pytest.mark.usefixtures("qapp")
def test_badges_seats_and_standings_sort_as_people_count() -> None:
    proxy = RowsFilter(RowsModel(THEME, people_columns(TR), PEOPLE))
    orders = {
        0: ["S1", "S2", "S10"],
        3: ["S2", "S1", "S10"],
        4: ["S1", "S2", "S10"],
    }
    for at, badges in orders.items():
        proxy.sort(at, Qt.SortOrder.AscendingOrder)
        assert column(proxy, 0) == badges


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("typed", "badges"), [("duc", ["S10"]), ("علي", ["S2"]), ("guest", ["S10"]), ("curie ha", [])]
)
def test_the_filter_looks_past_marks(typed: str, badges: list[str]) -> None:
    proxy = RowsFilter(RowsModel(THEME, people_columns(TR), PEOPLE))
    proxy.set_filter(typed)
    assert column(proxy, 0) == badges


@pytest.mark.usefixtures("qapp")
def test_an_import_is_shown_line_by_line_faults_first(qtmodeltester: ModelTester) -> None:
    table = parse_table("p.csv", MIXED.encode())
    columns = propose_columns(table)
    known = {"s2": Person(PersonId("d"), "S2", "Bohr", "", seat="3")}
    lines = import_lines(TR, table, columns, plan_import(table, columns, known, "en"))
    assert [(line.number, line.outcome) for line in lines] == [
        (3, Outcome.REJECTED),
        (4, Outcome.REJECTED),
        (2, Outcome.ADDED),
        (5, Outcome.UPDATED),
    ]
    assert lines[0].name == "Twin"
    assert "Row 2" in lines[0].remark
    assert lines[3].remark == "Seat"
    for made in (import_columns(TR), rejected_columns(TR)):
        qtmodeltester.check(RowsModel(THEME, made, lines), force_py=True)


def test_a_row_with_two_faults_has_two_lines() -> None:
    table = parse_table("p.csv", b"Badge,Name,Votes\n,Curie,none\n")
    columns = propose_columns(table)
    lines = import_lines(TR, table, columns, plan_import(table, columns, {}, "en"))
    assert [line.number for line in lines] == [2, 2]
    assert len({line.remark for line in lines}) == 2


def test_examples_are_the_first_different_values_below_the_heading() -> None:
    table = read_table(Path(asset("samples/people.csv")))
    columns = propose_columns(table)
    assert examples(table, columns, 0) == ("S01", "S02", "S03")
    assert examples(table, columns, 6) == ("1",)
    short = parse_table("p.csv", b"Badge,Name,Seat\nS1,Curie\n")
    assert examples(short, propose_columns(short), 2) == ()
