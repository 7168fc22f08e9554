"""The tables of polls, credentials, ballots and ledgers.

Secrecy by layout, beside that of the encryption. No table of ballots has a time, a running
number or (on SQLite) a hidden row number. SQLite lays rows down as they come, whatever their
keys; so a poll is opened with a place for whatever a card may cast, all of one size and empty,
and a cast overwrites its places where they are: neither the tables nor the pages tell the order
of casting, only what was cast so far. PostgreSQL writes a changed row anew, and who reads its
files sees the order. Who drew a card stands in a table of its own, without the card. Of a card
the vault knows its public credential only, never its code.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from congress.kernel.ids import ID_LENGTH
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

_HASH = LargeBinary(32)
_POINT = LargeBinary(33)


def _poll_id() -> Column[str]:
    return Column("poll_id", String(ID_LENGTH), ForeignKey("poll.id"), primary_key=True)


def _credential() -> tuple[Column[str], Column[bytes], ForeignKeyConstraint]:
    return (
        Column("poll_id", String(ID_LENGTH), primary_key=True),
        Column("public_key", _POINT, primary_key=True),
        ForeignKeyConstraint(
            ["poll_id", "public_key"], ["credential.poll_id", "credential.public_key"]
        ),
    )


poll = Table(
    "poll",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("plan", CanonicalJson, nullable=False),
    Column("roll", Text),
    Column("opened_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("certified_at", UtcDateTime),
)

poll_ledger = Table(
    "poll_ledger",
    congress_metadata,
    _poll_id(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", String(24), nullable=False),
    Column("payload", CanonicalJson, nullable=False),
    Column("payload_hash", _HASH, nullable=False),
    Column("prev", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False, unique=True),
)
"""The payload of a secret ballot is withheld: null. It lies in ``ballot_box``."""

credential = Table(
    "credential",
    congress_metadata,
    _poll_id(),
    Column("public_key", _POINT, primary_key=True),
    Column("parts", Integer, nullable=False),
    Column("ballot_id", _HASH),
    sqlite_with_rowid=False,
)
"""``parts`` is 1, or 2 where a card comes in two halves. ``ballot_id`` stands for the station's
random request that cast with it: null before the poll opens, zeros until it is used."""

credential_void = Table(
    "credential_void", congress_metadata, *_credential(), sqlite_with_rowid=False
)

card_drawn = Table(
    "card_drawn",
    congress_metadata,
    _poll_id(),
    Column("person_id", String(ID_LENGTH), primary_key=True),
    Column("cards", Integer, nullable=False, server_default="1"),
    sqlite_with_rowid=False,
)

ballot_box = Table(
    "ballot_box",
    congress_metadata,
    *_credential(),
    Column("filled", Boolean, nullable=False),
    Column("ballot", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The encrypted ballots, each in the place of the credential it names; what is not filled when
the poll ends goes."""

ciphertext_place = Table(
    "ciphertext_place",
    congress_metadata,
    _poll_id(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("marks", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The marks of every ciphertext that was cast or opened while a poll is open, so that none comes
again in another ballot: many to a place, sorted, and zeros up to its size."""

named_vote = Table(
    "named_vote",
    congress_metadata,
    _poll_id(),
    Column("person_id", String(ID_LENGTH), primary_key=True),
    Column("request", _HASH, nullable=False),
    Column("payload_hash", _HASH, nullable=False),
    sqlite_with_rowid=False,
)

rule_pack = Table(
    "rule_pack",
    congress_metadata,
    Column("id", String(80), primary_key=True),
    Column("text", Text, nullable=False),
)
