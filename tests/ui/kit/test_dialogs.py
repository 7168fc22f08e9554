"""Dialogs, errors, and the sheet for long work."""

from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from congress.kernel.errors import Cancelled, InputError
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.tasks import Step
from congress.ui.widgets.dialog import BugDialog, ConfirmDialog, ErrorDialog, ErrorView, trace
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet, remaining
from tests.helpers.uicontext import Surroundings


def _confirm(context: UiContext, *, danger: bool = True) -> ConfirmDialog:
    return ConfirmDialog(context, "Remove?", "It cannot be undone.", "Remove", danger=danger)


def test_confirm_answers(qtbot: QtBot, context: UiContext) -> None:
    for yes in (True, False):
        dialog = _confirm(context)
        qtbot.addWidget(dialog)
        with qtbot.waitSignal(dialog.finished) as caught:
            qtbot.mouseClick(dialog.yes if yes else dialog.no, Qt.MouseButton.LeftButton)
        assert (caught.args == [QDialog.DialogCode.Accepted.value]) is yes


def test_escape_is_no(qtbot: QtBot, context: UiContext) -> None:
    dialog = _confirm(context)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize("danger", [True, False])
def test_what_is_lost_is_not_under_the_enter_key(
    qtbot: QtBot, context: UiContext, danger: bool
) -> None:
    dialog = _confirm(context, danger=danger)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is (dialog.no if danger else dialog.yes)


def test_ask_waits_for_the_answer(qtbot: QtBot, context: UiContext) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        dialog.yes.click()

    QTimer.singleShot(0, answer)
    assert ConfirmDialog.ask(context, "Remove?", "For good.", "Remove")


def test_an_error_has_three_parts(qtbot: QtBot, context: UiContext) -> None:
    error = InputError("theme.accent_contrast", accent="#FFF000")
    view = ErrorView(context, error)
    qtbot.addWidget(view)
    shown = [text.text() for text in view.findChildren(Text)]
    expected = context.tr.error(error)
    assert shown == [expected.what, expected.means, expected.do]
    assert "#FFF000" in view.accessibleName()


def test_error_dialog_closes(qtbot: QtBot, context: UiContext) -> None:
    dialog = ErrorDialog(context, Cancelled())
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)


def _raise_with_a_name() -> None:
    raise ValueError("Margaret Ashworth")


def test_a_bug_report_names_places_and_no_contents(qtbot: QtBot, context: UiContext) -> None:
    try:
        _raise_with_a_name()
    except ValueError as error:
        report = trace(error)
        dialog = BugDialog(context, error)
    qtbot.addWidget(dialog)
    assert report.startswith("ValueError\n")
    assert "_raise_with_a_name" in report
    assert "Margaret" not in dialog.report.text()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("elapsed", "done", "total", "seconds"),
    [(10, 50, 100, 10), (1, 50, 100, None), (10, 1, 1000, None), (10, 0, 0, None), (4, 4, 4, 0)],
)
def test_remaining_time(elapsed: float, done: int, total: int, seconds: float | None) -> None:
    assert remaining(elapsed, done, total) == seconds


def test_worksheet_shows_the_result(qtbot: QtBot, context: UiContext) -> None:
    sheet = WorkSheet(context, "Import")
    qtbot.addWidget(sheet)

    def work(progress: Progress) -> int:
        for at in range(1, 4):
            progress.report(at, 3, "list.csv")
        return 3

    with qtbot.waitSignal(sheet.finished_well) as caught:
        sheet.run(context.tasks.store(work), done=lambda count: f"{count} imported")
    qtbot.waitUntil(lambda: sheet.close_button.isVisible())
    assert caught.args == [3]
    assert sheet.label.text() == "3 of 3 · list.csv"
    assert sheet.outcome is not None
    assert sheet.outcome.accessibleName() == "3 imported"
    assert not sheet.cancel_button.isVisible()
    qtbot.mouseClick(sheet.close_button, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()


def test_worksheet_with_a_widget_and_with_nothing_to_say(qtbot: QtBot, context: UiContext) -> None:
    told, quiet = WorkSheet(context, "Import"), WorkSheet(context, "Import")
    for sheet in (told, quiet):
        qtbot.addWidget(sheet)
    label = QLabel("Report")
    told.run(context.tasks.free(lambda _: 1), done=lambda _: label)
    quiet.run(context.tasks.free(lambda _: 1), done=lambda _: None)
    qtbot.waitUntil(lambda: told.outcome is label)
    qtbot.waitUntil(lambda: not quiet.isVisible())


def test_worksheet_cancels(qtbot: QtBot, context: UiContext) -> None:
    sheet, running = WorkSheet(context, "Import"), Flag()
    qtbot.addWidget(sheet)

    def work(progress: Progress) -> None:
        while True:
            progress.report(1, 100)
            running.set()

    sheet.run(context.tasks.store(work), done=lambda _: None)
    assert running.wait(5)
    sheet.close()
    assert sheet.isVisible()
    assert not sheet.cancel_button.isEnabled()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sheet.outcome is not None)
    assert sheet.outcome is not None
    assert "Nothing of it was kept" in sheet.outcome.accessibleName()
    sheet.close()
    assert not sheet.isVisible()


def test_worksheet_shows_an_error(qtbot: QtBot, context: UiContext) -> None:
    sheet = WorkSheet(context, "Import")
    qtbot.addWidget(sheet)

    def work(_: Progress) -> None:
        raise InputError("theme.accent_contrast", accent="x")

    sheet.run(context.tasks.free(work), done=lambda _: None)
    qtbot.waitUntil(lambda: isinstance(sheet.outcome, ErrorView))
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_worksheet_of_a_bug_closes(qtbot: QtBot, context: UiContext, around: Surroundings) -> None:
    sheet = WorkSheet(context, "Import")
    qtbot.addWidget(sheet)
    sheet.run(context.tasks.free(lambda _: 1 // 0), done=lambda _: None)
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert isinstance(around.bugs.pop(), ZeroDivisionError)


def test_worksheet_tells_the_remaining_time(
    qtbot: QtBot, context: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, go = WorkSheet(context, "Import"), Flag()
    qtbot.addWidget(sheet)
    now = [1000.0]
    monkeypatch.setattr("congress.ui.widgets.worksheet.monotonic", lambda: now[0])
    sheet.run(context.tasks.free(lambda _: go.wait(5)), done=lambda _: None)
    now[0] += 10
    sheet._show_step(Step(50, 100, ""))
    assert (sheet.label.text(), sheet.time.text()) == ("50 of 100", "About 10 seconds left")
    now[0] += 600
    sheet._show_step(Step(51, 100, ""))
    assert sheet.time.text() == "About 10 minutes left"
    go.set()
    qtbot.waitUntil(lambda: not sheet.isVisible())
    sheet._show_step(Step(52, 100, ""))
    assert sheet.label.text() == "51 of 100"
