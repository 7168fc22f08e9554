"""The decryption on screen: files and passphrases, paper, and files by USB."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from congress.kernel.ids import PollId
from congress.ui.controllers.decrypt import DecryptController, TallyPorts
from congress.ui.controllers.trustee import TrusteeController
from congress.ui.pages.decrypt import DecryptPage
from congress.ui.pages.trustee import TALLY, TrusteePage
from congress.ui.widgets.button import Button
from congress.ui.widgets.text import Text
from congress.voting import board_store
from congress.voting.ledger import EntryType, fingerprint
from congress.voting.model import Secrecy, State
from congress.voting.trustees import folder, sharefile
from congress.voting.trustees.fingerprint import of_key
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.keeper import Keeper
from tests.helpers.ceremonies import (
    CHEAP,
    NAMES,
    PASSPHRASE,
    board,
    board_holders,
    lock_for_tests,
    whole,
)
from tests.helpers.hall import APPROVAL
from tests.helpers.vaults import actor
from tests.helpers.walking import audit, out_of_order
from tests.ui.voting.conftest import Stage


def words(widget: QWidget) -> str:
    return " | ".join(each.text() for each in widget.findChildren(Text))


@pytest.fixture
def poll_id(stage: Stage) -> PollId:
    """A poll whose encrypted sums wait for the trustees."""
    with stage.hall.database.unit_of_work(actor()) as uow:
        board_store.add(uow.connection, board()[0], [])
        uow.commit()
    poll, cards = stage.hall.opened_secret(stage.hall.motion(Secrecy.SECRET, "resolution"))
    for card in cards[:3]:
        stage.hall.cast(card.code, ["yes"])
    stage.hall.booth.close(poll.id, APPROVAL)
    stage.hall.booth.encrypted_tally(poll.id, APPROVAL)
    return poll.id


@pytest.fixture
def page(stage: Stage, poll_id: PollId) -> DecryptPage:
    booth = stage.hall.booth
    ports = TallyPorts(
        booth.ledger,
        booth.whole_ledger,
        booth.tally_to_decrypt,
        booth.add_partial,
        booth.tally,
    )
    page = DecryptPage(stage.context, DecryptController(stage.context, ports))
    stage.show(page, poll_id)
    page.activateWindow()
    return page


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = []
    for index, data in enumerate(board()[1], start=1):
        paths.append(tmp_path / f"{index}.pctrustee")
        paths[-1].write_bytes(data)
    return paths


def check(stage: Stage, page: DecryptPage) -> None:
    """Have the ledger checked and agree to decrypt, by keyboard, unless the share did not open."""
    stage.idle()
    if page.checked is None:
        return
    assert page._standing is not None
    assert page.checked.mark.text() == page._standing.mark
    ledger = stage.hall.booth.ledger(page._standing.poll_id)
    closed = next(entry for entry in ledger if entry.type is EntryType.CLOSE)
    seal = fingerprint(closed.hash)
    if page.checked.typed is None:
        assert page.checked.seal is not None
        assert page.checked.seal.text() == seal
        QTest.keyClick(page.checked.verb, Qt.Key.Key_Return)
    else:
        assert seal not in words(page)
        QTest.keyClicks(page.checked.typed.editor, seal.replace("-", " ").lower())
        QTest.keyClick(page.checked.typed.editor, Qt.Key.Key_Return)
    stage.idle()


def by_file(stage: Stage, page: DecryptPage, index: int, path: Path, typed: str) -> None:
    QTest.keyClick(page.rows.rows[index - 1], Qt.Key.Key_Return)
    assert page.fields is not None
    page.fields.file.take(str(path))
    QTest.keyClicks(page.fields.passphrase.editor, typed)
    QTest.keyClick(page.fields.passphrase.editor, Qt.Key.Key_Return)
    check(stage, page)


def test_two_of_three_trustees_open_the_result(
    stage: Stage, page: DecryptPage, poll_id: PollId, files: list[Path]
) -> None:
    assert "2 more trustees are needed" in page.what.text()
    assert "Any 2 of the 3 suffice" in page.why.text()
    assert not page.count.isVisible()
    by_file(stage, page, 3, files[2], PASSPHRASE)
    assert "1 more trustee is needed" in page.what.text()
    assert "1 of 2 needed" in words(page.bar)
    by_file(stage, page, 1, files[0], PASSPHRASE)
    assert "Enough trustees" in page.what.text()
    QTest.keyClick(page.count, Qt.Key.Key_Return)
    stage.idle()
    assert stage.hall.booth.poll(poll_id).state is State.TALLIED
    assert stage.around.visited[-1] == f"poll/{poll_id}"
    assert sharefile.unseal(files[0].read_bytes(), PASSPHRASE)[0].tallies.keys() == {poll_id}


def test_the_copy_on_paper_opens_as_well_as_the_file(stage: Stage, page: DecryptPage) -> None:
    page.call(2)
    fields = page.fields
    assert fields is not None
    fields.way.chosen.emit(None)
    fields.way.set_value("paper")
    fields._arrange()
    lines = board_holders()[1].paper.lines
    for field, line in zip(fields.lines, lines, strict=True):
        QTest.keyClicks(field.editor, line.lower())
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    stage.idle()
    checked = page.checked
    assert checked is not None
    assert checked.typed is not None
    for typed in ("", checked.mark.text()):
        checked.typed.value = typed
        QTest.keyClick(checked.verb, Qt.Key.Key_Return)
        assert "not the seal of this ledger" in checked.typed.error.text()
    checked.typed.value = ""
    check(stage, page)
    assert page._standing is not None
    assert page._standing.done == (2,)


def test_a_scanned_code_fills_every_line_and_a_wrong_one_is_named(
    stage: Stage, page: DecryptPage
) -> None:
    page.call(2)
    fields = page.fields
    assert fields is not None
    fields.way.set_value("paper")
    fields._arrange()
    QTest.keyClicks(fields.lines[3].editor, board_holders()[1].paper.payload)
    assert [field.value for field in fields.lines] == list(board_holders()[1].paper.lines)
    fields.lines[4].value = "0000-0000-0001"
    fields._check(5)
    assert fields.lines[4].error.text()
    assert fields.take() is None


def test_what_does_not_open_is_said_in_three_parts(
    stage: Stage, page: DecryptPage, tmp_path: Path
) -> None:
    foreign = sharefile.seal(whole()[1][0], lock_for_tests())
    own, path = board()[1][0], tmp_path / "given.pctrustee"
    for data, typed, said in (
        (None, PASSPHRASE, "is not there"),
        (own, "not this passphrase", "does not open this share file"),
        (foreign, PASSPHRASE, "belongs to another board"),
        (own[:-9], PASSPHRASE, "is damaged or was cut off"),
        (b"a letter", PASSPHRASE, "not a trustee's share file"),
    ):
        if data is not None:
            path.write_bytes(data)
        by_file(stage, page, 1, path, typed)
        assert page.fields is not None
        assert said in words(page.fields)
        assert page.fields.passphrase.value == ""
        assert data is foreign or page.checked is None
    assert page._standing is not None
    assert page._standing.done == ()


def test_no_file_chosen_and_no_passphrase_typed_is_said(page: DecryptPage, tmp_path: Path) -> None:
    page.call(1)
    fields = page.fields
    assert fields is not None
    assert fields.take() is None
    assert "No share file is chosen" in words(fields)
    fields.file.set_path(tmp_path / "a.pctrustee")
    assert fields.take() is None
    assert fields.passphrase.error.text()


def test_a_trustee_decrypts_on_their_own_machine(
    stage: Stage,
    page: DecryptPage,
    files: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    tally = stick / "tally.pctally"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tally), ""))
    page.export.click()
    stage.idle()
    own = TrusteePage(stage.context, TrusteeController(stage.context, CHEAP))
    stage.show(own)
    own.way.set_value(TALLY)
    own._arrange()
    own.ledger.set_path(tally)
    own.secret.file.set_path(files[1])
    QTest.keyClicks(own.secret.passphrase.editor, PASSPHRASE)
    QTest.keyClick(own.secret.passphrase.editor, Qt.Key.Key_Return)
    stage.idle()
    checked = own.checked
    assert checked is not None
    QTest.keyClick(checked.verb, Qt.Key.Key_Return)
    stage.idle()
    assert own.checked is None  # It knew the passphrase.
    part = stick / "02.pcpartial"
    assert part.exists()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(part), ""))
    page.take.click()
    stage.idle()
    assert page._standing is not None
    assert page._standing.done == (2,)
    page.take.click()
    stage.idle()
    assert "already" in words(page.progress)


def test_a_part_of_another_poll_is_not_taken(
    stage: Stage, page: DecryptPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from congress.voting.trustees import decryption, tallyfile
    from tests.helpers.encryptedpolls import POLL, chained, steps

    _, part = decryption.decrypt(decryption.examine(chained(steps())), board_holders()[0])
    path = tmp_path / "other.pcpartial"
    path.write_bytes(tallyfile.write_partial(POLL, part))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    page.take.click()
    stage.idle()
    assert "for another poll" in words(page.progress)


def test_what_was_typed_is_forgotten_with_the_page(page: DecryptPage) -> None:
    page.call(1)
    fields = page.fields
    assert fields is not None
    fields.passphrase.value = PASSPHRASE
    page.closing()
    assert fields.passphrase.value == ""
    assert not page.turn.isVisible()


# --- a trustee's own machine ---------------------------------------------------------


def test_a_trustee_takes_part_from_their_own_machine(stage: Stage, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    invitation = invite("Congress", NAMES[:3])
    folder.begin(place, invitation)
    page = TrusteePage(stage.context, TrusteeController(stage.context, CHEAP))
    stage.show(page)
    page.place.take(str(place))
    page._controller.look(place)
    stage.idle()
    assert "2 of 3 trustees" in page.facts.text()
    page.who.set_value(2)
    own = tmp_path / "own.pctrustee"
    page.file.set_path(own)
    page.new.setFocus()
    for field in (page.new.first, page.new.again):
        QTest.keyClicks(field.editor, PASSPHRASE)
    QTest.keyClick(page.new.again.editor, Qt.Key.Key_Return)
    stage.idle()
    assert sharefile.label_of(own.read_bytes()).name == NAMES[1]
    assert folder.gather(place).session.waiting == (1, 3)
    assert NAMES[0] in words(page)
    others = [
        Keeper.create(tmp_path / f"{index}.pctrustee", invitation, index, PASSPHRASE, kdf=CHEAP)
        for index in (1, 3)
    ]
    for _ in range(3):
        for other in others:
            other.step(place)
        QTest.keyClicks(page.share.passphrase.editor, PASSPHRASE)
        QTest.keyClick(page.share.passphrase.editor, Qt.Key.Key_Return)
        stage.idle()
    for other in others:
        other.step(place)
    page.share.passphrase.value = PASSPHRASE
    page.step_button.click()
    stage.idle()
    assert "Your share is in your file" in words(page)
    ceremony = folder.gather(place).session.ceremony()
    assert of_key(ceremony.joint_key) in words(page)
    assert any(each.text() == "Copy on paper" for each in page.findChildren(Button))


def test_an_existing_file_and_a_wrong_passphrase_are_said(stage: Stage, tmp_path: Path) -> None:
    invitation = invite("Congress", NAMES[:3])
    folder.begin(tmp_path, invitation)
    own = tmp_path / "own.pctrustee"
    Keeper.create(own, invitation, 1, PASSPHRASE, kdf=CHEAP)
    page = TrusteePage(stage.context, TrusteeController(stage.context, CHEAP))
    stage.show(page)
    page.place.set_path(tmp_path)
    page._controller.look(tmp_path)
    stage.idle()
    page.file.set_path(own)
    page.new.first.value = page.new.again.value = PASSPHRASE
    page.step_button.click()
    stage.idle()
    assert "There is a file" in words(page)
    page.have.set_value(True)
    page._arrange()
    page.share.file.set_path(own)
    page.share.passphrase.value = "wrong wrong wrong"
    page.step_button.click()
    stage.idle()
    assert "does not open this share file" in page.share.passphrase.error.text()


def test_tab_goes_down_the_page_though_the_turn_was_made_later(page: DecryptPage) -> None:
    page.call(1)
    chain: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        tab = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if tab and at.isVisible() and at.isEnabled():
            chain.append(at)
        at = at.nextInFocusChain()
    assert len(chain) > 8
    assert out_of_order(chain, "en") == []
    assert audit(page) == []
