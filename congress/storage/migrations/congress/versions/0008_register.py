"""When a sitting began, who is excused, why an alternate sits, and what was corrected."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0008_register"
down_revision = "0007_packs"


def upgrade() -> None:
    """Add the columns and tables; sessions of before never began."""
    op.add_column("rollcall_session", sa.Column("began_at", UtcDateTime()))
    op.add_column("presence", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "rollcall_excuse",
        sa.Column("session_id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_rollcall_excuse"),
    )
    op.create_table(
        "rollcall_correction",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("session_id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("before", sa.String(26)),
        sa.Column("after", sa.String(26)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(26), nullable=False),
        sa.Column("confirmed_by", sa.String(26)),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rollcall_correction"),
    )
    op.create_index("ix_rollcall_correction_session_id", "rollcall_correction", ["session_id"])
