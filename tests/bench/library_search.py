"""What a search costs over ten thousand pages, beside plain SQLite and ``pdftotext | grep``."""

import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from congress.docs.filters import SearchFilter
from congress.docs.library import Library
from congress.docs.search import words_of
from congress.kernel.folding import fold
from tests.bench.measuring import (
    Line,
    at_least,
    best,
    best_of_two,
    bound,
    ratio,
    skipped,
    told,
)
from tests.helpers.papers import make_library, pdf

PAPERS, PAGES = 200, 50
_WORDS = 3_000
_GREP_PAPERS = 20
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "papers"
_BEST = (
    "SELECT snippet(page, 0, '<', '>', '…', 30), bm25(page) FROM page WHERE page MATCH ? "
    "ORDER BY rank LIMIT 20"
)


class Corpus:
    """Ten thousand pages of made-up words, as common as words are (Zipf), in three places."""

    def __init__(self, folder: Path) -> None:
        """Write the pages into a library, into plain SQLite and into plain SQLCipher."""
        rng = random.Random(3)
        self.words = [_word(rng) for _ in range(_WORDS)]
        weights = [1 / (rank + 1) for rank in range(_WORDS)]
        self.library = make_library(folder)
        self.plain: Any = sqlite3.connect(folder / "plain.db")
        self.sealed: Any = sqlcipher.connect(str(folder / "sealed.db"))
        self.sealed.execute(f"PRAGMA key = \"x'{'11' * 32}'\"")
        for peer in (self.plain, self.sealed):
            peer.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
        for number in range(PAPERS):
            lines = [" ".join(rng.choices(self.words, weights, k=20)) for _ in range(PAGES * 21)]
            path = folder / f"{number}.txt"
            path.write_text("\n".join(lines), encoding="utf-8")
            paper = self.library.import_file(path, language="en" if number % 2 else "vi")
            rows = [(fold(page.text),) for page in self.library.pages(paper.id)]
            for peer in (self.plain, self.sealed):
                peer.executemany("INSERT INTO page VALUES (?)", rows)
            path.unlink()
        for peer in (self.plain, self.sealed):
            peer.commit()
        self.pages = sum(paper.pages for paper in self.library.papers())

    def close(self) -> None:
        """Close the peers."""
        self.plain.close()
        self.sealed.close()


def _ask(peer: Any, match: str) -> None:
    peer.execute(_BEST, (match,)).fetchall()


def _word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 9)))


def searching(folder: Path) -> Iterator[Line]:
    """Search for common and rare words, phrases, and words that are still being typed."""
    corpus = Corpus(folder)
    words, library = corpus.words, corpus.library
    two, three = f"{words[40]} {words[90]}", f"{words[3]} {words[8]} {words[20]}"
    phrase, begun = f'"{words[1]} {words[2]}"', f"{words[40]} {words[90][:-1]}"
    rare = f"{words[900]} {words[1200]}"
    queries = (
        ("two common words", f"{two} ", two),
        ("three common words", f"{three} ", three),
        ("a word of every page", f"{words[0]} ", words[0]),
        ("a phrase in quotation marks", phrase, phrase),
        ("the second word being typed", begun, f"{begun}*"),
        ("two letters typed", words[5][:2], f"{words[5][:2]}*"),
        ("two rare words", f"{rare} ", rare),
    )
    slowest = 0.0
    for number, (name, typed, match) in enumerate(queries):
        ask, plain = partial(library.search, typed, 20), partial(_ask, corpus.plain, match)
        ours, peer = best_of_two(ask, plain, 25)
        sealed = best(partial(_ask, corpus.sealed, match), 15)
        slowest = max(slowest, ours)
        than = (
            f"plain SQLite ({peer:.2f} ms), {ours / sealed:.2f}x plain SQLCipher ({sealed:.2f} ms)"
        )
        line = ratio(f"best 20 of {corpus.pages:,} pages: {name}", ours, peer, 1.2, "")
        beside = f"{ours / peer:.2f}x {than}"
        # The design's target is for one query; the others are told beside it.
        yield replace(line, beside=beside) if number == 0 else told(line.name, ours, "ms", beside)
    yield bound("the slowest of these searches", slowest, "ms", 50)
    wanted = SearchFilter(languages=frozenset({"vi"}))
    filtered = best(lambda: library.search(f"{two} ", 20, wanted), 5)
    yield bound("two common words, filtered by language", filtered, "ms", 50)
    counted = best(lambda: library.count_pages(f"{two} "), 5)
    yield bound("how many pages of each paper answer", counted, "ms", 50)
    corpus.close()


