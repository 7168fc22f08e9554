"""The chair is told where there is no quorum, and cannot open a vote."""

from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person
from congress.kernel.settings import QuorumRule
from congress.rollcall.model import PresenceChanged, Session, SessionsChanged
from congress.rollcall.quorum import Quorum, count
from congress.ui.controllers.quorum import QuorumController
from congress.ui.pages.chair import ChairPage
from congress.ui.pages.poll import PollPage
from tests.helpers.vaults import MORNING
from tests.ui.voting.conftest import Stage

SESSION = Session(SessionId("s"), "Morning", MORNING)
RULE = QuorumRule(Fraction(1, 2), strict=True)


@dataclass
class Register:
    """A register that says what a test wants."""

    people: tuple[Person, ...]
    inside: int = 0
    session: Session | None = SESSION
    rule: QuorumRule = field(default_factory=lambda: RULE)

    def current(self) -> Session | None:
        return self.session

    def quorum(self) -> Quorum:
        here: dict[PersonId, PersonId | None] = {p.id: None for p in self.people[: self.inside]}
        return count(self.people, here, self.rule)


@pytest.fixture
def register(stage: Stage) -> Register:
    return Register(tuple(stage.hall.people.everyone()))


def controller(stage: Stage, register: Register) -> QuorumController:
    return QuorumController(stage.context, register)  # type: ignore[arg-type]


def test_the_chair_is_warned_without_a_quorum(stage: Stage, register: Register) -> None:
    chair = stage.chair()
    chair.quorum = controller(stage, register)
    page = ChairPage(stage.context, chair)
    stage.show(page)
    banner = page.quorum
    assert banner is not None
    assert banner.isVisible()
    assert "0 present, 7 needed" in banner.accessibleName()
    assert "More than 1/2" in banner.accessibleName()
    register.inside = 7
    stage.around.bus.publish(
        PresenceChanged(SESSION.id, register.people[0].id, True, register.quorum())
    )
    stage.idle()
    assert not banner.isVisible()


def test_a_loss_of_quorum_during_a_vote_is_said_louder(stage: Stage, register: Register) -> None:
    stage.hall.opened_motion()
    register.inside = 7
    chair = stage.chair()
    chair.quorum = controller(stage, register)
    page = ChairPage(stage.context, chair)
    stage.show(page)
    banner = page.quorum
    assert banner is not None
    assert not banner.isVisible()
    register.inside = 3
    stage.around.bus.publish(
        PresenceChanged(SESSION.id, register.people[0].id, False, register.quorum())
    )
    stage.idle()
    assert banner.isVisible()
    assert "A vote is open" in banner.accessibleName()
    assert banner.property("tone") == "danger"


def test_no_vote_is_opened_without_a_quorum(stage: Stage, register: Register) -> None:
    poll = stage.hall.motion()
    stage.hall.booth.fix_manifest(poll.id)
    chair = stage.chair()
    chair.quorum = controller(stage, register)
    page = PollPage(stage.context, chair)
    stage.show(page, poll.id)
    stage.idle()
    assert page.next is not None
    assert page.next.primary is not None
    assert not page.next.primary.isEnabled()
    assert page.quorum is not None
    assert "No vote can be opened" in page.quorum.accessibleName()
    register.inside = 8
    stage.around.bus.publish(SessionsChanged(SESSION))
    stage.idle()
    assert page.next.primary.isEnabled()
    assert not page.quorum.isVisible()


def test_without_a_session_it_says_so(stage: Stage, register: Register) -> None:
    register.session = None
    chair = stage.chair()
    chair.quorum = controller(stage, register)
    page = ChairPage(stage.context, chair)
    stage.show(page)
    assert page.quorum is not None
    assert "No session is open" in page.quorum.accessibleName()


def test_delegations_that_are_too_few_are_named(stage: Stage, register: Register) -> None:
    register.rule = QuorumRule(Fraction(1, 4), by_section=Fraction(1, 1))
    register.inside = 9
    chair = stage.chair()
    chair.quorum = controller(stage, register)
    page = ChairPage(stage.context, chair)
    stage.show(page)
    assert page.quorum is not None
    said = page.quorum.accessibleName()
    assert "delegations are too few" in said
    assert "Section 0" in said
    assert "4 needed" in said
