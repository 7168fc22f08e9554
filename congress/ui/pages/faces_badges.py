"""Chooses whose badges are printed, in which language, with or without portraits."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.kernel.people import Person, Standing
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.controllers.badges import BadgesController
from congress.ui.pages.faces_views import Scrolling
from congress.ui.theme.tokens import SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check, SegmentedControl
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.ui.widgets.ticktree import Tick, TickTree

DELEGATION, STANDING = "delegation", "standing"
_TREE = 300


class BadgesView(QWidget):
    """A tree of people by delegation or standing, and how their badges look."""

    changed = Signal()
    """Something was chosen."""

    def __init__(self, context: UiContext, controller: BadgesController) -> None:
        """Begin with everyone and without portraits, in the language of the congress."""
        super().__init__()
        self._context, self._controller = context, controller
        self._people: Sequence[Person] = ()
        self.photos: Path | None = None
        tr = context.tr
        self.tree = TickTree(context, tr("faces.badges.whose"))
        self.tree.setMinimumHeight(context.theme.px(_TREE))
        self.by = SegmentedControl(
            context,
            [
                (DELEGATION, tr("faces.badges.by.delegation")),
                (STANDING, tr("faces.badges.by.standing")),
            ],
            name=tr("faces.badges.whose"),
        )
        self.filter = SearchEdit(context, tr("faces.badges.find"))
        self.language = SegmentedControl(
            context,
            [(lang, tr(f"language.{lang}")) for lang in LANGUAGES],
            controller.language,
            name=tr("faces.badges.language"),
        )
        self.portraits = Check(context, tr("faces.badges.portraits"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self._context, self._context.tr
        self.all_button = Button(context, tr("faces.badges.all"), Kind.QUIET)
        self.none_button = Button(context, tr("faces.badges.none"), Kind.QUIET)
        whose = Card(context, tr("faces.badges.whose"))
        whose.column.addLayout(row(self.by, None, self.all_button, self.none_button))
        whose.column.addWidget(self.filter)
        whose.column.addWidget(self.tree, 1)
        how = Card(context, tr("faces.badges.how"))
        self.folder_button = Button(
            context, tr("faces.badges.folder"), Kind.SECONDARY, "folder-open"
        )
        self.zip_button = Button(context, tr("faces.enrol.zip"), Kind.SECONDARY, "archive")
        self.place = Text(context, "", Type.LABEL, "muted")
        how.column.addWidget(Text(context, tr("faces.badges.language"), Type.CONTROL))
        how.column.addLayout(row(self.language, None))
        how.column.addWidget(self.portraits)
        for button in (self.folder_button, self.zip_button):
            how.column.addLayout(row(button, None))
        how.column.addWidget(self.place)
        how.column.addWidget(
            Banner(context, tr("faces.badges.care"), Tone.NOTE, title=tr("faces.badges.care.title"))
        )
        lost = Card(context, tr("faces.badges.lost"))
        lost.column.addWidget(Text(context, tr("faces.badges.lost.how"), Type.LABEL, "muted"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        across = row(space=SPACE_4)
        across.addWidget(whose, 3)
        beside = Scrolling(context)
        beside.column.addWidget(how)
        beside.column.addWidget(lost)
        across.addWidget(beside, 2)
        box.addLayout(across, 1)
        self._show_place()

    def _connect(self) -> None:
        self._controller.listed.connect(self._show)
        self.by.chosen.connect(lambda _: self._fill())
        self.tree.changed.connect(self.changed)
        self.filter.textChanged.connect(self.tree.narrow)
        self.all_button.clicked.connect(lambda: self.tree.tick_all(on=True))
        self.none_button.clicked.connect(lambda: self.tree.tick_all(on=False))
        self.portraits.toggled.connect(lambda _: self._show_place())
        self.folder_button.clicked.connect(self._choose_folder)
        self.zip_button.clicked.connect(self._choose_zip)

    @property
    def chosen(self) -> list[Person]:
        """Whose badges are printed, in the order of the list."""
        ticked = set(self.tree.ticked())
        return [person for person in self._people if person.id in ticked]

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return bool(self.tree.ticked()) and (
            not self.portraits.isChecked() or self.photos is not None
        )

    @property
    def folder(self) -> Path | None:
        """Where the portraits come from, or ``None`` for badges without."""
        return self.photos if self.portraits.isChecked() else None

    def set_photos(self, path: Path) -> None:
        """Take portraits from ``path``."""
        self.photos = path
        self._show_place()

    def _show(self, people: Sequence[Person]) -> None:
        if people != self._people:
            self._people = people
            self._fill()

    def _fill(self) -> None:
        tr = self._context.tr
        groups: dict[str, list[Tick]] = {}
        if self.by.value == STANDING:
            groups = {tr(f"faces.badges.standing.{each}"): [] for each in Standing}
        for person in self._people:
            if self.by.value == STANDING:
                group = tr(f"faces.badges.standing.{person.standing}")
            else:
                group = person.delegation or tr("people.no_delegation")
            groups.setdefault(group, []).append(Tick(person.id, person.name, person.badge))
        shown = [(name, ticks) for name, ticks in groups.items() if ticks]
        if self.by.value == DELEGATION:
            shown.sort(key=lambda pair: pair[0].casefold())
        self.tree.set_groups(shown, ticked=True)
        self.tree.narrow(self.filter.text())

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._context.tr("faces.badges.folder"))
        if chosen:
            self.set_photos(Path(chosen))

    def _choose_zip(self) -> None:
        title = self._context.tr("faces.enrol.zip")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "ZIP (*.zip)")
        if chosen:
            self.set_photos(Path(chosen))

    def _show_place(self) -> None:
        tr, wanted = self._context.tr, self.portraits.isChecked()
        for widget in (self.folder_button, self.zip_button):
            widget.setEnabled(wanted)
        text = ""
        if wanted:
            text = self.photos.name if self.photos else tr("faces.badges.folder.which")
        self.place.setText(text or tr("faces.badges.portraits.kept"))
        self.changed.emit()
