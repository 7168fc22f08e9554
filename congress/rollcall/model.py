"""The register of a congress as frozen values, and the events of the roll call."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from congress.kernel.events import Event
from congress.kernel.ids import MemberId, PersonId, SessionId
from congress.kernel.people import Person
from congress.rollcall.quorum import Quorum

EntryId = NewType("EntryId", str)


class Method(StrEnum):
    """How a person was recognised. Texts: ``rollcall.method.<value>``."""

    FACE = "face"
    OPERATOR = "operator"
    MANUAL = "manual"
    QR = "qr"


class Status(StrEnum):
    """Where a person stands in a session. Texts: ``rollcall.status.<value>``."""

    PRESENT = "present"
    LEFT = "left"
    """Out of the hall while the session goes on; may come back."""
    LEFT_EARLY = "left_early"
    """Came, and was not in the hall when the session closed."""
    REPLACED = "replaced"
    EXCUSED = "excused"
    ABSENT = "absent"


class CorrectionKind(StrEnum):
    """What a correction of the register does. Texts: ``rollcall.correction.<value>``."""

    ADDED = "added"
    """A stay that nobody entered."""
    TIMES = "times"
    """Other times of a stay."""
    TAKEN_BACK = "taken_back"
    """A stay that never was."""


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of the congress.

    Attributes:
        id: Identifies it.
        name: As the organisers call it.
        opened_at: When the doors opened, aware, in UTC.
        closed_at: When it closed, or ``None`` while it is open.
        began_at: When the chair opened the sitting, or ``None`` while people still come in.
            Who comes after it is late, and the register is then corrected by two people.
    """

    id: SessionId
    name: str
    opened_at: datetime
    closed_at: datetime | None = None
    began_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One stay of one person in the hall.

    Attributes:
        id: Identifies it.
        session_id: The session.
        person_id: Who came.
        came_at: When, aware, in UTC.
        left_at: When the person left, or ``None``.
        method: How the person was recognised.
        score: Score of the face in thousandths, or ``None`` for the other methods.
        model: Name of the model behind the score, or empty.
        door: Name of the door, or empty.
        seat_of: The official delegate in whose seat an alternate sits, or ``None``.
        reason: Why the alternate took the seat, or empty.
    """

    id: EntryId
    session_id: SessionId
    person_id: PersonId
    came_at: datetime
    left_at: datetime | None
    method: Method
    score: int | None = None
    model: str = ""
    door: str = ""
    seat_of: PersonId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Excuse:
    """Somebody asked to be excused from a session.

    Attributes:
        session_id: The session.
        person_id: Who.
        reason: Why, in the person's words or the organiser's.
        at: When it was noted, aware, in UTC.
    """

    session_id: SessionId
    person_id: PersonId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in the hall as a correction states it.

    Attributes:
        came_at: When the person came, aware, in UTC.
        left_at: When the person left, or ``None`` for to the end, or until now.
        seat_of: The official delegate in whose seat an alternate sat, or ``None``.
    """

    came_at: datetime
    left_at: datetime | None = None
    seat_of: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of the register after the fact; nothing is overwritten.

    Attributes:
        id: Identifies it.
        session_id: The session.
        person_id: Whose stay.
        kind: What was changed.
        before: The entry that no longer stands, or ``None``.
        after: The entry that stands instead, or ``None``.
        reason: Why.
        by: Who made it.
        confirmed_by: Who else stood for it, or ``None`` before the sitting began.
        at: When, aware, in UTC.
    """

    id: str
    session_id: SessionId
    person_id: PersonId
    kind: CorrectionKind
    before: EntryId | None
    after: EntryId | None
    reason: str
    by: MemberId
    confirmed_by: MemberId | None
    at: datetime


class ConsentAnswer(StrEnum):
    """What a person said to being recognised by face. Texts: ``faces.consent.<value>``."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's answer. Who refuses loses nothing: the manual way is equal.

    Attributes:
        person_id: Who.
        answer: What they said.
        note: How, for instance "form of registration", or empty.
        at: When it was noted, aware, in UTC.
    """

    person_id: PersonId
    answer: ConsentAnswer
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The answer to a check-in.

    Attributes:
        entry: The entry in the register.
        person: Who came.
        new: Whether this check-in made the entry; ``False`` if the person was in already.
        quorum: The state of the house now.
    """

    entry: Entry
    person: Person
    new: bool
    quorum: Quorum


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register of a session.

    Attributes:
        person: The person.
        status: Where the person stands.
        entries: Every stay of the person in this session, in order.
        seated: Who sits in the person's seat instead, or ``None``.
        late: Whether the person first came after the sitting had begun.
        excuse: Why the person is excused, or empty.
    """

    person: Person
    status: Status
    entries: tuple[Entry, ...] = ()
    seated: PersonId | None = None
    late: bool = False
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class PresenceChanged(Event):
    """Somebody came, left, took a seat, was excused, or the register was corrected.

    Attributes:
        session_id: The session.
        person_id: Who.
        inside: Whether the person is in the hall now.
        quorum: The state of the house now.
    """

    session_id: SessionId
    person_id: PersonId
    inside: bool
    quorum: Quorum


@dataclass(frozen=True, slots=True)
class SessionsChanged(Event):
    """A session opened or closed.

    Attributes:
        session: The session as it is now.
    """

    session: Session


@dataclass(frozen=True, slots=True)
class GalleryChanged(Event):
    """Faces were enrolled or erased; whoever recognises takes the gallery anew.

    Attributes:
        persons: How many are enrolled now.
    """

    persons: int


@dataclass(frozen=True, slots=True)
class BadgesChanged(Event):
    """A badge became void; whoever reads badges takes the valid ones anew.

    Attributes:
        person_id: Whose.
    """

    person_id: PersonId
