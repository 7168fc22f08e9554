"""How a member likes lists of papers to be, in the file that this member alone can open.

What papers are about (an item of the agenda that is filtered by) may not lie in the clear on a
machine, so it is kept here and not with the preferences of the screens.
"""

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from congress.docs.notes.store import note
from congress.kernel.canonical import Json
from congress.kernel.ids import PaperId
from congress.storage.schema import own_metadata
from congress.storage.types import CanonicalJson

list_choice = Table(
    "list_choice",
    own_metadata,
    Column("list", String(20), primary_key=True),
    Column("chosen", CanonicalJson, nullable=False),
)


def chosen(connection: Connection, name: str) -> Json:
    """Return what was chosen for a list, ``None`` if nothing was."""
    query = select(list_choice.c.chosen).where(list_choice.c.list == name)
    found: Json = connection.execute(query).scalar_one_or_none()
    return found


def keep(connection: Connection, name: str, value: Json) -> None:
    """Write what was chosen for a list."""
    connection.execute(delete(list_choice).where(list_choice.c.list == name))
    connection.execute(insert(list_choice).values(list=name, chosen=value))


def noted(connection: Connection) -> frozenset[PaperId]:
    """Return the papers that the member has notes of their own on, bookmarks among them."""
    rows = connection.execute(select(note.c.paper_id).distinct()).scalars()
    return frozenset(map(PaperId, rows))
