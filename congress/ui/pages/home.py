"""The first page of every role: what is on, what comes next, and what waits for the person."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from congress.assets import asset
from congress.floor.model import ProgrammeReport
from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.home import HomeController
from congress.ui.models.home import HomeFacts, waiting, ways_on
from congress.ui.page import ScrollPage
from congress.ui.pages.home_cards import DayCard, FloorCard, WaitingCard, beside
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.layout import boxed, column

_FAULTS_SHOWN = 3


class HomePage(ScrollPage):
    """*Now* and *Next* large; below, what waits for the person and the day's programme."""

    key: ClassVar[str] = "home"
    title_key: ClassVar[str] = "home.title"
    icon: ClassVar[str] = "house"
    measure: ClassVar[int] = 1120

    def __init__(
        self, context: UiContext, controller: HomeController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the facts come when it is shown."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self._floor: object = None
        self.import_button = Button(
            context, tr("home.import_programme"), Kind.QUIET, "calendar-plus"
        )
        self.import_button.hide()
        self.header.buttons.addWidget(self.import_button)
        self.banner = Banner(context, "", Tone.CAUTION)
        self.banner.hide()
        self.now_card = FloorCard(context, tr("home.now"), Type.DISPLAY, Tone.ACCENT)
        self.next_card = FloorCard(context, tr("home.next"), Type.TITLE, Tone.NEUTRAL)
        self.waiting_card, self.day_card = WaitingCard(context), DayCard(context)
        self._floor_row = beside((self.now_card, 3), (self.next_card, 2))
        self._day_side = boxed(column(self.day_card, None))
        self._work_row = beside((boxed(column(self.waiting_card, None)), 3), (self._day_side, 2))
        self.column.setAlignment(Qt.AlignmentFlag(0))
        for widget in (self.banner, self._floor_row, self._work_row):
            self.column.addWidget(widget)
            widget.hide()
        self.column.addStretch(1)
        self.import_button.clicked.connect(self.import_programme)
        self.now_card.import_asked.connect(self.import_programme)
        self.waiting_card.chosen.connect(context.navigate)
        controller.told.connect(self._show)
        controller.imported.connect(self._imported)
        controller.failed.connect(self._failed)

    def shown(self) -> None:
        """Gather the facts again."""
        self._controller.refresh()

    def closing(self) -> None:
        """Let the clock rest."""
        self._controller.stop()

    def import_programme(self) -> None:
        """Ask for the file of a programme and take it over."""
        tr = self.context.tr
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("home.import_programme"),
            str(asset("samples")),
            f"{tr('home.programmes')} (*.csv *.xlsx *.txt)",
        )
        if chosen:
            self._controller.import_programme(Path(chosen))

    def _show(self, facts: HomeFacts) -> None:
        self._show_header(facts)
        self._show_floor(facts)
        role = self._controller.role
        self.waiting_card.show_waiting(waiting(role, facts), ways_on(role, facts))
        self.day_card.show_day(facts)
        self._day_side.setVisible(bool(facts.today))
        self._floor_row.show()
        self._work_row.show()

    def _show_header(self, facts: HomeFacts) -> None:
        settings = self._controller.settings()
        self.header.title.setText(settings.name)
        tr = self.context.tr
        self.header.set_lead(tr.joined(tr.date(facts.now.date()), settings.place))
        can_import = self._controller.may_set_programme and bool(facts.items)
        self.import_button.setVisible(can_import)

    def _show_floor(self, facts: HomeFacts) -> None:
        where = facts.now_and_next
        if (where, bool(facts.items)) == self._floor:
            if where.now:
                self.now_card.show_time(where.now, facts.now)
            if where.next:
                self.next_card.show_time(where.next, facts.now)
            return
        self._floor = (where, bool(facts.items))
        if where.now:
            self.now_card.show_item(where.now, facts.now)
        else:
            self._show_no_item(facts)
        self.next_card.setVisible(where.next is not None)
        if where.next:
            self.next_card.show_item(where.next, facts.now)

    def _show_no_item(self, facts: HomeFacts) -> None:
        tr = self.context.tr
        if not facts.items:
            may = self._controller.may_set_programme
            why = tr("home.no_programme.why") if may else tr("home.no_programme.wait")
            action = tr("home.import_programme") if may else ""
            self.now_card.show_nothing(tr("home.no_programme"), why, action)
        elif facts.now_and_next.next is None:
            self.now_card.show_nothing(tr("home.over"), tr("home.over.why"))
        else:
            self.now_card.show_nothing(tr("home.between"), tr("home.between.why"))

    def _imported(self, report: ProgrammeReport) -> None:
        tr = self.context.tr
        self.banner.setVisible(bool(report.faults))
        if report.items:
            count = len(report.items)
            self.context.toasts.show_toast(tr("home.programme_imported", count=count))
        if not report.faults:
            return
        rows = {fault.row for fault in report.faults}
        lines = [
            tr(
                "home.programme_fault",
                row=fault.row,
                field=tr(f"floor.field.{fault.field}"),
                reason=tr(f"floor.reason.{fault.reason}"),
            )
            for fault in report.faults[:_FAULTS_SHOWN]
        ]
        title = tr("home.programme_rejected", count=len(rows), file=report.file)
        self.banner.set("\n".join(lines), Tone.CAUTION, title=title)

    def _failed(self, error: CongressError) -> None:
        text = self.context.tr.error(error)
        self.banner.set(f"{text.means} {text.do}", Tone.DANGER, title=text.what)
        self.banner.show()
