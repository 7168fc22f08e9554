"""The full-text index of one file of papers: SQLite's FTS5, in the same encrypted file.

All indexes are over folded text and hold none of the text itself. A page has the same number in
each of them as in the table ``page``.

- ``page_words``: whole words. Those of pages that draw Urdu glyph by glyph, where the spaces
  between words cannot be trusted, stand in a column of their own (``rough``).
- ``page_squeezed``: runs of three characters of such pages. All spaces are left out, in the
  index and in the query.
- ``seam_words``: the last words of a page with the first ones of the next.
- ``title_words``: title, number and agenda item of a paper, under its first page.
- ``page_terms``: the words that occur, to know where words that stand together are parted.

Removing a page also removes its words from the index's own pages (``optimize`` rewrites them), so
nothing of a paper that moves to another shelf stays behind in the one it left.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, event
from sqlalchemy.schema import DDL

from congress.docs.model import Details, PageText
from congress.docs.seams import seam_words, squeezed_with_next
from congress.kernel.folding import fold
from congress.storage.schema import papers_metadata

_WORDS = "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'"
_RUNS = "content='', contentless_delete=1, tokenize='trigram'"
_CREATE = {
    "page_words": f"fts5(folded, rough, prefix='2 3', {_WORDS})",
    "page_squeezed": f"fts5(folded, {_RUNS})",
    "seam_words": f"fts5(folded, {_WORDS})",
    "title_words": f"fts5(title, about, prefix='2 3', {_WORDS})",
    "page_terms": "fts5vocab(page_words, 'col')",
}
TABLES = ("page_words", "page_squeezed", "seam_words", "title_words")

for name, made in _CREATE.items():
    create = DDL(  # type: ignore[no-untyped-call]
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING {made}"
    )
    event.listen(papers_metadata, "after_create", create.execute_if(dialect="sqlite"))

Rows = Sequence[tuple[object, ...]]


def add(connection: Connection, details: Details, pages: Mapping[int, PageText]) -> None:
    """Index the pages of a version, the title with the first.

    Args:
        connection: In the transaction that writes the pages.
        details: Of the paper.
        pages: The pages by their row's number, in order.
    """
    _index(connection, details, list(pages.items()))


def retitle(connection: Connection, details: Details, pages: Mapping[int, PageText]) -> None:
    """Index a paper under other details; its pages stay."""
    rows = list(pages)[:1]
    _delete(connection, rows)
    _index(connection, details, list(pages.items())[:2], only=rows)


def _index(
    connection: Connection,
    details: Details,
    pages: Sequence[tuple[int, PageText]],
    *,
    only: Sequence[int] = (),
) -> None:
    words, runs, seams = [], [], []
    for at, (row, page) in enumerate(pages):
        if only and row not in only:
            continue
        after = pages[at + 1][1] if at + 1 < len(pages) else PageText("")
        text = f"{details.title}\n{page.text}" if at == 0 else page.text
        folded = fold(text)
        words.append((row, folded, "") if page.spaced else (row, "", folded))
        if not page.spaced:
            runs.append((row, squeezed_with_next(text, after.text)))
        elif after.spaced and (over := seam_words(page.text, after.text)):
            seams.append((row, over))
    _insert(connection, "page_words(rowid, folded, rough) VALUES (?, ?, ?)", words)
    _insert(connection, "page_squeezed(rowid, folded) VALUES (?, ?)", runs)
    _insert(connection, "seam_words(rowid, folded) VALUES (?, ?)", seams)
    about = fold(f"{details.number}\n{details.agenda}")
    titles = [(row, fold(details.title), about) for row, _ in pages[:1]]
    _insert(connection, "title_words(rowid, title, about) VALUES (?, ?, ?)", titles)


def remove(connection: Connection, pages: Mapping[int, PageText], *, purge: bool = True) -> None:
    """Take pages out of the index.

    Args:
        connection: In the transaction that removes the pages.
        pages: The pages by their row's number.
        purge: Whether their words must leave the file too: not needed where other pages of
            the same paper take their place.
    """
    _delete(connection, list(pages))
    if purge:
        for table in TABLES:
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608


def _insert(connection: Connection, into: str, rows: Rows) -> None:
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {into}", list(rows))


def _delete(connection: Connection, rows: Sequence[int]) -> None:
    for table in TABLES:
        if rows:
            statement = f"DELETE FROM {table} WHERE rowid = ?"  # noqa: S608
            connection.exec_driver_sql(statement, [(row,) for row in rows])
