import io
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from congress.i18n.translator import Translator
from congress.secretariat.workbook import xlsx_bytes
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet

ISSUED = datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


def opened(lang: str, *sheets: Sheet) -> Any:
    data = xlsx_bytes(Translator(lang), sheets, issued=ISSUED, title="Attendance")
    return load_workbook(io.BytesIO(data))


def one(value: Cell, kind: ColumnKind = ColumnKind.TEXT, **more: Any) -> Sheet:
    return Sheet("test", "Test", (Column("a", "Heading", kind),), ((value,),), **more)


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "@x", "#REF!", "2026-01-01", "007"])
def test_a_text_stays_a_text(text: str) -> None:
    cell = opened("en", one(text))["Test"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert opened("en", one("a\x00b\x0bc\nd"))["Test"]["A2"].value == "abc\nd"


@pytest.mark.parametrize(
    ("value", "kind", "stored", "number_format"),
    [
        (12, ColumnKind.NUMBER, 12, "General"),
        (Fraction(4), ColumnKind.NUMBER, 4, "General"),
        (Fraction(3, 4), ColumnKind.SHARE, 0.75, "0.0%"),
        (
            datetime(2026, 10, 24, 9, 5, tzinfo=UTC),
            ColumnKind.MOMENT,
            datetime(2026, 10, 24, 9, 5),  # noqa: DTZ001 - a spreadsheet knows no zones
            "yyyy-mm-dd hh:mm",
        ),
        (date(2026, 10, 24), ColumnKind.TEXT, datetime(2026, 10, 24), "yyyy-mm-dd"),  # noqa: DTZ001
        (None, ColumnKind.NUMBER, None, "General"),
    ],
)
def test_numbers_and_dates_are_real(
    value: Cell, kind: ColumnKind, stored: object, number_format: str
) -> None:
    cell = opened("en", one(value, kind))["Test"]["A2"]
    assert (cell.value, cell.number_format) == (stored, number_format)


@pytest.mark.parametrize(("lang", "mirrored"), [("en", False), ("vi", False), ("ur", True)])
def test_urdu_is_mirrored(lang: str, mirrored: bool) -> None:
    assert bool(opened(lang, one("x"))["Test"].sheet_view.rightToLeft) is mirrored


def test_each_sheet_has_its_tab_with_a_name_that_excel_allows() -> None:
    long = Sheet("a", "Votes: [1/2] * of the whole congress, by name?", (Column("a", "A"),), ())
    book = opened("en", long, one("x"), one("y"))
    assert book.sheetnames == ["Votes   1 2    of the whole con", "Test", "Test1"]


def test_totals_stand_out_and_the_head_stays_in_view() -> None:
    page = opened("en", one(3, ColumnKind.NUMBER, totals=(0,)))["Test"]
    assert page["A2"].font.bold
    assert page.freeze_panes == "A2"
