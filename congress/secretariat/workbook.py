"""Writes sheets as one XLSX workbook: real numbers and dates, mirrored for Urdu."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from congress.i18n.translator import Translator
from congress.secretariat.worksheet import Cell, ColumnKind, Sheet, written

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_TITLE_LENGTH = 31
_WIDEST = 60
_FORMATS = {
    ColumnKind.SHARE: "0.0%",
    ColumnKind.MOMENT: "yyyy-mm-dd hh:mm",
    ColumnKind.TIME: "hh:mm",
}
_HEAD_FILL = PatternFill("solid", fgColor="0F5C5C")
_RULE = Border(top=Side(style="thin", color="1C1B1A"))


def _text(cell: Any, text: str) -> None:
    """Put a text as a text whatever it starts with: openpyxl takes "=1" for a formula."""
    cell.value = _CONTROLS.sub("", text)
    cell.data_type = "s"


def _put(cell: Any, kind: ColumnKind, value: Cell) -> None:
    match value:
        case None:
            return
        case str():
            _text(cell, value)
            return
        case datetime():
            cell.value = value.replace(tzinfo=None)
        case Fraction():
            cell.value = value.numerator if value.denominator == 1 else float(value)
        case _:
            cell.value = value
    if kind in _FORMATS:
        cell.number_format = _FORMATS[kind]


def _fill(tr: Translator, page: Worksheet, sheet: Sheet) -> None:
    page.sheet_view.rightToLeft = tr.rtl
    page.freeze_panes = "A2"
    for x, column in enumerate(sheet.columns, start=1):
        head = page.cell(row=1, column=x)
        _text(head, column.title)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = _HEAD_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        longest = max((len(written(tr, column.kind, row[x - 1])) for row in sheet.rows), default=0)
        page.column_dimensions[get_column_letter(x)].width = min(
            _WIDEST, max(longest, len(column.title)) + 3
        )
    for y, row in enumerate(sheet.rows):
        for x, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell = page.cell(row=y + 2, column=x)
            _put(cell, column.kind, value)
            if y in sheet.totals:
                cell.font = Font(bold=True)
                cell.border = _RULE


def xlsx_bytes(tr: Translator, sheets: Sequence[Sheet], *, issued: datetime, title: str) -> bytes:
    """Return ``sheets`` as a workbook, one tab each, in their order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.creator = "Paperless Congress"
    book.properties.created = issued.replace(tzinfo=None)
    for sheet in sheets:
        # openpyxl numbers a second tab of the same name.
        name = _NOT_IN_TITLES.sub(" ", sheet.title)[:_TITLE_LENGTH].strip()
        _fill(tr, book.create_sheet(name), sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
