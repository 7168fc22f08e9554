"""The list of the congress: search, counts by delegation, and each person's details."""

from collections.abc import Sequence
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.folding import fold
from congress.kernel.people import Person, Standing
from congress.people.model import DelegationCount, count_by_delegation
from congress.ui.context import UiContext
from congress.ui.controllers.people import PeopleController
from congress.ui.models.people import delegation_columns, people_columns
from congress.ui.page import Command, Page, PageHeader, framed
from congress.ui.pages.person_panel import PersonPanel
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import SPACE_3
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import row
from congress.ui.widgets.table import DataTable

IMPORT_PAGE = "people-import"
_EVERYONE = "\0all"
_ROOM = {3: 800, 4: 800, 5: 1200}
"""The least width of the page at which a column of the list is shown."""


class PeoplePage(Page):
    """Everyone on the list; whoever is selected stands at the end side."""

    key: ClassVar[str] = "people"
    title_key: ClassVar[str] = "people.title"
    icon: ClassVar[str] = "users-three"

    def __init__(
        self, context: UiContext, controller: PeopleController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the list comes when it is shown."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._people: Sequence[Person] = ()
        self._wanted = ""
        self._panel: PersonPanel | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        self.header = PageHeader(context, tr(self.title_key))
        self.add_button = Button(context, tr("people.add"), Kind.SECONDARY, "user-plus")
        self.import_button = Button(context, tr("people.import"), Kind.PRIMARY, "upload-simple")
        for button in (self.add_button, self.import_button):
            self.header.buttons.addWidget(button)
            button.setVisible(self._controller.may_change)
        self.table: DataTable[Person] = DataTable(
            context, people_columns(tr), name=tr(self.title_key), fold=fold
        )
        self.delegation = Select(context, name=tr("people.field.delegation"))
        self.table.tools.insertWidget(1, self.delegation)
        self.counts: DataTable[DelegationCount] = DataTable(
            context, delegation_columns(tr), name=tr("people.by_delegation"), fold=fold
        )
        self.empty = EmptyState(
            context,
            tr("people.empty.what"),
            tr("people.empty.why") if self._controller.may_change else tr("people.empty.wait"),
            tr("people.import") if self._controller.may_change else "",
            icon="users-three",
        )
        self._lay_out_empty()
        self.views = SegmentedControl(
            context,
            [(0, tr("people.view.people")), (1, tr("people.view.delegations"))],
            name=tr("people.view"),
        )
        self.stack = QStackedWidget()
        for widget in (self.table, self.counts, self.empty, QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(3)
        self.views.hide()
        box = framed(self, context)
        box.addWidget(self.header)
        box.addLayout(row(self.views, None, space=SPACE_3))
        box.addWidget(self.stack, 1)

    def _lay_out_empty(self) -> None:
        if not self._controller.may_change:
            return
        template = Button(
            self.context, self.context.tr("people.template.save"), Kind.QUIET, "download-simple"
        )
        template.clicked.connect(self.save_template)
        self.empty.buttons.addWidget(template)

    def _connect(self) -> None:
        controller = self._controller
        controller.listed.connect(self._show)
        controller.saved.connect(self._saved)
        controller.refused.connect(self._refused)
        self.import_button.clicked.connect(self._import)
        self.empty.acted.connect(self._import)
        self.add_button.clicked.connect(self.add)
        self.views.chosen.connect(self.stack.setCurrentIndex)
        self.delegation.chosen.connect(self._narrow)
        self.table.selected.connect(self._inspect)
        self.table.view.clicked.connect(lambda _: self._inspect(self.table.current))
        self.counts.activated.connect(self._open_delegation)

    def shown(self) -> None:
        """Read the list again."""
        self._controller.refresh()
        self.table.filter.setFocus()

    def opened(self, subject: str) -> None:
        """Show the person whose identifier is ``subject``."""
        self._wanted = subject
        self._find_wanted()

    def commands(self) -> Sequence[Command]:
        """Offer adding and importing people."""
        if not self._controller.may_change:
            return ()
        tr = self.context.tr
        return (
            Command(tr("people.add"), "user-plus", self.add),
            Command(tr("people.import"), "upload-simple", self._import),
        )

    def add(self) -> None:
        """Open an empty form at the end side."""
        self._panel = self._new_panel()
        self._panel.add(self._controller.blank())
        self.inspected.emit(self._panel)

    def save_template(self) -> None:
        """Ask where to, and save the empty list as a workbook."""
        tr = self.context.tr
        save_as(self, tr("people.template.file"), self._controller.template())

    def _import(self) -> None:
        self.context.navigate(IMPORT_PAGE)

    def _show(self, people: Sequence[Person]) -> None:
        tr, self._people = self.context.tr, people
        counts = count_by_delegation(people)
        self.views.setVisible(bool(people))
        self.stack.setCurrentIndex(int(str(self.views.value)) if people else 2)
        self.header.set_lead(_summary(self.context, people, counts))
        chosen = self.delegation.value
        options: list[tuple[object, str]] = [(_EVERYONE, tr("people.all_delegations"))]
        for line in counts:
            name = line.delegation or tr("people.no_delegation")
            options.append((line.delegation, f"{name} ({tr.number(line.total)})"))
        self.delegation.set_options(options, chosen)
        self.counts.set_rows(counts)
        self._narrow()
        self._find_wanted()
        self._refresh_panel()

    def _narrow(self) -> None:
        """Show the people of the chosen delegation; whoever was selected stays so."""
        chosen, selected = self.delegation.value, self.table.chosen
        self.table.set_rows(
            [person for person in self._people if chosen in (_EVERYONE, person.delegation)]
        )
        if selected and self.panel is not None:
            with QSignalBlocker(self.table):
                self._select(selected[0].id)

    def _select(self, person_id: str) -> bool:
        ids = [str(person.id) for person in self.table.model.rows]
        if person_id not in ids:
            return False
        index = self.table.proxy.mapFromSource(self.table.model.index(ids.index(person_id), 0))
        self.table.view.setCurrentIndex(index)
        return True

    def _open_delegation(self, line: DelegationCount) -> None:
        self.delegation.set_value(line.delegation)
        self._narrow()
        self.views.set_value(0)
        self.stack.setCurrentIndex(0)

    def _find_wanted(self) -> None:
        if self._wanted and self._people and self._select(self._wanted):
            self._wanted = ""

    def _new_panel(self) -> PersonPanel:
        panel = PersonPanel(
            self.context,
            may_change=self._controller.may_change,
            delegations=sorted({person.delegation for person in self._people}),
        )
        panel.save_asked.connect(lambda person, new: self._controller.save(person, new=new))
        panel.remove_asked.connect(self._controller.remove)
        panel.closed.connect(self._close_panel)
        return panel

    @property
    def panel(self) -> PersonPanel | None:
        """What stands at the end side, unless the person closed it."""
        if self._panel is not None and not shiboken6.isValid(self._panel):
            self._panel = None
        return self._panel

    def _inspect(self, person: Person | None) -> None:
        if person is None or (self.panel is not None and self.panel.person == person):
            return
        self._panel = self._new_panel()
        self._panel.show_person(person)
        self.inspected.emit(self._panel)

    def _close_panel(self) -> None:
        self._panel = None
        self.table.view.clearSelection()
        self.inspected.emit(None)

    def _refresh_panel(self) -> None:
        """Follow the list: whoever was taken off it is no longer shown."""
        panel = self.panel
        if panel is None or panel.editing or panel.person is None:
            return
        now = {person.id: person for person in self._people}.get(panel.person.id)
        if now is None:
            self._close_panel()
        elif now != panel.person:
            panel.show_person(now)

    def _saved(self, person: Person) -> None:
        if self.panel is not None:
            self.panel.show_person(person)

    def _refused(self, error: CongressError) -> None:
        if self.panel is not None:
            self.panel.show_error(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave to the details at the end side what a narrow table has no room for."""
        super().resizeEvent(event)
        for column, least in _ROOM.items():
            hidden = self.width() < self.context.theme.px(least)
            self.table.view.setColumnHidden(column, hidden)


def _summary(
    context: UiContext, people: Sequence[Person], counts: Sequence[DelegationCount]
) -> str:
    if not people:
        return ""
    tr = context.tr
    standings = [person.standing for person in people]
    parts = [
        tr("people.summary", count=len(people)),
        tr("people.summary.delegations", count=len(counts)),
        *(
            tr(f"people.summary.{standing}", count=standings.count(standing))
            for standing in Standing
            if standing in standings
        ),
    ]
    return tr.joined(*(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts))
