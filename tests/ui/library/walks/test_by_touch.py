"""The library's pages by one finger alone, left to right and right to left."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget

from congress.docs.amendments.model import State
from congress.kernel.roles import Clearance
from congress.ui.controllers.paper_desk import changes_path
from congress.ui.models.listing import Facet, Heading
from congress.ui.page import Page
from congress.ui.pages.amendment_decisions import DecisionDialog
from congress.ui.pages.amendment_dialogs import ProposalDialog
from congress.ui.pages.amendments import AmendmentsPage
from congress.ui.pages.changes import ChangesPage
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_clearance import ClearanceDialog
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.pages.paper_version import VersionDialog
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.amendmentcard import AmendmentRow
from congress.ui.widgets.changeview import ViewMode
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.papermenu import PaperMenu
from tests.helpers.papers import docx, paragraph
from tests.helpers.touching import Finger, unreachable
from tests.helpers.walking import Walk, audit
from tests.ui.library.conftest import papers
from tests.ui.library.walks.conftest import PAGES, await_version, inspected, lies

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.mark.parametrize("path", PAGES)
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


def at_rules(walked: Walk) -> tuple[LibraryPage, int]:
    page = library(walked)
    return page, page.papers_view.papers.row_of(walked.paper.id)


def test_the_list_is_filtered_ordered_and_grouped(walked: Walk, finger: Finger) -> None:
    page = library(walked)
    all_ = len(papers(page))
    finger.tap(page.facets.checks[Facet.LANGUAGE, "ur"])
    assert [row.paper.language for row in papers(page)] == ["ur"]
    finger.tap(page.facets.clear_button)
    assert len(papers(page)) == all_
    finger.tap(page.bar.filter_button)
    assert not page.facets.isVisible()
    finger.tap(page.bar.filter_button)
    assert page.facets.isVisible()
    finger.tap(page.bar.group_button)
    assert isinstance(page.papers_view.papers.rows[0], Heading)
    finger.tap(page.bar.group_button)
    before, order = page.bar.order.value, [row.paper.title for row in papers(page)]
    finger.choose(page.bar.order, 2)
    assert page.bar.order.value != before
    assert sorted(order) != [row.paper.title for row in papers(page)] or order != sorted(order)
    finger.choose(page.bar.order, 0)
    assert [row.paper.title for row in papers(page)] == order


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
        walked.until(partial(lies, walked, clearance))
        walked.back()


@pytest.mark.usefixtures("another_version")
def test_a_version_is_added_and_versions_are_compared(walked: Walk, finger: Finger) -> None:
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
    await_version(walked, panel, before + 1)
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


def test_changes_are_gone_through(walked: Walk, finger: Finger) -> None:
    new, old = walked.house.library.versions(walked.paper.id)[-2:]
    page = walked.go(changes_path(walked.paper.id, old, new), ChangesPage)
    view, bar = page.view, page.bar
    finger.tap(bar.next)
    assert view.current == 1 % view.changes
    finger.tap(bar.previous)
    assert view.current == 0
    folded = len(view.rows)
    fold = next(at for at, row in enumerate(view.rows) if row.fold)
    finger.tap_at(view, lambda: view.row_rect(fold))
    assert len(view.rows) > folded
    last = max(at for at, row in enumerate(view.rows) if row.change is not None)
    finger.tap_at(view, lambda: view.row_rect(last))
    assert view.current == view.rows[last].change != 0
    finger.tap(bar.folding)
    everything = len(view.rows)
    assert everything > folded
    finger.drag(view, QPoint(0, -200))
    assert view.map.value() > 0
    finger.tap(bar.mode._group.button(1))
    assert view.mode.value == ViewMode.TRACKED.value
    finger.tap(bar.mode._group.button(0))
    assert view.mode.value == ViewMode.SIDES.value
    night = view.colours
    finger.tap(bar.night_button)
    assert view.colours is not night
    finger.tap(bar.night_button)
    finger.tap(bar.folding)


def test_other_versions_are_compared(walked: Walk, finger: Finger) -> None:
    page = walked.go(f"changes/{walked.paper.id}", ChangesPage)
    new = page.bar.new.value
    old = page.bar.old.value
    finger.choose(page.bar.old, page.bar.new.currentIndex())
    walked.until(lambda: page.stack.currentWidget() is page.same)
    assert page.same.button is not None
    finger.tap(page.same.button)
    assert isinstance(walked.page, ReaderPage)
    assert old != new


def test_an_amendment_is_entered_decided_and_taken_back(walked: Walk, finger: Finger) -> None:
    page = walked.go(f"amendments/{walked.paper.id}", AmendmentsPage)
    walked.until(lambda: page.cards)
    before = len(walked.house.amendments.of(walked.paper.id).amendments)
    finger.tap(page.enter)
    dialog = walked.dialog(ProposalDialog)
    assert audit(dialog) == []
    assert unreachable(finger, dialog) == []
    finger.choose(dialog.picker.list, dialog.picker.list.count() - 1)
    assert dialog.picker.paragraph is not None
    finger.write(dialog.mover, "Marie Curie")
    finger.write(dialog.text, "Every word is another one")
    finger.tap(dialog.yes)
    walked.back()
    amended = walked.house.amendments.of(walked.paper.id)
    assert len(amended.amendments) == before + 1
    number = max(each.amendment.number for each in amended.amendments)
    for words, state in (("accept", State.ACCEPTED), ("take_back", State.SUBMITTED)):
        finger.tap(_named(walked, page, number, words))
        assert _state(walked, number) is state
    more = walked.named(_row(walked, page, number), walked.window.context.tr("amendments.more"))
    assert isinstance(more, QPushButton)
    finger.pick(more, walked.window.context.tr("amendments.do.withdraw"))
    deciding = walked.dialog(DecisionDialog)
    assert unreachable(finger, deciding) == []
    finger.tap(deciding.yes)
    walked.back()
    assert _state(walked, number) is State.WITHDRAWN
    finger.tap(page.filter._group.button(1))
    walked.until(lambda: not page._waiting)
    shown = {row.placed.amendment.number for card in page.cards for row in card.rows}
    assert shown == {each.amendment.number for each in amended.amendments} - {number}
    finger.tap(page.filter._group.button(0))


def test_the_hall_is_led_by_taps(walked: Walk, finger: Finger) -> None:
    page = walked.go(f"amendments/{walked.paper.id}", AmendmentsPage)
    walked.until(lambda: page.cards)
    opens = page.project.text()
    finger.tap(page.project)
    hall = page.hall
    assert hall is not None
    walked.until(hall.isVisible)
    assert page.project.text() != opens
    onwards, back = edge(walked, hall), hall.rect().center() * 2 - edge(walked, hall)
    finger.tap(hall, onwards)
    assert hall.at == 1
    finger.tap(hall, back)
    assert hall.at == 0
    finger.tap(page.project)
    walked.until(lambda: not hall.isVisible())
    assert page.project.text() == opens


def test_a_finger_scrolls_the_words_of_an_amendment(walked: Walk, finger: Finger) -> None:
    page = walked.go(f"amendments/{walked.paper.id}", AmendmentsPage)
    finger.tap(page.enter)
    dialog = walked.dialog(ProposalDialog)
    finger.write(dialog.text, "\n".join(f"Line {number}" for number in range(40)))
    bar = dialog._text_editor.verticalScrollBar()
    end = bar.value()
    lines = 80 // dialog._text_editor.fontMetrics().lineSpacing()
    finger.drag(dialog._text_editor, QPoint(0, 80))
    assert end - bar.value() == pytest.approx(lines, abs=1)
    finger.tap(dialog.no)
    walked.back()


def _row(walked: Walk, page: AmendmentsPage, number: int) -> AmendmentRow:
    walked.rest()
    walked.until(lambda: not page._waiting)
    rows = [row for card in page.cards for row in card.rows]
    return next(row for row in rows if row.placed.amendment.number == number)


def _named(walked: Walk, page: AmendmentsPage, number: int, what: str) -> QWidget:
    tr = walked.window.context.tr
    words = f"{tr(f'amendments.do.{what}')}: {tr('amendments.number', number=number)}"
    return walked.named(_row(walked, page, number), words)


def _state(walked: Walk, number: int) -> State:
    found = walked.house.amendments.of(walked.paper.id).amendments
    return next(e.amendment.state for e in found if e.amendment.number == number)
