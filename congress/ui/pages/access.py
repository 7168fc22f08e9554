"""Who has read what: by paper, by person, all at once; and whose a photographed page was."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from congress.docs.packs.tracing import Trace
from congress.kernel.errors import CongressError
from congress.secretariat.readership import reader_name, state_text, trace_text
from congress.ui.context import UiContext
from congress.ui.controllers.access import (
    AccessController,
    PaperLine,
    ReaderLine,
    Readership,
)
from congress.ui.models.access import paper_columns, reader_columns
from congress.ui.page import Page, PageHeader, framed
from congress.ui.pages.access_grid import AccessGrid
from congress.ui.pages.access_panel import MeetingsPanel
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import MEASURE, SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Check, SegmentedControl
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import boxed, clear, column, row
from congress.ui.widgets.readstates import ORDER, CountsDelegate, legend
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.text import Text

PAPERS, PEOPLE, GRID, TRACE = "papers", "people", "grid", "trace"
_VIEWS = (PAPERS, PEOPLE, GRID, TRACE)
_BAR, _COUNT = 2, 3
_NARROW = 840
"""Below this width of the page the tables show fewer columns."""


class AccessPage(Page):
    """The log of who opened what, as tables and a grid, for the secretariat."""

    key: ClassVar[str] = "readers"
    title_key: ClassVar[str] = "access.title"
    icon: ClassVar[str] = "eye"

    def __init__(
        self, context: UiContext, controller: AccessController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the log is read when it is shown."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self.header = PageHeader(context, tr(self.title_key), tr("access.lead"))
        self.spreadsheet = Button(context, tr("access.export.xlsx"), Kind.SECONDARY, "table")
        self.table = Button(context, tr("access.export.csv"), Kind.QUIET, "rows")
        self.header.buttons.addWidget(self.table)
        self.header.buttons.addWidget(self.spreadsheet)
        self.views = SegmentedControl(
            context,
            [
                (PAPERS, tr("access.by_paper")),
                (PEOPLE, tr("access.by_reader")),
                (GRID, tr("access.grid")),
                (TRACE, tr("access.trace")),
            ],
            name=tr("access.views"),
        )
        self.missing_only = Check(context, tr("access.missing_only"))
        self.chain = Chip(context, "", Tone.NEUTRAL)
        self.broken = Banner(context, "", Tone.DANGER)
        self.broken.hide()
        self._lay_out_views()
        box = framed(self, context)
        box.addWidget(self.header)
        box.addWidget(self.broken)
        box.addLayout(row(self.views, None))
        box.addLayout(row(self.missing_only, None, self.chain, space=SPACE_4))
        box.addWidget(self.stack, 1)
        self._connect()

    def _lay_out_views(self) -> None:
        context, tr = self.context, self.context.tr
        self.papers: DataTable[PaperLine] = DataTable(
            context, paper_columns(tr), name=tr("access.by_paper")
        )
        self.people: DataTable[ReaderLine] = DataTable(
            context, reader_columns(tr), name=tr("access.by_reader")
        )
        for table in (self.papers, self.people):
            view = table.view
            view.setItemDelegateForColumn(_BAR, CountsDelegate(context, view))
        self.grid = AccessGrid(context)
        self.empty = EmptyState(
            context, tr("access.empty.what"), tr("access.empty.why"), icon="eye"
        )
        self.stack = QStackedWidget()
        for widget in (
            self._with_legend(self.papers),
            self._with_legend(self.people),
            self.grid,
            self._trace_view(),
            self.empty,
            QWidget(),
        ):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(5)

    def _with_legend(self, table: QWidget) -> QWidget:
        tr = self.context.tr
        words = legend(self.context, lambda state: state_text(tr, state), bars=True, states=ORDER)
        held = QWidget()
        held.setObjectName("clear")
        box = QVBoxLayout(held)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addWidget(words)
        box.addWidget(table, 1)
        return held

    def _trace_view(self) -> QWidget:
        context, tr = self.context, self.context.tr
        card = Card(context, tr("access.trace"))
        card.setMaximumWidth(context.theme.px(MEASURE))
        card.column.addWidget(Text(context, tr("access.trace.why"), Type.LABEL, "muted"))
        self.code = Field(
            context,
            tr("access.trace.code"),
            help_text=tr("access.trace.help"),
            placeholder="7ZK3-Q0MW",
        )
        self.code.setMaximumWidth(context.theme.px(640))
        self.find_button = Button(
            context, tr("access.trace.find"), Kind.PRIMARY, "magnifying-glass"
        )
        card.column.addWidget(self.code)
        card.column.addWidget(self.find_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.found = column(space=SPACE_3)
        card.column.addLayout(self.found)
        card.column.addWidget(Text(context, tr("access.trace.limits"), Type.LABEL, "muted"))
        return boxed(column(card, None))

    def _connect(self) -> None:
        controller = self._controller
        controller.told.connect(self._show)
        controller.refused.connect(self.context.show_error)
        controller.traced.connect(self._show_traces)
        controller.not_traced.connect(self._refuse_trace)
        self.views.chosen.connect(lambda _: self._show_view())
        self.missing_only.toggled.connect(lambda _: self._fill())
        self.papers.selected.connect(self._inspect_paper)
        self.people.selected.connect(self._inspect_reader)
        self.find_button.clicked.connect(self.trace)
        self.code.submitted.connect(self.trace)
        self.code.changed.connect(lambda _: self.code.set_error(""))
        self.spreadsheet.clicked.connect(self._export_spreadsheet)
        self.table.clicked.connect(self._export_table)

    def shown(self) -> None:
        """Read the log again."""
        self._controller.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to names where there is little: the bar says the same as the count."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(_NARROW)
        for table in (self.papers, self.people):
            table.view.setColumnHidden(_COUNT, narrow)
        self.people.view.setColumnHidden(1, narrow)
        self.people.view.setColumnHidden(5, narrow)

    def opened(self, subject: str) -> None:
        """Show one of the views: ``papers``, ``people``, ``grid`` or ``trace``."""
        if subject in _VIEWS:
            self.views.set_value(subject)

    # Showing

    def _show(self, readership: Readership) -> None:
        report, tr = readership.report, self.context.tr
        entries = sum(chain.entries for chain in report.chains.values())
        broken = [chain for chain in report.chains.values() if chain.broken_at is not None]
        self.broken.setVisible(bool(broken))
        if broken:
            self.broken.set(
                tr("access.broken.text", count=broken[0].broken_at),
                Tone.DANGER,
                title=tr("access.broken.title"),
            )
        words = tr("access.broken") if broken else tr("access.sound", count=entries)
        self.chain.set(words, Tone.DANGER if broken else Tone.GOOD)
        self._fill()
        self._show_view()

    def _fill(self) -> None:
        readership = self._controller.readership
        if readership is None:
            return
        only = self.missing_only.isChecked()
        self.papers.set_rows([line for line in readership.papers if line.missing or not only])
        self.people.set_rows([line for line in readership.readers if line.missing or not only])
        self.grid.show_readership(readership, missing_only=only)
        self.inspected.emit(None)

    def _show_view(self) -> None:
        readership = self._controller.readership
        view = str(self.views.value)
        self.missing_only.setVisible(view != TRACE)
        self.inspected.emit(None)
        if readership is not None:
            nothing = not readership.papers and view != TRACE
            self.stack.setCurrentIndex(4 if nothing else _VIEWS.index(view))

    def _inspect_paper(self, line: object) -> None:
        readership, tr = self._controller.readership, self.context.tr
        if readership is None or not isinstance(line, PaperLine):
            self.inspected.emit(None)
            return
        about = tr("access.missing", count=line.missing, all=line.expected)
        met = readership.of_paper(line.paper)
        self.inspected.emit(
            MeetingsPanel(
                self.context,
                line.paper.title,
                about,
                met,
                lambda each: reader_name(tr, each.reader),
            )
        )

    def _inspect_reader(self, line: object) -> None:
        readership, tr = self._controller.readership, self.context.tr
        if readership is None or not isinstance(line, ReaderLine):
            self.inspected.emit(None)
            return
        about = tr("access.missing_papers", count=line.missing, all=line.expected)
        met = readership.of_reader(line.reader)
        name = reader_name(tr, line.reader)
        self.inspected.emit(
            MeetingsPanel(self.context, name, about, met, lambda each: each.paper.title)
        )

    # Tracing

    def trace(self) -> None:
        """Look for the copy whose code was typed."""
        clear(self.found)
        if self.code.value.strip():
            self._controller.trace(self.code.value)

    def _show_traces(self, traces: Sequence[Trace]) -> None:
        clear(self.found)
        tr = self.context.tr
        for each in traces:
            tone = Tone.GOOD if each.likeness.exact else Tone.CAUTION
            title = tr("access.trace.exact" if each.likeness.exact else "access.trace.maybe")
            self.found.addWidget(Banner(self.context, trace_text(tr, each), tone, title=title))
        if not traces:
            self.found.addWidget(Banner(self.context, tr("access.trace.none"), Tone.NOTE))

    def _refuse_trace(self, error: CongressError) -> None:
        text = self.context.tr.error(error)
        self.code.set_error(f"{text.what} {text.do}")

    # Exporting

    def _export_spreadsheet(self) -> None:
        self._export("xlsx")

    def _export_table(self) -> None:
        self._export("csv")

    def _export(self, ending: str) -> None:
        readership = self._controller.readership
        if readership is None:
            return
        report = readership.report
        key = "readers" if self.views.value in (PEOPLE, GRID) else "papers"
        name = str(PurePath(self.context.tr("access.export.name")).with_suffix(f".{ending}"))
        task = (
            self._controller.spreadsheet(report)
            if ending == "xlsx"
            else self._controller.table(report, key)
        )
        task.success(lambda data: save_as(self, name, data)).start()
