"""How long a library of 2,000 papers takes to be listed and filtered, and holds the window."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from congress.docs.model import PaperType
from congress.docs.places import Places
from congress.docs.reading_list import ReadingList
from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.controllers.library import LibraryController
from congress.ui.models.listing import Facet, Filters, Listing
from congress.ui.models.ordering import Sort
from congress.ui.pages.library import LibraryPage
from congress.ui.watchdog import Watchdog
from tests.bench.measuring import Line, best, bound, milliseconds
from tests.helpers.papers import make_library
from tests.helpers.uicontext import ui_context
from tests.helpers.vaults import actor, manual_clock, memory_database

PAPERS = 2_000
_MOST, _HELD = 50, 20


def listing(folder: Path) -> Iterator[Line]:
    """List and filter 2,000 papers: in the library, in the models, and in the page."""
    library = make_library(folder / "list")
    rng = random.Random(5)
    types, today = list(PaperType), date(2026, 3, 14)
    for number in range(PAPERS):
        path = folder / f"paper{number}.txt"
        path.write_text(f"Paper {number} on the budget of the year", encoding="utf-8")
        library.import_file(
            path,
            title=f"Dự thảo nghị quyết số {number} về ngân sách",
            language=rng.choice(("en", "vi", "ur")),
            clearance=rng.choice(list(Clearance)),
            type=rng.choice(types),
            number=str(number),
            agenda=f"{number % 17}. Mục số {number % 17}",
            dated=today - timedelta(days=number % 90),
        )
        path.unlink()
    read = best(library.papers, 7)
    papers = library.papers()
    arrange = best(lambda: Listing(papers, today=today), 5)
    listed = Listing(papers, today=today)
    filters = Filters().toggled(Facet.LANGUAGE, "vi").toggled(Facet.TYPE, "draft")
    chosen = best(lambda: listed.arranged(filters, Sort.TITLE, grouped=True), 7)
    yield bound(f"reading the list of {PAPERS:,} papers", read, "ms", _MOST)
    yield bound("making it ready to be filtered", arrange, "ms", _MOST)
    yield bound("filtering, sorting and grouping it", chosen, "ms", _MOST)
    with ui_context() as (context, _):
        own = memory_database("own")
        places = Places(own, actor(), manual_clock())
        reading = ReadingList(own, places, actor())
        controller = LibraryController(context, library, actor(), reading=reading)
        page = LibraryPage(context, controller)
        page.resize(1280, 800)
        page.show()
        yield from _on_the_page(context, page)
        page.close()


def _on_the_page(context: UiContext, page: LibraryPage) -> Iterator[Line]:
    watchdog = Watchdog()
    page.shown()
    _until(context, lambda: page.papers_view.papers.rowCount() == PAPERS)
    _until(context, lambda: not context.tasks.busy)
    # The icons, fonts and words of the rows are there now, as they are all day.
    times = [_shown_again(context, page) for _ in range(5)]
    first = min(times)
    watchdog.start()
    steps = (
        lambda: page.facets.checks[Facet.LANGUAGE, "vi"].click(),
        lambda: page.bar.group_button.click(),
        lambda: page.facets.checks[Facet.TYPE, "draft"].click(),
        lambda: page.bar.sorted.emit(Sort.TITLE),
        lambda: page.facets.clear_button.click(),
    )
    times.clear()
    for step in steps:
        times.append(milliseconds(lambda step=step: _shown_after(step)))  # type: ignore[misc]
        _until(context, lambda: not context.tasks.busy)
    watchdog.stop()
    yield bound("the page: read again and shown", first, "ms", _MOST)
    yield bound("the page: a filter, an order, a grouping, drawn", max(times), "ms", _MOST)
    held = watchdog.longest
    yield bound(
        "  the longest hold of the window meanwhile", held.milliseconds, "ms", _HELD, held.where
    )


def _shown_again(context: UiContext, page: LibraryPage) -> float:
    """Return how long the page takes from being shown to a fresh list, drawn."""
    listed: list[object] = []
    page._controller.listed.connect(listed.append)
    begun = time.perf_counter()
    page.shown()
    while not listed:
        QApplication.processEvents()
        time.sleep(0.0005)  # Or this loop would keep the other threads waiting.
    QApplication.processEvents()
    spent = (time.perf_counter() - begun) * 1000
    _until(context, lambda: not context.tasks.busy)
    return spent


def _shown_after(step: Callable[[], object]) -> None:
    """Do what a click does, and let the window draw what comes of it."""
    done: list[object] = []
    QTimer.singleShot(0, lambda: done.append(step()))
    while not done:
        QApplication.processEvents()
    QApplication.processEvents()


def _until(context: UiContext, done: Callable[[], bool], seconds: float = 20) -> None:
    begun = time.monotonic()
    while not done() and time.monotonic() - begun < seconds:
        QApplication.processEvents()
        time.sleep(0.001)
