"""What goes into packs, for whom, until when and where; and what came of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.docs.agenda import by_item
from congress.docs.packs.model import Deliverable
from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.controllers.packs import PackFacts, PacksController
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dates import DayField
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.ui.widgets.ticktree import Tick, TickTree

PERSONS, BODIES = "persons", "bodies"
_TREE = 340


class MakePacks(QWidget):
    """Two trees of boxes beside each other, and below them the end and the place."""

    changed = Signal()
    """Something was chosen."""
    slips_asked = Signal()
    """The person wants to save the slips."""

    def __init__(self, context: UiContext, controller: PacksController) -> None:
        """Begin with all papers, nobody, and the usual end."""
        super().__init__()
        self._context, self._controller = context, controller
        self._people: Sequence[Person] = ()
        self._dated = False
        tr = context.tr
        self.papers = TickTree(context, tr("packs.papers"))
        self.recipients = TickTree(context, tr("packs.recipients"))
        self.kind = SegmentedControl(
            context,
            [(PERSONS, tr("packs.persons")), (BODIES, tr("packs.bodies"))],
            name=tr("packs.recipients"),
        )
        self.filter = SearchEdit(context, tr("packs.find_person"))
        self.until = DayField(context, tr("packs.until"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self._context, self._context.tr
        self.done = Card(context)
        self.done_title = Text(context, "", Type.HEADING)
        self.slips_button = Button(context, tr("packs.slips"), Kind.PRIMARY, "printer")
        self.open_button = Button(context, tr("packs.open_folder"), Kind.SECONDARY, "folder-open")
        self.done.column.addWidget(self.done_title)
        self.done.column.addWidget(
            Banner(context, tr("packs.codes.text"), Tone.CAUTION, title=tr("packs.codes.title"))
        )
        self.done.column.addLayout(row(self.slips_button, self.open_button, None))
        self.done.hide()
        self.all_button = Button(context, tr("packs.all"), Kind.QUIET)
        self.none_button = Button(context, tr("packs.none"), Kind.QUIET)
        papers = Card(context, tr("packs.papers"))
        papers.column.addWidget(Text(context, tr("packs.papers.why"), Type.LABEL, "muted"))
        papers.column.addLayout(row(self.all_button, self.none_button, None))
        papers.column.addWidget(self.papers, 1)
        people = Card(context, tr("packs.recipients"))
        people.column.addLayout(row(self.kind, None))
        people.column.addWidget(self.filter)
        people.column.addWidget(self.recipients, 1)
        for tree in (self.papers, self.recipients):
            tree.setMinimumHeight(context.theme.px(_TREE))
        trees = row(space=SPACE_4)
        trees.addWidget(papers, 1)
        trees.addWidget(people, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(self.done)
        box.addLayout(trees)
        box.addWidget(self._where())
        box.addWidget(
            Banner(context, tr("packs.honest.text"), Tone.NOTE, title=tr("packs.honest.title"))
        )

    def _where(self) -> Card:
        context, tr = self._context, self._context.tr
        card = Card(context, tr("packs.where"))
        self.until.setMaximumWidth(context.theme.px(320))
        self.place = ListRow(context, "", " ", icon="folder-open", clickable=False)
        self.choose_button = Button(context, tr("packs.folder.choose"))
        self.place.trailing.addWidget(self.choose_button)
        rows = RowList()
        rows.add(self.place)
        card.column.addWidget(self.until)
        card.column.addWidget(rows)
        card.column.addWidget(Text(context, tr("packs.folder.hint"), Type.LABEL, "muted"))
        card.column.setSpacing(SPACE_3)
        return card

    def _connect(self) -> None:
        self.papers.changed.connect(self.changed)
        self.recipients.changed.connect(self.changed)
        self.until.changed.connect(lambda _: self.changed.emit())
        self.filter.textChanged.connect(self.recipients.narrow)
        self.kind.chosen.connect(lambda _: self._show_people())
        self.all_button.clicked.connect(lambda: self.papers.tick_all(on=True))
        self.none_button.clicked.connect(lambda: self.papers.tick_all(on=False))
        self.choose_button.clicked.connect(self.choose)
        self.slips_button.clicked.connect(self.slips_asked)
        self.open_button.clicked.connect(self._open_folder)

    def show_facts(self, facts: PackFacts) -> None:
        """Show what there is; what was ticked stays so."""
        tr = self._context.tr
        self.papers.set_groups(
            [
                (
                    tr.isolated(item) or tr("portfolio.no_item"),
                    [self._tick(paper) for paper in papers],
                )
                for item, papers in by_item(facts.papers)
            ],
            ticked=True,
        )
        if facts.people != self._people:
            self._people = facts.people
            self._show_people()
        if not self._dated:
            self._dated = True
            self.until.show_day(self._controller.usual_end(facts.settings))
        self.show_place()

    def _tick(self, paper: Deliverable) -> Tick:
        tr = self._context.tr
        text = tr.joined(paper.number, paper.title)
        return Tick(paper.paper_id, text, tr(f"clearance.{paper.clearance.value}"))

    def _show_people(self) -> None:
        tr = self._context.tr
        by_delegation: dict[str, list[Person]] = {}
        for person in self._people:
            by_delegation.setdefault(person.delegation, []).append(person)
        if self.kind.value == PERSONS:
            groups = [
                (
                    name or tr("people.no_delegation"),
                    [Tick(person, person.name, person.badge) for person in people],
                )
                for name, people in sorted(by_delegation.items())
            ]
        else:
            ticks = [
                Tick(name, name, tr("packs.people", count=len(people)))
                for name, people in sorted(by_delegation.items())
                if name
            ]
            groups = [(tr("packs.bodies"), ticks)] if ticks else []
        self.recipients.set_groups(groups, ticked=False)
        self.recipients.narrow(self.filter.text())

    def show_place(self) -> None:
        """Show where the next packs go."""
        folder = self._controller.folder
        self.place.title.setText(self._context.tr.isolated(folder.name))
        self.place.set_subtitle(self._context.tr.isolated(str(folder.parent)))

    def choose(self) -> None:
        """Ask where the packs go."""
        tr = self._context.tr
        chosen = QFileDialog.getExistingDirectory(
            self, tr("packs.folder.dialog"), str(self._controller.folder)
        )
        if chosen:
            self.set_place(Path(chosen))

    def set_place(self, folder: Path) -> None:
        """Have the next packs go to ``folder``."""
        self._controller.folder = folder
        self.show_place()

    @property
    def persons(self) -> list[Person]:
        """Who gets a pack of their own."""
        return [each for each in self.recipients.ticked() if isinstance(each, Person)]

    @property
    def bodies(self) -> list[str]:
        """Which delegations get one pack for all."""
        return [each for each in self.recipients.ticked() if isinstance(each, str)]

    @property
    def packs(self) -> int:
        """How many packs would be made now; 0 while something is missing."""
        ready = bool(self.papers.ticked()) and self.until.day is not None
        return len(self.persons) + len(self.bodies) if ready else 0

    def show_made(self) -> None:
        """Say what came of the last run, and keep the slips within reach."""
        made_in = self._controller.made_in
        self.done.setVisible(made_in is not None)
        if made_in is not None:
            count = len(self._controller.slips)
            text = self._context.tr("packs.made", count=count, folder=made_in.name)
            self.done_title.setText(text)
            self.slips_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_folder(self) -> None:
        if self._controller.made_in is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._controller.made_in)))
