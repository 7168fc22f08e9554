"""Reads a table of cells from a CSV or XLSX file, whatever its name ends with."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.table import Row, Table
from congress.people.encodings import decode

MAX_BYTES = 20 * 2**20
"""The largest file that is read."""

MAX_ROWS = 50_000
"""The most rows that are read."""

MAX_COLUMNS = 100
"""The most columns that are read."""

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_END = "\x1e"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_table(path: Path) -> Table:
    """Read the table in the file at ``path``.

    Raises:
        EnvironmentFault: ``table.cannot_open``.
        InputError: As ``parse_table``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise EnvironmentFault("table.cannot_open", file=path.name) from error
    return parse_table(path.name, data)


def parse_table(file: str, data: bytes) -> Table:
    """Return the table that the bytes of a file hold.

    Args:
        file: Name of the file, for messages.
        data: Its bytes.

    Raises:
        InputError: ``table.empty``, ``table.too_large``, ``table.too_many_rows``,
            ``table.too_many_columns``, ``table.encoding``, ``table.not_a_table``,
            ``table.damaged``, ``table.open_quote``, ``table.old_excel``,
            ``table.protected``.
    """
    if len(data) > MAX_BYTES:
        raise InputError("table.too_large", file=file, limit=MAX_BYTES // 2**20)
    if data.startswith(_OLE):
        kind = "protected" if _ENCRYPTED in data else "old_excel"
        raise InputError(f"table.{kind}", file=file)
    if data.startswith(b"PK"):
        # Imported here: openpyxl takes longer to import than a window to open.
        from congress.people.workbook import read_workbook

        rows, encoding = read_workbook(file, data, MAX_ROWS, MAX_COLUMNS), "xlsx"
    else:
        rows, encoding = _read_text(file, data)
    if not rows:
        raise InputError("table.empty", file=file)
    return Table(file, rows, encoding)


def _read_text(file: str, data: bytes) -> tuple[tuple[Row, ...], str]:
    if (b"\0" in data and not data.startswith(_WIDE)) or data.startswith(b"%PDF"):
        raise InputError("table.not_a_table", file=file)
    text, encoding = decode(data, file)
    rows: list[Row] = []
    number, last = 0, [""]
    try:
        for number, last in enumerate(_records(text), start=1):
            row = Row(number, tuple(last))
            if row.blank or last == [_END]:
                continue
            if len(rows) == MAX_ROWS:
                raise InputError("table.too_many_rows", file=file, limit=MAX_ROWS)
            if len(last) > MAX_COLUMNS:
                raise InputError("table.too_many_columns", file=file, limit=MAX_COLUMNS)
            rows.append(row)
    except csv.Error as error:
        raise InputError("table.damaged", file=file) from error
    if last != [_END]:
        raise InputError("table.open_quote", file=file, row=number)
    return tuple(rows), encoding


def _records(text: str) -> Iterator[list[str]]:
    """Parse ``text``; the last record is ``_END`` alone, unless an open quote swallowed it."""
    delimiter = ""
    first, newline, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={mark}".strip() for mark in _DELIMITERS}:
        delimiter, text = first.strip("\r\n")[4:5] or "\t", newline + rest
    delimiter = delimiter or _delimiter(text[:_SAMPLE])
    return csv.reader(io.StringIO(f"{text}\n{_END}\n", newline=""), delimiter=delimiter)


def _delimiter(sample: str) -> str:
    """Return the delimiter that cuts most rows into one same number of columns.

    One that leaves the quotation marks where they belong wins over one that does not.
    """
    best, choice = (False, 0.0, 0), ","
    for mark in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        rows, width = max((rows, width) for width, rows in Counter(widths).items())
        score = (_well_quoted(sample, mark), rows / len(widths), width)
        if width > 1 and score > best:
            best, choice = score, mark
    return choice


def _well_quoted(sample: str, mark: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(sample), delimiter=mark, strict=True):
            pass
    except csv.Error:
        return False
    return True
