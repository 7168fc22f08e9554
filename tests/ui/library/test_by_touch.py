"""The library's pages by one finger alone, left to right and right to left."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from congress.kernel.roles import Clearance
from congress.ui.models.listing import Facet, Heading, ListedPaper
from congress.ui.page import Page
from congress.ui.pages.amendments import AmendmentsPage
from congress.ui.pages.changes import ChangesPage
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_clearance import ClearanceDialog
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.pages.paper_version import VersionDialog
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.papermenu import PaperMenu
from tests.helpers.papers import docx, paragraph
from tests.helpers.touching import Finger, unreachable
from tests.helpers.walking import AFTER, Walk, audit, walk

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


def opened_panel(walked: Walk, finger: Finger) -> PaperPanel:
    page, row = at_rules(walked)
    finger.tap_row(page.papers_view, row)
    return inspected(walked)


def edge(walked: Walk, widget: QWidget, inset: int = 20) -> QPoint:
    """Return a point at the end side of a widget."""
    x = inset if walked.lang == "ur" else widget.width() - inset
    return QPoint(x, widget.height() // 2)


def test_a_paper_is_described_anew(walked: Walk, finger: Finger) -> None:
    panel = opened_panel(walked, finger)
    finger.write(panel.title, "Rules of order")
    finger.choose(panel.type_select, 0)
    finger.write(panel.dated.editor, "3/5/2026")
    finger.tap(panel.agenda_box, edge(walked, panel.agenda_box))
    finger.choose_open(panel.agenda_box, 1)
    words = panel.agenda_box.itemText(1)
    paper = walked.house.library.paper(walked.paper.id)
    assert (paper.title, paper.agenda) == ("Rules of order", words)
    assert paper.type == panel.type_select.value != walked.paper.type
    assert paper.dated == date(2026, 5, 3)
    finger.write(panel.title, "Rules")
    finger.write(panel.agenda_box, "2. Rules")
    finger.tap(panel.number.editor)
    paper = walked.house.library.paper(walked.paper.id)
    assert (paper.title, paper.agenda) == ("Rules", "2. Rules")
    assert audit(panel) == []
    assert unreachable(finger, panel) == []


def test_another_clearance_warns_first(walked: Walk, finger: Finger) -> None:
    panel = opened_panel(walked, finger)
    box = panel.shelf.editor
    assert isinstance(box, Select)

    def refuse() -> None:
        dialog = walked.dialog(ClearanceDialog)
        assert unreachable(finger, dialog) == []
        finger.tap(dialog.no)

    def agree() -> None:
        finger.tap(walked.dialog(ClearanceDialog).yes)

    walked.meanwhile(refuse)
    finger.choose(box, box.count() - 1)
    walked.back()
    assert panel.shelf.shelf == walked.paper.shelf
    for row, clearance in ((box.count() - 1, Clearance.SECRET), (0, Clearance.PUBLIC)):
        walked.meanwhile(agree)
        finger.choose(box, row)
        walked.until(partial(_lies, walked, clearance))
        walked.back()


def _lies(walked: Walk, clearance: Clearance) -> bool:
    return walked.house.library.paper(walked.paper.id).clearance is clearance


def test_a_version_is_added_and_versions_are_compared(
    walked: Walk, finger: Finger, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = walked.folder / "third.docx"
    file.write_bytes(docx(*map(paragraph, (*AFTER, f"And one more for {walked.lang}."))))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    before = walked.house.library.paper(walked.paper.id).version
    panel = opened_panel(walked, finger)

    def answer() -> None:
        dialog = walked.dialog(VersionDialog)
        assert audit(dialog) == []
        assert unreachable(finger, dialog) == []
        finger.write(dialog.note, "Paragraph 15")
        finger.tap(dialog.start_button)

    walked.meanwhile(answer)
    finger.tap(panel.version_button)
    walked.until(lambda: walked.house.library.paper(walked.paper.id).version == before + 1)
    walked.until(
        lambda: panel._sheet is None or not panel._sheet.isVisible() or panel._sheet.close()
    )
    walked.rest()
    words = walked.window.context.tr("paper.version.changes", number=before)
    finger.tap(walked.named(panel.versions, words))
    assert isinstance(walked.page, ChangesPage)


def test_the_amendments_of_a_paper_are_reached_and_a_paper_is_removed(
    walked: Walk, finger: Finger
) -> None:
    panel = opened_panel(walked, finger)
    finger.tap(panel.amendments_button)
    assert isinstance(walked.page, AmendmentsPage)
    file = walked.folder / "spare.docx"
    file.write_bytes(docx(paragraph(f"A paper nobody needs in {walked.lang}.")))
    spare = walked.house.library.import_file(file, title="Spare")
    page = library(walked)
    finger.tap_row(page.papers_view, page.papers_view.papers.row_of(spare.id))
    panel = inspected(walked)
    walked.meanwhile(lambda: finger.tap(walked.dialog(ConfirmDialog).yes))
    finger.tap(panel.remove_button)
    walked.back()
    assert spare.id not in [each.id for each in walked.house.library.papers()]
