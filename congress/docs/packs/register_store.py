"""The tables of packs in the congress database, and every statement on them.

``pack_copy`` is the register of a congress: which copies were handed out. ``pack`` has its one
row only in the small vault inside a pack, and says there whose copy it is.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Connection, Integer, String, Table, Text, insert, select

from congress.docs.packs.model import Copy, PackId
from congress.kernel.canonical import Json
from congress.kernel.ids import ID_LENGTH, PaperId, VersionId
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

pack = Table(
    "pack",
    congress_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", CanonicalJson, nullable=False),
)

pack_copy = Table(
    "pack_copy",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("recipient_id", String(ID_LENGTH), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("papers", CanonicalJson, nullable=False),
)


def add(connection: Connection, copy: Copy) -> None:
    """Write a copy that was handed out."""
    connection.execute(
        insert(pack_copy).values(
            id=copy.pack_id,
            code=copy.code,
            recipient_id=copy.recipient_id,
            recipient=copy.recipient,
            made_at=copy.made_at,
            expires_at=copy.expires_at,
            papers=[list(each) for each in copy.papers],
        )
    )


def everything(connection: Connection) -> Sequence[Copy]:
    """Return all copies, the last made first."""
    rows = connection.execute(
        select(pack_copy).order_by(pack_copy.c.made_at.desc(), pack_copy.c.recipient)
    )
    return [
        Copy(
            pack_id=PackId(row.id),
            code=row.code,
            recipient_id=row.recipient_id,
            recipient=row.recipient,
            made_at=row.made_at,
            expires_at=row.expires_at,
            papers=tuple((PaperId(one), VersionId(other)) for one, other in row.papers),
        )
        for row in rows
    ]


def codes(connection: Connection) -> frozenset[str]:
    """Return the codes that are taken."""
    return frozenset(connection.execute(select(pack_copy.c.code)).scalars())


def inscribe(connection: Connection, value: Mapping[str, Json]) -> None:
    """Write what a pack says of itself into its own vault."""
    connection.execute(insert(pack).values(id=1, value=value))


def inscription(connection: Connection) -> Mapping[str, Json] | None:
    """Return what a pack says of itself, or ``None`` in the vault of a congress."""
    value = connection.execute(select(pack.c.value).where(pack.c.id == 1)).scalar_one_or_none()
    return value if isinstance(value, Mapping) else None
