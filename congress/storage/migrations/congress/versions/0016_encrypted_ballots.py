"""Public credentials and encrypted ballots take the place of card hashes and plain ballots."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0016_encrypted_ballots"
down_revision = "0015_proxies"


def _poll_id(table: str) -> list[sa.Column[str] | sa.Constraint]:
    return [
        sa.Column("poll_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=f"fk_{table}_poll_id_poll"),
    ]


def _credential_mark(table: str) -> None:
    op.create_table(
        table,
        sa.Column("poll_id", sa.String(26), nullable=False),
        sa.Column("public_key", sa.LargeBinary(33), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "public_key"],
            ["credential.poll_id", "credential.public_key"],
            name=f"fk_{table}_poll_id_credential",
        ),
        sa.PrimaryKeyConstraint("poll_id", "public_key", name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    """Create the tables, and drop those that held ballots in plain.

    What was counted from them stands on the ledgers of the polls and stays. A poll that was
    not counted can only be withdrawn.
    """
    for table in ("card_used", "card_spoiled"):
        op.drop_table(table)
    op.drop_index("ix_card_poll_id", table_name="card")
    op.drop_table("card")
    op.drop_table("ballot")
    op.add_column("poll", sa.Column("ends_at", UtcDateTime()))
    op.create_table(
        "credential",
        *_poll_id("credential"),
        sa.Column("public_key", sa.LargeBinary(33), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "public_key", name="pk_credential"),
        sqlite_with_rowid=False,
    )
    _credential_mark("credential_used")
    _credential_mark("credential_void")
    op.create_table(
        "encrypted_ballot",
        *_poll_id("encrypted_ballot"),
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("ballot", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "id", name="pk_encrypted_ballot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ciphertext",
        *_poll_id("ciphertext"),
        sa.Column("mark", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "mark", name="pk_ciphertext"),
        sqlite_with_rowid=False,
    )
