"""The messages of a key ceremony: one small signed file a trustee and round.

A message of the first round brings the signing key that signs it and all that follow; the last
round binds everybody to the same keys, so a message put in another's place cannot last.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from congress.kernel.canonical import Json, decode, decode_bytes, encode
from congress.kernel.errors import InputError
from congress.kernel.signing import Signer, verify

FORMAT = "paperless-congress/ceremony-message"
PURPOSE = "ceremony-message"
LARGEST = 256 * 1024
"""Bytes; no message of fifteen trustees comes near."""


class Round(StrEnum):
    """What a message is for. Texts: ``trustees.round.<value>``."""

    COMMITMENT = "commitment"
    """Keys, and the hash that stands for the public part of the secret."""
    REVEAL = "reveal"
    """The public part itself, with proofs that its secret is known."""
    SHARES = "shares"
    """A sealed share for every other trustee."""
    SIGNATURE = "signature"
    """The signature of the whole transcript."""
    COMPLAINT = "complaint"
    """That a sealed share was no good, with what it takes to see for oneself."""
    REHEARSAL = "rehearsal"
    """The partial decryption of the test ballots."""


ROUNDS = (Round.COMMITMENT, Round.REVEAL, Round.SHARES, Round.SIGNATURE)
"""The rounds that everybody takes part in, in order."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        ceremony: Identifier of the ceremony.
        round: What it is for.
        sender: Index of the trustee.
        body: What it says, a canonical value.
        signature: By the sender's signing key (64 bytes).
    """

    ceremony: str
    round: Round
    sender: int
    body: Mapping[str, Any]
    signature: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 (32 bytes) of everything that is signed."""
        return hashlib.sha256(encode(_signed(self))).digest()

    def is_signed_by(self, signing_key: bytes) -> bool:
        """Return whether the signature is that of ``signing_key`` (32 bytes)."""
        return verify(signing_key, PURPOSE, _signed(self), self.signature)

    def to_bytes(self) -> bytes:
        """Return the message as a file."""
        return encode({"format": FORMAT, **_signed(self), "signature": self.signature})


def _signed(message: Message) -> dict[str, Json]:
    return {
        "v": 1,
        "ceremony": message.ceremony,
        "round": message.round.value,
        "sender": message.sender,
        "body": message.body,
    }


def write(
    signer: Signer, ceremony: str, kind: Round, sender: int, body: Mapping[str, object]
) -> Message:
    """Return a signed message; bytes in ``body`` become base64url."""
    value: Any = decode(encode(body))
    unsigned = Message(ceremony, kind, sender, value, b"")
    return Message(ceremony, kind, sender, value, signer.sign(PURPOSE, _signed(unsigned)))


def read(data: bytes) -> Message:
    """Return the message that ``to_bytes`` wrote; its signature is not checked here.

    Raises:
        InputError: ``trustees.bad_message``.
    """
    if len(data) > LARGEST:
        raise InputError("trustees.bad_message")
    try:
        value: Any = decode(data)
        message = Message(
            value["ceremony"],
            Round(value["round"]),
            value["sender"],
            value["body"],
            decode_bytes(value["signature"]),
        )
        if message.to_bytes() != data or not _formed(value):
            raise InputError("trustees.bad_message")
    except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("trustees.bad_message") from error
    return message


def _formed(value: Mapping[str, Any]) -> bool:
    sender = value["sender"]
    texts = isinstance(value["ceremony"], str) and isinstance(value["body"], dict)
    return texts and type(sender) is int and sender >= 1


def digest_of(data: bytes) -> bytes:
    """Return the hash (32 bytes) that a message names a file by."""
    return hashlib.sha256(data).digest()


def taken(body: Mapping[str, Any], name: str, size: int) -> bytes:
    """Return the bytes called ``name`` in the body of a message.

    Raises:
        InputError: ``trustees.bad_message`` if they are not there, or not ``size`` long.
    """
    text = body.get(name)
    if not isinstance(text, str):
        raise InputError("trustees.bad_message")
    try:
        data = decode_bytes(text)
    except InputError as error:
        raise InputError("trustees.bad_message") from error
    if len(data) != size:
        raise InputError("trustees.bad_message")
    return data
