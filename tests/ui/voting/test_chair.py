"""The chair's desk: from a draft to the certificate, with two people."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from congress.kernel.ids import PollId
from congress.kernel.roles import Role
from congress.ui.pages.chair import ChairPage
from congress.ui.pages.poll import PollPage
from congress.ui.pages.poll_cards import VoidDialog
from congress.ui.pages.poll_next import NextCard
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.text import Text
from congress.voting.cards import Card
from congress.voting.model import Poll, State
from congress.voting.outcome import Outcome
from tests.helpers.hall import APPROVAL
from tests.helpers.ties import tied_poll
from tests.ui.voting.conftest import Stage


def poll_page(stage: Stage, poll_id: PollId, **options: object) -> PollPage:
    page = PollPage(stage.context, stage.chair(**options))  # type: ignore[arg-type]
    stage.show(page, poll_id)
    return page


def step(page: PollPage) -> NextCard:
    assert page.next is not None
    return page.next


def press(stage: Stage, page: PollPage, *, second: bool = False) -> None:
    card = step(page)
    assert card.primary is not None
    if second:
        assert card.approval is not None
        assert not card.primary.isEnabled()
        card.approval.passphrase.value = APPROVAL.passphrase
    card.primary.click()
    stage.idle()


def state(stage: Stage, poll: Poll) -> State:
    return stage.hall.booth.poll(poll.id).state


# --- the list ------------------------------------------------------------------------


def test_the_list_sorts_polls_by_what_is_to_do(stage: Stage) -> None:
    stage.hall.opened_motion()
    stage.hall.motion()
    over = stage.hall.motion()
    stage.hall.booth.withdraw(over.id)
    page = ChairPage(stage.context, stage.chair())
    stage.show(page)
    assert [len(page.lists[group].rows) for group in ("running", "coming", "over")] == [1, 1, 1]
    page.lists["running"].rows[0].activated.emit()
    page.motion.click()
    page.commands()[1].run()
    assert stage.around.visited[0].startswith("poll/")
    assert stage.around.visited[1:] == ["poll-form/motion", "poll-form/election"]
    stage.hall.cast("D-001", ["yes"])
    stage.idle()
    assert "1 of 12" in [
        label.text()
        for label in page.lists["running"].rows[0].findChildren(type(page.header.title))
    ]


def test_an_empty_desk_teaches_and_an_organiser_makes_nothing(stage: Stage) -> None:
    page = ChairPage(stage.context, stage.chair(Role.ORGANISER))
    stage.show(page)
    assert page.empty.isVisible()
    assert not page.motion.isVisible()
    assert page.commands() == ()


# --- one poll ------------------------------------------------------------------------


def test_an_open_motion_is_led_by_one_button_a_step(stage: Stage) -> None:
    poll = stage.hall.motion()
    page = poll_page(stage, poll.id)
    press(stage, page)
    assert state(stage, poll) is State.FIXED
    press(stage, page)
    assert state(stage, poll) is State.OPEN
    stage.hall.vote(stage.hall.badges(0, 7), "yes")
    stage.idle()
    assert page.cast.accessibleName() == "have voted: 7 of 12"
    press(stage, page)
    press(stage, page)
    assert state(stage, poll) is State.TALLIED
    press(stage, page)
    assert state(stage, poll) is State.CERTIFIED
    press(stage, page)
    assert stage.around.visited == [f"results/{poll.id}"]
    assert page.cards is None


def test_a_secret_election_takes_two_people_and_cards(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "cards.pdf"
    answers = iter([("", ""), (str(sheet), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    poll = stage.hall.election()
    issued: list[Card] = []
    page = poll_page(stage, poll.id, issued=issued)
    press(stage, page)
    step(page).number.set_value(14)
    press(stage, page)
    assert state(stage, poll) is State.KEYED
    assert page.unsaved.isVisible()
    page._save_cards()
    stage.idle()
    assert not page.unsaved.isVisible()
    assert sheet.read_bytes() == b"en Committee 14 A"
    assert page.cards is not None
    stage.hall.booth.draw_cards_present(poll.id)
    stage.idle()
    press(stage, page, second=True)
    assert state(stage, poll) is State.OPEN
    for card in issued[:12]:
        stage.hall.cast(card.code, "ABC")
    stage.idle()
    press(stage, page, second=True)
    press(stage, page, second=True)
    assert state(stage, poll) is State.DECRYPTING
    primary = step(page).primary
    assert primary is not None
    primary.click()
    assert stage.around.visited[-1] == f"decrypt/{poll.id}"
    assert primary.isEnabled()
    assert "0 of the 2 needed" in step(page).why.text()
    stage.hall.decrypt(poll.id, [3])
    stage.idle()
    assert "1 of the 2 needed" in step(page).why.text()
    assert any("Chi" in text.text() for text in step(page).findChildren(Text))
    stage.hall.decrypt(poll.id, [1])
    stage.idle()
    press(stage, page)
    press(stage, page, second=True)
    assert state(stage, poll) is State.CERTIFIED
    result = stage.hall.booth.result(poll.id)
    assert result.verdicts[0].outcome is Outcome.FILLED
    assert result.certificate is not None
    assert result.certificate.body["approved_by"] == [
        stage.hall.booth._ports.actor.member_id,
        stage.hall.second.member_id,
    ]


def test_cards_in_two_halves_are_saved_in_two_places(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    answers = iter([(str(sheets[0]), ""), ("", ""), (str(sheets[1]), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    issued: list[Card] = []
    page = poll_page(stage, poll.id, issued=issued)
    assert any("can be copied" in each.accessibleName() for each in page.findChildren(Banner))
    step(page).halves.setChecked(True)
    press(stage, page)
    assert [len(card.codes) for card in issued] == [2] * len(issued)
    assert sheets[0].read_bytes().endswith(b" A")
    assert page.unsaved.isVisible()
    page._save_cards()
    stage.idle()
    assert sheets[1].read_bytes().endswith(b" B")
    assert not page.unsaved.isVisible()


def test_what_is_not_guaranteed_stands_beside_the_step(stage: Stage) -> None:
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    stage.hall.booth.issue_cards(poll.id, 14)
    page = poll_page(stage, poll.id)
    banner = next(
        item for item in page.findChildren(Banner) if "only the totals" in item.accessibleName()
    )
    assert not banner.visibleRegion().isEmpty()
    assert page.truth.visibleRegion().isEmpty()
    banner.findChildren(Button)[0].click()
    stage.idle()
    assert not page.truth.visibleRegion().isEmpty()


def test_an_open_vote_promises_no_secrecy(stage: Stage) -> None:
    page = poll_page(stage, stage.hall.motion().id)
    assert not any("only the totals" in item.accessibleName() for item in page.findChildren(Banner))


def test_a_wrong_passphrase_is_said_in_place(stage: Stage) -> None:
    poll, _ = stage.hall.opened_election()
    page = poll_page(stage, poll.id)
    approval = step(page).approval
    assert approval is not None
    approval.passphrase.value = "wrong"
    approval.submitted.emit()
    stage.idle()
    assert approval.passphrase.value == ""
    assert approval.passphrase.error.text()
    assert state(stage, poll) is State.OPEN


def test_a_step_that_is_refused_says_why_and_can_be_tried_again(stage: Stage) -> None:
    poll = stage.hall.motion()
    stage.hall.booth.fix_manifest(poll.id)
    page = poll_page(stage, poll.id)
    stage.hall.quorate = False
    press(stage, page)
    assert "no quorum" in step(page).trouble.accessibleName()
    stage.hall.quorate = True
    press(stage, page)
    assert state(stage, poll) is State.OPEN


def test_nobody_else_to_approve(stage: Stage) -> None:
    poll, _ = stage.hall.opened_election()
    page = poll_page(stage, poll.id, members=("secretariat",))
    card = step(page)
    assert card.approval is not None
    assert card.approval.approval is None
    assert card.primary is not None
    assert not card.primary.isEnabled()


def test_suspend_resume_and_withdraw(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = stage.hall.opened_motion()
    page = poll_page(stage, poll.id)
    buttons = {button.text(): button for button in step(page).findChildren(Button)}
    buttons["Show the voting panel"].click()
    assert stage.around.visited == ["panel"]
    buttons["Suspend"].click()
    stage.idle()
    assert state(stage, poll) is State.SUSPENDED
    press(stage, page)
    assert state(stage, poll) is State.OPEN
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: False)
    page._withdraw()
    stage.idle()
    assert state(stage, poll) is State.OPEN
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: True)
    page._withdraw()
    stage.idle()
    assert state(stage, poll) is State.WITHDRAWN
    assert step(page).primary is None
    page._withdraw()
    stage.idle()


def test_the_next_step_follows_the_cards_that_are_drawn(stage: Stage) -> None:
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    stage.hall.booth.issue_cards(poll.id, 14)
    page = poll_page(stage, poll.id)
    card = step(page)
    assert "0 of 14" in card.why.text()
    stage.hall.booth.draw_cards_present(poll.id)
    stage.idle()
    assert step(page) is card
    assert "12 of 14" in card.why.text()


def test_cards_are_drawn_and_voided_at_the_desk(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    cards = stage.hall.booth.issue_cards(poll.id, 14)
    page = poll_page(stage, poll.id)
    assert page.cards is not None
    page.cards.picker.picked.emit(stage.hall.people.persons[0])
    stage.idle()
    assert page.cards.stats["drawn"].accessibleName() == "drawn: 1"
    dialog = VoidDialog(stage.context, page.cards._void, page)
    dialog._give()
    dialog.code.value = cards[0].code
    dialog.yes.click()
    stage.idle()
    assert page.cards.stats["spoiled"].accessibleName() == "spoiled: 1"
    page.cards._ask_to_void()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: True)
    page.cards._void_all()
    stage.idle()
    assert stage.hall.booth.reconciliation(poll.id).spoiled == 14


def test_accounts_that_do_not_balance_are_shown(stage: Stage) -> None:
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    cards = stage.hall.booth.issue_cards(poll.id, 14)
    stage.hall.booth.open(poll.id, APPROVAL)
    for card in cards[:3]:
        stage.hall.cast(card.code, "ABC")
    stage.hall.booth.close(poll.id, APPROVAL)
    stage.hall.count(poll.id)
    page = poll_page(stage, poll.id)
    assert page.cards is not None
    assert "drew a card: only 0" in page.cards.balance.accessibleName()
    press(stage, page, second=True)
    assert "do not account" in step(page).trouble.accessibleName()
    figures = replace(stage.hall.booth.reconciliation(poll.id), unused=99, drawn=14)
    page.cards.show_figures(figures)
    assert "do not balance" in page.cards.balance.accessibleName()


def test_a_tie_is_decided_at_the_desk_and_leads_to_no_other_round(stage: Stage) -> None:
    poll = tied_poll(stage.hall)
    page = poll_page(stage, poll.id)
    card = step(page)
    assert card.primary is not None
    assert not card.primary.isEnabled()
    card.tie.boxes["B"].setChecked(True)
    card.tie.reason.value = "By lot"
    press(stage, page)
    press(stage, page)
    verdict = stage.hall.booth.result(poll.id).verdicts[0]
    assert verdict.elected == ("B",)
    assert state(stage, poll) is State.CERTIFIED


def test_the_next_round_is_one_press_away(stage: Stage) -> None:
    poll, cards = stage.hall.opened_election()
    for card in cards[:6]:
        stage.hall.cast(card.code, "ABC")
    for card in cards[6:]:
        stage.hall.cast(card.code, "ABD")
    stage.hall.finish(poll.id)
    page = poll_page(stage, poll.id)
    again = [
        button
        for button in step(page).findChildren(Button)
        if button.text() == stage.context.tr("chair.next_round")
    ]
    again[0].click()
    stage.idle()
    following = stage.hall.booth.polls()[0]
    assert following.plan.follows == poll.id
    assert stage.around.visited == [f"poll/{following.id}"]
    page.opened(following.id)
    stage.idle()
    assert "round 2" in page.header.lead.text()
    press(stage, page)
    assert stage.around.visited[-1] == f"poll-form/{following.id}"
