"""The rows of the members: who can sign in, and as what."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId
from congress.kernel.roles import Role
from congress.kernel.text import text_fault, tidy
from congress.storage.keys import fold_name
from congress.storage.model import Member
from congress.storage.schema import member


def everyone(connection: Connection) -> Sequence[Member]:
    """Return all members, by name."""
    rows = connection.execute(select(member).order_by(member.c.folded, member.c.id))
    return [_member(row) for row in rows]


def find(connection: Connection, member_id: MemberId) -> Member | None:
    """Return the member with this identifier."""
    row = connection.execute(select(member).where(member.c.id == member_id)).one_or_none()
    return _member(row) if row else None


def checked_name(name: str) -> str:
    """Return a sign-in name tidied.

    Raises:
        InputError: ``member.bad_name`` if it is empty, too long or unreadable.
    """
    tidied = tidy(name)
    if not tidied or len(tidied) > 100 or text_fault(name):
        raise InputError("member.bad_name")
    return tidied


def add(connection: Connection, new: Member) -> None:
    """Add a member.

    Raises:
        InputError: ``member.name_taken``.
    """
    folded = fold_name(new.name)
    taken = select(func.count()).select_from(member).where(member.c.folded == folded)
    if connection.execute(taken).scalar_one():
        raise InputError("member.name_taken", name=new.name)
    connection.execute(
        insert(member).values(
            id=new.id,
            name=new.name,
            folded=folded,
            role=new.role.value,
            added_at=new.added_at,
        )
    )


def check_leaving(connection: Connection, member_id: MemberId) -> None:
    """Refuse that a member leaves who cannot.

    Raises:
        InputError: ``member.unknown``.
        RefusedError: ``member.last_secretariat`` if nobody could manage the congress then.
    """
    leaving = find(connection, member_id)
    if leaving is None:
        raise InputError("member.unknown")
    managers = select(func.count()).where(member.c.role == Role.SECRETARIAT.value)
    if leaving.role is Role.SECRETARIAT and connection.execute(managers).scalar_one() == 1:
        raise RefusedError("member.last_secretariat")


def remove(connection: Connection, member_id: MemberId) -> None:
    """Remove a member.

    Raises:
        InputError: ``member.unknown``.
        RefusedError: ``member.last_secretariat``.
    """
    check_leaving(connection, member_id)
    connection.execute(delete(member).where(member.c.id == member_id))


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(row.id, row.name, Role(row.role), row.added_at)
