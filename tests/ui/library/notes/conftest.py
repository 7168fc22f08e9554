"""A reader with notes on an open paper of two pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt

from congress.docs.notes.model import Draft, Note, NoteKind, Placed, Spot
from congress.docs.notes.service import Notes
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Clearance, Shelf
from congress.storage.model import Group
from congress.ui.controllers.notes import NotesController
from congress.ui.pages.reader import ReaderPage
from congress.ui.readernotes import NotesPart
from congress.ui.readernotesmarks import OWNER
from congress.ui.widgets.pagelayers import MarkStyle, Place
from congress.ui.widgets.sheetview import SheetView
from tests.helpers.papers import pdf
from tests.helpers.vaults import manual_clock, memory_database
from tests.ui.library.conftest import Hall, Make, Write
from tests.ui.library.test_reader_page import ready

NORTH = GroupId("north".ljust(26, "a"))
FIRST = "The chair opens the session\nand counts the votes of all delegates"
SECOND = "Motions are put in writing"
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Desk:
    """A reader with notes on an open paper of two pages."""

    hall: Hall
    page: ReaderPage
    part: NotesPart
    notes: Notes
    other: Notes

    @property
    def view(self) -> SheetView:
        return self.page.view

    @property
    def placed(self) -> Sequence[Placed]:
        return self.part._controller.on_paper.placed

    def until(self, count: int) -> Sequence[Placed]:
        self.hall.qtbot.waitUntil(lambda: len(self.placed) == count)
        return self.placed

    def add(self, words: str, kind: NoteKind = NoteKind.HIGHLIGHT, body: str = "") -> Note:
        paper = self.hall.paper("two.pdf")
        at = FIRST.index(words)
        draft = Draft(kind, Spot(1, at), Spot(1, at + len(words)), body=body)
        return self.notes.add(paper.id, paper.version_id, draft)

    def select(self, words: str) -> None:
        at = FIRST.index(words)
        self.view.select(Place(1, at), Place(1, at + len(words)))
        self.view.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self.hall.qtbot.keyClick(self.view, key, modifier or Qt.KeyboardModifier.NoModifier)

    def marks(self, view: SheetView) -> list[tuple[str, MarkStyle]]:
        texts = self.page.pages.texts
        return [
            (texts[mark.start.page - 1][mark.start.offset : mark.end.offset], mark.style)
            for mark in view.marks.get(OWNER, ())
        ]


def _desk(hall: Hall, write: Write) -> Desk:
    hall.library.import_file(write("two.pdf", pdf(FIRST, SECOND)), title="Two")
    bus = hall.around.bus
    group = memory_database("restricted", publisher=bus)
    files = {Shelf(Clearance.RESTRICTED, NORTH): group}
    groups = [Group(NORTH, "North", (MemberId("a"), MemberId("b")))]
    services = []
    for member in (hall.member, replace(hall.member, member_id=MemberId("o" * 26), name="Omar")):
        own = memory_database("own", publisher=bus)
        services.append(Notes(own, files, hall.library, lambda: groups, member, manual_clock()))
    page = hall.reader_page()
    controller = NotesController(hall.context, services[0], hall.library, hall.member.member_id)
    part = NotesPart(hall.context, page, controller)
    page.add_part(part)
    page.opened(hall.paper("two.pdf").id)
    ready(hall, page)
    hall.qtbot.waitUntil(lambda: not hall.context.tasks.busy)
    return Desk(hall, page, part, services[0], services[1])


@pytest.fixture
def desk(make_hall: Make, write: Write) -> Desk:
    return _desk(make_hall(filled=False), write)


@pytest.fixture(params=["pages", "text"])
def either(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """The desk in each of the two views."""
    desk.page.first.show_view(request.param)
    ready(desk.hall, desk.page)
    return desk
