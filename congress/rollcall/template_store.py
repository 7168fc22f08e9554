"""Tables and queries of the sealed templates of faces."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
)

from congress.kernel.ids import ID_LENGTH, PersonId
from congress.rollcall.faces import Model
from congress.rollcall.templates import SealedTemplate
from congress.storage.schema import congress_metadata
from congress.storage.types import UtcDateTime

_ID = String(ID_LENGTH)

face_key = Table(
    "face_key",
    congress_metadata,
    Column("person_id", _ID, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("enrolled_at", UtcDateTime, nullable=False),
)

face_template = Table(
    "face_template",
    congress_metadata,
    Column("id", _ID, primary_key=True),
    Column("person_id", _ID, nullable=False, index=True),
    Column("model", String(80), nullable=False),
    Column("model_sha256", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

face_threshold = Table(
    "face_threshold",
    congress_metadata,
    Column("model_sha256", String(64), primary_key=True),
    Column("threshold", Integer, nullable=False),
    Column("persons", Integer, nullable=False),
)


def wrapped_keys(connection: Connection) -> dict[PersonId, bytes]:
    """Return each person's wrapped template key."""
    rows = connection.execute(select(face_key.c.person_id, face_key.c.wrapped))
    return {PersonId(row.person_id): row.wrapped for row in rows}


def templates(connection: Connection, model: Model) -> Sequence[SealedTemplate]:
    """Return the sealed templates of one model, those of a person together."""
    rows = connection.execute(
        select(face_template.c.person_id, face_template.c.sealed)
        .where(face_template.c.model_sha256 == model.sha256)
        .order_by(face_template.c.person_id, face_template.c.id)
    )
    return tuple(SealedTemplate(PersonId(row.person_id), row.sealed) for row in rows)


def persons_by_model(connection: Connection) -> dict[str, frozenset[PersonId]]:
    """Return who is enrolled under each model, by the hash of its weights."""
    rows = connection.execute(
        select(face_template.c.model_sha256, face_template.c.person_id).distinct()
    )
    found: dict[str, set[PersonId]] = {}
    for row in rows:
        found.setdefault(row.model_sha256, set()).add(PersonId(row.person_id))
    return {model: frozenset(persons) for model, persons in found.items()}


def replace_templates(
    connection: Connection,
    person_id: PersonId,
    model: Model,
    wrapped: bytes,
    sealed: Sequence[tuple[str, bytes]],
    at: datetime,
) -> None:
    """Write a person's key and templates in place of those before, of whatever model."""
    erase_person(connection, person_id)
    connection.execute(
        insert(face_key).values(person_id=person_id, wrapped=wrapped, enrolled_at=at)
    )
    connection.execute(
        insert(face_template),
        [
            {
                "id": template_id,
                "person_id": person_id,
                "model": model.name,
                "model_sha256": model.sha256,
                "sealed": data,
            }
            for template_id, data in sealed
        ],
    )


def erase_person(connection: Connection, person_id: PersonId) -> int:
    """Delete a person's key and templates; return how many templates there were."""
    connection.execute(delete(face_key).where(face_key.c.person_id == person_id))
    gone = connection.execute(delete(face_template).where(face_template.c.person_id == person_id))
    return gone.rowcount


def write_threshold(connection: Connection, model: Model, threshold: int, persons: int) -> None:
    """Keep the threshold (in thousandths) that the gallery of ``model`` has now."""
    connection.execute(delete(face_threshold).where(face_threshold.c.model_sha256 == model.sha256))
    connection.execute(
        insert(face_threshold).values(
            model_sha256=model.sha256, threshold=threshold, persons=persons
        )
    )
