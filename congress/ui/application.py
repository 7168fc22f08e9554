"""Starts the program: Qt, fonts, preferences, the window and its pages."""

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from congress.kernel.clock import Clock
from congress.ui import preferences
from congress.ui.entrance import plan
from congress.ui.inside import load_inside
from congress.ui.plan import LanguagePaper, LanguageSample
from congress.ui.preferences import Preferences
from congress.ui.recent import RecentCongresses
from congress.ui.theme import fonts
from congress.ui.window import MainWindow, show_uncaught

if TYPE_CHECKING:
    from congress.app import OpenCongress

ORGANISATION, PROGRAM = "Paperless Congress", "congress"
SWITCH_SECONDS = 0.001
"""The longest that a thread which computes keeps Python's lock from the one of the window."""


def application() -> QApplication:
    """Return Qt's application with our name and fonts, made on the first call."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setOrganizationName(ORGANISATION)
    app.setApplicationName(PROGRAM)
    sys.setswitchinterval(SWITCH_SECONDS)
    fonts.load()
    return app


def _preferences_file() -> Path:
    place = QStandardPaths.StandardLocation.AppConfigLocation
    return Path(QStandardPaths.writableLocation(place)) / "preferences.json"


def samples_folder() -> Path:
    """Return where the sample congress stands among a person's data."""
    place = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(place)) / "samples"


def make_window(
    app: QApplication,
    *,
    lang: str | None = None,
    sample: LanguageSample | None = None,
    paper: LanguagePaper | None = None,
    recent: RecentCongresses | None = None,
    chosen: Preferences | None = None,
    clock: Clock | None = None,
    source: str = "0",
    packs: Callable[[], Path] | None = None,
) -> MainWindow:
    """Return the window with all its pages, not shown yet.

    Args:
        app: From ``application``.
        lang: Language, whatever was chosen before.
        sample: Makes the sample congress for "Try the sample congress".
        paper: Gives a sample paper to try the library with.
        recent: What was open on this machine; by default the machine's own list.
        chosen: Preferences that are neither read from the machine nor kept on it.
        clock: Tells the time, in the top bar and of every entry.
        source: What the door watches until another camera, address or file is chosen.
        packs: Returns where packs are unpacked; by default among the person's documents.
    """
    file = _preferences_file()
    prefer = chosen or preferences.load(file)
    if lang:
        prefer = replace(prefer, lang=lang)

    def keep(changed: Preferences) -> None:
        if chosen is None:
            # Where the home folder cannot be written, they last until the window closes.
            with suppress(OSError):
                preferences.save(file, changed)

    return MainWindow(
        app,
        plan(recent or RecentCongresses(QSettings()), sample, source, paper, clock, packs),
        preferences=prefer,
        keep=keep,
        clock=clock,
    )


def run_window(
    *,
    lang: str | None = None,
    sample: LanguageSample | None = None,
    paper: LanguagePaper | None = None,
    congress: "OpenCongress | None" = None,
    greeting: str = "",
    source: str = "0",
) -> int:
    """Show the window until the person closes it; return the exit status.

    Args:
        lang: Language, whatever was chosen before.
        sample: Makes the sample congress.
        paper: Gives a sample paper to try the library with.
        congress: An open congress to begin with; by default the welcome screen.
        greeting: Shown as a toast once the congress is open.
        source: What the door watches until another camera, address or file is chosen.
    """
    app = application()
    window = make_window(app, lang=lang, sample=sample, paper=paper, source=source)
    show_uncaught(window)
    # Python sees Ctrl+C only between two of its own instructions: let it run now and then.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    heartbeat = QTimer(window)
    heartbeat.start(200)
    heartbeat.timeout.connect(lambda: None)
    window.show()
    window.tasks.free(lambda _: load_inside()).start()
    if congress is not None:
        window.enter(congress)
        if greeting:
            QTimer.singleShot(400, window, lambda: window.show_toast(greeting))
    return app.exec()
