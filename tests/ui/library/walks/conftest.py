"""One window for all walks of a module, left to right and right to left, and what they share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from congress.kernel.roles import Clearance
from congress.ui.page import Page
from congress.ui.pages.paper_panel import PaperPanel
from tests.helpers.papers import docx, paragraph
from tests.helpers.touching import Finger
from tests.helpers.walking import AFTER, Walk, walk

PAGES = (
    "library",
    "changes/{}",
    "amendments/{}",
    "notes",
    "packs",
    "readers/papers",
    "readers/grid",
    "readers/trace",
    "settings",
)
"""Paths of the library's pages; the braces are for the id of a paper."""


@pytest.fixture(scope="module", params=["en", "ur"])
def walked(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    with walk(request.param, tmp_path_factory.mktemp("walk"), qapp) as made:
        yield made


@pytest.fixture
def finger(walked: Walk) -> Finger:
    return Finger(walked)


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> None:
    """The window lasts for the whole module; ``walk`` looks for its threads at the end."""


@pytest.fixture(autouse=True)
def _at_home(walked: Walk) -> None:
    walked.window.shell._inspect(None)
    walked.go("home", Page)


@pytest.fixture
def another_version(walked: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog for a file answers with a third version of the paper."""
    file = walked.folder / "third.docx"
    file.write_bytes(docx(*map(paragraph, (*AFTER, f"And one more for {walked.lang}."))))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))


def inspected(walked: Walk) -> PaperPanel:
    """Return the panel of the paper that is selected in the library."""
    walked.rest()
    (panel,) = walked.window.shell.inspector.findChildren(PaperPanel)
    return panel


def lies(walked: Walk, clearance: Clearance) -> bool:
    """Return whether the paper is kept for a clearance."""
    return walked.house.library.paper(walked.paper.id).clearance is clearance


def await_version(walked: Walk, panel: PaperPanel, number: int) -> None:
    """Wait until the paper has a version and the sheet that brought it in is closed."""
    walked.until(lambda: walked.house.library.paper(walked.paper.id).version == number)
    walked.until(
        lambda: panel._sheet is None or not panel._sheet.isVisible() or panel._sheet.close()
    )
    walked.rest()
