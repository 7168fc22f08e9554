"""What the operator is asked, from every door, one question at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.ui.doors.model import Ask, Question


class Questions(QObject):
    """The questions that wait, the oldest first."""

    asked = Signal(object, int)
    """The ``Question`` to answer now, or ``None``, and how many wait behind it."""
    came = Signal(object)
    """The new ``Question``."""
    answered = Signal(object, object)
    """The ``Question``, and the ``Person`` that was chosen, or ``None``."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with no question."""
        super().__init__(parent)
        self._waiting: list[Question] = []
        self._last = 0

    @property
    def waiting(self) -> Sequence[Question]:
        """What is to be answered, the oldest first."""
        return tuple(self._waiting)

    def ask(
        self,
        kind: Ask,
        door: str,
        candidates: tuple[tuple[Person, float], ...],
        portrait: QImage | None = None,
        *,
        alternate: str = "",
        first: bool = False,
    ) -> None:
        """Ask something, unless the same is asked already.

        Args:
            kind: What is asked.
            door: Name of the door.
            candidates: Whom it is about, the best first.
            portrait: The face at the door, or ``None``.
            alternate: Who sits in the seat, or empty.
            first: Whether it goes before what waits: somebody stands at the desk for it.
        """
        about = candidates[0][0].id
        if any(q.kind is kind and q.candidates[0][0].id == about for q in self._waiting):
            return
        self._last += 1
        question = Question(self._last, kind, door, portrait, candidates, alternate)
        self._waiting.insert(0 if first else len(self._waiting), question)
        self.tell()
        self.came.emit(question)

    def illustrate(self, number: int, photos: Mapping[PersonId, QImage]) -> None:
        """Put kept portraits beside the candidates of a question that still waits."""
        for at, question in enumerate(self._waiting):
            if question.number == number and photos:
                self._waiting[at] = replace(question, photos=photos)
                self.tell()

    def answer(self, number: int, person: Person | None) -> None:
        """Answer a question: by ``person``, or none of those shown."""
        found = next((each for each in self._waiting if each.number == number), None)
        if found is None:
            return
        self._waiting.remove(found)
        self.answered.emit(found, person)
        self.tell()

    def settle(self, person_id: PersonId) -> None:
        """Drop the questions whose best answer has come in by another way."""
        left = [each for each in self._waiting if each.candidates[0][0].id != person_id]
        if len(left) != len(self._waiting):
            self._waiting = left
            self.tell()

    def clear(self) -> None:
        """Drop everything: another session has begun."""
        self._waiting.clear()
        self.tell()

    def tell(self) -> None:
        """Have ``asked`` tell what is to be answered now."""
        first = self._waiting[0] if self._waiting else None
        self.asked.emit(first, max(0, len(self._waiting) - 1))
