"""Work outside the GUI thread.

One store thread, so that changes keep their order, and a small free pool for the rest.

::

    self._task = (
        context.tasks.store(lambda progress: people.import_rows(rows, progress))
        .progress(sheet.show_progress)
        .success(self._imported)
        .failure(sheet.show_error)
        .start()
    )

Build, connect, then start. All callbacks run in the GUI thread. A callback whose receiver
(a widget or controller, as the owner of the method or held by the function) is gone by then
is dropped. An exception that is no ``CongressError`` is our bug: ``Tasks.bug`` carries it to
the window that says so. Threads are never terminated: cancelled work stops at its next
``progress.check()`` or ``progress.report()``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from types import FunctionType, MethodType
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from congress.kernel.errors import BugError, CongressError
from congress.kernel.progress import CancelFlag, Progress

T = TypeVar("T")
FREE_THREADS = 2


@dataclass(frozen=True, slots=True)
class Step:
    """How far work is: ``done`` of ``total`` steps, and what is under way."""

    done: int
    total: int
    label: str


class Task(Generic[T]):
    """Work that has been described and may be started once."""

    def __init__(self, tasks: "Tasks", lane: "_Lane", work: Callable[[Progress], T]) -> None:
        """Describe ``work``; use ``Tasks.store`` or ``Tasks.free``."""
        self._tasks = tasks
        self.lane = lane
        self._work = work
        self._flag = CancelFlag()
        self._lock = Lock()
        self._step: Step | None = None
        self._started = self._forgotten = self._certain = False
        self._on_success: Callable[[T], object] | None = None
        self._on_failure: Callable[[CongressError], object] | None = None
        self._on_progress: Callable[[Step], object] | None = None
        self._on_end: Callable[[], object] | None = None

    def success(self, callback: Callable[[T], object]) -> "Task[T]":
        """Call ``callback`` with the result."""
        self._on_success = callback
        return self

    def failure(self, callback: Callable[[CongressError], object]) -> "Task[T]":
        """Call ``callback`` if the work fails or was cancelled (``Cancelled``).

        Without it, ``Tasks.failed`` carries the error to the window's error dialog.
        """
        self._on_failure = callback
        return self

    def progress(self, callback: Callable[[Step], object]) -> "Task[T]":
        """Call ``callback`` with the latest step; steps in between may be left out."""
        self._on_progress = callback
        return self

    def ended(self, callback: Callable[[], object]) -> "Task[T]":
        """Call ``callback`` last, whatever happened."""
        self._on_end = callback
        return self

    def certain(self) -> "Task[T]":
        """Let nothing cancel the work, not even the end of the program: it is short."""
        self._certain = True
        return self

    def start(self) -> "Task[T]":
        """Hand the work to its thread.

        Raises:
            BugError: The task was started before, or the threads are shut down.
        """
        if self._started:
            raise BugError("a task starts once")
        self._started = True
        self._tasks.begin(self)
        return self

    def cancel(self) -> None:
        """Ask the work to stop at its next step, unless it is ``certain``."""
        if not self._certain:
            self._flag.raise_flag()

    def forget(self) -> None:
        """Cancel the work and call nothing back, whatever becomes of it."""
        self._forgotten = True
        self.cancel()

    @property
    def cancelling(self) -> bool:
        """Whether the work was asked to stop."""
        return self._flag.raised

    def report(self, done: int, total: int, label: str = "") -> None:
        """Take the working thread's word on how far it is (``Progress``)."""
        self._flag.check()
        with self._lock:
            waiting = self._step is not None
            self._step = Step(done, total, label)
        if not waiting and self._on_progress is not None:
            self._tasks.send(self._deliver_step)

    def check(self) -> None:
        """Stop the working thread here if the task is cancelled (``Progress``)."""
        self._flag.check()

    def run(self) -> None:
        """Do the work in the calling thread and send the outcome to the GUI thread."""
        try:
            self._flag.check()
            result = self._work(self)
        except CongressError as error:
            self._tasks.send(partial(self._deliver_failure, error))
        except BaseException as error:  # noqa: BLE001 - carried to the GUI thread whole
            self._tasks.send(partial(self._deliver_bug, error))
        else:
            self._tasks.send(partial(self._deliver_success, result))

    def _deliver_step(self) -> None:
        with self._lock:
            step, self._step = self._step, None
        if step is None or self._forgotten:
            return
        if self._on_progress is not None and alive(self._on_progress):
            self._on_progress(step)

    def _deliver_success(self, result: T) -> None:
        self._deliver_step()
        try:
            if self._forgotten:
                return
            if self._on_success is not None and alive(self._on_success):
                self._on_success(result)
        finally:
            self._end()

    def _deliver_failure(self, error: CongressError) -> None:
        self._deliver_step()
        try:
            if self._forgotten:
                return
            if self._on_failure is None:
                self._tasks.failed.emit(error)
            elif alive(self._on_failure):
                self._on_failure(error)
        finally:
            self._end()

    def _deliver_bug(self, error: BaseException) -> None:
        try:
            if self._forgotten:
                return
            self._tasks.bug.emit(error)
        finally:
            self._end()

    def _end(self) -> None:
        self._tasks.finish(self)
        on_end = self._on_end
        # Let go of widgets here: the last reference must not fall in a working thread.
        self._on_success = self._on_failure = self._on_progress = self._on_end = None
        del self._work
        if on_end is not None and not self._forgotten and alive(on_end):
            on_end()


