"""A library with a few papers, and pages over it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.places import Places
from congress.docs.reading_list import ReadingList
from congress.kernel.roles import Actor, Clearance, Role
from congress.storage.schema import own_metadata
from congress.ui.context import UiContext
from congress.ui.controllers.library import LibraryController
from congress.ui.controllers.reader import ReaderController
from congress.ui.models.listing import ListedPaper
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.paperlist import PaperList
from tests.helpers.papers import docx, make_library, paper_files, paragraph, pdf
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import actor, manual_clock, memory_database

RULES = (
    "Rules of order\nThe quorum is two thirds",
    "Motions are put in writing",
    "A vote is taken",
)
AGENDA = docx(paragraph("Chương trình đại hội", "Heading1"), paragraph("Bầu cử ban chấp hành"))


@dataclass
class Hall:
    """A library, and what opens pages over it."""

    library: Library
    context: UiContext
    around: Surroundings
    qtbot: QtBot
    member: Actor
    places: Places
    reading: ReadingList

    def library_page(self, *, wait: bool = True) -> LibraryPage:
        controller = LibraryController(
            self.context, self.library, self.member, reading=self.reading
        )
        page = LibraryPage(self.context, controller)
        self.qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        page.shown()
        if wait:
            self.qtbot.waitUntil(lambda: page.stack.currentIndex() != 5)
        return page

    def reader_page(self) -> ReaderPage:
        controller = ReaderController(self.context, self.library, self.places)
        page = ReaderPage(self.context, controller, "Lan Nguyen")
        self.qtbot.addWidget(page, before_close_func=lambda _: page.closing())
        page.resize(1100, 700)
        page.show()
        return page

    def paper(self, file: str) -> Paper:
        return next(paper for paper in self.library.papers() if paper.file == file)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write_file(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_file


Make = Callable[..., Hall]
Write = Callable[[str, bytes], Path]


@pytest.fixture
def make_hall(qtbot: QtBot, tmp_path: Path, write: Callable[[str, bytes], Path]) -> Iterator[Make]:
    with ui_context() as (context, around):

        def make(role: Role = Role.SECRETARIAT, *, filled: bool = True) -> Hall:
            files = paper_files(around.bus)
            secretariat = make_library(tmp_path, papers=files)
            if filled:
                secretariat.import_file(write("rules.pdf", pdf(*RULES)), title="Rules of order")
                secretariat.import_file(write("agenda.docx", AGENDA), clearance=Clearance.PUBLIC)
                secretariat.import_file(
                    write("draft.pdf", pdf("Secret draft")), clearance=Clearance.SECRET
                )
            member = replace(actor(role), name="Lan Nguyen")
            library = make_library(tmp_path, role, papers=files, member=member)
            own = memory_database("own", metadata=own_metadata, publisher=around.bus)
            places = Places(own, member, manual_clock())
            reading = ReadingList(own, places, member)
            return Hall(library, context, around, qtbot, member, places, reading)

        yield make


@pytest.fixture
def hall(make_hall: Make) -> Hall:
    """The secretariat's library with three papers."""
    return make_hall()


def titles(view: PaperList) -> list[str]:
    """Return what a list says, from the top down."""
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def shown_list(page: LibraryPage) -> QWidget | None:
    """Return what stands in the page: papers, hits, or why there are none."""
    return page.stack.currentWidget()


def papers(page: LibraryPage) -> list[ListedPaper]:
    """Return the papers that are listed, without the headings between them."""
    return [row for row in page.papers_view.papers.rows if isinstance(row, ListedPaper)]
