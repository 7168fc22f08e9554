"""Who may do what: the roles of the people who sign in, and the clearances of papers."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import total_ordering

from congress.kernel.errors import BugError, RefusedError
from congress.kernel.ids import GroupId, MemberId


class Role(StrEnum):
    """The part a signed-in member plays at the congress."""

    SECRETARIAT = "secretariat"
    ORGANISER = "organiser"
    COMMITTEE = "committee"
    DELEGATE = "delegate"
    PROJECTOR = "projector"
    READER = "reader"
    """Whoever holds a pack: papers for reading, and nothing else of the congress."""


class Clearance(StrEnum):
    """Who may read a paper, from everyone to the secretariat alone."""

    PUBLIC = "public"
    DELEGATES = "delegates"
    RESTRICTED = "restricted"
    SECRET = "secret"  # noqa: S105 - a clearance, not a password


@total_ordering
@dataclass(frozen=True, slots=True)
class Shelf:
    """A place for papers with a file and a key of its own.

    Shelves sort from public to secret; the groups of a clearance come after its own shelf.

    Attributes:
        clearance: Who may read what lies there.
        group: The group it is for; only of restricted papers. Restricted papers without a
            group are for the secretariat.
    """

    clearance: Clearance
    group: GroupId | None = None

    def __post_init__(self) -> None:
        """Refuse a group of any other clearance.

        Raises:
            BugError: Only restricted papers have groups.
        """
        if self.group is not None and self.clearance is not Clearance.RESTRICTED:
            raise BugError("only restricted papers have a group")

    def __lt__(self, other: "Shelf") -> bool:
        """Return whether this shelf comes before ``other``."""
        return self._place < other._place

    @property
    def _place(self) -> tuple[int, str]:
        return tuple(Clearance).index(self.clearance), self.group or ""


class Right(Enum):
    """An action that needs a role."""

    MANAGE_PEOPLE = "manage_people"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_PAPERS = "manage_papers"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_PROGRAMME = "manage_programme"
    CHECK_IN = "check_in"
    ENROL_FACES = "enrol_faces"
    OPEN_SESSION = "open_session"
    PREPARE_POLL = "prepare_poll"
    RUN_POLL = "run_poll"
    ISSUE_CARDS = "issue_cards"
    CAST = "cast"
    EXPORT = "export"
    READ_PAPERS = "read_papers"
    SEE_PEOPLE = "see_people"
    SEE_RESULTS = "see_results"
    SEE_READERS = "see_readers"
    MAKE_PACKS = "make_packs"
    MANAGE_AMENDMENTS = "manage_amendments"
    PRESENT = "present"


_EVERYONE = frozenset({Right.READ_PAPERS, Right.SEE_RESULTS})
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.SECRETARIAT: frozenset(Right),
    Role.ORGANISER: _EVERYONE
    | {
        Right.SEE_PEOPLE,
        Right.CHECK_IN,
        Right.ENROL_FACES,
        Right.OPEN_SESSION,
        Right.ISSUE_CARDS,
    },
    Role.COMMITTEE: _EVERYONE
    | {
        Right.SEE_PEOPLE,
        Right.PREPARE_POLL,
        Right.RUN_POLL,
        Right.ISSUE_CARDS,
        Right.CAST,
        Right.EXPORT,
        Right.MANAGE_AMENDMENTS,
        Right.PRESENT,
    },
    Role.DELEGATE: _EVERYONE | {Right.CAST},
    Role.PROJECTOR: _EVERYONE,
    Role.READER: frozenset({Right.READ_PAPERS}),
}

CLEARANCES_OF: dict[Role, tuple[Clearance, ...]] = {
    Role.SECRETARIAT: tuple(Clearance),
    Role.ORGANISER: (Clearance.PUBLIC, Clearance.DELEGATES),
    Role.COMMITTEE: (Clearance.PUBLIC, Clearance.DELEGATES),
    Role.DELEGATE: (Clearance.PUBLIC, Clearance.DELEGATES),
    Role.PROJECTOR: (Clearance.PUBLIC,),
    Role.READER: (Clearance.PUBLIC, Clearance.DELEGATES),
}
"""Which clearance keys a new member of each role is given. Keys, not checks, enforce it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in member on whose behalf a service acts.

    Attributes:
        member_id: Identifies the member's key slot and audit entries.
        role: What the member may do.
        name: The sign-in name.
    """

    member_id: MemberId
    role: Role
    name: str

    def may(self, right: Right) -> bool:
        """Return whether the member's role includes ``right``."""
        return right in _RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Refuse the action unless the member's role includes ``right``.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        if not self.may(right):
            raise RefusedError("role.not_allowed", role=self.role.value, right=right.value)
