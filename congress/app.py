"""The one wiring place: builds every service of an open congress and hands it over.

Nothing is built at import. The user interface, the command line and the demo all get their
services here, so that one congress is put together in one way.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from congress.docs.amendments.service import Amendments
from congress.docs.changes.service import Changes
from congress.docs.extraction import Extraction, Extractor
from congress.docs.groups import PaperGroups
from congress.docs.library import Library
from congress.docs.notes.service import Notes
from congress.docs.orphan_store import stands_twice, tidy_blobs
from congress.docs.packs.model import Inscription
from congress.docs.packs.opening import sign_in
from congress.docs.places import Places
from congress.docs.policy import Policy
from congress.docs.presenting import PageBoard, Presenting
from congress.docs.reading_list import ReadingList
from congress.floor.programme import Programme
from congress.kernel.approval import Approval
from congress.kernel.clock import Clock, SystemClock
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.events import EventBus
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.people.directory import Directory
from congress.rollcall.backends import Loaded, shared
from congress.rollcall.badges import Badges
from congress.rollcall.corrections import Corrections
from congress.rollcall.desk import Desk
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.faceprivacy import Certificate, FacePrivacy
from congress.rollcall.keptportraits import KeptPortraits
from congress.secretariat.exports import Exports
from congress.secretariat.handout import Handout, handout
from congress.secretariat.paperballots import PaperBallots
from congress.storage.header import KdfParameters
from congress.storage.vault import Vault
from congress.voting.booth import Booth
from congress.voting.trustees.board import Boards


@dataclass(frozen=True)
class OpenCongress:
    """An open congress in the name of the member who signed in.

    Attributes:
        vault: Its files, members and settings.
        bus: Hands out what was committed.
        clock: Tells the time of every entry.
        people: The list of the congress.
        library: The papers this member may read.
        places: Where this member was in each of them.
        reading: What is new to this member among them.
        notes: What this member wrote on them, and what groups share with them.
        changes: Compares their versions.
        amendments: What is proposed to change in them.
        presenting: Shows pages to the hall and to those who follow.
        groups: Who may read restricted papers of their own.
        desk: The register of who is present.
        corrections: Changes the register after the fact, by two people.
        enrolment: The faces the door camera knows.
        portraits: The portraits that are kept, where that was chosen.
        privacy: Consent to being recognised, and erasure.
        badges: The QR codes that register their bearers.
        backend: Loads what recognises faces, once; slow the first time.
        booth: Motions and elections.
        boards: The trustees for whom secret ballots are encrypted.
        paper_ballots: The sheets of ballots on paper, and their scans.
        programme: What happens when.
        exports: Attendance, results and minutes as files.
        handout: Packs, books of public papers, and who read what.
        pack: What the pack says of itself, where the congress was opened from one.
        forgotten: The certificate of the faces that were erased at this sign-in because the
            time for keeping them was over, or ``None``.
    """

    vault: Vault
    bus: EventBus
    clock: Clock
    people: Directory
    library: Library
    places: Places
    reading: ReadingList
    notes: Notes
    changes: Changes
    amendments: Amendments
    presenting: Presenting
    groups: PaperGroups
    desk: Desk
    corrections: Corrections
    enrolment: Enrolment
    portraits: KeptPortraits
    privacy: FacePrivacy
    badges: Badges
    backend: Callable[[], Loaded]
    booth: Booth
    boards: Boards
    paper_ballots: PaperBallots
    programme: Programme
    exports: Exports
    handout: Handout
    pack: Inscription | None = None
    forgotten: Certificate | None = None

    @property
    def actor(self) -> Actor:
        """The signed-in member; in a pack by the name of whom it was made for."""
        actor = self.vault.actor
        return replace(actor, name=self.pack.recipient) if self.pack else actor

    @property
    def settings(self) -> Settings:
        """The settings of the congress as they are now."""
        return self.vault.settings

    @property
    def policy(self) -> Policy:
        """What may be copied and printed now."""
        return Policy.of(self.settings)

    def save_settings(self, settings: Settings) -> None:
        """Replace the settings; portraits that are no longer to be kept are erased.

        Raises:
            CongressError: As ``Vault.save_settings`` and ``FacePrivacy.erase_portraits``.
        """
        self.vault.save_settings(settings)
        if not settings.keep_photos and self.vault.actor.may(Right.ENROL_FACES):
            self.privacy.erase_portraits()

    def close(self) -> None:
        """End the process that reads papers, and close the vault."""
        self.library.close()
        self.vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_congress(
    path: Path,
    settings: Settings,
    passphrase: str,
    *,
    name: str = "secretariat",
    clock: Clock | None = None,
    kdf: KdfParameters | None = None,
    extractor: Extractor | None = None,
) -> OpenCongress:
    """Make a new congress in the folder ``path`` and open it as its first member.

    Args:
        path: Where it will lie; must not exist, or be empty.
        settings: Its name, days and rules.
        passphrase: Of its first member.
        name: Sign-in name of its first member.
        clock: Dates every entry; by default the machine's.
        kdf: What a guess at the passphrase costs; by default what the machine can bear.
        extractor: Reads papers; by default in a confined process.

    Raises:
        CongressError: As ``congress.storage.vault.Vault.create``.
    """
    bus, clock = EventBus(), clock or SystemClock()
    vault = Vault.create(
        path,
        settings=settings,
        passphrase=passphrase,
        name=name,
        clock=clock,
        publisher=bus,
        kdf=kdf,
    )
    return _wired(vault, bus, clock, extractor or Extraction())


def open_congress(
    path: Path, passphrase: str, *, name: str = "secretariat", clock: Clock | None = None
) -> OpenCongress:
    """Open the congress in the folder ``path`` as the member ``name``.

    Raises:
        CongressError: As ``congress.storage.vault.Vault.open``.
    """
    bus, clock = EventBus(), clock or SystemClock()
    vault = Vault.open(path, passphrase=passphrase, name=name, clock=clock, publisher=bus)
    return _wired(vault, bus, clock, Extraction())


def open_pack(path: Path, typed: str, *, clock: Clock | None = None) -> OpenCongress:
    """Open the pack that was unpacked to the folder ``path``, for reading.

    Args:
        path: Its folder.
        typed: The code of the pack, or the passphrase its reader has set.
        clock: Tells whether it has expired.

    Raises:
        CongressError: As ``congress.docs.packs.opening.sign_in``.
    """
    bus, clock = EventBus(), clock or SystemClock()
    vault, inscription = sign_in(path, typed, clock=clock, publisher=bus)
    return _wired(vault, bus, clock, Extraction(), inscription)


def _finish_what_a_crash_left(vault: Vault, library: Library, clock: Clock) -> None:
    """Finish moves and set aside blobs that no paper names, before anything else is written.

    Only a member with every key can tell that nothing names a blob.
    """
    if not vault.holds_everything:
        return
    with suppress(EnvironmentFault):
        if stands_twice(vault.papers.values()):
            library.mend()
        tidy_blobs(vault.papers.values(), vault.blobs, clock.now())


def _forget_faces(privacy: FacePrivacy, actor: Actor, settings: Settings) -> Certificate | None:
    """Finish an erasure that a crash cut short, and erase what may no longer be kept.

    All faces, if their time is over; portraits, if they are not to be kept.

    Returns:
        The certificate, if there was something to erase. A disk that cannot be written to and a
        damaged key file keep nobody out: they are told where faces are used.
    """
    if not actor.may(Right.ENROL_FACES):
        return None
    with suppress(EnvironmentFault, InputError):
        privacy.mend()
        if not settings.keep_photos:
            privacy.erase_portraits()
        return privacy.erase_if_due()
    return None


def _wired(
    vault: Vault,
    bus: EventBus,
    clock: Clock,
    extractor: Extractor,
    pack: Inscription | None = None,
) -> OpenCongress:
    database, actor = vault.congress, vault.actor

    @cache
    def backend_named(name: str) -> Loaded:
        return shared().load(name)

    def backend() -> Loaded:
        return backend_named(vault.settings.face_backend)

    def approve(approval: Approval) -> Actor:
        return vault.recognise(approval.name, approval.passphrase)

    try:
        people = Directory(database, actor)
        desk = Desk(database, actor, people, clock, lambda: vault.settings)
        signer = Signer(vault.derive("ledger signing"))
        face_keys = FaceKeys(vault.path / "faces.key", vault.derive("templates"))
        booth = Booth(
            database,
            actor,
            clock,
            signer,
            desk.roll,
            people,
            quorate=lambda: desk.quorum().reached,
            approve=approve,
        )
        programme = Programme(database, actor, clock)
        board = PageBoard()
        bus.subscribe(board.clear)
        library = Library(
            vault.papers,
            vault.blobs,
            vault.shelf_key,
            actor,
            clock,
            lambda: Policy.of(vault.settings),
            extractor,
        )
        _finish_what_a_crash_left(vault, library, clock)
        places = Places(vault.own, actor, clock)
        privacy = FacePrivacy(
            database, actor, people, clock, lambda: vault.settings, face_keys, signer
        )
        return OpenCongress(
            vault=vault,
            bus=bus,
            clock=clock,
            people=people,
            library=library,
            places=places,
            reading=ReadingList(vault.own, places, actor),
            changes=Changes(vault.papers, library, actor),
            amendments=Amendments(vault.papers, library, actor, clock),
            presenting=Presenting(library, board.member(actor), actor),
            notes=Notes(vault.own, vault.papers, library, vault.groups, actor, clock),
            groups=PaperGroups(vault),
            desk=desk,
            corrections=Corrections(
                database, actor, people, clock, lambda: vault.settings, approve
            ),
            privacy=privacy,
            badges=Badges(database, actor, people, vault.derive("badges")),
            enrolment=Enrolment(
                database,
                actor,
                people,
                lambda: backend().backend,
                face_keys,
                clock,
                lambda: vault.settings.keep_photos,
            ),
            portraits=KeptPortraits(database, actor, face_keys, lambda: vault.settings),
            backend=backend,
            booth=booth,
            boards=Boards(database, actor, clock),
            paper_ballots=PaperBallots(booth, lambda: vault.settings, actor),
            programme=programme,
            exports=Exports(
                people,
                desk,
                booth,
                programme,
                lambda: vault.settings,
                actor,
                clock,
                members=lambda: {member.id: member.name for member in vault.members()},
            ),
            handout=handout(vault, library, people, programme, clock),
            pack=pack,
            forgotten=_forget_faces(privacy, actor, vault.settings),
        )
    except BaseException:
        vault.close()
        raise
