"""What outlives a change of language, and ends with the congress."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congress.ui.context import UiContext
from congress.ui.lasting import Lasting
from congress.ui.preferences import Preferences
from congress.ui.screenshots import settle
from congress.ui.window import MainWindow
from tests.helpers.shells import FakeCongress, small_plan


class Clockwork:
    """Counts what happens to it."""

    def __init__(self) -> None:
        self.dressed: list[str] = []
        self.closed = 0

    def dress(self, context: UiContext) -> None:
        self.dressed.append(context.tr.lang)

    def close(self) -> None:
        self.closed += 1


def test_there_is_one_of_a_kind() -> None:
    lasting = Lasting()
    first = lasting.get(Clockwork, Clockwork)
    assert lasting.get(Clockwork, Clockwork) is first
    lasting.close()
    lasting.close()
    assert first.closed == 1
    assert lasting.get(Clockwork, Clockwork) is not first


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> MainWindow:
    made = MainWindow(qapp, small_plan(), preferences=Preferences(motion=False))
    qtbot.addWidget(made, before_close_func=lambda _: made.shut_down())
    made.show()
    made.enter(FakeCongress())  # type: ignore[arg-type]
    settle(made, 0.02)
    return made


def test_another_language_dresses_it_anew_and_signing_out_closes_it(window: MainWindow) -> None:
    kept = window.context.lasting.get(Clockwork, Clockwork)
    window.prefer(replace(window.context.preferences, lang="vi"))
    settle(window, 0.02)
    assert window.context.lasting.get(Clockwork, Clockwork) is kept
    assert (kept.dressed, kept.closed) == (["vi"], 0)
    window.leave()
    settle(window, 0.02)
    assert kept.closed == 1


def test_the_end_of_the_program_closes_it(window: MainWindow) -> None:
    kept = window.context.lasting.get(Clockwork, Clockwork)
    window.shut_down()
    assert kept.closed == 1
