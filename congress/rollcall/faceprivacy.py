"""Consent to being recognised by face, the end of it, and what is known of one person.

A person's templates go when the person says so, when the congress's time for keeping them is
over, or all at once. Each erasure destroys keys as well as rows (see ``facekeys``) and leaves a
certificate that the vault signs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress.kernel import signing
from congress.kernel.canonical import Json
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import PeopleSource, Person
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.kernel.text import text_fault, tidy
from congress.rollcall import portrait_store, store, template_store, templates
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.model import (
    Consent,
    ConsentAnswer,
    Correction,
    Entry,
    Excuse,
    GalleryChanged,
    Session,
)
from congress.rollcall.templates import Purpose
from congress.storage.database import Database

_PURPOSE = "face-erasure"
_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Certificate:
    """That faces were erased, signed with the key of the congress.

    Attributes:
        statement: What was done: ``v``, ``congress``, ``at``, ``by``, ``persons`` (sorted
            identifiers), ``templates``, ``portraits`` (not in the first ones), ``left``
            (persons still enrolled) and ``key``, the public key in hexadecimal.
        signature: Ed25519 over the statement.
    """

    statement: Mapping[str, Json]
    signature: bytes

    @property
    def valid(self) -> bool:
        """Whether the signature is of the key that the statement names."""
        key = bytes.fromhex(str(self.statement["key"]))
        return signing.verify(key, _PURPOSE, self.statement, self.signature)

    @property
    def persons(self) -> tuple[PersonId, ...]:
        """Whose faces were erased."""
        named = self.statement["persons"]
        return tuple(PersonId(str(each)) for each in named) if isinstance(named, list) else ()

    @property
    def at(self) -> datetime:
        """When, aware, in UTC."""
        return datetime.fromisoformat(str(self.statement["at"]))


@dataclass(frozen=True, slots=True)
class SubjectData:
    """What the roll call holds about one person.

    Attributes:
        person: As on the list of the congress.
        consent: Their answer, or ``None`` if they were never asked.
        enrolled_at: When their face was enrolled, or ``None``.
        templates: How many templates there are.
        stays: Each session with the person's entries in it.
        excuses: When the person was excused, and why.
        corrections: What was corrected about the person.
        portrait: A JPEG of the person, if one is kept, or ``None``.
    """

    person: Person
    consent: Consent | None
    enrolled_at: datetime | None
    templates: int
    stays: tuple[tuple[Session, tuple[Entry, ...]], ...]
    excuses: tuple[Excuse, ...]
    corrections: tuple[Correction, ...]
    portrait: bytes | None = None


class FacePrivacy:
    """Consent and erasure, in the name of one member."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        people: PeopleSource,
        clock: Clock,
        settings: Callable[[], Settings],
        keys: FaceKeys,
        signer: Signer,
    ) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            people: The list of the congress.
            clock: Dates answers and certificates.
            settings: Returns the settings of the congress as they are now.
            keys: The master key of the faces.
            signer: Signs certificates.
        """
        self._database = database
        self._actor = actor
        self._people = people
        self._clock = clock
        self._settings = settings
        self._keys = keys
        self._signer = signer

    def consents(self) -> Mapping[PersonId, Consent]:
        """Return the answer of everyone who was asked.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        with self._database.reading() as connection:
            return template_store.consents(connection)

    def answer(
        self, person_id: PersonId, answer: ConsentAnswer, note: str = ""
    ) -> Certificate | None:
        """Note a person's answer; a refusal or withdrawal erases their face at once.

        Returns:
            The certificate of erasure, if there was something to erase.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``rollcall.unknown_person`` or ``faces.bad_note``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.ENROL_FACES)
        self._person(person_id)
        kept = tidy(note)
        if len(kept) > _LONGEST_NOTE or text_fault(note):
            raise InputError("faces.bad_note", most=_LONGEST_NOTE)
        with self._database.unit_of_work(self._actor) as uow:
            noted = Consent(person_id, answer, kept, self._clock.now())
            template_store.put_consents(uow.connection, [noted])
            uow.audit("face.consent", person_id, answer=answer.value)
            uow.commit()
        return None if answer is ConsentAnswer.GIVEN else self._erase({person_id})

    def erase(self, person_id: PersonId) -> Certificate | None:
        """Destroy a person's key and templates; ``None`` if there were none.

        Raises:
            RefusedError: ``role.not_allowed``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        return self._erase({person_id})

    def erase_all(self) -> Certificate | None:
        """Destroy all keys and templates of all models; ``None`` if there were none.

        Raises:
            RefusedError: ``role.not_allowed``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        with self._database.reading() as connection:
            everyone = set(template_store.wrapped_keys(connection))
        return self._erase(everyone)

    def due_at(self) -> datetime | None:
        """Return from when the faces must not be kept, or ``None`` without a last day."""
        settings = self._settings()
        if settings.ends is None:
            return None
        day = settings.ends + timedelta(days=settings.keep_faces_days + 1)
        zone = self._clock.now().tzinfo
        return datetime(day.year, day.month, day.day, tzinfo=zone)

    def erase_if_due(self) -> Certificate | None:
        """Erase all faces if the time for keeping them is over.

        Raises:
            RefusedError: ``role.not_allowed``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        due = self.due_at()
        return self.erase_all() if due is not None and self._clock.now() >= due else None

    def erase_portraits(self) -> int:
        """Destroy all portraits with their keys; the faces stay. Return how many there were.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.keys_damaged`` or ``faces.template_damaged``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.ENROL_FACES)
        with self._database.reading() as connection:
            count = len(portrait_store.wrapped_keys(connection))
        if count:
            self._renew(set(), portraits=True)
        return count

    def mend(self) -> None:
        """Finish a renewal of the master key that a crash cut short.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.keys_damaged``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.ENROL_FACES)
        if len(self._keys.all()) > 1:
            self._renew(set())

    def certificates(self) -> Sequence[Certificate]:
        """Return all certificates of erasure, the first issued first.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        with self._database.reading() as connection:
            return tuple(Certificate(*row) for row in template_store.certificates(connection))

    def subject(self, person_id: PersonId) -> SubjectData:
        """Return what the roll call holds about a person, for that person.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``rollcall.unknown_person``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        person = self._person(person_id)
        with self._database.reading() as connection:
            kept = portrait_store.of(connection, [person_id])
            sessions = store.sessions(connection)
            stays = [
                (each, tuple(e for e in store.entries(connection, each.id) if _of(person_id, e)))
                for each in sessions
            ]
            excuses = [x for each in sessions for x in store.excuses(connection, each.id)]
            corrections = [x for each in sessions for x in store.corrections(connection, each.id)]
            return SubjectData(
                person=person,
                consent=template_store.consents(connection).get(person_id),
                enrolled_at=template_store.enrolled_at(connection, person_id),
                templates=template_store.count_of(connection, person_id),
                portrait=templates.unseal_portrait(self._keys.all(), kept[0]) if kept else None,
                stays=tuple((each, entries) for each, entries in stays if entries),
                excuses=tuple(x for x in excuses if x.person_id == person_id),
                corrections=tuple(x for x in corrections if x.person_id == person_id),
            )

    def _person(self, person_id: PersonId) -> Person:
        for person in self._people.everyone():
            if person.id == person_id:
                return person
        raise InputError("rollcall.unknown_person")

    def _erase(self, persons: set[PersonId]) -> Certificate | None:
        self._actor.require(Right.ENROL_FACES)
        with self._database.reading() as connection:
            persons &= set(template_store.wrapped_keys(connection))
        return self._renew(persons) if persons else None

    def _renew(self, gone: set[PersonId], *, portraits: bool = False) -> Certificate | None:
        """Erase persons, wrap the keys of the others anew and destroy the old master key.

        With ``portraits`` everybody's portrait is erased, too.

        While the database is written both master keys stand in the file, so that a crash at
        any moment loses nothing; ``mend`` finishes what it left.
        """
        before = self._keys.all()
        master = self._keys.renew()
        certificate = None
        try:
            with self._database.unit_of_work(self._actor) as uow:
                kept = portrait_store.wrapped_keys(uow.connection)
                pictures = kept if portraits else {who: kept[who] for who in gone if who in kept}
                portrait_store.erase(uow.connection, pictures)
                count = 0
                for person_id in sorted(gone):
                    each = template_store.erase_person(uow.connection, person_id)
                    uow.audit("face.erased", person_id, templates=each)
                    count += each
                left = template_store.wrapped_keys(uow.connection)
                template_store.rewrap(
                    uow.connection,
                    {
                        person_id: templates.wrap(
                            master, person_id, templates.unwrap(before, person_id, wrapped)
                        )
                        for person_id, wrapped in left.items()
                    },
                )
                portrait_store.rewrap(
                    uow.connection,
                    {
                        person_id: templates.wrap(
                            master,
                            person_id,
                            templates.unwrap(before, person_id, wrapped, Purpose.PORTRAIT),
                            Purpose.PORTRAIT,
                        )
                        for person_id, wrapped in kept.items()
                        if person_id not in pictures
                    },
                )
                if portraits:
                    uow.audit("face.portraits_erased", portraits=len(pictures))
                if gone:
                    certificate = self._certify(gone, count, len(pictures), len(left))
                    template_store.add_certificate(
                        uow.connection,
                        new_id(),
                        self._clock.now(),
                        certificate.statement,
                        certificate.signature,
                    )
                    uow.publish(GalleryChanged(len(left)))
                uow.audit("face.key_renewed", persons=len(left))
                uow.commit()
        except BaseException:
            self._keys.keep(before[0])
            raise
        self._keys.keep(master)
        self._database.empty_log()
        return certificate

    def _certify(self, gone: set[PersonId], count: int, portraits: int, left: int) -> Certificate:
        statement: dict[str, Json] = {
            "v": 1,
            "congress": self._settings().name,
            "at": self._clock.now().isoformat(),
            "by": self._actor.member_id,
            "persons": sorted(gone),
            "templates": count,
            "portraits": portraits,
            "left": left,
            "key": self._signer.public_key.hex(),
        }
        return Certificate(statement, self._signer.sign(_PURPOSE, statement))


def _of(person_id: PersonId, entry: Entry) -> bool:
    return person_id in (entry.person_id, entry.seat_of)
