"""The full-text index of one file of papers: SQLite's FTS5, in the same encrypted file.

Two indexes over folded text. ``page_words`` knows whole words. ``page_squeezed`` knows runs of
three characters of pages that draw Urdu glyph by glyph, where the spaces between words cannot be
trusted: all spaces are left out, in the index and in the query. Neither holds the text itself.
Removing a page also removes its words from the index's own pages (``optimize`` rewrites them), so
nothing of a paper that moves to a higher clearance stays behind in the lower one.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, event, text
from sqlalchemy.schema import DDL

from congress.docs.model import PageText
from congress.docs.search import squeezed
from congress.kernel.folding import fold
from congress.storage.schema import papers_metadata

_CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS page_words USING fts5("
    "folded, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS page_squeezed USING fts5("
    "folded, content='', contentless_delete=1, tokenize='trigram')",
)
TABLES = ("page_words", "page_squeezed")

for statement in _CREATE:
    create = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(papers_metadata, "after_create", create.execute_if(dialect="sqlite"))


def add(connection: Connection, title: str, pages: Mapping[int, PageText]) -> None:
    """Index the pages of a version, the title with the first.

    Args:
        connection: In the transaction that writes the pages.
        title: Title of the paper.
        pages: The pages by their row's number, in order.
    """
    words, runs = [], []
    for number, (row, page) in enumerate(pages.items()):
        folded = fold(f"{title}\n{page.text}" if number == 0 else page.text)
        words.append({"row": row, "folded": folded})
        if not page.spaced:
            runs.append({"row": row, "folded": squeezed(folded)})
    for table, rows in zip(TABLES, (words, runs), strict=True):
        if rows:
            insert = f"INSERT INTO {table}(rowid, folded) VALUES (:row, :folded)"  # noqa: S608
            connection.execute(text(insert), rows)


def remove(connection: Connection, pages: Mapping[int, PageText]) -> None:
    """Take pages out of the index, and their words out of its file."""
    rows = [{"row": row} for row in pages]
    for table in TABLES:
        if rows:
            connection.execute(text(f"DELETE FROM {table} WHERE rowid = :row"), rows)  # noqa: S608
        connection.execute(text(f"INSERT INTO {table}({table}) VALUES ('optimize')"))  # noqa: S608


def find(connection: Connection, table: str, match: str, limit: int) -> dict[int, float]:
    """Return the best rows of ``page`` for an FTS5 expression, and how good they are.

    Args:
        connection: Reading.
        table: One of ``TABLES``.
        match: The expression.
        limit: Most rows.

    Returns:
        Okapi BM25 by row, higher is better, best first.
    """
    query = text(
        f"SELECT rowid, rank FROM {table} WHERE {table} MATCH :match "  # noqa: S608
        "ORDER BY rank LIMIT :limit"
    )
    rows = connection.execute(query, {"match": match, "limit": limit})
    return {row.rowid: -row.rank for row in rows}
