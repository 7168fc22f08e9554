import csv
import io
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.i18n.translator import Translator
from congress.secretariat.csvfile import csv_bytes, harmless
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet

TR = Translator("en")
STARTS = "=+-@＝＋－＠"


def sheet(*cells: Cell, kind: ColumnKind = ColumnKind.TEXT) -> Sheet:
    columns = tuple(Column(f"c{i}", f"Column {i}", kind) for i in range(len(cells)))
    return Sheet("test", "Test", columns, (cells,))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1"]
)
def test_a_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert harmless(text) == f"'{text}"
    (_, row) = read(csv_bytes(TR, sheet(text)))
    assert row == [f"'{text}"]


@pytest.mark.parametrize("text", ["", "Curie", "1-2", "a=b", "عبد السلام", "Đỗ +"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_whatever_is_written_comes_back_and_never_begins_a_formula(text: str) -> None:
    (_, row) = read(csv_bytes(TR, sheet(text, "beside")))
    assert row[0].removeprefix("'") == text.removeprefix("'")
    assert not row[0].strip(" \u00a0").startswith(tuple(STARTS))


def test_begins_with_a_byte_order_mark_and_ends_lines_as_the_standard_says() -> None:
    data = csv_bytes(TR, sheet("Hường", 'a "quoted", cell'))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b'H\xc6\xb0\xe1\xbb\x9dng,"a ""quoted"", cell"\r\n')


def test_values_are_written_for_programs() -> None:
    moment = datetime(2026, 10, 24, 9, 5, 40, tzinfo=UTC)
    cells: tuple[Cell, ...] = (
        None,
        1234,
        -7,
        Fraction(3),
        Fraction(1, 2),
        moment,
        date(2026, 1, 2),
    )
    (_, row) = read(csv_bytes(Translator("vi"), sheet(*cells, kind=ColumnKind.NUMBER)))
    assert row == ["", "1234", "-7", "3", "0.5", "2026-10-24 09:05", "2026-01-02"]


def test_a_share_is_written_as_the_percentage_of_the_screens() -> None:
    (_, row) = read(csv_bytes(Translator("vi"), sheet(Fraction(2, 3), kind=ColumnKind.SHARE)))
    assert row == ["66,7%"]


def test_a_dangerous_heading_is_defused_too() -> None:
    bad = Sheet("test", "Test", (Column("a", "=cmd"),), ())
    assert read(csv_bytes(TR, bad)) == [["'=cmd"]]
