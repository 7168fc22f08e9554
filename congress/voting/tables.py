"""The tables of polls, cards, ballots and ledgers.

Secrecy by layout, as far as layout can give it: a secret ballot lies in a table of its own
under an identifier that depends on the station's random request alone; that a card was used
stands in another table; neither has a time, a running number or (on SQLite) a hidden row
number, so the tables read the same whatever the order of casting. Who drew a card stands in
a third, without the card. What layout cannot hide from somebody who holds the key of the
file (the order of writes in its journal) only encryption will.
"""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from congress.kernel.ids import ID_LENGTH
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

_HASH = LargeBinary(32)


def _poll_id() -> Column[str]:
    return Column("poll_id", String(ID_LENGTH), ForeignKey("poll.id"), primary_key=True)


def _code_hash() -> Column[bytes]:
    return Column("code_hash", _HASH, ForeignKey("card.code_hash"), primary_key=True)


poll = Table(
    "poll",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("plan", CanonicalJson, nullable=False),
    Column("roll", Text),
    Column("opened_at", UtcDateTime),
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
"""The payload of a secret ballot is withheld: null."""

card = Table(
    "card",
    congress_metadata,
    Column("code_hash", _HASH, primary_key=True),
    Column("poll_id", String(ID_LENGTH), ForeignKey("poll.id"), nullable=False, index=True),
    Column("secret_hash", _HASH, nullable=False),
    sqlite_with_rowid=False,
)

card_used = Table("card_used", congress_metadata, _poll_id(), _code_hash(), sqlite_with_rowid=False)

card_spoiled = Table(
    "card_spoiled", congress_metadata, _poll_id(), _code_hash(), sqlite_with_rowid=False
)

card_drawn = Table(
    "card_drawn",
    congress_metadata,
    _poll_id(),
    Column("person_id", String(ID_LENGTH), primary_key=True),
    Column("cards", Integer, nullable=False, server_default="1"),
    sqlite_with_rowid=False,
)

ballot = Table(
    "ballot",
    congress_metadata,
    _poll_id(),
    Column("id", _HASH, primary_key=True),
    Column("payload", CanonicalJson, nullable=False),
    sqlite_with_rowid=False,
)

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
