from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from congress.docs.access import AccessLog, Reader, ReadState
from congress.kernel.clock import ManualClock
from congress.kernel.roles import CLEARANCES_OF, Role, Shelf
from congress.ui.pages.reader import ReaderPage
from congress.ui.receipts import TAB, ReceiptsPart
from tests.helpers.vaults import actor, manual_clock
from tests.ui.library.conftest import Hall


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def hall(make_hall: Callable[..., Hall]) -> Hall:
    return make_hall()


def _access(hall: Hall) -> AccessLog:
    def readers() -> list[Reader]:
        shelves = frozenset(Shelf(each) for each in CLEARANCES_OF[Role.SECRETARIAT])
        return [Reader(actor().member_id, "lan", Role.SECRETARIAT, shelves)]

    files = hall.library._shelves.papers
    return AccessLog(files, hall.library, actor(), readers)


def _page(hall: Hall, clock: ManualClock) -> tuple[ReaderPage, ReceiptsPart]:
    page = hall.reader_page()
    part = ReceiptsPart(
        hall.context, page, _access(hall), clock, lambda: ("Lan", "08:30", "7ZK3-Q0MW"), "Note"
    )
    page.add_part(part)
    return page, part


def _open(hall: Hall, page: ReaderPage, qtbot: QtBot, file: str) -> None:
    page.opened(hall.paper(file).id)
    qtbot.waitUntil(lambda: page.stack.currentWidget() in (page.pages, page.text))


def _seen(hall: Hall, file: str) -> int:
    report = _access(hall).report()
    return report.seen(hall.paper(file), report.readers[0])


def test_pages_that_stood_still_are_written_when_the_paper_closes(
    hall: Hall, clock: ManualClock, qtbot: QtBot
) -> None:
    page, _ = _page(hall, clock)
    _open(hall, page, qtbot, "rules.pdf")
    clock.advance(timedelta(seconds=2))
    page.pages.go_to(3)
    clock.advance(timedelta(seconds=2))
    page.closing()
    qtbot.waitUntil(lambda: _seen(hall, "rules.pdf") == 2)
    report = _access(hall).report()
    assert report.state(hall.paper("rules.pdf"), report.readers[0]) is ReadState.PART


def test_what_was_told_once_is_not_told_again(hall: Hall, clock: ManualClock, qtbot: QtBot) -> None:
    page, part = _page(hall, clock)
    _open(hall, page, qtbot, "rules.pdf")
    clock.advance(timedelta(seconds=90))
    part._timer.timeout.emit()
    qtbot.waitUntil(lambda: _seen(hall, "rules.pdf") == 1)
    entries = _access(hall).report().chains
    clock.advance(timedelta(seconds=90))
    part._timer.timeout.emit()
    page.closing()
    qtbot.waitUntil(lambda: not hall.context.tasks.busy)
    assert _access(hall).report().chains == entries


def test_the_last_receipt_outlives_the_end_of_the_program(
    hall: Hall, clock: ManualClock, qtbot: QtBot
) -> None:
    page, _ = _page(hall, clock)
    _open(hall, page, qtbot, "rules.pdf")
    clock.advance(timedelta(seconds=2))
    page.closing()
    hall.context.tasks.shutdown()
    assert _seen(hall, "rules.pdf") == 1


def test_the_words_over_the_page_are_name_time_and_code(
    hall: Hall, clock: ManualClock, qtbot: QtBot
) -> None:
    page, part = _page(hall, clock)
    _open(hall, page, qtbot, "rules.pdf")
    assert page.mark.text == "Lan\n08:30\n7ZK3-Q0MW"
    page.side.show_tab(TAB)
    assert part.text.text() == "Note"
    assert part.lines.text() == page.mark.text


def test_a_second_paper_beside_the_first_is_receipted_too(
    hall: Hall, clock: ManualClock, qtbot: QtBot
) -> None:
    page, _ = _page(hall, clock)
    _open(hall, page, qtbot, "rules.pdf")
    second = page.beside.pane
    page.beside.open(hall.paper("draft.pdf").id)
    qtbot.waitUntil(lambda: second.paper is not None)
    clock.advance(timedelta(seconds=2))
    page.beside.shut()
    qtbot.waitUntil(lambda: _seen(hall, "draft.pdf") == 1)
