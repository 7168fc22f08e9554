"""The credentials report on the screen: the tables of the paper, of one session or of all."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from congress.secretariat.worksheet import Cell, ColumnKind, Sheet, written
from congress.ui.context import UiContext
from congress.ui.controllers.credentials import Credentials, CredentialsController
from congress.ui.models.rows import Column
from congress.ui.page import Page, PageHeader, framed
from congress.ui.pages.saving import save_as
from congress.ui.tasks import Task
from congress.ui.theme.tokens import SPACE_3, Tone
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import row
from congress.ui.widgets.table import DataTable

Row = tuple[Cell, ...]
_ALL = ""
_CHOICE = 280
_NUMBERS = (ColumnKind.NUMBER, ColumnKind.SHARE)


class CredentialsPage(Page):
    """Session and table are chosen above; the table sorts, filters, copies and exports.

    Attributes:
        table: The table on show, or ``None``.
    """

    key: ClassVar[str] = "credentials"
    title_key: ClassVar[str] = "credentials.title"
    icon: ClassVar[str] = "identification-card"

    def __init__(
        self, context: UiContext, controller: CredentialsController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the report is made when it is shown."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self._sheets: Sequence[Sheet] = ()
        self.table: DataTable[Row] | None = None
        self.header = PageHeader(context, tr(self.title_key), tr("faces.credentials.lead"))
        self.xlsx_button = Button(context, tr("faces.save.xlsx"), Kind.QUIET, "table")
        self.pdf_button = Button(context, tr("faces.save.pdf"), Kind.SECONDARY, "file-pdf")
        for button in (self.xlsx_button, self.pdf_button):
            self.header.buttons.addWidget(button)
            button.setVisible(False)
        self.session = Select(context, name=tr("floor.field.session"))
        self.sheet = Select(context, name=tr("faces.credentials.table"))
        self.choices = row(self.session, self.sheet, None, space=SPACE_3)
        self.stack = QStackedWidget()
        self.empty = EmptyState(
            context,
            tr("export.attendance.no_session"),
            tr("faces.credentials.none.why"),
            icon="identification-card",
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(QWidget())
        self.stack.setCurrentIndex(1)
        box = framed(self, context)
        box.addWidget(self.header)
        box.addLayout(self.choices)
        box.addWidget(self.stack, 1)
        for choice in (self.session, self.sheet):
            choice.setMinimumWidth(context.theme.px(_CHOICE))
            choice.hide()
        self._connect()

    def _connect(self) -> None:
        self._controller.told.connect(self._show)
        self.session.chosen.connect(self._choose_session)
        self.sheet.chosen.connect(lambda _: self._show_sheet())
        self.pdf_button.clicked.connect(lambda: self._save(pdf=True))
        self.xlsx_button.clicked.connect(lambda: self._save(pdf=False))

    def shown(self) -> None:
        """Make the report again."""
        self._controller.refresh()

    def _choose_session(self, session: object) -> None:
        self._controller.choose(str(session) or None)

    def _show(self, made: Credentials) -> None:
        tr, sessions = self.context.tr, made.report.sessions
        for widget in (self.session, self.sheet):
            widget.setVisible(bool(sessions))
        for button in (self.pdf_button, self.xlsx_button):
            button.setVisible(bool(sessions) and self._controller.may_export)
        if not sessions:
            self.stack.setCurrentWidget(self.empty)
            return
        options: list[tuple[object, str]] = [(_ALL, tr("credentials.congress"))]
        options += [(each.session.id, each.session.name) for each in sessions]
        self.session.set_options(options, self._controller.session or _ALL)
        before, self._sheets = self.sheet.value, made.sheets
        self.sheet.set_options([(each.key, each.title) for each in made.sheets], before)
        self._show_sheet()

    def _show_sheet(self) -> None:
        """Put the chosen table in the place of the one on show; its order and filter stay."""
        wanted = next((each for each in self._sheets if each.key == self.sheet.value), None)
        if wanted is None:
            return
        if self.table is not None and self.table.view.accessibleName() == wanted.title:
            self.table.set_rows(wanted.rows)
            QTimer.singleShot(0, self, self._give_room)
            return
        table: DataTable[Row] = DataTable(
            self.context,
            [_column(self.context, wanted, at) for at in range(len(wanted.columns))],
            wanted.rows,
            name=wanted.title,
            exporting=self._controller.may_export,
        )
        table.export_asked.connect(self._save_table)
        if self.table is not None:
            self.stack.removeWidget(self.table)
            self.table.deleteLater()
        self.table = table
        self.stack.addWidget(table)
        self.stack.setCurrentWidget(table)
        QTimer.singleShot(0, self, self._give_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the first column take what is left, as long as its words then fit."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._give_room)

    def _give_room(self) -> None:
        if self.table is None:
            return
        view = self.table.view
        head, modes = view.horizontalHeader(), QHeaderView.ResizeMode
        left = view.viewport().width() - sum(head.sectionSize(at) for at in range(1, head.count()))
        fits = left >= view.sizeHintForColumn(0)
        head.setSectionResizeMode(0, modes.Stretch if fits else modes.ResizeToContents)

    def _save_table(self) -> None:
        wanted = next((each for each in self._sheets if each.key == self.sheet.value), None)
        if wanted is not None:
            save_as(self, f"credentials-{wanted.key}.csv", self._controller.table(wanted))

    def _save(self, *, pdf: bool) -> None:
        task: Task[bytes] = self._controller.saving(pdf=pdf)
        name = f"credentials.{'pdf' if pdf else 'xlsx'}"
        task.success(lambda data: save_as(self, name, data)).start()


def _column(context: UiContext, sheet: Sheet, at: int) -> Column[Row]:
    """Return a column that shows what the paper shows and sorts by the values themselves.

    Rows that sum up stand in the accent, and below all others whichever way one sorts by words.
    """
    tr, column = context.tr, sheet.columns[at]
    totals = {sheet.rows[index] for index in sheet.totals}

    def order(values: Row) -> tuple[bool, object]:
        value = values[at]
        empty: object = 0 if column.kind in _NUMBERS else ""
        if column.kind in (ColumnKind.MOMENT, ColumnKind.TIME):
            return values in totals, str(value or "")
        text = value.casefold() if isinstance(value, str) else value
        return values in totals, empty if text is None else text

    return Column(
        column.title,
        lambda values: written(tr, column.kind, values[at]),
        sort=order,
        number=column.kind in _NUMBERS,
        strong=at == 0,
        stretch=at == 0,
        tone=lambda values: Tone.ACCENT if values in totals else Tone.NEUTRAL,
    )
