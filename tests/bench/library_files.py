"""What sealing costs: the first page of a large paper, its memory, drawing, coming in."""

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from congress.docs.blobformat import BlobReader, seal
from congress.docs.extraction import Extraction
from congress.docs.pdfium import Pdf
from congress.docs.text.pdf import page_text
from congress.kernel.progress import Silent
from congress.storage.header import KdfParameters
from congress.storage.keys import slot_key
from tests.bench.measuring import Line, best, best_of_two, bound, milliseconds, ratio, told
from tests.helpers.papers import make_library, pdf
from tests.helpers.vaults import PASSPHRASE, make_vault, open_vault

KEY = b"k" * 32
_BIG, _PAGES = 300 * 1024 * 1024, 50
_WORDS = 3_000
_MB = 1024
_MEMORY = """
import json, sys
from congress.docs.blobformat import BlobReader
from congress.docs.pdfium import Pdf

def kilobytes(name):
    lines = open("/proc/self/status").read().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])

before = kilobytes("VmRSS")
open("/proc/self/clear_refs", "w").write("5")
with BlobReader(open(sys.argv[1], "rb"), b"k" * 32) as file, Pdf(file) as document:
    document.render(0, 1.5)
print(json.dumps([before, kilobytes("VmHWM")]))
"""


def first_page(folder: Path) -> Iterator[Line]:
    """Open a PDF of 300 MB and draw its first page, sealed and plain."""
    data = _big_pdf()
    plain, sealed = folder / "plain.pdf", folder / "sealed"
    plain.write_bytes(data)
    with sealed.open("wb") as target:
        pieces = (data[at : at + (1 << 20)] for at in range(0, len(data), 1 << 20))
        seal(target, KEY, len(data), pieces)
    del data

    def from_plain() -> None:
        with plain.open("rb") as file, Pdf(file) as document:
            document.render(0, 1.5)

    def from_sealed() -> None:
        with BlobReader(sealed.open("rb"), KEY) as file, Pdf(file) as document:
            document.render(0, 1.5)

    from_plain()
    ours, peer = best_of_two(from_sealed, from_plain, 9)
    yield ratio("first page of a sealed PDF of 300 MB", ours, peer, 1.3, "the plain PDF")
    yield from _memory(sealed)
    plain.unlink()
    sealed.unlink()


def _memory(sealed: Path) -> Iterator[Line]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(sealed)],
        check=True,
        capture_output=True,
        env=environment,
    )
    before, peak = (kilobytes / _MB for kilobytes in json.loads(ran.stdout))
    yield bound("memory at its peak: the process that reads it, no Qt", peak, "MB", 100)
    yield told("of this, what opening and drawing the paper adds", peak - before, "MB")


def _big_pdf() -> bytes:
    """A PDF of 300 MB: most of it a picture that the first page does not need."""
    page = "\n".join(f"line {number} " * 8 for number in range(35))
    small = pdf(*[page] * _PAGES)
    cut = small.index(b"xref\n0 ")
    head, _, _ = small[cut:].partition(b"startxref\n")
    noise = random.Random(1).randbytes(1 << 20).replace(b"\n", b" ").replace(b"\r", b" ")
    filler = (b"%" + noise + b"\n") * (_BIG >> 20)
    return small[:cut] + filler + head + b"startxref\n%d\n%%%%EOF\n" % (cut + len(filler))


def drawing(_: Path) -> Iterator[Line]:
    """Draw a page, through the reader's PDFium and through PDFium alone."""
    data = pdf("\n".join(f"line {number} " * 8 for number in range(35)))
    bare = pdfium.PdfDocument(data)
    page = bare[0]
    with Pdf(io.BytesIO(data)) as document:
        ours, peer = best_of_two(
            lambda: document.render(0, 2.0), lambda: page.render(scale=2.0, prefer_bgrx=True), 30
        )
    page.close()
    bare.close()
    yield ratio("drawing a page", ours, peer, 1.1, "bare PDFium")


def importing(folder: Path) -> Iterator[Line]:
    """Bring a paper of 1,000 pages in, beside reading its text alone."""
    rng = random.Random(2)
    words = [f"w{number}" for number in range(_WORDS)]
    text = ["\n".join(" ".join(rng.choices(words, k=10)) for _ in range(38)) for _ in range(1_000)]
    path = folder / "thousand.pdf"
    path.write_bytes(pdf(*text))

    def extraction() -> None:
        with path.open("rb") as file, Pdf(file) as document:
            for index in range(document.page_count):
                page_text(document, index)

    peer = best(extraction, 2)
    library = make_library(folder / "thousand")
    ours = milliseconds(lambda: library.import_file(path, progress=Silent()))
    than = "extracting their text alone"
    yield ratio("import of 1,000 pages, read in this process", ours, peer, 1.5, than)
    worker = Extraction(programs=False)
    try:
        # As when the dialog before an import has been open for a moment: PDFium reads the
        # system's list of fonts once in each process, which the peer has behind it too.
        small = pdf("x")
        worker.extract(io.BytesIO(small), len(small), "small.pdf", Silent())
        library = make_library(folder / "confined", extractor=worker)
        ours = milliseconds(lambda: library.import_file(path, progress=Silent()))
        yield ratio("import of 1,000 pages, read in the confined process", ours, peer, 1.5, than)
    finally:
        worker.close()
    path.unlink()


def unlocking(folder: Path) -> Iterator[Line]:
    """Open a congress, beside the one Argon2id that this must cost."""
    vault = make_vault(folder, kdf=KdfParameters())
    header = vault._header
    vault.close()

    def unlock() -> None:
        open_vault(vault.path).close()

    unlock()
    ours, kdf = best_of_two(unlock, lambda: slot_key(header, "secretariat", PASSPHRASE), 7)
    name = "unlocking a congress, beyond one Argon2id"
    yield bound(name, ours - kdf, "ms", 50, f"Argon2id (64 MiB): {kdf:.0f} ms")
