"""How a member likes lists of papers to be."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson

revision = "0004_lists"
down_revision = "0003_notes"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "list_choice",
        sa.Column("list", sa.String(20), nullable=False),
        sa.Column("chosen", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("list", name="pk_list_choice"),
    )
