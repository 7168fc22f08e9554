"""Small vaults that leave the house: one reader, few shelves, random keys of their own.

Such a vault is like any other and opens in the same way; it only never held a key of the congress
it comes from. Its reader makes the key of their own file at their first sign-in, as every member
does, and takes it along into the next small vault.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.events import EventBus
from congress.kernel.ids import MemberId, new_id
from congress.kernel.roles import Actor, Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage import faults, header, keys
from congress.storage.blobs import BlobStore
from congress.storage.building import build
from congress.storage.database import Database
from congress.storage.files import remove_database, sync_folder
from congress.storage.header import Header, KdfParameters
from congress.storage.keys import KeyRing, Unlocked
from congress.storage.model import Member
from congress.storage.opening import open_file


@dataclass(frozen=True, slots=True)
class SmallVault:
    """A small vault while it is filled, or looked into.

    Attributes:
        actor: Its reader.
        congress: The database ``congress``.
        papers: Its files of papers.
        blobs: Its sealed files.
    """

    actor: Actor
    congress: Database
    papers: Mapping[Shelf, Database]
    blobs: BlobStore
    ring: KeyRing = field(repr=False)

    def shelf_key(self, shelf: Shelf) -> bytes:
        """Return the 32 bytes that wrap the data keys of papers of a shelf."""
        return self.ring.papers_key(shelf.clearance)


@contextmanager
def fresh_vault(
    folder: Path,
    *,
    clearances: Collection[Clearance],
    settings: Settings,
    member_id: MemberId,
    name: str,
    role: Role,
    passphrase: str,
    clock: Clock,
    kdf: KdfParameters | None = None,
) -> Iterator[SmallVault]:
    """Make a small vault in ``folder`` and give it to be filled; its files are closed after.

    Args:
        folder: An empty folder.
        clearances: The shelves it has.
        settings: Name and language of the congress, for its screens.
        member_id: Its one member.
        name: The sign-in name.
        role: What the member may do.
        passphrase: Opens it.
        clock: Dates the entries.
        kdf: What one try of the passphrase costs.

    Raises:
        EnvironmentFault: ``disk.full``, ``disk.failed`` or ``vault.read_only``; what was
            written so far is left to the caller.
    """
    ring = KeyRing(os.urandom(32), {each: os.urandom(32) for each in sorted(clearances)})
    sealed = Header(new_id(), os.urandom(32), kdf or KdfParameters(), ())
    slot_key = keys.slot_key(sealed, name, passphrase)
    sealed = replace(sealed, slots=(keys.make_slot(sealed, member_id, slot_key, ring),))
    member = Member(member_id, name, role, clock.now())
    with faults.naming(folder):
        build(folder, sealed, ring, member, settings, clock)
    with _filling(folder, Actor(member_id, role, name), ring, clock) as vault:
        yield vault


@contextmanager
def _filling(folder: Path, actor: Actor, ring: KeyRing, clock: Clock) -> Iterator[SmallVault]:
    with ExitStack() as stack:

        def database(name: str, tree: str, key: bytes) -> Database:
            engine = open_file(folder / f"{name}.db", tree, key, clock.now())
            stack.callback(engine.dispose)
            return Database(name, engine, clock, EventBus())

        yield SmallVault(
            actor=actor,
            congress=database("congress", "congress", ring.congress_file()),
            papers={
                Shelf(each): database(each.value, "papers", ring.papers_file(each))
                for each in ring.clearances
            },
            blobs=BlobStore(folder / "blobs"),
            ring=ring,
        )


def fits(folder: Path, name: str, passphrase: str) -> bool:
    """Return whether a passphrase opens the vault in ``folder``. Costs one try.

    Raises:
        InputError: ``vault.not_a_vault`` or ``vault.damaged``.
    """
    try:
        _unlocked(header.read(folder), name, passphrase)
    except InputError as error:
        if error.code == "vault.wrong_passphrase":
            return False
        raise
    return True


def take_along(old: Path, old_passphrase: str, new: Path, code: str, name: str) -> None:
    """Give the reader's own file in ``old``, and their passphrase, to the vault in ``new``.

    Args:
        old: The vault they have used; also one whose papers were erased.
        old_passphrase: Opens ``old``, and from now on ``new``.
        new: A vault that was not signed in to yet.
        code: Opens ``new`` until now.
        name: The sign-in name of both.

    Raises:
        InputError: ``vault.wrong_passphrase`` for ``old``; ``vault.damaged``.
        EnvironmentFault: ``disk.full`` or ``disk.failed``.
    """
    before, after = header.read(old), header.read(new)
    had = _unlocked(before, name, old_passphrase)
    has = _unlocked(after, name, code)
    ring = replace(has.ring, own=had.ring.own)
    wrapped = keys.rewrap(
        after,
        has.member_id,
        keys.slot_key(after, name, code),
        keys.slot_key(after, name, old_passphrase),
    )
    after = replace(after, slots=(wrapped,))
    slot = keys.reseal(after, has.member_id, ring)
    source = old / f"{keys.own_name(before.slot(had.member_id))}.db"
    if had.ring.own and source.is_file():
        with faults.naming(source):
            shutil.copyfile(source, new / f"{keys.own_name(slot)}.db")
    else:
        slot = wrapped
    header.write(new, replace(after, slots=(slot,)))


def erase_papers(folder: Path, name: str, passphrase: str) -> None:
    """Destroy the keys of all papers in ``folder``, then their files; the own file stays.

    What is destroyed is the only sealed copy of those keys in this folder. Whoever kept another
    copy of the folder, and the passphrase, has them still.

    Raises:
        InputError: ``vault.wrong_passphrase``.
        EnvironmentFault: ``disk.full`` or ``disk.failed``; nothing was erased.
    """
    sealed = header.read(folder)
    found = _unlocked(sealed, name, passphrase)
    left = KeyRing(os.urandom(32), {}, found.ring.own)
    slot = keys.reseal(sealed, found.member_id, left)
    header.write(folder, replace(sealed, slots=(slot,)))
    with faults.naming(folder):
        for each in ("congress", *(clearance.value for clearance in Clearance)):
            remove_database(folder / f"{each}.db")
        for place in ("blobs", "backups"):
            shutil.rmtree(folder / place, ignore_errors=True)
        sync_folder(folder)


def erased(folder: Path) -> bool:
    """Return whether the papers in ``folder`` were erased."""
    return not (folder / "congress.db").exists()


def _unlocked(sealed: Header, name: str, passphrase: str) -> Unlocked:
    return keys.open_slot(sealed, keys.slot_key(sealed, name, passphrase))
