"""Portraits that the secretariat chose to keep, each sealed under a key of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0013_portraits"
down_revision = "0012_trustees"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "face_portrait",
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_face_portrait"),
    )
