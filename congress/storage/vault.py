"""A congress on one machine: a folder of encrypted files that its members open.

``vault.json`` (salts, key slots), ``congress.db`` (people, register, polls, ledger,
settings, members), ``public.db`` ... ``secret.db`` (the papers of one clearance each),
``blobs/`` (sealed papers), ``backups/`` (encrypted copies from before a migration), ``lock``.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Publisher
from congress.kernel.ids import MemberId, new_id
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Right, Role
from congress.kernel.settings import Settings
from congress.storage import faults, header, keys, members, settings_store
from congress.storage.blobs import BlobStore
from congress.storage.building import build
from congress.storage.database import Database
from congress.storage.files import PART, sync_folder
from congress.storage.header import Header, KdfParameters
from congress.storage.keys import KeyRing
from congress.storage.lock import VaultLock
from congress.storage.model import Member, MembersChanged, SettingsChanged
from congress.storage.opening import open_file


class Vault:
    """An open vault, in the name of the member who opened it.

    Attributes:
        path: Its folder.
        actor: The signed-in member.
        congress: The congress database.
        papers: The databases of papers, of the clearances this member holds.
        blobs: The sealed files.
    """

    def __init__(
        self,
        path: Path,
        lock: VaultLock,
        sealed: Header,
        member_id: MemberId,
        ring: KeyRing,
        clock: Clock,
        publisher: Publisher,
    ) -> None:
        """Open every file that ``ring`` has a key for. Use ``create`` or ``open`` instead."""
        self.path = path
        self._header = sealed
        self._keys = ring
        self._clock = clock
        with ExitStack() as stack:
            stack.callback(lock.release)

            def database(name: str, tree: str, key: bytes) -> Database:
                engine = open_file(path / f"{name}.db", tree, key, clock.now())
                stack.callback(engine.dispose)
                return Database(name, engine, clock, publisher)

            self.congress = database("congress", "congress", ring.congress_file())
            with self.congress.reading() as connection:
                member = members.find(connection, member_id)
                if member is None:
                    raise InputError("vault.wrong_passphrase")
            self.papers: Mapping[Clearance, Database] = {
                clearance: database(clearance.value, "papers", ring.papers_file(clearance))
                for clearance in Clearance
                if clearance in ring.clearances
            }
            self.actor = Actor(member.id, member.role, member.name)
            self.blobs = BlobStore(path / "blobs")
            self._closing = stack.pop_all()

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        settings: Settings,
        passphrase: str,
        name: str = "secretariat",
        clock: Clock,
        publisher: Publisher,
        kdf: KdfParameters | None = None,
    ) -> Self:
        """Make a new congress in the folder ``path`` and open it; all of it or nothing.

        Args:
            path: Must not exist, or be an empty folder.
            settings: What the congress decides about itself.
            passphrase: Of its first member, who has the role of the secretariat.
            name: The first member's sign-in name.
            clock: Dates the audit entries.
            publisher: Takes the events of committed changes.
            kdf: What one try of a passphrase costs; 64 MiB and 3 passes by default.

        Raises:
            InputError: ``vault.exists``, ``vault.short_passphrase``, ``member.bad_name``,
                ``settings.no_name``, ``settings.dates`` or ``settings.quorum``.
            EnvironmentFault: ``vault.read_only``, ``disk.full`` or ``disk.failed``.
        """
        path = path.absolute()
        name = members.checked_name(name)
        keys.check_passphrase(passphrase)
        settings_store.check(settings)
        ring = KeyRing.fresh()
        sealed = Header(new_id(), os.urandom(32), kdf or KdfParameters(), ())
        first = Member(MemberId(new_id()), name, Role.SECRETARIAT, clock.now())
        with faults.naming(path):
            if path.exists() and (not path.is_dir() or any(path.iterdir())):
                raise InputError("vault.exists", file=path.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            part = Path(tempfile.mkdtemp(prefix=".", suffix=PART, dir=path.parent))
            try:
                sealed = _with_slot(sealed, first, passphrase, ring)
                build(part, sealed, ring, first, settings, clock)
                if path.exists():
                    path.rmdir()
                part.rename(path)
                sync_folder(path.parent)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
        return cls(path, VaultLock(path), sealed, first.id, ring, clock, publisher)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        passphrase: str,
        name: str = "secretariat",
        clock: Clock,
        publisher: Publisher,
    ) -> Self:
        """Open the vault in the folder ``path``, migrating it if it is of an older version.

        Raises:
            InputError: ``vault.not_found``, ``vault.not_a_vault``, ``vault.damaged`` (names
                the file) or ``vault.wrong_passphrase`` (or the sign-in name).
            RefusedError: ``vault.newer``.
            EnvironmentFault: ``vault.locked``, ``vault.read_only``, ``disk.full`` or
                ``disk.failed``.
        """
        path = path.absolute()
        header.read(path)
        lock = VaultLock(path)
        try:
            # Read again: until we held the lock, another program could change the slots.
            sealed = header.read(path)
            member_id, ring = keys.open_slot(sealed, keys.slot_key(sealed, name, passphrase))
        except BaseException:
            lock.release()
            raise
        return cls(path, lock, sealed, member_id, ring, clock, publisher)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every file and give the lock back; do nothing the second time."""
        self._closing.close()

    @property
    def settings(self) -> Settings:
        """The settings of the congress."""
        with self.congress.reading() as connection:
            return settings_store.load(connection)

    def save_settings(self, settings: Settings) -> None:
        """Replace the settings of the congress.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``settings.no_name``, ``settings.dates`` or ``settings.quorum``.
        """
        self.actor.require(Right.MANAGE_SETTINGS)
        settings_store.check(settings)
        with self.congress.unit_of_work(self.actor) as uow:
            before = settings_store.load(uow.connection)
            settings_store.save(uow.connection, settings)
            uow.audit("settings.changed", fields=settings_store.changed(before, settings))
            uow.publish(SettingsChanged())
            uow.commit()

    def clearance_key(self, clearance: Clearance) -> bytes:
        """Return the 32 bytes that wrap the data keys of papers of this clearance.

        Raises:
            RefusedError: ``clearance.not_held``.
        """
        if clearance not in self._keys.clearances:
            raise RefusedError("clearance.not_held", clearance=clearance.value)
        return self._keys.papers_key(clearance)

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes that follow from the vault's key and ``purpose`` alone."""
        return self._keys.derive(purpose)

    def members(self) -> Sequence[Member]:
        """Return everyone who can sign in, by name."""
        with self.congress.reading() as connection:
            return members.everyone(connection)

    def recognise(self, name: str, passphrase: str) -> Actor:
        """Return who signs beside the one at the machine, for a step that needs two people.

        Raises:
            InputError: ``vault.wrong_passphrase``.
        """
        member_id, _ = keys.open_slot(self._header, keys.slot_key(self._header, name, passphrase))
        with self.congress.reading() as connection:
            member = members.find(connection, member_id)
        if member is None:
            raise InputError("vault.wrong_passphrase")
        return Actor(member.id, member.role, member.name)

    def add_member(self, name: str, role: Role, passphrase: str) -> Member:
        """Let someone sign in, with the clearances of their role.

        Raises:
            RefusedError: ``role.not_allowed``, or ``member.clearance_not_held`` if the
                actor does not hold a clearance of that role.
            InputError: ``member.bad_name``, ``member.name_taken`` or
                ``vault.short_passphrase``.
        """
        self.actor.require(Right.MANAGE_MEMBERS)
        keys.check_passphrase(passphrase)
        ring = self._keys.only(CLEARANCES_OF[role])
        name = members.checked_name(name)
        member = Member(MemberId(new_id()), name, role, self._clock.now())
        sealed = _with_slot(self._header, member, passphrase, ring)
        with self.congress.unit_of_work(self.actor) as uow:
            members.add(uow.connection, member)
            uow.audit("member.added", member.id, role=role.value)
            uow.publish(MembersChanged())
            # The slot first: one without a row lets nobody in.
            self._write_header(sealed)
            uow.commit()
        return member

    def remove_member(self, member_id: MemberId) -> None:
        """Let someone sign in no more.

        Who kept a copy of the files and remembers the passphrase can still read in that copy
        what they could read before.

        Raises:
            RefusedError: ``role.not_allowed``, or ``member.last_secretariat``.
            InputError: ``member.unknown``.
        """
        self.actor.require(Right.MANAGE_MEMBERS)
        with self.congress.unit_of_work(self.actor) as uow:
            members.remove(uow.connection, member_id)
            uow.audit("member.removed", member_id)
            uow.publish(MembersChanged())
            uow.commit()
        kept = tuple(slot for slot in self._header.slots if slot.id != member_id)
        self._write_header(replace(self._header, slots=kept))

    def change_passphrase(self, old: str, new: str) -> None:
        """Give the signed-in member another passphrase; no file is encrypted anew.

        Raises:
            InputError: ``vault.wrong_passphrase`` if ``old`` is not theirs, or
                ``vault.short_passphrase``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``; the old one still opens.
        """
        keys.check_passphrase(new)
        before, own = self._header, self.actor.member_id
        slot = keys.rewrap(
            before,
            own,
            keys.slot_key(before, self.actor.name, old),
            keys.slot_key(before, self.actor.name, new),
        )
        slots = tuple(slot if each.id == own else each for each in before.slots)
        with self.congress.unit_of_work(self.actor) as uow:
            uow.audit("member.passphrase_changed", own)
            self._write_header(replace(before, slots=slots))
            try:
                uow.commit()
            except BaseException:
                self._write_header(before)
                raise

    def _write_header(self, sealed: Header) -> None:
        header.write(self.path, sealed)
        self._header = sealed


def _with_slot(sealed: Header, member: Member, passphrase: str, ring: KeyRing) -> Header:
    slot_key = keys.slot_key(sealed, member.name, passphrase)
    slot = keys.make_slot(sealed, member.id, slot_key, ring)
    return replace(sealed, slots=(*sealed.slots, slot))
