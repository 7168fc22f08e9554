from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.docs.access import AccessLog, Reader, ReadState
from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.reading import PagesSeen, pages_of, spans
from congress.kernel.errors import RefusedError
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Role, Shelf
from congress.storage.database import Database
from congress.storage.faults import WRITING
from tests.helpers.papers import make_library, paper_files, pdf
from tests.helpers.vaults import MORNING, actor, manual_clock


@given(st.frozensets(st.integers(1, 60)))
def test_pages_are_written_in_spans_and_read_back(pages: frozenset[int]) -> None:
    assert pages_of(spans(pages), 60) == pages


def test_spans_are_short_and_nothing_beyond_the_paper_is_believed() -> None:
    assert spans([7, 1, 2, 3, 3]) == "1-3,7"
    assert spans([]) == ""
    assert pages_of("0-3,x,900,5-9999999,", 6) == {1, 2, 3, 5, 6}


def test_a_page_counts_when_it_stood_still() -> None:
    seen = PagesSeen(1, MORNING)
    seen.turned(2, MORNING + timedelta(milliseconds=300))
    seen.turned(3, MORNING + timedelta(milliseconds=600))
    seen.turned(3, MORNING + timedelta(seconds=1))
    assert seen.take(MORNING + timedelta(seconds=2)) == {3}
    assert seen.take(MORNING + timedelta(seconds=9)) == frozenset()
    seen.turned(9, MORNING + timedelta(seconds=9))
    assert seen.take(MORNING + timedelta(seconds=9)) == frozenset()
    assert seen.take(MORNING + timedelta(seconds=10)) == {9}


class House:
    """Two readers over the same files of papers."""

    def __init__(self, folder: Path) -> None:
        self.clock = manual_clock()
        self.files = paper_files(clock=self.clock)
        self.folder = folder
        self.readers = [self._reader(role) for role in (Role.DELEGATE, Role.SECRETARIAT)]
        self.library = self.library_of(Role.SECRETARIAT)

    def _reader(self, role: Role) -> Reader:
        shelves = frozenset(Shelf(each) for each in CLEARANCES_OF[role])
        return Reader(actor(role).member_id, role.value, role, shelves)

    def library_of(self, role: Role) -> Library:
        return make_library(self.folder, role, papers=self.files, clock=self.clock)

    def log(self, role: Role, member: Actor | None = None) -> AccessLog:
        held = {Shelf(each): self.files[each] for each in CLEARANCES_OF[role]}
        return AccessLog(held, self.library_of(role), member or actor(role), lambda: self.readers)

    def add(self, name: str, clearance: Clearance, agenda: str = "") -> Paper:
        file = self.folder / f"{name}.pdf"
        file.write_bytes(pdf(f"Text {name}", "two", "three"))
        return self.library.import_file(file, clearance=clearance, agenda=agenda)

    def open(self, role: Role, paper: Paper) -> None:
        self.library_of(role).open(paper.id).close()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_report_follows_a_reader_from_unopened_to_every_page(house: House) -> None:
    paper = house.add("a", Clearance.DELEGATES)
    delegate = house.readers[0]

    def state() -> ReadState:
        return house.log(Role.SECRETARIAT).report().state(paper, delegate)

    log = house.log(Role.DELEGATE)
    assert state() is ReadState.UNOPENED
    house.open(Role.DELEGATE, paper)
    assert state() is ReadState.OPENED
    house.clock.advance(timedelta(minutes=2))
    log.read(paper.id, paper.version_id, {1, 3})
    assert state() is ReadState.PART
    log.read(paper.id, paper.version_id, {2})
    assert state() is ReadState.WHOLE
    report = house.log(Role.SECRETARIAT).report()
    reading = report.reading(paper, delegate)
    assert reading is not None
    assert reading.opened == 1
    assert (reading.first, reading.last) == (MORNING, MORNING + timedelta(minutes=2))
    assert report.seen(paper, delegate) == 3
    assert report.sound
    assert report.unopened(paper) == [house.readers[1]]


def test_a_new_version_is_to_be_opened_again(house: House) -> None:
    paper = house.add("a", Clearance.DELEGATES)
    house.open(Role.DELEGATE, paper)
    newer = house.folder / "newer.pdf"
    newer.write_bytes(pdf("another text"))
    paper = house.library.import_version(paper.id, newer)
    report = house.log(Role.SECRETARIAT).report()
    assert report.state(paper, house.readers[0]) is ReadState.EARLIER
    assert house.readers[0] in report.unopened(paper)


def test_who_may_not_read_is_not_waited_for(house: House) -> None:
    paper = house.add("s", Clearance.SECRET)
    report = house.log(Role.SECRETARIAT).report()
    assert report.state(paper, house.readers[0]) is ReadState.BARRED
    assert report.expected(paper) == [house.readers[1]]


def test_what_was_read_before_a_paper_became_secret_is_still_told(house: House) -> None:
    paper = house.add("s", Clearance.DELEGATES)
    house.open(Role.DELEGATE, paper)
    paper = house.library.change_clearance(paper.id, Clearance.SECRET)
    report = house.log(Role.SECRETARIAT).report()
    assert report.state(paper, house.readers[0]) is ReadState.OPENED
    assert house.readers[0] not in report.unopened(paper)


def test_a_former_member_is_told_without_a_name(house: House) -> None:
    paper = house.add("a", Clearance.PUBLIC)
    house.open(Role.DELEGATE, paper)
    house.readers = house.readers[1:]
    former = house.log(Role.SECRETARIAT).report().readers[-1]
    assert (former.name, former.role) == ("", None)


def test_papers_stand_in_the_order_of_the_agenda(house: House) -> None:
    for name, item in (("x", ""), ("ten", "10. End"), ("two", "2. Start")):
        house.add(name, Clearance.PUBLIC, item)
    report = house.log(Role.SECRETARIAT).report()
    assert [paper.agenda for paper in report.papers] == ["2. Start", "10. End", ""]


def _tamper(database: Database, statement: str) -> None:
    engine = database._engine
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET member_id = 'somebody else' WHERE action = 'paper.opened'",
        "DELETE FROM audit WHERE seq = 1",
        "UPDATE audit SET detail = '{ }' WHERE action = 'paper.opened'",
    ],
)
def test_a_changed_log_is_noticed(house: House, statement: str) -> None:
    paper = house.add("a", Clearance.PUBLIC)
    house.open(Role.DELEGATE, paper)
    assert house.log(Role.SECRETARIAT).report().sound
    _tamper(house.files[Clearance.PUBLIC], statement)
    report = house.log(Role.SECRETARIAT).report()
    assert not report.sound
    assert report.chains[Shelf(Clearance.SECRET)].broken_at is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_sees_who_read_what(house: House, role: Role) -> None:
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        house.log(role).report()
