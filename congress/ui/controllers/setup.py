"""Between the first steps and the congress they prepare: how far each one is."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from congress.app import OpenCongress
from congress.docs.model import PaperImported, PaperRemoved
from congress.kernel.events import Event
from congress.kernel.settings import Settings
from congress.people.model import PeopleChanged
from congress.storage.model import SettingsChanged
from congress.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a congress has so far.

    Attributes:
        settings: What it decided.
        people: Persons on its list.
        papers: Papers in its library.
    """

    settings: Settings
    people: int
    papers: int


class SetupController(QObject):
    """Counts what there is, and again after each change."""

    counted = Signal(object)
    """The ``Prepared`` congress."""

    def __init__(
        self, context: UiContext, congress: OpenCongress, parent: QObject | None = None
    ) -> None:
        """Work on ``congress``."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PeopleChanged | PaperImported | PaperRemoved | SettingsChanged):
            self.refresh()

    def refresh(self) -> None:
        """Count again."""
        congress = self._congress

        def work(_: object) -> Prepared:
            return Prepared(
                congress.settings,
                len(congress.people.everyone()),
                len(congress.library.papers()),
            )

        self._context.tasks.free(work).success(self._counted).start()

    def _counted(self, prepared: Prepared) -> None:
        self.counted.emit(prepared)
