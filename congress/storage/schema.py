"""The schemas of a congress, and the tables that storage itself keeps in them.

``congress_metadata`` describes the congress database (people, register, polls, ledger,
settings); ``papers_metadata`` each database of papers, one per clearance and group;
``own_metadata`` the database that one member alone can open (notes, reading places).
The domains define their tables on them in their ``store`` modules. Every database has an
audit of its own, so that a change and its entry are one transaction in one file.
"""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table

from congress.kernel.ids import ID_LENGTH
from congress.storage.types import CanonicalJson, UtcDateTime

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

congress_metadata = MetaData(naming_convention=_NAMES)
papers_metadata = MetaData(naming_convention=_NAMES)
own_metadata = MetaData(naming_convention=_NAMES)


def audit_columns() -> list[Column[Any]]:
    """Return the columns of an audit table, fresh: for the schemas and their migrations."""
    return [
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("at", UtcDateTime, nullable=False),
        Column("member_id", String(ID_LENGTH), nullable=False),
        Column("action", String(80), nullable=False),
        Column("subject", String(80), nullable=False),
        Column("detail", CanonicalJson, nullable=False),
        Column("prev", LargeBinary(32), nullable=False),
        Column("hash", LargeBinary(32), nullable=False, unique=True),
    ]


audit = Table("audit", congress_metadata, *audit_columns())
Table("audit", papers_metadata, *audit_columns())
Table("audit", own_metadata, *audit_columns())

member = Table(
    "member",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("folded", String(400), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
)

setting = Table(
    "setting",
    congress_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", CanonicalJson, nullable=False),
)

member_key = Table(
    "member_key",
    congress_metadata,
    Column(
        "member_id",
        String(ID_LENGTH),
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("public", LargeBinary(32), nullable=False),
    Column("proof", LargeBinary(32), nullable=False),
)

paper_group = Table(
    "paper_group",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("file", String(80), nullable=False, unique=True),
    Column("name", LargeBinary, nullable=False),
    Column("proof", LargeBinary(32), nullable=False),
)

group_seal = Table(
    "group_seal",
    congress_metadata,
    Column(
        "group_id",
        String(ID_LENGTH),
        ForeignKey("paper_group.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "member_id",
        String(ID_LENGTH),
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("sealed", LargeBinary, nullable=False),
)
