"""Faces and badges: who is enrolled and agreed to it, how sure the camera is, badges, erasures."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from congress.kernel.people import Person
from congress.rollcall.enrolment_report import EnrolmentReport
from congress.rollcall.faceprivacy import Certificate
from congress.rollcall.faces import Backend, Image
from congress.rollcall.photos import PICTURES
from congress.ui.context import UiContext
from congress.ui.controllers.badges import BadgesController
from congress.ui.controllers.faces import FacesController
from congress.ui.models.faces import FaceLine, FacesFacts, face_columns
from congress.ui.page import Command, Page, PageHeader, framed
from congress.ui.pages.faces_badges import BadgesView
from congress.ui.pages.faces_dialogs import ConsentDialog, EnrolDialog, enrolment_result
from congress.ui.pages.faces_filters import FaceFilters
from congress.ui.pages.faces_live import LiveDialog
from congress.ui.pages.faces_panel import FacePanel
from congress.ui.pages.faces_views import AccuracyView, AlikeView, ErasuresView
from congress.ui.pages.saving import save_as
from congress.ui.tasks import Task
from congress.ui.theme.tokens import SPACE_3, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import row
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.worksheet import WorkSheet

PEOPLE, ALIKE, ACCURACY, BADGES, ERASURES = "people", "alike", "accuracy", "badges", "erasures"
_VIEWS = (PEOPLE, ALIKE, ACCURACY, BADGES, ERASURES)
_NOBODY, _BLANK = len(_VIEWS), len(_VIEWS) + 1
_ROOM = {2: 900, 4: 760}
"""The least width of the page at which a column of the list is shown."""


class FacesPage(Page):
    """Everyone on the list and what the camera knows of them; beside it what follows from that."""

    key: ClassVar[str] = "faces"
    title_key: ClassVar[str] = "faces.title"
    icon: ClassVar[str] = "user-focus"

    def __init__(
        self,
        context: UiContext,
        controller: FacesController,
        badges: BadgesController,
        *,
        source: str = "0",
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page; everything is read when it is shown.

        Args:
            context: The surroundings.
            controller: Does the work on faces.
            badges: Does the work on badges.
            source: The camera that is proposed for enrolment.
            parent: The Qt parent.
        """
        super().__init__(context, parent)
        self._controller, self._badges, self._source = controller, badges, source
        controller.setParent(self)
        badges.setParent(self)
        self._facts: FacesFacts | None = None
        self._panel: FacePanel | None = None
        self.sheet: WorkSheet | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        self.header = PageHeader(context, tr(self.title_key))
        self.erase_button = Button(context, tr("faces.erase_all"), Kind.QUIET, "trash")
        self.enrol_button = Button(context, tr("faces.enrol"), Kind.PRIMARY, "user-focus")
        self.print_button = Button(context, "", Kind.PRIMARY, "printer")
        for button in (self.erase_button, self.enrol_button, self.print_button):
            self.header.buttons.addWidget(button)
            button.hide()
        self.views = SegmentedControl(
            context, [(each, tr(f"faces.view.{each}")) for each in _VIEWS], name=tr(self.title_key)
        )
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self.outdated = Banner(context, tr("faces.renew.how"), Tone.CAUTION)
        self.renew_button = Button(context, tr("faces.renew"), Kind.SECONDARY, "arrow-clockwise")
        self.outdated.buttons.addWidget(self.renew_button)
        self.outdated.hide()
        self.table: DataTable[FaceLine] = DataTable(
            context, face_columns(tr), name=tr("faces.view.people")
        )
        self.narrow = FaceFilters(context)
        self.table.tools.insertWidget(1, self.narrow.state)
        self.table.tools.insertWidget(2, self.narrow.consent)
        self.alike, self.accuracy = AlikeView(context), AccuracyView(context)
        self.badges, self.erasures = BadgesView(context, self._badges), ErasuresView(context)
        self.nobody = EmptyState(
            context, tr("faces.nobody"), tr("faces.nobody.why"), icon="users-three"
        )
        self.stack = QStackedWidget()
        views = (self.table, self.alike, self.accuracy, self.badges, self.erasures)
        for widget in (*views, self.nobody, QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(_BLANK)
        box = framed(self, context)
        box.addWidget(self.header)
        box.addWidget(self.trouble)
        box.addWidget(self.outdated)
        box.addLayout(row(self.views, None, space=SPACE_3))
        box.addWidget(self.stack, 1)

    def _connect(self) -> None:
        controller = self._controller
        controller.told.connect(self._show)
        controller.erased.connect(self._erased)
        self._badges.issued.connect(self._issued)
        self.views.chosen.connect(lambda _: self._show_view())
        self.narrow.changed.connect(self._fill)
        self.table.selected.connect(self._inspect)
        self.table.view.clicked.connect(lambda _: self._inspect(self.table.current))
        self.enrol_button.clicked.connect(self.enrol)
        self.erase_button.clicked.connect(self.erase_all)
        self.print_button.clicked.connect(self.print_badges)
        self.badges.changed.connect(self._show_print)
        self.erasures.save_asked.connect(self.save_certificate)
        self.renew_button.clicked.connect(lambda: self._run(self._controller.enrolling_kept()))

    def shown(self) -> None:
        """Read everything again."""
        self._controller.refresh()
        self._badges.refresh()

    def opened(self, subject: str) -> None:
        """Show one of the views, for instance ``erasures``."""
        if subject in _VIEWS:
            self.views.set_value(subject)

    def commands(self) -> Sequence[Command]:
        """Offer enrolling."""
        if not self._controller.may_enrol:
            return ()
        return (Command(self.context.tr("faces.enrol"), "user-focus", self.enrol),)

    # Showing

    def _show(self, facts: FacesFacts) -> None:
        tr, self._facts = self.context.tr, facts
        parts = [tr("faces.lead", enrolled=facts.enrolled, count=len(facts.lines))]
        if facts.due is not None:
            parts.append(tr("faces.due", day=tr.date(facts.due.astimezone().date())))
        self.header.set_lead(tr.joined(*parts))
        self.trouble.setVisible(facts.trouble is not None)
        if facts.trouble is not None:
            text = tr.error(facts.trouble)
            self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.outdated.setVisible(facts.renewable > 0 and self._controller.may_enrol)
        if facts.renewable:
            title = tr("faces.renew.title", count=facts.renewable)
            self.outdated.set(tr("faces.renew.how"), Tone.CAUTION, title=title)
        self.narrow.show_counts(facts.lines)
        self.alike.show_pairs(facts.alike)
        self.accuracy.show_calibration(facts.calibration)
        names = {line.person.id: line.person.name for line in facts.lines}
        self.erasures.show_certificates(facts.certificates, names)
        self._fill()
        self._show_view()

    def _fill(self) -> None:
        if self._facts is None:
            return
        lines = [line for line in self._facts.lines if self.narrow.keeps(line)]
        chosen = self.table.chosen
        self.table.set_rows(lines)
        if chosen and self.panel is not None:
            self._reselect(chosen[0], lines)

    def _reselect(self, before: FaceLine, lines: Sequence[FaceLine]) -> None:
        """Keep the person selected, and show what is known of them now."""
        ids = [line.person.id for line in lines]
        panel = self.panel
        if before.person.id in ids and panel is not None:
            at = ids.index(before.person.id)
            index = self.table.proxy.mapFromSource(self.table.model.index(at, 0))
            with QSignalBlocker(self.table):
                self.table.view.setCurrentIndex(index)
            panel.show_line(lines[at])
        else:
            self.inspected.emit(None)

    def _show_view(self) -> None:
        view, facts = str(self.views.value), self._facts
        if facts is None:
            return
        may, nobody = self._controller.may_enrol, not facts.lines
        self.stack.setCurrentIndex(_NOBODY if nobody else _VIEWS.index(view))
        self.enrol_button.setVisible(may and not nobody and view != BADGES)
        self.erase_button.setVisible(may and facts.held > 0 and view in (PEOPLE, ERASURES))
        self.print_button.setVisible(view == BADGES and not nobody)
        if view != PEOPLE:
            self._panel = None
            self.inspected.emit(None)
        self._show_print()

    def _show_print(self) -> None:
        count = len(self.badges.chosen)
        text = self.context.tr("faces.badges.print", count=count)
        self.print_button.set_text(text)
        self.print_button.setEnabled(self.badges.ready)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave to the details at the end side what a narrow table has no room for."""
        super().resizeEvent(event)
        for at, least in _ROOM.items():
            self.table.view.setColumnHidden(at, self.width() < self.context.theme.px(least))

    # One person

    @property
    def panel(self) -> FacePanel | None:
        """What stands at the end side, unless the person closed it."""
        if self._panel is not None and not shiboken6.isValid(self._panel):
            self._panel = None
        return self._panel

    def _inspect(self, line: FaceLine | None) -> None:
        if line is None or (self.panel is not None and self.panel.line == line):
            return
        panel = FacePanel(self.context, line, may_enrol=self._controller.may_enrol)
        panel.consent_asked.connect(self.ask_consent)
        panel.photos_asked.connect(self.enrol_files)
        panel.camera_asked.connect(self.photograph)
        panel.erase_asked.connect(self.erase)
        panel.data_asked.connect(self.save_data)
        panel.badge_asked.connect(self.issue_badge)
        self._panel = panel
        self.inspected.emit(panel)

    def _inspected(self) -> FaceLine | None:
        return self.panel.line if self.panel is not None else None

    def ask_consent(self) -> None:
        """Ask what the person said."""
        line = self._inspected()
        if line is None:
            return
        dialog = ConsentDialog(
            self.context, line.person, line.consent, enrolled=line.known, parent=self
        )
        dialog.chosen.connect(
            lambda answer, how: self._controller.note(line.person, answer, how).start()
        )
        dialog.open()

    def enrol_files(self) -> None:
        """Ask for photographs of the person, and enrol them."""
        line, tr = self._inspected(), self.context.tr
        if line is None:
            return
        kinds = " ".join(f"*{suffix}" for suffix in PICTURES)
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("faces.panel.files"), "", kinds)
        if chosen:
            files = [Path(each) for each in chosen]
            self._run(self._controller.enrolling_files(line.person, files))

    def photograph(self) -> None:
        """Load what finds faces, then photograph the person."""
        line = self._inspected()
        if line is not None:
            person = line.person
            self._controller.backend().success(
                lambda backend: self._photograph(person, backend)
            ).start()

    def _photograph(self, person: Person, backend: Backend) -> None:
        self.live = LiveDialog(self.context, person, backend, self._source, self)

        def taken(shots: Sequence[Image]) -> None:
            self._run(self._controller.enrolling_shots(person, shots))

        self.live.taken.connect(taken)
        self.live.open()

    def erase(self) -> None:
        """Ask, and erase the person's face."""
        line, tr = self._inspected(), self.context.tr
        if line is not None and ConfirmDialog.ask(
            self.context,
            tr("faces.erase.title", name=line.person.name),
            tr("faces.erase.text"),
            tr("faces.panel.erase"),
            parent=self,
        ):
            self._controller.erase(line.person)

    def save_data(self, pdf: bool) -> None:
        """Save what is held about the person."""
        line = self._inspected()
        if line is not None:
            name = self.context.tr("faces.subject.file", badge=line.person.badge)
            self._save(self._controller.subject(line.person, pdf=pdf), name, pdf=pdf)

    def issue_badge(self) -> None:
        """Ask, and make the person's lost badge void."""
        line, tr = self._inspected(), self.context.tr
        if line is not None and ConfirmDialog.ask(
            self.context,
            tr("faces.badges.anew.title", name=line.person.name),
            tr("faces.badges.anew.text"),
            tr("faces.badges.anew"),
            parent=self,
        ):
            self._badges.issue_anew(line.person)

    def _issued(self, person: Person) -> None:
        name = self.context.tr("faces.badges.file.one", badge=person.badge)
        self._save(self._badges.printing([person], self._badges.language), name, pdf=True)

    # Everyone

    def enrol(self) -> None:
        """Ask for a folder or a ZIP of photographs, and enrol it."""
        dialog = EnrolDialog(self.context, self)
        dialog.chosen.connect(
            lambda path, agreed: self._run(self._controller.enrolling(path, consented=agreed))
        )
        dialog.open()

    def _run(self, task: Task[EnrolmentReport]) -> None:
        self.sheet = WorkSheet(self.context, self.context.tr("faces.enrol.title"), self)
        self.sheet.finished_well.connect(lambda _: self._controller.refresh())
        self.sheet.run(task, lambda report: enrolment_result(self.context, report))

    def erase_all(self) -> None:
        """Ask, and erase all faces."""
        tr = self.context.tr
        held = self._facts.held if self._facts else 0
        if ConfirmDialog.ask(
            self.context,
            tr("faces.erase_all.title", count=held),
            tr("faces.erase_all.text"),
            tr("faces.erase_all"),
            parent=self,
        ):
            self._controller.erase_all()

    def _erased(self, certificate: Certificate) -> None:
        """Offer the certificate where it lies from now on."""
        del certificate
        self.views.set_value(ERASURES)
        self._show_view()

    def save_certificate(self, certificate: Certificate, pdf: bool) -> None:
        """Save a certificate of erasure."""
        name = self.context.tr("faces.certificate.file", day=f"{certificate.at:%Y-%m-%d}")
        self._save(self._controller.certificate(certificate, pdf=pdf), name, pdf=pdf)

    def print_badges(self) -> None:
        """Set the badges that are chosen, and ask where to save them."""
        chosen, lang = self.badges.chosen, str(self.badges.language.value)
        made: list[bytes] = []
        self.sheet = WorkSheet(self.context, self.context.tr("faces.badges.making"), self)
        self.sheet.accepted.connect(lambda: self._save_badges(made))
        task = self._badges.printing(chosen, lang, self.badges.folder)
        self.sheet.run(task, made.append)

    def _save_badges(self, made: Sequence[bytes]) -> None:
        for data in made:
            save_as(self, f"{_plain(self.context.tr('faces.badges.file'))}.pdf", data)

    def _save(self, task: Task[bytes], name: str, *, pdf: bool) -> None:
        name = f"{_plain(name)}.{'pdf' if pdf else 'json'}"
        task.success(lambda data: save_as(self, name, data)).start()


def _plain(name: str) -> str:
    """Return a file name without marks of direction or signs that a system refuses."""
    return "".join(char for char in name if char.isprintable() and char not in '/\\:*?"<>|')
