"""The window: holds the threads, the open congress and the shell, and rebuilds the shell."""

import sys
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from congress.i18n.translator import Translator
from congress.kernel.clock import Clock, SystemClock
from congress.kernel.errors import CongressError
from congress.kernel.progress import Progress
from congress.ui.bridge import Bridge
from congress.ui.context import UiContext
from congress.ui.lasting import Lasting
from congress.ui.plan import Plan
from congress.ui.preferences import Preferences
from congress.ui.shell import Shell
from congress.ui.tasks import Tasks
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.dialog import BugDialog, ConfirmDialog, ErrorDialog
from congress.ui.widgets.mark import program_icon

if TYPE_CHECKING:
    from congress.app import OpenCongress

LEAST_SIZE, FIRST_SIZE = (960, 600), (1280, 800)


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(
        self,
        application: QApplication,
        plan: Plan,
        *,
        preferences: Preferences | None = None,
        keep: Callable[[Preferences], object] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        """Show the start page of ``plan``; no congress is open yet.

        Args:
            application: Qt's application, dressed by each rebuild.
            plan: The pages.
            preferences: What the person chose before.
            keep: Keeps what the person chooses from now on.
            clock: Fills the clock of the top bar.
        """
        super().__init__()
        self._application, self._plan, self._keep = application, plan, keep
        self._clock = clock or SystemClock()
        self._congress: OpenCongress | None = None
        self._lasting = Lasting()
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self.show_error)
        self.tasks.bug.connect(self.show_bug)
        self.bridge = Bridge(parent=self)
        self._preferences = preferences or Preferences()
        self._shell: Shell | None = None
        self._coming: str | None = None
        self._left: list[OpenCongress] = []
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*FIRST_SIZE)
        QShortcut(QKeySequence("F11"), self).activated.connect(self._full_screen)
        self._build(plan.start)

    @property
    def shell(self) -> Shell:
        """The shell of the present language and mode."""
        if self._shell is None:
            raise LookupError("the window is closed")
        return self._shell

    @property
    def context(self) -> UiContext:
        """The surroundings of the present pages."""
        return self._context

    @property
    def congress(self) -> "OpenCongress | None":
        """The open congress."""
        return self._congress

    def _build(self, path: str) -> None:
        chosen = self._preferences
        theme = Theme.of(
            chosen.mode,
            chosen.lang,
            scale=chosen.text_scale,
            motion=chosen.motion,
            sharp=chosen.contrast,
        )
        old, self._shell = self._shell, None
        if old is not None:
            old.closing()
            # Now, not later: Qt would dress every old widget anew, for half a second.
            self.takeCentralWidget()
            shiboken6.delete(old)
        theme.dress(self._application)
        self._context = UiContext(
            tr=Translator(chosen.lang, urdu_digits=chosen.urdu_digits),
            theme=theme,
            tasks=self.tasks,
            bridge=self.bridge,
            toasts=self,
            navigate=self.navigate,
            show_error=self.show_error,
            congress=self._congress,
            preferences=chosen,
            prefer=self.prefer,
            enter=self.enter,
            leave=self.leave,
            lasting=self._lasting,
        )
        actor = self._congress.actor if self._congress is not None else None
        self._shell = Shell(self._context, self._plan, self._clock, actor)
        self._shell.leave_asked.connect(self.leave)
        self._shell.windowTitleChanged.connect(self._entitle)
        self.setWindowIcon(program_icon(theme))
        self.setCentralWidget(self._shell)
        self._lasting.dress(self._context)
        self.navigate(path)

    def _entitle(self, title: str) -> None:
        self.setWindowTitle(f"{title} – {self._context.tr('shell.program')}")

    def navigate(self, path: str) -> None:
        """Bring a page to the front; the start page where it needs an open congress."""
        if self._coming is not None:
            self._coming = path
            return
        key = path.partition("/")[0]
        closed = self._congress is None and path != ".."
        if closed and self._plan.factory(key).needs_congress:
            path = self._plan.start
        self.shell.go(path)

    def prefer(self, preferences: Preferences) -> None:
        """Take other preferences; the pages are rebuilt in them and the place is kept."""
        if preferences == self._preferences:
            return
        self._preferences = preferences
        self._keep(preferences)
        self._rebuild(self._coming or self.shell.path or self._plan.start)

    def enter(self, congress: "OpenCongress") -> None:
        """Open the frame around ``congress`` on the home page of the signed-in role."""
        self._congress = congress
        self.bridge.listen(congress.bus)
        self._rebuild(self._plan.home(congress.actor.role))

    def leave(self) -> None:
        """Sign out: close the congress, its keys with it, and return to the start page.

        Asks first while something is being written.
        """
        if self.tasks.writing and not self._may_stop("shell.leave_title", "shell.leave_verb"):
            return
        if self._congress is not None:
            self._left.append(self._congress)
        self._congress = None
        self._lasting.close()
        self.bridge.close()
        self.tasks.forget()
        self._rebuild(self._plan.start)

    def _rebuild(self, path: str) -> None:
        """Build the pages anew, but not at once: the button that asked has to finish."""
        if self._coming is None:
            QTimer.singleShot(0, self, self._rebuild_now)
        self._coming = path

    def _rebuild_now(self) -> None:
        path, self._coming = self._coming or self._plan.start, None
        self._build(path)
        while self._left:
            self.tasks.store(partial(_close, self._left.pop())).start()

    def show_toast(
        self, text: str, tone: Tone = Tone.GOOD, undo: Callable[[], object] | None = None
    ) -> None:
        """Show ``text`` for some seconds, with an "Undo" button if ``undo`` is given."""
        self.shell.toaster.show_toast(text, tone, undo)

    def show_error(self, error: CongressError) -> None:
        """Show what happened, what it means and what to do."""
        ErrorDialog(self._context, error, self).open()

    def show_bug(self, error: BaseException) -> None:
        """Say that the fault is ours."""
        BugDialog(self._context, error, self).open()

    def _may_stop(self, title: str, verb: str) -> bool:
        tr = self._context.tr
        return ConfirmDialog.ask(
            self._context, tr(title), tr("shell.close_text"), tr(verb), parent=self
        )

    def _full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close everything; ask first while something is being written."""
        if self.tasks.writing and not self._may_stop("shell.close_title", "shell.close_verb"):
            event.ignore()
            return
        self.shut_down()
        super().closeEvent(event)

    def shut_down(self) -> None:
        """End threads and pages and close the congress. Safe to call twice."""
        if self._shell is not None:
            self._shell.closing()
        self._lasting.close()
        self.bridge.close()
        self.tasks.shutdown()
        for congress in (*self._left, self._congress):
            if congress is not None:
                congress.close()
        self._left, self._congress = [], None


def _close(congress: "OpenCongress", _: Progress) -> None:
    congress.close()


def show_uncaught(window: MainWindow) -> None:
    """Have exceptions that nothing caught shown by ``window``, from now on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, CongressError):
            window.show_error(error)
        else:
            window.show_bug(error)

    sys.excepthook = hook
