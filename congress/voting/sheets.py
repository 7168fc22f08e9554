"""Where everything stands on a printed ballot paper, in millimetres.

The same places are printed and, when a scan comes back, read: nothing has to be found on the
page but its four corner marks. A page is A4, upright. For a language written from right to left
the page is its own mirror image.

A ballot paper bears no number and nothing else that would tell it from another one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.kernel.ids import PollId, is_id
from congress.voting.model import Contest, Method, Plan

WIDTH, HEIGHT = 210.0, 297.0
"""The page, in millimetres."""

MARK_SIDE = 7.0
MARK_CENTRES = ((14.0, 14.0), (196.0, 14.0), (196.0, 283.0), (14.0, 283.0))
"""Centres of the four black squares, clockwise from the top left."""

_PREFIX = "PCS1:"
_START, _END = 24.0, 186.0
_QR_SIDE = 26.0
_HEAD_TOP, _HEAD_HIGH, _FIRST_TOP, _NEXT_TOP = 20.0, 50.0, 74.0, 50.0
_BOTTOM = 254.0
_STAMP_TOP, _STAMP_HIGH = 258.0, 16.0
_HEADING, _ROW, _GAP = 15.0, 11.0, 5.0
_BOX, _NUMBER = 6.5, 9.0
_BOX_STEP = 20.0
_GUTTER = 8.0
_LONG = 15


class TargetKind(StrEnum):
    """How a voter answers in one place of the page."""

    BOX = "box"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    def mirrored(self) -> "Area":
        """Return where this stands on a page that is read from right to left."""
        return Area(WIDTH - self.x - self.width, self.y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Target:
    """A place in which a voter makes or leaves a mark.

    Attributes:
        page: Page of the ballot paper, from 0.
        contest: Position of the contest in the poll, from 0.
        cell: The cell of the ballot that this place stands for; for a number the candidate.
        kind: A box to mark, a name to strike out, or a box for a number.
        area: Where it is.
    """

    page: int
    contest: int
    cell: str
    kind: TargetKind
    area: Area


@dataclass(frozen=True, slots=True)
class Row:
    """The line of one candidate or one answer.

    Attributes:
        page: Page, from 0.
        contest: Position of the contest.
        subject: Identifier of the candidate, or the answer ``yes``, ``no``, ``abstain``.
        name: Where the name is printed.
        area: The whole line.
    """

    page: int
    contest: int
    subject: str
    name: Area
    area: Area


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a contest, repeated on every page and column it goes on in.

    Attributes:
        page: Page, from 0.
        contest: Position of the contest.
        area: Where title and hint are printed.
        labels: Words over the boxes, ``agree`` and ``disagree``, and where.
        again: Whether the contest began earlier.
    """

    page: int
    contest: int
    area: Area
    labels: tuple[tuple[str, Area], ...]
    again: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ballot paper.

    Attributes:
        rtl: Whether it is read from right to left.
        pages: How many pages it has.
        head: Where the congress, the poll and the instruction stand on the first page.
        running: Where the poll is named on the pages after it.
        qr: Where the code of the page is.
        stamp: Where the committee stamps it; ink there means nothing.
        headings: Of the contests.
        rows: Of the candidates and answers.
        targets: What a voter marks.
    """

    rtl: bool
    pages: int
    head: Area
    running: Area
    qr: Area
    stamp: Area
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    targets: tuple[Target, ...]

    def on_page(self, page: int) -> tuple[Target, ...]:
        """Return the places to be marked on one page."""
        return tuple(target for target in self.targets if target.page == page)


def page_code(poll_id: PollId, page: int) -> str:
    """Return what the QR code of a page says: the poll and the page, nothing else."""
    return f"{_PREFIX}{poll_id.upper()}:{page}"


def read_page_code(text: str) -> tuple[PollId, int] | None:
    """Return poll and page of a code, or ``None`` if it is not the code of a ballot paper."""
    poll, _, page = text.removeprefix(_PREFIX).partition(":")
    known = text.startswith(_PREFIX) and is_id(poll.lower()) and page.isascii() and page.isdigit()
    return (PollId(poll.lower()), int(page)) if known and len(page) < 4 else None


def sheet_of(plan: Plan, *, rtl: bool) -> Sheet:
    """Return the ballot paper of a poll.

    Args:
        plan: What is voted on.
        rtl: Whether it is printed in a language written from right to left.
    """
    flow = _Flow()
    for position, contest in enumerate(plan.contests):
        _place(flow, position, contest)
    areas = _Areas(rtl)
    return Sheet(
        rtl,
        flow.page + 1,
        areas.turned(Area(_START, _HEAD_TOP, _END - _START - _QR_SIDE - 6, _HEAD_HIGH)),
        areas.turned(Area(_START, _HEAD_TOP, _END - _START - _QR_SIDE - 6, _QR_SIDE)),
        areas.turned(Area(_END - _QR_SIDE, _HEAD_TOP, _QR_SIDE, _QR_SIDE)),
        areas.turned(Area(_START, _STAMP_TOP, _END - _START, _STAMP_HIGH)),
        tuple(areas.heading(item) for item in flow.headings),
        tuple(areas.row(item) for item in flow.rows),
        tuple(areas.target(item) for item in flow.targets),
    )


@dataclass(frozen=True, slots=True)
class _Areas:
    rtl: bool

    def turned(self, area: Area) -> Area:
        return area.mirrored() if self.rtl else area

    def heading(self, item: Heading) -> Heading:
        labels = tuple((word, self.turned(area)) for word, area in item.labels)
        return Heading(item.page, item.contest, self.turned(item.area), labels, item.again)

    def row(self, item: Row) -> Row:
        name, area = self.turned(item.name), self.turned(item.area)
        return Row(item.page, item.contest, item.subject, name, area)

    def target(self, item: Target) -> Target:
        return Target(item.page, item.contest, item.cell, item.kind, self.turned(item.area))


class _Flow:
    """Fills pages from the top, in one column or two."""

    def __init__(self) -> None:
        self.page, self.y = 0, _FIRST_TOP
        self.headings: list[Heading] = []
        self.rows: list[Row] = []
        self.targets: list[Target] = []

    @property
    def room(self) -> float:
        return _BOTTOM - self.y

    def turn(self) -> None:
        self.page, self.y = self.page + 1, _NEXT_TOP


def _place(flow: _Flow, position: int, contest: Contest) -> None:
    subjects = _subjects(contest)
    columns = 2 if len(subjects) > _LONG else 1
    left = list(subjects)
    again = False
    while left:
        if flow.room < _HEADING + min(3, len(left)) * _ROW:
            flow.turn()
        fitting = int((flow.room - _HEADING) // _ROW)
        here = left[: fitting * columns]
        each = -(-len(here) // columns)
        wide = (_END - _START - _GUTTER * (columns - 1)) / columns
        for column, chunk in enumerate(_chunks(here, each)):
            x = _START + column * (wide + _GUTTER)
            _column(flow, position, contest, chunk, x, wide, again=again or column > 0)
        flow.y += _HEADING + each * _ROW + _GAP
        left, again = left[len(here) :], True


def _subjects(contest: Contest) -> tuple[str, ...]:
    if contest.method is Method.YES_NO_ABSTAIN:
        return ("yes", "no", "abstain")
    return tuple(candidate.id for candidate in contest.candidates)


def _chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), max(1, size)):
        yield items[start : start + size]


def _column(
    flow: _Flow,
    position: int,
    contest: Contest,
    subjects: Sequence[str],
    x: float,
    wide: float,
    *,
    again: bool,
) -> None:
    boxes = _boxes(contest.method)
    name_wide = wide - len(boxes) * _BOX_STEP if boxes else wide
    labels = tuple(
        (label, Area(x + name_wide + at * _BOX_STEP, flow.y + _HEADING - 6, _BOX_STEP, 5.5))
        for at, (label, _, _) in enumerate(boxes)
        if label
    )
    head = Area(x, flow.y, wide, _HEADING - (6 if labels else 1))
    flow.headings.append(Heading(flow.page, position, head, labels, again))
    for line, subject in enumerate(subjects):
        top = flow.y + _HEADING + line * _ROW
        area = Area(x, top, wide, _ROW)
        name = Area(x + 2, top + 1, name_wide - 4, _ROW - 2)
        flow.rows.append(Row(flow.page, position, subject, name, area))
        if not boxes:
            flow.targets.append(Target(flow.page, position, subject, TargetKind.NAME, name))
        for at, (_, suffix, side) in enumerate(boxes):
            kind = TargetKind.NUMBER if side == _NUMBER else TargetKind.BOX
            centre = x + name_wide + (at + 0.5) * _BOX_STEP
            box = Area(centre - side / 2, top + (_ROW - side) / 2, side, side)
            flow.targets.append(Target(flow.page, position, subject + suffix, kind, box))


def _boxes(method: Method) -> tuple[tuple[str, str, float], ...]:
    """Return word above, suffix of the cell and side in millimetres of the boxes of a line."""
    match method:
        case Method.STRIKE_OUT:
            return ()
        case Method.AGREE_DISAGREE:
            return (("agree", ":agree", _BOX), ("disagree", ":disagree", _BOX))
        case Method.YES_NO_ABSTAIN | Method.PLURALITY | Method.K_OF_N | Method.APPROVAL:
            return (("", "", _BOX),)
    return (("", "", _NUMBER),)
