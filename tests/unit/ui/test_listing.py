from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress.docs.agenda import Agenda, natural
from congress.docs.filters import SearchFilter
from congress.docs.model import Paper, PaperKind, PaperType, TextOrigin
from congress.docs.places import Progress
from congress.docs.reading_list import Marks
from congress.kernel.canonical import Json
from congress.kernel.ids import GroupId, PaperId, VersionId
from congress.kernel.roles import Clearance, Shelf
from congress.ui.models.listing import (
    Facet,
    Filters,
    Heading,
    ListedPaper,
    Listing,
    chosen_before,
    shelf_of,
    shelf_value,
    told,
)
from congress.ui.models.ordering import Sort

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
GROUP = GroupId("g" * 26)


def paper(name: str, **fields: object) -> Paper:
    base = Paper(
        id=PaperId(name * 26),
        title=name,
        language="en",
        clearance=Clearance.PUBLIC,
        kind=PaperKind.PDF,
        file=f"{name}.pdf",
        pages=4,
        size=900,
        origin=TextOrigin.PDF,
        imported_at=NOON,
        updated_at=NOON,
        version_id=VersionId("v" * 26),
    )
    return replace(base, **fields)  # type: ignore[arg-type]


PAPERS = (
    paper("a", number="10", agenda="2. Finances", type=PaperType.REPORT),
    paper("b", number="2", agenda="2. Finances", language="vi", updated_at=NOON + timedelta(1)),
    paper("c", agenda="10. Any other business", dated=date(2026, 3, 9), type=PaperType.DRAFT),
    paper("d", number="1", clearance=Clearance.RESTRICTED, group=GROUP, dated=date(2026, 1, 1)),
)
MARKS = Marks(
    {
        PAPERS[0].id: Progress(VersionId("o" * 26), 4, 4, NOON),
        PAPERS[1].id: Progress(VersionId("v" * 26), 1, 4, NOON),
    },
    frozenset({PAPERS[2].id}),
)
LISTING = Listing(PAPERS, MARKS, {GROUP: "Finance group"}, NOON.date())


def names(filters: Filters = Filters(), sort: Sort = Sort.AGENDA) -> str:  # noqa: B008
    rows = LISTING.arranged(filters, sort, grouped=False).rows
    return "".join(row.paper.title for row in rows if isinstance(row, ListedPaper))


def chosen(**values: str | tuple[str, ...]) -> Filters:
    filters = Filters()
    for facet, wanted in values.items():
        for value in (wanted,) if isinstance(wanted, str) else wanted:
            filters = filters.toggled(Facet(facet), value)
    return filters


@pytest.mark.parametrize(
    ("sort", "order"),
    [(Sort.AGENDA, "bacd"), (Sort.NEWEST, "bacd"), (Sort.TITLE, "abcd"), (Sort.NUMBER, "dbac")],
)
def test_papers_are_sorted(sort: Sort, order: str) -> None:
    assert names(sort=sort) == order


def test_papers_and_choices_follow_the_programme() -> None:
    items = sorted({paper.agenda for paper in PAPERS if paper.agenda})
    for planned in (items, items[::-1]):
        listing = Listing(PAPERS, agenda=Agenda.of(planned))
        found = listing.arranged(Filters(), Sort.AGENDA, grouped=True)
        headings = [row.agenda for row in found.rows if isinstance(row, Heading)]
        assert headings == [*planned, ""]
        assert [value for value, _ in found.counts[Facet.AGENDA]] == [*planned, ""]
        flat = listing.arranged(Filters(), Sort.AGENDA, grouped=False)
        assert list(flat.rows) == [row for row in found.rows if isinstance(row, ListedPaper)]


