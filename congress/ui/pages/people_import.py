"""The way of a list of people into the congress: file, columns and rows, done."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from congress.assets import asset
from congress.kernel.errors import CongressError
from congress.people.model import Field, ImportReport, Outcome
from congress.ui.context import UiContext
from congress.ui.controllers.people_import import ImportController
from congress.ui.page import ScrollPage
from congress.ui.pages.faces_dialogs import enrolment_result
from congress.ui.pages.import_steps import CheckStep, DoneStep, FileStep
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.figure import StepLine
from congress.ui.widgets.worksheet import WorkSheet

FILE, CHECK, DONE = range(3)
_SAMPLE = "samples/people.csv"


class PeopleImportPage(ScrollPage):
    """Three steps: choose a file, check what each row becomes, done."""

    key: ClassVar[str] = "people-import"
    title_key: ClassVar[str] = "people.import.title"
    icon: ClassVar[str] = "upload-simple"

    def __init__(
        self, context: UiContext, controller: ImportController, parent: QWidget | None = None
    ) -> None:
        """Lay out the three steps; the first is shown."""
        super().__init__(context, context.tr("people.import.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        self.setAcceptDrops(True)
        tr = context.tr
        self.sheet: WorkSheet | None = None
        names = ("file", "check", "done")
        self.steps = StepLine(context, [tr(f"people.import.step.{name}") for name in names], FILE)
        self.trouble = Banner(context, "", Tone.DANGER)
        self.trouble.hide()
        self.file_step, self.check_step = FileStep(context), CheckStep(context)
        self.done_step = DoneStep(context)
        self.stack = QStackedWidget()
        for step in (self.file_step, self.check_step, self.done_step):
            self.stack.addWidget(step)
        for widget in (self.steps, self.trouble, self.stack):
            self.column.addWidget(widget)
        self.column.setStretchFactor(self.stack, 1)
        self.other_button = Button(context, tr("people.import.other"))
        self.import_button = Button(context, tr("people.import.nothing"), Kind.PRIMARY)
        self.list_button = Button(context, tr("people.import.to_list"), Kind.PRIMARY)
        for button in (self.other_button, self.import_button, self.list_button):
            self.header.buttons.addWidget(button)
        self._connect()
        self._go(FILE)

    def _connect(self) -> None:
        controller = self._controller
        self.file_step.choose_asked.connect(self.choose)
        self.file_step.sample_asked.connect(lambda: controller.open_file(asset(_SAMPLE)))
        self.file_step.template_asked.connect(self._save_template)
        self.check_step.assigned.connect(self._assign)
        self.done_step.save_asked.connect(self._save_refused)
        self.done_step.photos_asked.connect(self.enrol)
        self.other_button.clicked.connect(self.choose)
        self.import_button.clicked.connect(self.start)
        self.list_button.clicked.connect(lambda: self.context.navigate("people"))
        controller.opened.connect(self._opened)
        controller.planned.connect(self._planned)
        controller.failed.connect(self._failed)

    def shown(self) -> None:
        """Begin anew after an import that is done."""
        if self.stack.currentIndex() == DONE:
            self._go(FILE)

    def choose(self) -> None:
        """Ask for a file and read it."""
        tr = self.context.tr
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("people.import.choose"),
            "",
            f"{tr('people.import.kinds')} (*.csv *.xlsx *.txt)",
        )
        if chosen:
            self._controller.open_file(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged onto the page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file that was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self._controller.open_file(Path(files[0]))

    def start(self) -> None:
        """Import the rows, with progress and a way to cancel."""
        controller = self._controller
        if controller.table is None or controller.columns is None:
            return
        self.sheet = WorkSheet(self.context, self.context.tr("people.import.running"), self)
        self.sheet.finished_well.connect(self._imported)
        self.sheet.run(controller.importing(controller.table, controller.columns), lambda _: None)

    def enrol(self, agreed: bool) -> None:
        """Enrol the photographs that the list names, with progress and a way to cancel."""
        self.sheet = WorkSheet(self.context, self.context.tr("faces.enrol.title"), self)
        task = self._controller.enrolling(consented=agreed)
        self.sheet.run(task, lambda report: enrolment_result(self.context, report))

    def _go(self, step: int) -> None:
        self.steps.set_current(step if step < DONE else DONE + 1)
        self.stack.setCurrentIndex(step)
        self.other_button.setVisible(step != FILE)
        self.import_button.setVisible(step == CHECK)
        self.list_button.setVisible(step == DONE)
        self.trouble.hide()

    def _opened(self) -> None:
        if self._controller.table is not None and self._controller.columns is not None:
            self.check_step.show_file(self._controller.table, self._controller.columns)
            self._go(CHECK)
            self._planned()

    def _assign(self, column: int, field: Field | None) -> None:
        self._controller.assign(column, field)
        if self._controller.columns is not None:
            self.check_step.show_columns(self._controller.columns)

    def _planned(self) -> None:
        table, columns = self._controller.table, self._controller.columns
        report = self._controller.report
        if table is None or columns is None:
            return
        self.check_step.show_plan(table, columns, report)
        good = 0
        if report is not None:
            good = report.count(Outcome.ADDED) + report.count(Outcome.UPDATED)
            self.trouble.hide()
        photos = bool(self._controller.photos)
        self.import_button.setEnabled(good > 0 or photos)
        text = self.context.tr("people.import.go", count=good)
        other = "people.import.photos.next" if photos else "people.import.nothing"
        self.import_button.set_text(text if good else self.context.tr(other))

    def _failed(self, error: CongressError) -> None:
        text = self.context.tr.error(error)
        self.trouble.set(f"{text.means} {text.do}", Tone.DANGER, title=text.what)
        self._planned()
        self.trouble.show()

    def _imported(self, report: ImportReport) -> None:
        table, columns = self._controller.table, self._controller.columns
        if table is None or columns is None:
            return
        self._controller.report = report
        self.done_step.show_report(table, columns, report, self._controller.photos)
        self._go(DONE)
        count = report.count(Outcome.ADDED) + report.count(Outcome.UPDATED)
        if count:
            text = self.context.tr("people.import.toast", count=count)
            self.context.toasts.show_toast(text)

    def _save_template(self) -> None:
        name = self.context.tr("people.template.file")
        save_as(self, name, self._controller.template())

    def _save_refused(self) -> None:
        name = self.context.tr("people.import.refused_file")
        save_as(self, name, self._controller.refused_rows())
