"""Writes sheets as JSON that programs can read: the same values, the same bytes every time.

Keys are the same in every language. Numbers are integers, or exact fractions as text
(``"20/29"``); moments are ISO 8601 with their offset from UTC. There are no floats.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from congress.secretariat.model import Cover
from congress.secretariat.worksheet import Cell, Sheet


def _value(value: Cell) -> str | int | None:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Fraction():
            return value.numerator if value.denominator == 1 else str(value)
        case _:
            return value


def json_bytes(kind: str, lang: str, cover: Cover, sheets: Sequence[Sheet]) -> bytes:
    """Return ``sheets`` as a JSON file.

    Args:
        kind: Which paper this is, for instance ``"results"``.
        lang: The language of its texts.
        cover: The congress.
        sheets: The tables; a row becomes an object with the keys of the columns.
    """
    content = {
        "format": "paperless-congress/export/1",
        "paper": kind,
        "language": lang,
        "congress": {
            "name": cover.name,
            "place": cover.place,
            "starts": _value(cover.starts),
            "ends": _value(cover.ends),
        },
        "issued": _value(cover.issued),
        "tables": {
            sheet.key: [
                {
                    column.key: _value(value)
                    for column, value in zip(sheet.columns, row, strict=True)
                }
                for i, row in enumerate(sheet.rows)
                if i not in sheet.totals
            ]
            for sheet in sheets
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
