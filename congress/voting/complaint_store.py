"""Statements on the complaints about polls."""

from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Row, String, Table, Text, insert, select
from sqlalchemy import update as change

from congress.kernel.ids import ID_LENGTH, PollId
from congress.storage.schema import congress_metadata
from congress.storage.types import UtcDateTime
from congress.voting.model import Complaint

complaint = Table(
    "complaint",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("poll_id", String(ID_LENGTH), ForeignKey("poll.id"), nullable=False, index=True),
    Column("filed_at", UtcDateTime, nullable=False),
    Column("complainant", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_at", UtcDateTime),
)


def _complaint(row: Row[tuple[object, ...]]) -> Complaint:
    return Complaint(
        id=row.id,
        poll_id=PollId(row.poll_id),
        filed_at=row.filed_at,
        complainant=row.complainant,
        text=row.text,
        decision=row.decision,
        decided_at=row.decided_at,
    )


def add(connection: Connection, value: Complaint) -> None:
    """Write a complaint down."""
    connection.execute(
        insert(complaint).values(
            id=value.id,
            poll_id=value.poll_id,
            filed_at=value.filed_at,
            complainant=value.complainant,
            text=value.text,
            decision=value.decision,
            decided_at=value.decided_at,
        )
    )


def of_poll(connection: Connection, poll_id: PollId) -> tuple[Complaint, ...]:
    """Return the complaints about a poll, the oldest first."""
    rows = connection.execute(
        select(complaint)
        .where(complaint.c.poll_id == poll_id)
        .order_by(complaint.c.filed_at, complaint.c.id)
    )
    return tuple(map(_complaint, rows))


def find(connection: Connection, complaint_id: str) -> Complaint | None:
    """Return the complaint with this identifier."""
    row = connection.execute(select(complaint).where(complaint.c.id == complaint_id)).one_or_none()
    return None if row is None else _complaint(row)


def decide(connection: Connection, complaint_id: str, decision: str, at: datetime) -> None:
    """Write down what was decided about a complaint."""
    connection.execute(
        change(complaint)
        .where(complaint.c.id == complaint_id)
        .values(decision=decision, decided_at=at)
    )
