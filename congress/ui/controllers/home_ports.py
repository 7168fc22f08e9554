"""Reads the facts of the home page from the services of an open congress."""

from collections.abc import Mapping, Sequence

from congress.app import OpenCongress
from congress.docs.reading_list import Reading
from congress.kernel.ids import PaperId
from congress.kernel.roles import Right
from congress.ui.controllers.home import HomePorts
from congress.ui.models.home import FreshPapers, SessionFacts, Stage
from congress.voting.model import State

STAGES: Mapping[State, Stage] = {
    State.DRAFT: Stage.PREPARED,
    State.FIXED: Stage.PREPARED,
    State.KEYED: Stage.PREPARED,
    State.OPEN: Stage.OPEN,
    State.SUSPENDED: Stage.OPEN,
    State.CLOSED: Stage.CLOSED,
    State.DECRYPTING: Stage.CLOSED,
    State.TALLIED: Stage.CLOSED,
    State.CERTIFIED: Stage.CERTIFIED,
}
"""A poll that was withdrawn waits for nobody and has no stage."""


def home_ports(congress: OpenCongress) -> HomePorts:
    """Return the ports of the home page over the services of ``congress``."""

    def session() -> SessionFacts | None:
        found = congress.desk.current()
        if found is None:
            return None
        quorum = congress.desk.quorum(found.id)
        return SessionFacts(found.name, quorum.present, quorum.missing)

    def polls() -> Sequence[tuple[str, Stage]]:
        found = congress.booth.polls()
        return [(poll.plan.title, STAGES[poll.state]) for poll in found if poll.state in STAGES]

    def fresh() -> FreshPapers:
        papers, marks = congress.library.papers(), congress.reading.marks()

        def those(reading: Reading) -> tuple[tuple[PaperId, str], ...]:
            found = (paper for paper in papers if marks.reading(paper) is reading)
            return tuple((paper.id, paper.title) for paper in found)

        return FreshPapers(those(Reading.UNREAD), those(Reading.UPDATED))

    def enrolled() -> int:
        persons = congress.enrolment.status().persons
        return sum(person.id in persons for person in congress.people.everyone())

    def forgotten() -> int:
        return len(congress.forgotten.persons) if congress.forgotten else 0

    return HomePorts(
        items=congress.programme.items,
        people=lambda: len(congress.people.everyone()),
        papers=lambda: len(congress.library.papers()),
        fresh=fresh,
        session=session,
        sessions=lambda: len(congress.desk.sessions()),
        polls=polls,
        enrolled=enrolled if congress.actor.may(Right.ENROL_FACES) else None,
        forgotten=forgotten,
    )
