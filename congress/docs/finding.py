"""Searches the files of all shelves a member holds, and ranks what they answer together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.docs import index_store, store
from congress.docs.model import Hit
from congress.docs.search import (
    Query,
    Tier,
    parse,
    snippet,
    squeezed_expression,
    words_expression,
)
from congress.kernel.roles import Shelf
from congress.storage.database import Database

_EXACT = 0.5
"""What a page gains that has the query with its very marks."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    shelf: Shelf
    row: int
    tier: Tier
    rank: float

    @property
    def score(self) -> float:
        return self.tier + _EXACT * self.rank / (1 + self.rank)


def find_pages(papers: Mapping[Shelf, Database], typed: str, limit: int) -> tuple[Hit, ...]:
    """Return the best ``limit`` pages for what was typed, from all files, best first."""
    query = parse(typed)
    best: dict[tuple[Shelf, int], _Candidate] = {}
    for tier in reversed(Tier):
        if tier is Tier.ANY and best:
            break
        for shelf, database in papers.items():
            for found in _answers(database, shelf, query, tier, limit):
                best.setdefault((shelf, found.row), found)
        if len(best) >= limit:
            break
    # Pages with the very marks may climb, so more of them are looked at.
    looked_at = 2 * limit if query.marked else limit
    chosen = sorted(best.values(), key=lambda each: -each.score)[:looked_at]
    hits = [
        hit
        for shelf, database in papers.items()
        for hit in _hits(database, query, [c for c in chosen if c.shelf == shelf])
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.title, hit.page))[:limit])


def _answers(
    database: Database, shelf: Shelf, query: Query, tier: Tier, limit: int
) -> list[_Candidate]:
    expressions = {
        "page_words": words_expression(query, tier),
        "page_squeezed": squeezed_expression(query, tier),
    }
    with database.reading() as connection:
        return [
            _Candidate(shelf, row, tier, rank)
            for table, expression in expressions.items()
            if expression
            for row, rank in index_store.find(connection, table, expression, 2 * limit).items()
        ]


def _hits(database: Database, query: Query, candidates: Sequence[_Candidate]) -> list[Hit]:
    if not candidates:
        return []
    with database.reading() as connection:
        pages = store.pages_at(connection, [each.row for each in candidates], candidates[0].shelf)
    return [_hit(query, each, pages[each.row]) for each in candidates if each.row in pages]


def _hit(query: Query, candidate: _Candidate, page: store.FoundPage) -> Hit:
    shown = snippet(query, page.text)
    return Hit(
        paper=page.paper.id,
        title=page.paper.title,
        file=page.paper.file,
        page=page.number,
        snippet=shown.text,
        highlights=shown.highlights,
        score=candidate.score + (_EXACT if shown.exact else 0.0),
        clearance=candidate.shelf.clearance,
    )
