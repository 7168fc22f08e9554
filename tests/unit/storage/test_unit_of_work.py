import threading
from dataclasses import dataclass

import pytest
from sqlalchemy import delete, func, insert, select, update

from congress.kernel.audit import GENESIS, AuditEntry
from congress.kernel.errors import BugError
from congress.kernel.events import Event, EventBus
from congress.kernel.roles import Role
from congress.storage.audit import entries, verify_audit
from congress.storage.database import Database
from congress.storage.schema import audit, setting
from tests.helpers.vaults import MORNING, actor, memory_database


@dataclass(frozen=True, slots=True)
class _Happened(Event):
    number: int


@pytest.fixture
def database() -> Database:
    return memory_database()


def _rows(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(setting)).scalar_one()


def _audit(database: Database) -> list[AuditEntry]:
    with database.reading() as connection:
        return list(entries(connection))


def _write(database: Database, number: int, *, commit: bool = True) -> None:
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting).values(id=number, value={"n": number}))
        uow.audit("test.written", str(number), n=number)
        uow.publish(_Happened(number))
        if commit:
            uow.commit()


def test_a_change_its_entry_and_its_event_come_together() -> None:
    bus = EventBus()
    seen: list[Event] = []
    bus.subscribe(seen.append)
    database = memory_database(publisher=bus)

    _write(database, 1)

    assert _rows(database) == 1
    assert [(entry.action, entry.subject, entry.detail) for entry in _audit(database)] == [
        ("test.written", "1", {"n": 1})
    ]
    assert seen == [_Happened(1)]


def test_without_commit_nothing_of_it_stays() -> None:
    bus = EventBus()
    seen: list[Event] = []
    bus.subscribe(seen.append)
    database = memory_database(publisher=bus)

    _write(database, 1, commit=False)

    def broken() -> None:
        with database.unit_of_work(actor()) as uow:
            uow.connection.execute(insert(setting).values(id=2, value={}))
            uow.audit("test.written")
            uow.publish(_Happened(2))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        broken()

    assert _rows(database) == 0
    assert _audit(database) == []
    assert seen == []


def test_an_event_goes_out_when_the_change_can_be_read() -> None:
    bus = EventBus()
    database = memory_database(publisher=bus)
    seen: list[int] = []
    bus.subscribe(lambda _: seen.append(_rows(database)))
    bus.subscribe(lambda event: _write(database, 2) if event == _Happened(1) else None)

    _write(database, 1)

    assert seen == [1, 2]


def test_the_audit_is_a_chain_in_the_name_of_the_actor(database: Database) -> None:
    for number in (1, 2, 3):
        _write(database, number)
    chain = _audit(database)
    assert [entry.seq for entry in chain] == [1, 2, 3]
    assert [entry.prev for entry in chain] == [GENESIS, chain[0].hash, chain[1].hash]
    assert {(entry.member_id, entry.at) for entry in chain} == {(actor().member_id, MORNING)}
    assert verify_audit(database) is None


def test_two_entries_of_one_change_follow_each_other(database: Database) -> None:
    with database.unit_of_work(actor(Role.ORGANISER)) as uow:
        uow.audit("test.first")
        uow.audit("test.second")
        uow.commit()
    assert [entry.action for entry in _audit(database)] == ["test.first", "test.second"]
    assert verify_audit(database) is None


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (update(audit).where(audit.c.seq == 2).values(subject="9"), 2),
        (update(audit).where(audit.c.seq == 2).values(detail={"n": 9}), 2),
        (update(audit).where(audit.c.seq == 3).values(member_id="someone else"), 3),
        (update(audit).where(audit.c.seq == 1).values(hash=bytes(32)), 1),
        (delete(audit).where(audit.c.seq == 1), 1),
        (delete(audit).where(audit.c.seq == 2), 2),
    ],
)
def test_a_changed_audit_is_found(database: Database, tamper: object, found: int) -> None:
    for number in (1, 2, 3):
        _write(database, number)
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(tamper)  # type: ignore[call-overload]
        uow.commit()
    assert verify_audit(database) == found


def test_a_detail_that_is_no_longer_canonical_is_found(database: Database) -> None:
    for number in (1, 2):
        _write(database, number)
    with database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql("UPDATE audit SET detail = '{\"n\": 2}' WHERE seq = 2")
        uow.commit()
    assert verify_audit(database) == 2


def test_a_unit_of_work_is_used_once(database: Database) -> None:
    uow = database.unit_of_work(actor())
    with pytest.raises(BugError, match="not open"):
        _ = uow.connection
    with uow:
        uow.audit("test.written")
        uow.commit()
        with pytest.raises(BugError, match="not open"):
            uow.commit()
        with pytest.raises(BugError, match="not open"):
            uow.publish(_Happened(1))


def test_one_inside_another_is_a_bug_and_leaves_the_outer_one_whole(database: Database) -> None:
    with database.unit_of_work(actor()) as outer:
        outer.connection.execute(insert(setting).values(id=1, value={}))
        with pytest.raises(BugError, match="inside another"), database.unit_of_work(actor()):
            pass
        outer.commit()
    assert _rows(database) == 1


def test_threads_take_turns(database: Database) -> None:
    def ten(base: int) -> None:
        for number in range(10):
            _write(database, base + number)

    threads = [threading.Thread(target=ten, args=(base,)) for base in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _rows(database) == 40
    assert verify_audit(database) is None


def test_a_reading_sees_one_state(database: Database) -> None:
    _write(database, 1)
    with database.reading() as connection:
        count = select(func.count()).select_from(setting)
        before = connection.execute(count).scalar_one()
        _write(database, 2)
        assert connection.execute(count).scalar_one() == before == 1
    assert _rows(database) == 2


def test_a_reading_cannot_write(database: Database) -> None:
    with database.reading() as connection, pytest.raises(BugError, match="tried to write"):
        connection.execute(delete(setting))
    _write(database, 1)


def test_ddl_rolls_back_too(database: Database) -> None:
    with database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql("CREATE TABLE extra (id INTEGER)")
    with database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert "extra" not in tables


def test_an_error_never_shows_the_values_of_a_statement(database: Database) -> None:
    _write(database, 1)
    with pytest.raises(Exception, match="UNIQUE") as caught, database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting).values(id=1, value={"secret": "Nguyễn Thị Lan"}))
    assert "Lan" not in str(caught.value)
