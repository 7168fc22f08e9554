"""The way of files into the library: choosing who may read them, the work, the report."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QWidget

from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.controllers.paper_import import (
    IMPORTED_NAMES,
    ImportReport,
    PaperImports,
    files_in,
)
from congress.ui.theme.tokens import SPACE_2, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import Dialog, ErrorView
from congress.ui.widgets.layout import boxed, column
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet

_NAMES_SHOWN = 6
_REPORT_HEIGHT = 320


class ImportDialog(Dialog):
    """Asks who may read the files that are about to come in."""

    def __init__(
        self,
        context: UiContext,
        paths: Sequence[Path],
        clearances: Sequence[Clearance],
        parent: QWidget | None = None,
    ) -> None:
        """Ask about ``paths``; the choice is among ``clearances``."""
        tr = context.tr
        super().__init__(context, tr("library.import.title", count=len(paths)), parent)
        names = [path.name for path in paths[:_NAMES_SHOWN]]
        if len(paths) > _NAMES_SHOWN:
            names.append(tr("library.import.more", count=len(paths) - _NAMES_SHOWN))
        files = [Text(context, name, Type.LABEL, "muted") for name in names]
        self.column.addWidget(boxed(column(*files, space=SPACE_2 // 2)))
        self.column.addSpacing(SPACE_2)
        self.column.addWidget(Text(context, tr("library.import.who"), Type.STRONG))
        usual = Clearance.DELEGATES if Clearance.DELEGATES in clearances else clearances[0]
        self.clearance = SegmentedControl(
            context,
            [(each, tr(f"clearance.{each}")) for each in clearances],
            usual,
            name=tr("library.facet.clearance"),
        )
        self.column.addWidget(self.clearance)
        self._means = Text(context, "", Type.LABEL)
        self.column.addWidget(self._means)
        self.column.addWidget(Text(context, tr("library.import.sealed"), Type.LABEL, "muted"))
        self.clearance.chosen.connect(self._explain)
        self._explain()
        self.add_button(tr("dialog.cancel")).clicked.connect(self.reject)
        self.start_button = self.add_button(tr("library.import.start"), Kind.PRIMARY)
        self.start_button.clicked.connect(self.accept)
        self.start_button.setFocus()

    @property
    def chosen(self) -> Clearance:
        """Who may read the files."""
        return Clearance(str(self.clearance.value))

    def _explain(self) -> None:
        self._means.setText(self.context.tr(f"library.clearance.means.{self.chosen}"))


def choose_files(context: UiContext, parent: QWidget) -> list[Path]:
    """Ask for files; return those chosen."""
    patterns = " ".join(f"*{name}" for name in sorted(IMPORTED_NAMES))
    chosen, _ = QFileDialog.getOpenFileNames(
        parent,
        context.tr("library.import.choose"),
        "",
        f"{context.tr('library.import.kinds')} ({patterns})",
    )
    return [Path(each) for each in chosen]


class ImportSheet(WorkSheet):
    """Imports files and shows what came of each."""

    def __init__(
        self, context: UiContext, imports: PaperImports, parent: QWidget | None = None
    ) -> None:
        """Prepare an import through ``imports``."""
        super().__init__(context, context.tr("library.import.working"), parent)
        self._imports = imports

    def import_files(self, paths: Sequence[Path], clearance: Clearance) -> "ImportSheet":
        """Start the import; the sheet opens and does not wait."""
        self.run(self._imports.task(paths, clearance), self._report)
        return self

    def _report(self, report: ImportReport) -> QWidget:
        tr, context = self.context.tr, self.context
        count = len(report.papers)
        words = tr("library.import.done", count=count) if count else tr("library.import.none")
        tone = Tone.GOOD if count and not report.refused else Tone.CAUTION
        items: list[QWidget] = [
            Banner(
                context,
                tr("library.import.stopped") if report.stopped else "",
                Tone.NOTE if report.stopped else tone,
                title=words,
            )
        ]
        if report.refused:
            heading = tr("library.import.refused", count=len(report.refused))
            items.append(Text(context, heading, Type.STRONG))
            faults = [ErrorView(context, error) for _, error in report.refused]
            area = QScrollArea()
            area.setWidgetResizable(True)
            inner = boxed(column(*faults, space=SPACE_4))
            area.setWidget(inner)
            area.setMinimumHeight(
                min(context.theme.px(_REPORT_HEIGHT), inner.sizeHint().height() + SPACE_4)
            )
            items.append(area)
        return boxed(column(*items))


def begin_import(
    context: UiContext, imports: PaperImports, paths: Sequence[Path], parent: QWidget
) -> ImportSheet | None:
    """Ask who may read the files at ``paths`` and import them; the sheet does not wait.

    Returns:
        The open sheet, or ``None`` if there is nothing to import or the person said no.
    """
    files = files_in(paths)
    if not files:
        if paths:
            context.toasts.show_toast(context.tr("library.import.no_files"), Tone.CAUTION)
        return None
    dialog = ImportDialog(context, files, imports.clearances, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return ImportSheet(context, imports, parent).import_files(files, dialog.chosen)
