"""The service that makes packs for delegates: for whom, with what, and kept in the register."""

import base64
import hashlib
import hmac
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from congress.docs.agenda import Agenda, in_order
from congress.docs.library import Library
from congress.docs.packs.building import Built, Order, PackBuilder
from congress.docs.packs.model import (
    ENDING,
    Copy,
    Deliverable,
    OpenClearance,
    Recipient,
    RecipientId,
    Slip,
)
from congress.docs.packs.opening import new_secret
from congress.docs.packs.register import CopyRegister
from congress.i18n.translator import Translator
from congress.kernel import codes
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId
from congress.kernel.people import PeopleSource, Person
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.kernel.text import tidy
from congress.secretariat.model import Cover
from congress.secretariat.slips import slips_pdf
from congress.storage import faults
from congress.storage.files import PART, sync_folder

_NAME_LENGTH = 40


class _Watched:
    """Passes a cancellation on to one pack of many, and keeps its own steps to itself."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def report(self, done: int, total: int, label: str = "") -> None:
        self._progress.check()

    def check(self) -> None:
        self._progress.check()


class Packs:
    """Makes packs in the name of the member who is signed in."""

    def __init__(
        self,
        library: Library,
        builder: Callable[[], PackBuilder],
        register: CopyRegister,
        people: PeopleSource,
        settings: Callable[[], Settings],
        cover: Callable[[], Cover],
        actor: Actor,
        clock: Clock,
        seed: bytes,
        *,
        zone: tzinfo | None = None,
        agenda: Callable[[], Agenda] = Agenda,
    ) -> None:
        """Take the services.

        Args:
            library: Tells which papers there are; nothing is read through it.
            builder: Gives what builds packs from the open shelves.
            register: Keeps which copies exist.
            people: The list of the congress.
            settings: Returns the settings of the congress.
            cover: Returns the head of every paper.
            actor: The signed-in member.
            clock: Dates the packs.
            seed: 32 bytes of the vault from which the identifiers of recipients follow.
            zone: Time zone in which a day of expiry ends; ``None`` is that of the machine.
            agenda: Returns the order of the items that papers belong to.
        """
        self._agenda = agenda
        self._library = library
        self._builder = builder
        self._register = register
        self._people = people
        self._settings = settings
        self._cover = cover
        self._actor = actor
        self._clock = clock
        self._seed = seed
        self._zone = zone

    def papers(self) -> Sequence[Deliverable]:
        """Return the papers that may go into a pack, in the order of the agenda.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.MAKE_PACKS)
        openly = {each.value for each in OpenClearance}
        # From all shelves, so that a paper whose move was cut short counts as the stricter one.
        return in_order(
            [
                Deliverable.of(paper)
                for paper in self._library.papers()
                if paper.clearance.value in openly
            ],
            self._agenda(),
        )

    def recipients(self) -> Sequence[Recipient]:
        """Return everyone on the list of the congress, by badge number."""
        return [self._recipient(person) for person in self._people.everyone()]

    def recipient(self, badge: str) -> Recipient:
        """Return the person with this badge number.

        Raises:
            InputError: ``pack.unknown_badge``.
        """
        person = self._people.by_badge(badge)
        if person is None:
            raise InputError("pack.unknown_badge", badge=badge)
        return self._recipient(person)

    def delegation(self, name: str) -> Recipient:
        """Return a delegation, or any other body, as the recipient of one pack for all of it.

        Raises:
            InputError: ``pack.no_recipient`` if the name is empty.
        """
        name = tidy(name)
        if not name:
            raise InputError("pack.no_recipient")
        return Recipient(self._id(f"body:{name}"), name, "", self._settings().language)

    def _recipient(self, person: Person) -> Recipient:
        return Recipient(
            self._id(f"person:{person.id}"), person.name, person.badge, person.language
        )

    def _id(self, whose: str) -> RecipientId:
        digest = hmac.digest(self._seed, whose.encode(), hashlib.sha256)[:16]
        return RecipientId(base64.b32encode(digest).decode("ascii").rstrip("=").lower())

    def make(
        self,
        folder: Path,
        recipients: Sequence[Recipient],
        papers: Sequence[PaperId],
        until: date,
        progress: Progress | None = None,
    ) -> Sequence[Slip]:
        """Make a pack for each recipient in ``folder``: all of them, or none.

        Args:
            folder: Where the files go; it is made if it is not there.
            recipients: One pack each.
            papers: What goes into every pack; the current version of each.
            until: The last day on which they open.
            progress: Told of each pack, and asked between two steps whether to stop.

        Returns:
            What belongs on the slips. The codes in them are nowhere else: print them.

        Raises:
            RefusedError: ``role.not_allowed``, or ``pack.not_open`` for a paper that may not
                leave the house.
            InputError: ``pack.no_recipient``, ``pack.no_papers``, ``pack.past`` if the day is
                over, ``pack.exists``, ``docs.unknown_paper`` or ``docs.blob_damaged``.
            EnvironmentFault: ``disk.full``, ``disk.failed`` or ``vault.read_only``.
            Cancelled: The person cancelled; nothing is left.
        """
        self._actor.require(Right.MAKE_PACKS)
        progress = progress or Silent()
        orders = self._orders(recipients, papers, until)
        folder, builder = folder.absolute(), self._builder()
        names = _names(orders)
        for name in names:
            if (folder / name).exists():
                raise InputError("pack.exists", file=name)
        with faults.naming(folder):
            folder.mkdir(parents=True, exist_ok=True)
            stage = Path(tempfile.mkdtemp(prefix=".", suffix=PART, dir=folder))
        try:
            built = []
            for done, (order, name) in enumerate(zip(orders, names, strict=True)):
                progress.report(done, len(orders), order.recipient.name)
                built.append(
                    builder.build(order, stage / name, self._settings(), _Watched(progress))
                )
            self._hand_out(folder, list(zip(orders, built, strict=True)))
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        progress.report(len(orders), len(orders))
        return [_slip(order, pack) for order, pack in zip(orders, built, strict=True)]

    def _orders(
        self, recipients: Sequence[Recipient], papers: Sequence[PaperId], until: date
    ) -> Sequence[Order]:
        now = self._clock.now()
        expires = self._end_of(until)
        if not recipients:
            raise InputError("pack.no_recipient")
        if not papers:
            raise InputError("pack.no_papers")
        if expires <= now:
            raise InputError("pack.past", day=until)
        self._library.mend()
        chosen = in_order(
            [Deliverable.of(self._library.paper(each)) for each in dict.fromkeys(papers)],
            self._agenda(),
        )
        different = {each.id: each for each in recipients}
        fresh = self._register.fresh_codes(len(different))
        return [
            Order(recipient, chosen, new_secret(), code, now, expires)
            for recipient, code in zip(different.values(), fresh, strict=True)
        ]

    def _end_of(self, day: date) -> datetime:
        next_day = day + timedelta(days=1)
        if self._zone is None:
            return datetime.combine(next_day, time()).astimezone()
        return datetime.combine(next_day, time(), self._zone)

    def _hand_out(self, folder: Path, made: Sequence[tuple[Order, Built]]) -> None:
        placed: list[Path] = []
        try:
            with faults.naming(folder):
                for _, pack in made:
                    pack.path.rename(folder / pack.path.name)
                    placed.append(folder / pack.path.name)
                sync_folder(folder)
            self._register.add(
                Copy(
                    pack_id=pack.manifest.pack_id,
                    code=order.code,
                    recipient_id=order.recipient.id,
                    recipient=order.recipient.name,
                    made_at=order.made_at,
                    expires_at=order.expires_at,
                    papers=pack.papers,
                )
                for order, pack in made
            )
        except BaseException:
            for path in placed:
                path.unlink(missing_ok=True)
            raise

    def slips(self, lang: str, slips: Sequence[Slip]) -> bytes:
        """Return a sheet of slips in one language as a PDF, for printing.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.MAKE_PACKS)
        return slips_pdf(Translator(lang), self._cover(), slips)


def _names(orders: Sequence[Order]) -> Sequence[str]:
    return [
        f"{_plain(order.recipient.badge or order.recipient.name)} "
        f"{codes.grouped(order.code)}{ENDING}"
        for order in orders
    ]


def _plain(name: str) -> str:
    """Return a name as every file system allows it."""
    allowed = "".join(char if char.isalnum() or char in "-_" else " " for char in name)
    return " ".join(allowed.split())[:_NAME_LENGTH].strip() or "pack"


def _slip(order: Order, pack: Built) -> Slip:
    return Slip(
        recipient=order.recipient,
        file=pack.path.name,
        secret=order.secret,
        code=order.code,
        expires_at=order.expires_at,
        fingerprint=pack.manifest.fingerprint,
    )
