"""Says in short messages what came of an arrival, a badge, or of taking one back."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId
from congress.rollcall.model import CheckIn, Entry, RegisterLine
from congress.ui.context import UiContext
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.pages.register_dialogs import CorrectionDialog
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.dialog import ConfirmDialog


class DoorMessages(QObject):
    """Listens to the doors for as long as a page stands."""

    def __init__(self, context: UiContext, controller: RollCallController, door: QWidget) -> None:
        """Speak beside ``door``, which says larger who comes while it is in sight."""
        super().__init__(door)
        self._context, self._controller, self._door = context, controller, door
        doors = controller.doors
        doors.arrivals.arrived.connect(self._arrived)
        doors.arrivals.again.connect(self._again)
        doors.arrivals.undone.connect(self._undone)
        doors.arrivals.refused.connect(self._refused)
        doors.arrivals.undo_refused.connect(self._undo_refused)
        doors.void_badge.connect(self._void_badge)

    def _toast(self, text: str, tone: Tone, undo: Callable[[], object] | None = None) -> None:
        self._context.toasts.show_toast(text, tone, undo)

    def _arrived(self, found: CheckIn) -> None:
        tr, name = self._context.tr, found.person.name
        if found.entry.seat_of is not None:
            self._toast(tr("door.seated", name=name), Tone.GOOD, self._undo(found))
        elif not self._door.isVisible():
            self._toast(tr("door.registered", name=name), Tone.GOOD, self._undo(found))

    def _undo(self, found: CheckIn) -> Callable[[], object]:
        arrivals = self._controller.doors.arrivals
        return lambda: arrivals.undo(found)

    def _again(self, found: CheckIn) -> None:
        text = self._context.tr("door.already_in", name=found.person.name)
        self._toast(text, Tone.NOTE)

    def _undone(self, entry: Entry) -> None:
        person = self._controller.doors.people.get(entry.person_id)
        if person is not None:
            self._toast(self._context.tr("door.undone", name=person.name), Tone.NOTE)

    def _refused(self, _: PersonId, __: str, error: CongressError) -> None:
        if error.code != "rollcall.seat_taken":
            self._toast(self._context.tr.error(error).what, Tone.DANGER)

    def _void_badge(self, door: str) -> None:
        self._toast(self._context.tr("door.void_badge", door=door), Tone.DANGER)

    def _undo_refused(self, found: CheckIn, error: CongressError) -> None:
        """Say why it stands; where two people may still correct it, offer that."""
        tr, session = self._context.tr, self._controller.session
        line = self._line_of(found)
        if error.code != "rollcall.needs_two" or line is None or session is None:
            self._context.show_error(error)
        elif ConfirmDialog.ask(
            self._context,
            tr("door.undo.late", name=found.person.name),
            tr("door.undo.late.why"),
            tr("door.undo.correct"),
            danger=False,
            parent=self._door,
        ):
            CorrectionDialog(self._context, self._controller, session, line, self._door).open()

    def _line_of(self, found: CheckIn) -> RegisterLine | None:
        house = self._controller.house
        lines = house.lines if house and house.shown == house.current else ()
        return next((line for line in lines if line.person.id == found.person.id), None)
