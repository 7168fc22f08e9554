"""What storage promises, on SQLCipher and on PostgreSQL alike."""

import threading
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.ids import MemberId, new_id
from congress.kernel.roles import Role
from congress.kernel.settings import QuorumRule, Settings
from congress.storage import members, migrate, settings_store
from congress.storage.audit import entries, verify_audit
from congress.storage.database import Database
from congress.storage.faults import WRITING
from congress.storage.model import Member
from congress.storage.schema import audit, setting
from tests.contracts.conftest import MakeDatabase, MakeEngine
from tests.helpers.stores import import_all_stores
from tests.helpers.vaults import MORNING, actor

_TREES = list(migrate.TREES)


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    return make_database("congress")


def _write(database: Database, number: int) -> None:
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting).values(id=number, value={"n": number}))
        uow.audit("test.written", str(number), n=number)
        uow.commit()


def test_a_change_and_its_entry_stand_or_fall_together(database: Database) -> None:
    _write(database, 1)
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting).values(id=2, value={}))
        uow.audit("test.written")
    with database.reading() as connection:
        assert connection.execute(select(setting.c.id)).scalars().all() == [1]
        (entry,) = entries(connection)
    assert (entry.seq, entry.at, entry.detail) == (1, MORNING, {"n": 1})


def test_a_failed_statement_leaves_the_database_usable(database: Database) -> None:
    rows = [{"id": 1, "value": {}}] * 2
    with pytest.raises(IntegrityError), database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting), rows)
    _write(database, 1)


def test_writers_at_once_make_one_chain(database: Database) -> None:
    def five(base: int) -> None:
        for number in range(5):
            _write(database, base + number)

    threads = [threading.Thread(target=five, args=(base,)) for base in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert len(list(entries(connection))) == 15
    assert verify_audit(database) is None


def test_a_lost_entry_is_found(database: Database) -> None:
    for number in (1, 2, 3):
        _write(database, number)
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(delete(audit).where(audit.c.seq == 2))
        uow.commit()
    assert verify_audit(database) == 2


def test_a_reading_sees_one_state_and_cannot_write(database: Database) -> None:
    _write(database, 1)
    count = select(func.count()).select_from(setting)
    with database.reading() as connection:
        before = connection.execute(count).scalar_one()
        _write(database, 2)
        assert connection.execute(count).scalar_one() == before == 1
    with database.reading() as connection, pytest.raises((BugError, DBAPIError)):
        connection.execute(delete(setting))


def test_settings_are_stored_whole(database: Database) -> None:
    decided = Settings("Đại hội", place="Huế", quorum=QuorumRule(Fraction(3, 5), strict=True))
    with database.unit_of_work(actor()) as uow:
        settings_store.save(uow.connection, decided)
        uow.commit()
    with database.reading() as connection:
        assert settings_store.load(connection) == decided


def test_members_are_unique_by_name_and_the_last_manager_stays(database: Database) -> None:
    at = datetime(2026, 3, 14, 8, 30, 0, 123456, tzinfo=UTC)
    first = Member(MemberId(new_id()), "Đỗ Lan", Role.SECRETARIAT, at)
    with database.unit_of_work(actor()) as uow:
        members.add(uow.connection, first)
        with pytest.raises(InputError) as taken:
            members.add(uow.connection, Member(MemberId(new_id()), "ĐỖ LAN", Role.DELEGATE, at))
        uow.commit()
    assert taken.value.code == "member.name_taken"
    with database.reading() as connection:
        assert members.everyone(connection) == [first]
        assert members.find(connection, first.id) == first
    with database.unit_of_work(actor()) as uow, pytest.raises(RefusedError):
        members.remove(uow.connection, first.id)


@pytest.mark.parametrize("tree", _TREES)
def test_the_migrations_make_every_table_of_the_metadata(
    tree: str, make_database: MakeDatabase
) -> None:
    database = make_database(tree)
    with database.reading() as connection:
        missing = set(migrate.TREES[tree].tables) - set(inspect(connection).get_table_names())
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = [
            change
            for change in compare_metadata(context, migrate.TREES[tree])
            if not (isinstance(change, tuple) and change[0] == "remove_table")
        ]
    assert missing == set()
    assert differences == []


@pytest.mark.parametrize("tree", _TREES)
def test_the_metadata_can_be_created_without_the_migrations(
    tree: str, make_engine: MakeEngine
) -> None:
    import_all_stores()
    engine = make_engine(tree)
    metadata = migrate.TREES[tree]
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        metadata.create_all(connection)
        connection.commit()
    with engine.connect() as connection:
        for name, table in metadata.tables.items():
            assert not connection.execute(select(table)).all(), name


def test_a_migration_that_fails_leaves_no_half(make_engine: MakeEngine) -> None:
    engine = make_engine("congress")
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        migrate.upgrade(connection, "congress")
        connection.execute(text("CREATE TABLE extra (id INTEGER)"))
        connection.rollback()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
        assert migrate.current(connection) is None
