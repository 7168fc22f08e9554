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

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId

SECRET_LENGTH = 16
_PREFIX = "PC1:"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's Base32
_VALUES = {char: value for value, char in enumerate(_ALPHABET)} | {"I": 1, "L": 1, "O": 0}
_SYMBOLS = 11
_CODE_LENGTH = _SYMBOLS + 1
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


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
        code = _code(self.secret)
        return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))

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
    values = [_VALUES.get(char, -1) for char in text]
    if len(values) != _CODE_LENGTH or -1 in values or _checksum(values) != 0:
        raise InputError("voting.card_misread")
    return _code_hash("".join(_ALPHABET[value] for value in values))


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def _code_hash(code: str) -> bytes:
    return hashlib.sha256(b"paperless-congress/card-code/1\0" + code.encode("ascii")).digest()


def _code(secret: bytes) -> str:
    digest = hashlib.sha256(b"paperless-congress/card-short/1\0" + secret).digest()
    number = int.from_bytes(digest, "big") >> (256 - 5 * _SYMBOLS)
    values = [(number >> (5 * place)) & 31 for place in reversed(range(_SYMBOLS))]
    check = _checksum([*values, 0])
    return "".join(_ALPHABET[value] for value in [*values, check])


def _double(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & 32 else value


def _checksum(values: list[int]) -> int:
    """Return the sum of the symbols weighted by powers of x in GF(32).

    Zero for a good code. Finds every single wrong symbol and every pair swapped, because
    the twelve weights differ and none is zero.
    """
    total = 0
    for value in values:
        total = _double(total) ^ value
    return total
