"""The log of complaints about polls."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0017_complaints"
down_revision = "0016_encrypted_ballots"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("poll_id", sa.String(26), nullable=False),
        sa.Column("filed_at", UtcDateTime(), nullable=False),
        sa.Column("complainant", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_complaint_poll_id_poll"),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
    )
    op.create_index("ix_complaint_poll_id", "complaint", ["poll_id"])
