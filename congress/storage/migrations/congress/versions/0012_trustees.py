"""The boards of trustees: what was published of each key ceremony, and its log."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson

revision = "0012_trustees"
down_revision = "0011_consent"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "trustee_board",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("ceremony", CanonicalJson(), nullable=False),
        sa.Column("log", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_trustee_board"),
        sa.UniqueConstraint("hash", name="uq_trustee_board_hash"),
    )
