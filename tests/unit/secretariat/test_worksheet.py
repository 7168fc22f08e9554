from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.secretariat.blocks import Align
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet, as_table, written

MOMENT = datetime(2026, 10, 24, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ColumnKind.TEXT, None, ""),
        (ColumnKind.TEXT, "Curie", "Curie"),
        (ColumnKind.NUMBER, 1234, "1.234"),
        (ColumnKind.SHARE, Fraction(1, 3), "33,3%"),
        (ColumnKind.TIME, MOMENT, "09:05"),
        (ColumnKind.MOMENT, MOMENT, "24 tháng 10 năm 2026, 09:05"),
        (ColumnKind.TEXT, date(2026, 10, 24), "24 tháng 10 năm 2026"),
    ],
)
def test_cells_are_written_as_the_language_does(kind: ColumnKind, value: Cell, text: str) -> None:
    assert written(Translator("vi"), kind, value) == text


def test_a_table_keeps_its_totals_and_sets_numbers_right() -> None:
    columns = (Column("a", "Name", width="2"), Column("b", "Votes", ColumnKind.NUMBER))
    sheet = Sheet("votes", "Votes", columns, (("Curie", 7), ("Total", 7)), totals=(1,))
    table = as_table(Translator("en"), sheet)
    assert [(column.align, column.width) for column in table.columns] == [
        (Align.START, "2"),
        (Align.NUMBER, "auto"),
    ]
    assert (table.rows, table.totals) == ((("Curie", "7"), ("Total", "7")), (1,))
    assert table.caption == "Votes"
    assert as_table(Translator("en"), sheet, caption=False).caption == ""


def test_from_right_to_left_names_and_numbers_keep_their_direction() -> None:
    columns = (Column("a", "نام"), Column("b", "تعداد", ColumnKind.NUMBER), Column("c", "خالی"))
    (row,) = as_table(Translator("ur"), Sheet("x", "", columns, (("Curie (x)", -1, None),))).rows
    assert row == ("\u2068Curie (x)\u2069", "\u2066-1\u2069", "")
