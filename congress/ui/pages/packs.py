"""Papers that leave the house: packs for delegates, what was handed out, and the public book."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from congress.docs.packs.model import Copy
from congress.docs.packs.opening import last_day
from congress.kernel import codes
from congress.kernel.ids import PaperId
from congress.ui.context import UiContext
from congress.ui.controllers.packs import PackFacts, PacksController
from congress.ui.models.rows import Column
from congress.ui.page import ScrollPage
from congress.ui.pages.packs_book import PublicBook
from congress.ui.pages.packs_make import MakePacks
from congress.ui.pages.saving import save_as
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import row
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.worksheet import WorkSheet

MAKE, COPIES, BOOK = "make", "copies", "book"


class PacksPage(ScrollPage):
    """Three views: make packs, what was handed out, the public book."""

    key: ClassVar[str] = "packs"
    title_key: ClassVar[str] = "packs.title"
    icon: ClassVar[str] = "package"
    measure: ClassVar[int] = 1120

    def __init__(
        self, context: UiContext, controller: PacksController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the facts come when it is shown."""
        super().__init__(context, context.tr("packs.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self.sheet: WorkSheet | None = None
        self.go_button = Button(context, "", Kind.PRIMARY, "package")
        self.header.buttons.addWidget(self.go_button)
        self.views = SegmentedControl(
            context,
            [(MAKE, tr("packs.make")), (COPIES, tr("packs.copies")), (BOOK, tr("packs.book"))],
            name=tr("access.views"),
        )
        self.make = MakePacks(context, controller)
        self.book = PublicBook(context, controller)
        self.copies: DataTable[Copy] = DataTable(
            context, _copy_columns(context), name=tr("packs.copies")
        )
        self.copies.setMinimumHeight(context.theme.px(420))
        self.empty = EmptyState(
            context, tr("packs.empty.what"), tr("packs.empty.why"), icon="package"
        )
        self.column.addLayout(row(self.views, None))
        for widget in (self.make, self.copies, self.empty, self.book):
            self.column.addWidget(widget)
            widget.hide()
        self._connect()
        self._refresh()

    def _connect(self) -> None:
        controller = self._controller
        controller.told.connect(self._show)
        controller.refused.connect(self.context.show_error)
        self.views.chosen.connect(lambda _: self._show_view())
        self.make.changed.connect(self._refresh)
        self.make.slips_asked.connect(self.save_slips)
        self.go_button.clicked.connect(self.start)

    def shown(self) -> None:
        """Gather the facts again."""
        self._controller.refresh()

    def closing(self) -> None:
        """Let go of the codes."""
        self._controller.forget()

    def _show(self, facts: PackFacts) -> None:
        self.make.show_facts(facts)
        self.book.show_facts(facts)
        self.copies.set_rows(facts.copies)
        self._show_view()

    def _show_view(self) -> None:
        view, any_copies = self.views.value, bool(self.copies.model.rows)
        self.make.setVisible(view == MAKE)
        self.copies.setVisible(view == COPIES and any_copies)
        self.empty.setVisible(view == COPIES and not any_copies)
        self.book.setVisible(view == BOOK)
        self.go_button.setVisible(view == MAKE)

    def _refresh(self) -> None:
        tr, packs = self.context.tr, self.make.packs
        self.go_button.set_text(tr("packs.go", count=packs) if packs else tr("packs.choose"))
        self.go_button.setEnabled(packs > 0)

    def start(self) -> None:
        """Make the packs, with progress and a way to cancel."""
        day = self.make.until.day
        if day is None:
            return
        papers = [PaperId(str(each)) for each in self.make.papers.ticked()]
        task = self._controller.making(self.make.persons, self.make.bodies, papers, day)
        self.sheet = WorkSheet(self.context, self.context.tr("packs.making"), self)
        self.sheet.finished_well.connect(self._made)
        self.sheet.run(task, lambda _: None)

    def _made(self, slips: object) -> None:
        assert isinstance(slips, list)  # noqa: S101 - what ``Packs.make`` returns
        self._controller.made(slips)
        self.make.show_made()
        self.scroll_area.verticalScrollBar().setValue(0)

    def save_slips(self) -> None:
        """Ask where to save the slips, as a PDF to print."""
        tr = self.context.tr

        def save(data: bytes) -> None:
            save_as(self, tr("packs.slips.file"), data)

        self._controller.printing(tr.lang).success(save).start()


def _copy_columns(context: UiContext) -> tuple[Column[Copy], ...]:
    tr = context.tr
    return (
        Column(tr("packs.column.recipient"), lambda c: c.recipient, strong=True, stretch=True),
        Column(tr("packs.slip.copy"), lambda c: codes.grouped(c.code)),
        Column(
            tr("packs.column.made"),
            lambda c: tr.datetime(c.made_at.astimezone()),
            sort=lambda c: c.made_at,
        ),
        Column(
            tr("packs.slip.until"),
            lambda c: tr.date(last_day(c.expires_at)),
            sort=lambda c: c.expires_at,
        ),
        Column(
            tr("packs.column.papers"),
            lambda c: tr.number(len(c.papers)),
            sort=lambda c: len(c.papers),
            number=True,
        ),
    )
