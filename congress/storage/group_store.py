"""The rows of groups and of the public keys of members, in the congress database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId, MemberId
from congress.storage.schema import group_seal, member_key, paper_group


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as it is stored: nothing of it can be read without its key.

    Attributes:
        id: Random identifier.
        file: Name of its file of papers, random, without ending.
        name: Its name, hidden.
        proof: What the secretariat vouches with.
        seals: The group's key, sealed to each who holds it.
    """

    id: GroupId
    file: str
    name: bytes
    proof: bytes
    seals: Mapping[MemberId, bytes]


def everything(connection: Connection) -> Sequence[GroupRow]:
    """Return all groups, by their identifiers."""
    seals: dict[str, dict[MemberId, bytes]] = {}
    for row in connection.execute(select(group_seal).order_by(group_seal.c.member_id)):
        seals.setdefault(row.group_id, {})[MemberId(row.member_id)] = row.sealed
    return [
        GroupRow(GroupId(row.id), row.file, row.name, row.proof, seals.get(row.id, {}))
        for row in connection.execute(select(paper_group).order_by(paper_group.c.id))
    ]


def find(connection: Connection, group_id: GroupId) -> GroupRow:
    """Return a group.

    Raises:
        InputError: ``group.unknown``.
    """
    for row in everything(connection):
        if row.id == group_id:
            return row
    raise InputError("group.unknown")


def save(connection: Connection, row: GroupRow) -> None:
    """Write a group, in place of what stood there."""
    remove(connection, row.id)
    connection.execute(
        insert(paper_group).values(id=row.id, file=row.file, name=row.name, proof=row.proof)
    )
    for member_id, sealed in row.seals.items():
        connection.execute(
            insert(group_seal).values(group_id=row.id, member_id=member_id, sealed=sealed)
        )


def remove(connection: Connection, group_id: GroupId) -> None:
    """Remove a group and its seals."""
    connection.execute(delete(group_seal).where(group_seal.c.group_id == group_id))
    connection.execute(delete(paper_group).where(paper_group.c.id == group_id))


def member_keys(connection: Connection) -> Mapping[MemberId, tuple[bytes, bytes]]:
    """Return the public key of each member, and what the secretariat vouches for it with."""
    rows = connection.execute(select(member_key))
    return {MemberId(row.member_id): (row.public, row.proof) for row in rows}


def add_member_key(
    connection: Connection, member_id: MemberId, public: bytes, proof: bytes
) -> None:
    """Write the public key of a member."""
    connection.execute(insert(member_key).values(member_id=member_id, public=public, proof=proof))


def remove_member_key(connection: Connection, member_id: MemberId) -> None:
    """Remove the public key of a member."""
    connection.execute(delete(member_key).where(member_key.c.member_id == member_id))
