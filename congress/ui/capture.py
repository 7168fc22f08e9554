"""Keeps a window out of screenshots and shared screens, where the system can.

Windows leaves such a window out of every capture (``SetWindowDisplayAffinity``); before the
version of May 2020 it blackens it. macOS does so for programs that ask it for the picture of a
window, and since version 15 not for all of them. Linux, under X11 and Wayland alike, has no such
thing. Nothing anywhere keeps a camera out.
"""

import ctypes
import sys
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

_NORMAL, _BLACKENED, _LEFT_OUT = 0x00, 0x01, 0x11
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1


class Shield(StrEnum):
    """What the system does for us. Texts: ``capture.<value>``."""

    LEFT_OUT = "left_out"
    """Captures show what lies behind the window."""
    ASKED = "asked"
    """The system is asked, and some programs still see the window."""
    NONE = "none"
    """The system has nothing of the kind."""


class System(Protocol):
    """The one call of a system that this needs."""

    shield: Shield

    def exclude(self, window: int, excluded: bool) -> bool:
        """Leave the window with this native handle out of captures, or in; return whether."""
        ...


class Windows:
    """``user32``."""

    shield = Shield.LEFT_OUT

    def __init__(self, user32: Any) -> None:
        """Take the library."""
        self._user32 = user32

    def exclude(self, window: int, excluded: bool) -> bool:
        """See ``System``."""
        wanted = (_LEFT_OUT, _BLACKENED) if excluded else (_NORMAL,)
        handle = ctypes.c_void_p(window)
        return any(self._user32.SetWindowDisplayAffinity(handle, each) for each in wanted)


class Mac:
    """The Objective-C runtime."""

    shield = Shield.ASKED

    def __init__(self, objc: Any) -> None:
        """Take the library."""
        self._objc = objc
        objc.sel_registerName.restype = ctypes.c_void_p
        objc.sel_registerName.argtypes = [ctypes.c_char_p]

    def exclude(self, window: int, excluded: bool) -> bool:
        """See ``System``; Qt's handle is that of the view in the window."""
        send = self._objc.objc_msgSend
        send.restype = ctypes.c_void_p
        send.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        frame = send(window, self._objc.sel_registerName(b"window"))
        if not frame:
            return False
        send.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
        kind = _SHARING_NONE if excluded else _SHARING_READ_ONLY
        send(frame, self._objc.sel_registerName(b"setSharingType:"), kind)
        return True


def system(platform: str = sys.platform, load: Any = ctypes) -> System | None:
    """Return what this system offers, or ``None``.

    Args:
        platform: As ``sys.platform``.
        load: Loads the system's libraries, as ``ctypes`` does.
    """
    if platform == "win32":
        return Windows(load.windll.user32)
    if platform == "darwin":
        return Mac(load.CDLL("/usr/lib/libobjc.dylib"))
    return None


class Capture:
    """Leaves windows out of captures while they show what is held back.

    Attributes:
        shield: What the system does for us.
    """

    def __init__(self, offered: System | None = None) -> None:
        """Use what the system offers."""
        self._system = offered
        self.shield = offered.shield if offered else Shield.NONE

    def exclude(self, widget: QWidget, excluded: bool) -> bool:
        """Leave the window of ``widget`` out of captures, or in again; return whether it is so."""
        window = widget.window()
        if self._system is None or not window.isVisible():
            return False
        return self._system.exclude(int(window.winId()), excluded)


class CountedCapture(Capture):
    """Leaves a window out of captures until every one who asked for it lets go."""

    def __init__(self, offered: System | None = None) -> None:
        """Use what the system offers."""
        super().__init__(offered)
        self._holders = 0

    def exclude(self, widget: QWidget, excluded: bool) -> bool:
        """Leave the window out, or let go of it; return whether the system did as asked."""
        self._holders = max(0, self._holders + (1 if excluded else -1))
        return super().exclude(widget, self._holders > 0)
