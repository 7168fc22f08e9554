"""Between the settings page and the groups of restricted papers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from congress.app import OpenCongress
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Right, Role
from congress.storage.model import Group, GroupsChanged, Member, MembersChanged
from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class GroupList:
    """The groups, and who can be of one.

    Attributes:
        groups: By name.
        members: Everyone who can sign in, without the secretariat, which is of every group.
    """

    groups: Sequence[Group]
    members: Sequence[Member]

    def names(self, group: Group) -> list[str]:
        """Return the sign-in names of a group's members."""
        return [each.name for each in self.members if each.id in group.members]


class GroupsController(QObject):
    """Reads and changes the groups of the open congress."""

    listed = Signal(object)
    """The ``GroupList`` as it is now."""
    saved = Signal()
    """A group was made or changed."""
    refused = Signal(object)
    """The ``CongressError`` because of which a group was not made or changed."""

    def __init__(
        self, context: UiContext, congress: OpenCongress, parent: QObject | None = None
    ) -> None:
        """Work on ``congress``."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.may_manage = congress.actor.may(Right.MANAGE_MEMBERS)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, GroupsChanged | MembersChanged):
            self.refresh()

    def refresh(self) -> None:
        """Read the groups again."""

        def work(_: object) -> GroupList:
            everyone = self._congress.vault.members()
            others = [each for each in everyone if each.role is not Role.SECRETARIAT]
            return GroupList(self._congress.groups.all(), others)

        self._context.tasks.free(work).success(self._listed).start()

    def _listed(self, found: GroupList) -> None:
        self.listed.emit(found)

    def add(self, name: str, members: Collection[MemberId]) -> None:
        """Make a group; ``saved`` or ``refused`` answers."""

        def work(_: object) -> Group:
            return self._congress.groups.add(name, members)

        self._context.tasks.store(work).success(self._added).failure(self._refused).start()

    def change(self, group_id: GroupId, name: str, members: Collection[MemberId]) -> None:
        """Give a group another name and other members; ``saved`` or ``refused`` answers."""

        def work(_: object) -> Group:
            return self._congress.groups.change(group_id, name, members)

        self._context.tasks.store(work).success(self._changed).failure(self._refused).start()

    def remove(self, group: Group) -> None:
        """Remove a group that has no papers; the error is shown if it has."""

        def work(_: object) -> Group:
            self._congress.groups.remove(group.id)
            return group

        self._context.tasks.store(work).success(self._removed).start()

    def _added(self, group: Group) -> None:
        self._context.toasts.show_toast(self._context.tr("groups.added", name=group.name))
        self.saved.emit()

    def _changed(self, group: Group) -> None:
        self._context.toasts.show_toast(self._context.tr("groups.changed", name=group.name))
        self.saved.emit()

    def _removed(self, group: Group) -> None:
        text = self._context.tr("groups.removed", name=group.name)
        self._context.toasts.show_toast(text, Tone.NOTE)

    def _refused(self, error: CongressError) -> None:
        self.refused.emit(error)
