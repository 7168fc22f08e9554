"""The programme of the congress."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0005_floor"
down_revision = "0004_voting"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "programme_item",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("starts", UtcDateTime(), nullable=False),
        sa.Column("ends", UtcDateTime(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("session", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("papers", CanonicalJson(), nullable=False),
        sa.Column("poll", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programme_item"),
    )
