"""Between the settings pages and the vault: what the congress decides, and who signs in."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from congress.app import OpenCongress
from congress.docs.packs.opening import passphrase_of
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.roles import Right, Role
from congress.kernel.settings import Settings
from congress.storage.model import Member, MembersChanged, SettingsChanged
from congress.ui.context import UiContext
from congress.ui.controllers.groups import GroupsController
from congress.ui.controllers.quorum import QuorumController
from congress.ui.theme.tokens import Tone

T = TypeVar("T")


class SettingsController(QObject):
    """Reads and changes the settings and the members of the open congress.

    Attributes:
        groups: Does the same for the groups of restricted papers.
        quorum: Tells what the rule of the quorum comes to.
    """

    loaded = Signal(object)
    """The ``Settings`` as they are now."""
    refused = Signal(str, object)
    """The name of the setting that was not changed, and the ``CongressError``."""
    members_listed = Signal(object)
    """Everyone who can sign in (``Sequence[Member]``)."""
    member_saved = Signal()
    """A member was added, or the signed-in member's passphrase changed."""
    member_refused = Signal(object)
    """The ``CongressError`` because of which a member was not added or changed."""

    def __init__(
        self, context: UiContext, congress: OpenCongress, parent: QObject | None = None
    ) -> None:
        """Work on ``congress``."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.actor = congress.actor
        self.may_change = self.actor.may(Right.MANAGE_SETTINGS)
        self.may_manage_members = self.actor.may(Right.MANAGE_MEMBERS)
        self.groups = GroupsController(context, congress, self)
        self.quorum = QuorumController(context, congress.desk, self)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, SettingsChanged):
            self.refresh()
        elif isinstance(event, MembersChanged):
            self.refresh_members()

    def refresh(self) -> None:
        """Read the settings again."""
        tasks = self._context.tasks
        tasks.free(lambda _: self._congress.settings).success(self._loaded).start()

    def refresh_members(self) -> None:
        """Read again who can sign in."""
        vault = self._congress.vault
        self._context.tasks.free(lambda _: vault.members()).success(self._members).start()

    def change(self, field: str, value: object) -> None:
        """Change one setting, with a way to undo it; ``refused`` says if it cannot be.

        Args:
            field: Name of the field of ``Settings``.
            value: Its new value.
        """

        def work(_: object) -> Settings | None:
            before = self._congress.settings
            after = replace(before, **{field: value})  # type: ignore[arg-type]
            if after == before:
                return None
            self._congress.save_settings(after)
            return before

        self._context.tasks.store(work).success(self._changed).failure(
            partial(self._not_changed, field)
        ).start()

    def _loaded(self, settings: Settings) -> None:
        self.loaded.emit(settings)

    def _members(self, members: Sequence[Member]) -> None:
        self.members_listed.emit(members)

    def _changed(self, before: Settings | None) -> None:
        if before is not None:
            text = self._context.tr("settings.saved")
            self._context.toasts.show_toast(text, Tone.GOOD, partial(self._restore, before))

    def _restore(self, before: Settings) -> None:
        congress = self._congress
        self._context.tasks.store(lambda _: congress.save_settings(before)).start()

    def _not_changed(self, field: str, error: CongressError) -> None:
        self.refused.emit(field, error)

    def add_member(self, name: str, role: Role, passphrase: str) -> None:
        """Let someone sign in; ``member_saved`` or ``member_refused`` answers."""
        vault = self._congress.vault
        text = self._context.tr("settings.member.added", name=name.strip())
        self._do(lambda: vault.add_member(name, role, passphrase), text)

    def change_passphrase(self, old: str, new: str) -> None:
        """Change the signed-in member's passphrase; answered as ``add_member`` is."""
        vault = self._congress.vault
        text = self._context.tr("settings.passphrase.changed")
        # The code of a pack may be typed in small letters, as at the door.
        old = passphrase_of(old) if self._congress.pack else old
        self._do(lambda: vault.change_passphrase(old, new), text)

    def remove_member(self, member: Member) -> None:
        """Let someone sign in no more."""
        groups = self._congress.groups
        text = self._context.tr("settings.member.removed", name=member.name)

        def done(_: None) -> None:
            self._context.toasts.show_toast(text, Tone.NOTE)

        self._context.tasks.store(lambda _: groups.remove_member(member.id)).success(done).start()

    def _do(self, work: Callable[[], object], text: str) -> None:
        def done(_: object) -> None:
            self._context.toasts.show_toast(text)
            self.member_saved.emit()

        self._context.tasks.store(lambda _: work()).success(done).failure(
            self._member_refused
        ).start()

    def _member_refused(self, error: CongressError) -> None:
        self.member_refused.emit(error)
