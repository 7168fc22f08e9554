"""The table of amendments, in the file of their paper, and what is read from and written to it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from congress.docs.amendments.model import (
    Amendment,
    AmendmentId,
    Decision,
    Kind,
    Proposal,
    State,
)
from congress.docs.notes.codec import anchor_json, anchor_of
from congress.docs.notes.model import TextAnchor
from congress.kernel.errors import BugError
from congress.kernel.ids import ID_LENGTH, PaperId, VersionId
from congress.storage.schema import papers_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

amendment = Table(
    "amendment",
    papers_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column(
        "paper_id",
        String(ID_LENGTH),
        ForeignKey("paper.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("version_id", String(ID_LENGTH), nullable=False),
    Column("number", Integer, nullable=False),
    Column("mover", Text, nullable=False),
    Column("seconders", CanonicalJson, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("anchor", CanonicalJson, nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("poll", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("merged_into", String(ID_LENGTH)),
    Column("applied_in", String(ID_LENGTH)),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("paper_id", "number"),
)


def of_paper(connection: Connection, paper_id: PaperId) -> list[Amendment]:
    """Return the amendments to a paper by their numbers."""
    query = select(amendment).where(amendment.c.paper_id == paper_id).order_by(amendment.c.number)
    return [_amendment(row) for row in connection.execute(query).mappings()]


def find(connection: Connection, amendment_id: AmendmentId) -> Amendment | None:
    """Return an amendment, or ``None`` if this file does not hold it."""
    query = select(amendment).where(amendment.c.id == amendment_id)
    row = connection.execute(query).mappings().one_or_none()
    return _amendment(row) if row else None


def next_number(connection: Connection, paper_id: PaperId) -> int:
    """Return the number of the next amendment to a paper."""
    query = select(func.max(amendment.c.number)).where(amendment.c.paper_id == paper_id)
    return int(connection.execute(query).scalar_one() or 0) + 1


def add(connection: Connection, amendments: Sequence[Amendment]) -> None:
    """Write new amendments."""
    if amendments:
        connection.execute(insert(amendment), [_values(each) for each in amendments])


def change(connection: Connection, after: Amendment) -> None:
    """Write an amendment as it is now."""
    connection.execute(update(amendment).where(amendment.c.id == after.id).values(**_values(after)))


def _values(each: Amendment) -> dict[str, Any]:
    return {
        "id": each.id,
        "paper_id": each.paper_id,
        "version_id": each.version_id,
        "number": each.number,
        "mover": each.proposal.mover,
        "seconders": list(each.proposal.seconders),
        "kind": each.proposal.kind.value,
        "anchor": anchor_json(each.anchor),
        "text": each.proposal.text,
        "reason": each.proposal.reason,
        "state": each.decision.state.value,
        "poll": each.decision.poll,
        "note": each.decision.note,
        "merged_into": each.decision.into,
        "applied_in": each.applied_in,
        "made_at": each.made_at,
        "changed_at": each.changed_at,
    }


def _amendment(row: RowMapping) -> Amendment:
    anchor = anchor_of(row["anchor"])
    if not isinstance(anchor, TextAnchor):
        raise BugError("an amendment stands on words")
    return Amendment(
        id=AmendmentId(row["id"]),
        paper_id=PaperId(row["paper_id"]),
        version_id=VersionId(row["version_id"]),
        number=row["number"],
        anchor=anchor,
        proposal=Proposal(
            mover=row["mover"],
            kind=Kind(row["kind"]),
            text=row["text"],
            reason=row["reason"],
            seconders=tuple(row["seconders"]),
        ),
        decision=Decision(
            state=State(row["state"]),
            poll=row["poll"],
            note=row["note"],
            into=AmendmentId(row["merged_into"]) if row["merged_into"] else None,
        ),
        applied_in=VersionId(row["applied_in"]) if row["applied_in"] else None,
        made_at=row["made_at"],
        changed_at=row["changed_at"],
    )
