"""What sealing and searching papers costs, beside doing without: ``make bench``.

Each line compares two ways in one run, so that the ratio holds on another machine. Targets as in
the design; the figures of a run go into the note of the change.
"""

import io
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

import pypdfium2 as pdfium

from congress.docs.blobformat import BlobReader, seal
from congress.docs.pdfium import Pdf
from congress.docs.text.pdf import page_text
from congress.kernel.folding import fold
from congress.kernel.progress import Silent
from tests.helpers.papers import make_library, pdf

_KEY = b"k" * 32
_BIG, _PAGES, _PAPERS = 300 * 1024 * 1024, 50, 200
_WORDS = 3_000


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _best(work: Callable[[], object], rounds: int = 5) -> float:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found) * 1000


def _line(name: str, ours: float, peer: float, target: float) -> None:
    ratio = ours / peer
    verdict = "ok" if ratio <= target else "over"
    _say(f"{name:44} {ours:9.1f} ms {peer:9.1f} ms  {ratio:5.2f}x  (<= {target}x) {verdict}")


def _big_pdf() -> bytes:
    """A PDF of 300 MB: most of it a picture that the first page does not need."""
    page = "\n".join(f"line {number} " * 8 for number in range(35))
    small = pdf(*[page] * _PAGES)
    cut = small.index(b"xref\n0 ")
    head, _, _ = small[cut:].partition(b"startxref\n")
    noise = random.Random(1).randbytes(1 << 20).replace(b"\n", b" ").replace(b"\r", b" ")
    filler = (b"%" + noise + b"\n") * (_BIG >> 20)
    return small[:cut] + filler + head + b"startxref\n%d\n%%%%EOF\n" % (cut + len(filler))


def _first_page(folder: Path) -> None:
    data = _big_pdf()
    plain, sealed = folder / "plain.pdf", folder / "sealed"
    plain.write_bytes(data)
    with sealed.open("wb") as target:
        pieces = (data[at : at + (1 << 20)] for at in range(0, len(data), 1 << 20))
        seal(target, _KEY, len(data), pieces)
    del data

    def from_plain() -> None:
        with plain.open("rb") as file, Pdf(file) as document:
            document.render(0, 1.5)

    def from_sealed() -> None:
        with BlobReader(sealed.open("rb"), _KEY) as file, Pdf(file) as document:
            document.render(0, 1.5)

    from_plain()
    _line("first page of a sealed PDF of 300 MB", _best(from_sealed), _best(from_plain), 1.3)


def _render(folder: Path) -> None:
    data = pdf("\n".join(f"line {number} " * 8 for number in range(35)))
    bare = pdfium.PdfDocument(data)
    page = bare[0]
    with Pdf(io.BytesIO(data)) as document:
        ours = _best(lambda: document.render(0, 2.0), 20)
        peer = _best(lambda: page.render(scale=2.0, prefer_bgrx=True), 20)
    page.close()
    bare.close()
    _line("drawing a page, beside bare PDFium", ours, peer, 1.1)


def _import(folder: Path) -> None:
    rng = random.Random(2)
    words = [f"w{number}" for number in range(_WORDS)]
    text = ["\n".join(" ".join(rng.choices(words, k=10)) for _ in range(38)) for _ in range(1_000)]
    path = folder / "thousand.pdf"
    path.write_bytes(pdf(*text))
    library = make_library(folder)

    def extraction() -> None:
        with path.open("rb") as file, Pdf(file) as document:
            for index in range(document.page_count):
                page_text(document, index)

    start = time.perf_counter()
    library.import_file(path, progress=Silent())
    ours = (time.perf_counter() - start) * 1000
    _line("import of 1,000 pages, beside extraction", ours, _best(extraction, 2), 1.5)


def _search(folder: Path) -> None:
    rng = random.Random(3)
    words = [f"tu{number:x}" for number in range(_WORDS)]
    weights = [1 / (rank + 1) for rank in range(_WORDS)]
    library = make_library(folder / "search")
    peer = sqlite3.connect(folder / "peer.db")
    peer.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
    for number in range(_PAPERS):
        lines = [" ".join(rng.choices(words, weights, k=40)) for _ in range(_PAGES * 14)]
        path = folder / f"{number}.txt"
        path.write_text("\n".join(lines))
        paper = library.import_file(path)
        peer.executemany(
            "INSERT INTO page VALUES (?)", [(fold(page.text),) for page in library.pages(paper.id)]
        )
        path.unlink()
    peer.commit()
    total = sum(paper.pages for paper in library.papers())
    query = f"{words[40]} {words[90]}"

    def plain() -> None:
        peer.execute(
            "SELECT snippet(page, 0, '<', '>', '…', 30), bm25(page) FROM page WHERE page MATCH ? "
            "ORDER BY rank LIMIT 20",
            (query,),
        ).fetchall()

    assert len(library.search(query, 20)) == 20
    name = f"best 20 of {total:,} pages, beside plain SQLite"
    _line(name, _best(lambda: library.search(query, 20)), _best(plain), 1.2)
    _say(f"{'list of 200 papers':44} {_best(library.papers):9.1f} ms")
    peer.close()


def main() -> None:
    """Run all of it and print a table."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        (folder / "search").mkdir()
        with patch.object(os, "fsync"):
            _first_page(folder)
            _render(folder)
            _import(folder)
            _search(folder)


if __name__ == "__main__":
    main()
