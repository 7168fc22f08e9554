"""The desk while a poll runs: complaints, its end, and the ledger for observers."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from congress.ui.pages import poll as poll_module
from congress.ui.pages.poll import PollPage
from congress.ui.pages.poll_complaints import ComplaintDialog, DecisionDialog
from congress.ui.pages.poll_end import MINUTES, EndDialog
from congress.voting.ledger import EntryType, fingerprint
from tests.ui.voting.conftest import Stage


@pytest.fixture
def page(stage: Stage) -> PollPage:
    return PollPage(stage.context, stage.chair())


def test_a_complaint_is_recorded_and_decided_at_the_desk(stage: Stage, page: PollPage) -> None:
    poll = stage.hall.opened_motion()
    stage.show(page, poll.id)
    page.complaints.add.click()
    dialog = page.complaints.findChild(ComplaintDialog)
    assert dialog is not None
    assert not dialog.yes.isEnabled()
    dialog.who.value = "Delegate 5"
    dialog.words.setPlainText("The wording was changed.")
    stage.qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    stage.idle()
    assert [each.complainant for each in stage.hall.booth.complaints(poll.id)] == ["Delegate 5"]
    page.complaints.deciding[0].click()
    deciding = page.complaints.findChild(DecisionDialog)
    assert deciding is not None
    deciding.words.setPlainText("It was not.")
    stage.qtbot.keyClick(deciding.yes, Qt.Key.Key_Space)
    stage.idle()
    assert stage.hall.booth.complaints(poll.id)[0].decision == "It was not."
    assert page.complaints.deciding == []


def test_the_end_is_announced_by_two_in_a_secret_poll(stage: Stage, page: PollPage) -> None:
    poll, _ = stage.hall.opened_election()
    stage.show(page, poll.id)
    assert page.next is not None
    page.next._ask_for_end()
    dialog = page.next.findChild(EndDialog)
    assert dialog is not None
    assert dialog.approval is not None
    assert not dialog.yes.isEnabled()
    dialog.approval.passphrase.value = "a passphrase"
    dialog.approval.changed.emit()
    dialog._now = stage.hall.clock.now
    stage.qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    stage.idle()
    expected = stage.hall.clock.now() + timedelta(minutes=MINUTES[0])
    assert stage.hall.booth.poll(poll.id).ends_at == expected
    assert "ends at" in page.header.lead.text()


def test_the_end_of_an_open_poll_is_its_close_again(stage: Stage, page: PollPage) -> None:
    poll = stage.hall.opened_motion()
    stage.hall.booth.extend(poll.id, stage.hall.clock.now() + timedelta(hours=1))
    stage.show(page, poll.id)
    assert page.next is not None
    page.next._ask_for_end()
    dialog = page.next.findChild(EndDialog)
    assert dialog is not None
    assert dialog.approval is None
    dialog.minutes.set_value(0)
    dialog.yes.click()
    stage.idle()
    assert stage.hall.booth.poll(poll.id).ends_at is None


def test_observers_get_the_fingerprint(
    stage: Stage, page: PollPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, cards = stage.hall.opened_election()
    saved: list[tuple[str, bytes]] = []
    monkeypatch.setattr(poll_module, "save_as", lambda _, name, data: saved.append((name, data)))
    page._controller._head_sheet = lambda lang, of, head: f"{lang} {of.number} {head.seq}".encode()
    stage.show(page, poll.id)
    before = page.ledger.mark.text()
    page.ledger.checkpoint.click()
    stage.idle()
    head = stage.hall.booth.signed_head(poll.id)
    assert page.ledger.mark.text() == fingerprint(head.hash) != before
    assert stage.hall.booth.ledger(poll.id)[-1].type is EntryType.CHECKPOINT
    page.ledger.print_button.click()
    stage.idle()
    assert saved == [(f"seal-{poll.number}.pdf", f"en {poll.number} {head.seq}".encode())]
    page.ledger.show_button.click()
    assert page.ledger.hall is not None
    stage.qtbot.addWidget(page.ledger.hall)
    assert page.ledger.hall.mark.text() == fingerprint(head.hash)
    assert page.ledger.hall.cast is not None
    assert page.ledger.hall.cast.text() == "Electronic ballots cast until this entry · 0"
    stage.hall.cast(cards[0].code, "ABC")
    stage.idle()
    # The seal on show is still that of the checkpoint, and binds no ballot that came after it.
    page.ledger.show_button.click()
    stage.qtbot.addWidget(page.ledger.hall)
    assert page.ledger.hall.mark.text() == fingerprint(head.hash)
    assert page.ledger.hall.cast.text() == "Electronic ballots cast until this entry · 0"
    assert page.next is not None
