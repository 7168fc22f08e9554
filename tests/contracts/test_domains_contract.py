"""A morning of the congress through its services, on SQLCipher and on PostgreSQL alike."""

from datetime import timedelta

import pytest

from congress.floor.model import Item, ItemId
from congress.floor.programme import Programme
from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import Person, Standing
from congress.kernel.settings import Settings
from congress.people.directory import Directory
from congress.rollcall.desk import Desk
from congress.rollcall.model import Method
from congress.storage.audit import verify_audit
from congress.storage.database import Database
from congress.voting.ledger import flaw
from congress.voting.model import State
from congress.voting.outcome import Outcome
from tests.contracts.conftest import MakeDatabase
from tests.helpers.hall import Hall
from tests.helpers.vaults import MORNING, actor, manual_clock


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    return make_database("congress")


def _people(database: Database) -> list[Person]:
    directory = Directory(database, actor())
    names = ("Nguyễn Thị Lan", "Ahmed Khan", "Zoë Brandt", "عائشہ")
    return [
        directory.add(Person(PersonId(new_id()), f"A{at}", name, "North" if at % 2 else "South"))
        for at, name in enumerate(names)
    ]


def test_people_are_kept_found_and_never_twice(database: Database) -> None:
    people = _people(database)
    directory = Directory(database, actor())
    assert list(directory.everyone()) == people
    assert directory.by_badge(" a0 ") == people[0]
    assert list(directory.search("nguyen")) == [people[0]]
    with pytest.raises(InputError):
        directory.add(Person(PersonId(new_id()), "A1", "Someone else", "North"))
    directory.remove(people[1].id)
    assert directory.by_badge("A1") is None
    directory.restore(people[1].id)
    assert directory.by_badge("A1") == people[1]
    assert verify_audit(database) is None


def test_the_register_counts_who_is_there(database: Database) -> None:
    people = _people(database)
    directory = Directory(database, actor())
    desk = Desk(database, actor(), directory, manual_clock(), lambda: Settings("Boats"))
    desk.open_session("Morning")
    for person in people[:3]:
        desk.check_in(person.id, Method.MANUAL)
    assert desk.quorum().reached
    roll = desk.roll()
    assert roll.present == {person.id for person in people[:3]}
    desk.check_out(people[0].id)
    assert not desk.quorum().reached
    desk.close_session()
    assert desk.sessions()[0].closed_at == MORNING
    assert verify_audit(database) is None


def test_a_motion_and_a_secret_election_are_counted(database: Database) -> None:
    hall = Hall(database=database)
    motion = hall.opened_motion()
    hall.vote(hall.badges(0, 6), "yes")
    hall.finish(motion.id)
    assert hall.booth.result(motion.id).verdicts[0].outcome is Outcome.CARRIED
    election, cards = hall.opened_election()
    for card in cards[:8]:
        hall.cast(card.code, "ABC")
    hall.finish(election.id)
    assert hall.booth.poll(election.id).state is State.CERTIFIED
    for poll in (motion, election):
        assert flaw(hall.booth.ledger(poll.id)) is None
    assert verify_audit(database) is None


def test_the_programme_says_what_is_on(database: Database) -> None:
    programme = Programme(database, actor(), manual_clock())
    debate = Item(ItemId(new_id()), MORNING, MORNING + timedelta(hours=1), "Debate")
    programme.put(debate)
    assert programme.now_and_next().now == debate
    programme.remove(debate.id)
    assert programme.items() == ()
    assert verify_audit(database) is None


def test_guests_do_not_count(database: Database) -> None:
    directory = Directory(database, actor())
    guest = Person(PersonId(new_id()), "G1", "Press", "", standing=Standing.GUEST)
    directory.add(guest)
    desk = Desk(database, actor(), directory, manual_clock(), lambda: Settings("Boats"))
    desk.open_session("Morning")
    desk.check_in(guest.id, Method.MANUAL)
    assert desk.roll().present == frozenset()
