"""A congress on one machine: a folder of encrypted files that its members open.

``vault.json`` (salts, key slots), ``congress.db`` (people, register, polls, ledger,
settings, members, groups), ``public.db`` ... ``secret.db`` (the papers of one clearance each),
``papers-<random>.db`` (those of one group each), ``own-<random>.db`` (what is one member's
alone), ``blobs/`` (sealed papers), ``backups/`` (encrypted copies from before a migration),
``lock``.
"""

import os
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Publisher
from congress.kernel.ids import GroupId, MemberId, new_id
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Right, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage import faults, header, keys, members, settings_store, vouching
from congress.storage.blobs import BlobStore
from congress.storage.building import build
from congress.storage.database import Database
from congress.storage.files import PART, remove_database, sync_folder
from congress.storage.groups import Groups
from congress.storage.header import Header, KdfParameters, Slot
from congress.storage.keys import KeyRing, Unlocked
from congress.storage.lock import VaultLock
from congress.storage.model import Group, Member, MembersChanged, Rewrap, SettingsChanged
from congress.storage.opening import create_file, open_file
from congress.storage.paperfiles import PaperFiles


class Vault:
    """An open vault, in the name of the member who opened it.

    Attributes:
        path: Its folder.
        actor: The signed-in member.
        congress: The congress database.
        papers: The databases of papers, of the shelves this member holds, from public upwards;
            groups come and go in it.
        own: The database that only this member can open.
        blobs: The sealed files.
    """

    def __init__(
        self,
        path: Path,
        lock: VaultLock,
        sealed: Header,
        unlocked: Unlocked,
        clock: Clock,
        publisher: Publisher,
    ) -> None:
        """Open every file there is a key for. Use ``create`` or ``open`` instead."""
        self.path = path
        self._header = sealed
        self._keys = unlocked.ring
        self._clock = clock
        self._publisher = publisher
        self._closing = ExitStack()
        self._closing.callback(lock.release)
        try:
            self._open_files(unlocked)
        except BaseException:
            self.close()
            raise

    def _open_files(self, unlocked: Unlocked) -> None:
        self.congress = self._database("congress", "congress", self._keys.congress_file())
        with self.congress.reading() as connection:
            member = members.find(connection, unlocked.member_id)
        if member is None:
            raise InputError("vault.wrong_passphrase")
        self.actor = Actor(member.id, member.role, member.name)
        vouching.check(self.congress, self.actor, self._header, self._keys)
        self.own = self._own()
        files = PaperFiles(
            {
                Shelf(each): self._database(each.value, "papers", self._keys.papers_file(each))
                for each in self._keys.clearances
            }
        )
        self.papers: Mapping[Shelf, Database] = files
        self._groups = Groups(
            self.path,
            self._header.vault_id,
            self.congress,
            files,
            lambda name, key: self._database(name, "papers", key),
            self.actor,
            unlocked,
            self._publisher,
        )
        self.blobs = BlobStore(self.path / "blobs")

    def _database(self, name: str, tree: str, key: bytes) -> Database:
        engine = open_file(self.path / f"{name}.db", tree, key, self._clock.now())
        self._closing.callback(engine.dispose)
        return Database(name, engine, self._clock, self._publisher)

    def _own(self) -> Database:
        """Open the member's own file; make it, and its key, at their first sign-in."""
        member_id = self.actor.member_id
        name = keys.own_name(self._header.slot(member_id))
        if not self._keys.own:
            path, ring = self.path / f"{name}.db", self._keys.with_own()
            # One that a crash left has a key that was never kept.
            remove_database(path)
            create_file(path, "own", ring.own_file())
            self._replace_slot(keys.reseal(self._header, member_id, ring))
            self._keys = ring
        return self._database(name, "own", self._keys.own_file())

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
                slot_key = keys.slot_key(sealed, name, passphrase)
                sealed = replace(sealed, slots=(keys.make_slot(sealed, first.id, slot_key, ring),))
                unlocked = keys.open_slot(sealed, slot_key)
                build(part, sealed, ring, first, settings, clock)
                if path.exists():
                    path.rmdir()
                part.rename(path)
                sync_folder(path.parent)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
        return cls(path, VaultLock(path), sealed, unlocked, clock, publisher)

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
            unlocked = keys.open_slot(sealed, keys.slot_key(sealed, name, passphrase))
        except BaseException:
            lock.release()
            raise
        return cls(path, lock, sealed, unlocked, clock, publisher)

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
    def reading_only(self) -> bool:
        """Whether nothing can be written, because the disk was full when it was opened."""
        files = (self.congress, self.own, *self.papers.values())
        return any(each.reading_only for each in files)

    @property
    def holds_everything(self) -> bool:
        """Whether the member holds every shelf there is, and each can be written."""
        every = set(Clearance) <= set(self._keys.clearances) and self._groups.complete
        return every and not self.reading_only

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

    def shelf_key(self, shelf: Shelf) -> bytes:
        """Return the 32 bytes that wrap the data keys of papers of this shelf.

        Raises:
            RefusedError: ``clearance.not_held``.
        """
        if shelf.group is not None:
            return self._groups.papers_key(shelf.group)
        if shelf.clearance not in self._keys.clearances:
            raise RefusedError("clearance.not_held", clearance=shelf.clearance.value)
        return self._keys.papers_key(shelf.clearance)

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
        key = keys.slot_key(self._header, name, passphrase)
        member_id = keys.open_slot(self._header, key).member_id
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
        slot_key = keys.slot_key(self._header, name, passphrase)
        slot = keys.make_slot(self._header, member.id, slot_key, ring)
        with self.congress.unit_of_work(self.actor) as uow:
            members.add(uow.connection, member)
            self._vouch(uow.connection, slot)
            if role is Role.SECRETARIAT:
                self._groups.let_in(uow.connection, member.id, slot.public)
            uow.audit("member.added", member.id, role=role.value)
            uow.publish(MembersChanged())
            # The slot first: one without a row lets nobody in.
            self._write_header(replace(self._header, slots=(*self._header.slots, slot)))
            uow.commit()
        return member

    def remove_member(self, member_id: MemberId, rewrap: Rewrap) -> None:
        """Let someone sign in no more; the groups they were of get new keys.

        Who kept a copy of the files and remembers the passphrase can still read in that copy
        what they could read before. What only they could open is deleted.

        Args:
            member_id: Who leaves.
            rewrap: Wraps the data keys of a group's papers anew.

        Raises:
            RefusedError: ``role.not_allowed``, or ``member.last_secretariat``.
            InputError: ``member.unknown``.
        """
        self.actor.require(Right.MANAGE_MEMBERS)
        with self.congress.reading() as connection:
            members.check_leaving(connection, member_id)
        self._groups.let_out(member_id, rewrap)
        with self.congress.unit_of_work(self.actor) as uow:
            members.remove(uow.connection, member_id)
            uow.audit("member.removed", member_id)
            uow.publish(MembersChanged())
            uow.commit()
        gone = [slot for slot in self._header.slots if slot.id == member_id]
        kept = tuple(slot for slot in self._header.slots if slot.id != member_id)
        self._write_header(replace(self._header, slots=kept))
        for slot in gone:
            remove_database(self.path / f"{keys.own_name(slot)}.db")

    def groups(self) -> Sequence[Group]:
        """Return the groups the signed-in member is of, by name; the secretariat is of all."""
        return self._groups.all()

    def add_group(self, name: str, chosen: Collection[MemberId]) -> Group:
        """Make a group of these members, and of the secretariat: see ``Groups.add``."""
        return self._groups.add(name, chosen)

    def change_group(
        self, group_id: GroupId, name: str, chosen: Collection[MemberId], rewrap: Rewrap
    ) -> Group:
        """Give a group another name and other members: see ``Groups.change``."""
        return self._groups.change(group_id, name, chosen, rewrap)

    def remove_group(self, group_id: GroupId) -> None:
        """Remove a group with its file: see ``Groups.remove``. Its papers must have left it."""
        self._groups.remove(group_id)

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
        with self.congress.unit_of_work(self.actor) as uow:
            uow.audit("member.passphrase_changed", own)
            self._replace_slot(slot)
            try:
                uow.commit()
            except BaseException:
                self._write_header(before)
                raise

    def _vouch(self, connection: Connection, slot: Slot) -> None:
        if (proof_key := self._keys.proof_key()) is None:
            raise RefusedError("clearance.not_held", clearance=Clearance.SECRET.value)
        vouching.vouch(connection, proof_key, slot)

    def _replace_slot(self, slot: Slot) -> None:
        slots = tuple(slot if each.id == slot.id else each for each in self._header.slots)
        self._write_header(replace(self._header, slots=slots))

    def _write_header(self, sealed: Header) -> None:
        header.write(self.path, sealed)
        self._header = sealed
