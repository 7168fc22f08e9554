"""A library with a paper in two versions, and what opens pages over it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from congress.docs.amendments.service import Amendments
from congress.docs.changes.service import Changes
from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.presenting import PageBoard, Presenting
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Role, Shelf
from congress.storage.database import Database
from congress.ui.context import UiContext
from tests.helpers.papers import docx, make_library, paper_files, paragraph
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import actor, manual_clock

TITLE = "Rules of the congress"
FILLING = tuple(
    f"Article {number} stands as it stood and nobody wants it otherwise." for number in range(3, 14)
)
BEFORE = (
    TITLE,
    "The congress meets every five years and elects a committee of 15 members.",
    *FILLING,
    "Delegates vote by secret ballot.",
    "This closing paragraph is going to be left out of the new version.",
)
AFTER = (
    TITLE,
    "The congress meets every four years and elects a committee of 21 members.",
    *FILLING,
    "Delegates vote by secret ballot.",
    "A paragraph about guests is wholly new here, and has nothing of the other.",
)


@dataclass
class House:
    """The services over one library, and where they are shown."""

    library: Library
    changes: Changes
    amendments: Amendments
    presenting: Presenting
    board: PageBoard
    member: Actor
    context: UiContext
    around: Surroundings
    qtbot: QtBot
    folder: Path

    def paper(
        self, *versions: Sequence[str], language: str = "en",
        clearance: Clearance = Clearance.PUBLIC,
    ) -> Paper:  # fmt: skip
        """Bring in a paper of these versions."""
        paths = []
        for number, lines in enumerate(versions):
            paths.append(self.folder / f"{number}.docx")
            paths[-1].write_bytes(docx(*map(paragraph, lines)))
        paper = self.library.import_file(
            paths[0], title=TITLE, language=language, clearance=clearance
        )
        for path in paths[1:]:
            paper = self.library.import_version(paper.id, path)
        return paper


def make_house(
    qtbot: QtBot,
    folder: Path,
    context: UiContext,
    around: Surroundings,
    role: Role = Role.SECRETARIAT,
    files: dict[Clearance, Database] | None = None,
) -> House:
    """Build the services in the name of a role."""
    files = files or paper_files(around.bus, manual_clock())
    member = actor(role)
    library = make_library(folder, role, papers=files, clock=manual_clock(), member=member)
    held = {Shelf(key): files[key] for key in CLEARANCES_OF[role]}
    board = PageBoard()
    around.bus.subscribe(board.clear)
    return House(
        library,
        Changes(held, library, member),
        Amendments(held, library, member, manual_clock()),
        Presenting(library, board.member(member), member),
        board,
        member,
        context,
        around,
        qtbot,
        folder,
    )


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """The secretariat's, in English."""
    with ui_context() as (context, around):
        yield make_house(qtbot, tmp_path, context, around)
