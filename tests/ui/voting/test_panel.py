"""A voter at the shared panel, by touch and by keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from congress.ui.pages import panel as panel_module
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.panel_sealed import SealedView
from congress.ui.widgets.ballot import BallotRow
from congress.ui.widgets.button import Kind
from congress.ui.widgets.text import Text
from congress.voting.cards import Card
from congress.voting.codewords import code_of
from congress.voting.model import Contest, Method, Plan, Poll, Secrecy, State
from congress.voting.model import Kind as PollKind
from congress.voting.plans import motion_contest
from tests.helpers.hall import APPROVAL, ROBERTS
from tests.ui.voting.conftest import Stage


@pytest.fixture
def page(stage: Stage) -> PanelPage:
    made = PanelPage(stage.context, stage.panel())
    stage.show(made, size=(1280, 800))
    return made


@pytest.fixture
def election(stage: Stage) -> tuple[Poll, tuple[Card, ...]]:
    return stage.hall.opened_election()


def enter(stage: Stage, page: PanelPage, code: str) -> None:
    editor = page.neutral.code.editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    stage.qtbot.keyClicks(editor, code)
    stage.qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.idle()


def contest(page: PanelPage) -> ContestView:
    assert isinstance(page.view, ContestView)
    return page.view


def review(page: PanelPage) -> ReviewView:
    assert isinstance(page.view, ReviewView)
    return page.view


def sealed(page: PanelPage) -> SealedView:
    assert isinstance(page.view, SealedView)
    return page.view


def confirm(stage: Stage, page: PanelPage) -> SealedView:
    review(page).cast.click()
    stage.idle()
    return sealed(page)


def receipt(page: PanelPage) -> ReceiptView:
    assert isinstance(page.view, ReceiptView)
    return page.view


def test_the_neutral_screen_says_what_runs(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
) -> None:
    stage.idle()
    assert page.neutral.polls.count() == 1
    assert page.neutral.limits.isVisible()
    assert "encrypted on this machine" in page.neutral.limits.text()
    stage.hall.booth.suspend(election[0].id)
    stage.idle()
    assert page.neutral.polls.count() == 1
    stage.hall.booth.close(election[0].id, APPROVAL)
    stage.idle()
    nothing = stage.context.tr("panel.nothing_open")
    assert nothing in [text.text() for text in page.neutral.findChildren(Text)]
    assert not page.neutral.limits.isVisible()
    stage.hall.opened_motion()
    stage.idle()
    assert page.neutral.polls.count() == 1
    assert not page.neutral.limits.isVisible()


def test_a_ballot_from_the_card_to_the_receipt(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
) -> None:
    poll, cards = election
    enter(stage, page, cards[0].code)
    view = contest(page)
    assert view.counter.text() == "Kept 4 of at most 3"
    assert "No name is struck out" in view.state.text()
    stage.qtbot.mouseClick(view.rows[1], Qt.MouseButton.LeftButton)
    assert view.counter.text() == "Kept 3 of at most 3"
    row = view.rows[1]
    assert isinstance(row, BallotRow)
    assert row.name.drawn == 1.0
    assert row.accessibleName() == "Name B: Struck out"
    stage.qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    preview = review(page)
    assert preview.judgements[0].counted == frozenset("ACD")
    assert preview.cast.kind is Kind.PRIMARY
    stage.qtbot.mouseClick(preview.cast, Qt.MouseButton.LeftButton)
    stage.idle()
    assert stage.hall.booth.turnout(poll.id).cast == 0
    code = sealed(page).plate.code.text()
    stage.qtbot.mouseClick(sealed(page).cast, Qt.MouseButton.LeftButton)
    stage.idle()
    assert receipt(page).plate.code.text() == code
    words = receipt(page).plate.words.text()
    for card in election[1][1:3]:
        stage.hall.cast(card.code, "AB")
    stage.hall.booth.close(poll.id, APPROVAL)
    assert stage.hall.booth.holds_ballot(poll.id, code)
    assert stage.hall.booth.holds_ballot(poll.id, words)
    assert len(code_of(code)) == 20
    assert stage.hall.count(poll.id).counts[0].cells == {"A": 3, "B": 2, "C": 1, "D": 1}


def test_both_halves_of_a_card_are_given_one_after_the_other(stage: Stage, page: PanelPage) -> None:
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    cards = stage.hall.booth.issue_cards(poll.id, 12, parts=2)
    stage.hall.booth.draw_cards_present(poll.id)
    stage.hall.booth.open(poll.id, APPROVAL)
    stage.idle()
    enter(stage, page, cards[0].payloads[1])
    assert page.view is page.neutral
    assert "one half of a card" in page.neutral.trouble.accessibleName()
    enter(stage, page, cards[0].codes[0])
    contest(page)
    page._forget()
    enter(stage, page, cards[1].codes[0])
    enter(stage, page, cards[2].codes[0])  # whoever came before has left with the other half
    enter(stage, page, cards[2].codes[1])
    contest(page)
    page._forget()
    enter(stage, page, cards[3].codes[0])
    enter(stage, page, "0" * 16)
    assert "unknown" in page.neutral.trouble.accessibleName().lower() or page.view is page.neutral


def test_the_whole_ballot_by_keyboard(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
) -> None:
    enter(stage, page, election[1][0].payload)
    view = contest(page)
    assert QApplication.focusWidget() is view.rows[0]
    stage.qtbot.keyClick(view.rows[0], Qt.Key.Key_Down)
    stage.qtbot.keyClick(view.rows[1], Qt.Key.Key_Space)
    stage.qtbot.keyClick(view.rows[1], Qt.Key.Key_Up)
    stage.qtbot.keyClick(view.rows[0], Qt.Key.Key_Return)
    assert view.marks == frozenset("CD")
    stage.qtbot.keyClick(view.next, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is review(page).cast
    stage.qtbot.keyClick(review(page).cast, Qt.Key.Key_Return)
    stage.idle()
    assert QApplication.focusWidget() is sealed(page).cast
    stage.qtbot.keyClick(sealed(page).cast, Qt.Key.Key_Return)
    stage.idle()
    stage.qtbot.keyClick(receipt(page).finish, Qt.Key.Key_Return)
    assert page.view is page.neutral
    assert QApplication.focusWidget() is page.neutral.code.editor


def test_an_invalid_ballot_is_said_before_it_is_cast(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
) -> None:
    poll, cards = election
    enter(stage, page, cards[0].code)
    contest(page).next.click()
    preview = review(page)
    assert preview.change.kind is Kind.PRIMARY
    assert preview.cast.text() == stage.context.tr("panel.confirm_anyway")
    preview.change.click()
    assert contest(page).marks == frozenset("ABCD")
    contest(page).next.click()
    confirm(stage, page).cast.click()
    stage.idle()
    receipt(page)
    for card in cards[1:3]:
        stage.hall.cast(card.code, "AB")
    stage.hall.booth.close(poll.id, APPROVAL)
    assert stage.hall.count(poll.id).counts[0].invalid == 1


def test_nothing_of_a_voter_is_left_for_the_next(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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


def test_a_used_card_and_a_misread_one_are_explained(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
) -> None:
    _, cards = election
    stage.hall.cast(cards[0].code, "ABC")
    enter(stage, page, cards[0].code)
    assert page.view is page.neutral
    assert "already been cast" in page.neutral.trouble.accessibleName()
    enter(stage, page, "nonsense")
    assert "could not be read" in page.neutral.trouble.accessibleName()
    assert page.neutral.begin.isEnabled()
    page.neutral._enter()
    assert not stage.context.tasks.busy


def test_an_open_motion_by_badge_is_one_answer_with_the_name_on_top(
    stage: Stage, page: PanelPage
) -> None:
    poll = stage.hall.opened_motion()
    enter(stage, page, "D-003")
    view = contest(page)
    assert not view.counter.isVisible()
    view.rows[0].click()
    view.rows[1].click()
    assert view.marks == {"no"}
    assert not view.rows[0].isChecked()
    view.rows[1].click()
    assert view.marks == frozenset()
    view.rows[2].click()
    view.next.click()
    review(page).cast.click()
    stage.idle()
    receipt(page)
    stage.hall.booth.close(poll.id)
    votes = stage.hall.booth.tally(poll.id).votes
    assert [(vote.badge, vote.ballot.marks[0]) for vote in votes] == [
        ("D-003", frozenset({"abstain"}))
    ]


def test_agree_and_disagree_stand_beside_each_name(stage: Stage, page: PanelPage) -> None:
    poll, cards = stage.hall.opened_election("AB", 2)
    enter(stage, page, cards[0].code)
    view = contest(page)
    assert len(view.rows) == 4
    assert view.counter.text() == "Answered 0 of 2"
    view.rows[0].click()
    view.rows[3].click()
    assert view.counter.text() == "Answered 2 of 2"
    view.next.click()
    assert review(page).judgements[0].counted == {"A:agree", "B:disagree"}
    assert poll.state is State.OPEN


def test_names_are_chosen_under_roberts_rules(stage: Stage, page: PanelPage) -> None:
    _, cards = stage.hall.opened_election("AB", 1, ROBERTS)
    enter(stage, page, cards[0].code)
    view = contest(page)
    assert view.counter.text() == "Chosen 0 of at most 1"
    view.rows[0].click()
    view.rows[1].click()
    assert "only 1 may be" in view.state.text()
    view.next.click()
    assert review(page).cast.text() == stage.context.tr("panel.confirm_anyway")


def test_several_contests_are_several_pages(stage: Stage, page: PanelPage) -> None:
    contests = (motion_contest("First"), Contest("two", "Second", Method.YES_NO_ABSTAIN))
    plan = Plan(
        "Two", PollKind.MOTION, Secrecy.SECRET, ROBERTS, "majority", contests, text="Wording"
    )
    _, cards = stage.hall.opened_secret(stage.hall.booth.propose(plan))
    enter(stage, page, cards[0].code)
    contest(page).rows[0].click()
    assert contest(page).next.text() == stage.context.tr("panel.next")
    contest(page).next.click()
    contest(page).rows[1].click()
    contest(page).back.emit()
    assert contest(page).marks == {"yes"}
    contest(page).next.click()
    contest(page).next.click()
    assert [item.counted for item in review(page).judgements] == [{"yes"}, {"no"}]


def test_a_ballot_that_cannot_be_cast_now_says_so_and_is_kept(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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


def test_a_voter_chooses_the_language(stage: Stage, page: PanelPage) -> None:
    page.neutral._speak("ur")
    assert stage.around.preferred[0].lang == "ur"


def test_a_long_list_stands_in_two_columns_where_there_is_room(
    stage: Stage, page: PanelPage
) -> None:
    _, cards = stage.hall.opened_election("ABCDEFGHIJKLM", 10)
    enter(stage, page, cards[0].code)
    assert contest(page)._columns == 2
    page.resize(900, 800)
    stage.qtbot.wait(10)
    assert contest(page)._columns == 1


def test_leaving_the_panel_throws_away_what_is_under_way(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
) -> None:
    enter(stage, page, election[1][0].code)
    page.hide()
    assert page.view is page.neutral
    page.closing()


def test_ballots_changed_after_they_were_sealed_are_cast_by_several_voters(
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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
    stage: Stage, page: PanelPage, election: tuple[Poll, tuple[Card, ...]]
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
