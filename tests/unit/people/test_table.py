"""Reading tables from files."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from congress.kernel.errors import CongressError, EnvironmentFault, InputError
from congress.kernel.table import Row
from congress.people import table as module
from congress.people.table import parse_table, read_table
from congress.people.workbook import write_workbook


def xlsx(*rows: tuple[str | float | bool | None, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The same package with parts replaced or added; __ in a name stands for a slash."""
    buffer = io.BytesIO()
    new = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for info in old.infolist():
            package.writestr(info.filename, new.pop(info.filename, old.read(info)))
        for name, part in new.items():
            package.writestr(name, part)
    return buffer.getvalue()


def code(data: bytes) -> str:
    with pytest.raises(CongressError) as caught:
        parse_table("list", data)
    assert caught.value.params["file"] == "list"
    return caught.value.code


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "Badge|Name|Weight\nA1|Curie|1\nA2|Bohr|2\n".replace("|", delimiter)
    assert parse_table("a.csv", text.encode()).rows == (
        Row(1, ("Badge", "Name", "Weight")),
        Row(2, ("A1", "Curie", "1")),
        Row(3, ("A2", "Bohr", "2")),
    )


def test_semicolons_win_over_the_commas_inside_names() -> None:
    rows = parse_table("a.csv", b"Badge;Name\nA1;Curie, Marie\nA2;Bohr, Niels\n").rows
    assert rows[1].cells == ("A1", "Curie, Marie")


def test_the_first_line_of_excel_names_the_delimiter() -> None:
    rows = parse_table("a.csv", b"sep=;\r\nBadge;Name\r\nA1;Curie\r\n").rows
    assert rows == (Row(2, ("Badge", "Name")), Row(3, ("A1", "Curie")))


def test_a_single_column_is_a_table_too() -> None:
    assert parse_table("a.csv", b"Badge\nA1\n").rows == (Row(1, ("Badge",)), Row(2, ("A1",)))


def test_rows_keep_the_number_that_a_spreadsheet_shows() -> None:
    rows = parse_table("a.csv", b'Badge,Name\n\n,\nA1,"two\nlines"\nA2,x\n').rows
    assert [row.number for row in rows] == [1, 4, 5]


def test_a_quote_that_never_closes_is_named_by_row() -> None:
    with pytest.raises(InputError) as caught:
        parse_table("a.csv", b'Badge,Name\nA1,"Curie\nA2,Bohr\n')
    assert (caught.value.code, caught.value.params["row"]) == ("table.open_quote", 2)
    assert code(b'"  ') == "table.open_quote"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "table.empty"),
        (b" \n;;\n", "table.empty"),
        (b"%PDF-1.7\n", "table.not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "table.not_a_table"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "table.old_excel"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "table.protected",
        ),
        (b"PK\x03\x04 broken", "table.damaged"),
        (xlsx(("a",))[:-40], "table.damaged"),
        (repacked(xlsx(("a",)), xl__worksheets__sheet1_xml=b"<worksheet"), "table.damaged"),
        (
            repacked(xlsx(("a",)), xl__workbook_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]>"),
            "table.damaged",
        ),
        (xlsx(), "table.empty"),
        (b",".join([b"a"] * 101) + b"\nx\n", "table.too_many_columns"),
        (xlsx(("a",) * 101), "table.too_many_columns"),
        (b"a,b\n" + b"x" * 140_000 + b",c\n", "table.damaged"),
        (b"a" * (module.MAX_BYTES + 1), "table.too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_a_package_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert code(buffer.getvalue()) == "table.not_a_table"


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = repacked(xlsx(("a",)), xl__worksheets__sheet1_xml=bytes(70 * 2**20))
    assert len(bomb) < 2**20
    assert code(bomb) == "table.too_large"


def test_a_package_of_thousands_of_parts_is_refused() -> None:
    assert code(repacked(xlsx(("a",)), **{f"x{n}": b"" for n in range(2100)})) == "table.too_large"


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ROWS", 3)
    assert code(b"a\n" * 4) == "table.too_many_rows"
    assert code(xlsx(*[("a",)] * 4)) == "table.too_many_rows"
    assert len(parse_table("a", xlsx(*[("a",)] * 3)).rows) == 3


def test_a_workbook_gives_its_values_as_text() -> None:
    data = xlsx(("Badge", "Name", "Weight"), (), (7, "Curie", 1.5), (8.0, None, True))
    table = parse_table("a.xlsx", data)
    assert table.encoding == "xlsx"
    assert table.rows == (
        Row(1, ("Badge", "Name", "Weight")),
        Row(3, ("7", "Curie", "1.5")),
        Row(4, ("8", "", "yes")),
    )


def test_a_cell_far_away_costs_nothing() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a'
        b'</t></is></c></row><row r="90000"><c r="A90000" t="inlineStr"><is><t>b</t></is></c>'
        b"</row></sheetData></worksheet>"
    )
    rows = parse_table("a.xlsx", repacked(xlsx(("a",)), xl__worksheets__sheet1_xml=far)).rows
    assert rows == (Row(1, ("a",)), Row(90_000, ("b",)))


def test_a_template_reads_back_with_its_zeros() -> None:
    rows = [("Badge", "Name"), ("007", "=1+1")]
    data = write_workbook("People", rows, rtl=True)
    assert [row.cells for row in parse_table("a.xlsx", data).rows] == rows


def test_a_file_is_read_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "really-a-workbook.csv"
    path.write_bytes(xlsx(("a", "b")))
    table = read_table(path)
    assert (table.file, table.encoding) == ("really-a-workbook.csv", "xlsx")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        read_table(tmp_path / "gone.csv")
    assert (caught.value.code, caught.value.params["file"]) == ("table.cannot_open", "gone.csv")


def test_quotation_marks_tell_the_delimiter_where_columns_do_not() -> None:
    assert parse_table("a.csv", b'"0";",";","\n').rows == (Row(1, ("0", ",", ",")),)
