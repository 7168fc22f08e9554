"""The papers on the library page: which are kept, in which order, under which headings. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from congress.docs.agenda import UNPLANNED, Agenda
from congress.docs.filters import SearchFilter, day_of
from congress.docs.model import Paper, PaperType
from congress.docs.reading_list import Marks, Reading
from congress.kernel.canonical import Json
from congress.kernel.ids import GroupId, PaperId
from congress.kernel.roles import Clearance, Shelf
from congress.kernel.settings import LANGUAGES
from congress.ui.models.ordering import ORDERS, Sort


class Facet(StrEnum):
    """What papers are filtered by, in the order of the page."""

    STATE = "state"
    AGENDA = "agenda"
    TYPE = "type"
    DATE = "date"
    LANGUAGE = "language"
    SHELF = "shelf"


STATES = ("unread", "updated", "mine")
DATES = ("today", "week", "month", "earlier")
_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper with what the member did with it.

    Attributes:
        paper: The paper.
        reading: How far the member is with it.
        percent: The share of its pages that were seen, 0 to 100.
        mine: Whether the member has opened it or wrote on it.
    """

    paper: Paper
    reading: Reading = Reading.UNREAD
    percent: int = 0
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The item of the agenda above its papers; empty above those of none.

    Attributes:
        agenda: The item, as written.
        count: How many papers follow.
    """

    agenda: str
    count: int


Row = ListedPaper | Heading


@dataclass(frozen=True)
class Filters:
    """Which papers are kept.

    Attributes:
        chosen: Values chosen in each facet; one without any keeps all.
    """

    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)

    def toggled(self, facet: Facet, value: str) -> "Filters":
        """Return these filters with one value chosen, or chosen no more."""
        values = self.chosen.get(facet, frozenset()) ^ {value}
        rest = {each: kept for each, kept in self.chosen.items() if each is not facet}
        return Filters({**rest, facet: values} if values else rest)

    @property
    def active(self) -> int:
        """How many values are chosen."""
        return sum(map(len, self.chosen.values()))


@dataclass(frozen=True)
class Arranged:
    """What the page shows.

    Attributes:
        rows: Papers, under headings if they are grouped.
        kept: How many papers there are among them.
        counts: For each facet its values in order, each with how many papers it would keep
            beside the choices of the other facets.
    """

    rows: Sequence[Row]
    kept: int
    counts: Mapping[Facet, Sequence[tuple[str, int]]]


class Listing:
    """All papers that a member may read, ready to be filtered while a person waits."""

    def __init__(
        self,
        papers: Sequence[Paper] = (),
        marks: Marks | None = None,
        groups: Mapping[GroupId, str] | None = None,
        today: date | None = None,
        agenda: Agenda = UNPLANNED,
    ) -> None:
        """Look at ``papers``.

        Args:
            papers: Each once.
            marks: What the member did with them.
            groups: The names of the groups that papers are restricted to.
            today: Tells what came today and this week; by default nothing did.
            agenda: The order of the items that papers belong to.
        """
        marks = marks or Marks()
        self.groups = groups or {}
        self._items = agenda
        self.rows = tuple(
            ListedPaper(paper, marks.reading(paper), marks.percent(paper), marks.is_mine(paper))
            for paper in papers
        )
        self._values = [_values(row, today or date.min) for row in self.rows]
        self._orders: dict[Sort, list[Any]] = {}

    @cached_property
    def by_id(self) -> Mapping[PaperId, ListedPaper]:
        """The papers by their identifiers."""
        return {row.paper.id: row for row in self.rows}

    @cached_property
    def pages(self) -> int:
        """How many pages all papers have together."""
        return sum(row.paper.pages for row in self.rows)

    @cached_property
    def _agenda(self) -> list[Any]:
        return [(self._items.place(row.paper.agenda), row.paper.agenda) for row in self.rows]

    def _order(self, sort: Sort) -> list[Any]:
        """Return the keys of an order, made when it is first wanted."""
        if sort not in self._orders:
            self._orders[sort] = [ORDERS[sort](row.paper) for row in self.rows]
        return self._orders[sort]

    def arranged(self, filters: Filters, sort: Sort, *, grouped: bool) -> Arranged:
        """Return the papers that ``filters`` keep, sorted, and under headings if ``grouped``."""
        counts: dict[Facet, dict[str, int]] = {
            facet: dict.fromkeys(filters.chosen.get(facet, ()), 0) for facet in Facet
        }
        places: list[int] = []
        facets = tuple(enumerate(Facet))
        chosen = [filters.chosen.get(facet) for facet in Facet]
        for place, values in enumerate(self._values):
            failed = [
                at for at, wanted in enumerate(chosen) if wanted and wanted.isdisjoint(values[at])
            ]
            if not failed:
                places.append(place)
            for at, facet in facets:
                one = not failed or failed == [at]
                for value in values[at]:
                    counts[facet][value] = counts[facet].get(value, 0) + one
        places.sort(key=self._order(sort).__getitem__)
        if grouped or sort is Sort.AGENDA:
            places.sort(key=self._agenda.__getitem__)
        kept = [self.rows[place] for place in places]
        return Arranged(
            rows=_headed(kept) if grouped else kept,
            kept=len(kept),
            counts={
                facet: sorted(found.items(), key=lambda each: self._value_order(facet, each[0]))
                for facet, found in counts.items()
            },
        )

    def _value_order(self, facet: Facet, value: str) -> Any:
        if facet is Facet.AGENDA:
            return self._items.place(value), value
        return _VALUE_ORDERS[facet](value)

    def search_filter(self, filters: Filters) -> SearchFilter:
        """Return what a search must keep so that it finds what ``filters`` keep."""
        chosen = filters.chosen
        told = [at for at, facet in enumerate(Facet) if facet in (Facet.STATE, Facet.DATE)]
        wanted = [chosen.get(facet) for facet in Facet]
        only = None
        if any(wanted[at] for at in told):
            only = frozenset(
                row.paper.id
                for row, values in zip(self.rows, self._values, strict=True)
                if all(not (some := wanted[at]) or some & values[at] for at in told)
            )
        return SearchFilter(
            languages=chosen.get(Facet.LANGUAGE, frozenset()),
            shelves=frozenset(map(shelf_of, chosen.get(Facet.SHELF, ()))),
            types=frozenset(map(PaperType, chosen.get(Facet.TYPE, ()))),
            agendas=chosen.get(Facet.AGENDA, frozenset()),
            only=only,
        )


def shelf_value(shelf: Shelf) -> str:
    """Return how a shelf is written as the value of a facet."""
    return f"{shelf.clearance}/{shelf.group}" if shelf.group else str(shelf.clearance)


def shelf_of(value: str) -> Shelf:
    """Return the shelf that ``shelf_value`` wrote as ``value``."""
    clearance, _, group = value.partition("/")
    return Shelf(Clearance(clearance), GroupId(group) if group else None)


def told(filters: Filters, sort: Sort, *, grouped: bool) -> Json:
    """Return choices as they are kept."""
    chosen = {str(facet): sorted(values) for facet, values in filters.chosen.items()}
    return {"filters": chosen, "sort": str(sort), "grouped": grouped}


def chosen_before(kept: Json) -> tuple[Filters, Sort, bool]:
    """Return the choices that ``told`` wrote; what is missing or unknown is the default."""
    if not isinstance(kept, Mapping):
        return Filters(), Sort.AGENDA, False
    filters, sort = kept.get("filters"), kept.get("sort")
    chosen = {
        facet: frozenset(str(value) for value in values if _known(facet, value))
        for facet in Facet
        if isinstance(filters, Mapping) and isinstance(values := filters.get(facet), Sequence)
    }
    return (
        Filters({facet: values for facet, values in chosen.items() if values}),
        Sort(sort) if sort in list(Sort) else Sort.AGENDA,
        kept.get("grouped") is True,
    )


_KNOWN: Mapping[Facet, Collection[str]] = {
    Facet.STATE: STATES,
    Facet.TYPE: tuple(PaperType),
    Facet.DATE: DATES,
    Facet.LANGUAGE: LANGUAGES,
}


def _known(facet: Facet, value: object) -> bool:
    if facet is Facet.SHELF:
        return str(value).partition("/")[0] in list(Clearance)
    return facet not in _KNOWN or value in _KNOWN[facet]


def _values(row: ListedPaper, today: date) -> tuple[frozenset[str], ...]:
    paper = row.paper
    states = {"mine"} if row.mine else set()
    if row.reading in (Reading.UNREAD, Reading.UPDATED):
        states.add(str(row.reading))
    return (
        frozenset(states),
        frozenset((paper.agenda,)),
        frozenset((str(paper.type),)),
        frozenset((_date(day_of(paper), today),)),
        frozenset((paper.language,)),
        frozenset((shelf_value(paper.shelf),)),
    )


def _date(day: date, today: date) -> str:
    if day >= today:
        return "today"
    return "week" if today - day < _WEEK else "month" if today - day < _MONTH else "earlier"


def _headed(papers: Sequence[ListedPaper]) -> list[Row]:
    sizes: dict[str, int] = {}
    for row in papers:
        sizes[row.paper.agenda] = sizes.get(row.paper.agenda, 0) + 1
    rows: list[Row] = []
    last: str | None = None
    for row in papers:
        if row.paper.agenda != last:
            last = row.paper.agenda
            rows.append(Heading(last, sizes[last]))
        rows.append(row)
    return rows


def _place_in(order: Sequence[str]) -> Callable[[str], Any]:
    return {value: at for at, value in enumerate(order)}.__getitem__


_VALUE_ORDERS: Mapping[Facet, Callable[[str], Any]] = {
    Facet.STATE: _place_in(STATES),
    Facet.TYPE: _place_in(tuple(PaperType)),
    Facet.DATE: _place_in(DATES),
    Facet.LANGUAGE: _place_in(LANGUAGES),
    Facet.SHELF: shelf_of,
}
