"""The page of amendments: entering, deciding, merging, the next version, and the hall."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.docs.amendments.model import Decision, Kind, Proposal, State
from congress.docs.model import Paper
from congress.kernel.errors import InputError
from congress.kernel.roles import Clearance, Role
from congress.ui.controllers.amendments import AmendmentsController
from congress.ui.pages.amendment_decisions import DecisionDialog, DraftDialog
from congress.ui.pages.amendment_dialogs import ProposalDialog, PutDialog
from congress.ui.pages.amendments import DECIDED, OPEN, AmendmentsPage
from congress.ui.widgets.amendmentcard import AmendmentRow
from congress.ui.widgets.button import Button
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.trackedtext import TrackedText
from tests.helpers.papers import paper_files
from tests.helpers.uicontext import ui_context
from tests.helpers.vaults import manual_clock
from tests.ui.changes.conftest import AFTER, BEFORE, House, make_house

FIVE = BEFORE[1]


def replacing(old: str, new: str, mover: str = "Delegation of Hue") -> Proposal:
    return Proposal(mover, Kind.REPLACE, FIVE.replace(old, new))


def moved(house: House, paper: Paper, *proposals: Proposal, paragraph: int = 2) -> None:
    start = house.amendments.of(paper.id).paragraphs[paragraph - 1].start
    for proposal in proposals:
        house.amendments.submit(paper.id, start, proposal)


def opened(house: House, paper: Paper, subject: str = "") -> AmendmentsPage:
    controller = AmendmentsController(house.context, house.amendments, house.member)
    page = AmendmentsPage(house.context, controller)
    house.qtbot.addWidget(page, before_close_func=lambda _: page.closing())
    page.resize(1000, 700)
    page.show()
    page.opened(subject or paper.id)
    house.qtbot.waitUntil(lambda: controller.amended is not None)
    return page


def rows(page: AmendmentsPage) -> list[AmendmentRow]:
    return [row for card in page.cards for row in card.rows]


def press(row: AmendmentRow, words: str) -> None:
    next(each for each in row.findChildren(Button) if each.text() == words).click()


def until(house: House, condition: Callable[[], object]) -> None:
    house.qtbot.waitUntil(lambda: bool(condition()))


def states(house: House, paper: Paper) -> list[State]:
    found = house.amendments.of(paper.id).amendments
    return [each.amendment.state for each in sorted(found, key=lambda each: each.amendment.number)]


def test_without_amendments_the_page_says_what_comes_here(house: House) -> None:
    page = opened(house, house.paper(BEFORE))
    assert not page.cards
    assert not page.filter.isVisible()
    assert page.enter.isEnabled()
    assert not page.next_version.isEnabled()
    page.grab()


def test_amendments_to_one_paragraph_stand_together(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, Proposal("A", Kind.DELETE), paragraph=4)
    moved(house, paper, replacing("15", "21"), replacing("15", "20"), replacing("five", "four"))
    page = opened(house, paper)
    assert [len(card.rows) for card in page.cards] == [3, 1]
    assert [row.placed.amendment.number for row in rows(page)] == [2, 3, 4, 1]
    assert [row.placed.collides for row in rows(page)] == [(3,), (2,), (), ()]
    assert "(deleted: 15)" in rows(page)[0].words.accessibleName()
    assert "(new: 21)" in rows(page)[0].words.accessibleName()
    page.grab()


def test_an_amendment_is_entered_with_a_preview(house: House) -> None:
    paper = house.paper(BEFORE)
    page = opened(house, paper)
    page.enter.click()
    dialog = page.dialog
    assert isinstance(dialog, ProposalDialog)
    dialog.picker.search.setText("five years")
    assert dialog.picker.paragraph is not None
    assert dialog.text.value == FIVE
    dialog.text.value = FIVE.replace("15", "21")
    until(house, lambda: "(new: 21)" in dialog.preview.accessibleName())
    dialog.yes.click()
    until(house, lambda: dialog.trouble.count())
    assert house.amendments.count(paper.id) == 0
    dialog.mover.value = "Delegation of Hue"
    dialog.seconders.value = "A; B"
    dialog.yes.click()
    until(house, lambda: rows(page))
    made = rows(page)[0].placed.amendment
    assert made.proposal == Proposal(
        "Delegation of Hue", Kind.REPLACE, FIVE.replace("15", "21"), "", ("A", "B")
    )


def test_a_deletion_needs_no_text(house: House) -> None:
    page = opened(house, house.paper(BEFORE))
    page.enter.click()
    dialog = page.dialog
    assert isinstance(dialog, ProposalDialog)
    dialog.kind.set_value(Kind.DELETE)
    dialog.kind.chosen.emit(Kind.DELETE)
    assert dialog.text.isHidden()
    dialog.mover.value = "A"
    assert dialog.proposal.kind is Kind.DELETE
    dialog.no.click()


def test_accepting_by_a_button_and_taking_it_back_from_the_toast(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    press(rows(page)[0], "Accept")
    until(house, lambda: house.around.toasts)
    assert states(house, paper) == [State.ACCEPTED]
    assert house.around.undo is not None
    house.around.undo()
    until(house, lambda: states(house, paper) == [State.SUBMITTED])


def test_rejecting_and_the_filter(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"), replacing("five", "four"))
    page = opened(house, paper)
    press(rows(page)[0], "Reject")
    until(house, lambda: rows(page)[0].placed.amendment.state is State.REJECTED)
    page.filter.set_value(OPEN)
    page.filter.chosen.emit(OPEN)
    assert [row.placed.amendment.number for row in rows(page)] == [2]
    page.filter.set_value(DECIDED)
    page.filter.chosen.emit(DECIDED)
    assert [row.placed.amendment.number for row in rows(page)] == [1]


def test_deciding_with_the_motion_and_merging(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"), replacing("five", "four"))
    page = opened(house, paper)
    page._do("merge", rows(page)[1].placed)
    dialog = page.dialog
    assert isinstance(dialog, DecisionDialog)
    dialog.poll.value = "Motion 12"
    dialog.yes.click()
    until(house, lambda: states(house, paper)[1] is State.MERGED)
    page._do("decide", rows(page)[0].placed)
    dialog = page.dialog
    assert isinstance(dialog, DecisionDialog)
    dialog.note.value = "Unanimously"
    dialog.yes.click()
    until(house, lambda: states(house, paper)[0] is State.ACCEPTED)
    decisions = [each.amendment.decision for each in house.amendments.of(paper.id).amendments]
    first = house.amendments.of(paper.id).amendments[0].amendment.id
    assert decisions == [
        Decision(State.ACCEPTED, note="Unanimously"),
        Decision(State.MERGED, poll="Motion 12", into=first),
    ]


def test_correcting_and_putting_elsewhere(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    page._do("correct", rows(page)[0].placed)
    dialog = page.dialog
    assert isinstance(dialog, ProposalDialog)
    assert dialog.mover.value == "Delegation of Hue"
    dialog.mover.value = "Another"
    dialog.yes.click()
    until(house, lambda: rows(page) and rows(page)[0].placed.amendment.proposal.mover == "Another")
    page._do("put", rows(page)[0].placed)
    put = page.dialog
    assert isinstance(put, PutDialog)
    put.picker.search.setText("Article 5")
    put.yes.click()
    until(house, lambda: page.cards and "Article 5" in _paragraph(page))


def _paragraph(page: AmendmentsPage) -> str:
    paragraph = rows(page)[0].placed.paragraph
    return paragraph.text if paragraph else ""


def test_accepted_amendments_become_the_next_version(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    press(rows(page)[0], "Accept")
    until(house, lambda: page.next_version.isEnabled())
    page.next_version.click()
    until(house, lambda: isinstance(page.dialog, DraftDialog))
    dialog = page.dialog
    assert isinstance(dialog, DraftDialog)
    target = house.folder / "draft.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    next(each for each in dialog.exports.findChildren(Button) if "plain" in each.text()).click()
    until(house, target.exists)
    assert FIVE.replace("15", "21") in target.read_text("utf-8")
    dialog.yes.click()
    until(house, lambda: house.library.paper(paper.id).version == 2)
    until(house, lambda: rows(page) and rows(page)[0].placed.amendment.applied_in is not None)
    assert FIVE.replace("15", "21") in house.library.pages(paper.id)[0].text
    assert not page.next_version.isEnabled()


def test_delegates_read_and_decide_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with ui_context() as (context, around):
        files = paper_files(around.bus, manual_clock())
        office = make_house(qtbot, tmp_path, context, around, files=files)
        paper = office.paper(BEFORE)
        moved(office, paper, replacing("15", "21"))
        house = make_house(qtbot, tmp_path, context, around, Role.DELEGATE, files)
        page = opened(house, paper)
        assert rows(page)
        assert not rows(page)[0].findChildren(Button)
        assert not page.enter.isVisible()
        assert not page.next_version.isVisible()
        assert not page.project.isVisible()


def test_the_hall_shows_one_after_the_other(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    moved(house, paper, Proposal("B", Kind.DELETE), paragraph=4)
    page = opened(house, paper)
    page.project.click()
    hall = page.hall
    assert hall is not None
    assert hall.isVisible()
    assert hall.title.text() == "Amendment 1"
    assert "(deleted: 15)" in hall.old.accessibleName()
    assert "(new: 21)" in hall.new.accessibleName()
    QTest.keyClick(hall, Qt.Key.Key_Right)
    assert hall.title.text() == "Amendment 2"
    assert not hall.new.isVisible()
    hall.grab()
    hall.activateWindow()
    until(house, hall.isActiveWindow)
    QTest.keyClick(hall, Qt.Key.Key_Escape)
    until(house, lambda: not hall.isVisible())


def _whole(words: TrackedText) -> bool:
    return words.height() >= words.heightForWidth(words.width())


def test_the_words_in_the_hall_are_as_large_as_fit(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    page.project.click()
    hall = page.hall
    assert hall is not None
    heights = []
    for high in (400, 560, 1080):
        hall.resize(1280, high)
        for words in (hall.old, hall.new):
            until(house, partial(_whole, words))
        assert hall.size() == QSize(1280, high)
        assert hall.new.geometry().bottom() < high
        heights.append(hall.new.height())
    assert heights == sorted(set(heights))


def test_what_is_decided_shows_in_the_hall(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    page.project.click()
    press(rows(page)[0], "Accept")
    hall = page.hall
    assert hall is not None
    until(house, lambda: hall.state.text() == "Accepted")


@pytest.mark.parametrize("sure", [True, False])
def test_a_paper_for_delegates_needs_the_word_of_who_shows_it(
    house: House, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    paper = house.paper(BEFORE, clearance=Clearance.DELEGATES)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: sure)
    page.project.click()
    assert (page.hall is not None) is sure


def test_a_secret_paper_never_comes_to_the_hall(house: House) -> None:
    paper = house.paper(BEFORE, clearance=Clearance.SECRET)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    page.project.click()
    assert page.hall is None
    assert [error.code for error in house.around.errors] == ["presenting.closed"]


def test_a_paper_that_becomes_secret_leaves_the_hall(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    page.project.click()
    hall = page.hall
    assert hall is not None
    house.library.change_clearance(paper.id, Clearance.SECRET)
    until(house, lambda: not hall.isVisible())


def test_what_could_not_be_read_once_is_shown_when_it_can(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    page = opened(house, paper)
    page.controller.refused.emit(InputError("docs.unknown_paper"))
    assert page.cards == []
    QTest.qWait(1)
    page.controller.open(paper.id)
    until(house, lambda: len(page.cards) == 1)


def test_amendments_without_their_paragraph_come_last(house: House) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, Proposal("A", Kind.DELETE), paragraph=len(BEFORE))
    moved(house, paper, replacing("15", "21"))
    path = house.folder / "next.docx"
    house.paper(BEFORE[:1] + AFTER[2:])
    (house.folder / "0.docx").rename(path)
    house.library.remove(next(each.id for each in house.library.papers() if each.id != paper.id))
    house.library.import_version(paper.id, path)
    page = opened(house, paper)
    assert [row.placed.paragraph is None for row in rows(page)] == [True, True]
    assert len(page.cards) == 1
    assert page.cards[0].accessibleName() == "Paragraph not found in this version"


def test_one_amendment_is_brought_into_sight(house: House) -> None:
    paper = house.paper(BEFORE)
    for number in range(3, 14):
        moved(house, paper, Proposal("A", Kind.DELETE), paragraph=number)
    last = house.amendments.of(paper.id).amendments[-1].amendment.id
    page = opened(house, paper, f"{paper.id}?amendment={last}")
    until(house, lambda: page.scroll_area.verticalScrollBar().value() > 0)
    assert page.commands()[0].title == "Enter an amendment"
