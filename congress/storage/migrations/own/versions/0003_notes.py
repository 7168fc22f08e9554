"""A member's own notes on papers, and their place in each version."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0003_notes"
down_revision = "0002_reading"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "note",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("paper_id", sa.String(26), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("colour", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("strokes", CanonicalJson(), nullable=False),
        sa.Column("made", CanonicalJson(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("group_id", sa.String(26), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_paper_id", "note", ["paper_id"])
    op.create_table(
        "note_place",
        sa.Column("note_id", sa.String(26), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("anchor", CanonicalJson(), nullable=False),
        sa.Column("fit", sa.String(16), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", "version_id", name="pk_note_place"),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name="fk_note_place_note_id_note", ondelete="CASCADE"
        ),
    )