def test_numbers_sort_by_their_size_and_marks_make_no_difference() -> None:
    assert sorted(["12/b", "2", "12/a", "đ", "dz"], key=natural) == ["2", "12/a", "12/b", "đ", "dz"]


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (chosen(), "bacd"),
        (chosen(language="vi"), "b"),
        (chosen(agenda="2. Finances"), "ba"),
        (chosen(agenda=("2. Finances", "")), "bad"),
        (chosen(type="report"), "a"),
        (chosen(shelf=shelf_value(Shelf(Clearance.RESTRICTED, GROUP))), "d"),
        (chosen(date="today"), "ba"),
        (chosen(date=("week", "earlier")), "cd"),
        (chosen(state="unread"), "cd"),
        (chosen(state="updated"), "a"),
        (chosen(state="mine"), "bac"),
        (chosen(state=("unread", "updated")), "acd"),
        (chosen(state="mine", language="en"), "ac"),
        (chosen(language="ur"), ""),
    ],
)
def test_filters_keep_in_the_list_what_they_keep_in_a_search(filters: Filters, kept: str) -> None:
    assert sorted(names(filters)) == sorted(kept)
    wanted = LISTING.search_filter(filters)
    assert sorted(each.title for each in PAPERS if wanted.keeps(each)) == sorted(kept)
    assert LISTING.arranged(filters, Sort.TITLE, grouped=True).kept == len(kept)


def test_without_filters_a_search_is_not_held_back() -> None:
    assert LISTING.search_filter(Filters()) == SearchFilter()


def test_a_value_is_chosen_and_not_chosen_again() -> None:
    once = Filters().toggled(Facet.LANGUAGE, "vi")
    assert (once.active, once.toggled(Facet.LANGUAGE, "vi")) == (1, Filters())


def test_counts_tell_what_a_value_would_keep_beside_the_other_filters() -> None:
    counts = LISTING.arranged(chosen(language="en"), Sort.TITLE, grouped=False).counts
    assert counts[Facet.LANGUAGE] == [("en", 3), ("vi", 1)]
    assert counts[Facet.AGENDA] == [("2. Finances", 1), ("10. Any other business", 1), ("", 1)]
    assert counts[Facet.STATE] == [("unread", 2), ("updated", 1), ("mine", 2)]
    assert counts[Facet.SHELF] == [
        ("public", 2),
        (shelf_value(Shelf(Clearance.RESTRICTED, GROUP)), 1),
    ]
    assert counts[Facet.DATE] == [("today", 1), ("week", 1), ("earlier", 1)]


def test_a_chosen_value_that_no_paper_has_any_more_can_be_taken_back() -> None:
    counts = LISTING.arranged(chosen(language="ur"), Sort.TITLE, grouped=False).counts
    assert ("ur", 0) in counts[Facet.LANGUAGE]


def test_papers_stand_under_the_items_of_the_agenda() -> None:
    rows = LISTING.arranged(Filters(), Sort.NEWEST, grouped=True).rows
    shown = [row if isinstance(row, Heading) else row.paper.title for row in rows]
    assert shown == [
        Heading("2. Finances", 2),
        "b",
        "a",
        Heading("10. Any other business", 1),
        "c",
        Heading("", 1),
        "d",
    ]


def test_marks_and_sums() -> None:
    assert [row.percent for row in LISTING.rows] == [0, 25, 0, 0]
    assert LISTING.pages == 16
    assert LISTING.by_id[PAPERS[1].id].mine


def test_shelves_are_written_and_read() -> None:
    for shelf in (Shelf(Clearance.SECRET), Shelf(Clearance.RESTRICTED, GROUP)):
        assert shelf_of(shelf_value(shelf)) == shelf


def test_choices_are_told_again() -> None:
    filters = chosen(agenda=("2. Finances", ""), state="mine", shelf="secret")
    assert chosen_before(told(filters, Sort.TITLE, grouped=True)) == (filters, Sort.TITLE, True)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "odd",
        {"sort": "odd", "grouped": 1, "filters": {"odd": ["x"], "language": ["xx"], "state": 1}},
        {"filters": {"shelf": ["odd/x"], "type": [1], "date": ["never"]}},
    ],
)
def test_unknown_choices_are_the_default(kept: Json) -> None:
    assert chosen_before(kept) == (Filters(), Sort.AGENDA, False)
