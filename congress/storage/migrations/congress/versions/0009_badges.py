"""Which badge of a person is the valid one."""

import sqlalchemy as sa
from alembic import op

revision = "0009_badges"
down_revision = "0008_register"


def upgrade() -> None:
    """Create the table; who is not in it has the first badge."""
    op.create_table(
        "badge",
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_badge"),
    )
