"""Papers, their versions and pages, the full-text index, and the audit of their file."""

import sqlalchemy as sa
from alembic import op

from congress.storage.schema import audit_columns
from congress.storage.types import UtcDateTime

revision = "0001_papers"
down_revision = None


def upgrade() -> None:
    """Create the tables, and on SQLite the index."""
    op.create_table("audit", *audit_columns())
    op.create_table(
        "paper",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("paper_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("blob_id", sa.String(26), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("reflow", sa.Text(), nullable=False),
        sa.Column("cover", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("sha256", name="uq_version_sha256"),
        sa.UniqueConstraint("paper_id", "number", name="uq_version_paper_id_number"),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name="fk_version_paper_id_paper", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spaced", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("version_id", "number", name="uq_page_version_id_number"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name="fk_page_version_id_version", ondelete="CASCADE"
        ),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE page_words USING fts5("
            "folded, content='', contentless_delete=1, "
            "tokenize='unicode61 remove_diacritics 0')"
        )
        op.execute(
            "CREATE VIRTUAL TABLE page_squeezed USING fts5("
            "folded, content='', contentless_delete=1, tokenize='trigram')"
        )
