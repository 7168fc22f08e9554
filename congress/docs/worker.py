"""Reads untrusted files in a process of their own, so that none of them can harm the congress.

A PDF, an office file or a picture can be made to crash, hang or take over what reads it. The
process that reads them (``congress.docs.workermain``) is small, confined
(``congress.docs.confine``), and holds nothing but the file. It gets the file as an open
descriptor, or through a pipe where there are none to hand over or nothing is on disk, never as a
copy; what it answers is read as untrusted too: canonical JSON and raw bytes of limited size, and
the reading HTML is sanitised again on this side.

It starts with the first file, serves those that follow, ends by itself when there is nothing to
do, and is killed when it falls silent or the person cancels. The next file gets a new one.
"""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final

import congress
from congress.docs.model import Extract, PageText, PaperKind, TextOrigin
from congress.docs.ocr import Tesseract
from congress.docs.text.reflow import resanitised
from congress.docs.workerwire import Frame, WireError, receive, send
from congress.kernel.canonical import Json
from congress.kernel.errors import BugError, EnvironmentFault, InputError
from congress.kernel.progress import Progress

PATIENCE = 10.0
"""Seconds without a sign of life after which the process is killed."""

_STARTING = 30.0
_MAX_ASKED = _MAX_ANSWER = 512 * 1024 * 1024
_SERVED_MOST = 200
_POLL = 0.05
_WAITING_FRAMES = 256
_END: Final = None
_HEAP = {"MALLOC_MMAP_THRESHOLD_": str(32 * 1024**2), "MALLOC_TRIM_THRESHOLD_": str(256 * 1024**2)}
"""Lets glibc keep what it frees: to give it back and ask for it again with each page costs a fifth
of the time of reading a PDF."""
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from congress.docs import workermain; "


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about one file.

    Attributes:
        language: ``en``, ``vi`` or ``ur`` if a person said so, else empty.
        fixed: A PDF made of the file to show its pages, or empty.
        tesseract: What reads scans, if anything does.
    """

    language: str = ""
    fixed: bytes = b""
    tesseract: Tesseract | None = None


class Worker:
    """The reading process, started and replaced as needed. Any thread may use it."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        """Start nothing yet.

        Args:
            patience: Seconds without a sign of life after which the process is killed.
        """
        self._patience = patience
        self._process: _Process | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the process now, so that it is ready when the first file comes.

        Raises:
            EnvironmentFault: ``docs.no_reader``.
        """
        with self._lock:
            self._running()

    def read(
        self, file: BinaryIO, size: int, name: str, progress: Progress, asked: Asked | None = None
    ) -> Extract:
        """Read a file.

        Args:
            file: Open, seekable; its position may change.
            size: Its length in bytes.
            name: Its name.
            progress: Told each page; a cancellation kills the process.
            asked: What else is to be known.

        Raises:
            InputError: As ``congress.docs.text.extract.extract``; ``docs.too_slow``,
                ``docs.too_heavy`` or ``docs.reader_crashed`` if the file was too much for
                the process.
            EnvironmentFault: ``docs.no_reader``.
            Cancelled: The person cancelled.
        """
        with self._lock:
            for attempt in (1, 2):
                process = self._running()
                try:
                    process.ask(file, size, name, asked or Asked())
                    return _Answer(process, progress, self._patience).whole()
                except _FileRefused as refused:
                    raise InputError(refused.code, **refused.params) from None
                except _GoneBefore:
                    self._kill()
                    if attempt == 2:
                        raise InputError("docs.reader_crashed") from None
                except BaseException:
                    self._kill()
                    raise
        raise BugError("unreachable")

    def limits(self) -> tuple[str, ...]:
        """Start the process, and return which limits of ``confine.confine`` hold for it.

        Raises:
            EnvironmentFault: ``docs.no_reader``.
        """
        with self._lock:
            process = self._running()
            process.ready()
            return process.held

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._kill()

    def _running(self) -> "_Process":
        if self._process is not None and not self._process.usable:
            self._kill()
        if self._process is None:
            self._process = _Process()
        return self._process

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._process = None


class _FileRefused(Exception):
    def __init__(self, code: str, params: Mapping[str, Json]) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class _GoneBefore(Exception):
    """The process ended before it said a word: it may have been idle, so another may try."""


