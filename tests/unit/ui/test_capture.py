import ctypes
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congress.ui.capture import Capture, Mac, Shield, Windows, system


class _User32:
    def __init__(self, *known: int) -> None:
        self.known = known
        self.asked: list[tuple[int, int]] = []

    def SetWindowDisplayAffinity(self, window: ctypes.c_void_p, kind: int) -> int:
        self.asked.append((cast(int, window.value), kind))
        return int(kind in self.known)


class _Call:
    def __init__(self, act: Any) -> None:
        self.act = act
        self.restype: object = None
        self.argtypes: object = None

    def __call__(self, *arguments: object) -> object:
        return self.act(*arguments)


class _Objc:
    def __init__(self, frame: int) -> None:
        self.sent: list[tuple[object, ...]] = []
        self.sel_registerName = _Call(lambda name: name)

        def send(receiver: int, selector: bytes, *rest: int) -> int:
            self.sent.append((receiver, selector, *rest))
            return frame if selector == b"window" else 0

        self.objc_msgSend = _Call(send)


@pytest.mark.parametrize(
    ("known", "asked", "done"),
    [
        ((0x11, 1, 0), [(7, 0x11)], True),
        ((1, 0), [(7, 0x11), (7, 1)], True),
        ((), [(7, 0x11), (7, 1)], False),
    ],
)
def test_windows_leaves_it_out_or_blackens_it(
    known: tuple[int, ...], asked: list[tuple[int, int]], done: bool
) -> None:
    user32 = _User32(*known)
    assert Windows(user32).exclude(7, True) is done
    assert user32.asked == asked


def test_windows_takes_it_in_again() -> None:
    user32 = _User32(0)
    assert Windows(user32).exclude(7, False)
    assert user32.asked == [(7, 0)]


@pytest.mark.parametrize(("excluded", "kind"), [(True, 0), (False, 1)])
def test_macos_is_told_how_the_window_is_shared(excluded: bool, kind: int) -> None:
    objc = _Objc(frame=99)
    assert Mac(objc).exclude(7, excluded)
    assert objc.sent == [(7, b"window"), (99, b"setSharingType:", kind)]


def test_macos_has_no_window_yet() -> None:
    objc = _Objc(frame=0)
    assert not Mac(objc).exclude(7, True)
    assert len(objc.sent) == 1


def test_each_platform_has_its_own_way_and_linux_none() -> None:
    load = SimpleNamespace(
        windll=SimpleNamespace(user32=_User32()), CDLL=lambda name: _Objc(1) if name else None
    )
    windows, mac = system("win32", load), system("darwin", load)
    assert windows is not None
    assert mac is not None
    assert (windows.shield, mac.shield) == (Shield.LEFT_OUT, Shield.ASKED)
    assert system("linux", load) is None
    assert Capture(None).shield is Shield.NONE
    assert Capture(windows).shield is Shield.LEFT_OUT


def test_the_window_of_a_widget_is_meant_once_it_is_there(qtbot: QtBot) -> None:
    window = QWidget()
    inside = QWidget(window)
    qtbot.addWidget(window)
    user32 = _User32(0x11)
    capture = Capture(Windows(user32))
    assert not capture.exclude(inside, True)
    assert user32.asked == []
    window.show()
    assert capture.exclude(inside, True)
    assert user32.asked == [(int(window.winId()), 0x11)]
    assert not Capture(None).exclude(inside, True)
