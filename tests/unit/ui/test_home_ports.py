"""The facts of the home page, read from the services of a congress."""

from dataclasses import dataclass
from typing import cast

from congress.app import OpenCongress
from congress.kernel.ids import PersonId
from congress.kernel.roles import Actor, Role
from congress.rollcall.enrolment_report import EnrolmentStatus
from congress.ui.controllers.home_ports import home_ports
from congress.ui.models.home import SessionFacts, Stage
from congress.voting.model import Secrecy
from tests.helpers.smallcongress import SmallCongress
from tests.helpers.vaults import actor


@dataclass
class Shelf:
    """A library of two papers."""

    def papers(self) -> list[str]:
        return ["agenda", "report"]


@dataclass
class Gallery:
    """Knows the face of one person on the list, and of one who was taken off it."""

    known: PersonId

    def status(self) -> EnrolmentStatus:
        return EnrolmentStatus(frozenset({self.known, PersonId("gone")}), frozenset())


class Open:
    """What the home page asks of an open congress."""

    def __init__(self, small: SmallCongress, signed_in: Actor) -> None:
        self.actor, self.library = signed_in, Shelf()
        self.people, self.desk, self.booth = small.people, small.desk, small.booth
        self.programme = small.programme
        self.enrolment = Gallery(small.people.everyone()[0].id)
        self.forgotten = None


def test_the_facts_are_those_of_the_services() -> None:
    small = SmallCongress()
    small.summon()
    small.desk.open_session("First session")
    small.come("D001", "D002", "D003", "G001")
    small.booth.propose_motion(
        "Open instruments", pack_id="party-congress", rule_id="resolution", secrecy=Secrecy.OPEN
    )
    ports = home_ports(cast(OpenCongress, Open(small, actor())))
    assert ports.people() == 14
    assert ports.papers() == 2
    assert ports.items() == ()
    assert ports.sessions() == 1
    assert ports.session() == SessionFacts("First session", 3, 5)
    assert list(ports.polls()) == [("Open instruments", Stage.PREPARED)]
    assert ports.enrolled is not None
    assert ports.enrolled() == 1
    assert ports.forgotten() == 0
    small.desk.close_session()
    assert ports.session() is None


def test_whoever_does_not_enrol_faces_does_not_count_them() -> None:
    small = SmallCongress()
    small.summon()
    assert home_ports(cast(OpenCongress, Open(small, actor(Role.DELEGATE)))).enrolled is None