class _Process:
    """One reading process and the thread that listens to it."""

    def __init__(self) -> None:
        root = str(Path(congress.__file__).parents[1])
        ours, theirs = socket.socketpair() if hasattr(socket, "send_fds") else (None, None)
        command = [sys.executable, "-I", "-c", f"{_START}workermain.main()", root]
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [*command, *([str(theirs.fileno())] if theirs else [])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                pass_fds=[theirs.fileno()] if theirs else [],
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                start_new_session=True,
            )
        except OSError as error:
            if ours:
                ours.close()
            raise EnvironmentFault("docs.no_reader") from error
        finally:
            if theirs:
                theirs.close()
        self._handing = ours
        self._frames: queue.Queue[Frame | None] = queue.Queue(_WAITING_FRAMES)
        self.held: tuple[str, ...] = ()
        self.served = 0
        self._stopping = self._confined = False
        self._listener = threading.Thread(target=self._listen, name="reading-process", daemon=True)
        self._listener.start()

    @property
    def usable(self) -> bool:
        return self._child.poll() is None and self.served < _SERVED_MOST

    @property
    def status(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(1)
        return self._child.returncode

    def _pipe(self, pipe: IO[bytes] | None) -> BinaryIO:
        if pipe is None:
            raise BugError("the reading process has no pipe")
        return pipe  # type: ignore[return-value]

    def _listen(self) -> None:
        answers = self._pipe(self._child.stdout)
        with suppress(WireError, OSError, ValueError):
            while (frame := receive(answers, _MAX_ANSWER)) is not None:
                self._put(frame)
        self._put(_END)

    def _put(self, frame: Frame | None) -> None:
        while not self._stopping:
            with suppress(queue.Full):
                self._frames.put(frame, timeout=_POLL)
                return

    def next(self, timeout: float) -> Frame | None:
        """Return the next frame; ``None`` if none came in time.

        Raises:
            EOFError: The process ended, or said what no honest process says.
        """
        try:
            frame = self._frames.get(timeout=timeout)
        except queue.Empty:
            return None
        if frame is _END:
            raise EOFError
        return frame

    def ready(self) -> None:
        """Wait until the process is confined and waits for its first file."""
        if self._confined:
            return
        try:
            frame = self.next(_STARTING)
        except EOFError:
            frame = None
        if frame is None:
            raise EnvironmentFault("docs.no_reader")
        held = frame.head.get("held")
        self._confined = True
        self.held = tuple(map(str, held)) if isinstance(held, list) else ()

    def ask(self, file: BinaryIO, size: int, name: str, asked: Asked) -> None:
        self.ready()
        self.served += 1
        number = _number(file) if self._handing else None
        request: dict[str, Json] = {
            "name": name,
            "size": size,
            "language": asked.language,
            "tesseract": asked.tesseract.program if asked.tesseract else "",
            "languages": " ".join(asked.tesseract.languages if asked.tesseract else ()),
            "handed": number is not None,
        }
        parts = [asked.fixed]
        if number is None:
            if size > _MAX_ASKED - len(asked.fixed):
                raise InputError("docs.too_large", most=_MAX_ASKED // 1024 // 1024)
            file.seek(0)
            parts.append(file.read())
        try:
            if number is not None and self._handing:
                socket.send_fds(self._handing, [b"f"], [number])
            send(self._pipe(self._child.stdin), request, *parts)
        except OSError as error:
            raise _GoneBefore from error

    def kill(self) -> None:
        self._stopping = True
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform != "win32":  # and with it a Tesseract that is at work
                os.killpg(self._child.pid, signal.SIGKILL)
        self._child.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._child.stdin, self._child.stdout, self._handing):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _environment() -> dict[str, str]:
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "HOME")
    return {**_HEAP, **{name: os.environ[name] for name in kept if name in os.environ}}


def _number(file: BinaryIO) -> int | None:
    try:
        return file.fileno()
    except (OSError, AttributeError):  # a member of a ZIP is in memory only
        return None


class _Answer:
    """Listens to what comes back for one file."""

    def __init__(self, process: _Process, progress: Progress, patience: float) -> None:
        self._process, self._progress, self._patience = process, progress, patience
        self._pages: list[PageText] = []
        self._size = 0
        self._heard = False

    def whole(self) -> Extract:
        """Return the answer.

        Raises:
            InputError: The process was too slow, ended, or answered nonsense.
        """
        deadline = time.monotonic() + self._patience
        while True:
            self._progress.check()
            try:
                frame = self._process.next(_POLL)
                if frame is not None:
                    deadline = time.monotonic() + self._patience
                    if (found := self._take(frame)) is not None:
                        return found
                elif time.monotonic() > deadline:
                    raise InputError("docs.too_slow", seconds=round(self._patience))
            except EOFError:
                raise self._ended() from None
            except (WireError, ValueError):
                raise InputError("docs.reader_crashed") from None

    def _ended(self) -> Exception:
        status = self._process.status
        if status == _OUT_OF_TIME:
            return InputError("docs.too_slow", seconds=round(self._patience))
        return InputError("docs.reader_crashed") if self._heard else _GoneBefore()

    def _take(self, frame: Frame) -> Extract | None:
        self._heard = True
        self._size += sum(map(len, frame.parts))
        if self._size > _MAX_ANSWER:
            raise WireError("too large")
        head = frame.head
        if "step" in head:
            self._progress.report(frame.number("step"), frame.number("of"))
        elif "refused" in head:
            params = head.get("params")
            raise _FileRefused(frame.text("refused"), params if isinstance(params, Mapping) else {})
        elif "pages" in head:
            spaced = head["pages"]
            if not isinstance(spaced, list):
                raise WireError("pages")
            texts = frame.texts()
            self._pages += [
                PageText(text, bool(each)) for text, each in zip(texts, spaced, strict=True)
            ]
        elif "kind" in head:
            return self._extract(frame)
        return None

    def _extract(self, frame: Frame) -> Extract:
        title, reflow, cover, rendition = frame.parts
        if not self._pages or (rendition and not rendition.startswith(b"%PDF-")):
            raise WireError("pages")
        return Extract(
            kind=PaperKind(frame.text("kind")),
            title=title.decode("utf-8"),
            pages=tuple(self._pages),
            origin=TextOrigin(frame.text("origin")),
            reflow=resanitised(reflow.decode("utf-8")),
            cover=cover,
            rendition=rendition,
        )


_OUT_OF_TIME = -24
"""How Linux and macOS end a process that used up its processor time (``SIGXCPU``)."""
