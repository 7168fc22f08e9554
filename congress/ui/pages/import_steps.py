"""The three steps of an import of people: the file, what it becomes, and what became of it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from congress.kernel.people import PhotoFile
from congress.kernel.table import Table
from congress.people.mapping import Columns
from congress.people.model import Field, ImportReport, Outcome
from congress.ui.context import UiContext
from congress.ui.models.people import (
    OUTCOME_ICONS,
    OUTCOME_TONES,
    ImportLine,
    examples,
    import_columns,
    import_lines,
    rejected_columns,
)
from congress.ui.pages.import_photos import PhotosCard
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Select
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.figure import Stat
from congress.ui.widgets.layout import boxed, clear, column, row
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.text import Text

_STEPS_OF_COUNTS = (Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REJECTED)


class FileStep(QWidget):
    """Asks for a file, shows an example, and says which columns are understood."""

    choose_asked = Signal()
    """A file is to be chosen."""
    sample_asked = Signal()
    """The list of the sample congress is to be looked at."""
    template_asked = Signal()
    """The empty list is to be saved."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Lay out the step."""
        super().__init__(parent)
        tr = context.tr
        empty = EmptyState(
            context,
            tr("people.import.drop"),
            tr("people.import.formats"),
            tr("people.import.choose"),
            icon="file-arrow-up",
        )
        empty.acted.connect(self.choose_asked)
        sample = Button(context, tr("people.import.sample"), Kind.QUIET, "eye")
        sample.clicked.connect(self.sample_asked)
        template = Button(context, tr("people.template.save"), Kind.QUIET, "download-simple")
        template.clicked.connect(self.template_asked)
        card = Card(context)
        card.column.addWidget(empty)
        card.column.addLayout(row(None, sample, template, None))
        known = Card(context, tr("people.import.understood"), flat=True)
        known.column.addWidget(Text(context, tr("people.import.understood.why"), tone="muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_5)
        grid.setVerticalSpacing(SPACE_3)
        for at, field in enumerate(Field):
            words = column(
                Text(context, tr(f"people.field.{field}"), Type.STRONG),
                Text(context, tr(f"people.about.{field}"), Type.LABEL, "muted"),
                space=SPACE_1 // 2,
            )
            grid.addLayout(words, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        known.column.addLayout(grid)
        self.setLayout(column(card, known, None, space=SPACE_4))


class CheckStep(QWidget):
    """Shows what each column means and what each row becomes."""

    assigned = Signal(int, object)
    """A column (from 0) is to hold a ``Field``, or ``None``."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Lay out the step, without a file yet."""
        super().__init__(parent)
        self._context = context
        tr = context.tr
        self.file = Text(context, "", Type.BODY, "muted")
        self._counts = row(space=SPACE_2)
        self.selects: list[Select] = []
        self._known = Text(context, "", Type.LABEL, "muted")
        self.change = Button(context, tr("people.import.change_columns"), Kind.QUIET)
        self.change.setCheckable(True)
        card = Card(context)
        title = column(
            Text(context, tr("people.import.columns"), Type.NAME), self._known, space=SPACE_1
        )
        head = row(boxed(title), self.change)
        head.setStretch(0, 1)
        card.column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_5)
        self._grid.setVerticalSpacing(SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self.mapping = boxed(self._grid)
        card.column.addWidget(self.mapping)
        self.change.toggled.connect(self.mapping.setVisible)
        self.lines: DataTable[ImportLine] = DataTable(
            context, import_columns(tr), name=tr("people.import.rows")
        )
        self.lines.view.setMinimumHeight(context.theme.px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(self.file)
        box.addLayout(self._counts)
        box.addWidget(card)
        box.addWidget(self.lines, 1)

    def show_file(self, table: Table, columns: Columns) -> None:
        """Show the columns of another file."""
        context, tr = self._context, self._context.tr
        self.file.setText(
            tr("people.import.read", file=table.file, encoding=_written(table.encoding))
        )
        clear(self._grid)
        self.selects = []
        options: list[tuple[object, str]] = [(None, tr("people.import.leave_out"))]
        options += [(field, tr(f"people.field.{field}")) for field in Field]
        for at, heading in enumerate(columns.headings):
            name = heading.strip()[:60] or tr("people.import.no_heading", number=at + 1)
            values = tr.joined(*examples(table, columns, at))
            select = Select(context, options, columns.fields[at], name=name)
            select.chosen.connect(partial(self._assign, at))
            self.selects.append(select)
            words = column(
                Text(context, name, Type.STRONG),
                Text(context, values, Type.LABEL, "muted"),
                space=0,
            )
            arrow = Text(context, "", Type.LABEL)
            arrow.setPixmap(context.theme.pixmap("arrow-right", 18, "muted"))
            self._grid.addLayout(words, at, 0, 1, 2)
            self._grid.addWidget(arrow, at, 2)
            self._grid.addWidget(select, at, 3)
        self.show_columns(columns)
        whole = None not in columns.fields
        self.change.setChecked(not whole)
        self.mapping.setVisible(not whole)

    def _assign(self, at: int, field: object) -> None:
        self.assigned.emit(at, field)

    def show_columns(self, columns: Columns) -> None:
        """Follow a change of the columns."""
        for select, field in zip(self.selects, columns.fields, strict=True):
            select.set_value(field)
        known = sum(field is not None for field in columns.fields)
        self._known.setText(
            self._context.tr("people.import.known", known=known, count=len(columns.fields))
        )

    def show_plan(self, table: Table, columns: Columns, report: ImportReport | None) -> None:
        """Show what each row becomes, or nothing while a needed column is missing."""
        clear(self._counts)
        self.lines.setVisible(report is not None)
        if report is None:
            return
        for outcome in _STEPS_OF_COUNTS:
            if count := report.count(outcome):
                text = self._context.tr(f"people.import.count.{outcome}", count=count)
                chip = Chip(self._context, text, OUTCOME_TONES[outcome], OUTCOME_ICONS[outcome])
                self._counts.addWidget(chip)
        if report.photos:
            text = self._context.tr("people.import.photos.named", count=len(report.photos))
            self._counts.addWidget(Chip(self._context, text, Tone.NOTE, "image"))
        self._counts.addStretch(1)
        self.lines.set_rows(import_lines(self._context.tr, table, columns, report))


class DoneStep(QWidget):
    """What became of the rows, and the refused ones with reason and remedy."""

    save_asked = Signal()
    """The list of refused rows is to be saved."""
    photos_asked = Signal(bool)
    """The photographs are to be enrolled; whether everyone in them has agreed in writing."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Lay out the step."""
        super().__init__(parent)
        self._context = context
        self.photos: PhotosCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_4)

    def show_report(
        self,
        table: Table,
        columns: Columns,
        report: ImportReport,
        photos: Sequence[PhotoFile] = (),
    ) -> None:
        """Show the outcome of an import, and offer to enrol ``photos``."""
        clear(self._column)
        self.photos = None
        context, tr = self._context, self._context.tr
        refused = report.rejected
        tone = Tone.CAUTION if refused else Tone.GOOD
        text = tr("people.import.done.refused" if refused else "people.import.done.all")
        banner = Banner(context, text, tone, title=tr("people.import.done", file=report.file))
        self._column.addWidget(banner)
        card = Card(context)
        stats = row(space=SPACE_5)
        for outcome in _STEPS_OF_COUNTS:
            count = report.count(outcome)
            mark = OUTCOME_TONES[outcome] if count and outcome is Outcome.REJECTED else Tone.NEUTRAL
            stats.addWidget(
                Stat(context, tr.number(count), tr(f"people.import.stat.{outcome}"), mark), 1
            )
        card.column.addLayout(stats)
        self._column.addWidget(card)
        if photos:
            self.photos = PhotosCard(context, report.file, photos)
            self.photos.asked.connect(self.photos_asked)
            self._column.addWidget(self.photos)
        if refused:
            save = Button(context, tr("people.import.save_refused"), icon="download-simple")
            save.clicked.connect(self.save_asked)
            banner.buttons.addWidget(save)
            lines = import_lines(tr, table, columns, report)
            self._column.addWidget(
                _fitted(
                    DataTable(
                        context,
                        rejected_columns(tr),
                        [line for line in lines if line.outcome is Outcome.REJECTED],
                        name=tr("people.import.rows"),
                        filtering=False,
                    )
                )
            )
        self._column.addStretch(1)


def _fitted(table: DataTable[ImportLine], most: int = 10) -> DataTable[ImportLine]:
    """Make a table as high as its rows, up to ``most`` of them."""
    view = table.view
    head = max(view.horizontalHeader().minimumHeight(), view.horizontalHeader().sizeHint().height())
    row_height = view.verticalHeader().defaultSectionSize()
    rows = min(len(table.model.rows), most)
    height = head + rows * row_height + 2 * view.frameWidth() + SPACE_3
    view.setMinimumHeight(height)
    view.setMaximumHeight(height + row_height)
    return table


def _written(encoding: str) -> str:
    return {"xlsx": "Excel (.xlsx)", "utf-8": "UTF-8", "utf-16": "UTF-16"}.get(
        encoding, encoding.replace("windows", "Windows")
    )
