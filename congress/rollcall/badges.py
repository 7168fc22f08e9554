"""Badges: a QR code that registers its bearer where the camera does not.

What the code says is derived from a key of the vault, the person and the number of the badge
(HMAC-SHA-256, RFC 2104, cut to 100 bits): it cannot be guessed, says nothing about its bearer,
and is stored nowhere. A lost badge is void once a new one is issued, because only the last
number of each person is taken.
"""

import base64
import hmac
import re
from collections.abc import Mapping
from hashlib import sha256

from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId
from congress.kernel.people import PeopleSource
from congress.kernel.roles import Actor, Right
from congress.rollcall import store
from congress.rollcall.model import BadgesChanged
from congress.storage.database import Database

PREFIX = "PCB1:"
_SYMBOLS = 20
_FIRST = 1
_TYPED = re.compile(rf"PCB1.?([A-Z2-7]{{{_SYMBOLS}}})")


def typed_code(text: str) -> str | None:
    """Return the code that a scanner typed, or ``None`` if ``text`` is none.

    Scanners type as an English keyboard would: on another one the colon comes out as another
    sign, and the letters may come out small.
    """
    match = _TYPED.fullmatch(text.strip().upper())
    return PREFIX + match.group(1) if match else None


class Badges:
    """The badges of a congress, in the name of one member."""

    def __init__(self, database: Database, actor: Actor, people: PeopleSource, key: bytes) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            people: The list of the congress.
            key: 32 bytes from which the codes follow (``Vault.derive("badges")``).
        """
        self._database = database
        self._actor = actor
        self._people = people
        self._key = key

    def codes(self) -> Mapping[PersonId, str]:
        """Return what the QR code of everyone's badge says, by person.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.CHECK_IN)
        with self._database.reading() as connection:
            numbers = store.badge_numbers(connection)
        return {
            person.id: self._code(person.id, numbers.get(person.id, _FIRST))
            for person in self._people.everyone()
        }

    def bearers(self) -> Mapping[str, PersonId]:
        """Return whose each valid code is.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        return {code: person_id for person_id, code in self.codes().items()}

    def issue_anew(self, person_id: PersonId) -> str:
        """Make a person's badge void, and return what the next one says.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``rollcall.unknown_person``.
        """
        self._actor.require(Right.CHECK_IN)
        if all(person.id != person_id for person in self._people.everyone()):
            raise InputError("rollcall.unknown_person")
        with self._database.unit_of_work(self._actor) as uow:
            number = store.badge_numbers(uow.connection).get(person_id, _FIRST) + 1
            store.write_badge_number(uow.connection, person_id, number)
            uow.audit("badge.issued_anew", person_id, number=number)
            uow.publish(BadgesChanged(person_id))
            uow.commit()
        return self._code(person_id, number)

    def _code(self, person_id: PersonId, number: int) -> str:
        said = b"paperless-congress/badge/1\0%s\0%d" % (person_id.encode(), number)
        digest = hmac.digest(self._key, said, sha256)
        return PREFIX + base64.b32encode(digest).decode("ascii")[:_SYMBOLS]
