"""Anonymous credential cards: a random secret on paper, of which we keep only hashes.

A card lets whoever drew it cast one ballot. It carries a QR code with the secret (128 bits)
and a short code for typing, derived from it: 12 characters of which the last checks the
others. Which card a person drew is recorded nowhere.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from congress.kernel import codes
from congress.kernel.errors import InputError
from congress.kernel.ids import PollId

SECRET_LENGTH = 16
_PREFIX = "PC1:"
_SYMBOLS = 11
_CODE_LENGTH = _SYMBOLS + 1


@dataclass(frozen=True, slots=True)
class Card:
    """One card as it is printed. Exists only until it is on paper.

    Attributes:
        poll_id: The poll it is good for.
        secret: 16 random bytes.
    """

    poll_id: PollId
    secret: bytes = field(repr=False)

    @property
    def payload(self) -> str:
        """What the QR code says; upper-case letters and digits, which make a small code."""
        return _PREFIX + base64.b32encode(self.secret).decode("ascii").rstrip("=")

    @property
    def code(self) -> str:
        """What is typed where there is no scanner, in groups of four: ``7ZK3-Q0MW-X4TC``."""
        return codes.grouped(_code(self.secret))

    @property
    def secret_hash(self) -> bytes:
        """What the ledger publishes of the card (32 bytes)."""
        return hashlib.sha256(b"paperless-congress/card/1\0" + self.secret).digest()

    @property
    def code_hash(self) -> bytes:
        """What the card is found by in the vault, never published (32 bytes)."""
        return _code_hash(_code(self.secret))


def new_card(poll_id: PollId, entropy: Callable[[int], bytes] = secrets.token_bytes) -> Card:
    """Return a card with a fresh secret for this poll."""
    return Card(poll_id, entropy(SECRET_LENGTH))


def read(text: str) -> bytes:
    """Return the hash by which the vault finds the card that was scanned or typed.

    Small letters, spaces, hyphens and the letters I, L and O for 1 and 0 are understood.

    Raises:
        InputError: ``voting.card_misread`` if a character is wrong or missing.
    """
    text = _plain(text)
    if text.startswith(_PREFIX):
        body = text.removeprefix(_PREFIX)
        try:
            secret = base64.b32decode(body + "=" * (-len(body) % 8))
        except ValueError:
            raise InputError("voting.card_misread") from None
        if len(secret) != SECRET_LENGTH:
            raise InputError("voting.card_misread")
        return _code_hash(_code(secret))
    code = codes.plain(text)
    if len(code) != _CODE_LENGTH or not codes.fits(code):
        raise InputError("voting.card_misread")
    return _code_hash(code)


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def _code_hash(code: str) -> bytes:
    return hashlib.sha256(b"paperless-congress/card-code/1\0" + code.encode("ascii")).digest()


def _code(secret: bytes) -> str:
    digest = hashlib.sha256(b"paperless-congress/card-short/1\0" + secret).digest()
    number = int.from_bytes(digest, "big") >> (256 - 5 * _SYMBOLS)
    return codes.code_of(number, _SYMBOLS)
