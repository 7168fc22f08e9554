"""Narrows the list of faces by how well the camera knows people, and by what they answered."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from congress.ui.context import UiContext
from congress.ui.models.faces import ANSWER_TONES, FaceLine, FaceState
from congress.ui.widgets.choice import Select

_ANY = "any"
_CHOICE = 176


class FaceFilters(QObject):
    """Two choices, each with how many people it leaves.

    Attributes:
        state: How well the camera knows them.
        consent: What they answered.
    """

    changed = Signal()
    """Something else was chosen."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        """Leave everyone in."""
        super().__init__(parent)
        self._context = context
        tr = context.tr
        self.state = Select(context, name=tr("faces.column.state"))
        self.consent = Select(context, name=tr("faces.column.consent"))
        for choice in (self.state, self.consent):
            choice.setMinimumWidth(context.theme.px(_CHOICE))
            choice.chosen.connect(lambda _: self.changed.emit())

    def show_counts(self, lines: Sequence[FaceLine]) -> None:
        """Count other people; what is chosen stays."""
        tr = self._context.tr
        states = [line.state for line in lines]
        answers = [line.answer for line in lines]
        counted = [
            (state, f"{tr(f'faces.state.{state}')} ({tr.number(states.count(state))})")
            for state in FaceState
        ]
        self.state.set_options([(_ANY, tr("faces.any_state")), *counted], self.state.value)
        counted_answers = [
            (answer, f"{tr(f'faces.consent.{answer}')} ({tr.number(answers.count(answer))})")
            for answer in ANSWER_TONES
        ]
        options = [(_ANY, tr("faces.any_consent")), *counted_answers]
        self.consent.set_options(options, self.consent.value)

    def keeps(self, line: FaceLine) -> bool:
        """Return whether a person is left in."""
        return self.state.value in (_ANY, line.state) and self.consent.value in (_ANY, line.answer)
