"""The library's pages by one finger alone, left to right and right to left."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from congress.ui.models.listing import Facet, Heading, ListedPaper
from congress.ui.page import Page
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.papermenu import PaperMenu
from tests.helpers.touching import Finger, unreachable
from tests.helpers.walking import Walk, audit, walk

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture(scope="module", params=["en", "ur"])
def walked(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    with walk(request.param, tmp_path_factory.mktemp("walk"), qapp) as made:
        yield made


@pytest.fixture
def finger(walked: Walk) -> Finger:
    return Finger(walked)


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> None:
    """The window lasts for the whole module; ``walk`` looks for its threads at the end."""


@pytest.fixture(autouse=True)
def _at_home(walked: Walk) -> None:
    walked.window.shell._inspect(None)
    walked.go("home", Page)


@pytest.mark.parametrize(
    "path",
    [
        "library",
        "changes/{}",
        "amendments/{}",
        "notes",
        "packs",
        "readers/papers",
        "readers/grid",
        "readers/trace",
        "settings",
    ],
)
def test_a_finger_comes_to_everything(walked: Walk, finger: Finger, path: str) -> None:
    walked.go(path.format(walked.paper.id), Page)
    assert audit(walked.window) == []
    assert unreachable(finger, walked.window) == []


def library(walked: Walk) -> LibraryPage:
    page = walked.go("library", LibraryPage)
    page.search.clear()
    page._clear_filters()
    walked.rest()
    return page


def listed(page: LibraryPage) -> list[ListedPaper]:
    return [row for row in page.papers_view.papers.rows if isinstance(row, ListedPaper)]


def at_rules(walked: Walk) -> tuple[LibraryPage, int]:
    page = library(walked)
    return page, page.papers_view.papers.row_of(walked.paper.id)


def inspected(walked: Walk) -> PaperPanel:
    walked.rest()
    (panel,) = walked.window.shell.inspector.findChildren(PaperPanel)
    return panel


def test_the_list_is_filtered_ordered_and_grouped(walked: Walk, finger: Finger) -> None:
    page = library(walked)
    all_ = len(listed(page))
    finger.tap(page.facets.checks[Facet.LANGUAGE, "ur"])
    assert [row.paper.language for row in listed(page)] == ["ur"]
    finger.tap(page.facets.clear_button)
    assert len(listed(page)) == all_
    finger.tap(page.bar.filter_button)
    assert not page.facets.isVisible()
    finger.tap(page.bar.filter_button)
    assert page.facets.isVisible()
    finger.tap(page.bar.group_button)
    assert isinstance(page.papers_view.papers.rows[0], Heading)
    finger.tap(page.bar.group_button)
    before, order = page.bar.order.value, [row.paper.title for row in listed(page)]
    finger.choose(page.bar.order, 2)
    assert page.bar.order.value != before
    assert sorted(order) != [row.paper.title for row in listed(page)] or order != sorted(order)
    finger.choose(page.bar.order, 0)
    assert [row.paper.title for row in listed(page)] == order


def test_what_is_entered_is_found_and_opened(walked: Walk, finger: Finger) -> None:
    page = library(walked)
    finger.write(page.search, "boats")
    walked.until(lambda: page.hits_view.found is not None and page.hits_view.found.hits)
    finger.tap_row(page.hits_view, 0)
    assert isinstance(walked.page, ReaderPage)


def test_a_paper_is_looked_at_and_read(walked: Walk, finger: Finger) -> None:
    page, row = at_rules(walked)
    finger.tap_row(page.papers_view, row)
    panel = inspected(walked)
    assert panel.paper.id == walked.paper.id
    finger.tap(panel.read_button)
    assert isinstance(walked.page, ReaderPage)


def test_a_long_press_asks_for_what_can_be_done_with_a_paper(walked: Walk, finger: Finger) -> None:
    page, row = at_rules(walked)
    finger.hold_row(page.papers_view, row)
    menu = page.findChildren(PaperMenu)[-1]
    assert menu.row.paper.id == walked.paper.id
    finger.pick_open(menu, walked.window.context.tr("library.read"))
    assert isinstance(walked.page, ReaderPage)
