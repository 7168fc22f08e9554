"""Wraps the data keys of a group's papers under the group's new key."""

from sqlalchemy import Connection, select, update

from congress.docs import datakeys
from congress.docs.store import version
from congress.kernel.ids import GroupId
from congress.kernel.roles import Clearance, Shelf


def rewrap(connection: Connection, group_id: GroupId, old: bytes, new: bytes) -> None:
    """Wrap the data key of every version in a group's file anew.

    Args:
        connection: Writing to the file.
        group_id: The group.
        old: The key they are wrapped under (32 bytes).
        new: The key to wrap them under (32 bytes).

    Raises:
        InputError: ``docs.blob_damaged`` if a wrapped key is bent.
    """
    shelf = Shelf(Clearance.RESTRICTED, group_id)
    rows = connection.execute(select(version.c.id, version.c.paper_id, version.c.wrapped_key))
    for row in rows.all():
        data_key = datakeys.unwrap(old, row.wrapped_key, row.paper_id, row.id, shelf)
        wrapped = datakeys.wrap(new, data_key, row.paper_id, row.id, shelf)
        connection.execute(
            update(version).where(version.c.id == row.id).values(wrapped_key=wrapped)
        )