def grepping(folder: Path) -> Iterator[Line]:
    """Search the same PDFs with ``pdftotext`` and ``grep``, as one would without a library."""
    name = f"a search in {_GREP_PAPERS * PAGES:,} pages of PDF, beside pdftotext | grep"
    tool = shutil.which("pdftotext")
    if tool is None:
        yield skipped(name, "pdftotext is not installed")
        return
    rng = random.Random(4)
    library = make_library(folder / "grep")
    paths = []
    for number in range(_GREP_PAPERS):
        pages = ("\n".join(_line(rng) for _ in range(36)) for _ in range(PAGES))
        path = folder / f"grep{number}.pdf"
        path.write_bytes(pdf(*pages))
        library.import_file(path)
        paths.append(path)
    typed = "needle in"

    def grep() -> None:
        for path in paths:
            read = subprocess.run([tool, str(path), "-"], check=True, capture_output=True)
            subprocess.run(
                ["grep", "-c", typed], input=read.stdout, check=False, capture_output=True
            )

    ours, peer = best(lambda: library.search(f'"{typed}"', 20)), best(grep, 1)
    yield Line(name, ours, "ms", f"{peer / ours:,.0f} times as long ({peer:,.0f} ms)", "", None)


def _line(rng: random.Random) -> str:
    return " ".join(rng.choices(("needle", "in", "a", "haystack", "of", "straw"), k=9))


def nastaliq(folder: Path) -> Iterator[Line]:
    """Look for phrases of the Universal Declaration in its PDF set in Nastaliq."""
    names = ("Nastaliq: phrases of four words found", "Nastaliq: words of snippets that are right")
    if not _SHARED.is_dir():
        for name in names:
            yield skipped(name, "the developers' papers are not beside this checkout")
        return
    library = make_library(folder / "nastaliq")
    target = library.import_file(_SHARED / "udhr_urdu_nastaliq.pdf")
    library.import_file(_SHARED / "udhr_english.pdf")
    source = (_SHARED / "udhr_urd.txt").read_text(encoding="utf-8").split()
    starts = random.Random(1).sample(range(len(source) - 4), 200)
    phrases = [" ".join(source[at : at + 4]) for at in starts]
    found = sum(
        any(hit.paper == target.id for hit in library.search(f'"{phrase}"', 10))
        for phrase in phrases
    )
    yield at_least(names[0], found / len(phrases), "", 0.95)
    right = _right_words(library, source)
    library.import_file(_SHARED / "udhr_urdu.docx")
    known = _right_words(library, source)
    yield told(names[1], right, "", f"{known:.2f} once the same words stand in a DOCX beside it")


def _right_words(library: Library, source: list[str]) -> float:
    """Return the share of words in snippets that stand so, in this order, in the source."""
    right = words_of(fold(" ".join(source)))
    asked = good = 0
    for at in range(0, len(right) - 4, 40):
        for hit in library.search(f'"{" ".join(right[at : at + 4])}"', 5):
            if hit.file.endswith(".pdf"):
                shown = words_of(fold(hit.snippet.strip("…")))[1:-1]
                beside = right[max(0, at - 60) : at + 80]
                blocks = SequenceMatcher(None, shown, beside, autojunk=False).get_matching_blocks()
                asked += len(shown)
                good += sum(block.size for block in blocks)
                break
    return good / asked
