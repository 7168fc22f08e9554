"""Tables and queries of the sealed templates of faces, and of consent and erasure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from congress.kernel.canonical import Json
from congress.kernel.ids import ID_LENGTH, PersonId
from congress.rollcall import portrait_store
from congress.rollcall.faces import Model
from congress.rollcall.model import Consent, ConsentAnswer
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

face_consent = Table(
    "face_consent",
    congress_metadata,
    Column("person_id", _ID, primary_key=True),
    Column("answer", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

erasure_certificate = Table(
    "erasure_certificate",
    congress_metadata,
    Column("id", _ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("statement", JSON, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)


def consents(connection: Connection) -> dict[PersonId, Consent]:
    """Return the answer of everyone who was asked."""
    return {
        PersonId(row.person_id): Consent(
            PersonId(row.person_id), ConsentAnswer(row.answer), row.note, row.at
        )
        for row in connection.execute(select(face_consent))
    }


def put_consents(connection: Connection, values: Sequence[Consent]) -> None:
    """Write answers in place of those before."""
    persons = [value.person_id for value in values]
    connection.execute(delete(face_consent).where(face_consent.c.person_id.in_(persons)))
    if values:
        connection.execute(
            insert(face_consent),
            [
                {
                    "person_id": value.person_id,
                    "answer": value.answer.value,
                    "note": value.note,
                    "at": value.at,
                }
                for value in values
            ],
        )


def add_certificate(
    connection: Connection,
    certificate_id: str,
    at: datetime,
    statement: Mapping[str, Json],
    signature: bytes,
) -> None:
    """Write a certificate of erasure."""
    connection.execute(
        insert(erasure_certificate).values(
            id=certificate_id, at=at, statement=statement, signature=signature
        )
    )


def certificates(connection: Connection) -> Sequence[tuple[Mapping[str, Json], bytes]]:
    """Return statement and signature of all certificates, the first issued first."""
    query = select(erasure_certificate).order_by(erasure_certificate.c.at, erasure_certificate.c.id)
    return tuple((row.statement, row.signature) for row in connection.execute(query))


def rewrap(connection: Connection, wrapped: Mapping[PersonId, bytes]) -> None:
    """Write the keys of persons wrapped anew."""
    if wrapped:
        connection.execute(
            update(face_key).where(face_key.c.person_id == bindparam("whose")),
            [{"whose": person_id, "wrapped": data} for person_id, data in wrapped.items()],
        )


def count_of(connection: Connection, person_id: PersonId) -> int:
    """Return how many templates of a person there are."""
    query = select(func.count()).where(face_template.c.person_id == person_id)
    return connection.execute(query).scalar_one()


def enrolled_at(connection: Connection, person_id: PersonId) -> datetime | None:
    """Return when a person's face was enrolled, or ``None``."""
    query = select(face_key.c.enrolled_at).where(face_key.c.person_id == person_id)
    return connection.execute(query).scalar_one_or_none()


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


def counts_by_model(connection: Connection) -> dict[str, dict[PersonId, int]]:
    """Return how many templates each person has under each model, by the hash of its weights."""
    columns = face_template.c.model_sha256, face_template.c.person_id
    rows = connection.execute(select(*columns, func.count()).group_by(*columns))
    found: dict[str, dict[PersonId, int]] = {}
    for model, person_id, count in rows:
        found.setdefault(model, {})[PersonId(person_id)] = count
    return found


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
    """Delete a person's key, templates and portrait; return how many templates there were."""
    portrait_store.erase(connection, [person_id])
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
