"""A hall with delegates and a voting booth, without a roll call or a vault."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

from congress.kernel.approval import Approval
from congress.kernel.clock import ManualClock
from congress.kernel.errors import InputError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import MemberId, PersonId, PollId, SessionId
from congress.kernel.people import Person
from congress.kernel.roles import Actor, Role
from congress.kernel.roll import Roll
from congress.kernel.signing import Signer
from congress.storage.database import Database
from congress.voting import board_store, tables
from congress.voting.booth import Booth
from congress.voting.cards import Card
from congress.voting.casting import Admission, Prepared
from congress.voting.crypto.credentials import secret_of
from congress.voting.crypto.tally import partial_of
from congress.voting.model import Ballot, Candidate, Poll, Receipt, Secrecy
from congress.voting.outcome import Result
from congress.voting.rules.model import Rule
from tests.helpers.trustees import board
from tests.helpers.vaults import MORNING, actor, memory_database

assert tables.poll is not None  # the tables must be known before a database is made

APPROVAL = Approval("second", "a passphrase")
PARTY = "party-congress"
ROBERTS = "roberts"


def delegates(number: int) -> tuple[Person, ...]:
    return tuple(
        Person(
            PersonId(f"person{place:020}"),
            f"D-{place:03}",
            f"Delegate {place}",
            f"Section {place % 3}",
        )
        for place in range(1, number + 1)
    )


def roll_of(
    present: Sequence[Person], *, summoned: int | None = None, absent: int = 0, conveners: int = 0
) -> Roll:
    return Roll(
        session_id=SessionId("session"),
        taken_at=datetime(2026, 3, 14, 9, 0, tzinfo=UTC),
        summoned=len(present) if summoned is None else summoned,
        present=frozenset(person.id for person in present),
        absent_throughout=absent,
        conveners_absent_throughout=conveners,
        weights={person.id: Fraction(1) for person in present},
        sections={person.id: person.delegation for person in present},
    )


class People:
    """A list of persons."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons = tuple(persons)

    def everyone(self) -> Sequence[Person]:
        return self.persons

    def by_badge(self, badge: str) -> Person | None:
        wanted = badge.strip().casefold()
        return next((item for item in self.persons if item.badge.casefold() == wanted), None)

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        return [item for item in self.persons if text.casefold() in item.name.casefold()][:limit]


class Hall:
    """Delegates who are present, and a booth for the election committee."""

    def __init__(
        self,
        number: int = 10,
        *,
        role: Role = Role.SECRETARIAT,
        database: Database | None = None,
        bus: EventBus | None = None,
    ) -> None:
        self.people = People(delegates(number))
        self.roll = roll_of(self.people.persons)
        self.quorate = True
        self.events: list[Event] = []
        bus = bus or EventBus()
        bus.subscribe(self.events.append)
        self.clock = ManualClock(MORNING)
        self.database = database or memory_database(clock=self.clock, publisher=bus)
        self.second = Actor(MemberId("second"), Role.COMMITTEE, "second")
        self.signer = Signer(bytes(32))
        self.booth = self.booth_of(actor(role))
        self._seat_trustees()

    def _seat_trustees(self) -> None:
        self.ceremony, self.shares = board()
        with self.database.unit_of_work(actor()) as uow:
            if board_store.current(uow.connection) is None:
                board_store.add(uow.connection, self.ceremony, [])
                uow.commit()

    def booth_of(self, who: Actor) -> Booth:
        return Booth(
            self.database,
            who,
            self.clock,
            self.signer,
            lambda: self.roll,
            self.people,
            quorate=lambda: self.quorate,
            approve=self._approve,
        )

    def _approve(self, approval: Approval) -> Actor:
        if approval != APPROVAL:
            raise InputError("vault.wrong_passphrase")
        return self.second

    def motion(self, secrecy: Secrecy = Secrecy.OPEN, rule: str = "majority") -> Poll:
        pack = ROBERTS if rule in ("majority", "two-thirds") else PARTY
        return self.booth.propose_motion(
            "Adopt the programme", pack_id=pack, rule_id=rule, secrecy=secrecy
        )

    def election(self, names: str = "ABCD", seats: int = 3, pack: str = PARTY) -> Poll:
        return self.booth.propose_election(
            "Committee",
            [Candidate(name, f"Name {name}") for name in names],
            seats,
            pack_id=pack,
            rule_id="election",
        )

    def rule(self, poll: Poll) -> Rule:
        rule = self.booth.packs()[poll.plan.pack_id].rule(poll.plan.rule_id)
        assert rule is not None
        return rule

    def opened_motion(self, rule: str = "majority") -> Poll:
        poll = self.motion(rule=rule)
        self.booth.fix_manifest(poll.id)
        return self.booth.open(poll.id)

    def opened_secret(self, poll: Poll, cards: int | None = None) -> tuple[Poll, tuple[Card, ...]]:
        self.booth.fix_manifest(poll.id)
        issued = self.booth.issue_cards(poll.id, cards or len(self.people.persons))
        self.booth.draw_cards_present(poll.id)
        return self.booth.open(poll.id, APPROVAL), issued

    def opened_election(
        self, names: str = "ABCD", seats: int = 3, pack: str = PARTY, cards: int | None = None
    ) -> tuple[Poll, tuple[Card, ...]]:
        return self.opened_secret(self.election(names, seats, pack), cards)

    def cast(self, credential: str, marks: str | Sequence[str], request: str = "") -> Receipt:
        """Cast one contest: ``marks`` are cells, or a string of one-letter cells."""
        prepared = self.prepare(credential, marks)
        return self.booth.cast(prepared, request or f"request of {credential}")

    def admission(self, poll_id: PollId, card: Card) -> Admission:
        """Return what a station holds that let the bearer of a card in before now."""
        poll = self.booth.poll(poll_id)
        return Admission(poll, self.rule(poll), secret=secret_of(poll_id, card.codes))

    def prepare(self, credential: str, marks: str | Sequence[str]) -> Prepared:
        return self.booth.prepare(self.booth.admit(credential), Ballot((frozenset(marks),)))

    def vote(self, badges: Sequence[str], cell: str) -> None:
        for badge in badges:
            self.cast(badge, [cell])

    def badges(self, first: int, last: int) -> list[str]:
        return [person.badge for person in self.people.persons[first:last]]

    def decrypt(self, poll_id: PollId, trustees: Sequence[int] = (1, 2)) -> None:
        """Let trustees decrypt their parts of the sums of a secret poll."""
        asked = self.booth.tally_to_decrypt(poll_id)
        for trustee in trustees:
            share = self.shares[trustee - 1]
            self.booth.add_partial(poll_id, partial_of(asked.context, asked.sums, share))

    def count(self, poll_id: PollId) -> Result:
        """Count a closed poll."""
        if self.booth.poll(poll_id).plan.secrecy is Secrecy.SECRET:
            self.booth.encrypted_tally(poll_id, APPROVAL)
            self.decrypt(poll_id)
        return self.booth.tally(poll_id)

    def finish(self, poll_id: PollId) -> None:
        """Close, count and certify."""
        self.booth.close(poll_id, APPROVAL)
        self.count(poll_id)
        self.booth.certify(poll_id, APPROVAL)
