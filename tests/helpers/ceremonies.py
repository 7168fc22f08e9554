"""Key ceremonies for tests, with passphrases that cost nothing."""

from collections.abc import Iterator
from functools import cache

from congress.storage.header import KdfParameters
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.invitation import Invitation, invite
from congress.voting.trustees.messages import Message
from congress.voting.trustees.roundtable import hold
from congress.voting.trustees.session import Session, Stage
from congress.voting.trustees.sharefile import Lock, lock, unseal

CHEAP = KdfParameters(memory=32, iterations=1, lanes=4)
PASSPHRASE = "river stone lamp"
NAMES = ("Trần Phương Thảo", "فاطمہ زہرا", "Marie Curie", "Paul Langevin", "Lê Bảo Ngọc")


def seed(index: int, salt: int = 0) -> bytes:
    """Return the same secret for a trustee each time."""
    return bytes([index, salt]) * 16


def holders_of(invitation: Invitation, salt: int = 0) -> list[Holder]:
    """Return everybody at the beginning of a ceremony."""
    return [Holder(invitation, index, seed(index, salt)) for index in invitation.indices]


def one_round(session: Session, holders: list[Holder]) -> list[Message]:
    """Let everybody take the step that is due; return what they say without adding it."""
    said = []
    for place, holder in enumerate(holders):
        holders[place], message = holder.step(session)
        if message is not None:
            said.append(message)
    return said


def rounds(session: Session, holders: list[Holder]) -> Iterator[Session]:
    """Yield the ceremony after each round."""
    while session.stage not in (Stage.COMPLETE, Stage.BROKEN):
        for message in one_round(session, holders):
            session = session.add(message)
        yield session


def whole(count: int = 3, threshold: int | None = None) -> tuple[Session, list[Holder]]:
    """Return a complete ceremony and its holders, each with a share."""
    invitation = invite("Congress", NAMES[:count] if count <= 5 else names(count), threshold)
    holders = holders_of(invitation)
    *_, session = rounds(Session(invitation), holders)
    return session, [holder.step(session)[0] for holder in holders]


def names(count: int) -> tuple[str, ...]:
    """Return so many names."""
    return tuple(f"Trustee {number}" for number in range(1, count + 1))


@cache
def lock_for_tests() -> Lock:
    """Return a lock under ``PASSPHRASE``."""
    return lock(PASSPHRASE, CHEAP)


@cache
def board() -> tuple[Ceremony, tuple[bytes, ...]]:
    """Return a board of three, two of whom suffice, and their share files."""
    invitation = invite("Congress", NAMES[:3])
    locks = dict.fromkeys(invitation.indices, lock_for_tests())
    session, files = hold(invitation, locks)
    return session.ceremony(), tuple(files[index] for index in invitation.indices)


@cache
def board_holders() -> tuple[Holder, ...]:
    """Return what the share files of ``board`` hold."""
    return tuple(unseal(data, PASSPHRASE)[0] for data in board()[1])
