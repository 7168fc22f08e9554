"""Scrolls a paper of many pages in the reader, offscreen, and measures frames and memory."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication

from congress.docs.extraction import Extraction
from congress.docs.places import Places
from congress.kernel.roles import Role
from congress.storage.schema import own_metadata
from congress.ui.application import application
from congress.ui.controllers.reader import ReaderController
from congress.ui.pages.reader import ReaderPage
from congress.ui.watchdog import Watchdog
from tests.helpers.papers import make_library, pdf
from tests.helpers.uicontext import ui_context
from tests.helpers.vaults import actor, manual_clock, memory_database

SECONDS = 10.0
"""How long is scrolled."""
_FRAME = 1 / 60
_LINE = "The quorum is two thirds of the delegates, counted at the door, line {} of page {}."


def memory_mb() -> float:
    """Return the memory that this process holds now, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def paper(pages: int) -> bytes:
    """Return a PDF of so many full pages."""
    return pdf(
        *["\n".join(_LINE.format(line, page) for line in range(34)) for page in range(pages)]
    )


def scroll(pages: int = 1600, view: str = "pages", seconds: float = SECONDS) -> tuple[float, float]:
    """Scroll through a paper from its first to its last page.

    Args:
        pages: How many pages it has.
        view: ``pages`` or ``text``.
        seconds: How long.

    Returns:
        Frames a second, each painted whole, and the most memory in megabytes meanwhile.
    """
    frames, rss, _ = measure(pages, view, seconds)
    return frames, rss


def measure(pages: int, view: str, seconds: float) -> tuple[float, float, float]:
    """Scroll, and return frames a second, megabytes, and the longest hold in milliseconds."""
    application()
    with tempfile.TemporaryDirectory() as folder, ui_context() as (context, _):
        file = Path(folder) / "long.pdf"
        file.write_bytes(paper(pages))
        library = make_library(Path(folder), extractor=Extraction())
        paper_id = library.import_file(file).id
        own = memory_database("own", metadata=own_metadata)
        places = Places(own, actor(Role.SECRETARIAT), manual_clock())
        page = ReaderPage(context, ReaderController(context, library, places), "Lan Nguyen")
        page.resize(1280, 800)
        page.show()
        page.opened(paper_id)
        _until(lambda: page.first.paper is not None)
        page.first.show_view(view)
        _until(lambda: page.view.sheet_count > 0)
        _wait(1.0)
        watchdog = Watchdog(stall_ms=20)
        watchdog.start()
        found = _scroll(page, seconds)
        watchdog.stop()
        page.closing()
        page.deleteLater()
        _wait(0.3)
        own.close()
        library.close()
    return (*found, watchdog.longest.milliseconds)


def _scroll(page: ReaderPage, seconds: float) -> tuple[float, float]:
    bar = page.view.verticalScrollBar()
    frames, most = 0, memory_mb()
    begun = time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        started = time.perf_counter()
        bar.setValue(round(bar.maximum() * passed / seconds))
        page.view.viewport().repaint()
        frames += 1
        if frames % 20 == 0:
            most = max(most, memory_mb())
        QApplication.processEvents()
        rest = _FRAME - (time.perf_counter() - started)
        if rest > 0:
            time.sleep(rest)
    return frames / seconds, most


def _until(done: Callable[[], bool]) -> None:
    while not done():
        _wait(0.02)


def _wait(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def _line(view: str) -> str:
    frames, rss, held = measure(1600, view, SECONDS)
    return (
        f"1,600 pages as {view}: {frames:.0f} frames/s, {rss:.0f} MB, longest hold {held:.0f} ms\n"
    )


if __name__ == "__main__":
    for shown in ("pages", "text"):
        if os.fork() == 0:
            sys.stdout.write(_line(shown))
            sys.stdout.flush()
            os._exit(0)
        os.wait()
