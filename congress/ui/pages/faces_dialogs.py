"""Dialogs of the page of faces: consent, a folder to enrol, and what came of an enrolment."""

from collections import defaultdict
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.people import Person
from congress.rollcall.enrolment_report import WANTED, EnrolmentReport
from congress.rollcall.model import Consent, ConsentAnswer
from congress.rollcall.quality import Reason
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_3, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Check, SegmentedControl
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text

_LISTED = 240


class ConsentDialog(Dialog):
    """Notes what a person said to being recognised by face, and how."""

    chosen = Signal(object, str)
    """The ``ConsentAnswer`` and how it was given."""

    def __init__(
        self,
        context: UiContext,
        person: Person,
        consent: Consent | None,
        *,
        enrolled: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Ask for the answer of ``person``; ``consent`` is the one noted now."""
        tr = context.tr
        super().__init__(context, tr("faces.note.title", name=person.name), parent)
        self._enrolled = enrolled
        self.answer = SegmentedControl(
            context,
            [(each, tr(f"faces.consent.{each}")) for each in ConsentAnswer],
            consent.answer if consent else None,
            name=tr("faces.column.consent"),
        )
        self.how = Field(
            context,
            tr("faces.consent.how"),
            help_text=tr("faces.note.help"),
            value=consent.note if consent else "",
        )
        self.what = Text(context, "", Type.BODY)
        self.column.addWidget(Text(context, tr("faces.note.why"), Type.BODY, "muted"))
        for widget in (self.answer, self.how, self.what):
            self.column.addWidget(widget)
        cancel = self.add_button(tr("dialog.cancel"))
        self.save_button = self.add_button(tr("faces.note.save"), Kind.PRIMARY)
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.how.submitted.connect(self._save)
        self.answer.chosen.connect(lambda _: self._tell())
        self._tell()

    def _tell(self) -> None:
        no = self.answer.value is not ConsentAnswer.GIVEN
        key = "erases" if no and self._enrolled else "equal" if no else "may"
        self.what.setText(self.context.tr(f"faces.note.{key}"))
        self.what.set_tone(Tone.CAUTION if key == "erases" else Tone.NEUTRAL)

    def _save(self) -> None:
        self.accept()
        self.chosen.emit(ConsentAnswer(str(self.answer.value)), self.how.value)


class EnrolDialog(Dialog):
    """Chooses a folder or a ZIP of photographs, and asks whether everyone in it has agreed."""

    chosen = Signal(object, bool)
    """The ``Path``, and whether everyone in the photographs has agreed in writing."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin without a place."""
        tr = context.tr
        super().__init__(context, tr("faces.enrol.title"), parent)
        self._path: Path | None = None
        folder = Button(context, tr("faces.enrol.folder"), Kind.SECONDARY, "folder-open")
        archive = Button(context, tr("faces.enrol.zip"), Kind.SECONDARY, "archive")
        self.place = Text(context, tr("faces.enrol.nothing"), Type.STRONG)
        self.agreed = Check(context, tr("faces.enrol.agreed"))
        self.hint = Text(context, "", Type.LABEL, "muted")
        self.column.addWidget(Text(context, tr("faces.enrol.how"), Type.BODY, "muted"))
        self.column.addLayout(row(folder, archive, None))
        for widget in (self.place, self.agreed, self.hint):
            self.column.addWidget(widget)
        cancel = self.add_button(tr("dialog.cancel"))
        self.go_button = self.add_button(tr("faces.enrol.go"), Kind.PRIMARY, "user-focus")
        self.go_button.setEnabled(False)
        cancel.clicked.connect(self.reject)
        folder.clicked.connect(self._choose_folder)
        archive.clicked.connect(self._choose_zip)
        self.agreed.toggled.connect(lambda _: self._tell())
        self.go_button.clicked.connect(self._go)
        self._tell()

    def set_path(self, path: Path) -> None:
        """Propose ``path``."""
        self._path = path
        self.place.setText(path.name)
        self.go_button.setEnabled(True)
        self.go_button.setFocus()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.context.tr("faces.enrol.folder"))
        if chosen:
            self.set_path(Path(chosen))

    def _choose_zip(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.context.tr("faces.enrol.zip"), "", "ZIP (*.zip)"
        )
        if chosen:
            self.set_path(Path(chosen))

    def _tell(self) -> None:
        key = "all" if self.agreed.isChecked() else "noted"
        self.hint.setText(self.context.tr(f"faces.enrol.{key}"))

    def _go(self) -> None:
        if self._path is not None:
            self.accept()
            self.chosen.emit(self._path, self.agreed.isChecked())


def enrolment_result(context: UiContext, report: EnrolmentReport) -> QWidget:
    """Return what an enrolment came to: the count, who is short of photographs, what was refused.

    The photographs refused stand under their reasons, the most frequent first.
    """
    tr = context.tr
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(SPACE_3)
    tone = Tone.GOOD if report.enrolled else Tone.CAUTION
    used = sum(each.photos for each in report.enrolled)
    details = tr("faces.result.photos", used=used, count=report.photos)
    title = tr("faces.result.enrolled", count=len(report.enrolled))
    lines.addWidget(Banner(context, details, tone, title=title))
    if report.few:
        few = tr("faces.result.few", count=len(report.few), wanted=WANTED)
        lines.addWidget(Text(context, few, Type.LABEL, "muted"))
    if report.rejected:
        heading = tr("faces.result.rejected", count=len(report.rejected))
        lines.addWidget(Text(context, heading, Type.NAME))
        lines.addWidget(_rejected(context, report), 1)
    return box


def _rejected(context: UiContext, report: EnrolmentReport) -> QWidget:
    tr = context.tr
    by_reason: defaultdict[Reason, list[str]] = defaultdict(list)
    for each in report.rejected:
        name = Path(each.file).as_posix()
        if each.row:
            name = tr("faces.file_of_row", row=each.row, file=tr.isolated(name))
        by_reason[each.reason].append(name)
    ground = QWidget()
    ground.setObjectName("clear")
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, SPACE_3, 0)
    column.setSpacing(SPACE_1)
    for reason, files in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
        words = tr("faces.result.reason", reason=tr(f"faces.reason.{reason}"), count=len(files))
        column.addWidget(Text(context, words, Type.STRONG))
        names = Text(context, tr.listed(files), Type.LABEL, "muted").selectable()
        column.addWidget(names)
        column.addSpacing(SPACE_3)
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(ground)
    area.setWidgetResizable(True)
    area.setMinimumHeight(context.theme.px(_LISTED))
    return area
