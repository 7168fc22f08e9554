"""The groups of restricted papers, for the screens and commands that manage them."""

from collections.abc import Collection, Sequence

from congress.docs import store
from congress.docs.rewrap_store import rewrap
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Clearance, Shelf
from congress.storage.model import Group
from congress.storage.vault import Vault


class PaperGroups:
    """Who may read restricted papers of their own, apart from the secretariat."""

    def __init__(self, vault: Vault) -> None:
        """Take the open vault, which holds the keys of the groups."""
        self._vault = vault

    def all(self) -> Sequence[Group]:
        """Return the groups the signed-in member is of, by name; the secretariat is of all."""
        return self._vault.groups()

    def papers_in(self, group_id: GroupId) -> int:
        """Return how many papers lie with a group.

        Raises:
            InputError: ``group.unknown``.
        """
        shelf = Shelf(Clearance.RESTRICTED, group_id)
        if shelf not in self._vault.papers:
            raise InputError("group.unknown")
        with self._vault.papers[shelf].reading() as connection:
            return len(store.everything(connection, shelf))

    def add(self, name: str, members: Collection[MemberId]) -> Group:
        """Make a group of these members; everyone of the secretariat is of it besides.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``group.bad_name``, ``group.name_taken`` or ``member.unknown``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        return self._vault.add_group(name, members)

    def change(self, group_id: GroupId, name: str, members: Collection[MemberId]) -> Group:
        """Give a group another name and other members.

        If someone leaves, its papers are written anew under a new key. Who left can still read,
        in a copy of the files they kept, what lay there until then; nothing that comes later.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``group.unknown``, ``group.bad_name``, ``group.name_taken`` or
                ``member.unknown``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``; the group is as it was.
        """
        return self._vault.change_group(group_id, name, members, rewrap)

    def remove(self, group_id: GroupId) -> None:
        """Remove a group that has no papers any more.

        Raises:
            RefusedError: ``role.not_allowed`` or ``group.has_papers``.
            InputError: ``group.unknown``.
        """
        if count := self.papers_in(group_id):
            raise RefusedError("group.has_papers", count=count)
        self._vault.remove_group(group_id)

    def remove_member(self, member_id: MemberId) -> None:
        """Let someone sign in no more; the groups they were of get new keys.

        Raises:
            RefusedError: ``role.not_allowed`` or ``member.last_secretariat``.
            InputError: ``member.unknown``.
        """
        self._vault.remove_member(member_id, rewrap)
