"""What a search reads from one file of papers: rows of the index, and the pages they stand for.

A search runs on every letter that is typed, and asks several files: every statement counts.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects import sqlite

from congress.docs.filters import SearchFilter
from congress.docs.store import page, paper, version
from congress.kernel.ids import PaperId
from congress.storage import faults
from congress.storage.database import Database

_IN_ROWS = "IN (SELECT value FROM json_each(?))"
_PAGES = (
    "SELECT page.id, page.number, page.text, page.spaced, paper.id, paper.title, version.file "  # noqa: S608
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
    """

    row: int
    number: int
    text: str
    spaced: bool
    paper: PaperId
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """A condition on the rows of the index.

    Attributes:
        sql: To stand behind ``WHERE ... MATCH ?``; empty if every row will do.
        values: For its question marks.
    """

    sql: str = ""
    values: tuple[object, ...] = ()


def allowed(wanted: SearchFilter) -> Allowed:
    """Return the condition that keeps the pages of the papers that ``wanted`` keeps.

    The shelf is the file, and so for the caller to see to.
    """
    if not wanted.within_shelves:
        return Allowed()
    compiled = _kept(wanted).compile(
        dialect=sqlite.dialect(paramstyle="qmark"), compile_kwargs={"render_postcompile": True}
    )
    values = tuple(compiled.params[name] for name in compiled.positiontup or ())
    # The plus keeps SQLite from asking the index anew for every row of the list.
    return Allowed(f"AND +rowid IN ({compiled})", values)


def _kept(wanted: SearchFilter) -> Select[tuple[int]]:
    day = func.coalesce(paper.c.dated, func.date(version.c.imported_at))
    query = select(page.c.id).join_from(page, version).join(paper)
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
    return query


class IndexReader:
    """Reads one file of papers during one search, in one transaction.

    Its statements go past SQLAlchemy, which would cost more than many of them do.
    """

    def __init__(self, database: Database, connection: Connection, within: Allowed) -> None:
        """Read ``database`` over ``connection``, from ``Database.reading``.

        Args:
            database: Named in errors.
            connection: Its transaction begins here.
            within: Which rows may answer.
        """
        self._file, self._within = f"{database.name}.db", within
        newest = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM page").scalar_one()
        self.newest = int(newest)
        self._cursor = connection.connection.cursor()

    newest: int
    """The highest row of a page, 0 if there is none: it grows when pages come in."""

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with faults.naming(self._file):
            self._cursor.execute(query, values)
            return list(self._cursor.fetchall())

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
        base = f"FROM {table} WHERE {table} MATCH ? {self._within.sql}"
        values = (match, *self._within.values)
        rows = self._rows(f"SELECT rowid {base} LIMIT {limit + 1}", values)
        if len(rows) <= limit:
            return [(row, 0.0) for (row,) in rows]
        best = f"SELECT rowid, rank {base} ORDER BY rank LIMIT {limit}"
        return [(row, -rank) for row, rank in self._rows(best, values)]

    def count_by_paper(self, match: str) -> dict[PaperId, int]:
        """Return how many pages of each paper answer an FTS5 expression over words.

        The pages of a version are written together, so their rows follow each other. To look
        each row up would read, and decrypt, the text of every page.
        """
        versions = self._rows(_VERSIONS, ())
        ends = [last for _, last in versions]
        within = self._within.sql
        query = f"SELECT rowid FROM page_words WHERE page_words MATCH ? {within}"  # noqa: S608
        counts: Counter[PaperId] = Counter()
        for (row,) in self._rows(query, (match, *self._within.values)):
            counts[PaperId(versions[bisect_left(ends, row)][0])] += 1
        return counts

    def pages_at(self, rows: Sequence[int]) -> dict[int, FoundPage]:
        """Return the pages in these rows, with what is shown of their papers."""
        return {
            row: FoundPage(row, number, text, bool(spaced), PaperId(paper_id), title, file)
            for row, number, text, spaced, paper_id, title, file in self._rows(
                _PAGES, (json.dumps(rows),)
            )
        }

    def pages_after(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the texts of the pages that follow those in these rows, by the latter."""
        return dict(self._rows(_NEXT, (json.dumps(rows),)))

    def arabic_terms(self) -> dict[str, int]:
        """Return how often each word in Arabic letters occurs on pages with parted words."""
        return dict(self._rows(_TERMS, _ARABIC))
