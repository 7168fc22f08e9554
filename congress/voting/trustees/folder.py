"""The folder of a ceremony whose files are carried by USB: the one part here that reads and writes.

Everything that is said in a ceremony lies in one folder as small files, each whole or not at
all. The stick with it goes from machine to machine; or each trustee has one, and their files are
copied together. Whoever opens the folder sees the same ceremony, whatever the files are called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from congress.kernel.canonical import decode, encode
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.storage.faults import naming
from congress.storage.files import write_whole
from congress.voting.trustees import log as ceremony_log
from congress.voting.trustees import messages
from congress.voting.trustees.invitation import Invitation, read_invitation
from congress.voting.trustees.log import Log
from congress.voting.trustees.messages import Message, Round
from congress.voting.trustees.session import Session

INVITATION, MESSAGE = ".pcceremony", ".pcround"
REHEARSAL, LOG = "rehearsal.pcrehearsal", "log.json"
MOST_FILES = 2000
_NUMBERS = {each: number for number, each in enumerate(Round, start=1)}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of the folder that could not be taken, and why."""

    file: str
    error: CongressError


@dataclass(frozen=True, slots=True)
class Gathered:
    """What lies in a folder.

    Attributes:
        session: The ceremony so far.
        answers: The trustees' partial decryptions of the rehearsal.
        rehearsal: The file of the rehearsal, or empty.
        log: The log, kept by who leads the ceremony.
        problems: What could not be taken.
    """

    session: Session
    answers: tuple[Message, ...] = ()
    rehearsal: bytes = b""
    log: Log = ()
    problems: tuple[Problem, ...] = ()


def begin(folder: Path, invitation: Invitation) -> None:
    """Write the invitation into an empty part of a folder.

    Raises:
        RefusedError: ``trustees.folder_taken`` if a ceremony lies there already.
        EnvironmentFault: The folder cannot be written to.
    """
    with naming(folder):
        if any(folder.glob(f"*{INVITATION}")):
            raise RefusedError("trustees.folder_taken")
    put(folder / f"ceremony{INVITATION}", invitation.to_bytes())


def set_aside(folder: Path, session: Session) -> None:
    """Move the files of a ceremony that was broken off into a folder of their own; the log stays.

    The invitation goes last: a machine that dies meanwhile leaves the ceremony that it was.

    Raises:
        EnvironmentFault: The folder cannot be written to.
    """
    with naming(folder):
        aside = folder / f"broken-{session.invitation.id[:6]}"
        aside.mkdir(exist_ok=True)
        for path in sorted(folder.iterdir(), key=lambda path: path.suffix == INVITATION):
            if path.suffix in (INVITATION, MESSAGE) or path.name == REHEARSAL:
                path.replace(aside / path.name)


def put(path: Path, data: bytes) -> None:
    """Write a file whole, readable by its owner alone.

    Raises:
        EnvironmentFault: The disk is full or failed, or the folder cannot be written to.
    """
    with naming(path):
        write_whole(path, data)


def take(path: Path, most: int) -> bytes:
    """Read a file of at most ``most`` bytes.

    Raises:
        InputError: ``trustees.no_file`` if it is not there or too large.
        EnvironmentFault: It cannot be read.
    """
    with naming(path):
        try:
            if path.stat().st_size > most:
                raise InputError("trustees.no_file", file=path.name)
            return path.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise InputError("trustees.no_file", file=path.name) from error


def put_message(folder: Path, message: Message) -> Path:
    """Write a message into the folder and return its file."""
    number = _NUMBERS[message.round]
    path = folder / f"{number}-{message.round.value}-{message.sender:02}{MESSAGE}"
    put(path, message.to_bytes())
    return path


def put_log(folder: Path, log: Log) -> None:
    """Write the log into the folder."""
    put(folder / LOG, encode(ceremony_log.to_json(log)))


def gather(folder: Path) -> Gathered:
    """Read everything that lies in a folder.

    A file that is damaged, foreign or too early is named and left aside.

    Raises:
        InputError: ``trustees.no_ceremony`` if there is none, or more than one;
            ``trustees.bad_invitation``.
        EnvironmentFault: The folder cannot be read.
    """
    with naming(folder):
        found = sorted(folder.iterdir())[:MOST_FILES] if folder.is_dir() else []
    invitations = [path for path in found if path.suffix == INVITATION]
    if len(invitations) != 1:
        raise InputError("trustees.no_ceremony", file=folder.name)
    invitation = read_invitation(take(invitations[0], messages.LARGEST))
    problems: list[Problem] = []

    def tried(path: Path, read: Callable[[bytes], T], most: int) -> T | None:
        try:
            return read(take(path, most))
        except InputError as error:
            problems.append(Problem(path.name, error))
            return None

    read = [
        (path, message)
        for path in found
        if path.suffix == MESSAGE
        and (message := tried(path, messages.read, messages.LARGEST)) is not None
    ]
    session = Session(invitation)
    order = [*messages.ROUNDS[:3], Round.COMPLAINT, Round.SIGNATURE]
    for path, message in sorted(read, key=lambda each: _place(order, each[1])):
        if message.round is Round.REHEARSAL or session.fault is not None:
            continue
        try:
            session = session.add(message)
        except CongressError as error:
            problems.append(Problem(path.name, error))
    log, rehearsal = folder / LOG, folder / REHEARSAL
    return Gathered(
        session,
        tuple(message for _, message in read if message.round is Round.REHEARSAL),
        take(rehearsal, messages.LARGEST) if rehearsal.exists() else b"",
        (tried(log, _log, messages.LARGEST) if log.exists() else None) or (),
        tuple(problems),
    )


def _place(order: list[Round], message: Message) -> tuple[int, int]:
    return (order.index(message.round) if message.round in order else len(order), message.sender)


def _log(data: bytes) -> Log:
    return ceremony_log.from_json(decode(data))
