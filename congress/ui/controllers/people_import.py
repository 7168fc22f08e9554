"""Leads an import: file, columns, what each row becomes, and the import itself."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import BugError, CongressError
from congress.kernel.people import PhotoFile
from congress.kernel.progress import Progress
from congress.kernel.table import Table
from congress.people.directory import Directory
from congress.people.mapping import Columns, propose_columns
from congress.people.model import Field, ImportReport
from congress.people.report import rejected_csv, template_workbook
from congress.people.table import read_table
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.enrolment_report import EnrolmentReport
from congress.ui.context import UiContext
from congress.ui.tasks import Task


class ImportController(QObject):
    """One import from the choice of a file to its report.

    Attributes:
        table: The file that was read, or ``None``.
        columns: What its columns mean.
        report: What each row becomes, or became, or ``None`` while columns are missing.
    """

    opened = Signal()
    """A file was read: ``table`` and ``columns`` are set."""
    planned = Signal()
    """``report`` says what the import will do; ``None`` if a needed column is missing."""
    failed = Signal(object)
    """The ``CongressError`` because of which the file or its columns cannot be used."""

    def __init__(
        self,
        context: UiContext,
        directory: Directory,
        language: str,
        enrolment: Enrolment | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Import into ``directory``.

        Args:
            context: The surroundings.
            directory: The list of the congress.
            language: Language of people for whom a file names none.
            enrolment: Enrols the photographs that a file names; ``None`` for a member who may
                not.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._directory, self._language = context, directory, language
        self._enrolment = enrolment
        self._task: Task[ImportReport] | None = None
        self._path: Path | None = None
        self.table: Table | None = None
        self.columns: Columns | None = None
        self.report: ImportReport | None = None

    def open_file(self, path: Path) -> None:
        """Read a file and propose what its columns mean."""

        def work(_: Progress) -> tuple[Path, Table, Columns]:
            table = read_table(path)
            return path, table, propose_columns(table)

        self._context.tasks.free(work).success(self._opened).failure(self._failed).start()

    def _opened(self, found: tuple[Path, Table, Columns]) -> None:
        self._path, self.table, self.columns = found
        self.report = None
        self.opened.emit()
        self.plan()

    def _failed(self, error: CongressError) -> None:
        self.failed.emit(error)

    def assign(self, column: int, field: Field | None) -> None:
        """Let ``column`` hold ``field``, and plan again."""
        if self.columns is not None:
            self.columns = self.columns.assign(column, field)
            self.plan()

    def plan(self) -> None:
        """Find out what the import does with each row; ``planned`` or ``failed`` answers."""
        if self.table is None or self.columns is None:
            return
        if self._task is not None:
            self._task.cancel()
        table, columns = self.table, self.columns

        def work(progress: Progress) -> ImportReport:
            return self._directory.preview_import(table, columns, self._language, progress)

        def planned(report: ImportReport) -> None:
            if columns is self.columns:
                self.report = report
                self.planned.emit()

        def failed(error: CongressError) -> None:
            if columns is self.columns:
                self.report = None
                self.failed.emit(error)

        self._task = self._context.tasks.free(work).success(planned).failure(failed).start()

    def importing(self, table: Table, columns: Columns) -> Task[ImportReport]:
        """Return the import as a task that is not started yet."""

        def work(progress: Progress) -> ImportReport:
            return self._directory.import_table(table, columns, self._language, progress)

        return self._context.tasks.store(work)

    @property
    def photos(self) -> Sequence[PhotoFile]:
        """The photographs that ``report`` names and that may be enrolled."""
        if self._enrolment is None or self.report is None:
            return ()
        return self.report.photos

    def enrolling(self, *, consented: bool) -> Task[EnrolmentReport]:
        """Return the enrolment of ``photos`` as a task that is not started yet.

        Args:
            consented: Whether everyone in them has agreed in writing.
        """
        enrolment, path, files = self._enrolment, self._path, self.photos
        if enrolment is None or path is None:
            raise BugError("there is no list whose photographs may be enrolled")
        return self._context.tasks.free(
            lambda progress: enrolment.enrol_listed(
                path, files, consented=consented, progress=progress
            )
        )

    def refused_rows(self) -> bytes:
        """Return the rows of ``report`` that are refused, as CSV."""
        return rejected_csv(self._context.tr, self.report) if self.report else b""

    def template(self) -> bytes:
        """Return the empty list as an XLSX workbook in the person's language."""
        return template_workbook(self._context.tr)
