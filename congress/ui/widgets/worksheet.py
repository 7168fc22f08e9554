"""The sheet for long work: how far it is, how long it takes yet, cancel, and the result."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from congress.kernel.errors import Cancelled, CongressError
from congress.ui.context import UiContext
from congress.ui.tasks import Step, Task
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog, ErrorView
from congress.ui.widgets.text import Text

T = TypeVar("T")
SETTLE_SECONDS, SETTLE_SHARE = 2.0, 0.03
"""No remaining time is told before this much time and this share of the work have passed."""


def remaining(elapsed: float, done: int, total: int) -> float | None:
    """Return the seconds the work still needs, or ``None`` while that is a guess.

    Args:
        elapsed: Seconds since the work began.
        done: Steps done.
        total: Steps in all.
    """
    if not total or elapsed < SETTLE_SECONDS or done / total < SETTLE_SHARE:
        return None
    return elapsed * (total - done) / done


class WorkSheet(Dialog):
    """Shows a task at work and what came of it.

    ::

        sheet = WorkSheet(context, tr("people.import.title"), parent=self)
        sheet.run(context.tasks.store(work), done=lambda report: tr("people.imported", ...))
    """

    finished_well = Signal(object)
    """The result of the work."""

    def __init__(self, context: UiContext, title: str, parent: QWidget | None = None) -> None:
        """Lay out the sheet for work called ``title``."""
        super().__init__(context, title, parent)
        self._task: Task[object] | None = None
        self._began = 0.0
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.label = Text(context, context.tr("work.preparing"), Type.LABEL)
        self.time = Text(context, "", Type.LABEL, "muted", figures=True)
        self.outcome: QWidget | None = None
        for widget in (self.bar, self.label, self.time):
            self.column.addWidget(widget)
        self.cancel_button = self.add_button(context.tr("dialog.cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        self.close_button = self.add_button(context.tr("dialog.close"), Kind.PRIMARY)
        self.close_button.clicked.connect(self.accept)
        self.close_button.hide()

    def run(
        self,
        task: Task[T],
        done: Callable[[T], str | QWidget | None],
        failed: Callable[[CongressError], bool] = lambda _: False,
    ) -> "WorkSheet":
        """Start ``task`` and open over the window; does not wait.

        Args:
            task: The work, with no callbacks yet.
            done: Makes the words of the result, or a widget that shows it; ``None`` closes
                the sheet at once, for work whose result is plain to see in the page.
            failed: Shows an error in the page itself and returns whether it did: the sheet
                then closes instead of showing it.

        Returns:
            The sheet itself.
        """

        def success(result: T) -> None:
            shown = done(result)
            self.finished_well.emit(result)
            if shown is None:
                self.accept()
            else:
                self._show_result(shown)

        self._began = monotonic()

        def failure(error: CongressError) -> None:
            if failed(error):
                self.accept()
            else:
                self._show_failure(error)

        task.progress(self._show_step).success(success).failure(failure)
        self._task = task  # type: ignore[assignment]
        task.ended(self._ended).start()
        self.open()
        return self

    def cancel(self) -> None:
        """Ask the work to stop, and say so until it has."""
        if self._task is not None:
            self._task.cancel()
            self.cancel_button.setEnabled(False)
            self.label.setText(self.context.tr("work.stopping"))
            self.time.setText("")

    def reject(self) -> None:
        """Escape cancels work that is under way, and closes a sheet that is done."""
        if self._task is not None:
            self.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the sheet is Escape."""
        if self._task is not None:
            self.cancel()
            event.ignore()
        else:
            super().closeEvent(event)

    def _show_step(self, step: Step) -> None:
        if self._task is None or self._task.cancelling:
            return
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        tr = self.context.tr
        of = tr("work.step", done=step.done, total=step.total)
        self.label.setText(tr.joined(of, step.label))
        seconds = remaining(monotonic() - self._began, step.done, step.total)
        self.time.setText("" if seconds is None else self._words(seconds))

    def _words(self, seconds: float) -> str:
        if seconds < 60:
            return self.context.tr("work.remaining_seconds", count=max(1, round(seconds)))
        return self.context.tr("work.remaining_minutes", count=round(seconds / 60))

    def _show_failure(self, error: CongressError) -> None:
        if isinstance(error, Cancelled):
            text = self.context.tr.error(error)
            banner = Banner(self.context, text.means, Tone.NOTE, title=text.what)
            self._show_result(banner)
        else:
            self._show_result(ErrorView(self.context, error))

    def _show_result(self, shown: str | QWidget) -> None:
        if isinstance(shown, str):
            shown = Banner(self.context, "", Tone.GOOD, title=shown)
        self.outcome = shown
        for widget in (self.bar, self.label, self.time):
            widget.hide()
        self.column.addWidget(shown)

    def _ended(self) -> None:
        self._task = None
        self.cancel_button.hide()
        self.close_button.show()
        self.close_button.setFocus()
        if self.outcome is None:
            self.accept()
        self.adjustSize()
