from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from congress.kernel.errors import BugError
from congress.storage.database import Database
from congress.storage.schema import audit_columns
from congress.storage.types import CanonicalJson, FractionText, UtcDateTime
from tests.helpers.vaults import actor, memory_database

_METADATA = MetaData()
_THING = Table(
    "thing",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("share", FractionText),
    Column("value", CanonicalJson),
)
Table("audit", _METADATA, *audit_columns())


@pytest.fixture
def database() -> Database:
    return memory_database(metadata=_METADATA)


def _stored(database: Database, **values: object) -> object:
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(_THING).values(**values))
        uow.commit()
    with database.reading() as connection:
        return connection.execute(select(_THING.c[next(iter(values))])).scalar_one()


def test_a_time_comes_back_aware_in_utc_to_the_microsecond(database: Database) -> None:
    hanoi = datetime(2026, 3, 14, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    assert str(_stored(database, at=hanoi)) == "2026-03-14 02:00:00.123456+00:00"


def test_times_of_different_zones_sort_by_time(database: Database) -> None:
    later = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
    earlier = datetime(2026, 3, 14, 12, 0, tzinfo=timezone(timedelta(hours=7)))
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(_THING), [{"id": 1, "at": later}, {"id": 2, "at": earlier}])
        uow.commit()
    with database.reading() as connection:
        assert connection.execute(select(_THING.c.id).order_by(_THING.c.at)).scalars().all() == [
            2,
            1,
        ]


def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(BugError, match="aware"):
        _stored(database, at=datetime(2026, 3, 14, 8, 0))  # noqa: DTZ001 - the point


@pytest.mark.parametrize("value", [Fraction(2, 3), Fraction(5), Fraction(-7, 2)])
def test_a_fraction_stays_exact(database: Database, value: Fraction) -> None:
    assert _stored(database, share=value) == value


def test_a_json_value_is_kept_canonical(database: Database) -> None:
    value = {"b": [1, None, True], "a": "Đại hội"}
    assert _stored(database, value=value) == value
    with database.reading() as connection:
        raw = connection.exec_driver_sql("SELECT value FROM thing").scalar_one()
    assert raw == '{"a":"Đại hội","b":[1,null,true]}'


def test_nothing_stays_nothing(database: Database) -> None:
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(_THING).values(id=1, at=None, share=None))
        uow.commit()
    with database.reading() as connection:
        row = connection.execute(select(_THING.c.at, _THING.c.share, _THING.c.value)).one()
    assert tuple(row) == (None, None, None)
