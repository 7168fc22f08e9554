"""The service that keeps the board of trustees of a congress."""

from dataclasses import dataclass

from congress.kernel.clock import Clock
from congress.kernel.errors import RefusedError
from congress.kernel.events import Event
from congress.kernel.roles import Actor, Right
from congress.storage.database import Database
from congress.voting import board_store
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.trustees import log as ceremony_log
from congress.voting.trustees.log import Log, LogLine, What
from congress.voting.trustees.messages import Message
from congress.voting.trustees.rehearsal import Rehearsal, is_passed


@dataclass(frozen=True, slots=True)
class BoardChanged(Event):
    """Another board is in office: the hash of its ceremony."""

    ceremony_hash: bytes


@dataclass(frozen=True, slots=True)
class Board:
    """A board in office.

    Attributes:
        ceremony: What its key ceremony published.
        log: What happened in it.
    """

    ceremony: Ceremony
    log: Log


class Boards:
    """Keeps what the ceremonies of a congress published; never a share."""

    def __init__(self, database: Database, actor: Actor, clock: Clock) -> None:
        """Work in the name of ``actor``."""
        self._database, self._actor, self._clock = database, actor, clock

    @property
    def may_install(self) -> bool:
        """Whether the signed-in member may put a board in office."""
        return self._actor.may(Right.RUN_POLL)

    def current(self) -> Board | None:
        """Return the board that polls are encrypted for from now on, or ``None``."""
        with self._database.reading() as connection:
            ceremony = board_store.current(connection)
            if ceremony is None:
                return None
            log = board_store.log_of(connection, ceremony.hash)
        return Board(ceremony, ceremony_log.from_json(log))

    def install(self, rehearsal: Rehearsal, answers: tuple[Message, ...], log: Log) -> Board:
        """Put a board in office whose trustees have all decrypted the test ballots.

        Args:
            rehearsal: Of the board.
            answers: What the file of every trustee made of it.
            log: What happened so far; a last line is added.

        Raises:
            RefusedError: ``role.not_allowed``; ``trustees.not_rehearsed``.
            InputError: ``voting.bad_ceremony``.
        """
        self._actor.require(Right.RUN_POLL)
        ceremony = rehearsal.ceremony
        ceremony.check()
        if not is_passed(rehearsal, answers):
            raise RefusedError("trustees.not_rehearsed")
        whole = (*log, LogLine(self._clock.now(), What.READY, digest=ceremony.hash))
        with self._database.unit_of_work(self._actor) as uow:
            if board_store.by_hash(uow.connection, ceremony.hash) is None:
                board_store.add(uow.connection, ceremony, ceremony_log.to_json(whole))
                uow.audit(
                    "trustees.installed",
                    ceremony.hash.hex(),
                    trustees=len(ceremony.trustees),
                    threshold=ceremony.threshold,
                )
                uow.publish(BoardChanged(ceremony.hash))
            uow.commit()
        return Board(ceremony, whole)
