"""The quorum on the screens: the newest is shown, whatever comes in between."""

from collections.abc import Iterator
from fractions import Fraction
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from congress.kernel.ids import PersonId, SessionId
from congress.kernel.settings import QuorumRule
from congress.rollcall.model import PresenceChanged, Session
from congress.rollcall.quorum import Quorum, count
from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from tests.helpers.faces import person
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import MORNING

PEOPLE = (person("a"), person("b"))
SESSION = Session(SessionId("s"), "Morning", MORNING)


def house(inside: int) -> Quorum:
    here: dict[PersonId, PersonId | None] = {each.id: None for each in PEOPLE[:inside]}
    return count(PEOPLE, here, QuorumRule(Fraction(1, 2), strict=True))


class SlowHall:
    """A register whose first answer takes until somebody lets it go."""

    def __init__(self) -> None:
        self.inside = 0
        self.read, self.go_on = Event(), Event()

    def current(self) -> Session:
        return SESSION

    def quorum(self) -> Quorum:
        found = house(self.inside)
        self.read.set()
        assert self.go_on.wait(5)
        return found


@pytest.fixture
def hall() -> Iterator[SlowHall]:
    made = SlowHall()
    yield made
    made.go_on.set()


def test_a_reading_that_an_entry_has_overtaken_is_made_again(
    ui: tuple[UiContext, Surroundings], qtbot: QtBot, hall: SlowHall
) -> None:
    context, around = ui
    controller = QuorumController(context, hall)  # type: ignore[arg-type]
    seen: list[int] = []
    controller.quorum_changed.connect(lambda found: seen.append(found.present))
    controller.refresh()
    assert hall.read.wait(5)
    hall.inside = 1
    around.bus.publish(PresenceChanged(SESSION.id, PEOPLE[0].id, True, house(1)))
    qtbot.waitUntil(lambda: seen == [1])
    hall.go_on.set()
    qtbot.waitUntil(lambda: controller.session is not None)
    assert seen == [1, 1]
    assert controller.quorum == house(1)
