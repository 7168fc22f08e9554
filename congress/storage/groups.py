"""The groups of an open vault: their keys, their members and their files of papers.

Who leaves a group, or the congress, took its key along. So the group gets a new key and a new
file: the papers are written anew under it, their data keys are wrapped anew, and the old file is
deleted. What was in the file before can still be read in a copy that was kept, with the key that
was held; nothing that comes in later can.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Publisher
from congress.kernel.ids import GroupId, MemberId, is_id, new_id
from congress.kernel.roles import Actor, Clearance, Right, Role, Shelf
from congress.kernel.text import text_fault, tidy
from congress.storage import group_store, groupkeys, members
from congress.storage.database import Database
from congress.storage.files import remove_database
from congress.storage.group_store import GroupRow
from congress.storage.keys import Unlocked, fold_name
from congress.storage.model import Group, GroupsChanged, Rewrap
from congress.storage.opening import copy_file, create_file
from congress.storage.paperfiles import PaperFiles

_MAX_NAME = 100
_PREFIX = "papers-"


class Groups:
    """The groups whose keys the signed-in member holds; for the secretariat, all."""

    def __init__(
        self,
        folder: Path,
        vault_id: str,
        congress: Database,
        papers: PaperFiles,
        opener: Callable[[str, bytes], Database],
        actor: Actor,
        unlocked: Unlocked,
        publisher: Publisher,
    ) -> None:
        """Open the file of every group whose key is sealed to the member.

        Args:
            folder: The vault's.
            vault_id: The vault's.
            congress: Where the groups are written.
            papers: Takes the files.
            opener: Opens a file of papers by its name, without ending, and its raw key.
            actor: The signed-in member.
            unlocked: Their keys.
            publisher: Told of changes.

        Raises:
            InputError: ``vault.damaged``: a seal or a file is bent, or the secretariat did not
                vouch for a group.
        """
        self._folder = folder
        self._vault_id = vault_id
        self._congress = congress
        self._papers = papers
        self._opener = opener
        self._actor = actor
        self._ring = unlocked.ring
        self._publisher = publisher
        self._keys: dict[GroupId, bytes] = {}
        with congress.reading() as connection:
            rows = group_store.everything(connection)
        for row in rows:
            self._unlock(row, unlocked)
        if self._ring.proof_key():
            self._sweep({self._path(row.file) for row in rows})

    def all(self) -> Sequence[Group]:
        """Return the groups, by name."""
        with self._congress.reading() as connection:
            everyone = members.everyone(connection)
            rows = group_store.everything(connection)
        listed = [each.id for each in everyone if each.role is not Role.SECRETARIAT]
        groups = [
            Group(
                row.id,
                groupkeys.name_of(self._keys[row.id], row.id, row.name),
                tuple(each for each in listed if each in row.seals),
            )
            for row in rows
            if row.id in self._keys
        ]
        return sorted(groups, key=lambda group: (fold_name(group.name), group.id))

    @property
    def complete(self) -> bool:
        """Whether the member holds the key of every group there is."""
        with self._congress.reading() as connection:
            return {row.id for row in group_store.everything(connection)} <= self._keys.keys()

    def find(self, group_id: GroupId) -> Group:
        """Return a group.

        Raises:
            InputError: ``group.unknown``: there is none, or the member is not of it.
        """
        for group in self.all():
            if group.id == group_id:
                return group
        raise InputError("group.unknown")

    def papers_key(self, group_id: GroupId) -> bytes:
        """Return the key that wraps the data keys of a group's papers.

        Raises:
            RefusedError: ``clearance.not_held``.
        """
        if group_id not in self._keys:
            raise RefusedError("clearance.not_held", clearance=Clearance.RESTRICTED.value)
        return groupkeys.papers_key(self._keys[group_id])

    def add(self, name: str, chosen: Collection[MemberId]) -> Group:
        """Make a group of these members, with a file of its own.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``group.bad_name``, ``group.name_taken`` or ``member.unknown``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``; nothing was kept.
        """
        self._actor.require(Right.MANAGE_MEMBERS)
        group_id, file, key = GroupId(new_id()), new_id(), os.urandom(32)
        name = self._checked_name(name, group_id)
        with self._fresh_file(file):
            create_file(self._path(file), "papers", groupkeys.papers_file(key))
            with self._congress.unit_of_work(self._actor) as uow:
                row = self._row(uow.connection, group_id, file, key, name, chosen)
                group_store.save(uow.connection, row)
                uow.audit("group.added", group_id, members=len(row.seals))
                database = self._database(file, key)
                uow.commit()
        self._install(group_id, key, database)
        self._publisher.publish(GroupsChanged())
        return self.find(group_id)

    def change(
        self, group_id: GroupId, name: str, chosen: Collection[MemberId], rewrap: Rewrap
    ) -> Group:
        """Give a group another name and other members; who leaves makes it get a new key.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``group.unknown``, ``group.bad_name``, ``group.name_taken`` or
                ``member.unknown``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``; the group is as it was.
        """
        self._actor.require(Right.MANAGE_MEMBERS)
        before, key = self.find(group_id), self._keys[group_id]
        name = self._checked_name(name, group_id)
        if set(before.members) <= set(chosen):
            with self._congress.unit_of_work(self._actor) as uow:
                file = group_store.find(uow.connection, group_id).file
                row = self._row(uow.connection, group_id, file, key, name, chosen)
                group_store.save(uow.connection, row)
                uow.audit("group.changed", group_id, members=len(row.seals))
                uow.commit()
        else:
            self._rekey(group_id, name, chosen, rewrap)
        self._publisher.publish(GroupsChanged())
        return self.find(group_id)

    def remove(self, group_id: GroupId) -> None:
        """Remove a group with its file; its papers must have left it.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``group.unknown``.
        """
        self._actor.require(Right.MANAGE_MEMBERS)
        self.find(group_id)
        shelf = Shelf(Clearance.RESTRICTED, group_id)
        with self._papers[shelf].unit_of_work(self._actor):
            with self._congress.unit_of_work(self._actor) as uow:
                file = group_store.find(uow.connection, group_id).file
                group_store.remove(uow.connection, group_id)
                uow.audit("group.removed", group_id)
                uow.commit()
            self._papers[shelf].retire()
        del self._keys[group_id]
        self._papers.drop(shelf).close()
        self._forget(file)
        self._publisher.publish(GroupsChanged())

    def let_in(self, connection: Connection, member_id: MemberId, public: bytes) -> None:
        """Seal every group's key to someone new of the secretariat, in the transaction."""
        for row in group_store.everything(connection):
            key = self._keys[row.id]
            sealed = groupkeys.seal_to(public, key, self._vault_id, row.id, member_id)
            seals = {**row.seals, member_id: sealed}
            group_store.save(connection, self._vouched(row.id, row.file, row.name, seals))

    def let_out(self, member_id: MemberId, rewrap: Rewrap) -> None:
        """Take every group's key from someone who leaves the congress."""
        with self._congress.reading() as connection:
            rows = [row for row in group_store.everything(connection) if member_id in row.seals]
        for row in rows:
            group = self.find(row.id)
            chosen = [each for each in group.members if each != member_id]
            self._rekey(row.id, group.name, chosen, rewrap, leaving=member_id)
        if rows:
            self._publisher.publish(GroupsChanged())

    def _rekey(
        self,
        group_id: GroupId,
        name: str,
        chosen: Collection[MemberId],
        rewrap: Rewrap,
        leaving: MemberId | None = None,
    ) -> None:
        shelf = Shelf(Clearance.RESTRICTED, group_id)
        old, old_key, key, file = (
            self._papers[shelf],
            self._keys[group_id],
            os.urandom(32),
            new_id(),
        )
        # Inside a unit of work nobody else writes to the old file.
        with self._fresh_file(file), old.unit_of_work(self._actor):
            with self._congress.reading() as connection:
                old_file = group_store.find(connection, group_id).file
            copy_file(
                self._path(old_file),
                groupkeys.papers_file(old_key),
                self._path(file),
                groupkeys.papers_file(key),
            )
            database = self._database(file, key)
            with database.unit_of_work(self._actor) as uow:
                keys = groupkeys.papers_key(old_key), groupkeys.papers_key(key)
                rewrap(uow.connection, group_id, *keys)
                uow.audit("group.rekeyed", group_id)
                uow.commit()
            with self._congress.unit_of_work(self._actor) as uow:
                row = self._row(uow.connection, group_id, file, key, name, chosen, leaving)
                group_store.save(uow.connection, row)
                uow.audit("group.rekeyed", group_id, members=len(row.seals))
                uow.commit()
            old.retire()
        self._install(group_id, key, database)
        old.close()
        self._forget(old_file)

    def _row(
        self,
        connection: Connection,
        group_id: GroupId,
        file: str,
        key: bytes,
        name: str,
        chosen: Collection[MemberId],
        leaving: MemberId | None = None,
    ) -> GroupRow:
        everyone = members.everyone(connection)
        if not {each.id for each in everyone}.issuperset(chosen):
            raise InputError("member.unknown")
        publics = group_store.member_keys(connection)
        seals = {}
        for each in everyone:
            if each.id != leaving and (each.role is Role.SECRETARIAT or each.id in chosen):
                public, proof = publics[each.id]
                expected = groupkeys.member_proof(self._proof_key(), each.id, public)
                groupkeys.check_proof(proof, expected)
                seals[each.id] = groupkeys.seal_to(public, key, self._vault_id, group_id, each.id)
        return self._vouched(group_id, file, groupkeys.hide_name(key, group_id, name), seals)

    def _vouched(
        self, group_id: GroupId, file: str, hidden: bytes, seals: Mapping[MemberId, bytes]
    ) -> GroupRow:
        proof = groupkeys.group_proof(self._proof_key(), group_id, file, hidden, seals)
        return GroupRow(group_id, file, hidden, proof, seals)

    def _unlock(self, row: GroupRow, unlocked: Unlocked) -> None:
        if not is_id(row.file):
            raise InputError("vault.damaged", file="congress.db")
        if proof_key := self._ring.proof_key():
            expected = groupkeys.group_proof(proof_key, row.id, row.file, row.name, row.seals)
            groupkeys.check_proof(row.proof, expected)
        if (sealed := row.seals.get(unlocked.member_id)) is None:
            return
        key = groupkeys.open_seal(
            unlocked.private, sealed, self._vault_id, row.id, unlocked.member_id
        )
        self._install(row.id, key, self._database(row.file, key))

    def _install(self, group_id: GroupId, key: bytes, database: Database) -> None:
        self._keys[group_id] = key
        self._papers.put(Shelf(Clearance.RESTRICTED, group_id), database)

    def _proof_key(self) -> bytes:
        if (key := self._ring.proof_key()) is None:
            raise RefusedError("clearance.not_held", clearance=Clearance.SECRET.value)
        return key

    def _checked_name(self, name: str, group_id: GroupId) -> str:
        tidied = tidy(name)
        if not tidied or len(tidied) > _MAX_NAME or text_fault(name):
            raise InputError("group.bad_name")
        folded = fold_name(tidied)
        if any(fold_name(each.name) == folded and each.id != group_id for each in self.all()):
            raise InputError("group.name_taken", name=tidied)
        return tidied

    def _database(self, file: str, key: bytes) -> Database:
        return self._opener(f"{_PREFIX}{file}", groupkeys.papers_file(key))

    def _path(self, file: str) -> Path:
        return self._folder / f"{_PREFIX}{file}.db"

    @contextmanager
    def _fresh_file(self, file: str) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._forget(file)
            raise

    def _forget(self, file: str) -> None:
        """Remove a file of papers; one that somebody still reads goes at the next sign-in."""
        with suppress(OSError):
            remove_database(self._path(file))

    def _sweep(self, known: Collection[Path]) -> None:
        """Remove the files of groups that a crash left without a row."""
        for path in self._folder.glob(f"{_PREFIX}*.db"):
            if path not in known:
                remove_database(path)
