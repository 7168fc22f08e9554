"""Writes a sheet as CSV that spreadsheets open rightly and that cannot act on them.

UTF-8 with a byte order mark (without it, Excel reads another encoding), CRLF lines and
double quotes as in RFC 4180. A text that a spreadsheet would take for a formula gets an
apostrophe in front (OWASP, "CSV Injection").
"""

import csv
import io
from datetime import date, datetime
from fractions import Fraction

from congress.i18n.translator import Translator
from congress.secretariat.worksheet import Cell, ColumnKind, Sheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    A start after spaces counts too: some programs trim a cell before they look at it.
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


def _field(tr: Translator, kind: ColumnKind, value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Fraction() if kind is ColumnKind.SHARE:
            return tr.percent(value, 1)
        case Fraction() if value.denominator != 1:
            return f"{float(value):.12g}"
        case _:
            return str(value)


def csv_bytes(tr: Translator, sheet: Sheet) -> bytes:
    """Return ``sheet`` as a CSV file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([harmless(column.title) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow(
            [
                _field(tr, column.kind, value)
                for column, value in zip(sheet.columns, row, strict=True)
            ]
        )
    return stream.getvalue().encode("utf-8-sig")
