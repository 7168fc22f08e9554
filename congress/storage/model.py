"""What storage tells of itself: the members who sign in, and its events."""

from dataclasses import dataclass
from datetime import datetime

from congress.kernel.events import Event
from congress.kernel.ids import MemberId
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
