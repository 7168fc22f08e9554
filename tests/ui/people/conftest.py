"""A list of people behind a context."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from congress.assets import asset
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import Person
from congress.people.directory import Directory
from congress.people.mapping import propose_columns
from congress.people.table import read_table
from congress.storage.database import Database
from congress.ui.context import UiContext
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import actor, memory_database


@dataclass
class House:
    """A database, its list of people, and the context of a page over them."""

    database: Database
    directory: Directory
    context: UiContext
    around: Surroundings

    def fill(self) -> None:
        table = read_table(asset("samples/people.csv"))
        self.directory.import_table(table, propose_columns(table), "en")

    def add(self, badge: str, name: str = "Niels Bohr") -> Person:
        return self.directory.add(Person(PersonId(new_id()), badge, name, "Denmark"))


@pytest.fixture
def house(ui: tuple[UiContext, Surroundings]) -> Iterator[House]:
    context, around = ui
    database = memory_database(publisher=around.bus)
    yield House(database, Directory(database, actor()), context, around)
    database.close()
