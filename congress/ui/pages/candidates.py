"""The list of candidates in a form: from the list of the congress, or by name."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.pages.biography import BiographyDialog
from congress.ui.theme.tokens import SPACE_3, Type
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.dates import DayField
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.picker import PersonPicker, Search
from congress.ui.widgets.text import Text
from congress.voting.model import Candidate


class CandidateList(QWidget):
    """Candidates in the order of the ballot paper.

    Attributes:
        candidates: As they stand in the form.
        births: The fields for dates of birth, as far as these are asked for.
        writing: The dialog of the biography that was opened last.
    """

    changed = Signal()
    """A candidate was added, moved, taken off, or something about one was changed."""

    def __init__(self, context: UiContext, search: Search, parent: QWidget | None = None) -> None:
        """Begin with nobody; ``search`` finds people on the list of the congress."""
        super().__init__(parent)
        self._context = context
        self.candidates: tuple[Candidate, ...] = ()
        self._asking = False
        self.births: list[DayField] = []
        self.writing: BiographyDialog | None = None
        tr = context.tr
        self.rows = RowList()
        self.none = Text(context, tr("chair.candidates.none"), Type.LABEL, "muted")
        self.picker = PersonPicker(context, search)
        self.picker.picked.connect(self._picked)
        self.other = Field(
            context, tr("chair.candidates.other"), help_text=tr("chair.candidates.other.help")
        )
        self.other.submitted.connect(self._named)
        add = Button(context, tr("chair.candidates.add"), Kind.SECONDARY, "plus")
        add.clicked.connect(self._named)
        other = row(self.other, add, space=SPACE_3)
        other.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        for widget in (self.rows, self.none, self.picker):
            box.addWidget(widget)
        box.addLayout(other)

    def set_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        """Show other candidates, without a signal."""
        self.candidates = candidates
        self._show()

    def ask_births(self, asking: bool) -> None:
        """Ask for the date of birth of each, or stop asking: some rules elect the elder."""
        if asking != self._asking:
            self._asking = asking
            self._show()

    def _born(self, at: int, day: date | None) -> None:
        items = list(self.candidates)
        items[at] = replace(items[at], born=day)
        self.candidates = tuple(items)
        self.changed.emit()

    def _write(self, at: int) -> None:
        """Ask for the biography of a candidate."""
        candidate = self.candidates[at]
        self.writing = BiographyDialog(
            self._context, candidate, lambda text: self._written(at, text), self
        )
        self.writing.open()

    def _written(self, at: int, text: str) -> None:
        items = list(self.candidates)
        items[at] = replace(items[at], biography=text)
        self._change(tuple(items))

    def _picked(self, person: Person) -> None:
        self._add(Candidate("", person.name, person.office or person.delegation, person.id))

    def _named(self) -> None:
        name, _, note = self.other.value.partition(";")
        if name.strip():
            self._add(Candidate("", " ".join(name.split()), " ".join(note.split())))
            self.other.value = ""

    def _add(self, candidate: Candidate) -> None:
        taken = {item.id for item in self.candidates}
        number = next(number for number in range(1, 10_000) if f"c{number:02}" not in taken)
        self._change((*self.candidates, replace(candidate, id=f"c{number:02}")))

    def _remove(self, at: int) -> None:
        self._change(self.candidates[:at] + self.candidates[at + 1 :])

    def _lift(self, at: int) -> None:
        items = list(self.candidates)
        items[at - 1], items[at] = items[at], items[at - 1]
        self._change(tuple(items))

    def _change(self, candidates: tuple[Candidate, ...]) -> None:
        self.set_candidates(candidates)
        self.changed.emit()

    def _show(self) -> None:
        tr = self._context.tr
        self.rows.clear()
        self.births = []
        self.none.setVisible(not self.candidates)
        for at, candidate in enumerate(self.candidates):
            there = tr("chair.biography.there") if candidate.biography else ""
            line = ListRow(
                self._context,
                f"{tr.number(at + 1)}. {tr.isolated(candidate.name)}",
                tr.joined(candidate.note, there),
                leading=Avatar(self._context, candidate.name, side=40),
                clickable=False,
            )
            if self._asking:
                line.trailing.addWidget(self._birth(at, candidate))
            what = [("identification-card", "chair.biography.of", self._write)]
            if at:
                what.append(("arrow-up", "chair.candidates.lift", self._lift))
            what.append(("x", "chair.candidates.remove", self._remove))
            for icon, words, act in what:
                name = tr(words, name=candidate.name)
                button = Button(self._context, kind=Kind.QUIET, icon=icon, name=name)
                button.clicked.connect(lambda _, act=act, at=at: act(at))
                line.trailing.addWidget(button)
            self.rows.add(line)

    def _birth(self, at: int, candidate: Candidate) -> DayField:
        tr = self._context.tr
        field = DayField(
            self._context,
            tr("chair.candidates.born"),
            candidate.born,
            without=tr("chair.candidates.born.none"),
        )
        field.editor.setAccessibleName(tr("chair.candidates.born.of", name=candidate.name))
        field.setFixedWidth(self._context.theme.px(220))
        field.settled.connect(lambda day, at=at: self._born(at, day))
        self.births.append(field)
        return field
