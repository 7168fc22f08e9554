"""A search index that is fast while a word is typed and knows titles and page breaks.

Everything in it follows from the pages of current versions, and is written anew.
"""

import re
from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from congress.kernel.folding import fold

revision = "0005_search_index"
down_revision = "0004_amendments"

_WORD = re.compile(r"[^\W_]+")
_OVERLAP, _RUN_OVERLAP = 12, 60
_WORDS = "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'"
_RUNS = "content='', contentless_delete=1, tokenize='trigram'"
_MADE = {
    "page_words": f"fts5(folded, rough, prefix='2 3', {_WORDS})",
    "page_squeezed": f"fts5(folded, {_RUNS})",
    "seam_words": f"fts5(folded, {_WORDS})",
    "title_words": f"fts5(title, about, prefix='2 3', {_WORDS})",
    "page_terms": "fts5vocab(page_words, 'col')",
}
_PAGES = (
    "SELECT page.id, page.text, page.spaced, paper.id, paper.title, paper.number, paper.agenda "
    "FROM paper JOIN version ON version.paper_id = paper.id AND version.number = "
    "(SELECT max(number) FROM version AS other WHERE other.paper_id = paper.id) "
    "JOIN page ON page.version_id = version.id ORDER BY paper.id, page.number"
)


def upgrade() -> None:
    """Write the index anew, on SQLite."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    op.execute("DROP TABLE page_words")
    op.execute("DROP TABLE page_squeezed")
    for name, made in _MADE.items():
        op.execute(f"CREATE VIRTUAL TABLE {name} USING {made}")
    rows = connection.exec_driver_sql(_PAGES)
    for _, pages in groupby(rows, key=lambda row: row[3]):
        for into, values in _indexed(list(pages)):
            connection.exec_driver_sql(f"INSERT INTO {into}", values)


def _indexed(pages: list[sa.Row[tuple[object, ...]]]) -> Iterator[tuple[str, tuple[object, ...]]]:
    first, *_ = pages
    title, about = fold(first[4]), fold(f"{first[5]}\n{first[6]}")
    yield "title_words(rowid, title, about) VALUES (?, ?, ?)", (first[0], title, about)
    for at, (row, text, spaced, *_) in enumerate(pages):
        after = pages[at + 1] if at + 1 < len(pages) else (0, "", True)
        folded = fold(f"{first[4]}\n{text}" if at == 0 else text)
        parted = (row, folded, "") if spaced else (row, "", folded)
        yield "page_words(rowid, folded, rough) VALUES (?, ?, ?)", parted
        before, behind = _WORD.findall(fold(text)), _WORD.findall(fold(after[1]))
        if not spaced:
            end, begin = "".join(before)[-_RUN_OVERLAP:], "".join(behind)[:_RUN_OVERLAP]
            runs = f"{''.join(_WORD.findall(folded))} {end}{begin}"
            yield "page_squeezed(rowid, folded) VALUES (?, ?)", (row, runs)
        elif after[2] and before and behind:
            over = " ".join(before[-_OVERLAP:] + behind[:_OVERLAP])
            yield "seam_words(rowid, folded) VALUES (?, ?)", (row, over)
