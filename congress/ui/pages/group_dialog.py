"""Asks for the name and the members of a group of restricted papers."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.storage.model import Group
from congress.ui.context import UiContext
from congress.ui.controllers.groups import GroupList, GroupsController
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog, ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import clear
from congress.ui.widgets.memberpicker import MemberPicker
from congress.ui.widgets.text import Text

_LIST_HEIGHT = 280


class GroupDialog(Dialog):
    """A new group, or another name and other members of one that is there."""

    def __init__(
        self,
        context: UiContext,
        controller: GroupsController,
        listed: GroupList,
        group: Group | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask about ``group``, or about a new one."""
        tr = context.tr
        title = tr("groups.change.title") if group else tr("groups.add")
        super().__init__(context, title, parent)
        self._controller, self._group = controller, group
        self.trouble = QVBoxLayout()
        self.column.addLayout(self.trouble)
        self.name = Field(
            context,
            tr("groups.name"),
            help_text=tr("groups.name.help"),
            value=group.name if group else "",
        )
        self.column.addWidget(self.name)
        self.column.addWidget(Text(context, tr("groups.members"), Type.STRONG))
        self.column.addWidget(Text(context, tr("groups.members.means"), Type.LABEL, "muted"))
        self.members = MemberPicker(context, listed.members, group.members if group else ())
        area = QScrollArea()
        Fingers(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(context.theme.px(_LIST_HEIGHT))
        area.setWidget(self.members)
        self.column.addWidget(area, 1)
        self.leaving = Banner(context, tr("groups.leaving"), Tone.CAUTION)
        self.leaving.hide()
        self.column.addWidget(self.leaving)
        self.no = self.add_button(tr("dialog.cancel"))
        self.yes = self.add_button(tr("groups.change") if group else title, Kind.PRIMARY)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.submit)
        self.name.submitted.connect(self.submit)
        self.members.changed.connect(self._weigh)
        controller.saved.connect(self.accept)
        controller.refused.connect(self._refused)
        self.name.setFocus()

    def _weigh(self) -> None:
        before = self._group.members if self._group else ()
        self.leaving.setVisible(not set(before) <= set(self.members.chosen))

    def submit(self) -> None:
        """Make or change the group, if it has a name."""
        clear(self.trouble)
        name = self.name.value.strip()
        self.name.set_error("" if name else self.context.tr("groups.name.missing"))
        if not name:
            return
        self.yes.setEnabled(False)
        if self._group:
            self._controller.change(self._group.id, name, self.members.chosen)
        else:
            self._controller.add(name, self.members.chosen)

    def _refused(self, error: CongressError) -> None:
        self.yes.setEnabled(True)
        clear(self.trouble)
        self.trouble.addWidget(ErrorView(self.context, error))
