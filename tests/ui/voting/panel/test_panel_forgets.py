"""What the panel forgets, what it keeps, and who gets past it."""

from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from congress.ui.controllers.panel import About
from congress.ui.pages import panel as panel_module
from congress.ui.pages.panel import PanelPage
from congress.voting.model import Candidate
from tests.ui.voting.conftest import Stage
from tests.ui.voting.panel.conftest import Election, confirm, contest, enter, receipt, sealed


def test_nothing_of_a_voter_is_left_for_the_next(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    _, cards = election
    enter(stage, page, cards[0].code)
    contest(page).rows[0].click()
    contest(page).back.emit()
    assert page.view is page.neutral
    assert page.neutral.code.value == ""
    assert page._marks == []
    enter(stage, page, cards[1].code)
    assert contest(page).marks == frozenset("ABCD")
    stage.qtbot.keyClick(contest(page).rows[0], Qt.Key.Key_Escape)
    assert page.view is page.neutral


def test_what_a_voter_asked_about_a_candidate_is_not_answered_to_the_next(
    stage: Stage, page: PanelPage, election: Election, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, cards = election
    answering = Event()

    def look_up(candidate: Candidate) -> About:
        assert answering.wait(5)
        return About(candidate)

    enter(stage, page, cards[0].code)
    monkeypatch.setattr(page._controller, "_look_up", look_up)
    contest(page).about_asked.emit(Candidate("A", "Name A", biography="Once upon a time."))
    contest(page).back.emit()
    page._begin(stage.hall.booth.admit(cards[1].code))
    answering.set()
    stage.idle()
    contest(page)
    assert page._about is None


def test_a_ballot_that_cannot_be_cast_now_says_so_and_is_kept(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    poll, cards = election
    enter(stage, page, cards[0].code)
    contest(page).rows[0].click()
    contest(page).next.click()
    confirm(stage, page)
    stage.hall.booth.suspend(poll.id)
    sealed(page).cast.click()
    stage.idle()
    assert "suspended" in sealed(page).trouble.accessibleName()
    stage.hall.booth.resume(poll.id)
    sealed(page).cast.click()
    stage.idle()
    receipt(page)
    assert stage.hall.booth.turnout(poll.id).cast == 1


def test_the_receipt_counts_down_and_the_panel_forgets(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    enter(stage, page, election[1][0].code)
    contest(page).rows[0].click()
    contest(page).next.click()
    confirm(stage, page).cast.click()
    stage.idle()
    assert receipt(page).finish.text() == f"Done ({panel_module.RECEIPT_SECONDS})"
    for _ in range(panel_module.RECEIPT_SECONDS - 1):
        page._tick()
    assert receipt(page).finish.text() == "Done (1)"
    page._tick()
    assert page.view is page.neutral


def test_a_ballot_left_alone_is_thrown_away_after_a_warning(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    poll, cards = election
    enter(stage, page, cards[0].code)
    patience = stage.context.preferences.panel_seconds
    for _ in range(patience - panel_module.WARNING_SECONDS):
        page._tick()
    assert page.warning.isVisible()
    assert "in 30 seconds" in page.warning.accessibleName()
    page._tick()
    assert "in 29 seconds" in page.warning.accessibleName()
    stage.qtbot.mouseClick(page.more_time, Qt.MouseButton.LeftButton)
    assert not page.warning.isVisible()
    for _ in range(patience - 1):
        page._tick()
    assert page.warning.isVisible()
    contest(page).rows[0].click()
    stage.qtbot.keyClick(contest(page).rows[0], Qt.Key.Key_Down)
    assert not page.warning.isVisible()
    for _ in range(patience):
        page._tick()
    assert page.view is page.neutral
    assert "was not cast" in page.neutral.trouble.accessibleName()
    assert stage.hall.booth.turnout(poll.id).cast == 0


def test_the_way_out_needs_the_passphrase(stage: Stage, page: PanelPage) -> None:
    page.neutral.leave.click()
    dialog = page._leaving
    assert dialog is not None
    dialog._give()
    dialog.passphrase.value = "wrong"
    dialog.yes.click()
    stage.idle()
    assert dialog.isVisible()
    assert dialog.passphrase.value == ""
    assert stage.around.visited == []
    dialog.passphrase.value = "right"
    dialog.yes.click()
    stage.idle()
    assert stage.around.visited == ["home"]


def test_shortcuts_of_the_program_are_out_of_reach(page: PanelPage) -> None:
    for key, modifier in (
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
        event.ignore()
        page.event(event)
        assert event.isAccepted()
    plain = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    plain.ignore()
    page.event(plain)
    assert not plain.isAccepted()


def test_leaving_the_panel_throws_away_what_is_under_way(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    enter(stage, page, election[1][0].code)
    page.hide()
    assert page.view is page.neutral
    page.closing()


def test_ballots_changed_after_they_were_sealed_are_cast_by_several_voters(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    """Each ballot has a random request of its own, also the second one of a voter."""
    poll, cards = election
    for card in cards[:2]:
        enter(stage, page, card.code)
        contest(page).rows[0].click()
        contest(page).next.click()
        confirm(stage, page).change.click()
        confirm(stage, page).cast.click()
        stage.idle()
        receipt(page).finish.click()
    assert stage.hall.booth.turnout(poll.id).cast == 2


def test_a_cast_under_way_is_neither_given_up_nor_called_not_cast(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    poll, cards = election
    enter(stage, page, cards[0].code)
    contest(page).rows[0].click()
    contest(page).next.click()
    confirm(stage, page).cast.click()
    for _ in range(stage.context.preferences.panel_seconds + 1):
        page._tick()
    stage.qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.view is not page.neutral
    stage.idle()
    receipt(page)
    assert stage.hall.booth.turnout(poll.id).cast == 1


def test_what_comes_too_late_is_not_shown_to_the_next_voter(
    stage: Stage, page: PanelPage, election: Election
) -> None:
    poll, cards = election
    page.neutral.entered.emit(cards[0].code)
    page._forget()
    stage.idle()
    assert page.view is page.neutral
    assert page._admission is None
    enter(stage, page, cards[1].code)
    contest(page).rows[0].click()
    contest(page).next.click()
    confirm(stage, page).cast.click()
    page._forget()
    page.neutral.entered.emit(cards[2].code)
    stage.idle()
    assert contest(page).marks == frozenset("ABCD")
    assert stage.hall.booth.turnout(poll.id).cast == 1
