"""The register of the packs that were handed out, and what a pack says of itself."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0007_packs"
down_revision = "0006_groups"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pack"),
    )
    op.create_table(
        "pack_copy",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("recipient_id", sa.String(26), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("papers", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pack_copy"),
        sa.UniqueConstraint("code", name="uq_pack_copy_code"),
    )
