"""Enrols faces from photographs, keeps them sealed, and forgets them for good.

Photographs are discarded once they are embedded; what stays is a sealed template and, where the
secretariat chose so, one sealed portrait. Templates belong to the model that made them and are
never compared with those of another.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import PeopleSource, Person, PhotoFile
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Right
from congress.rollcall import matching, portrait_store, template_store, templates
from congress.rollcall.batch import Batch
from congress.rollcall.enrolment_report import Enrolled, EnrolmentReport, EnrolmentStatus
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.faces import Backend, Vector
from congress.rollcall.matching import Gallery
from congress.rollcall.model import Consent, ConsentAnswer, GalleryChanged
from congress.rollcall.photolist import photos_named
from congress.rollcall.photos import Photo, photos_at
from congress.rollcall.quality import ARCHIVE, ENROLMENT, Gate
from congress.storage.database import Database


class Enrolment:
    """The enrolled faces of a congress, in the name of one member."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        people: PeopleSource,
        backend: Callable[[], Backend],
        keys: FaceKeys,
        clock: Clock,
        keep_portraits: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            people: The list of the congress.
            backend: Returns the backend in use; called when it is first needed, as loading
                it takes a moment.
            keys: The master key that wraps each person's key.
            clock: Dates the enrolments.
            keep_portraits: Returns whether a portrait of each person is kept, sealed.
        """
        self._keep_portraits = keep_portraits
        self._database = database
        self._actor = actor
        self._people = people
        self._backend = backend
        self._keys = keys
        self._clock = clock

    def enrol(
        self,
        path: Path,
        *,
        gate: Gate = ENROLMENT,
        consented: bool = True,
        progress: Progress | None = None,
    ) -> EnrolmentReport:
        """Enrol everyone who has a good photograph in a folder or a ZIP; all of it or nothing.

        The photographs of a person take the place of those enrolled before.

        Args:
            path: Folder or ZIP; see ``photos`` for how files name badges.
            gate: How good a photograph must be.
            consented: Whether the organiser states that everyone in the photographs agreed in
                writing; otherwise only those whose consent is noted are enrolled. Who refused
                never is.
            progress: Told of each photograph.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.folder_missing``, ``faces.zip_damaged`` or ``faces.no_photos``.
            EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
            Cancelled: The person cancelled; nothing was changed.
        """
        self._actor.require(Right.ENROL_FACES)
        with photos_at(path) as photos:
            return self.enrol_photos(photos, gate=gate, consented=consented, progress=progress)

    def enrol_listed(
        self,
        table: Path,
        files: Sequence[PhotoFile],
        *,
        consented: bool = True,
        progress: Progress | None = None,
    ) -> EnrolmentReport:
        """Enrol the photographs that a list of people names; otherwise as ``enrol``.

        Args:
            table: The file of the list; ``photolist`` says where its photographs are looked for.
            files: What its rows name. What is not there is reported with its row.
            consented: As for ``enrol``.
            progress: Told of each photograph.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.zip_damaged``.
            EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
            Cancelled: The person cancelled; nothing was changed.
        """
        self._actor.require(Right.ENROL_FACES)
        with photos_named(table, files) as photos:
            return self.enrol_photos(photos, consented=consented, progress=progress)

    def enrol_photos(
        self,
        photos: Sequence[Photo],
        *,
        gate: Gate = ENROLMENT,
        consented: bool = True,
        progress: Progress | None = None,
    ) -> EnrolmentReport:
        """Enrol everyone who has a good photograph among ``photos``; see ``enrol``."""
        self._actor.require(Right.ENROL_FACES)
        progress = progress or Silent()
        backend = self._backend()
        with self._database.reading() as connection:
            answers = template_store.consents(connection)
        batch = Batch(backend, gate, self._templates(backend), answers, consented=consented)
        for done, photo in enumerate(photos):
            progress.check()
            progress.report(done, len(photos), photo.name)
            batch.look(photo, self._owner(photo))
        batch.compare()
        progress.check()
        gallery = matching.build(batch.gallery, backend.scale, backend.model.size)
        self._write(backend, batch, gallery)
        progress.report(len(photos), len(photos))
        return EnrolmentReport(
            photos=len(photos),
            enrolled=tuple(
                Enrolled(batch.persons[person_id], len(rows))
                for person_id, rows in batch.fresh.items()
            ),
            rejected=tuple(batch.rejected),
            look_alikes=gallery.look_alikes,
            threshold=gallery.threshold,
        )

    def enrol_kept(self, *, progress: Progress | None = None) -> EnrolmentReport:
        """Enrol from their kept portraits those who are enrolled with another model only.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.keys_damaged``.
            EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
            Cancelled: The person cancelled; nothing was changed.
        """
        self._actor.require(Right.ENROL_FACES)
        wanted, masters = self.status().renewable, self._keys.all()
        with self._database.reading() as connection:
            kept = portrait_store.of(connection, wanted)
        badges = {person.id: person.badge for person in self._people.everyone()}
        photos = [
            Photo(
                f"{badge}.jpg",
                (badge,),
                partial(templates.unseal_portrait, masters, each),
                len(each.data),
            )
            for each in kept
            if (badge := badges.get(each.person_id))
        ]
        return self.enrol_photos(photos, gate=ARCHIVE, consented=False, progress=progress)

    def gallery(self) -> Gallery:
        """Return everyone enrolled with the model in use, ready to be matched.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.template_damaged``.
            EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
        """
        self._actor.require(Right.CHECK_IN)
        backend = self._backend()
        return matching.build(self._templates(backend), backend.scale, backend.model.size)

    def status(self) -> EnrolmentStatus:
        """Return who is enrolled."""
        model = self._backend().model
        with self._database.reading() as connection:
            by_model = template_store.counts_by_model(connection)
            kept = frozenset(portrait_store.wrapped_keys(connection))
        photos = by_model.pop(model.sha256, {})
        persons = frozenset(photos)
        outdated = frozenset[PersonId]().union(*by_model.values()) - persons
        return EnrolmentStatus(persons, outdated, photos, outdated & kept)

    def _owner(self, photo: Photo) -> Person | None:
        found = (self._people.by_badge(badge) for badge in photo.badges)
        return next((person for person in found if person), None)

    def _templates(self, backend: Backend) -> dict[PersonId, list[Vector]]:
        with self._database.reading() as connection:
            wrapped = template_store.wrapped_keys(connection)
            sealed = template_store.templates(connection, backend.model)
        masters = self._keys.all()
        found: dict[PersonId, list[Vector]] = {}
        keys: dict[PersonId, bytes] = {}
        for row in sealed:
            person_id = row.person_id
            if person_id not in wrapped:
                raise InputError("faces.template_damaged")
            if person_id not in keys:
                keys[person_id] = templates.unwrap(masters, person_id, wrapped[person_id])
            vector = templates.unseal(keys[person_id], person_id, backend.model, row.data)
            found.setdefault(person_id, []).append(vector)
        return found

    def _portraits(self, batch: Batch) -> Mapping[PersonId, bytes]:
        if not self._keep_portraits():
            return {}
        # Imported here: whoever only reads papers never looks at a photograph.
        from congress.rollcall.portraits import best_portrait

        cut = {person_id: best_portrait(used) for person_id, used in batch.used.items()}
        return {person_id: jpeg for person_id, jpeg in cut.items() if jpeg is not None}

    def _write(self, backend: Backend, batch: Batch, gallery: Gallery) -> None:
        fresh, portraits = batch.fresh, self._portraits(batch)
        model, now = backend.model, self._clock.now()
        threshold = round(gallery.threshold * 1000)
        with self._database.unit_of_work(self._actor) as uow:
            if not template_store.wrapped_keys(uow.connection):
                self._keys.begin()
            master = self._keys.all()[0]
            agreed = [
                Consent(person_id, ConsentAnswer.GIVEN, "", now)
                for person_id in fresh
                if person_id not in template_store.consents(uow.connection)
            ]
            template_store.put_consents(uow.connection, agreed)
            for person_id, rows in fresh.items():
                key = templates.new_key()
                template_store.replace_templates(
                    uow.connection,
                    person_id,
                    model,
                    templates.wrap(master, person_id, key),
                    [(new_id(), templates.seal(key, person_id, model, row)) for row in rows],
                    now,
                )
            portrait_store.put(
                uow.connection,
                [
                    templates.seal_portrait(master, person_id, jpeg)
                    for person_id, jpeg in portraits.items()
                ],
            )
            template_store.write_threshold(uow.connection, model, threshold, len(gallery.persons))
            uow.audit(
                "face.enrolled",
                persons=len(fresh),
                templates=sum(map(len, fresh.values())),
                portraits=len(portraits),
                model=model.name,
                model_sha256=model.sha256,
                threshold=threshold,
            )
            uow.publish(GalleryChanged(len(gallery.persons)))
            uow.commit()
