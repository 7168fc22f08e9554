"""Identifiers: 128 random bits, written as 26 lower-case base-32 characters.

Random identifiers carry no order and no time, so a row's identifier can never be used
to rejoin a voter with a ballot (see ``congress.voting.ledger``).
"""

import base64
import secrets
from typing import NewType

MemberId = NewType("MemberId", str)
GroupId = NewType("GroupId", str)
PersonId = NewType("PersonId", str)
PaperId = NewType("PaperId", str)
VersionId = NewType("VersionId", str)
SessionId = NewType("SessionId", str)
PollId = NewType("PollId", str)
BlobId = NewType("BlobId", str)

ID_LENGTH = 26
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz234567")


def new_id() -> str:
    """Return a fresh random identifier of ``ID_LENGTH`` characters."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def is_id(text: str) -> bool:
    """Return whether ``text`` has the form of an identifier: it is then safe in a file's name."""
    return len(text) == ID_LENGTH and _LETTERS.issuperset(text)
