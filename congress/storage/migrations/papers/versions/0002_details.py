"""What the secretariat says about a paper, and about each of its versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002_details"
down_revision = "0001_papers"


def upgrade() -> None:
    """Add the columns; papers that are there already are of no special type."""
    op.add_column("paper", sa.Column("type", sa.String(16), nullable=False, server_default="other"))
    op.add_column("paper", sa.Column("number", sa.Text(), nullable=False, server_default=""))
    op.add_column("paper", sa.Column("agenda", sa.Text(), nullable=False, server_default=""))
    op.add_column("paper", sa.Column("dated", sa.Date(), nullable=True))
    op.add_column("version", sa.Column("note", sa.Text(), nullable=False, server_default=""))
