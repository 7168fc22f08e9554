"""Tables of real values, which each format writes in its own way.

A ``Sheet`` holds numbers as numbers and times as times. CSV, XLSX and JSON keep them so; a
paper shows them as the language writes them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from congress.i18n.translator import Translator
from congress.secretariat.blocks import Align, Table, TableColumn

Cell: TypeAlias = "str | int | Fraction | datetime | date | None"


class ColumnKind(StrEnum):
    """What the cells of a column are.

    A share is a part of one, written as a percentage; a moment is a date with a time of
    day, shown as the time alone where space is short.
    """

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    MOMENT = "moment"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: Its name in JSON, the same in every language.
        title: Its title in the language of the sheet.
        kind: What its cells are.
        width: Its share of the width of a paper, or ``auto``.
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: str = "auto"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of values.

    Attributes:
        key: Its name in file names and JSON, the same in every language.
        title: Its title in the language of the sheet.
        columns: The columns.
        rows: The rows, each as long as ``columns``.
        totals: The rows that sum up, by index.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[int, ...] = ()


def written(tr: Translator, kind: ColumnKind, value: Cell) -> str:
    """Return a cell as the language of ``tr`` writes it; nothing is an empty text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return tr.time(value) if kind is ColumnKind.TIME else tr.datetime(value)
        case date():
            return tr.date(value)
        case _ if kind is ColumnKind.SHARE:
            return tr.percent(value, 1)
        case _:
            return tr.number(value)


def _shown(tr: Translator, kind: ColumnKind, value: Cell) -> str:
    text = written(tr, kind, value)
    if tr.rtl and isinstance(value, (int, Fraction)):
        # Left to right, or the sign of a negative number would stand behind it.
        return f"\u2066{text}\u2069"
    return tr.isolated(text)


def as_table(tr: Translator, sheet: Sheet, *, caption: bool = True) -> Table:
    """Return ``sheet`` as the block of a paper, with its title as caption if wanted."""
    numbers = (ColumnKind.NUMBER, ColumnKind.SHARE)
    return Table(
        caption=sheet.title if caption else "",
        columns=tuple(
            TableColumn(
                column.title,
                Align.NUMBER if column.kind in numbers else Align.START,
                column.width,
            )
            for column in sheet.columns
        ),
        rows=tuple(
            tuple(
                _shown(tr, column.kind, value)
                for column, value in zip(sheet.columns, row, strict=True)
            )
            for row in sheet.rows
        ),
        totals=sheet.totals,
    )
