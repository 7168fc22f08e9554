"""Ballot papers on paper: how many there are, what was read on each slip, and its picture."""

import sqlalchemy as sa
from alembic import op

from congress.storage.types import CanonicalJson

revision = "0014_slips"
down_revision = "0013_portraits"


def _poll() -> sa.Column[str]:
    return sa.Column("poll_id", sa.String(26), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "slip_stock",
        _poll(),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("spoiled", sa.Integer(), nullable=False),
        sa.Column("unused", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("handed_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", name="pk_slip_stock"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_slip_stock_poll_id_poll"),
    )
    op.create_table(
        "slip_opinion",
        _poll(),
        _number("number"),
        sa.Column("reader", sa.String(8), nullable=False),
        sa.Column("member_id", sa.String(26)),
        sa.Column("reading", CanonicalJson(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "number", "reader", name="pk_slip_opinion"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_slip_opinion_poll_id_poll"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slip_page",
        _poll(),
        _number("number"),
        _number("page"),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "number", "page", name="pk_slip_page"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_slip_page_poll_id_poll"),
        sqlite_with_rowid=False,
    )
