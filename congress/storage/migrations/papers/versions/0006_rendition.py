"""How many bytes of a version's blob, after its file, are a PDF that shows its pages."""

import sqlalchemy as sa
from alembic import op

revision = "0006_rendition"
down_revision = "0005_search_index"


def upgrade() -> None:
    """Add the column; the blobs that are there already hold their files alone."""
    op.add_column(
        "version", sa.Column("rendition", sa.BigInteger(), nullable=False, server_default="0")
    )
