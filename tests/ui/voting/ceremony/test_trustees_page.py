"""The key ceremony on screen, by keyboard, at one machine passed around."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest

from congress.kernel.errors import RefusedError
from congress.kernel.roles import Role
from congress.secretariat.trustees import copy_pdf
from congress.ui.pages.trustee_paper import PaperDialog
from congress.ui.pages.trustees import TrusteesPage
from congress.ui.pages.trustees_banner import TrusteesBanner
from congress.ui.printing import Chosen
from congress.ui.widgets.button import Button
from congress.ui.widgets.dialog import ConfirmDialog
from congress.voting.trustees import rehearsal, sharefile
from congress.voting.trustees.board import BoardChanged, Boards
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.log import What
from tests.helpers.ceremonies import NAMES, PASSPHRASE, board, board_holders
from tests.helpers.vaults import actor
from tests.ui.voting.ceremony.conftest import ROUND, begin, cover, desk_of, type_here, words
from tests.ui.voting.conftest import Stage


def press(page: TrusteesPage) -> None:
    """Press the one button of this turn by keyboard."""
    assert page.table is not None
    assert page.table.primary is not None
    QTest.keyClick(page.table.primary, Qt.Key.Key_Return)


def seat_everyone(stage: Stage, page: TrusteesPage) -> None:
    for name in ROUND:
        assert page.table is not None
        press(page)
        assert name in words(page.table.card)
        type_here(page, f"{PASSPHRASE} {name}")
        type_here(page, f"{PASSPHRASE} {name}")
        stage.idle()


def hand_out(stage: Stage, page: TrusteesPage, folder: Path, name: str) -> Path:
    table = page.table
    assert table is not None
    press(page)
    path = folder / f"{name}.pctrustee"
    assert table.file is not None
    assert table.again is not None
    table.file.take(str(path))
    table.again.setFocus()
    type_here(page, f"{PASSPHRASE} {name}")
    stage.idle()
    return path


def test_three_trustees_make_a_board_at_one_machine(
    stage: Stage, page: TrusteesPage, tmp_path: Path
) -> None:
    begin(stage, page)
    seat_everyone(stage, page)
    files = []
    for name in ROUND:
        files.append(hand_out(stage, page, tmp_path, name))
        assert page.table is not None
        assert "The file works" in words(page.table.card)
        press(page)
        stage.idle()
    assert page.table is not None
    assert "All 3 share files work" in words(page.table.card)
    press(page)
    stage.idle()
    assert page._desk.board is not None
    ceremony = page._desk.board.ceremony
    assert [trustee.name for trustee in ceremony.trustees] == list(ROUND)
    shown = words(page)
    assert "2 of 3 trustees are needed" in shown
    assert page._desk.board.log[-1].what is What.READY
    for name, path in zip(ROUND, files, strict=True):
        holder, _ = sharefile.unseal(path.read_bytes(), f"{PASSPHRASE} {name}")
        assert holder.ready.ceremony_hash == ceremony.hash
        assert path.stat().st_mode & 0o077 == 0
    assert any(isinstance(event, BoardChanged) for event in stage.hall.events)


def test_nothing_secret_is_left_on_the_desk_between_turns(
    stage: Stage, page: TrusteesPage, tmp_path: Path
) -> None:
    begin(stage, page)
    seat_everyone(stage, page)
    table = page._desk.table
    assert table is not None
    assert table.locks == {}
    assert PASSPHRASE not in repr(table)
    hand_out(stage, page, tmp_path, "Ann")
    table = page._desk.table
    assert table is not None
    assert set(table.files) == {2, 3}
    page.closing()
    assert page.table is not None
    assert page.table._holder is None


def test_a_wrong_passphrase_is_said_at_the_field_and_may_be_typed_again(
    stage: Stage, page: TrusteesPage, tmp_path: Path
) -> None:
    begin(stage, page)
    seat_everyone(stage, page)
    table = page.table
    assert table is not None
    press(page)
    assert table.file is not None
    assert table.again is not None
    table.file.take(str(tmp_path / "a.pctrustee"))
    table.again.setFocus()
    type_here(page, "something else entirely")
    stage.idle()
    assert "not the passphrase of your first turn" in table.again.error.text()
    assert not list(tmp_path.iterdir())
    type_here(page, f"{PASSPHRASE} Ann")
    stage.idle()
    assert page._desk.table is not None
    assert set(page._desk.table.answers) == {1}


def test_a_full_stick_is_said_in_three_parts(
    stage: Stage, page: TrusteesPage, tmp_path: Path
) -> None:
    begin(stage, page)
    seat_everyone(stage, page)
    hand_out(stage, page, tmp_path / "gone", "Ann")
    assert page.table is not None
    assert page._desk.table is not None
    assert page._desk.table.answers == {}
    assert "Ann.pctrustee" in words(page.table.card)


def test_the_share_file_of_an_earlier_board_stays_where_it_is(
    stage: Stage, page: TrusteesPage, tmp_path: Path
) -> None:
    assert stage.context.tr("trustees.unfinished") in words(page)
    begin(stage, page)
    seat_everyone(stage, page)
    earlier = board()[1][0]
    (tmp_path / "Ann.pctrustee").write_bytes(earlier)
    path = hand_out(stage, page, tmp_path, "Ann")
    assert path.read_bytes() == earlier
    assert page._desk.table is not None
    assert page._desk.table.answers == {}
    assert page.table is not None
    assert "otherwise choose another name or folder" in words(page.table.card)


def test_short_and_differing_passphrases_are_asked_for_again(
    stage: Stage, page: TrusteesPage
) -> None:
    begin(stage, page)
    assert page.table is not None
    press(page)
    fields = page.table.passphrase
    assert fields is not None
    type_here(page, "short")
    assert fields.hint.accessibleName() == "Strength: Too short"
    type_here(page, "short")
    assert "10 characters" in fields.first.error.text()
    fields.first.value = fields.again.value = ""
    fields.setFocus()
    type_here(page, PASSPHRASE)
    type_here(page, PASSPHRASE + "x")
    assert fields.again.error.text()
    assert page._desk.table is not None
    assert page._desk.table.locks == {}


def test_the_copy_on_paper_is_shown_to_its_owner(
    stage: Stage, page: TrusteesPage, tmp_path: Path
) -> None:
    begin(stage, page)
    seat_everyone(stage, page)
    hand_out(stage, page, tmp_path, "Ann")
    assert page.table is not None
    (paper,) = (
        each for each in page.table.card.findChildren(Button) if each.text() == "Copy on paper"
    )
    paper.click()
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    assert page.table._holder is not None
    line = page.table._holder.paper.lines[2]
    assert f"{line[:4]}-{line[4:8]}-{line[8:]}" in words(dialog)
    dialog.reject()


def test_breaking_off_forgets_everything(
    stage: Stage, page: TrusteesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(stage, page)
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *args, **options: True)
    page._stop()
    stage.idle()
    assert page._desk.table is None
    assert page.table is None


def test_the_others_begin_again_without_who_does_not_come(
    stage: Stage, page: TrusteesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page._desk.begin_table(invite("Congress", NAMES[:4]))
    stage.idle()
    page._desk.take_seat(1, PASSPHRASE)
    stage.idle()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *args, **options: True)
    assert page.table is not None
    (gone,) = (
        each
        for each in page.table.card.findChildren(Button)
        if each.text().endswith("does not come")
    )
    gone.click()
    stage.idle()
    table = page._desk.table
    assert table is not None
    assert table.invitation.names == (NAMES[0], *NAMES[2:4])
    assert table.locks == {}
    assert NAMES[0] in words(page.table.card)
    assert [line.what for line in page._desk.log] == [What.BEGUN, What.BROKEN, What.BEGUN]
    assert page.table.findChildren(Button)[0].isVisible()


def test_a_ceremony_goes_on_when_the_pages_are_built_anew(stage: Stage, page: TrusteesPage) -> None:
    begin(stage, page)
    desk = page._desk
    again = TrusteesPage(stage.context, desk, cover, "en")
    stage.show(again)
    assert again.table is not None
    assert "Ann" in words(again.table.card)


def test_who_may_not_lead_sees_the_board_alone(stage: Stage) -> None:
    page = TrusteesPage(stage.context, desk_of(stage, Role.ORGANISER), cover, "en")
    stage.show(page)
    page.begin()
    assert page.form is None


def test_the_form_refuses_names_that_stand_twice(stage: Stage, page: TrusteesPage) -> None:
    page.activateWindow()
    page.begin()
    assert page.form is not None
    for name in ("Ann", "Ben", "ann"):
        page.form.name.value = name
        page.form._add()
    assert page.form.names == ("Ann", "Ben")
    assert "twice" in page.form.name.error.text()
    assert not page.form.begin.isEnabled()
    assert "2 of 3 open a result" in page.form.needed.text()


def test_the_form_warns_where_two_groups_could_decrypt_apart(
    stage: Stage, page: TrusteesPage
) -> None:
    page.begin()
    assert page.form is not None
    for name in ("Ann", "Ben", "Cam", "Dan"):
        page.form.name.value = name
        page.form._add()
    assert page.form.few.isHidden()
    page.form.threshold.set_value(2)
    assert not page.form.few.isHidden()


# --- the desk ------------------------------------------------------------------------


def test_a_board_that_was_not_rehearsed_is_not_put_in_office(stage: Stage) -> None:
    boards = Boards(stage.hall.database, actor(Role.COMMITTEE), stage.hall.clock)
    with pytest.raises(RefusedError, match=r"trustees\.not_rehearsed"):
        boards.install(rehearsal.prepare(board()[0]), (), ())
    readers = Boards(stage.hall.database, actor(Role.DELEGATE), stage.hall.clock)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        readers.install(rehearsal.prepare(board()[0]), (), ())


def test_the_desk_says_when_there_are_no_trustees(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards = Boards(stage.hall.database, actor(), stage.hall.clock)
    banner = TrusteesBanner(stage.context, boards)
    stage.qtbot.addWidget(banner)
    banner.refresh()
    stage.idle()
    assert banner.isHidden()
    monkeypatch.setattr(Boards, "current", lambda _: None)
    banner.refresh()
    stage.idle()
    assert not banner.isHidden()
    banner.go.click()
    assert stage.around.visited == ["trustees"]


def test_the_copy_is_printed_from_memory(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = QBuffer()
    printed.open(QBuffer.OpenModeFlag.WriteOnly)
    device = QPdfWriter(printed)
    holder = board_holders()[0]

    def copy(holder: Holder) -> bytes:
        return copy_pdf(stage.context.tr, cover(), holder)

    dialog = PaperDialog(stage.context, holder, copy, choose=lambda *_: Chosen(device, ()))
    stage.qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.print_button, Qt.Key.Key_Return)
    stage.idle()
    assert bytes(printed.data().data()).startswith(b"%PDF")
    assert not list(tmp_path.iterdir())
