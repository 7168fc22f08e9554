"""The audit of a member's own file."""

from alembic import op

from congress.storage.schema import audit_columns

revision = "0001_own"
down_revision = None


def upgrade() -> None:
    """Create the table."""
    op.create_table("audit", *audit_columns())
