"""Sex and year of birth of the persons who gave them, for the credentials report."""

import sqlalchemy as sa
from alembic import op

revision = "0010_sex_and_age"
down_revision = "0009_badges"


def upgrade() -> None:
    """Add the columns; of nobody they are known yet."""
    op.add_column("person", sa.Column("sex", sa.String(8)))
    op.add_column("person", sa.Column("born", sa.Integer()))
