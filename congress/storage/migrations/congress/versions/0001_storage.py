"""Members, settings and the audit of the congress database."""

import sqlalchemy as sa
from alembic import op

from congress.storage.schema import audit_columns
from congress.storage.types import CanonicalJson, UtcDateTime

revision = "0001_storage"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table("audit", *audit_columns())
    op.create_table(
        "member",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("folded", sa.String(400), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("folded", name="uq_member_folded"),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
    )
