"""Groups of restricted papers, and the public keys their keys are sealed to."""

import sqlalchemy as sa
from alembic import op

revision = "0006_groups"
down_revision = "0005_floor"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "member_key",
        sa.Column("member_id", sa.String(26), nullable=False),
        sa.Column("public", sa.LargeBinary(32), nullable=False),
        sa.Column("proof", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_member_key"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_member_key_member_id_member", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "paper_group",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_group"),
        sa.UniqueConstraint("file", name="uq_paper_group_file"),
    )
    op.create_table(
        "group_seal",
        sa.Column("group_id", sa.String(26), nullable=False),
        sa.Column("member_id", sa.String(26), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id", name="pk_group_seal"),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["paper_group.id"],
            name="fk_group_seal_group_id_paper_group",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_group_seal_member_id_member", ondelete="CASCADE"
        ),
    )
