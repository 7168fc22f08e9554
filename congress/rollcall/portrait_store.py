"""Table and queries of the sealed portraits, one of a person at most."""

from collections.abc import Collection, Mapping

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from congress.kernel.ids import ID_LENGTH, PersonId
from congress.rollcall.templates import SealedPortrait
from congress.storage.schema import congress_metadata

face_portrait = Table(
    "face_portrait",
    congress_metadata,
    Column("person_id", String(ID_LENGTH), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)


def put(connection: Connection, portraits: Collection[SealedPortrait]) -> None:
    """Write portraits in place of those before of the same persons."""
    erase(connection, [each.person_id for each in portraits])
    if portraits:
        connection.execute(
            insert(face_portrait),
            [
                {"person_id": each.person_id, "wrapped": each.wrapped, "sealed": each.data}
                for each in portraits
            ],
        )


def of(connection: Connection, persons: Collection[PersonId]) -> tuple[SealedPortrait, ...]:
    """Return the portraits of those among ``persons`` who have one."""
    rows = connection.execute(select(face_portrait).where(face_portrait.c.person_id.in_(persons)))
    return tuple(SealedPortrait(PersonId(row.person_id), row.wrapped, row.sealed) for row in rows)


def wrapped_keys(connection: Connection) -> dict[PersonId, bytes]:
    """Return the wrapped key of every portrait."""
    rows = connection.execute(select(face_portrait.c.person_id, face_portrait.c.wrapped))
    return {PersonId(row.person_id): row.wrapped for row in rows}


def rewrap(connection: Connection, wrapped: Mapping[PersonId, bytes]) -> None:
    """Write the keys of portraits wrapped anew."""
    if wrapped:
        connection.execute(
            update(face_portrait).where(face_portrait.c.person_id == bindparam("whose")),
            [{"whose": person_id, "wrapped": data} for person_id, data in wrapped.items()],
        )


def erase(connection: Connection, persons: Collection[PersonId]) -> int:
    """Delete the portraits of persons, with their keys; return how many there were."""
    gone = connection.execute(
        delete(face_portrait).where(
            face_portrait.c.person_id.in_(bindparam("whose", expanding=True))
        ),
        {"whose": list(persons)},
    )
    return gone.rowcount