def alive(callback: object) -> bool:
    """Return whether every Qt object that ``callback`` is bound to or holds still exists."""
    match callback:
        case QObject():
            return shiboken6.isValid(callback)
        case MethodType():
            return alive(callback.__self__)
        case partial():
            return all(map(alive, (callback.func, *callback.args, *callback.keywords.values())))
        case FunctionType() if callback.__closure__:
            return all(alive(value) for value in _contents(callback))
        case _:
            return True


def _contents(function: FunctionType) -> Iterable[object]:
    for cell in function.__closure__ or ():
        try:
            value = cell.cell_contents
        except ValueError:
            continue
        if value is not function:
            yield value


class _Lane:
    """Threads that take work in the order it is given; started when first needed."""

    def __init__(self, name: str, count: int) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._name = name
        self._count = count
        self._threads: list[Thread] = []

    def put(self, job: Callable[[], None]) -> None:
        if not self._threads:
            self._threads = [
                Thread(target=self._work, name=f"{self._name}-{at}") for at in range(self._count)
            ]
            for thread in self._threads:
                thread.start()
        self._queue.put(job)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job()
            del job

    def close(self) -> None:
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._threads = []


class Tasks(QObject):
    """Starts work outside the GUI thread and brings its outcome back into it."""

    bug = Signal(object)
    """An exception of ours that some work raised (``BaseException``)."""
    failed = Signal(object)
    """A ``CongressError`` of work that has no failure callback of its own."""
    busy_changed = Signal(bool)
    """Whether any work is under way."""
    _sent = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start no thread yet; each starts with its first work."""
        super().__init__(parent)
        self._store = _Lane("store", 1)
        self._free = _Lane("free", FREE_THREADS)
        self._running: set[Task[Any]] = set()
        self._closed = False
        self._sent.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def store(self, work: Callable[[Progress], T]) -> Task[T]:
        """Describe work for the store thread: all that writes, in the order of its start."""
        return Task(self, self._store, work)

    def free(self, work: Callable[[Progress], T]) -> Task[T]:
        """Describe work for the free pool: reading, rendering, computing."""
        return Task(self, self._free, work)

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._running)

    @property
    def writing(self) -> bool:
        """Whether work of the store thread is under way, which a person may not want to lose."""
        return any(task.lane is self._store for task in self._running)

    def begin(self, task: "Task[T]") -> None:
        """Queue ``task``; called by ``Task.start``.

        Raises:
            BugError: The threads are shut down.
        """
        if self._closed:
            raise BugError("work was started after the shutdown")
        self._running.add(task)
        if len(self._running) == 1:
            self.busy_changed.emit(True)
        task.lane.put(task.run)

    def finish(self, task: "Task[T]") -> None:
        """Forget ``task``; called when its outcome is delivered."""
        self._running.discard(task)
        if not self._running and not self._closed:
            self.busy_changed.emit(False)

    def send(self, call: Callable[[], None]) -> None:
        """Have ``call`` run in the GUI thread; may be called from any thread."""
        if not self._closed:
            self._sent.emit(call)

    def _receive(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def forget(self) -> None:
        """Cancel what is under way and deliver nothing of it: its congress is being closed."""
        for task in tuple(self._running):
            task.forget()

    def shutdown(self) -> None:
        """Cancel what is under way, wait for the threads, and deliver nothing any more."""
        self._closed = True
        for task in self._running:
            task.cancel()
        self._store.close()
        self._free.close()
        self._running.clear()
