"""The part of the booth that lets a voter in: the card or the badge, and the ballot paper."""

from sqlalchemy import Connection

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.roles import Right
from congress.voting import box, cards, store
from congress.voting.casting import Admission, require_elector, require_open
from congress.voting.crypto.credentials import public_of, secret_of
from congress.voting.crypto.group import Scalar
from congress.voting.election import encrypted
from congress.voting.model import Poll, Secrecy, State
from congress.voting.parts import Part


class Admitting(Part):
    """What stands at the door of a voting panel."""

    def admit(self, text: str) -> Admission:
        """Return the ballot paper for the card or badge that was scanned or typed.

        A badge leads to the newest open poll its owner has not voted in yet, and then, one
        after the other, to the votes that he casts there as proxy; a card to its own secret
        poll. Nothing is stored.

        Raises:
            InputError: ``voting.card_misread``, ``voting.card_unknown``, ``voting.card_half``
                if the other half of a card is needed too.
            RefusedError: ``voting.card_used``, ``voting.card_void``, ``voting.not_open``,
                ``voting.suspended``, ``voting.ended``, ``voting.not_on_roll``,
                ``voting.already_voted``, ``voting.represented`` for one for whom a proxy
                votes, ``voting.needs_card`` for a badge while no open poll runs,
                ``voting.old_ledger``.
        """
        self._ports.actor.require(Right.CAST)
        person = self._ports.people.by_badge(text)
        with self._ports.database.reading() as connection:
            if person is not None:
                poll, elector = self._named_poll(connection, person)
                rule = self._rule(connection, poll)
                if elector == person.id:
                    return Admission(poll, rule, person=person)
                return Admission(poll, rule, person=self._person(elector), by=person)
            poll, secret, state = self._card(connection, cards.read(text))
            self._require_running(poll)
            if state.void:
                raise RefusedError("voting.card_void")
            if state.used:
                raise RefusedError("voting.card_used")
            return Admission(poll, self._rule(connection, poll), secret=secret)

    def _card(
        self, connection: Connection, codes: tuple[str, ...]
    ) -> tuple[Poll, Scalar, box.CredentialState]:
        """Find the poll of a card: its key is tried in each, those that run first."""
        polls = [poll for poll in store.polls(connection) if encrypted(poll.plan)]
        polls.sort(key=lambda poll: poll.state not in (State.OPEN, State.SUSPENDED))
        halves = False
        for poll in polls:
            secret = secret_of(poll.id, codes)
            state = box.credential_state(connection, poll.id, public_of(secret))
            if state is not None:
                return poll, secret, state
            halves |= len(codes) == 1 and box.in_halves(connection, poll.id)
        raise InputError("voting.card_half" if halves else "voting.card_unknown")

    def _person(self, person_id: PersonId) -> Person:
        everyone = self._ports.people.everyone()
        return next(person for person in everyone if person.id == person_id)

    def _named_poll(self, connection: Connection, person: Person) -> tuple[Poll, PersonId]:
        """Return the poll that a badge leads to, and whose vote is cast there."""
        running = [
            poll
            for poll in store.polls(connection)
            if poll.state in (State.OPEN, State.SUSPENDED) and poll.plan.secrecy is Secrecy.OPEN
        ]
        if not running:
            raise RefusedError("voting.needs_card")
        for poll in running:
            self._require_current(connection, poll)
            electorate = store.electorate(connection, poll.id)
            waiting = [
                elector
                for elector in electorate.cast_by(person.id)
                if box.named_request(connection, poll.id, elector) is None
            ]
            if waiting:
                self._require_running(poll)
                return poll, waiting[0]
            if not electorate.cast_by(person.id):
                self._require_running(poll)
                require_elector(electorate, person, None)
        raise RefusedError("voting.already_voted")

    def _require_running(self, poll: Poll) -> None:
        """Refuse to let anybody in once the announced end of the voting is over."""
        require_open(poll)
        if poll.ends_at is not None and poll.ends_at <= self._ports.clock.now():
            raise RefusedError("voting.ended")
