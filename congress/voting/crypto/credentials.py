"""Credentials: what is printed on a card, and the key pair that comes out of it (section 6)."""

import hashlib
from collections.abc import Sequence

from congress.kernel import codes
from congress.kernel.errors import BugError, InputError
from congress.voting.crypto.group import ORDER, Scalar, base, required

SYMBOLS = 15
"""Random symbols of a code, 5 bits each; the check symbol comes after them."""
ENTROPY_BYTES = 10

_ROUNDS = 2048
_DOMAIN = b"paperless-congress/credential/1\0"


def new_code(entropy: bytes) -> str:
    """Return the code (15 symbols and a check) that 75 of the bits of ``entropy`` make.

    Args:
        entropy: At least 10 random bytes, which nothing else is made of.
    """
    if len(entropy) < ENTROPY_BYTES:
        raise BugError("a code of a card needs ten random bytes")
    spare = 8 * ENTROPY_BYTES - 5 * SYMBOLS
    return codes.code_of(int.from_bytes(entropy[:ENTROPY_BYTES], "big") >> spare, SYMBOLS)


def check_code(text: str) -> str:
    """Return the code that was read or typed, as it was made.

    Raises:
        InputError: ``voting.card_misread`` if its length or its check symbol is wrong.
    """
    code = codes.plain(text)
    if len(code) != SYMBOLS + 1 or not codes.fits(code):
        raise InputError("voting.card_misread")
    return code


def secret_of(election_id: str, card: Sequence[str]) -> Scalar:
    """Return the secret of a card in one poll.

    PBKDF2 makes trying codes dear; 75 random bits make it hopeless.

    Args:
        election_id: The poll; the same card has another secret in another poll.
        card: The code of the card, or of each of its halves.

    Raises:
        InputError: ``voting.card_misread`` if a code is wrong, or the halves cancel out.
    """
    salt = _DOMAIN + election_id.encode()
    secret = 0
    for text in card:
        password = check_code(text)[:SYMBOLS].encode("ascii")
        key = hashlib.pbkdf2_hmac("sha512", password, salt, _ROUNDS, 64)
        secret += int.from_bytes(key, "big")
    if not secret % ORDER:
        raise InputError("voting.card_misread")
    return secret % ORDER


def public_of(secret: Scalar) -> bytes:
    """Return the public credential ``K = xG`` (33 bytes) of a secret."""
    return required(base(secret)).encode()
