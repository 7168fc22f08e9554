"""Reads a programme from a table: a pure function that accounts for every row."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar

from congress.floor.model import (
    Item,
    ItemFault,
    ItemField,
    ItemId,
    ItemKind,
    ItemReason,
    ProgrammeReport,
    in_order,
)
from congress.kernel.errors import InputError
from congress.kernel.folding import fold
from congress.kernel.ids import new_id
from congress.kernel.table import Row, Table
from congress.kernel.text import text_fault, tidy

LONGEST = 200
"""The most characters of a title, a session, a paper or a poll."""

# Headings and kinds in English, Vietnamese and Urdu; compared folded.
_HEADINGS: Mapping[ItemField, str] = {
    ItemField.DATE: "date|day|ngày|تاریخ|دن",
    ItemField.STARTS: "start|starts|from|begin|begins|time|bắt đầu|từ|giờ|giờ bắt đầu|آغاز|وقت|سے",
    ItemField.ENDS: "end|ends|to|until|kết thúc|đến|giờ kết thúc|اختتام|تک",
    ItemField.TITLE: "title|item|agenda item|subject|nội dung|tiêu đề|mục|عنوان|موضوع|شق",
    ItemField.SESSION: "session|sitting|phiên|phiên họp|buổi|نشست|اجلاس",
    ItemField.KIND: "kind|type|loại|hình thức|قسم|نوعیت",
    ItemField.PAPERS: "paper|papers|document|documents|tài liệu|văn kiện|دستاویز|دستاویزات|کاغذات",
    ItemField.POLL: "poll|motion|election|biểu quyết|bầu cử|رائے شماری|قرارداد|انتخاب",
}
_KINDS: Mapping[ItemKind, str] = {
    ItemKind.OPENING: "opening|khai mạc|افتتاح",
    ItemKind.REPORT: "report|address|presentation|báo cáo|trình bày|رپورٹ|خطاب",
    ItemKind.DEBATE: "debate|discussion|thảo luận|tham luận|بحث",
    ItemKind.VOTE: "vote|motion|biểu quyết|رائے شماری|قرارداد",
    ItemKind.ELECTION: "election|bầu cử|انتخاب|انتخابات",
    ItemKind.BREAK: "break|recess|lunch|nghỉ|giải lao|nghỉ trưa|وقفہ|ظہرانہ",
    ItemKind.CLOSING: "closing|bế mạc|اختتام|اختتامی",
}
_REQUIRED = (ItemField.STARTS, ItemField.ENDS, ItemField.TITLE)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[t ].*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_TIME = re.compile(
    r"(?:\d{4}-\d\d-\d\d[t ])?(\d{1,2})([:.h](\d\d)?(?::\d\d)?)? ?(am|pm)?", re.ASCII
)
_YEARS = range(1900, 2200)
_NO_PAPERS: tuple[str, ...] = ()

_Value = TypeVar("_Value")


class _Refused(Exception):
    def __init__(self, reason: ItemReason) -> None:
        super().__init__(reason)
        self.reason = reason


def _words(table: Mapping[_Value, str]) -> Mapping[str, _Value]:
    return {fold(word): value for value, words in table.items() for word in words.split("|")}


_FIELD_OF = _words(_HEADINGS)
_KIND_OF = _words(_KINDS)


def _plain(text: str) -> str:
    return " ".join(fold(text[:100]).split())


def _date(text: str, default: date | None) -> date:
    word = _plain(text)
    if not word and default:
        return default
    if match := _YEAR_FIRST.fullmatch(word):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(word):
        day, month, year = map(int, match.groups())
    else:
        raise _Refused(ItemReason.NOT_A_DATE if word else ItemReason.EMPTY)
    if year not in _YEARS:
        raise _Refused(ItemReason.NOT_A_DATE)
    try:
        return date(year, month, day)
    except ValueError:
        raise _Refused(ItemReason.NOT_A_DATE) from None


def _time(text: str) -> time:
    word = _plain(text)
    match = _TIME.fullmatch(word)
    if not match or not (match[2] or match[4]):
        raise _Refused(ItemReason.NOT_A_TIME if word else ItemReason.EMPTY)
    hour, minute, half = int(match[1]), int(match[3] or 0), match[4]
    if half:
        if not 1 <= hour <= 12:
            raise _Refused(ItemReason.NOT_A_TIME)
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise _Refused(ItemReason.NOT_A_TIME) from None


def _text(text: str) -> str:
    if len(text) > 10 * LONGEST:
        raise _Refused(ItemReason.TOO_LONG)
    if text_fault(text):
        raise _Refused(ItemReason.UNREADABLE)
    value = tidy(text)
    if len(value) > LONGEST:
        raise _Refused(ItemReason.TOO_LONG)
    return value


def _kind(text: str) -> ItemKind:
    word = _plain(text)
    if word and word not in _KIND_OF:
        raise _Refused(ItemReason.UNKNOWN_KIND)
    return _KIND_OF[word] if word else ItemKind.DEBATE


def heading(table: Table) -> tuple[int, dict[ItemField, int]]:
    """Return the number of the row with the headings, and the column of each field.

    Raises:
        InputError: ``floor.no_heading`` if no row names the beginning, the end and the title.
    """
    for row in table.rows:
        columns: dict[ItemField, int] = {}
        for column, text in enumerate(row.cells):
            field = _FIELD_OF.get(_plain(text))
            if field:
                columns.setdefault(field, column)
        if all(field in columns for field in _REQUIRED):
            return row.number, columns
    raise InputError("floor.no_heading", file=table.file)


def plan_programme(table: Table, zone: tzinfo, day: date | None = None) -> ProgrammeReport:
    """Return the items that the rows of ``table`` describe, and what is wrong with the others.

    Args:
        table: The rows: date, beginning, end, title, session, kind, papers (parted by
            semicolons), poll; in any order, headed in English, Vietnamese or Urdu.
        zone: The time zone in which the file gives its times.
        day: The day of rows without a date; without it a date is needed.

    Raises:
        InputError: ``floor.no_heading``.
    """
    number, columns = heading(table)
    items: list[Item] = []
    faults: list[ItemFault] = []
    for row in table.rows:
        if row.number <= number:
            continue
        found = _read(row, columns, zone, day)
        if isinstance(found, Item):
            items.append(found)
        else:
            faults.extend(found)
    return ProgrammeReport(table.file, in_order(items), tuple(faults))


def _read(
    row: Row, columns: Mapping[ItemField, int], zone: tzinfo, default: date | None
) -> Item | list[ItemFault]:
    faults: list[ItemFault] = []

    def cell(field: ItemField) -> str:
        column = columns.get(field, len(row.cells))
        return row.cells[column] if column < len(row.cells) else ""

    def take(field: ItemField, reader: Callable[[str], _Value], fallback: _Value) -> _Value:
        try:
            return reader(cell(field))
        except _Refused as refused:
            faults.append(ItemFault(row.number, field, refused.reason))
            return fallback

    day = take(ItemField.DATE, lambda text: _date(text, default), date.min)
    starts = take(ItemField.STARTS, _time, time.min)
    ends = take(ItemField.ENDS, _time, time.max)
    title = take(ItemField.TITLE, _title, "")
    session = take(ItemField.SESSION, _text, "")
    kind = take(ItemField.KIND, _kind, ItemKind.DEBATE)
    papers = take(ItemField.PAPERS, _papers, _NO_PAPERS)
    poll = take(ItemField.POLL, _text, "")
    if not faults and ends <= starts:
        faults.append(ItemFault(row.number, ItemField.ENDS, ItemReason.ENDS_EARLY))
    if faults:
        return faults
    return Item(
        id=ItemId(new_id()),
        starts=_moment(day, starts, zone),
        ends=_moment(day, ends, zone),
        title=title,
        session=session,
        kind=kind,
        papers=papers,
        poll=poll,
    )


def _title(text: str) -> str:
    title = _text(text)
    if not title:
        raise _Refused(ItemReason.EMPTY)
    return title


def _papers(text: str) -> tuple[str, ...]:
    return tuple(paper for part in text.split(";") if (paper := _text(part)))


def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
