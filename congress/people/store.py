"""The table of persons, and every statement on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    Row,
    String,
    Table,
    Text,
    and_,
    bindparam,
    insert,
    select,
    true,
    update,
)

from congress.kernel.folding import fold
from congress.kernel.ids import ID_LENGTH, PersonId
from congress.kernel.people import Person, Sex, Standing
from congress.people.model import badge_key
from congress.storage.schema import congress_metadata
from congress.storage.types import FractionText

person = Table(
    "person",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("badge", String(32), nullable=False),
    Column("badge_key", Text, nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("delegation", String(120), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("seat", String(32), nullable=False),
    Column("office", String(160), nullable=False),
    Column("weight", FractionText, nullable=False),
    Column("language", String(2), nullable=False),
    Column("contact", String(200), nullable=False),
    Column("convener", Boolean, nullable=False),
    Column("sex", String(8)),
    Column("born", Integer),
    Column("removed", Boolean, nullable=False),
    Column("folded", Text, nullable=False),
)
"""``removed`` persons are off the list, but the register and the minutes still name them.
``folded`` is what a search looks through: badge number and name, folded."""


def _person(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        badge=row.badge,
        name=row.name,
        delegation=row.delegation,
        standing=Standing(row.standing),
        seat=row.seat,
        office=row.office,
        weight=row.weight,
        language=row.language,
        contact=row.contact,
        convener=row.convener,
        sex=Sex(row.sex) if row.sex else None,
        born=row.born,
    )


def _values(value: Person) -> dict[str, object]:
    return {
        "id": value.id,
        "badge": value.badge,
        "badge_key": badge_key(value.badge),
        "name": value.name,
        "delegation": value.delegation,
        "standing": value.standing.value,
        "seat": value.seat,
        "office": value.office,
        "weight": value.weight,
        "language": value.language,
        "contact": value.contact,
        "convener": value.convener,
        "sex": value.sex.value if value.sex else None,
        "born": value.born,
        "removed": False,
        "folded": fold(f"{value.badge}\n{value.name}"),
    }


def everyone(connection: Connection) -> list[Person]:
    """Return all persons on the list, in no order."""
    return [_person(row) for row in connection.execute(select(person).where(~person.c.removed))]


def get(connection: Connection, person_id: PersonId) -> Person | None:
    """Return a person, on the list or taken off it."""
    row = connection.execute(select(person).where(person.c.id == person_id)).one_or_none()
    return None if row is None else _person(row)


def by_key(connection: Connection, key: str) -> Person | None:
    """Return the person on the list whose badge number has this ``badge_key``."""
    wanted = and_(person.c.badge_key == key, ~person.c.removed)
    row = connection.execute(select(person).where(wanted)).one_or_none()
    return None if row is None else _person(row)


def former(connection: Connection) -> Mapping[str, PersonId]:
    """Return the identifiers of persons taken off the list, by the ``badge_key`` they had."""
    rows = connection.execute(select(person.c.badge_key, person.c.id).where(person.c.removed))
    return {row.badge_key: PersonId(row.id) for row in rows}


def matching(connection: Connection, words: Sequence[str]) -> list[Person]:
    """Return persons on the list whose badge number and name hold all of these folded words."""
    holds = [person.c.folded.contains(word, autoescape=True) for word in words]
    wanted = and_(~person.c.removed, *holds)
    return [_person(row) for row in connection.execute(select(person).where(wanted))]


def known(connection: Connection) -> Mapping[str, Person]:
    """Return all persons on the list, by ``badge_key``."""
    return {badge_key(value.badge): value for value in everyone(connection)}


def put(connection: Connection, people: Iterable[Person]) -> None:
    """Write each person, whether the identifier is known or new, and put them on the list."""
    stored = set(connection.scalars(select(person.c.id)))
    rows = [_values(value) for value in people]
    if new := [row for row in rows if row["id"] not in stored]:
        connection.execute(insert(person), new)
    if old := [row | {"known_id": row["id"]} for row in rows if row["id"] in stored]:
        connection.execute(update(person).where(person.c.id == bindparam("known_id")), old)


def remove(connection: Connection, person_id: PersonId) -> None:
    """Take a person off the list."""
    connection.execute(update(person).where(person.c.id == person_id).values(removed=true()))


def release(connection: Connection, key: str) -> None:
    """Let go of the ``badge_key`` of a person taken off the list, so that another can have it."""
    connection.execute(
        update(person)
        .where(person.c.badge_key == key, person.c.removed == true())
        .values(badge_key="former:" + person.c.id)
    )
