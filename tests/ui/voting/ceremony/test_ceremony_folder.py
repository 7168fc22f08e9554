"""The key ceremony by files in a folder that is carried around."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from congress.ui.pages.trustees import TrusteesPage
from congress.ui.widgets.button import Button
from congress.ui.widgets.dialog import ConfirmDialog
from congress.voting.trustees import folder, rehearsal
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.keeper import Keeper
from congress.voting.trustees.log import What
from tests.helpers.ceremonies import CHEAP, NAMES, PASSPHRASE, board, board_holders
from tests.ui.voting.ceremony.conftest import words
from tests.ui.voting.conftest import Stage

# --- a folder ------------------------------------------------------------------------


def own_machines(place: Path, count: int = 3) -> list[Keeper]:
    invitation = folder.gather(place).session.invitation
    return [
        Keeper.create(place.parent / f"{index}.pctrustee", invitation, index, PASSPHRASE, kdf=CHEAP)
        for index in range(1, count + 1)
    ]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def start_folder(stage: Stage, page: TrusteesPage, place: Path, count: int = 3) -> list[Keeper]:
    page._desk.begin_folder(place, invite("Congress", NAMES[:count]))
    stage.idle()
    return own_machines(place, count)


def test_a_board_is_made_from_files_carried_around(
    stage: Stage, page: TrusteesPage, place: Path
) -> None:
    keepers = start_folder(stage, page, place)
    assert page.folder is not None
    for what in ("First", "Second", "Third", "Fourth"):
        assert page.folder.what.text().startswith(what)
        for keeper in keepers:
            keeper.step(place)
        page.folder.look.setFocus()
        QTest.keyClick(page.folder.look, Qt.Key.Key_Return)
        stage.idle()
    assert page.folder.what.text().startswith("Fifth")
    assert not page.folder.finish.isVisible()
    for keeper in keepers:
        keeper.step(place)
    page.folder.look.click()
    stage.idle()
    QTest.keyClick(page.folder.finish, Qt.Key.Key_Return)
    stage.idle()
    assert page._desk.board is not None
    assert [line.what for line in page._desk.board.log].count(What.REHEARSED) == 3
    assert page._desk.place is None


def test_who_is_awaited_is_read_out(stage: Stage, page: TrusteesPage, place: Path) -> None:
    keepers = start_folder(stage, page, place)
    keepers[0].step(place)
    assert page.folder is not None
    page.folder.look.click()
    stage.idle()
    said = {each.accessibleName() for each in page.folder.checklist.findChildren(QWidget)}
    assert f"{NAMES[0]}, Commitment: here" in said
    assert f"{NAMES[1]}, Commitment: awaited" in said


def test_a_ceremony_is_held_again_without_who_is_missing(
    stage: Stage, page: TrusteesPage, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keepers = start_folder(stage, page, place, 4)
    for keeper in keepers[:3]:
        keeper.step(place)
    assert page.folder is not None
    page.folder.look.click()
    stage.idle()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *args, **options: True)
    (button,) = page.folder.missing_rows.findChildren(Button)
    assert button.accessibleName().endswith(NAMES[3])
    button.click()
    stage.idle()
    assert page._desk.place is not None
    assert page._desk.place.gathered.session.invitation.names == NAMES[:3]
    assert [line.what for line in page._desk.log][-2:] == [What.BROKEN, What.BEGUN]
    assert "did not go on" in words(page)


def test_the_rehearsal_of_another_board_does_not_take_its_place(
    stage: Stage, page: TrusteesPage, place: Path
) -> None:
    keepers = start_folder(stage, page, place)
    for _ in range(4):
        for keeper in keepers:
            keeper.step(place)
    page._desk.look()
    stage.idle()
    foreign = rehearsal.prepare(board()[0])
    folder.put(place / folder.REHEARSAL, foreign.to_bytes())
    for holder in board_holders():
        folder.put_message(place, rehearsal.take_part(foreign, holder))
    page._desk.look()
    stage.idle()
    assert page._desk.place is not None
    assert page._desk.place.done == frozenset()
    assert not page._desk.place.ready
    for keeper in keepers:
        keeper.step(place)
    page._desk.look()
    stage.idle()
    assert page._desk.place.ready


def test_a_folder_whose_ceremony_was_exchanged_is_refused(
    stage: Stage, page: TrusteesPage, place: Path
) -> None:
    keepers = start_folder(stage, page, place)
    for keeper in keepers:
        keeper.step(place)
    page._desk.look()
    stage.idle()
    assert page._desk.place is not None
    before = page._desk.place.gathered.session
    folder.set_aside(place, before)
    folder.begin(place, invite("Congress", NAMES[:3]))
    page._desk.look()
    stage.idle()
    assert page._desk.place.gathered.session == before
    assert page.folder is not None
    assert "seen before" in words(page.folder.card)


def test_a_bent_log_on_the_stick_does_not_hide_what_was_seen(
    stage: Stage, page: TrusteesPage, place: Path
) -> None:
    keepers = start_folder(stage, page, place)
    keepers[0].step(place)
    page._desk.look()
    stage.idle()
    before = page._desk.log
    assert before[-1].what is What.COMMITMENT
    for bent in (b"[]", b"rubbish"):
        (place / folder.LOG).write_bytes(bent)
        page._desk.look()
        stage.idle()
        assert page._desk.log == before
        assert folder.gather(place).log == before


def test_a_damaged_file_is_named(stage: Stage, page: TrusteesPage, place: Path) -> None:
    start_folder(stage, page, place)
    (place / "cut.pcround").write_bytes(b"{")
    assert page.folder is not None
    page.folder.look.click()
    stage.idle()
    assert "cut.pcround" in words(page.folder.problems)


def test_a_folder_without_a_ceremony_says_so(
    stage: Stage, page: TrusteesPage, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(place))
    page.open_folder()
    stage.idle()
    assert [error.code for error in stage.around.errors] == ["trustees.no_ceremony"]
