"""The list of the congress."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import FractionText

revision = "0002_people"
down_revision = "0001_storage"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "person",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("badge", sa.String(32), nullable=False),
        sa.Column("badge_key", sa.Text(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("delegation", sa.String(120), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("seat", sa.String(32), nullable=False),
        sa.Column("office", sa.String(160), nullable=False),
        sa.Column("weight", FractionText(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("convener", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("badge_key", name="uq_person_badge_key"),
    )
