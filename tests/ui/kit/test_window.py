"""The window: going about, languages and modes, signing in and out, and the end."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from congress.kernel.errors import BugError, Cancelled, EnvironmentFault
from congress.kernel.ids import MemberId
from congress.kernel.roles import Actor, Role
from congress.ui.plan import StatusSource
from congress.ui.preferences import Preferences
from congress.ui.screenshots import picture, save, settle
from congress.ui.shell import BACK
from congress.ui.theme.tokens import Mode
from congress.ui.widgets.dialog import BugDialog, ConfirmDialog, ErrorDialog
from congress.ui.window import MainWindow, show_uncaught
from tests.helpers.shells import FakeCongress, FirstPage, SecondPage, small_plan

P = TypeVar("P", bound=QWidget)


@pytest.fixture
def kept() -> list[Preferences]:
    return []


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, kept: list[Preferences]) -> Iterator[MainWindow]:
    made = MainWindow(qapp, small_plan(), preferences=Preferences(motion=False), keep=kept.append)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.shut_down()


@pytest.fixture
def congress(window: MainWindow) -> FakeCongress:
    made = FakeCongress()
    window.enter(made)  # type: ignore[arg-type]
    settle(window, 0.02)
    return made


def _page(window: MainWindow, kind: type[P]) -> P:
    page = window.shell.current
    assert isinstance(page, kind)
    return page


def test_before_signing_in_there_is_no_frame(window: MainWindow) -> None:
    assert window.shell.path == "start"
    assert window.congress is None
    assert not window.shell.rail.isVisible()
    assert not window.shell.topbar.isVisible()
    window.navigate("second")
    assert window.shell.path == "start"
    window.shell._find()
    assert not window.shell.palette_.isVisible()
    assert "Sign out" not in [command.title for command in window.shell.commands()[:1]]


def test_signing_in_opens_the_home_of_the_role(window: MainWindow, congress: FakeCongress) -> None:
    assert window.congress is cast(object, congress)
    assert window.context.congress is cast(object, congress)
    assert window.shell.path == "first"
    assert window.shell.rail.keys == ("first", "second")
    assert window.shell.rail.lit == "first"
    assert window.shell.topbar.isVisible()
    assert window.shell.topbar.congress.accessibleName() == "Sixth congress"
    assert window.shell.topbar.quorum.text == "12 of 15"
    assert window.windowTitle().endswith("Paperless Congress")


def test_going_somewhere_before_the_frame_is_there(window: MainWindow) -> None:
    window.enter(FakeCongress())  # type: ignore[arg-type]
    window.navigate("second/paper-7")
    window.prefer(replace(window.context.preferences, lang="vi"))
    settle(window, 0.02)
    assert window.shell.path == "second/paper-7"
    assert window.context.tr.lang == "vi"


def test_closing_right_after_signing_out(window: MainWindow, congress: FakeCongress) -> None:
    window.leave()
    window.shut_down()
    assert congress.closed


def test_the_rail_holds_the_sections_of_the_role(window: MainWindow) -> None:
    actor = Actor(MemberId("m"), Role.ORGANISER, "Ann")
    window.enter(FakeCongress(actor))  # type: ignore[arg-type]
    settle(window, 0.02)
    assert window.shell.rail.keys == ("first",)


def test_going_about_by_rail_key_and_path(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    shell = window.shell
    moves: list[str] = []
    shell.moved.connect(moves.append)
    item = shell.rail._items["second"]
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert shell.path == "second"
    qtbot.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert shell.path == "first"
    window.navigate("second/paper-7")
    assert _page(window, SecondPage).subject == "paper-7"
    window.navigate("detail/x")
    assert shell.rail.lit == "second"
    window.navigate(BACK)
    assert shell.path == "second/paper-7"
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.path == "first"
    assert moves == [
        "second", "first", "second/paper-7", "detail/x", "second/paper-7", "first",
    ]  # fmt: skip


def test_back_on_the_first_page_stays(window: MainWindow, congress: FakeCongress) -> None:
    window.navigate(BACK)
    assert window.shell.path == "first"


def test_a_page_is_built_once_and_told_each_time(
    window: MainWindow, congress: FakeCongress
) -> None:
    first = _page(window, FirstPage)
    window.navigate("second")
    window.navigate("first")
    assert _page(window, FirstPage) is first
    assert first.times_shown == 2


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_another_language_rebuilds_the_pages_in_place(
    window: MainWindow, congress: FakeCongress, kept: list[Preferences], lang: str
) -> None:
    window.navigate("second/paper-7")
    window.navigate("first")
    first = _page(window, FirstPage)
    window.navigate("second/paper-7")
    window.context.prefer(replace(window.context.preferences, lang=lang))
    settle(window, 0.02)
    assert kept[-1].lang == lang
    assert first.closed
    assert window.shell.path == "second/paper-7"
    assert _page(window, SecondPage).subject == "paper-7"
    rtl = window.shell.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert rtl is (lang == "ur")
    rail_right = window.shell.rail.geometry().center().x() > window.width() / 2
    assert rail_right is (lang == "ur")


def test_the_same_preferences_change_nothing(
    window: MainWindow, congress: FakeCongress, kept: list[Preferences]
) -> None:
    shell = window.shell
    window.prefer(window.context.preferences)
    settle(window, 0.02)
    assert window.shell is shell
    assert not kept


def test_mode_and_language_in_the_top_bar(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress, kept: list[Preferences]
) -> None:
    qtbot.mouseClick(window.shell.topbar.mode, Qt.MouseButton.LeftButton)
    settle(window, 0.02)
    assert kept[-1].mode is Mode.DARK
    assert window.context.theme.palette.mode is Mode.DARK
    menu = window.shell.topbar.language.menu()
    menu.actions()[1].trigger()
    settle(window, 0.02)
    assert window.context.tr.lang == "vi"


def test_signing_out_closes_the_congress(window: MainWindow, congress: FakeCongress) -> None:
    window.shell.topbar.person.menu().actions()[-1].trigger()
    settle(window, 0.02)
    assert congress.closed
    assert window.shell.path == "start"
    assert not window.shell.rail.isVisible()


def test_inspector_opens_and_closes(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    window.navigate("second")
    shell, page = window.shell, _page(window, SecondPage)
    widget = page.inspect()
    assert shell.inspector.isVisible()
    widget.setFocus()
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert not shell.inspector.isVisible()
    page.inspect()
    qtbot.mouseClick(shell.inspector.close_button, Qt.MouseButton.LeftButton)
    assert not shell.inspector.isVisible()
    page.inspect()
    window.navigate("first")
    assert not shell.inspector.isVisible()
    page.inspect()
    assert not shell.inspector.isVisible()


def test_the_rail_narrows_in_a_small_window(window: MainWindow, congress: FakeCongress) -> None:
    window.resize(1300, 700)
    wide = window.shell.rail.width()
    window.resize(970, 700)
    assert window.shell.rail.width() < wide
    item = window.shell.rail._items["second"]
    assert item.text() == ""
    assert item.accessibleName() == window.context.tr("gallery.table")


def test_palette_finds_pages_commands_and_papers(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    palette = window.shell.palette_
    qtbot.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert palette.isVisible()
    assert palette.titles[0] == "Count again"
    qtbot.keyClicks(palette.field, "tab")
    qtbot.waitUntil(lambda: palette.titles == ["Table", "Report on tab"])
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.shell.path == "detail/tab"


def test_palette_runs_a_command_of_the_page(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    page, palette = _page(window, FirstPage), window.shell.palette_
    qtbot.mouseClick(window.shell.topbar.find_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(palette.field, "count")
    qtbot.mouseClick(palette.list.rows[0], Qt.MouseButton.LeftButton)
    assert page.ran == ["count"]


def test_palette_goes_to_a_page_and_switches_the_mode(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress, kept: list[Preferences]
) -> None:
    commands = {command.title: command for command in window.shell.commands()}
    commands["Table"].run()
    assert window.shell.path == "second"
    commands["Switch to dark"].run()
    assert kept[-1].mode is Mode.DARK


def test_palette_closes_without_going_anywhere(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    palette = window.shell.palette_
    palette.open_()
    qtbot.keyClicks(palette.field, "zzzz")
    assert palette.titles == []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down):
        qtbot.keyClick(palette.field, key)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open_()
    window.resize(1000, 650)
    assert palette.width() == window.shell.width()
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()
    palette.close_()
    assert window.shell.path == "first"


def test_errors_and_bugs_are_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.show_error(Cancelled())
    window.tasks.free(lambda _: 1 // 0).start()
    settle(window, 0.02)
    dialogs = window.findChildren(ErrorDialog) + window.findChildren(BugDialog)
    assert len(dialogs) == 2
    for dialog in dialogs:
        dialog.close()


def test_toast(window: MainWindow) -> None:
    window.context.toasts.show_toast("Saved")
    assert [toast.accessibleName() for toast in window.shell.toaster.toasts] == ["Saved"]


def test_uncaught_exceptions_are_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    seen: list[object] = []
    monkeypatch.setattr(window, "show_error", seen.append)
    monkeypatch.setattr(window, "show_bug", seen.append)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: seen.append("stopped"))
    show_uncaught(window)
    for error in (Cancelled(), BugError("x"), KeyboardInterrupt()):
        sys.excepthook(type(error), error, None)
    assert [type(thing) for thing in seen] == [Cancelled, BugError, str]


def test_closing_while_work_is_under_way_asks(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    go = Flag()
    window.tasks.store(lambda _: go.wait(5)).start()

    def answer(yes: bool) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        (dialog.yes if yes else dialog.no).click()

    QTimer.singleShot(0, lambda: answer(False))
    assert not window.close()
    assert not congress.closed
    QTimer.singleShot(0, lambda: answer(True))
    QTimer.singleShot(0, go.set)
    assert window.close()
    assert congress.closed


def test_signing_out_while_work_is_under_way_asks(
    qtbot: QtBot, window: MainWindow, congress: FakeCongress
) -> None:
    go = Flag()
    window.tasks.store(lambda _: go.wait(5)).start()

    def refuse() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        dialog.no.click()

    QTimer.singleShot(0, refuse)
    window.leave()
    assert window.congress is cast(object, congress)
    go.set()
    qtbot.waitUntil(lambda: not window.tasks.busy)


def test_reading_does_not_keep_the_window_open(window: MainWindow, congress: FakeCongress) -> None:
    go = Flag()
    window.tasks.free(lambda _: go.wait(0.3)).start()
    assert window.close()


def test_closing_lets_pages_go(window: MainWindow, congress: FakeCongress) -> None:
    page = _page(window, FirstPage)
    assert window.close()
    assert page.closed
    assert congress.closed


def test_full_screen(qtbot: QtBot, window: MainWindow) -> None:
    window._full_screen()
    assert window.isFullScreen()
    window._full_screen()
    assert not window.isFullScreen()


def test_a_picture_of_a_page(window: MainWindow, congress: FakeCongress, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    window.hide()
    picture(window, "second", tmp_path / "second.png", (1024, 640))
    image = QImage(str(tmp_path / "second.png"))
    assert (image.width(), image.height()) == (1024, 640)
    assert window.shell.path == "second"
    with pytest.raises(EnvironmentFault):
        save(QLineEdit(), tmp_path / "nowhere" / "x.png")


def test_work_that_never_ends_is_noticed(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Flag()
    monkeypatch.setattr("congress.ui.screenshots.LONGEST_SECONDS", 0.05)
    window.tasks.free(lambda _: go.wait(5)).start()
    with pytest.raises(BugError):
        settle(window)
    go.set()
    qtbot.waitUntil(lambda: not window.tasks.busy)


def test_an_unknown_page_is_our_mistake(window: MainWindow) -> None:
    with pytest.raises(KeyError):
        window.navigate("nowhere")


def test_a_status_source_says_nothing_by_itself(qapp: QApplication) -> None:
    StatusSource().refresh()
