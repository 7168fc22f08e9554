"""Builds a pack: a small vault with fresh keys, filled from the open shelves, in one file.

The papers go from one sealed file to the other in memory, piece by piece; what lies on the disk
in between is the small vault itself, encrypted, in a folder beside the target.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from congress.docs import store, version_store
from congress.docs.model import Paper, PaperImported
from congress.docs.packs import register_store
from congress.docs.packs.container import parts_of, write_pack
from congress.docs.packs.model import (
    SIGN_IN_NAME,
    Deliverable,
    Inscription,
    Manifest,
    OpenClearance,
    OpenShelves,
    PackId,
    Recipient,
    as_json,
)
from congress.docs.shelves import Arrival, Shelves
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import MemberId, PaperId, VersionId, new_id
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Clearance, Role
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.storage import faults
from congress.storage.database import Database
from congress.storage.delivery import SmallVault, fresh_vault
from congress.storage.files import PART
from congress.storage.header import KdfParameters

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Order:
    """One pack to be made.

    Attributes:
        recipient: Whose it is.
        papers: What goes into it; the current version of each.
        secret: Opens it.
        code: Marks it as this copy.
        made_at: When, aware, in UTC.
        expires_at: When it stops opening.
    """

    recipient: Recipient
    papers: Sequence[Deliverable]
    secret: str
    code: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Built:
    """A pack that was made.

    Attributes:
        path: Its file.
        manifest: What it says of itself.
        papers: Its papers and their versions.
    """

    path: Path
    manifest: Manifest
    papers: tuple[tuple[PaperId, VersionId], ...]


class PackBuilder:
    """Builds packs from the open shelves of one congress."""

    def __init__(
        self,
        shelves: OpenShelves,
        actor: Actor,
        signer: Signer,
        clock: Clock,
        *,
        more: Callable[[Database, Actor], None] = lambda _database, _actor: None,
        kdf: KdfParameters | None = None,
    ) -> None:
        """Take the open shelves, and nothing else of the vault.

        Args:
            shelves: The two files of papers that may leave the house.
            actor: The signed-in member.
            signer: The key of the congress.
            clock: Dates the entries inside.
            more: Writes what else goes into the pack's database, the programme for instance.
            kdf: What one try of a pack's code costs; by default as for any vault.
        """
        files = {each.shelf: database for each, database in shelves.files.items()}
        names = {each.shelf: key for each, key in shelves.keys.items()}
        self._source = Shelves(files, shelves.blobs, names.__getitem__, actor)
        self._signer = signer
        self._clock = clock
        self._more = more
        self._kdf = kdf

    def deliverable(self) -> Sequence[Deliverable]:
        """Return every paper that may go into a pack."""
        return [Deliverable.of(paper) for paper in self._source.everything()]

    def build(self, order: Order, path: Path, settings: Settings, progress: Progress) -> Built:
        """Make the pack ``order`` as the file ``path``: whole, or not at all.

        Args:
            order: What goes into it, and for whom.
            path: The file; it must not exist, its folder must.
            settings: Of the congress; name, days and language go along.
            progress: Told each paper.

        Raises:
            InputError: ``pack.exists``, ``docs.unknown_paper`` if one was removed or put under
                a stricter clearance meanwhile, ``docs.blob_damaged``.
            EnvironmentFault: ``disk.full``, ``disk.failed`` or ``vault.read_only``.
            Cancelled: The person cancelled.
        """
        if path.exists():
            raise InputError("pack.exists", file=path.name)
        pack_id = PackId(new_id())
        with faults.naming(path.parent):
            folder = Path(tempfile.mkdtemp(prefix=".", suffix=PART, dir=path.parent))
        try:
            with fresh_vault(
                folder,
                clearances=[Clearance(each.value) for each in OpenClearance],
                settings=settings,
                member_id=MemberId(order.recipient.id),
                name=SIGN_IN_NAME,
                role=Role.READER,
                passphrase=order.secret,
                clock=self._clock,
                kdf=self._kdf,
            ) as vault:
                self._inscribe(vault, pack_id, order)
                papers = self._fill(vault, order, progress)
            manifest = Manifest(
                pack_id=pack_id,
                congress=settings.name,
                made_at=order.made_at,
                expires_at=order.expires_at,
                code=order.code,
                recipient_id=order.recipient.id,
                papers=len(papers),
                parts=parts_of(folder, progress),
                key=self._signer.public_key,
            )
            write_pack(path, folder, manifest, self._signer, progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Built(path, manifest, papers)

    def _inscribe(self, vault: SmallVault, pack_id: PackId, order: Order) -> None:
        inscription = Inscription(
            pack_id=pack_id,
            recipient_id=order.recipient.id,
            recipient=order.recipient.name,
            code=order.code,
            made_at=order.made_at,
            expires_at=order.expires_at,
            key=self._signer.public_key,
        )
        with vault.congress.unit_of_work(vault.actor) as uow:
            register_store.inscribe(uow.connection, as_json(inscription))
            uow.audit("pack.made", pack_id)
            uow.commit()
        self._more(vault.congress, vault.actor)

    def _fill(
        self, vault: SmallVault, order: Order, progress: Progress
    ) -> tuple[tuple[PaperId, VersionId], ...]:
        target = Shelves(vault.papers, vault.blobs, vault.shelf_key, vault.actor)
        filled = []
        for done, each in enumerate(order.papers):
            progress.report(done, len(order.papers), order.recipient.name)
            paper = self._put(target, each, progress)
            filled.append((paper.id, paper.version_id))
        return tuple(filled)

    def _put(self, target: Shelves, wanted: Deliverable, progress: Progress) -> Paper:
        shelf = wanted.clearance.shelf
        with self._source.database(shelf).reading() as connection:
            paper = store.find(connection, wanted.paper_id, shelf)
            if paper is None:
                raise InputError("docs.unknown_paper")
            place = version_store.sealed(connection, paper.id)
            text = version_store.extract_of(connection, place.version_id)
            version = next(
                each
                for each in version_store.versions(connection, paper.id)
                if each.id == place.version_id
            )
        with self._source.reader(paper, place) as reader:

            def pieces() -> bytes:
                progress.check()
                return reader.read(_PIECE)

            arrival = Arrival(version, text, place.sha256, iter(pieces, b""), place.rendition)
            target.put(paper, [arrival], "paper.packed", PaperImported(paper.id))
        return paper
