"""From the code in a photographed watermark back to the copy that was photographed. Pure.

Every member of a congress and every pack has a code of eight characters, the last a check. A code
says where a picture was taken from, not who took it: a watermark can be drawn over, and a screen
can be photographed by a neighbour. It is where an inquiry begins, and no proof.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.docs.packs.model import Copy
from congress.kernel import codes
from congress.kernel.ids import MemberId
from congress.kernel.roles import Role

SYMBOLS = 7
"""Characters of a copy's code before the check: 35 bits."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Owner:
    """A member of the congress, as far as a code leads to them.

    Attributes:
        id: The member.
        name: The sign-in name.
        role: What they are.
        since: When they were added, aware, in UTC.
    """

    id: MemberId
    name: str
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a code may lead.

    Attributes:
        code: The code that exists, plain.
        likeness: How like it what was read is.
        owner: The member who read on a machine of the congress, or ``None``.
        copy: The pack that was handed out, or ``None``.
    """

    code: str
    likeness: codes.Likeness
    owner: Owner | None = None
    copy: Copy | None = None


def code_of_member(seed: bytes, member_id: MemberId) -> str:
    """Return the code in the watermark of a member, the same at every sign-in.

    Args:
        seed: 32 bytes of the vault, for this purpose alone.
        member_id: The member.
    """
    digest = hmac.digest(seed, member_id.encode(), hashlib.sha256)
    return codes.code_of(int.from_bytes(digest, "big") >> (256 - 5 * SYMBOLS), SYMBOLS)


def trace(
    typed: str, owners: Iterable[Owner], copies: Iterable[Copy], seed: bytes
) -> Sequence[Trace]:
    """Return where a code that was read off a picture may lead, the likeliest first.

    Args:
        typed: As read; ``?`` stands for a character that cannot be read, and letters that look
            like others are understood.
        owners: The members of the congress.
        copies: The packs that were handed out.
        seed: As for ``code_of_member``.

    Returns:
        One trace if a code is exactly so; else the nearest ones, with at most two wrong
        characters; else nothing.
    """
    read = codes.plain(typed)
    found = []
    for owner in owners:
        code = code_of_member(seed, owner.id)
        if (like := codes.likeness(read, code)) is not None:
            found.append(Trace(code, like, owner=owner))
    for copy in copies:
        if (like := codes.likeness(read, copy.code)) is not None:
            found.append(Trace(copy.code, like, copy=copy))
    exact = [each for each in found if each.likeness.exact]
    return exact or sorted(found, key=lambda each: each.likeness)[:_MOST]
