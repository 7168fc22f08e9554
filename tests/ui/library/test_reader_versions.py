from collections.abc import Callable
from pathlib import Path

import pytest

from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.reader_versions import VersionsPart
from congress.ui.widgets.button import Button
from tests.helpers.papers import pdf
from tests.ui.library.conftest import RULES, Hall

Write = Callable[[str, bytes], Path]


@pytest.fixture
def page(hall: Hall) -> ReaderPage:
    """The reader with the rules of order open."""
    page = hall.reader_page()
    page.add_part(VersionsPart(hall.context, page, hall.library))
    with hall.qtbot.waitSignal(page.first.controller.opened):
        page.opened(hall.paper("rules.pdf").id)
    return page


def part_of(page: ReaderPage) -> VersionsPart:
    (part,) = page.first._parts
    assert isinstance(part, VersionsPart)
    return part


def test_a_new_version_is_told_while_the_paper_is_read(
    hall: Hall, page: ReaderPage, write: Write
) -> None:
    part, paper = part_of(page), hall.paper("rules.pdf")
    assert not part.banner.isVisible()
    hall.library.import_version(paper.id, write("second.pdf", pdf(*RULES, "More")), note="Longer")
    hall.qtbot.waitUntil(part.banner.isVisible)
    assert "Version 2 has come" in part.banner.accessibleName()
    assert "version 1" in part.banner.accessibleName()
    assert "Longer" in part.banner.accessibleName()
    newest, oldest = hall.library.versions(paper.id)
    part.show_button.click()
    part.changes_button.click()
    assert hall.around.visited == [
        f"reader/{paper.id}?version={newest.id}",
        f"changes/{paper.id}?from={oldest.id}&to={newest.id}",
    ]


def test_an_older_version_can_be_read_and_says_so(
    hall: Hall, page: ReaderPage, write: Write
) -> None:
    part, paper = part_of(page), hall.paper("rules.pdf")
    hall.library.import_version(paper.id, write("second.pdf", pdf(*RULES, "More")))
    newest, oldest = hall.library.versions(paper.id)
    with hall.qtbot.waitSignal(page.first.controller.opened):
        page.opened(f"{paper.id}?version={newest.id}")
    assert page.bar.of.text() == "of 4"
    hall.qtbot.waitUntil(lambda: bool(part.list.findChildren(Button)))
    assert not part.banner.isVisible()
    with hall.qtbot.waitSignal(page.first.controller.opened):
        page.opened(f"{paper.id}?version={oldest.id}")
    assert page.bar.of.text() == "of 3"
    hall.qtbot.waitUntil(part.banner.isVisible)
    hall.around.visited.clear()
    part.list.findChildren(Button)[0].click()
    assert hall.around.visited == [f"reader/{paper.id}?version={newest.id}"]


def test_the_library_opens_the_current_version_over_an_older_one(
    hall: Hall, page: ReaderPage, write: Write
) -> None:
    paper = hall.paper("rules.pdf")
    hall.library.import_version(paper.id, write("second.pdf", pdf(*RULES, "More")))
    oldest = hall.library.versions(paper.id)[-1]
    with hall.qtbot.waitSignal(page.first.controller.opened):
        page.opened(f"{paper.id}?version={oldest.id}")
        page.first.controller.open(paper.id, oldest.id)
    with hall.qtbot.waitSignal(page.first.controller.opened):
        page.opened(paper.id)
    assert page.first.controller.paper is not None
    assert page.first.controller.paper.version.number == 2


def test_a_version_that_is_not_there_says_why(hall: Hall, page: ReaderPage) -> None:
    paper = hall.paper("rules.pdf")
    with hall.qtbot.waitSignal(page.first.controller.refused):
        page.opened(f"{paper.id}?version={'x' * 26}")
    assert page.stack.currentWidget() is page.first.trouble
