import errno
import os
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from congress.kernel.errors import CongressError, EnvironmentFault, InputError
from congress.storage import faults
from congress.storage.schema import setting
from tests.helpers.vaults import actor, memory_database


class _Sqlite(Exception):
    def __init__(self, code: int) -> None:
        super().__init__("words of SQLite")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        (13, EnvironmentFault, "disk.full"),
        (8, EnvironmentFault, "vault.read_only"),
        (8 | 3 << 8, EnvironmentFault, "vault.read_only"),
        (5, EnvironmentFault, "vault.locked"),
        (6, EnvironmentFault, "vault.locked"),
        (10 | 4 << 8, EnvironmentFault, "disk.failed"),
        (14, EnvironmentFault, "disk.failed"),
        (11, InputError, "vault.damaged"),
        (26, InputError, "vault.damaged"),
    ],
)
def test_what_sqlite_says_is_named_with_its_file(
    code: int, kind: type[CongressError], expected: str
) -> None:
    with pytest.raises(kind) as caught, faults.naming("/somewhere/congress.db"):
        raise _Sqlite(code)
    assert (caught.value.code, caught.value.params) == (expected, {"file": "congress.db"})


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.EDQUOT, "disk.full"),
        (errno.EROFS, "vault.read_only"),
        (errno.EACCES, "vault.read_only"),
        (errno.EIO, "disk.failed"),
    ],
)
def test_what_the_system_says_is_named_with_its_file(number: int, expected: str) -> None:
    with pytest.raises(EnvironmentFault) as caught, faults.naming("vault.json"):
        raise OSError(number, os.strerror(number))
    assert (caught.value.code, caught.value.params) == (expected, {"file": "vault.json"})


@pytest.mark.parametrize("error", [_Sqlite(19), ValueError("ours"), InputError("people.bad_row")])
def test_everything_else_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, faults.naming("congress.db"):
        raise error
    assert caught.value is error


def test_a_broken_constraint_reaches_the_store() -> None:
    database = memory_database()
    rows = [{"id": 1, "value": {}}] * 2
    with pytest.raises(IntegrityError), database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting), rows)


def test_a_full_disk_keeps_what_was_stored() -> None:
    database = memory_database()
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(insert(setting).values(id=1, value="kept"))
        uow.commit()
    with database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql("PRAGMA max_page_count = 1")
        with pytest.raises(EnvironmentFault) as caught:
            uow.connection.execute(insert(setting).values(id=2, value="x" * 100_000))
    assert caught.value.code == "disk.full"
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM setting").scalar_one() == 1


def test_naming_a_path_keeps_its_folders_out(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught, faults.naming(tmp_path / "blobs"):
        raise OSError(errno.EIO, "input/output error")
    assert str(tmp_path) not in repr(caught.value.params)
