"""What storage tells of itself: the members who sign in, their groups, and its events."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from congress.kernel.events import Event
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who can sign in.

    Attributes:
        id: Identifies the member's key slot and audit entries.
        name: The sign-in name, unique without regard to case.
        role: What the member may do.
        added_at: When, aware, in UTC.
    """

    id: MemberId
    name: str
    role: Role
    added_at: datetime


@dataclass(frozen=True, slots=True)
class MembersChanged(Event):
    """A member was added or removed."""


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """The settings of the congress were changed."""


@dataclass(frozen=True, slots=True)
class Group:
    """Members who may read restricted papers of their own.

    Attributes:
        id: Random identifier.
        name: What it is called; only its members and the secretariat can read it.
        members: Who belongs to it, by sign-in name; everyone of the secretariat besides.
    """

    id: GroupId
    name: str
    members: tuple[MemberId, ...]


@dataclass(frozen=True, slots=True)
class GroupsChanged(Event):
    """A group came, went, or has other members."""


Rewrap = Callable[[Connection, GroupId, bytes, bytes], None]
"""Wraps the data keys in a group's file of papers under a new key.

It is given a connection that writes to the file, the group, the old key and the new one (32 bytes
each).
"""
