"""A member with notes on papers in memory, and pages over them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congress.docs.notes.model import Draft, Note, NoteKind, Spot
from congress.kernel.ids import PaperId
from congress.kernel.roles import Clearance, Shelf
from congress.ui.context import UiContext
from congress.ui.controllers.notes import NotesController
from tests.helpers.notes import PAPER, Reader, Readers, on_words, version
from tests.helpers.uicontext import Surroundings, ui_context

RULES = (
    "Rules of order\nThe quorum is two thirds of the delegates who are entitled to vote.",
    "Motions are put in writing and are read aloud before they are debated.",
)
BUDGET = PaperId("budget")
W = TypeVar("W", bound=QWidget)


@dataclass
class Desk:
    """A member's notes and the surroundings of a page over them."""

    readers: Readers
    context: UiContext
    around: Surroundings
    qtbot: QtBot

    @property
    def lan(self) -> Reader:
        return self.readers.lan

    def controller(self) -> NotesController:
        me = self.lan.actor.member_id
        return NotesController(self.context, self.lan.notes, self.readers.papers, me)

    def shown(self, widget: W, width: int = 1000, height: int = 700) -> W:
        self.qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    def note(self, words: str, kind: NoteKind = NoteKind.HIGHLIGHT) -> Note:
        return self.lan.notes.add(PAPER, version(1), on_words(RULES, words, kind))

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.context.tasks.busy)
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: not self.context.tasks.busy)


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Callable[[str], Desk]]:
    with ui_context() as (context, around):

        def make(lang: str = "en") -> Desk:
            readers = Readers(bus=around.bus)
            readers.papers.put(PAPER, *RULES)
            readers.papers.put(BUDGET, "The budget is balanced.", shelf=Shelf(Clearance.PUBLIC))
            return Desk(readers, context, around, qtbot)

        yield make


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    """A member with three notes on two papers."""
    made = make_desk()
    made.note("two thirds", NoteKind.NOTE)
    made.note("in writing")
    made.lan.notes.add(
        BUDGET, version(1), Draft(NoteKind.NOTE, Spot(1, 4), Spot(1, 10), body="By whom?")
    )
    return made
