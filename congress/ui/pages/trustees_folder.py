"""A key ceremony over files: who has delivered what, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.ceremony import CeremonyDesk, Place
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.dialog import ConfirmDialog, ErrorView
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text
from congress.voting.crypto.dkg import FEWEST
from congress.voting.trustees.messages import ROUNDS, Round
from congress.voting.trustees.session import Stage

_COLUMNS = (*ROUNDS, Round.REHEARSAL)


class Checklist(QWidget):
    """Trustees against rounds, with a mark where a file has come."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._context = context
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(SPACE_3)
        self.grid.setVerticalSpacing(SPACE_3)
        self.grid.setColumnStretch(0, 1)

    def show_place(self, place: Place) -> None:
        """Show what lies in a folder."""
        clear(self.grid)
        tr, session = self._context.tr, place.gathered.session
        for at, kind in enumerate(_COLUMNS, start=1):
            head = Text(self._context, tr(f"trustees.round.{kind}"), Type.LABEL, "muted")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.grid.addWidget(head, 0, at)
        for index in session.invitation.indices:
            name = session.invitation.name(index)
            self.grid.addWidget(Text(self._context, tr.isolated(name), Type.NAME), index, 0)
            for at, kind in enumerate(_COLUMNS, start=1):
                there = place.done if kind is Round.REHEARSAL else session.of(kind)
                accused = session.fault is not None and session.fault.accused == index
                mark = self._mark(name, kind, came=index in there, accused=accused)
                self.grid.addWidget(mark, index, at, Qt.AlignmentFlag.AlignCenter)

    def _mark(self, name: str, kind: Round, *, came: bool, accused: bool) -> QLabel:
        tr, theme = self._context.tr, self._context.theme
        mark = QLabel()
        icon, colour = ("check-circle-fill", "good") if came else ("circle", "edge")
        if accused and not came:
            icon, colour = "x-circle", "danger"
        mark.setPixmap(theme.pixmap(icon, 24, colour))
        state = tr("trustees.check.came" if came else "trustees.check.missing")
        mark.setAccessibleName(f"{name}, {tr(f'trustees.round.{kind}')}: {state}")
        mark.setToolTip(f"{tr(f'trustees.round.{kind}')}: {state}")
        return mark


class FolderView(QWidget):
    """Shows the ceremony in a folder and what comes next."""

    leave_asked = Signal()
    """The page is to show something else; the files stay."""

    def __init__(
        self, context: UiContext, desk: CeremonyDesk, parent: QWidget | None = None
    ) -> None:
        """Show the ceremony of ``desk``."""
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._shown: Place | None = None
        tr = context.tr
        self.card = Card(context)
        self.what = Text(context, "", Type.HEADING)
        self.why = Text(context, "", Type.BODY, "muted")
        self.look = Button(context, tr("trustees.folder.look"), Kind.PRIMARY, "arrows-clockwise")
        self.finish = Button(context, tr("trustees.end.verb"), Kind.PRIMARY, "check-circle")
        self.trouble = QVBoxLayout()
        self.where = Text(context, "", Type.LABEL, "muted").selectable()
        for widget in (self.what, self.why, self.where):
            self.card.column.addWidget(widget)
        self.card.column.addLayout(self.trouble)
        self.card.column.addLayout(row(self.look, self.finish, None, space=SPACE_2))
        self.broken = Banner(context, "", Tone.DANGER)
        self.checklist = Checklist(context)
        delivered = Card(context, tr("trustees.check"))
        delivered.column.addWidget(self.checklist)
        self.problems = Card(context, tr("trustees.problems"))
        self.problem_rows = RowList()
        self.problems.column.addWidget(self.problem_rows)
        self.missing = Card(context, tr("trustees.missing"))
        self.missing_rows = RowList()
        self.missing.column.addWidget(Text(context, tr("trustees.missing.why"), Type.BODY, "muted"))
        self.missing.column.addWidget(self.missing_rows)
        leave = Button(context, tr("trustees.folder.leave"), Kind.QUIET)
        leave.clicked.connect(self.leave_asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        for card in (self.broken, self.card, delivered, self.problems, self.missing):
            box.addWidget(card)
        box.addLayout(row(None, leave))
        self.look.clicked.connect(desk.look)
        self.finish.clicked.connect(desk.finish)
        desk.refused.connect(self._refused)

    def refresh(self) -> None:
        """Show the folder as it was last looked at."""
        place, desk = self._desk.place, self._desk
        self.look.setEnabled(not desk.busy)
        if place is None or desk.busy:
            return
        if place is not self._shown:
            self._shown = place
            clear(self.trouble)
        tr, session = self._context.tr, place.gathered.session
        stage = session.stage
        key = "rehearsal" if stage is Stage.COMPLETE else stage.value
        if place.ready:
            key = "ready"
        self.what.setText(tr(f"trustees.folder.{key}"))
        self.why.setText(tr(f"trustees.folder.{key}.why"))
        self.where.setText(tr("trustees.folder.where", folder=str(place.path)))
        self.finish.setVisible(place.ready and desk.may_lead)
        self.look.setVisible(not place.ready and stage is not Stage.BROKEN)
        self.checklist.show_place(place)
        self.broken.setVisible(session.fault is not None)
        if session.fault is not None:
            name = session.invitation.name(session.fault.accused)
            self.broken.set(
                tr(f"trustees.fault.{session.fault.reason}", who=name),
                Tone.DANGER,
                title=tr("trustees.broken.title"),
            )
        self._show_problems(place)
        self._show_missing(place)

    def _show_problems(self, place: Place) -> None:
        tr = self._context.tr
        self.problem_rows.clear()
        for problem in place.gathered.problems:
            text = tr.error(problem.error)
            line = ListRow(
                self._context,
                tr.isolated(problem.file),
                f"{text.what} {text.do}",
                icon="warning",
                clickable=False,
            )
            self.problem_rows.add(line)
        self.problems.setVisible(bool(place.gathered.problems))

    def _show_missing(self, place: Place) -> None:
        """Offer to go on without those who are awaited, or who broke the ceremony."""
        tr, session = self._context.tr, place.gathered.session
        names = session.invitation.names
        gone: Sequence[int] = session.waiting
        if session.fault is not None:
            gone = (session.fault.accused,)
        elif session.stage is Stage.COMPLETE:
            gone = [index for index in session.invitation.indices if index not in place.done]
        self.missing_rows.clear()
        enough = len(names) > FEWEST
        for index in gone if enough and self._desk.may_lead else ():
            name = session.invitation.name(index)
            line = ListRow(self._context, tr.isolated(name), icon="user-minus", clickable=False)
            again = Button(self._context, tr("trustees.missing.verb"), Kind.SECONDARY)
            again.setAccessibleName(tr("trustees.missing.verb.of", name=name))
            again.clicked.connect(lambda _, index=index: self._repeat(index))
            line.trailing.addWidget(again)
            self.missing_rows.add(line)
        self.missing.setVisible(bool(self.missing_rows.rows))

    def _repeat(self, index: int) -> None:
        tr, place = self._context.tr, self._desk.place
        if place is None:
            return
        name = place.gathered.session.invitation.name(index)
        if ConfirmDialog.ask(
            self._context,
            tr("trustees.missing.title", name=name),
            tr("trustees.missing.text"),
            tr("trustees.missing.verb"),
            parent=self,
        ):
            self._desk.repeat_without([index])

    def _refused(self, error: CongressError) -> None:
        if self._desk.place is not None:
            clear(self.trouble)
            self.trouble.addWidget(ErrorView(self._context, error))
