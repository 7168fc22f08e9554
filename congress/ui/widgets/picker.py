"""Finds a person by name or badge number, by keyboard alone if one likes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.people import Person
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.tasks import Task
from congress.ui.theme.tokens import SPACE_1, Type
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.text import Text

Search = Callable[[str], Sequence[Person]]
WAIT_MS = 120
"""How long typing must rest before the search runs."""


def description(context: UiContext, person: Person) -> str:
    """Return the line that tells two persons of one name apart."""
    tr = context.tr
    parts = [person.badge, person.delegation]
    if person.seat:
        parts.append(tr("person.seat", seat=person.seat))
    parts.append(tr(f"standing.{person.standing}"))
    return tr.joined(*parts)


class PersonPicker(QWidget):
    """A search field with the persons it finds below it.

    Arrow keys move, Enter picks. Picking one clears the field, ready for the next.
    """

    picked = Signal(object)
    """The ``Person`` that was picked."""

    def __init__(
        self,
        context: UiContext,
        search: Search,
        *,
        limit: int = 6,
        keep_text: bool = False,
        claim: Callable[[str], bool] = lambda _: False,
        parent: QWidget | None = None,
    ) -> None:
        """Search with ``search``, which runs outside the GUI thread.

        Args:
            context: The surroundings.
            search: Returns persons for a text, best first.
            limit: How many are shown.
            keep_text: Whether the field keeps the name that was picked.
            claim: Asked first at Enter; ``True`` if it took the text for itself, which is no
                name then (a badge scanner typed it).
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context, self._search, self._limit = context, search, limit
        self._keep, self._claim = keep_text, claim
        self._task: Task[Sequence[Person]] | None = None
        self._eager, self._fresh = False, False
        tr = context.tr
        self.field = SearchEdit(context, tr("picker.placeholder"), name=tr("picker.label"))
        self.people: list[Person] = []
        self.list = RowList()
        self._none = Text(context, tr("picker.none"), Type.LABEL, "muted")
        self._none.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_1)
        box.addWidget(self.field)
        box.addWidget(self.list)
        box.addWidget(self._none)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._look)
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)

    def _typed(self, text: str) -> None:
        self._eager, self._fresh = False, False
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._show([])

    def _look(self) -> None:
        text = self.field.text().strip()
        if self._task is not None:
            self._task.cancel()

        def work(progress: Progress) -> Sequence[Person]:
            progress.check()
            return self._search(text)

        def found(people: Sequence[Person]) -> None:
            if self.field.text().strip() == text:
                self._show(people)

        self._task = self._context.tasks.free(work).success(found).failure(lambda _: None).start()

    def _show(self, people: Sequence[Person]) -> None:
        self._show_nothing()
        self._fresh = True
        self.people = list(people[: self._limit])
        for person in self.people:
            row = ListRow(self._context, person.name, description(self._context, person))
            row.activated.connect(lambda person=person: self._pick(person))
            row.installEventFilter(self)
            self.list.add(row)
        self._none.setVisible(not self.people and bool(self.field.text().strip()))
        if self._eager and self.people:
            self._pick(self.people[0])

    def _entered(self) -> None:
        if self._claim(self.field.text()):
            self._timer.stop()
            self._eager, self._fresh = False, False
            self.field.clear()
            self._show_nothing()
        elif self._fresh:
            if self.people:
                self._pick(self.people[0])
        elif self.field.text().strip():
            self._eager = True
            if self._timer.isActive():
                self._timer.stop()
                self._look()

    def _pick(self, person: Person) -> None:
        self._eager, self._fresh = False, False
        self.field.setText(person.name if self._keep else "")
        self._show_nothing()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(person)

    def _show_nothing(self) -> None:
        self.list.clear()
        self._none.hide()
        self.people = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move between the field and the persons with the arrow keys."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.people:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                ring: list[QWidget] = [self.field, *self.list.rows]
                at = ring.index(watched) if watched in ring else 0
                ring[(at + step) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
