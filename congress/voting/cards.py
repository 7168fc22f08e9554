"""Anonymous credential cards: a code on paper, of which the vault keeps a public key only.

A card lets whoever drew it cast one ballot. Its code is 16 characters, of which the last checks
the others, to be typed or read from its QR code; the credential key of each poll is derived from
it (``congress.voting.crypto.credentials``). A card may come in two halves that are printed apart:
its key is then the sum of two, and neither printer knows it. Which card a person drew is recorded
nowhere.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from congress.kernel.codes import grouped
from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.crypto.credentials import (
    ENTROPY_BYTES,
    check_code,
    new_code,
    public_of,
    secret_of,
)

MOST_PARTS = 2
_PREFIX = "PC2:"
_JOINT = "+"


@dataclass(frozen=True, slots=True)
class Card:
    """One card as it is printed. Exists only until it is on paper.

    Attributes:
        poll_id: The poll it is good for.
        codes: Its code, or that of each half, plain.
        public_key: Its public credential (33 bytes), which the vault keeps and the ledger shows.
    """

    poll_id: PollId
    codes: tuple[str, ...] = field(repr=False)
    public_key: bytes

    @property
    def code(self) -> str:
        """What is typed, in groups of four; two halves with a plus sign between them."""
        return _JOINT.join(map(grouped, self.codes))

    @property
    def payloads(self) -> tuple[str, ...]:
        """What the QR code of each part says; in characters that make a small one."""
        return tuple(_PREFIX + code for code in self.codes)

    @property
    def payload(self) -> str:
        """What the QR codes of all parts say, scanned one after the other."""
        return _JOINT.join(self.payloads)


def new_card(
    poll_id: PollId, parts: int = 1, entropy: Callable[[int], bytes] = secrets.token_bytes
) -> Card:
    """Return a fresh card of one or two parts for this poll."""
    codes = tuple(new_code(entropy(ENTROPY_BYTES)) for _ in range(parts))
    return Card(poll_id, codes, public_of(secret_of(poll_id, codes)))


def read(text: str) -> tuple[str, ...]:
    """Return the code, or the codes of both halves, that were scanned or typed.

    Small letters, spaces, hyphens and the letters I, L and O for 1 and 0 are understood.

    Raises:
        InputError: ``voting.card_misread`` if a character is wrong or missing, or one half is
            given twice.
    """
    parts = "".join(text.split()).upper().split(_JOINT)
    codes = tuple(check_code(part.removeprefix(_PREFIX)) for part in parts)
    if len(codes) > MOST_PARTS or len(set(codes)) < len(codes):
        raise InputError("voting.card_misread")
    return codes
