"""Events of any thread arrive in the GUI thread, in order, and only while listening."""

from dataclasses import dataclass
from threading import Thread, current_thread, main_thread

from pytestqt.qtbot import QtBot

from congress.kernel.events import Event, EventBus
from congress.ui.bridge import Bridge


@dataclass(frozen=True, slots=True)
class Counted(Event):
    number: int


def test_events_of_a_thread_arrive_in_order(qtbot: QtBot) -> None:
    bus = EventBus()
    seen: list[int] = []
    threads: set[Thread] = set()
    bridge = Bridge(bus)

    def take(event: Counted) -> None:
        seen.append(event.number)
        threads.add(current_thread())

    bridge.happened.connect(take)

    def publish() -> None:
        for number in range(100):
            bus.publish(Counted(number))

    thread = Thread(target=publish)
    thread.start()
    thread.join()
    assert not seen
    qtbot.waitUntil(lambda: len(seen) == 100)
    assert seen == list(range(100))
    assert threads == {main_thread()}
    bridge.close()


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    bus = EventBus()
    seen: list[Event] = []
    bridge = Bridge(bus)
    bridge.happened.connect(seen.append)
    bus.publish(Counted(1))
    bridge.close()
    bus.publish(Counted(2))
    qtbot.wait(20)
    assert not seen


def test_listening_to_another_bus_leaves_the_first(qtbot: QtBot) -> None:
    first, second = EventBus(), EventBus()
    seen: list[Event] = []
    bridge = Bridge()
    bridge.happened.connect(seen.append)
    bridge.listen(first)
    bridge.listen(second)
    first.publish(Counted(1))
    second.publish(Counted(2))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [Counted(2)]
    bridge.close()
