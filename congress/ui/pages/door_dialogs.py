"""The dialogs of the door: how it is watched, and in whose seat an alternate sits."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall.sight import Turn
from congress.ui.context import UiContext
from congress.ui.doors.model import Door
from congress.ui.pages.rollcall_parts import arrival_details
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Check, SegmentedControl, Select
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text


class DoorDialog(Dialog):
    """Asks what is watched at a door, and how: a camera, one on the network, or a video."""

    chosen = Signal(object)
    """The fields of the ``Door`` that were chosen (``dict[str, object]``)."""
    removed = Signal()
    """The door shall go."""

    def __init__(
        self,
        context: UiContext,
        door: Door,
        *,
        taken: Sequence[str] = (),
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``door``.

        Args:
            context: The surroundings.
            door: What is chosen now.
            taken: Names of the other doors.
            removable: Whether the door may go.
            parent: The widget it belongs to.
        """
        tr = context.tr
        super().__init__(context, tr("door.settings"), parent)
        self._taken = {name.casefold() for name in taken}
        self.name = Field(context, tr("door.name"), help_text=tr("door.name.help"), value=door.name)
        self.source = Field(
            context,
            tr("door.source.field"),
            help_text=tr("door.source.help"),
            value=door.source,
            placeholder="0",
        )
        self.source.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        browse = Button(context, tr("door.source.video"), Kind.QUIET, "film-strip")
        turns = [(turn, tr(f"door.turn.{turn.value}")) for turn in Turn]
        self.turn = SegmentedControl(context, turns, door.turn, name=tr("door.turn"))
        self.unattended = Check(context, tr("door.unattended.check"), ticked=door.unattended)
        self.borderline = Check(context, tr("door.borderline.check"), ticked=door.borderline)
        self.truth = Banner(context, tr("liveness.limits"), Tone.NOTE, title=tr("liveness.title"))
        for widget in (self.name, self.source):
            self.column.addWidget(widget)
        self.column.addLayout(row(browse, None))
        self.column.addWidget(Field(context, tr("door.turn"), self.turn))
        for check, key in ((self.unattended, "unattended"), (self.borderline, "borderline")):
            self.column.addWidget(check)
            self.column.addWidget(Text(context, tr(f"door.{key}.means"), Type.LABEL, "muted"))
        self.column.addWidget(self.truth)
        if removable:
            remove = Button(context, tr("door.remove"), Kind.DANGER, "trash")
            remove.clicked.connect(self._remove)
            self.buttons.insertWidget(0, remove)
        cancel = self.add_button(tr("dialog.cancel"))
        self.start = self.add_button(tr("door.start"), Kind.PRIMARY, "video-camera")
        browse.clicked.connect(self._browse)
        cancel.clicked.connect(self.reject)
        self.start.clicked.connect(self._choose)
        for field in (self.name, self.source):
            field.submitted.connect(self._choose)
        self.source.setFocus()

    def _browse(self) -> None:
        title = self.context.tr("door.source.video")
        found, _ = QFileDialog.getOpenFileName(self, title, "", "*.mp4 *.avi *.mov *.mkv *.webm")
        if found:
            self.source.value = found

    def _remove(self) -> None:
        self.accept()
        self.removed.emit()

    def _choose(self) -> None:
        tr = self.context.tr
        name, source = self.name.value.strip(), self.source.value.strip()
        self.source.set_error("" if source else tr("door.source.empty"))
        twice = name.casefold() in self._taken
        self.name.set_error(
            tr("door.name.empty") if not name else tr("door.name.taken") if twice else ""
        )
        if not source or not name or twice:
            return
        self.accept()
        self.chosen.emit(
            {
                "name": name,
                "source": source,
                "turn": Turn(int(str(self.turn.value))),
                "unattended": self.unattended.isChecked(),
                "borderline": self.borderline.isChecked(),
            }
        )


class SeatDialog(Dialog):
    """Chooses in whose seat an alternate sits, and why."""

    chosen = Signal(object, str)
    """The ``PersonId`` of the official delegate, and the reason or nothing."""

    def __init__(
        self,
        context: UiContext,
        alternate: Person,
        officials: Sequence[Person],
        parent: QWidget | None = None,
    ) -> None:
        """Offer the seats of ``officials``, the likeliest first."""
        tr = context.tr
        super().__init__(context, tr("door.seat.title", name=alternate.name), parent)
        options = [
            (person.id, tr.joined(person.name, arrival_details(context, person)))
            for person in officials
        ]
        self.select = Select(context, options, name=tr("door.seat.whose"))
        self.reason = Field(context, tr("door.seat.reason"), help_text=tr("door.seat.reason.help"))
        self.column.addWidget(Text(context, tr("door.seat.why"), Type.BODY, "muted"))
        self.column.addWidget(Field(context, tr("door.seat.whose"), self.select))
        self.column.addWidget(self.reason)
        cancel = self.add_button(tr("dialog.cancel"))
        self.give = self.add_button(tr("door.give_seat"), Kind.PRIMARY, "armchair")
        self.give.setEnabled(bool(options))
        cancel.clicked.connect(self.reject)
        self.give.clicked.connect(self._choose)
        self.reason.submitted.connect(self._choose)
        self.select.setFocus()

    def _choose(self) -> None:
        if self.select.value is None:
            return
        self.accept()
        self.chosen.emit(PersonId(str(self.select.value)), self.reason.value.strip())
