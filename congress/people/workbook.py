"""Reads the first sheet of an XLSX workbook, trusting nothing in it, and writes a template."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from congress.kernel.errors import CongressError, InputError
from congress.kernel.table import Row

_MAX_UNPACKED = 64 * 2**20
_MAX_PARTS = 2000
_PROLOGUE = 4096
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read_workbook(file: str, data: bytes, max_rows: int, max_columns: int) -> tuple[Row, ...]:
    """Return the rows of the first sheet with anything in it, blank ones left out.

    Args:
        file: Name of the file, for messages.
        data: Its bytes.
        max_rows: The most rows taken.
        max_columns: The most columns taken.

    Raises:
        InputError: ``table.damaged``, ``table.not_a_table``, ``table.too_large`` (it unpacks
            to more than is sensible), ``table.too_many_rows``, ``table.too_many_columns``.
    """
    try:
        _inspect(file, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(file, data, max_rows, max_columns)
    except CongressError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it stumble on
        raise InputError("table.damaged", file=file) from error


def _inspect(file: str, data: bytes) -> None:
    """Refuse zip bombs, XML entity bombs, and packages that are no workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED:
            raise InputError("table.too_large", file=file, limit=_MAX_UNPACKED // 2**20)
        if "xl/workbook.xml" not in package.namelist():
            raise InputError("table.not_a_table", file=file)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with package.open(part) as stream:
                    if _DOCTYPE.search(stream.read(_PROLOGUE)):
                        raise InputError("table.damaged", file=file)


def _read(file: str, data: bytes, max_rows: int, max_columns: int) -> tuple[Row, ...]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows: list[Row] = []
            cells = sheet.iter_rows(max_col=max_columns + 1, values_only=True)
            for number, values in enumerate(cells, start=1):
                row = Row(number, _cells(values))
                if row.blank:
                    continue
                if len(rows) == max_rows:
                    raise InputError("table.too_many_rows", file=file, limit=max_rows)
                if len(row.cells) > max_columns:
                    raise InputError("table.too_many_columns", file=file, limit=max_columns)
                rows.append(row)
            if rows:
                return tuple(rows)
    finally:
        book.close()
    return ()


def _cells(values: Iterable[object]) -> tuple[str, ...]:
    texts = [_text(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def write_workbook(title: str, rows: Sequence[Sequence[str]], *, rtl: bool) -> bytes:
    """Return an XLSX workbook with one sheet, its first row a heading.

    Every cell is text, so that a badge number keeps its zeros and nothing is a formula.

    Args:
        title: Name of the sheet.
        rows: The cells, row by row.
        rtl: Whether the sheet runs from right to left.
    """
    book = Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "A2"
    for number, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(vertical="top")
    for column, cells in enumerate(zip(*rows, strict=True), start=1):
        width = max(map(len, cells))
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 3, 10), 48)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
