"""Work goes to its thread, its outcome comes back into the GUI thread, in order."""

import threading
from functools import partial
from threading import Event as Flag
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from congress.kernel.errors import BugError, Cancelled, CongressError, InputError
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.tasks import Step, Tasks, alive
from tests.helpers.uicontext import Surroundings, ui_context


def test_success_arrives_in_the_gui_thread(qtbot: QtBot, context: UiContext) -> None:
    seen: list[tuple[str, bool]] = []
    context.tasks.store(lambda _: current_thread().name).success(
        lambda name: seen.append((name, current_thread() is main_thread()))
    ).start()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("store-0", True)]


def test_store_work_keeps_its_order_on_one_thread(qtbot: QtBot, context: UiContext) -> None:
    done: list[int] = []
    threads: set[str] = set()

    def work(number: int) -> int:
        threads.add(current_thread().name)
        return number

    for number in range(30):
        context.tasks.store(partial(lambda number, _: work(number), number)).success(
            done.append
        ).start()
    qtbot.waitUntil(lambda: len(done) == 30)
    assert done == list(range(30))
    assert threads == {"store-0"}


def test_free_work_runs_beside_the_store(qtbot: QtBot, context: UiContext) -> None:
    free_ran = Flag()
    done: list[bool] = []
    context.tasks.store(lambda _: free_ran.wait(5)).success(done.append).start()
    context.tasks.free(lambda _: free_ran.set()).start()
    qtbot.waitUntil(lambda: done == [True])


def test_failure_carries_the_error(qtbot: QtBot, context: UiContext) -> None:
    errors: list[CongressError] = []

    def work(_: Progress) -> None:
        raise InputError("people.bad_row", row=3)

    context.tasks.free(work).success(lambda _: pytest.fail("succeeded")).failure(
        errors.append
    ).start()
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "people.bad_row"


def test_failure_without_callback_reaches_the_window(
    qtbot: QtBot, context: UiContext, around: Surroundings
) -> None:
    def work(_: Progress) -> None:
        raise InputError("people.bad_row")

    context.tasks.free(work).start()
    qtbot.waitUntil(lambda: bool(around.errors))


def test_a_bug_is_never_swallowed(qtbot: QtBot, context: UiContext, around: Surroundings) -> None:
    ended: list[bool] = []
    context.tasks.store(lambda _: 1 // 0).failure(lambda _: pytest.fail("a failure")).ended(
        lambda: ended.append(True)
    ).start()
    qtbot.waitUntil(lambda: bool(ended))
    assert isinstance(around.bugs.pop(), ZeroDivisionError)


def test_cancel_stops_at_the_next_step(qtbot: QtBot, context: UiContext) -> None:
    running = Flag()
    errors: list[CongressError] = []

    def work(progress: Progress) -> None:
        while True:
            progress.report(1, 2)
            running.set()

    task = context.tasks.store(work).failure(errors.append).start()
    assert running.wait(5)
    task.cancel()
    assert task.cancelling
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)


def test_cancel_before_the_start_of_the_work(qtbot: QtBot, context: UiContext) -> None:
    go = Flag()
    ran: list[int] = []
    errors: list[CongressError] = []
    context.tasks.store(lambda _: go.wait(5)).start()
    task = context.tasks.store(lambda _: ran.append(1)).failure(errors.append).start()
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert not ran


def test_progress_ends_with_the_last_step(qtbot: QtBot, context: UiContext) -> None:
    steps: list[Step] = []
    ended: list[bool] = []

    def work(progress: Progress) -> None:
        for at in range(1, 501):
            progress.report(at, 500, "rows")

    context.tasks.free(work).progress(steps.append).ended(lambda: ended.append(True)).start()
    qtbot.waitUntil(lambda: bool(ended))
    assert steps[-1] == Step(500, 500, "rows")
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_busy_while_something_runs(qtbot: QtBot, context: UiContext) -> None:
    changes: list[bool] = []
    context.tasks.busy_changed.connect(changes.append)
    go = Flag()
    context.tasks.free(lambda _: go.wait(5)).start()
    assert context.tasks.busy
    go.set()
    qtbot.waitUntil(lambda: changes == [True, False])
    assert not context.tasks.busy


def test_a_task_starts_once(context: UiContext) -> None:
    task = context.tasks.free(lambda _: None).start()
    with pytest.raises(BugError):
        task.start()


def test_callbacks_of_what_is_gone_are_dropped(qtbot: QtBot, context: UiContext) -> None:
    receiver = QObject()
    called: list[object] = []
    ended: list[int] = []
    go = Flag()

    def callback(result: bool) -> None:
        called.append((receiver, result))

    context.tasks.free(lambda _: go.wait(5)).success(callback).start()
    context.tasks.free(lambda _: go.wait(5)).ended(lambda: ended.append(1)).start()
    import shiboken6

    shiboken6.delete(receiver)
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.wait(20)
    assert not called


def test_alive_looks_into_methods_and_closures(qapp: object) -> None:
    import functools

    import shiboken6

    one = QObject()
    assert all(map(alive, (one.objectName, lambda: one, functools.partial(print, one), print)))
    shiboken6.delete(one)
    assert not any(map(alive, (lambda: one, functools.partial(print, one), one)))


@pytest.mark.parametrize("end", ["success", "failure", "bug"])
def test_what_is_forgotten_calls_nothing(qtbot: QtBot, context: UiContext, end: str) -> None:
    go = Flag()

    def work(progress: Progress) -> int:
        go.wait(5)
        if end == "failure":
            progress.check()
        return 1 // (end == "success")

    def never(_: object = None) -> None:
        pytest.fail("called back")

    context.tasks.free(work).success(never).failure(never).progress(never).ended(never).start()
    context.tasks.forget()
    go.set()
    qtbot.waitUntil(lambda: not context.tasks.busy)


def test_shutdown_cancels_waits_and_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    with ui_context(dress=False) as (context, _):
        running = Flag()

        def endless(progress: Progress) -> None:
            running.set()
            while True:
                progress.check()

        context.tasks.store(endless).failure(lambda _: pytest.fail("delivered")).start()
        context.tasks.free(lambda _: 1).success(lambda _: None).start()
        assert running.wait(5)
    assert set(threading.enumerate()) == before
    with pytest.raises(BugError):
        context.tasks.free(lambda _: None).start()


def test_no_thread_before_the_first_work(qapp: object) -> None:
    before = set(threading.enumerate())
    tasks = Tasks()
    assert set(threading.enumerate()) == before
    tasks.shutdown()
