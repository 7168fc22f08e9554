"""What the papers of the secretariat say, as frozen values gathered from the services.

The reports hold the values of the roll call, the voting and the programme themselves; only
the builders beside this module choose words, columns and order. Every time here is aware;
``Cover.local`` gives it in the time zone of the hall.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from congress.floor.model import Item
from congress.i18n.translator import Translator
from congress.kernel.ids import MemberId, PersonId, PollId
from congress.kernel.people import Person
from congress.kernel.roll import Roll
from congress.rollcall.model import Correction, RegisterLine, Session
from congress.rollcall.quorum import Quorum
from congress.secretariat.typeset import Letterhead
from congress.voting.model import Complaint
from congress.voting.outcome import Result

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
"""The name of the country and its motto, as Decree 30/2020/NĐ-CP sets them on papers."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands at the head of every paper of a congress.

    Attributes:
        name: The congress.
        place: Where it meets, or empty.
        starts: Its first day, or ``None``.
        ends: Its last day, or ``None``.
        issued: When the papers were made, aware, in the time zone of the hall.
        motto: Whether papers in Vietnamese carry the name of the country and its motto.
    """

    name: str
    place: str
    starts: date | None
    ends: date | None
    issued: datetime
    motto: bool = False

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` in the time zone of the hall."""
        return moment.astimezone(self.issued.tzinfo)

    def letterhead(self, tr: Translator) -> Letterhead:
        """Return the head of a paper in the language of ``tr``."""
        day = self.issued.date()
        return Letterhead(
            name=tr.isolated(self.name),
            place_and_date=(
                tr("export.place_and_date", place=self.place, date=day)
                if self.place
                else tr.date(day)
            ),
            motto=_MOTTO if self.motto and tr.lang == "vi" else (),
        )

    def days(self, tr: Translator) -> str:
        """Return the days of the congress in words, or empty while they are not fixed."""
        if self.starts is None:
            return ""
        if self.ends is None or self.ends == self.starts:
            return tr.date(self.starts)
        return tr("export.from_to", first=self.starts, last=self.ends)


@dataclass(frozen=True, slots=True)
class SessionAttendance:
    """One session and its register.

    Attributes:
        session: The session.
        lines: A line for everyone on the list of the congress, ordered by badge number.
        quorum: The state of the house at its end, or now while it is open.
    """

    session: Session
    lines: tuple[RegisterLine, ...]
    quorum: Quorum


@dataclass(frozen=True, slots=True)
class AttendanceReport:
    """Who attended.

    Attributes:
        cover: The head of the paper.
        sessions: Every session, the first opened first.
        roll: The roll as it stands: the itemised base of elections; ``None`` before the
            first session.
    """

    cover: Cover
    sessions: tuple[SessionAttendance, ...]
    roll: Roll | None


@dataclass(frozen=True, slots=True)
class CredentialsReport:
    """Whose credentials were seen, session by session.

    Attributes:
        cover: The head of the paper.
        sessions: Every session, the first opened first.
        corrections: What was corrected in each of them, in the same order.
        members: Sign-in name of each member, to say who corrected.
        roll: As in ``AttendanceReport``.
    """

    cover: Cover
    sessions: tuple[SessionAttendance, ...]
    corrections: tuple[tuple[Correction, ...], ...]
    members: Mapping[MemberId, str]
    roll: Roll | None

    def only(self, session: str | None) -> "CredentialsReport":
        """Return the report of one session by its identifier; of all where there is no such.

        The base of elections belongs to the whole congress and is left out then.
        """
        for each, corrected in zip(self.sessions, self.corrections, strict=True):
            if each.session.id == session:
                return replace(self, sessions=(each,), corrections=(corrected,), roll=None)
        return self


@dataclass(frozen=True, slots=True)
class ResultReport:
    """What was voted.

    Attributes:
        cover: The head of the paper.
        results: Every counted poll, by number.
        people: Everyone on the list of the congress, to name the voters of open polls.
        on_paper: How many of a poll's ballots were cast on paper.
        complaints: The complaints about a poll, the oldest first.
    """

    cover: Cover
    results: tuple[Result, ...]
    people: Mapping[PersonId, Person]
    on_paper: Mapping[PollId, int] = field(default_factory=dict)
    complaints: Mapping[PollId, tuple[Complaint, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MinutesReport:
    """What happened.

    Attributes:
        cover: The head of the paper.
        sessions: Every session with its register, the first opened first.
        items: The programme, in order of time.
        results: Every counted poll, by number.
    """

    cover: Cover
    sessions: tuple[SessionAttendance, ...]
    items: tuple[Item, ...]
    results: tuple[Result, ...]

    def items_of(self, session: Session) -> tuple[Item, ...]:
        """Return the items that name ``session``, or that began while it was open."""
        named = tuple(item for item in self.items if item.session == session.name)
        if named:
            return named
        ends = session.closed_at or self.cover.issued
        return tuple(
            item
            for item in self.items
            if not item.session and session.opened_at <= item.starts <= ends
        )

    def results_of(self, session: Session) -> tuple[Result, ...]:
        """Return the polls that were opened in ``session``."""
        return tuple(
            result
            for result in self.results
            if result.poll.roll is not None and result.poll.roll.session_id == session.id
        )
