"""Sessions, the register of who is present, and the sealed templates of faces."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import UtcDateTime

revision = "0003_rollcall"
down_revision = "0002_people"

_INSIDE = sa.text("left_at IS NULL AND undone_at IS NULL")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "rollcall_session",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_rollcall_session"),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("session_id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("came_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime()),
        sa.Column("undone_at", UtcDateTime()),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("score", sa.Integer()),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("door", sa.String(80), nullable=False),
        sa.Column("seat_of", sa.String(26)),
        sa.PrimaryKeyConstraint("id", name="pk_presence"),
    )
    op.create_index(
        "ux_presence_inside",
        "presence",
        ["session_id", "person_id"],
        unique=True,
        sqlite_where=_INSIDE,
        postgresql_where=_INSIDE,
    )
    op.create_table(
        "face_key",
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_face_key"),
    )
    op.create_table(
        "face_template",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("model_sha256", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_face_template"),
    )
    op.create_index("ix_face_template_person_id", "face_template", ["person_id"])
    op.create_table(
        "face_threshold",
        sa.Column("model_sha256", sa.String(64), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("model_sha256", name="pk_face_threshold"),
    )
