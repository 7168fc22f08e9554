"""Amendments to the papers of the file."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0004_amendments"
down_revision = "0003_shared_notes"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "amendment",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("paper_id", sa.String(26), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mover", sa.Text(), nullable=False),
        sa.Column("seconders", CanonicalJson(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("anchor", CanonicalJson(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.String(26)),
        sa.Column("applied_in", sa.String(26)),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["paper.id"],
            name="fk_amendment_paper_id_paper",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_amendment"),
        sa.UniqueConstraint("paper_id", "number", name="uq_amendment_paper_id_number"),
    )
