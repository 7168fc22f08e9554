"""Polls, cards, ballots, ledgers and the congress's own rule packs."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0004_voting"
down_revision = "0003_rollcall"


def _poll_id(table: str) -> list[sa.Column[str] | sa.Constraint]:
    return [
        sa.Column("poll_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=f"fk_{table}_poll_id_poll"),
    ]


def _card_mark(table: str) -> None:
    op.create_table(
        table,
        *_poll_id(table),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_hash"], ["card.code_hash"], name=f"fk_{table}_code_hash_card"
        ),
        sa.PrimaryKeyConstraint("poll_id", "code_hash", name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    """Create the tables; those of secret polls keep no hidden row number on SQLite."""
    op.create_table(
        "poll",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("plan", CanonicalJson(), nullable=False),
        sa.Column("roll", sa.Text(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("certified_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
        sa.UniqueConstraint("number", name="uq_poll_number"),
    )
    op.create_table(
        "poll_ledger",
        *_poll_id("poll_ledger"),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(24), nullable=False),
        sa.Column("payload", CanonicalJson(), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("prev", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "seq", name="pk_poll_ledger"),
        sa.UniqueConstraint("hash", name="uq_poll_ledger_hash"),
    )
    op.create_table(
        "card",
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        *_poll_id("card"),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_card"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_card_poll_id", "card", ["poll_id"])
    _card_mark("card_used")
    _card_mark("card_spoiled")
    op.create_table(
        "card_drawn",
        *_poll_id("card_drawn"),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name="pk_card_drawn"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot",
        *_poll_id("ballot"),
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("payload", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "id", name="pk_ballot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "named_vote",
        *_poll_id("named_vote"),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("request", sa.LargeBinary(32), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name="pk_named_vote"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rule_pack",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_pack"),
    )
