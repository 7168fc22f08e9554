"""Reading places, and the look a member reads in."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0002_reading"
down_revision = "0001_own"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "reading_place",
        sa.Column("paper_id", sa.String(26), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("seen", sa.LargeBinary, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("view", sa.String(8), nullable=False),
        sa.Column("fit", sa.String(8), nullable=False),
        sa.Column("zoom", sa.Float, nullable=False),
        sa.Column("text_zoom", sa.Float, nullable=False),
        sa.Column("arrangement", sa.String(12), nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name="pk_reading_place"),
    )
    op.create_table(
        "reading_look",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("look", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reading_look"),
    )
