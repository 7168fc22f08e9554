"""Leads a key ceremony: on one machine that is passed around, or over the files in a folder.

It lasts while the congress is open, whatever language the pages are built in: a ceremony must
not be lost because somebody reads Urdu. What it keeps between two turns is keys made from
passphrases and sealed files, never a secret in the clear.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.progress import Progress
from congress.storage.header import KdfParameters
from congress.ui.context import UiContext
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.trustees import folder, keeper, rehearsal, roundtable, sharefile
from congress.voting.trustees.board import Board, Boards
from congress.voting.trustees.folder import Gathered
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.log import Log, LogLine, What, followed
from congress.voting.trustees.messages import Message
from congress.voting.trustees.rehearsal import Rehearsal
from congress.voting.trustees.session import Session, Stage


@dataclass(frozen=True, slots=True)
class Table:
    """A ceremony on one machine.

    Attributes:
        invitation: Its frame.
        locks: What each share file will be sealed with, by index, until they are made.
        session: Once the ceremony was held.
        files: The sealed files that were not handed out yet.
        test: The rehearsal.
        answers: What each file that was handed out made of it.
    """

    invitation: Invitation
    locks: Mapping[int, sharefile.Lock] = field(default_factory=dict, repr=False)
    session: Session | None = None
    files: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    test: Rehearsal | None = None
    answers: Mapping[int, Message] = field(default_factory=dict)

    @property
    def next(self) -> int | None:
        """The index of the trustee whose turn it is, or ``None`` when all have had theirs."""
        done = self.answers if self.session is not None else self.locks
        return next((index for index in self.invitation.indices if index not in done), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A ceremony over files.

    Attributes:
        path: The folder.
        gathered: What lies there.
        done: Indices of the trustees whose files have decrypted the test ballots.
    """

    path: Path
    gathered: Gathered
    done: frozenset[int] = frozenset()

    @property
    def ready(self) -> bool:
        """Whether every trustee's file has decrypted the test ballots."""
        return len(self.done) == len(self.gathered.session.invitation.names)


