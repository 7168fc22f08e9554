"""Places for the ballots of a poll, which casts overwrite, take the place of rows as they come."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0018_ballot_places"
down_revision = "0017_complaints"

_KEY = (5, 33)
"""Where a ballot names its credential, counted from 1, and how long that is."""
_MARK, _EXPECTED, _ROOM = 16, 16, 52
"""Bytes of a mark, and how many a place of marks is meant and has room for."""

_OLD = sa.table("encrypted_ballot", *map(sa.column, ("poll_id", "id", "ballot")))
_MARKS = sa.table("ciphertext", *map(sa.column, ("poll_id", "mark")))
_CARDS = sa.table("credential", *map(sa.column, ("poll_id", "public_key", "ballot_id")))
_BOX = sa.table("ballot_box", *map(sa.column, ("poll_id", "public_key", "filled", "ballot")))
_PLACES = sa.table("ciphertext_place", *map(sa.column, ("poll_id", "place", "marks")))


def upgrade() -> None:
    """Create the tables, and bring over what was cast.

    A poll that is open meanwhile goes on, without places: its pages tell the order still.
    """
    op.add_column("credential", sa.Column("ballot_id", sa.LargeBinary(32)))
    op.create_table(
        "ballot_box",
        sa.Column("poll_id", sa.String(26), nullable=False),
        sa.Column("public_key", sa.LargeBinary(33), nullable=False),
        sa.Column("filled", sa.Boolean(), nullable=False),
        sa.Column("ballot", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "public_key"],
            ["credential.poll_id", "credential.public_key"],
            name="fk_ballot_box_poll_id_credential",
        ),
        sa.PrimaryKeyConstraint("poll_id", "public_key", name="pk_ballot_box"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ciphertext_place",
        sa.Column("poll_id", sa.String(26), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_ciphertext_place_poll_id_poll"),
        sa.PrimaryKeyConstraint("poll_id", "place", name="pk_ciphertext_place"),
        sqlite_with_rowid=False,
    )
    _bring_over(op.get_bind())
    for table in ("credential_used", "encrypted_ballot", "ciphertext"):
        op.drop_table(table)


def _bring_over(connection: sa.Connection) -> None:
    key = sa.func.substr(_OLD.c.ballot, *_KEY).label("key")
    connection.execute(
        sa.insert(_BOX).from_select(
            ["poll_id", "public_key", "filled", "ballot"],
            sa.select(_OLD.c.poll_id, key, sa.true(), _OLD.c.ballot).order_by(_OLD.c.poll_id, key),
        )
    )
    cast = connection.execute(sa.select(_OLD.c.poll_id, _OLD.c.id, key)).all()
    if cast:
        mine = (_CARDS.c.poll_id == sa.bindparam("poll"), _CARDS.c.public_key == sa.bindparam("at"))
        connection.execute(
            sa.update(_CARDS).where(*mine),
            [{"poll": row.poll_id, "at": row.key, "ballot_id": row.id} for row in cast],
        )
    marks: dict[str, list[bytes]] = {}
    for row in connection.execute(sa.select(_MARKS.c.poll_id, _MARKS.c.mark)):
        marks.setdefault(row.poll_id, []).append(row.mark)
    for poll_id, every in marks.items():
        connection.execute(
            sa.insert(_PLACES),
            [
                {"poll_id": poll_id, "place": place, "marks": text}
                for place, text in enumerate(_texts(every))
            ],
        )


def _texts(marks: list[bytes]) -> Iterator[bytes]:
    """Yield what each place holds: sorted marks, and zeros up to a multiple of its room."""
    places: list[list[bytes]] = [[] for _ in range(-(-len(marks) // _EXPECTED))]
    for mark in marks:
        places[int.from_bytes(mark[:8], "big") % len(places)].append(mark)
    for there in places:
        rooms = max(1, -(-len(there) // _ROOM))
        yield b"".join(sorted(there)).ljust(rooms * _ROOM * _MARK, b"\0")
