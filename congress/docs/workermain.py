"""The reading process: takes one file after another, says what is in it, and owns nothing.

Started by ``congress.docs.worker``. It holds no key and no paper but the one it was handed, and
``congress.docs.confine`` takes away what reading does not need before the first file comes.
"""

import io
import os
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from congress.docs.confine import Limits, allow_seconds, confine, forbid
from congress.docs.model import Extract
from congress.docs.ocr import Recogniser, Tesseract
from congress.docs.pdfium import Pdf
from congress.docs.text.extract import Means, extract
from congress.docs.workerwire import Frame, receive, send, utf8
from congress.kernel.errors import InputError

MAX_CONTENT = 512 * 1024 * 1024
"""Most bytes of a file, and of the PDF made of it, that come through the pipe."""

_SECONDS = 900
"""Processor time for one file."""

_IDLE = 60.0
"""Seconds without work after which the process ends; the next file gets a new one."""

_TELLING = 0.1
"""Least seconds between two steps that are told, the last excepted."""

_PAGES_AT_ONCE = 50


_ONE_WORD = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R
/Resources << /Font << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 23 >> stream
BT /F 9 Tf (word) Tj ET
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
trailer << /Root 1 0 R >>
"""
"""A PDF in a font that is not in it."""


class _Telling:
    """Progress that goes back through the pipe."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._told = 0.0

    def report(self, done: int, total: int, label: str = "") -> None:
        now = time.monotonic()
        if now - self._told >= _TELLING or done == total:
            self._told = now
            send(self._answers, {"step": done, "of": total})

    def check(self) -> None:
        """Go on: who cancels ends this process."""

    def beat(self) -> None:
        """Say that a page takes long because another program is at work on it."""
        send(self._answers, {"beat": True})


class _Handed(io.RawIOBase):
    """A file handed over open. It is read by position: the other side shares its pointer."""

    def __init__(self, number: int, size: int) -> None:
        super().__init__()
        self._number, self._size, self._at = number, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        start = (0, self._at, self._size)[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        data = os.pread(self._number, len(view), self._at)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            os.close(self._number)
        super().close()


def main() -> None:
    """Serve until the other side is gone or nothing was asked for a while."""
    answers = os.fdopen(os.dup(1), "wb")
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    handed = socket.socket(fileno=int(sys.argv[1])) if len(sys.argv) > 1 else None
    held = confine(Limits())
    programs: set[str] = set()
    forbid(programs)
    send(answers, {"held": list(held)})
    _warm()
    whole = io.BufferedReader(requests, 1 << 16)
    while _asked(requests) and (request := receive(whole, MAX_CONTENT)) is not None:
        # From here on, an end of this process is the file's fault, and nobody tries it again.
        send(answers, {"beat": True})
        allow_seconds(_SECONDS)
        with _content(request, handed) as content:
            _serve(request, content, answers, programs)


def _warm() -> None:
    """Let PDFium read the system's list of fonts while nobody waits for it yet."""
    with Pdf(io.BytesIO(_ONE_WORD)) as pdf:
        pdf.text(0)


def _asked(requests: io.FileIO) -> bool:
    if sys.platform == "win32":
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(requests, selectors.EVENT_READ)
        return bool(selector.select(_IDLE))


@contextmanager
def _content(request: Frame, handed: socket.socket | None) -> Iterator[BinaryIO]:
    if request.head.get("handed") and handed is not None:
        _, numbers, _, _ = socket.recv_fds(handed, 1, 1)
        with io.BufferedReader(_Handed(numbers[0], request.number("size"))) as content:
            yield content
    else:
        yield io.BytesIO(request.parts[1])


def _serve(request: Frame, content: BinaryIO, answers: BinaryIO, programs: set[str]) -> None:
    telling = _Telling(answers)
    try:
        found = extract(
            content,
            request.number("size"),
            request.text("name"),
            telling,
            Means(_recogniser(request, telling, programs), request.parts[0]),
        )
    except InputError as error:
        params = {key: each for key, each in error.params.items() if isinstance(each, int | str)}
        send(answers, {"refused": error.code, "params": params})
    except (MemoryError, RecursionError) as error:
        code = "docs.too_heavy" if isinstance(error, MemoryError) else "docs.too_deep"
        send(answers, {"refused": code, "params": {}})
    except Exception:  # noqa: BLE001 - whatever a file leads a reader to is told as its fault
        send(answers, {"refused": "docs.reader_crashed", "params": {}})
    else:
        _answer(found, answers)


def _recogniser(request: Frame, telling: _Telling, programs: set[str]) -> Recogniser | None:
    program, languages = request.text("tesseract"), request.text("languages").split()
    if not program:
        return None
    programs.add(program)
    tesseract = Tesseract(program, tuple(languages))
    return Recogniser(tesseract, request.text("language"), telling.beat)


def _answer(found: Extract, answers: BinaryIO) -> None:
    for start in range(0, len(found.pages), _PAGES_AT_ONCE):
        some = found.pages[start : start + _PAGES_AT_ONCE]
        send(answers, {"pages": [page.spaced for page in some]}, *(utf8(p.text) for p in some))
    send(
        answers,
        {"kind": found.kind.value, "origin": found.origin.value},
        utf8(found.title),
        utf8(found.reflow),
        found.cover,
        found.rendition,
    )
