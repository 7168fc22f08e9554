"""The register of proxies, and how many cards a delegate drew where votes are weighed."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0015_proxies"
down_revision = "0014_slips"


def upgrade() -> None:
    """Create the table and the column; everybody has drawn one card so far."""
    op.create_table(
        "proxy",
        sa.Column("principal_id", sa.String(26), nullable=False),
        sa.Column("holder_id", sa.String(26), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("principal_id", name="pk_proxy"),
    )
    op.add_column(
        "card_drawn", sa.Column("cards", sa.Integer(), nullable=False, server_default="1")
    )
