"""The list of the congress in its database."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from congress.kernel.audit import first_break
from congress.kernel.errors import Cancelled, CongressError, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import Person, Standing
from congress.kernel.progress import CancelFlag
from congress.kernel.roles import Role
from congress.people.directory import Directory
from congress.people.mapping import propose_columns
from congress.people.model import DelegationCount, Fault, Field, Outcome, PeopleChanged, Reason
from congress.people.table import parse_table
from congress.storage.audit import entries
from congress.storage.database import Database
from tests.helpers.vaults import actor, memory_database

SAMPLE = """Badge,Name,Delegation,Standing,Seat,Contact
S10,Nguyễn Đức Thắng,Hà Nội,official,10,+84 1
S2,Đặng Thị Hồng,Hà Nội,alternate,2,+84 2
S1,محمد علی,کراچی,guest,1,+92 3
S3,Marie Curie,France,official,3,+33 4
"""


class Listener:
    def __init__(self, bus: EventBus) -> None:
        self.events: list[Event] = []
        bus.subscribe(self.events.append)


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def heard(bus: EventBus) -> Listener:
    return Listener(bus)


@pytest.fixture
def database(bus: EventBus) -> Iterator[Database]:
    database = memory_database(publisher=bus)
    yield database
    database.close()


@pytest.fixture
def directory(database: Database) -> Directory:
    return Directory(database, actor())


def bring_in(directory: Directory, text: str = SAMPLE, **kwargs: object) -> list[Outcome]:
    table = parse_table("people.csv", text.encode())
    report = directory.import_table(table, propose_columns(table), "vi", **kwargs)  # type: ignore[arg-type]
    return [row.outcome for row in report.rows]


def person(badge: str, name: str = "Niels Bohr") -> Person:
    return Person(PersonId(new_id()), badge, name, "Denmark")


def code(error: pytest.ExceptionInfo[CongressError]) -> str:
    return error.value.code


def test_an_import_fills_the_list(directory: Directory, heard: Listener) -> None:
    assert bring_in(directory) == [Outcome.ADDED] * 4
    assert [person.badge for person in directory.everyone()] == ["S1", "S2", "S3", "S10"]
    assert heard.events == [PeopleChanged(added=4)]
    assert directory.counts() == (
        DelegationCount("France", 1, 0, 0),
        DelegationCount("Hà Nội", 1, 1, 0),
        DelegationCount("کراچی", 0, 0, 1),
    )


def test_importing_again_updates_without_duplicates(directory: Directory, heard: Listener) -> None:
    bring_in(directory)
    before = {person.badge: person.id for person in directory.everyone()}
    assert bring_in(directory) == [Outcome.UNCHANGED] * 4
    assert heard.events == [PeopleChanged(added=4)]
    outcomes = bring_in(directory, "Badge;Name;Seat\ns10;Nguyễn Đức Thắng;99\nS4;Bohr;4\n")
    assert outcomes == [Outcome.UPDATED, Outcome.ADDED]
    assert heard.events[1:] == [PeopleChanged(added=1, updated=1)]
    changed = directory.by_badge("S10")
    assert changed is not None
    assert (changed.id, changed.seat, changed.contact) == (before["S10"], "99", "+84 1")
    assert len(directory.everyone()) == 5


def test_a_preview_changes_nothing(directory: Directory, heard: Listener) -> None:
    table = parse_table("people.csv", SAMPLE.encode())
    report = directory.preview_import(table, propose_columns(table), "en")
    assert report.count(Outcome.ADDED) == 4
    assert directory.everyone() == ()
    assert heard.events == []


def test_bad_rows_are_left_out_and_good_ones_kept(directory: Directory) -> None:
    outcomes = bring_in(directory, "Badge,Name,Weight\nA1,Bohr,1\nA2,,1\nA3,Curie,none\n")
    assert outcomes == [Outcome.ADDED, Outcome.REJECTED, Outcome.REJECTED]
    assert [person.badge for person in directory.everyone()] == ["A1"]


class CancelAt(CancelFlag):
    """Cancels once the work has told of this many steps, or at its end."""

    def __init__(self, done: int) -> None:
        super().__init__()
        self._done = done

    def report(self, done: int, total: int, label: str = "") -> None:
        if done >= self._done:
            self.raise_flag()


@pytest.mark.parametrize("done", [0, 200, 250])
def test_a_cancelled_import_leaves_nothing(
    directory: Directory, database: Database, heard: Listener, done: int
) -> None:
    text = "Badge,Name\n" + "".join(f"{n},Name {n}\n" for n in range(250))
    with pytest.raises(Cancelled):
        bring_in(directory, text, progress=CancelAt(done))
    assert directory.everyone() == ()
    assert heard.events == []
    with database.reading() as connection:
        assert list(entries(connection)) == []


@pytest.mark.parametrize(
    ("typed", "badges"),
    [
        ("duc thang", ["S10"]),
        ("THẮNG nguyễn", ["S10"]),
        ("dang", ["S2"]),
        ("محمّد", ["S1"]),
        ("علي", ["S1"]),
        ("s1", ["S1", "S10"]),
        ("۳", ["S3"]),
        ("cur", ["S3"]),
        ("urie", ["S3"]),
        ("%", []),
        ("_", []),
        ("  ", []),
    ],
)
def test_search_looks_past_marks_and_spelling(
    directory: Directory, typed: str, badges: list[str]
) -> None:
    bring_in(directory)
    assert [person.badge for person in directory.search(typed)] == badges


def test_search_puts_the_best_first_and_stops_at_the_limit(directory: Directory) -> None:
    names = ["An Li", "Bo Anders", "Juan", "An"]
    bring_in(
        directory,
        "Badge,Name\n" + "".join(f"B{n},{name}\n" for n, name in enumerate(names)) + "an,Zed\n",
    )
    assert [person.name for person in directory.search("an")] == [
        "Zed",
        "An Li",
        "Bo Anders",
        "An",
        "Juan",
    ]
    assert len(directory.search("an", limit=2)) == 2


def test_by_badge_ignores_case_and_spaces(directory: Directory) -> None:
    bring_in(directory)
    found = directory.by_badge(" s10 ")
    assert found is not None
    assert found.name == "Nguyễn Đức Thắng"
    assert directory.by_badge("S99") is None


def test_a_person_is_added_changed_and_removed(directory: Directory, heard: Listener) -> None:
    bohr = directory.add(person("D1", " Niels  Bohr "))
    assert bohr.name == "Niels Bohr"
    assert directory.get(bohr.id) == bohr
    chair = replace(bohr, office="Chair", standing=Standing.ALTERNATE)
    assert directory.update(chair) == chair
    assert directory.update(chair) == chair
    directory.remove(bohr.id)
    assert directory.everyone() == ()
    assert directory.search("bohr") == ()
    assert directory.get(bohr.id) == chair
    assert directory.get(PersonId(new_id())) is None
    assert heard.events == [
        PeopleChanged(added=1),
        PeopleChanged(updated=1),
        PeopleChanged(removed=1),
    ]


def test_a_removed_person_comes_back_as_the_same(directory: Directory) -> None:
    bohr = directory.add(person("D1"))
    directory.remove(bohr.id)
    directory.restore(bohr.id)
    assert directory.everyone() == (bohr,)
    directory.remove(bohr.id)
    assert directory.add(person("d 1", "Aage Bohr")).id == bohr.id
    directory.remove(bohr.id)
    bring_in(directory, "Badge,Name\nD1,Niels Bohr\n")
    assert [person.id for person in directory.everyone()] == [bohr.id]


def test_a_badge_number_stands_for_one_person(directory: Directory) -> None:
    bohr, curie = directory.add(person("D1")), directory.add(person("D2", "Curie"))
    attempts: list[Callable[[], object]] = [
        lambda: directory.add(person("d1")),
        lambda: directory.update(replace(curie, badge="D 1")),
    ]
    for attempt in attempts:
        with pytest.raises(InputError) as caught:
            attempt()
        assert code(caught) == "people.badge_taken"
    assert directory.everyone() == (bohr, curie)


def test_the_badge_of_a_former_person_can_be_given_away(directory: Directory) -> None:
    bohr, curie = directory.add(person("D1")), directory.add(person("D2", "Curie"))
    directory.remove(bohr.id)
    directory.update(replace(curie, badge="D1"))
    assert [(person.badge, person.name) for person in directory.everyone()] == [("D1", "Curie")]
    with pytest.raises(InputError) as caught:
        directory.restore(bohr.id)
    assert code(caught) == "people.badge_taken"
    assert directory.get(bohr.id) == bohr


def test_bad_details_are_refused_field_by_field(directory: Directory) -> None:
    with pytest.raises(InputError) as caught:
        directory.add(person("", "Anna\u202egro"))
    assert code(caught) == "people.invalid"
    assert caught.value.params["faults"] == (
        Fault(Field.BADGE, Reason.EMPTY),
        Fault(Field.NAME, Reason.BIDI),
    )


def test_whoever_is_gone_cannot_be_changed(directory: Directory) -> None:
    bohr = directory.add(person("D1"))
    directory.remove(bohr.id)
    stranger = person("D2")
    attempts: list[Callable[[], object]] = [
        lambda: directory.update(bohr),
        lambda: directory.remove(bohr.id),
        lambda: directory.update(stranger),
        lambda: directory.restore(stranger.id),
    ]
    for attempt in attempts:
        with pytest.raises(InputError) as caught:
            attempt()
        assert code(caught) == "people.gone"


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COMMITTEE, Role.DELEGATE, Role.PROJECTOR])
def test_only_the_secretariat_changes_the_list(database: Database, role: Role) -> None:
    bohr = Directory(database, actor()).add(person("D1"))
    directory = Directory(database, actor(role))
    table = parse_table("people.csv", SAMPLE.encode())
    attempts: list[Callable[[], object]] = [
        lambda: directory.add(person("D2")),
        lambda: directory.update(bohr),
        lambda: directory.remove(bohr.id),
        lambda: directory.restore(bohr.id),
        lambda: directory.preview_import(table, propose_columns(table), "en"),
        lambda: directory.import_table(table, propose_columns(table), "en"),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedError) as caught:
            attempt()
        assert code(caught) == "role.not_allowed"
    assert directory.everyone() == (bohr,)


def test_contacts_are_for_those_who_work_with_people(database: Database) -> None:
    bring_in(Directory(database, actor()))
    assert Directory(database, actor(Role.ORGANISER)).everyone()[0].contact == "+92 3"
    delegate = Directory(database, actor(Role.DELEGATE))
    everyone = delegate.everyone()
    assert {person.contact for person in everyone} == {""}
    assert delegate.by_badge("S1") == delegate.get(everyone[0].id) == everyone[0]
    assert delegate.search("s1")[0].contact == ""


def test_the_audit_holds_counts_and_identifiers_alone(
    directory: Directory, database: Database
) -> None:
    bring_in(directory)
    marie = directory.search("curie")[0]
    directory.update(replace(marie, office="Chair"))
    directory.remove(marie.id)
    directory.restore(marie.id)
    directory.add(person("D1"))
    with database.reading() as connection:
        trail = list(entries(connection))
    assert first_break(trail) is None
    assert [entry.action for entry in trail] == [
        "people.imported",
        "people.updated",
        "people.removed",
        "people.added",
        "people.added",
    ]
    assert trail[0].detail == {"added": 4, "updated": 0, "unchanged": 0, "rejected": 0}
    assert trail[1].detail == {"fields": ["office"]}
    assert {entry.subject for entry in trail[1:4]} == {marie.id}
    assert not any("Curie" in repr(entry) for entry in trail)
