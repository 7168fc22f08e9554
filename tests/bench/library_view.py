"""How a paper of 1,600 pages scrolls, and how long drawing it holds the window."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from congress.app import open_congress
from congress.ui.controllers.reader import ReaderController
from congress.ui.pages.reader import ReaderPage
from congress.ui.watchdog import Watchdog
from tests.bench.measuring import Line, at_least, bound, told
from tests.helpers.papers import pdf
from tests.helpers.uicontext import ui_context
from tests.helpers.vaults import PASSPHRASE, make_vault

PAGES = 1_600
_FRAMES = 600
_STEP = 173
"""Pixels from one frame to the next: about as fast as a finger flings."""


def reading(folder: Path) -> Iterator[Line]:
    """Open a paper of 1,600 pages, and scroll through it as fast as it goes."""
    # Made in a process of its own: what coming in leaves in memory is not the reader's.
    made = [sys.executable, "-c", f"from {__name__} import make; make({str(folder)!r})"]
    subprocess.run(made, check=True)
    with open_congress(folder / "vault", PASSPHRASE) as congress, ui_context() as (context, _):
        (paper,) = congress.library.papers()
        controller = ReaderController(context, congress.library, congress.places)
        page = ReaderPage(context, controller, "Lan Nguyen")
        page.resize(1280, 800)
        page.show()
        before = _resident()
        watchdog = Watchdog()
        watchdog.start()
        page.opened(paper.id)
        _until(lambda: page.stack.currentWidget() is page.pages)
        _settle(lambda: context.tasks.busy)
        opening = watchdog.longest
        rate, memory = _scroll(page.pages)
        _settle(lambda: context.tasks.busy)
        watchdog.stop()
        page.closing()
        page.close()
    held = watchdog.longest
    yield at_least(f"scrolling a paper of {PAGES:,} pages", rate, "frames/s", 30)
    yield bound("  memory of the whole program at its peak", memory, "MB", 300)
    yield told("  of this before the paper was opened", before, "MB")
    yield bound("  the longest hold of the window", held.milliseconds, "ms", 50, held.where)
    yield bound("  of this while opening it", opening.milliseconds, "ms", 50, opening.where)


def make(folder: str) -> None:
    """Make a congress in ``folder`` with one paper of 1,600 pages."""
    text = "\n".join(f"line {number} of a long report on the year " * 2 for number in range(38))
    path = Path(folder) / "long.pdf"
    path.write_bytes(pdf(*[f"Page {number}\n{text}" for number in range(PAGES)]))
    make_vault(Path(folder)).close()
    with open_congress(Path(folder) / "vault", PASSPHRASE) as congress:
        congress.library.import_file(path)
    path.unlink()


def _scroll(view: QAbstractScrollArea) -> tuple[float, float]:
    """Return frames a second and the most memory in MB of a way through many pages."""
    bar = view.verticalScrollBar()
    most = 0.0
    begun = time.perf_counter()
    for frame in range(_FRAMES):
        bar.setValue((frame + 1) * _STEP % max(1, bar.maximum()))
        view.viewport().repaint()
        QApplication.processEvents()
        if frame % 50 == 0:
            most = max(most, _resident())
    rate = _FRAMES / (time.perf_counter() - begun)
    for part in range(20):  # Pages from all over the paper, each drawn to its end.
        bar.setValue(bar.maximum() * part // 20)
        _settle(lambda: False, 0.15)
        most = max(most, _resident())
    return rate, most


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _until(done: Callable[[], bool], seconds: float = 20) -> None:
    begun = time.monotonic()
    while not done() and time.monotonic() - begun < seconds:
        QApplication.processEvents()
        time.sleep(0.001)


def _settle(busy: Callable[[], bool], quiet: float = 0.5) -> None:
    """Let events run until nothing was under way for a while."""
    calm = time.monotonic()
    while time.monotonic() - calm < quiet:
        QApplication.processEvents()
        time.sleep(0.001)
        if busy():
            calm = time.monotonic()