class CeremonyDesk(QObject):
    """The state of the ceremony under way, and the steps that move it."""

    changed = Signal()
    """Something of ``table``, ``place``, ``board`` or ``busy`` is different now."""
    refused = Signal(object)
    """The ``CongressError`` because of which a step was not taken."""
    handed_out = Signal(object)
    """The ``Holder`` of the share file just written: for a copy on paper, while its owner is
    at the machine."""

    def __init__(
        self,
        context: UiContext,
        boards: Boards,
        clock: Clock,
        congress: Callable[[], str],
        kdf: KdfParameters | None = None,
    ) -> None:
        """Work on ``boards``.

        Args:
            context: The surroundings.
            boards: Keeps the board.
            clock: Dates the lines of the log.
            congress: Returns the name of the congress.
            kdf: What a try of a passphrase costs; by default as much as a vault's.
        """
        super().__init__()
        self._context, self._boards, self._clock = context, boards, clock
        self._congress, self._kdf = congress, kdf
        self.board: Board | None = None
        self.table: Table | None = None
        self.place: Place | None = None
        self.log: Log = ()
        self.busy = False

    @property
    def may_lead(self) -> bool:
        """Whether the signed-in member may put a board in office."""
        return self._boards.may_install

    @property
    def congress(self) -> str:
        """Name of the congress."""
        return self._congress()

    def dress(self, context: UiContext) -> None:
        """Go on in the pages that were just built."""
        self._context = context

    def close(self) -> None:
        """Forget everything: the congress is being closed."""
        self.table = self.place = None
        self.log = ()

    def refresh(self) -> None:
        """Read which board is in office, and what lies in the folder."""
        self._context.tasks.free(lambda _: self._boards.current()).success(self._in_office).start()
        if self.place is not None:
            self.look()

    def _in_office(self, board: Board | None) -> None:
        self.board = board
        self.changed.emit()

    def _work(self, work: Callable[[Progress], object], done: Callable[[object], object]) -> None:
        """Do ``work`` outside the GUI thread, one thing at a time."""
        if self.busy:
            return
        self.busy = True
        self.changed.emit()

        def ended() -> None:
            self.busy = False
            self.changed.emit()

        task = self._context.tasks.free(work).success(done).failure(self._refuse)
        task.ended(ended).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)

    def leave(self) -> None:
        """Break off what is under way and forget it; files that were written stay."""
        self.table = self.place = None
        self.log = ()
        self.changed.emit()

    # --- one machine ---------------------------------------------------------------------

    def begin_table(self, invitation: Invitation) -> None:
        """Begin a ceremony on this machine."""
        self.table = Table(invitation)
        self.log = followed((), Session(invitation), self._clock.now())
        self.changed.emit()

    def take_seat(self, index: int, passphrase: str) -> None:
        """Keep the key that a trustee's passphrase makes; after the last one, hold the ceremony."""
        table = self.table
        if table is None:
            return

        def work(_: Progress) -> Table:
            locks = {**table.locks, index: sharefile.lock(passphrase, self._kdf)}
            seated = replace(table, locks=locks)
            if len(locks) < len(table.invitation.names):
                return seated
            session, files = roundtable.hold(table.invitation, locks)
            test = rehearsal.prepare(session.ceremony())
            return replace(seated, locks={}, session=session, files=files, test=test)

        self._work(work, self._seated)

    def _seated(self, made: object) -> None:
        if isinstance(made, Table):
            self.table = made
            if made.session is not None and made.test is not None:
                now = self._clock.now()
                lines = followed(self.log, made.session, now)
                mark = made.test.ceremony.hash
                self.log = (*lines, LogLine(now, What.COMPLETE, digest=mark))

    def repeat_table_without(self, index: int) -> None:
        """Begin again at this machine without a trustee who does not come; the log goes on."""
        table = self.table
        if table is None or self.busy:
            return
        now = self._clock.now()
        over = (table.session or Session(table.invitation)).given_up(index)
        log = followed(self.log, over, now)
        invitation = table.invitation.without([index])
        self.table, self.log = Table(invitation), followed(log, Session(invitation), now)
        self.changed.emit()

    def hand_out(self, index: int, path: Path, passphrase: str) -> None:
        """Write a trustee's share file, read it back, and let it decrypt the test ballots.

        ``handed_out`` or ``refused`` answers.
        """
        table = self.table
        if table is None or table.test is None or index not in table.files:
            return
        sealed, test = table.files[index], table.test

        def work(_: Progress) -> tuple[Holder, Message]:
            sharefile.unseal(sealed, passphrase)
            keeper.hand_out(path, sealed)
            holder, _lock = sharefile.unseal(folder.take(path, sharefile.LARGEST), passphrase)
            return holder, rehearsal.take_part(test, holder)

        self._work(work, self._handed)

    def _handed(self, made: object) -> None:
        table = self.table
        if table is None or not isinstance(made, tuple):
            return
        holder, answer = made
        answers = {**table.answers, holder.index: answer}
        files = {index: data for index, data in table.files.items() if index != holder.index}
        self.table = replace(table, answers=answers, files=files)
        now = self._clock.now()
        self.log = (
            *self.log,
            LogLine(now, What.KEPT, holder.name),
            LogLine(now, What.REHEARSED, holder.name, digest=answer.digest),
        )
        self.handed_out.emit(holder)

    # --- files in a folder ---------------------------------------------------------------

    def begin_folder(self, path: Path, invitation: Invitation) -> None:
        """Begin a ceremony whose files lie in ``path``."""
        self.log = ()

        def work(_: Progress) -> Place:
            folder.begin(path, invitation)
            return self._looked(path)

        self._work(work, self._found)

    def open_folder(self, path: Path) -> None:
        """Go on with the ceremony whose files lie in ``path``."""
        before, log = self.place, self.log
        if before is None or before.path != path:
            self._work(lambda _: self._looked(path), self._found)
            return

        def work(_: Progress) -> Place:
            place = self._looked(path, log)
            if not before.gathered.session.agrees(place.gathered.session):
                raise RefusedError("trustees.swapped")
            return place

        self._work(work, self._found)

    def look(self) -> None:
        """Look again at what lies in the folder."""
        if self.place is not None:
            self.open_folder(self.place.path)

    def repeat_without(self, indices: Sequence[int]) -> None:
        """Set the ceremony aside and begin another one without some; the log goes on."""
        place = self.place
        if place is None:
            return

        def work(_: Progress) -> Place:
            session = place.gathered.session
            invitation = session.invitation.without(indices)
            if session.fault is None:
                for index in indices:
                    session = session.given_up(index)
            log = followed(place.gathered.log, session, self._clock.now())
            folder.put_log(place.path, log)
            folder.set_aside(place.path, session)
            folder.begin(place.path, invitation)
            return self._looked(place.path, log)

        self._work(work, self._found)

    def _looked(self, path: Path, log: Log = ()) -> Place:
        """Look at a folder; ``log`` is what was seen of it here, if anything.

        Whoever carries the stick could bend the log that lies on it.
        """
        gathered = folder.gather(path)
        session, now = gathered.session, self._clock.now()
        log, done = followed(log or gathered.log, session, now), frozenset[int]()
        if session.stage is Stage.COMPLETE:
            ceremony = session.ceremony()
            if not _is_of(gathered.rehearsal, ceremony):
                folder.put(path / folder.REHEARSAL, rehearsal.prepare(ceremony).to_bytes())
                gathered = folder.gather(path)
            if all(line.digest != ceremony.hash for line in log):
                log = (*log, LogLine(now, What.COMPLETE, digest=ceremony.hash))
            done = rehearsal.succeeded(rehearsal.read(gathered.rehearsal), gathered.answers)
            log = _rehearsed(log, gathered, done, now=self._clock)
        if log != gathered.log:
            folder.put_log(path, log)
        return Place(path, replace(gathered, log=log), done)

    def _found(self, made: object) -> None:
        if isinstance(made, Place):
            self.place = made
            self.log = made.gathered.log

    # --- both ----------------------------------------------------------------------------

    def finish(self) -> None:
        """Put the board in office."""
        table, place, log = self.table, self.place, self.log

        def work(_: Progress) -> Board | None:
            if table is not None and table.test is not None:
                return self._boards.install(table.test, tuple(table.answers.values()), log)
            if place is not None:
                test = rehearsal.read(place.gathered.rehearsal)
                return self._boards.install(test, place.gathered.answers, log)
            return None

        def done(board: Board | None) -> None:
            if board is not None:
                self.board = board
                self.leave()

        self._context.tasks.store(work).success(done).failure(self._refuse).start()


def _is_of(data: bytes, ceremony: Ceremony) -> bool:
    """Return whether a file holds the rehearsal of this ceremony and of no other."""
    try:
        return rehearsal.read(data).ceremony.hash == ceremony.hash
    except InputError:
        return False


def _rehearsed(log: Log, gathered: Gathered, done: frozenset[int], *, now: Clock) -> Log:
    told = {line.digest for line in log if line.digest}
    lines = []
    for answer in gathered.answers:
        if answer.sender in done and answer.digest not in told:
            name = gathered.session.invitation.name(answer.sender)
            lines.append(LogLine(now.now(), What.REHEARSED, name, digest=answer.digest))
    return (*log, *lines)
