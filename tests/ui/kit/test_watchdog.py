"""The watchdog measures a stall and says where it arose."""

import time

import pytest
from pytestqt.qtbot import QtBot

from congress.ui import watchdog
from congress.ui.watchdog import Watchdog


def _hold_up(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.005)


def test_a_stall_is_measured_and_traced(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dog = Watchdog()
    monkeypatch.setitem(_hold_up.__globals__, "__name__", "congress.ui.slow")
    dog.start()
    qtbot.wait(30)
    _hold_up(0.2)
    qtbot.wait(30)
    dog.stop()
    assert 150 < dog.longest.milliseconds < 1000
    assert dog.longest.where.startswith("congress.ui.slow._hold_up:")
    assert dog.longest in dog.stalls


def test_a_stall_at_the_very_end_counts(qtbot: QtBot) -> None:
    dog = Watchdog()
    dog.start()
    _hold_up(0.12)
    dog.stop()
    dog.stop()
    assert dog.longest.milliseconds > 80


def test_a_free_thread_has_no_stall_to_speak_of(qtbot: QtBot) -> None:
    dog = Watchdog(stall_ms=2000)
    dog.start()
    qtbot.wait(60)
    dog.stop()
    assert not dog.stalls


def test_place_without_our_code_is_the_innermost() -> None:
    import sys

    assert watchdog._place(None) == ""
    assert "test_place_without" in watchdog._place(sys._getframe())
