"""A voter at the shared panel, by touch and by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from congress.ui.pages.panel import PanelPage
from congress.ui.widgets.ballot import BallotRow
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.text import Text
from congress.voting.codewords import code_of
from congress.voting.model import Candidate, Contest, Method, Plan, Secrecy, State
from congress.voting.model import Kind as PollKind
from tests.helpers.hall import APPROVAL, ROBERTS
from tests.ui.voting.conftest import Stage
from tests.ui.voting.panel.conftest import (
    Election,
    confirm,
    contest,
    enter,
    receipt,
    review,
    sealed,
)


def test_the_neutral_screen_says_what_runs(
    stage: Stage, page: PanelPage, election: Election
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
    stage: Stage, page: PanelPage, election: Election
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


def test_the_whole_ballot_by_keyboard(stage: Stage, page: PanelPage, election: Election) -> None:
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
    stage: Stage, page: PanelPage, election: Election
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


def test_a_used_card_and_a_misread_one_are_explained(
    stage: Stage, page: PanelPage, election: Election
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
    contests = tuple(
        Contest(name, name, Method.PLURALITY, 1, (Candidate("a", "Ann"), Candidate("b", "Ben")))
        for name in ("First", "Second")
    )
    plan = Plan(
        "Two", PollKind.ELECTION, Secrecy.SECRET, ROBERTS, "election", contests, text="Wording"
    )
    _, cards = stage.hall.opened_secret(stage.hall.booth.propose(plan))
    enter(stage, page, cards[0].code)
    contest(page).rows[0].click()
    assert contest(page).next.text() == stage.context.tr("panel.next")
    contest(page).next.click()
    contest(page).rows[1].click()
    contest(page).back.emit()
    assert contest(page).marks == {"a"}
    contest(page).next.click()
    contest(page).next.click()
    assert [item.counted for item in review(page).judgements] == [{"a"}, {"b"}]
    (change,) = [
        button
        for button in review(page).findChildren(Button)
        if button.accessibleName() == stage.context.tr("panel.change.of", office="Second")
    ]
    change.click()
    assert contest(page).marks == {"b"}


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
