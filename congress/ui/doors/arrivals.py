"""Enters in the register whoever comes, at whatever door, and remembers the newest."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError, EnvironmentFault
from congress.kernel.ids import PersonId
from congress.kernel.progress import Progress
from congress.rollcall.model import CheckIn, Entry, Method
from congress.rollcall.quorum import Quorum
from congress.ui.tasks import Tasks

if TYPE_CHECKING:
    from congress.app import OpenCongress

MOST = 200
"""So many arrivals are remembered, to be shown and taken back; all are counted."""


class Arrivals(QObject):
    """Writes entries on the store thread, in the order in which people came.

    Attributes:
        count: How many were registered here in this session.
    """

    arrived = Signal(object)
    """A new ``CheckIn``."""
    again = Signal(object)
    """The ``CheckIn`` of somebody who was in already, and came by hand or badge."""
    undone = Signal(object)
    """The ``Entry`` that was taken back."""
    refused = Signal(object, str, object)
    """The ``PersonId`` who was not registered, the door, and the ``CongressError``."""
    undo_refused = Signal(object, object)
    """The ``CheckIn`` that stands, and the ``CongressError`` because of which it does."""
    changed = Signal()
    """The list of arrivals is another."""

    def __init__(
        self, tasks: Tasks, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Write into the register of ``congress``."""
        super().__init__(parent)
        self._tasks, self._desk = tasks, congress.desk
        self._newest: list[CheckIn] = []
        self.count = 0

    @property
    def newest(self) -> Sequence[CheckIn]:
        """Who was registered here, the newest first."""
        return self._newest

    def clear(self) -> None:
        """Begin a new session."""
        self._newest.clear()
        self.count = 0
        self.changed.emit()

    def check_in(
        self,
        person_id: PersonId,
        method: Method = Method.MANUAL,
        score: float | None = None,
        *,
        model: str = "",
        door: str = "",
    ) -> None:
        """Register a person; ``arrived`` tells when it is written."""

        def work(_: Progress) -> CheckIn:
            return self._desk.check_in(person_id, method, score=score, model=model, door=door)

        self._write(work, partial(self._in, quiet=method is Method.FACE), person_id, door)

    def take_seat(self, alternate: PersonId, official: PersonId, reason: str) -> None:
        """Let an alternate sit in the seat of an official delegate who is not here."""
        self._write(
            lambda _: self._desk.take_seat(alternate, official, reason), self._in, alternate, ""
        )

    def give_back(self, official: PersonId, method: Method, door: str) -> None:
        """Give a delegate who came back the seat."""
        self._write(
            lambda _: self._desk.give_back(official, method, door=door), self._in, official, door
        )

    def _write(
        self,
        work: Callable[[Progress], CheckIn],
        done: Callable[[CheckIn], object],
        person_id: PersonId,
        door: str,
    ) -> None:
        task = self._tasks.store(work).success(done)
        task.failure(partial(self._failed, person_id, door)).start()

    def _in(self, found: CheckIn, quiet: bool = False) -> None:
        if found.new:
            person_id = found.person.id
            others = [each for each in self._newest if each.person.id != person_id]
            self.count += 1 - (len(self._newest) - len(others))
            self._newest = [found, *others[: MOST - 1]]
            self.arrived.emit(found)
            self.changed.emit()
        elif not quiet:
            self.again.emit(found)

    def _failed(self, person_id: PersonId, door: str, error: CongressError) -> None:
        self.refused.emit(person_id, door, error)
        if isinstance(error, EnvironmentFault):
            # The machine fails: that is said whatever page is in front.
            self._tasks.failed.emit(error)

    def undo_newest(self) -> None:
        """Take the newest arrival back."""
        if self._newest:
            self.undo(self._newest[0])

    def undo(self, found: CheckIn) -> None:
        """Take an arrival back."""
        task = self._tasks.store(lambda _: self._desk.undo(found.entry.id))
        task.success(partial(self._taken_back, found.entry))
        task.failure(lambda error: self.undo_refused.emit(found, error)).start()

    def _taken_back(self, entry: Entry, _: Quorum) -> None:
        left = [each for each in self._newest if each.entry.id != entry.id]
        if len(left) != len(self._newest):
            self._newest = left
            self.count -= 1
        self.undone.emit(entry)
        self.changed.emit()
