"""The first page of a pack: its papers by items of the agenda, like the contents of a book."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from congress.docs.agenda import Agenda, by_item, in_order
from congress.docs.model import Paper
from congress.docs.packs.model import Inscription
from congress.docs.packs.opening import last_day
from congress.docs.places import PlaceKept
from congress.docs.reading_list import Marks, Reading
from congress.floor.model import Item
from congress.kernel import codes
from congress.kernel.events import Event
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.ui.page import ScrollPage
from congress.ui.theme.tokens import SPACE_4, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import clear, column

_TONES = {
    Reading.UNREAD: Tone.NEUTRAL,
    Reading.UPDATED: Tone.NOTE,
    Reading.BEGUN: Tone.ACCENT,
    Reading.READ: Tone.GOOD,
}


class PackHomeController(QObject):
    """Gathers what the first page of a pack shows."""

    told = Signal(object, object, object)
    """The papers, what the reader did with them, and the programme."""

    def __init__(self, context: UiContext, pack: Inscription) -> None:
        """Read nothing before ``refresh``."""
        super().__init__()
        self._context, self.pack = context, pack
        self._latest = Latest(context, self._gather, lambda found: self.told.emit(*found))

    def refresh(self) -> None:
        """Gather; ``told`` answers."""
        if self._context.congress is not None:
            self._latest.ask()

    def _gather(self) -> tuple[Sequence[Paper], Marks, Sequence[Item]]:
        congress = self._context.congress
        if congress is None:
            return (), Marks(), ()
        items = congress.programme.items()
        return congress.library.papers(), congress.reading.marks(), items


class PackHomePage(ScrollPage):
    """Whose pack it is, how long it opens, and its contents."""

    key: ClassVar[str] = "pack"
    title_key: ClassVar[str] = "packhome.title"
    icon: ClassVar[str] = "book-bookmark"
    measure: ClassVar[int] = 900

    def __init__(
        self,
        context: UiContext,
        controller: PackHomeController,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page; the papers come when it is shown.

        Args:
            context: The surroundings.
            controller: Gathers.
            name: Of the congress.
            parent: The Qt parent.
        """
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        tr, pack = context.tr, controller.pack
        self.header.title.setText(tr.isolated(name))
        self.header.set_lead(
            tr("packhome.lead", name=pack.recipient, day=last_day(pack.expires_at))
        )
        own = Button(context, tr("packhome.passphrase"), Kind.QUIET, "key")
        own.clicked.connect(lambda: context.navigate("settings"))
        self.header.buttons.addWidget(own)
        self.contents = column(space=SPACE_4)
        self.column.addLayout(self.contents)
        about = tr(
            "packhome.about",
            copy=f"\u2066{codes.grouped(pack.code)}\u2069",
            day=last_day(pack.expires_at),
        )
        self.column.addWidget(Banner(context, about, Tone.NOTE, title=tr("packhome.about.title")))
        controller.told.connect(self._show)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        # A place is kept shortly after its paper was left, when this page is shown already.
        if self.isVisible() and isinstance(event, PlaceKept):
            self._controller.refresh()

    def shown(self) -> None:
        """Gather again: something may have been read."""
        self._controller.refresh()

    def _show(self, papers: Sequence[Paper], marks: Marks, programme: Sequence[Item]) -> None:
        clear(self.contents)
        tr = self.context.tr
        for item, held in by_item(in_order(papers, Agenda.of(each.title for each in programme))):
            card = Card(self.context, tr.isolated(item) or tr("portfolio.no_item"))
            rows = RowList()
            for paper in held:
                rows.add(self._row(paper, marks))
            card.column.addWidget(rows)
            self.contents.addWidget(card)
        if programme:
            self.contents.addWidget(self._programme(programme))

    def _row(self, paper: Paper, marks: Marks) -> ListRow:
        tr = self.context.tr
        about = tr.joined(
            tr("packhome.pages", count=paper.pages),
            tr(f"language.{paper.language}"),
            tr("portfolio.version", number=paper.version) if paper.version > 1 else "",
        )
        line = ListRow(self.context, tr.joined(paper.number, paper.title), about, icon="file-text")
        reading = marks.reading(paper)
        words = tr(
            f"packhome.reading.{reading.value}", share=tr.percent(marks.percent(paper), 100, 0)
        )
        line.trailing.addWidget(Chip(self.context, words, _TONES[reading]))
        line.activated.connect(partial(self.context.navigate, f"reader/{paper.id}"))
        return line

    def _programme(self, programme: Sequence[Item]) -> Card:
        tr = self.context.tr
        card = Card(self.context, tr("packhome.programme"))
        rows = RowList()
        for item in programme:
            when = tr.datetime(item.starts.astimezone())
            line = tr.joined(when, item.session)
            rows.add(
                ListRow(self.context, item.title, line, icon="calendar-blank", clickable=False)
            )
        card.column.addWidget(rows)
        return card
