"""Gathers the reports from the services, in the name of the member who is signed in."""

from collections.abc import Callable, Mapping
from datetime import tzinfo

from congress.floor.programme import Programme
from congress.kernel.clock import Clock
from congress.kernel.ids import MemberId, PersonId, PollId
from congress.kernel.people import PeopleSource, Person
from congress.kernel.settings import Settings
from congress.rollcall.desk import Desk
from congress.secretariat.counting import CountingReport
from congress.secretariat.model import (
    AttendanceReport,
    Cover,
    CredentialsReport,
    MinutesReport,
    ResultReport,
    SessionAttendance,
)
from congress.voting.booth import Booth
from congress.voting.ledger import EntryType
from congress.voting.minutes import paper_counts
from congress.voting.model import Channel, State
from congress.voting.outcome import Result

_COUNTED = frozenset({State.TALLIED, State.CERTIFIED})


class Gatherer:
    """Reads the roll call, the voting and the programme into reports."""

    def __init__(
        self,
        people: PeopleSource,
        desk: Desk,
        booth: Booth,
        programme: Programme,
        settings: Callable[[], Settings],
        clock: Clock,
        zone: tzinfo | None = None,
        members: Callable[[], Mapping[MemberId, str]] = dict,
    ) -> None:
        """Take the services.

        Args:
            people: The list of the congress.
            desk: The register.
            booth: The polls.
            programme: The programme.
            settings: Returns the settings of the congress as they are now.
            clock: Dates the reports.
            zone: Time zone of the hall; ``None`` is that of the machine.
            members: Returns the sign-in name of each member.
        """
        self._people = people
        self._desk = desk
        self._booth = booth
        self._programme = programme
        self._settings = settings
        self._clock = clock
        self._zone = zone
        self._members = members

    def cover(self) -> Cover:
        """Return the head of every paper, dated now."""
        settings = self._settings()
        return Cover(
            name=settings.name,
            place=settings.place,
            starts=settings.starts,
            ends=settings.ends,
            issued=self._clock.now().astimezone(self._zone).replace(microsecond=0),
            motto=settings.motto,
        )

    def names(self) -> tuple[Mapping[PersonId, Person], Mapping[MemberId, str]]:
        """Return who stands behind the identifiers of persons and of members."""
        return {person.id: person for person in self._people.everyone()}, self._members()

    def attendance(self) -> AttendanceReport:
        """Return who attended.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        sessions = self._sessions()
        return AttendanceReport(self.cover(), sessions, self._desk.roll() if sessions else None)

    def credentials(self) -> CredentialsReport:
        """Return whose credentials were seen.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        sessions = self._sessions()
        return CredentialsReport(
            self.cover(),
            sessions,
            tuple(tuple(self._desk.corrections(each.session.id)) for each in sessions),
            self._members(),
            self._desk.roll() if sessions else None,
        )

    def results(self) -> ResultReport:
        """Return what was voted."""
        people = {person.id: person for person in self._people.everyone()}
        results = self._results()
        on_paper = {
            result.poll.id: self._on_paper(result.poll.id)
            for result in results
            if result.poll.plan.channel is not Channel.ELECTRONIC
        }
        complaints = {result.poll.id: self._booth.complaints(result.poll.id) for result in results}
        return ResultReport(self.cover(), results, people, on_paper, complaints)

    def _on_paper(self, poll_id: PollId) -> int:
        """Return how many ballots of a poll were cast on paper."""
        counts = paper_counts(self._booth.ledger(poll_id))
        return counts[0].cast if counts else 0

    def minutes(self) -> MinutesReport:
        """Return what happened.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        return MinutesReport(
            self.cover(), self._sessions(), self._programme.items(), self._results()
        )

    def counting(self, poll_id: PollId, lang: str) -> CountingReport:
        """Return what the minutes of a count are made of, the rule named in ``lang``."""
        booth, result = self._booth, self._booth.result(poll_id)
        entries = booth.ledger(poll_id)
        names: tuple[str, ...] = ()
        if given := booth.partials(poll_id):
            board = booth.trustees(poll_id)
            names = tuple(board.trustee(index).name for index in given)
        return CountingReport(
            self.cover(),
            result,
            booth.rule_of(poll_id).names[lang],
            names,
            self._on_paper(poll_id),
            sum(entry.type is EntryType.CHALLENGE for entry in entries),
            booth.complaints(poll_id),
        )

    def _sessions(self) -> tuple[SessionAttendance, ...]:
        return tuple(
            SessionAttendance(
                session, self._desk.register(session.id), self._desk.quorum(session.id)
            )
            for session in self._desk.sessions()
        )

    def _results(self) -> tuple[Result, ...]:
        counted = [poll for poll in self._booth.polls() if poll.state in _COUNTED]
        counted.sort(key=lambda poll: poll.number)
        return tuple(self._booth.result(poll.id) for poll in counted)
