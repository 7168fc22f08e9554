"""Notes that are shared with the group whose papers the file holds."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0003_shared_notes"
down_revision = "0002_details"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "shared_note",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("paper_id", sa.String(26), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("author_id", sa.String(26), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("colour", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("strokes", CanonicalJson(), nullable=False),
        sa.Column("made", CanonicalJson(), nullable=False),
        sa.Column("by_hand", CanonicalJson(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared_note"),
    )
    op.create_index("ix_shared_note_paper_id", "shared_note", ["paper_id"])
