"""In the reader: the amendments to the open paper, beside it and marked at their paragraphs."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollArea

from congress.docs.amendments.model import AmendedPaper, AmendmentsChanged, Placed, State
from congress.docs.amendments.service import Amendments
from congress.docs.model import PaperVersioned
from congress.kernel.events import Event
from congress.kernel.ids import VersionId
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import amendments_path
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Type
from congress.ui.widgets.amendmentcard import state_chip
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import boxed, clear, column, row
from congress.ui.widgets.pagelayers import MarkStyle, Place, TextMark
from congress.ui.widgets.text import Text

TAB = OWNER = "amendments"
_STRENGTH = 150
"""Opacity of the mark under an amended paragraph, of 255."""


class AmendmentsPart(QObject):
    """A tab of the side panel, and a line under each paragraph that is to be amended."""

    def __init__(
        self,
        context: UiContext,
        page: ReaderPage,
        amendments: Amendments,
        *,
        manage: bool,
    ) -> None:
        """Join ``page``.

        Args:
            context: The surroundings.
            page: The reader.
            amendments: Lists them.
            manage: Whether this member enters and decides them.
        """
        super().__init__(page)
        self._context, self._page, self._amendments = context, page, amendments
        self._manage = manage
        self._opened: OpenedPaper | None = None
        self.found: Sequence[Placed] = ()
        tr = context.tr
        self.none = Text(context, tr("amendments.none.why"), Type.LABEL, "muted")
        self.cards: list[Card] = []
        self._list = column(space=SPACE_2)
        self.all = Button(context, tr("amendments.all"), Kind.SECONDARY, "git-pull-request")
        self.all.clicked.connect(lambda: self._show_page(""))
        area = QScrollArea()
        Fingers(area)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = column(self.all, self.none, self._list, None, space=SPACE_2, margin=SPACE_3)
        area.setWidget(boxed(inner))
        page.side.add_tab(TAB, tr("amendments.title"), "git-pull-request", area)
        for view in (page.pages, page.text):
            view.mark_activated.connect(self._mark_activated)
        context.bridge.happened.connect(self._heard)

    def opened(self, opened: OpenedPaper) -> None:
        """List the amendments to the paper that was opened."""
        self._opened = opened
        self._clear()
        self._load()

    def closed(self) -> None:
        """Forget the paper."""
        self._opened = None
        self._clear()

    def turned(self, page: int) -> None:
        """Amendments are the same on each page."""

    def _clear(self) -> None:
        self.found = ()
        self.cards = []
        clear(self._list)
        for view in (self._page.pages, self._page.text):
            view.set_marks(OWNER, ())

    def _heard(self, event: Event) -> None:
        if self._opened is None or not isinstance(event, AmendmentsChanged | PaperVersioned):
            return
        if event.paper_id == self._opened.paper.id:
            self._load()

    def _load(self) -> None:
        opened = self._opened
        if opened is None:
            return
        paper, version = opened.paper.id, opened.version.id
        task = self._context.tasks.store(lambda _: self._amendments.of(paper, version))
        # A paper that was removed meanwhile has no amendments to tell of.
        task.success(partial(self._show, version)).failure(lambda _: None).start()

    def _show(self, version: VersionId, amended: AmendedPaper) -> None:
        if self._opened is None or self._opened.version.id != version:
            return
        self._clear()
        self.found = amended.amendments
        numbers = {str(each.amendment.id): each.amendment.number for each in self.found}
        for placed in self.found:
            self._add_card(placed, numbers)
        self.none.setVisible(not self.found)
        self.all.setVisible(bool(self.found) or self._manage)
        marks = [mark for each in self.found for mark in self._marks(each)]
        for view in (self._page.pages, self._page.text):
            view.set_marks(OWNER, marks)

    def _add_card(self, placed: Placed, numbers: dict[str, int]) -> None:
        tr, amendment = self._context.tr, placed.amendment
        where = (
            tr("amendments.page", page=placed.paragraph.start.page)
            if placed.paragraph
            else tr("amendments.unplaced")
        )
        what = tr(f"amendments.kind.{amendment.proposal.kind.value}")
        title = Text(
            self._context, tr("amendments.number", number=amendment.number), Type.NAME, wrap=False
        )
        card = Card(self._context, clickable=True, flat=True)
        card.column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        card.column.setSpacing(SPACE_1)
        card.column.addLayout(row(title, None, state_chip(self._context, amendment, numbers)))
        card.column.addWidget(Text(self._context, amendment.proposal.mover, Type.LABEL))
        card.column.addWidget(Text(self._context, tr.joined(what, where), Type.LABEL, "muted"))
        card.setAccessibleName(f"{title.text()}: {amendment.proposal.mover}")
        card.activated.connect(partial(self._go, placed))
        self.cards.append(card)
        self._list.addWidget(card)

    def _marks(self, placed: Placed) -> list[TextMark]:
        undecided = placed.amendment.state in (State.SUBMITTED, State.ACCEPTED)
        if placed.paragraph is None or not undecided or placed.amendment.applied_in is not None:
            return []
        colour = self._context.theme.colour("note")
        colour.setAlpha(_STRENGTH)
        start, end = placed.paragraph.start, placed.paragraph.end
        return [
            TextMark(
                placed.amendment.id,
                Place(start.page, start.offset),
                Place(end.page, end.offset),
                colour,
                MarkStyle.UNDERLINE,
            )
        ]

    def _go(self, placed: Placed) -> None:
        if placed.paragraph is None:
            self._show_page(placed.amendment.id)
            return
        start = placed.paragraph.start
        self._page.view.go_to_place(Place(start.page, start.offset))
        self._page.view.setFocus()

    def _mark_activated(self, owner: str, key: str) -> None:
        if owner == OWNER:
            self._show_page(key)

    def _show_page(self, amendment_id: str) -> None:
        if self._opened is not None:
            self._context.navigate(amendments_path(self._opened.paper.id, amendment_id))
