"""The programme of the congress: its items, what is on now, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from congress.kernel.events import Event

ItemId = NewType("ItemId", str)


class ItemKind(StrEnum):
    """What happens during an item of the programme."""

    OPENING = "opening"
    REPORT = "report"
    DEBATE = "debate"
    VOTE = "vote"
    ELECTION = "election"
    BREAK = "break"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the programme.

    Attributes:
        id: Random identifier; stays the same when the programme is imported again.
        starts: When it begins, aware, in UTC.
        ends: When it ends, aware, in UTC; after ``starts``.
        title: What it is called.
        session: Name of the session it belongs to, or empty.
        kind: What happens during it.
        papers: Titles or file names of the papers it is about.
        poll: Title of the motion or election it decides, or empty.
    """

    id: ItemId
    starts: datetime
    ends: datetime
    title: str
    session: str = ""
    kind: ItemKind = ItemKind.DEBATE
    papers: tuple[str, ...] = ()
    poll: str = ""


@dataclass(frozen=True, slots=True)
class NowAndNext:
    """Where the programme stands.

    Attributes:
        now: The item under way, or ``None``. Of several, the one that began last.
        next: The item that begins next, or ``None`` after the last.
    """

    now: Item | None
    next: Item | None


class ItemField(StrEnum):
    """The columns of a programme file."""

    DATE = "date"
    STARTS = "starts"
    ENDS = "ends"
    TITLE = "title"
    SESSION = "session"
    KIND = "kind"
    PAPERS = "papers"
    POLL = "poll"


class ItemReason(StrEnum):
    """Why a cell of a programme file is refused."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    ENDS_EARLY = "ends_early"
    UNKNOWN_KIND = "unknown_kind"


@dataclass(frozen=True, slots=True)
class ItemFault:
    """One cell of a programme file that is refused.

    Attributes:
        row: The row, as a spreadsheet shows it.
        field: The column.
        reason: Why.
    """

    row: int
    field: ItemField
    reason: ItemReason


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    """What the import of a programme takes over, and what it refuses.

    Attributes:
        file: Name of the file.
        items: The items of its good rows, in order of time.
        faults: Everything that is wrong with the others.
    """

    file: str
    items: tuple[Item, ...]
    faults: tuple[ItemFault, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeChanged(Event):
    """The programme changed; ``items`` is how many it has now."""

    items: int


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items in order of time, an item that holds others before them."""
    return tuple(sorted(items, key=lambda item: (item.starts, -item.ends.timestamp(), item.title)))


def at(items: Iterable[Item], moment: datetime) -> NowAndNext:
    """Return what is under way at ``moment`` and what begins next."""
    ordered = in_order(items)
    running = [item for item in ordered if item.starts <= moment < item.ends]
    coming = [item for item in ordered if item.starts > moment]
    return NowAndNext(running[-1] if running else None, coming[0] if coming else None)
