"""The way of files into the library: what holds for all of them, the work, what came of each."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QScrollArea, QWidget

from congress.docs.incoming import TAKEN, Gathered
from congress.docs.model import Paper
from congress.ui.context import UiContext
from congress.ui.controllers.paper_import import ImportRun, PaperImports
from congress.ui.models.imports import (
    LEFT_OUT,
    UNDER_WAY,
    ImportLine,
    ImportsFilter,
    ImportsModel,
    ImportState,
)
from congress.ui.pages.imported_paper import ImportedPaper
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.importlist import ImportDelegate
from congress.ui.widgets.layout import boxed, column
from congress.ui.widgets.paperdetails import BatchDetails, Defaults
from congress.ui.widgets.paperlist import PaperList
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import remaining

_NAMES_SHOWN = 5
_WIDTH, _HEIGHT = 760, 760
_LEAST_LIST, _MOST_DETAIL = 140, 260
_SHARE = 0.92
"""Largest share of the window that the sheet takes."""

_ALL = frozenset(ImportState)
_DONE = frozenset((ImportState.DONE,))


class ImportDialog(Dialog):
    """Asks for what holds for all files that are about to come in."""

    def __init__(
        self,
        context: UiContext,
        gathered: Gathered,
        imports: PaperImports,
        parent: QWidget | None = None,
    ) -> None:
        """Ask about ``gathered``; what may be chosen is told by ``imports``."""
        tr, files = context.tr, gathered.files
        super().__init__(context, tr("library.import.title", count=len(files)), parent)
        names = [file.name for file in files[:_NAMES_SHOWN]]
        if len(files) > _NAMES_SHOWN:
            names.append(tr("library.import.more", count=len(files) - _NAMES_SHOWN))
        shown = [Text(context, name, Type.LABEL, "muted") for name in names]
        self.details = BatchDetails(context, imports.desk.choices)
        content = column(
            boxed(column(*shown, space=SPACE_1)),
            self.details,
            Text(context, tr("library.import.sealed"), Type.LABEL, "muted"),
            space=SPACE_4,
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        inner = boxed(content)
        area.setWidget(inner)
        self.column.addWidget(area, 1)
        self._wanted = inner.sizeHint().height() + 2 * SPACE_2
        self._area = area
        self.add_button(tr("dialog.cancel")).clicked.connect(self.reject)
        self.start_button = self.add_button(tr("library.import.start"), Kind.PRIMARY)
        self.start_button.clicked.connect(self.accept)
        self.start_button.setFocus()
        self.resize(self._fitting(parent))

    def _fitting(self, window: QWidget | None) -> QSize:
        hint = self.sizeHint()
        height = hint.height() - self._area.sizeHint().height() + self._wanted
        most = round(_SHARE * window.height()) if window else height
        return QSize(max(hint.width(), self.context.theme.px(560)), min(height, most))

    @property
    def chosen(self) -> Defaults:
        """What was answered."""
        return self.details.defaults


class ImportSheet(Dialog):
    """Imports files and shows how far each is; what came in can be corrected on the spot."""

    def __init__(
        self,
        context: UiContext,
        imports: PaperImports,
        run: ImportRun,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``run``; papers are corrected through ``imports.desk``."""
        super().__init__(context, context.tr("library.import.working"), parent)
        self.run, self._desk = run, imports.desk
        self._began = monotonic()
        self._ended = False
        self._looked = False
        self._shown: ImportedPaper | None = None
        self._build()
        self._connect()
        self.resize(self._fitting(parent))

    def _build(self) -> None:
        context, tr = self.context, self.context.tr
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.windowTitle())
        self.label = Text(context, "", Type.LABEL, figures=True)
        self.outcome = Banner(context, "", Tone.GOOD, title=" ")
        self.outcome.hide()
        self.filter: SegmentedControl | None = None
        self.model = ImportsModel(tr, self)
        self.model.set_lines(self.run.lines)
        self.rows = ImportsFilter(self.model, self)
        self.list = PaperList(tr("import.list"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ImportDelegate(context, self))
        self.list.setMinimumHeight(context.theme.px(_LEAST_LIST))
        self.detail = QScrollArea()
        self.detail.setWidgetResizable(True)
        self.detail.hide()
        self.column.addWidget(self.bar)
        self.column.addWidget(self.label)
        self.column.addWidget(self.outcome)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.detail)
        self.cancel_button = self.add_button(tr("import.stop"))
        self.close_button = self.add_button(tr("dialog.close"), Kind.PRIMARY)
        self.close_button.hide()

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.accept)
        self.list.lighted.connect(self._look)
        self.run.changed.connect(self._changed)
        self.run.ended.connect(self._finish)
        self._desk.changed.connect(self._corrected)

    def _fitting(self, window: QWidget | None) -> QSize:
        px = self.context.theme.px
        room = window.size() * _SHARE if window else QSize(px(_WIDTH), px(_HEIGHT))
        return QSize(px(_WIDTH), px(_HEIGHT)).boundedTo(room)

    def begin(self) -> "ImportSheet":
        """Start the import and open over the window; does not wait."""
        self.bar.setRange(0, len(self.run.lines))
        self.cancel_button.setFocus()
        self.run.start()
        self.open()
        return self

    # At work

    def _changed(self, row: int) -> None:
        line = self.run.lines[row]
        self.model.set_line(row, line)
        self._tell()
        if not self._looked and line.state is ImportState.READING:
            self.list.scrollTo(self.rows.mapFromSource(self.model.index(row)))
        index = self.list.currentIndex()
        if index.isValid() and self.rows.mapToSource(index).row() == row:
            self._show_detail(line)

    def _tell(self) -> None:
        tr, counts = self.context.tr, self.model.count()
        total = len(self.model.lines)
        under_way = sum(counts[state] for state in UNDER_WAY if state in counts)
        done = total - under_way
        self.bar.setValue(done)
        parts = [tr("work.stopping")] if self.run.stopping else []
        parts.append(tr("work.step", done=done, total=total))
        if refused := sum(counts.get(state, 0) for state in LEFT_OUT):
            parts.append(tr("import.left_out", count=refused))
        seconds = remaining(monotonic() - self._began, done, total)
        if seconds is not None and not self.run.stopping:
            minutes = seconds >= 60
            key = "work.remaining_minutes" if minutes else "work.remaining_seconds"
            parts.append(tr(key, count=max(1, round(seconds / 60 if minutes else seconds))))
        self.label.setText(tr.joined(*parts))

    def cancel(self) -> None:
        """Import nothing more, and say so until the file under way is done with."""
        self.cancel_button.setEnabled(False)
        self.run.stop()
        self._tell()

    def reject(self) -> None:
        """Escape stops an import that is under way, and closes a sheet that is done."""
        if self._ended:
            super().reject()
        else:
            self.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the sheet is Escape."""
        if self._ended:
            super().closeEvent(event)
        else:
            self.cancel()
            event.ignore()

    # What came of it

    def _finish(self) -> None:
        tr, counts = self.context.tr, self.model.count()
        self._ended = True
        count = counts.get(ImportState.DONE, 0)
        left = len(self.model.lines) - count
        words = tr("library.import.done", count=count) if count else tr("library.import.none")
        tone = Tone.GOOD if not left else Tone.CAUTION
        notes = [tr("library.import.stopped")] if self.run.stopping else []
        if count:
            notes.append(tr("import.correct"))
        self.outcome.set(" ".join(notes), tone, title=words)
        self.outcome.show()
        if count and left:
            self._offer_filter(count, left)
        self.close_button.show()
        self.close_button.setFocus()
        for widget in (self.bar, self.label, self.cancel_button):
            widget.hide()
        self._look_at_first()

    def _look_at_first(self) -> None:
        """Show what was refused, or else the first paper, unless the person chose a row."""
        if self.list.currentIndex().isValid():
            return
        states = [line.state for line in self.model.lines]
        refused = (row for row, state in enumerate(states) if state in LEFT_OUT)
        row = next(refused, 0)
        self.list.setCurrentIndex(self.rows.mapFromSource(self.model.index(row)))

    def _offer_filter(self, count: int, left: int) -> None:
        tr = self.context.tr
        shown = {"all": count + left, "done": count, "left_out": left}
        options = [
            (key, tr.joined(tr(f"import.show.{key}"), tr.number(number)))
            for key, number in shown.items()
        ]
        self.filter = SegmentedControl(self.context, options, name=tr("import.show"))
        self.filter.chosen.connect(self._filter)
        self.column.insertWidget(self.column.indexOf(self.list), self.filter)

    def _filter(self, key: object) -> None:
        self.rows.keep({"done": _DONE, "left_out": LEFT_OUT}.get(str(key), _ALL))

    def _look(self, line: ImportLine) -> None:
        self._looked = True
        self._show_detail(line)

    def _show_detail(self, line: ImportLine) -> None:
        if line.state in UNDER_WAY:
            self.detail.hide()
            return
        shown = self._shown
        if shown is None or not shown.is_of(line):
            self._shown = ImportedPaper(self.context, self._desk, line)
            self.detail.setWidget(self._shown)
            wanted = self._shown.sizeHint().height() + SPACE_2
            self.detail.setFixedHeight(min(wanted, self.context.theme.px(_MOST_DETAIL)))
        self.detail.show()

    def _corrected(self, paper: Paper) -> None:
        row = self.model.row_of(paper.id)
        if row >= 0:
            self.run.corrected(row, paper)


def choose_files(context: UiContext, parent: QWidget) -> list[Path]:
    """Ask for files; return those chosen."""
    patterns = " ".join(f"*{name}" for name in sorted((*TAKEN, ".zip")))
    chosen, _ = QFileDialog.getOpenFileNames(
        parent,
        context.tr("library.import.choose"),
        "",
        f"{context.tr('library.import.kinds')} ({patterns});;{context.tr('import.all_files')} (*)",
    )
    return [Path(each) for each in chosen]


def choose_folder(context: UiContext, parent: QWidget) -> list[Path]:
    """Ask for a folder; return it, or nothing."""
    chosen = QFileDialog.getExistingDirectory(parent, context.tr("import.choose_folder"))
    return [Path(chosen)] if chosen else []


def begin_import(
    context: UiContext,
    imports: PaperImports,
    paths: Sequence[Path],
    parent: QWidget,
    began: Callable[[ImportSheet], object],
) -> None:
    """Look into ``paths``, ask what holds for all files there, and import them.

    Args:
        context: The surroundings.
        imports: Does it.
        paths: Files, folders and ZIPs.
        parent: The window.
        began: Gets the open sheet, if the person agreed.
    """
    if paths:
        imports.gather(paths, partial(_ask, context, imports, parent, began))


def _ask(
    context: UiContext,
    imports: PaperImports,
    parent: QWidget,
    began: Callable[[ImportSheet], object],
    gathered: Gathered,
) -> None:
    if not gathered.files:
        context.toasts.show_toast(context.tr("library.import.no_files"), Tone.CAUTION)
        return
    dialog = ImportDialog(context, gathered, imports, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        gathered.close()
        return
    run = imports.run(gathered, dialog.chosen)
    began(ImportSheet(context, imports, run, parent).begin())
