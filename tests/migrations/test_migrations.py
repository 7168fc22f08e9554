import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from congress.kernel.clock import ManualClock
from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.storage import migrate
from congress.storage.engine import connect, sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.opening import create_file, open_file
from tests.helpers.stores import import_all_stores
from tests.helpers.vaults import KEY, MORNING

_TREES = list(migrate.TREES)


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations in a folder of the test's own, to add revisions to."""
    root = tmp_path / "migrations"
    shutil.copytree(migrate._ROOT, root, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "_ROOT", root)
    migrate.revisions.cache_clear()
    return root


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    migrate.revisions.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "congress.db"
    create_file(path, "congress", KEY)
    with _writing(path) as connection:
        connection.execute(text("INSERT INTO setting VALUES (1, '\"kept\"')"))
        connection.commit()
    return path


@contextmanager
def _writing(path: Path) -> Iterator[Connection]:
    engine = sqlcipher_engine(path, KEY)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        yield connection
    engine.dispose()


def _add_revision(root: Path, body: str, tree: str = "congress") -> None:
    newest = migrate.revisions(tree)[-1]
    (root / tree / "versions" / "0999_future.py").write_text(
        f'from alembic import op\nrevision = "0999_future"\ndown_revision = "{newest}"\n'
        f"def upgrade():\n    {body}\n"
    )
    migrate.revisions.cache_clear()


def _state(path: Path, key: bytes = KEY) -> tuple[str | None, object, set[str]]:
    engine = sqlcipher_engine(path, key)
    with engine.connect() as connection:
        revision = migrate.current(connection)
        value = connection.execute(text("SELECT value FROM setting")).scalar_one()
        tables = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    engine.dispose()
    return revision, value, tables


def _without_search_index(engine: Engine) -> set[str]:
    """The tables that FTS5, which the metadata cannot describe, keeps for itself."""
    with engine.connect() as connection:
        virtual = connection.execute(
            text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        ).scalars()
        return {
            name + tail
            for name in virtual
            for tail in ("", "_data", "_idx", "_content", "_docsize", "_config")
        }


@pytest.mark.parametrize("tree", _TREES)
def test_the_migrations_amount_to_the_metadata(tree: str, tmp_path: Path) -> None:
    import_all_stores()
    create_file(tmp_path / "made.db", tree, KEY)
    engine = sqlcipher_engine(tmp_path / "made.db", KEY)
    ignored = _without_search_index(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _, name, kind, *__: (
                    not (kind == "table" and name in ignored)
                ),
            },
        )
        assert compare_metadata(context, migrate.TREES[tree]) == []
    engine.dispose()


@pytest.mark.parametrize("tree", _TREES)
def test_each_tree_is_one_line_of_revisions_named_after_their_files(tree: str) -> None:
    script = ScriptDirectory(
        str(migrate._ROOT), version_locations=[str(migrate._ROOT / tree / "versions")]
    )
    line = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(line)) == migrate.revisions(tree)
    assert all(len(revision) <= 32 for revision in line)


def test_a_current_file_is_opened_without_a_backup(file: Path) -> None:
    before = file.read_bytes()
    open_file(file, "congress", KEY, MORNING).dispose()
    assert file.read_bytes() == before
    assert not (file.parent / "backups").exists()


def test_an_older_file_is_migrated_and_a_checked_copy_kept(file: Path, trees: Path) -> None:
    old = migrate.revisions("congress")[-1]
    before = file.read_bytes()
    _add_revision(trees, 'op.execute("CREATE TABLE extra (id INTEGER)")')

    open_file(file, "congress", KEY, MORNING).dispose()

    assert _state(file)[:2] == ("0999_future", '"kept"')
    assert "extra" in _state(file)[2]
    (backup,) = (file.parent / "backups").iterdir()
    assert backup.name == f"congress-{old}-20260314T083000.db"
    assert backup.read_bytes() == before
    assert _state(backup)[:2] == (old, '"kept"')


def test_the_backup_is_encrypted(file: Path, trees: Path) -> None:
    _add_revision(trees, "pass")
    open_file(file, "congress", KEY, MORNING).dispose()
    (backup,) = (file.parent / "backups").iterdir()
    assert b"kept" not in backup.read_bytes()
    assert not backup.read_bytes().startswith(b"SQLite format 3")


def test_a_migration_that_fails_changes_nothing(file: Path, trees: Path) -> None:
    before = file.read_bytes()
    _add_revision(
        trees,
        'op.execute("CREATE TABLE extra (id INTEGER)")\n'
        '    op.execute("DROP TABLE setting")\n'
        '    raise RuntimeError("half way")',
    )
    with pytest.raises(RuntimeError, match="half way"):
        open_file(file, "congress", KEY, MORNING)
    assert file.read_bytes() == before
    assert len(list((file.parent / "backups").iterdir())) == 1


def test_a_disk_that_fills_during_the_backup_changes_nothing(
    file: Path, trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "no space left")

    before = file.read_bytes()
    _add_revision(trees, "pass")
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(EnvironmentFault) as caught:
        open_file(file, "congress", KEY, MORNING)
    assert caught.value.code == "disk.full"
    assert file.read_bytes() == before
    assert list((file.parent / "backups").iterdir()) == []


def test_a_bent_page_is_found_before_it_is_migrated(file: Path, trees: Path) -> None:
    _add_revision(trees, "pass")
    data = bytearray(file.read_bytes())
    data[-2000] ^= 1
    file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        open_file(file, "congress", KEY, MORNING)
    assert caught.value.code == "vault.damaged"
    assert file.read_bytes() == data
    assert list((file.parent / "backups").iterdir()) == []


def test_a_newer_file_is_refused_untouched(file: Path, trees: Path) -> None:
    _add_revision(trees, "pass")
    open_file(file, "congress", KEY, MORNING).dispose()
    (trees / "congress" / "versions" / "0999_future.py").unlink()
    migrate.revisions.cache_clear()
    before = file.read_bytes()
    with pytest.raises(RefusedError) as caught:
        open_file(file, "congress", KEY, MORNING)
    assert (caught.value.code, caught.value.params) == ("vault.newer", {"file": "congress.db"})
    assert file.read_bytes() == before


def test_what_a_crash_left_in_the_log_is_backed_up_too(file: Path, trees: Path) -> None:
    """The backup is of the database, its write-ahead log brought in."""
    connection = connect(file, KEY)
    connection.execute("UPDATE setting SET value = '\"late\"'")
    crashed = file.parent / "crashed"
    crashed.mkdir()
    for name in ("congress.db", "congress.db-wal"):
        shutil.copy(file.parent / name, crashed / name)
    connection.close()
    _add_revision(trees, "pass")

    open_file(crashed / "congress.db", "congress", KEY, MORNING).dispose()

    (backup,) = (crashed / "backups").iterdir()
    assert _state(backup)[1] == '"late"'


def test_two_migrations_keep_two_backups(file: Path, trees: Path) -> None:
    clock = ManualClock(MORNING)
    _add_revision(trees, "pass")
    open_file(file, "congress", KEY, clock.now()).dispose()
    clock.advance(timedelta(days=1))
    newest = trees / "congress" / "versions" / "0999_later.py"
    newest.write_text(
        'revision = "0999_later"\ndown_revision = "0999_future"\ndef upgrade():\n    pass\n'
    )
    migrate.revisions.cache_clear()
    open_file(file, "congress", KEY, clock.now()).dispose()
    assert len(list((file.parent / "backups").iterdir())) == 2
