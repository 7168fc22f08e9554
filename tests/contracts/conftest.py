"""The databases that every contract is held against: SQLCipher and PostgreSQL."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from congress.kernel.events import EventBus
from congress.storage import migrate
from congress.storage.database import Database
from congress.storage.engine import postgres_engine, sqlcipher_engine
from congress.storage.faults import WRITING
from tests.helpers.postgres import cluster, fresh_schema, programs
from tests.helpers.stores import import_all_stores
from tests.helpers.vaults import KEY, manual_clock

MakeEngine = Callable[[str], Engine]
MakeDatabase = Callable[[str], Database]


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    if programs() is None:
        pytest.skip("the server programs of PostgreSQL are not installed")
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)])
def make_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeEngine]:
    """Makes empty databases of one kind."""
    made: list[Engine] = []

    def make(name: str) -> Engine:
        if request.param == "postgres":
            url = request.getfixturevalue("_postgres")
            made.append(postgres_engine(url, fresh_schema(url)))
        else:
            path = tmp_path_factory.mktemp("contract") / f"{name}.db"
            made.append(sqlcipher_engine(path, KEY, create=True))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def make_database(make_engine: MakeEngine) -> MakeDatabase:
    """Makes databases of one kind with the migrated schema of ``congress`` or ``papers``."""

    def make(tree: str) -> Database:
        import_all_stores()
        engine = make_engine(tree)
        with engine.connect().execution_options(**{WRITING: True}) as connection:
            migrate.upgrade(connection, tree)
            connection.commit()
        return Database(tree, engine, manual_clock(), EventBus())

    return make
