"""The groups of restricted papers on the settings page."""

from functools import partial

from PySide6.QtWidgets import QWidget

from congress.storage.model import Group
from congress.ui.context import UiContext
from congress.ui.controllers.groups import GroupList, GroupsController
from congress.ui.pages.group_dialog import GroupDialog
from congress.ui.pages.setting_rows import SettingGroup, SettingRow
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.dialog import ConfirmDialog


class GroupsSetting(SettingGroup):
    """Every group with its members, and for the secretariat the ways to change them.

    Attributes:
        head: What groups are, and the button that makes one.
        list: The groups.
    """

    def __init__(
        self, context: UiContext, controller: GroupsController, parent: QWidget | None = None
    ) -> None:
        """Lay out an empty list; ``shown`` fills it."""
        super().__init__(context, context.tr("settings.group.groups"))
        self.setParent(parent)
        self._context, self._controller = context, controller
        controller.setParent(self)
        tr = context.tr
        self._listed = GroupList((), ())
        self._empty = not controller.may_manage
        if self._empty:
            self.hide()
        self.new = Button(context, tr("groups.add"), icon="users-three")
        self.new.clicked.connect(self.add_group)
        self.head = self.add(SettingRow(context, tr("groups.title"), tr("groups.means"), self.new))
        if self._empty:
            self.new.hide()
        self.list = RowList()
        self.column.addWidget(self.list)
        controller.listed.connect(self._show)

    def narrow(self, text: str) -> bool:
        """Show it as any group of settings, unless there is nothing in it."""
        found = super().narrow(text) and not self._empty
        self.setHidden(not found)
        return found

    def shown(self) -> None:
        """Read the groups."""
        self._controller.refresh()

    def add_group(self) -> None:
        """Ask for a new group."""
        GroupDialog(self._context, self._controller, self._listed, parent=self).open()

    def change_group(self, group: Group) -> None:
        """Ask for another name and other members."""
        GroupDialog(self._context, self._controller, self._listed, group, self).open()

    def remove_group(self, group: Group) -> None:
        """Ask, and remove a group that has no papers."""
        tr = self._context.tr
        if ConfirmDialog.ask(
            self._context,
            tr("groups.remove.title", name=group.name),
            tr("groups.remove.text"),
            tr("groups.remove.verb"),
            parent=self,
        ):
            self._controller.remove(group)

    def _show(self, listed: GroupList) -> None:
        context, tr = self._context, self._context.tr
        self._listed = listed
        self.list.clear()
        self._empty = not (listed.groups or self._controller.may_manage)
        self.setHidden(self._empty)
        for group in listed.groups:
            names = listed.names(group)
            who = tr.listed(names) if names else tr("groups.secretariat_alone")
            row = ListRow(context, group.name, who, icon="users-three", clickable=False)
            if self._controller.may_manage:
                change = Button(
                    context, icon="pencil-simple", name=tr("groups.change.name", name=group.name)
                )
                change.clicked.connect(partial(self.change_group, group))
                remove = Button(
                    context, icon="trash", name=tr("groups.remove.title", name=group.name)
                )
                remove.clicked.connect(partial(self.remove_group, group))
                row.trailing.addWidget(change)
                row.trailing.addWidget(remove)
            self.list.add(row)
