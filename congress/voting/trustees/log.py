"""The log of a key ceremony: who did what, in order, with the hash of each message.

It goes on over a ceremony that was broken off into the one that was held again, so that a
complaint and what became of it stay on record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from congress.kernel.canonical import Json, decode_bytes, encode_bytes
from congress.kernel.errors import CongressError, InputError
from congress.voting.trustees.session import Session


class What(StrEnum):
    """What happened. Texts: ``trustees.log.<value>``; ``{who}`` did it."""

    BEGUN = "begun"
    COMMITMENT = "commitment"
    REVEAL = "reveal"
    SHARES = "shares"
    SIGNATURE = "signature"
    COMPLAINT = "complaint"
    BROKEN = "broken"
    COMPLETE = "complete"
    KEPT = "kept"
    REHEARSED = "rehearsed"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line.

    Attributes:
        at: When the machine that keeps the log saw it, aware.
        what: What happened.
        who: Name of the trustee who did it or is named by it, or empty.
        reason: Why the ceremony broke, a value of ``session.Reason``, or empty.
        digest: The hash of what was said (32 bytes), or empty.
    """

    at: datetime
    what: What
    who: str = ""
    reason: str = ""
    digest: bytes = b""

    def to_json(self) -> Mapping[str, Json]:
        """Return the line as a canonical value."""
        return {
            "at": self.at.isoformat(),
            "what": self.what.value,
            "who": self.who,
            "reason": self.reason,
            "digest": encode_bytes(self.digest),
        }


Log = tuple[LogLine, ...]


def followed(log: Log, session: Session, now: datetime) -> Log:
    """Return the log with a line for everything in ``session`` that it does not tell yet."""
    told = {line.digest for line in log if line.digest}
    lines: list[LogLine] = []
    begun = session.invitation.digest
    if begun not in told:
        lines.append(LogLine(now, What.BEGUN, digest=begun))
    for message in session.messages:
        if message.digest not in told:
            who = session.invitation.name(message.sender)
            lines.append(LogLine(now, What(message.round.value), who, digest=message.digest))
    if session.fault is not None and not _tells_fault((*log, *lines)):
        name = session.invitation.name(session.fault.accused)
        lines.append(LogLine(now, What.BROKEN, name, session.fault.reason.value))
    return (*log, *lines)


def _tells_fault(log: Sequence[LogLine]) -> bool:
    for line in reversed(log):
        if line.what in (What.BROKEN, What.BEGUN):
            return line.what is What.BROKEN
    return False


def to_json(log: Log) -> Sequence[Json]:
    """Return the log as a canonical value."""
    return [line.to_json() for line in log]


def from_json(value: Any) -> Log:
    """Return the log that ``to_json`` made a value.

    Raises:
        InputError: ``trustees.bad_log``.
    """
    try:
        return tuple(
            LogLine(
                datetime.fromisoformat(item["at"]),
                What(item["what"]),
                item["who"],
                item["reason"],
                decode_bytes(item["digest"]),
            )
            for item in value
        )
    except (CongressError, KeyError, TypeError, ValueError) as error:
        raise InputError("trustees.bad_log") from error
