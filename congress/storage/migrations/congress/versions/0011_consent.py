"""Who agreed to be recognised by face, and the certificates of erasure."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0011_consent"
down_revision = "0010_sex_and_age"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "face_consent",
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_face_consent"),
    )
    op.create_table(
        "erasure_certificate",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_certificate"),
    )
