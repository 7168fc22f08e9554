"""Damages good files in the ways of bad disks, broken downloads and people with bad intent."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

from tests.helpers.formats import epub, odt, picture, tiff, zipped
from tests.helpers.papers import docx, paragraph, pdf

Mutator = Callable[[random.Random, bytes], bytes]

_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"65535", b"2147483647", b"4294967296", b"99999999999999999999")
_PDF_WORDS = (
    *(b"/Kids", b"/Parent", b"/Count", b"/Contents", b"/Length", b"/Filter", b"/FlateDecode"),
    *(b"/Font", b"/ToUnicode", b"/XObject", b"/MediaBox", b"endobj", b"endstream", b"stream"),
    *(b"<<", b">>", b"[", b"]", b"null", b"1 0 R", b"2 0 R", b"3 0 R", b"/ObjStm", b"/Prev"),
)
_XML_WORDS = (
    *(b"<", b">", b"/>", b"</", b"&", b"&#0;", b"&#xFFFFFF;", b"<![CDATA[", b"<!--", b'"'),
    *(b"<!DOCTYPE", b"xmlns=", b"\0", b"\xff\xfe", b"\xed\xa0\x80"),
)


def seeds() -> Sequence[tuple[str, bytes]]:
    """Return good files of every kind, each with its name."""
    long = [f"page {n}\n" + "The congress met in the great hall. " * 9 for n in range(12)]
    words = "Điều 1. Đại hội là cơ quan lãnh đạo cao nhất"
    table = "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>"
    return (
        ("long.pdf", pdf(*long, title="A report", outline=[("One", 1), ("Two", 2)])),
        ("turned.pdf", pdf("words", rotate=90)),
        ("text.docx", docx(paragraph("Title", "Heading1"), *[paragraph(words)] * 9)),
        ("text.odt", odt(f"<text:p>{words}</text:p>" * 9, table)),
        ("book.epub", epub(f"<h1>One</h1><p>{words}</p>", "<p>b</p>", nav=[("One", 1)])),
        ("page.html", f"<!doctype html><html><body><h1>x</h1><p>{words}</p></html>".encode()),
        ("note.md", f"# Title\n\n- {words}\n\n| a | b |\n|--|--|\n| 1 | 2 |\n".encode()),
        ("note.txt", f"{words}\nانسانی حقوق کا عالمی منشور\n".encode() * 20),
        ("scan.png", picture("words", (200, 100))),
        ("scan.jpg", picture("words", (200, 100), "JPEG")),
        ("scan.webp", picture("words", (200, 100), "WEBP")),
        ("scan.tif", tiff("one", "two", size=(90, 60))),
        ("papers.zip", zipped(("a.txt", words), ("b.pdf", pdf("x")))),
    )


def truncate(rng: random.Random, data: bytes) -> bytes:
    """Cut the end off."""
    return data[: rng.randrange(len(data))]


def behead(rng: random.Random, data: bytes) -> bytes:
    """Cut a piece out of the beginning."""
    start = rng.randrange(min(64, len(data)))
    return data[:start] + data[start + rng.randrange(1, 256) :]


def flip(rng: random.Random, data: bytes) -> bytes:
    """Flip some bits."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20, 200))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def scribble(rng: random.Random, data: bytes) -> bytes:
    """Write rubbish over a stretch."""
    start = rng.randrange(len(data))
    size = rng.choice((1, 8, 64, 512))
    return data[:start] + rng.randbytes(size) + data[start + size :]


def repeat(rng: random.Random, data: bytes) -> bytes:
    """Say a piece again and again."""
    start = rng.randrange(len(data))
    piece = data[start : start + rng.choice((4, 32, 256))]
    return data[:start] + piece * rng.choice((2, 20, 2_000)) + data[start:]


def swap(rng: random.Random, data: bytes) -> bytes:
    """Change two pieces for each other."""
    a, b = sorted(rng.randrange(len(data)) for _ in range(2))
    middle = (a + b) // 2
    return data[:a] + data[middle:b] + data[a:middle] + data[b:]


def renumber(rng: random.Random, data: bytes) -> bytes:
    """Change a number: a length, a place, a reference."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return flip(rng, data)
    for match in sorted(
        rng.sample(found, min(len(found), rng.choice((1, 1, 4)))), key=lambda m: -m.start()
    ):
        data = data[: match.start()] + rng.choice(_NUMBERS) + data[match.end() :]
    return data


def insert_words(rng: random.Random, data: bytes) -> bytes:
    """Put in words that mean something to a reader of this format."""
    words = _PDF_WORDS if data.startswith(b"%PDF") else _XML_WORDS
    for _ in range(rng.choice((1, 3, 9))):
        at = rng.randrange(len(data))
        data = data[:at] + rng.choice(words) + data[at:]
    return data


MUTATORS: Sequence[Mutator] = (
    *(truncate, behead, flip, flip, scribble, repeat, swap, renumber, renumber, insert_words),
)


def inside_zip(rng: random.Random, data: bytes) -> bytes:
    """Damage one member of a ZIP and pack it anew, so that the damage reaches its reader."""

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(each.filename, archive.read(each)) for each in archive.infolist()]
    at = rng.randrange(len(members))
    name, content = members[at]
    members[at] = (name, rng.choice(MUTATORS)(rng, content or b"x"))
    return zipped(*members)


def mutants(seed: int) -> Iterator[tuple[str, bytes]]:
    """Give damaged files without end, the same for the same ``seed``."""
    rng = random.Random(seed)
    good = seeds()
    while True:
        name, data = rng.choice(good)
        if data.startswith(b"PK") and rng.random() < 0.7:
            data = inside_zip(rng, data)
        else:
            for _ in range(rng.choice((1, 1, 1, 2, 4))):
                data = rng.choice(MUTATORS)(rng, data or b"x")
        yield name, data
