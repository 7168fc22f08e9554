"""Recognises the text of pictures of pages with Tesseract, where it is installed.

Tesseract is a program of its own (Apache-2.0); a page goes into it and its words come out of it
through pipes, without a file. It reads Vietnamese and English nearly without a fault and Urdu in
Naskh well; of Nastaliq it makes rubbish, and says so: words it is that unsure of are worth less
in an index than none, because they are found where they do not stand.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from congress.docs.pdfium import Pixels

RESOLUTION = 300
"""Dots per inch at which a page is drawn to be recognised, as Tesseract asks for."""

LEAST_CONFIDENCE = 70.0
"""Mean confidence, of 100, below which what was recognised is thrown away."""

PACKAGES = "tesseract-ocr tesseract-ocr-vie tesseract-ocr-urd"
"""What to install on Debian and Ubuntu."""

_TRIED = {
    "en": ("eng", "vie", "urd"),
    "vi": ("vie", "urd"),
    "ur": ("urd", "vie"),
    "": ("vie", "eng", "urd"),
}
"""What is tried first by what a person said. Measured: the Vietnamese data read English as well as
the English do (.06% of letters wrong on the Universal Declaration), and of both together the
English ones take the marks off Vietnamese capitals."""
_CONGRESS = ("vie", "eng", "urd")
_SECONDS = 90
_POLL = 1.0
_WORD_LEVEL, _COLUMNS = "5", 12


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract.

    Attributes:
        program: Its path.
        languages: The languages it has the data of, by their names in Tesseract.
    """

    program: str
    languages: tuple[str, ...]

    @property
    def useful(self) -> tuple[str, ...]:
        """Those of its languages that a congress here is held in."""
        return tuple(name for name in _CONGRESS if name in self.languages)


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a picture.

    Attributes:
        text: The word.
        line: The block, paragraph and line it stands in.
        confidence: How sure it is, of 100.
        box: Left, top, width and height in pixels.
    """

    text: str
    line: tuple[str, ...]
    confidence: float
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read from the picture of a page.

    Attributes:
        text: Line by line, in reading order.
        confidence: Mean over its words, of 100.
        words: Its words, in reading order.
    """

    text: str
    confidence: float
    words: tuple[Word, ...] = ()


def find_tesseract() -> Tesseract | None:
    """Look for Tesseract and its languages; ``None`` where it is missing or does not answer."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - its own path, no shell
            [program, "--list-langs"], capture_output=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    found = Tesseract(program, tuple(line.strip() for line in lines[1:] if line.strip()))
    return found if found.useful else None


class Recogniser:
    """Reads the pages of one paper; the writing of the first decides how the others begin."""

    def __init__(
        self, tesseract: Tesseract, language: str = "", beat: Callable[[], object] = lambda: None
    ) -> None:
        """Read with ``tesseract``.

        Args:
            tesseract: Where it is.
            language: ``en``, ``vi`` or ``ur`` if a person said so, to try it first.
            beat: Called about once a second while a page is being read.
        """
        self._tesseract, self._beat = tesseract, beat
        tried = _TRIED.get(language, _TRIED[""])
        self._languages = [name for name in tried if name in tesseract.languages]

    def read(self, page: Pixels) -> Recognised | None:
        """Read a page that was drawn with ``RESOLUTION``; ``None`` if nothing can be trusted."""
        picture = _grey(page)
        best: Recognised | None = None
        for language in tuple(self._languages):
            found = self._run(picture, language)
            if best is None or found.confidence > best.confidence:
                best = found
            if found.confidence >= LEAST_CONFIDENCE:
                self._languages.remove(language)
                self._languages.insert(0, language)
                break
        return best if best is not None and best.confidence >= LEAST_CONFIDENCE else None

    def _run(self, picture: bytes, language: str) -> Recognised:
        arguments = ["stdin", "stdout", "--dpi", str(RESOLUTION), "-l", language, "tsv"]
        with subprocess.Popen(  # noqa: S603 - a program that was probed, no shell
            [self._tesseract.program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        ) as process:
            table = self._answer(process, picture)
        return recognised(table.decode("utf-8", "replace"))

    def _answer(self, process: "subprocess.Popen[bytes]", picture: bytes) -> bytes:
        given: bytes | None = picture
        for _ in range(_SECONDS):
            try:
                return process.communicate(given, timeout=_POLL)[0]
            except subprocess.TimeoutExpired:
                given = None
                self._beat()
            except OSError:
                break
        process.kill()
        return b""


def _grey(page: Pixels) -> bytes:
    from PIL import Image  # only a process that reads scans needs it

    size = (page.width, page.height)
    image = Image.frombuffer("RGB", size, bytes(page.data), "raw", "BGRX", 0, 1).convert("L")
    return b"P5 %d %d 255\n" % size + image.tobytes()


def recognised(table: str) -> Recognised:
    """Return the text of a table of Tesseract's (``tsv``).

    A row is a word with the block, paragraph and line it stands in, and how sure it is; words
    count as much as they have letters.
    """
    words = tuple(_words(table))
    letters = sum(len(word.text) for word in words)
    if not letters:
        return Recognised("", 0.0)
    sure = sum(word.confidence * len(word.text) for word in words) / letters
    rows = groupby(words, key=lambda word: word.line)
    lines = (" ".join(word.text for word in row) for _, row in rows)
    return Recognised("\n".join(lines), sure, words)


def _words(table: str) -> Iterator[Word]:
    rows = csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        if len(row) == _COLUMNS and row[0] == _WORD_LEVEL and row[11].strip():
            try:
                left, top, width, height = map(int, row[6:10])
                box = (left, top, width, height)
                yield Word(row[11].strip(), tuple(row[1:5]), float(row[10]), box)
            except ValueError:
                continue
