"""What a search reads from one file of papers: rows of the index, and the pages they stand for.

A search runs on every letter that is typed, and asks several files: every statement counts.
"""

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, String, func, select, type_coerce

from congress.docs.filters import SearchFilter
from congress.docs.store import page, paper, version
from congress.kernel.ids import PaperId
from congress.storage import faults
from congress.storage.database import Database

_IN_ROWS = "IN (SELECT value FROM json_each(?))"
_PAGES = (
    "SELECT page.id, page.number, page.text, page.spaced, paper.id, paper.title, version.file, "  # noqa: S608
    "paper.number, paper.agenda "
    "FROM page JOIN version ON version.id = page.version_id "
    f"JOIN paper ON paper.id = version.paper_id WHERE page.id {_IN_ROWS}"
)
_NEXT = (
    "SELECT page.id, following.text FROM page JOIN page AS following "  # noqa: S608
    "ON following.version_id = page.version_id AND following.number = page.number + 1 "
    f"WHERE page.id {_IN_ROWS}"
)
_VERSIONS = (
    "SELECT version.paper_id, max(page.id) AS last FROM page "
    "JOIN version ON version.id = page.version_id GROUP BY version.id ORDER BY last"
)
_TERMS = "SELECT term, cnt FROM page_terms WHERE col = 'folded' AND term >= ? AND term < ?"
_ARABIC = ("\u0600", "\u0780")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page as a search needs it.

    Attributes:
        row: Its number in the index.
        number: Page number, from 1.
        text: Its text.
        spaced: Whether its words are reliably parted by spaces.
        paper: The paper it belongs to.
        title: The title of the paper.
        file: The name of its file.
        label: The number of the paper, or empty.
        agenda: The item of the agenda it belongs to, or empty.
    """

    row: int
    number: int
    text: str
    spaced: bool
    paper: PaperId
    title: str
    file: str
    label: str
    agenda: str


class IndexReader:
    """Reads one file of papers during one search, in one transaction.

    Its statements go past SQLAlchemy, which would cost more than many of them do.
    """

    newest: int
    """The highest row of a page, 0 if there is none: it grows when pages come in."""

    def __init__(self, database: Database, connection: Connection, wanted: SearchFilter) -> None:
        """Read ``database`` over ``connection``, from ``Database.reading``.

        Args:
            database: Named in errors.
            connection: Its transaction begins here.
            wanted: Which papers may answer. The shelf is the file, and so for the caller to
                see to.
        """
        self._file = f"{database.name}.db"
        newest = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM page").scalar_one()
        self.newest = int(newest)
        self._cursor = connection.connection.cursor()
        self._versions = self._kept_versions(connection, wanted) if wanted.within_shelves else None

    def _kept_versions(
        self, connection: Connection, wanted: SearchFilter
    ) -> tuple[list[int], list[int]]:
        """Return the first and the last rows of the versions whose papers are wanted.

        The pages of a version are written together, so their rows follow each other.
        """
        rows = list(connection.execute(_kept(wanted)))
        return [first for first, _ in rows], [last for _, last in rows]

    def _keeps(self, row: int) -> bool:
        if self._versions is None:
            return True
        firsts, lasts = self._versions
        at = bisect_right(firsts, row) - 1
        return at >= 0 and row <= lasts[at]

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with faults.naming(self._file):
            self._cursor.execute(query, values)
            return list(self._cursor.fetchall())

    def _first_kept(self, query: str, match: str, limit: int) -> list[tuple[Any, ...]]:
        """Return the first rows of the index that may answer, reading no further than that."""
        with faults.naming(self._file):
            found = self._cursor.execute(query, (match,))
            return list(islice((row for row in found if self._keeps(row[0])), limit))

    def ranked(self, table: str, match: str, limit: int) -> list[tuple[int, float]]:
        """Return the best rows for an FTS5 expression, and how good they are.

        Where few rows answer, they are not weighed: all of them are returned as equals.

        Args:
            table: One of ``index_store.TABLES``.
            match: The expression.
            limit: Most rows.

        Returns:
            The row and its Okapi BM25, higher is better, best first.
        """
        base = f"FROM {table} WHERE {table} MATCH ?"
        rows = self._first_kept(f"SELECT rowid {base}", match, limit + 1)
        if len(rows) <= limit:
            return [(row, 0.0) for (row,) in rows]
        most = f"LIMIT {limit}" if self._versions is None else ""
        best = self._first_kept(f"SELECT rowid, rank {base} ORDER BY rank {most}", match, limit)
        return [(row, -rank) for row, rank in best]

    def count_by_paper(self, match: str) -> dict[PaperId, int]:
        """Return how many pages of each paper answer an FTS5 expression over words.

        To look each row up would read, and decrypt, the text of every page.
        """
        versions = self._rows(_VERSIONS, ())
        ends = [last for _, last in versions]
        query = "SELECT rowid FROM page_words WHERE page_words MATCH ?"
        counts: Counter[PaperId] = Counter()
        for (row,) in self._rows(query, (match,)):
            if self._keeps(row):
                counts[PaperId(versions[bisect_left(ends, row)][0])] += 1
        return counts

    def pages_at(self, rows: Sequence[int]) -> dict[int, FoundPage]:
        """Return the pages in these rows, with what is shown of their papers."""
        return {
            row: FoundPage(row, number, text, bool(spaced), PaperId(paper_id), *about)
            for row, number, text, spaced, paper_id, *about in self._rows(
                _PAGES, (json.dumps(rows),)
            )
        }

    def pages_after(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the texts of the pages that follow those in these rows, by the latter."""
        return dict(self._rows(_NEXT, (json.dumps(rows),)))

    def arabic_terms(self) -> dict[str, int]:
        """Return how often each word in Arabic letters occurs on pages with parted words."""
        return dict(self._rows(_TERMS, _ARABIC))


def _kept(wanted: SearchFilter) -> Select[tuple[int, int]]:
    """Return the query for the first and the last row of every version that is kept."""
    day = type_coerce(func.coalesce(paper.c.dated, func.date(version.c.imported_at)), String)
    first = func.min(page.c.id).label("first")
    query = select(first, func.max(page.c.id)).join_from(page, version).join(paper)
    if wanted.languages:
        query = query.where(paper.c.language.in_(sorted(wanted.languages)))
    if wanted.types:
        query = query.where(paper.c.type.in_(sorted(wanted.types)))
    if wanted.agendas:
        query = query.where(paper.c.agenda.in_(sorted(wanted.agendas)))
    if wanted.since:
        query = query.where(day >= wanted.since.isoformat())
    if wanted.until:
        query = query.where(day <= wanted.until.isoformat())
    if wanted.only is not None:
        query = query.where(paper.c.id.in_(sorted(wanted.only)))
    if wanted.without:
        query = query.where(paper.c.id.not_in(sorted(wanted.without)))
    return query.group_by(version.c.id).order_by(first)
