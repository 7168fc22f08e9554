"""Selecting and copying in both views: by mouse, and by keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget

from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.pagelayers import Place, Selected, TextMark
from congress.ui.widgets.sheetview import SheetView
from tests.helpers.papers import pdf
from tests.ui.library.conftest import Hall, Write
from tests.ui.library.test_reader_page import opened, ready

LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def point(view: SheetView, place: Place) -> QPoint:
    area = view.caret_area(place)
    assert area is not None
    return area.center().toPoint()


def drag(hall: Hall, view: SheetView, start: QPoint, end: QPoint) -> None:
    port: QWidget = view.viewport()
    hall.qtbot.mousePress(port, LEFT, pos=start)
    hall.qtbot.mouseMove(port, (start + end) / 2)
    hall.qtbot.mouseMove(port, end)
    hall.qtbot.mouseRelease(port, LEFT, pos=end)


@pytest.fixture(params=["pages", "text"])
def page(request: pytest.FixtureRequest, hall: Hall, write: Write) -> ReaderPage:
    """A paper of two pages in each of the two views."""
    data = pdf("The chair opens the session\nand counts the votes", "The second page")
    hall.library.import_file(write("two.pdf", data))
    page = opened(hall, "two.pdf")
    page.first.show_view(request.param)
    ready(hall, page)
    return page


def test_text_is_selected_with_the_mouse(page: ReaderPage, hall: Hall) -> None:
    view = page.view
    told: list[Selected | None] = []
    view.selection_changed.connect(told.append)
    drag(hall, view, point(view, Place(1, 4)), point(view, Place(1, 15)))
    chosen = view.selected()
    assert chosen is not None
    assert chosen.text == "chair opens"
    assert (chosen.start, chosen.end) == (Place(1, 4), Place(1, 15))
    assert bool(chosen.boxes) is (view is page.pages)
    assert told[-1] == chosen
    assert page.selecting.isVisible()
    drag(hall, view, point(view, Place(1, 15)), point(view, Place(1, 4)))
    assert view.selected() == chosen
    hall.qtbot.mouseClick(view.viewport(), LEFT, pos=point(view, Place(1, 2)))
    assert view.selected() is None
    assert not page.selecting.isVisible()


def test_what_is_selected_in_one_view_is_told_in_the_words_of_the_paper(
    page: ReaderPage, hall: Hall
) -> None:
    view = page.view
    view.select(Place(1, 20), Place(2, 10))
    chosen = view.selected()
    assert chosen is not None
    assert chosen.text.endswith("votes\nThe second")
    assert chosen.text.startswith(page.pages.texts[0][20:])


def test_two_clicks_select_a_word_and_three_a_line(page: ReaderPage, hall: Hall) -> None:
    view, at = page.view, point(page.view, Place(1, 6))
    port = view.viewport()
    hall.qtbot.mouseClick(port, LEFT, pos=at)
    hall.qtbot.mouseDClick(port, LEFT, pos=at)
    chosen = view.selected()
    assert chosen is not None
    assert chosen.text == "chair"
    hall.qtbot.mousePress(port, LEFT, pos=at)
    hall.qtbot.mouseRelease(port, LEFT, pos=at)
    line = view.selected()
    assert line is not None
    assert line.text.startswith("The chair opens the session")


def test_shift_and_a_click_select_up_to_there(page: ReaderPage, hall: Hall) -> None:
    view = page.view
    hall.qtbot.mouseClick(view.viewport(), LEFT, pos=point(view, Place(1, 4)))
    hall.qtbot.mouseClick(view.viewport(), LEFT, SHIFT, pos=point(view, Place(1, 9)))
    hall.qtbot.mouseMove(view.viewport(), point(view, Place(1, 9)))
    chosen = view.selected()
    assert chosen is None or chosen.text == "chair"


def test_the_caret_selects_by_keyboard_alone(page: ReaderPage, hall: Hall) -> None:
    view, key = page.view, Qt.Key
    view.setFocus()
    hall.qtbot.keyClick(view, key.Key_F7)
    assert view.selecting.browsing
    assert view.selecting.caret == Place(1, 0)
    hall.qtbot.keyClick(view, key.Key_Right, CTRL)
    assert view.selecting.caret == Place(1, 4)
    for _ in range(5):
        hall.qtbot.keyClick(view, key.Key_Right, SHIFT)
    chosen = view.selected()
    assert chosen is not None
    assert chosen.text == "chair"
    hall.qtbot.keyClick(view, key.Key_End, SHIFT)
    assert view.selecting.caret == Place(1, 27)
    hall.qtbot.keyClick(view, key.Key_Home)
    assert view.selected() is None
    hall.qtbot.keyClick(view, key.Key_Home, CTRL)
    assert view.selecting.caret == Place(1, 0)
    hall.qtbot.keyClick(view, key.Key_End, CTRL)
    assert view.selecting.caret == Place(2, 15)
    hall.qtbot.keyClick(view, key.Key_Escape)
    assert not view.selecting.browsing


def test_the_caret_goes_from_line_to_line(page: ReaderPage, hall: Hall) -> None:
    view, key = page.view, Qt.Key
    view.setFocus()
    hall.qtbot.keyClick(view, key.Key_F7)
    hall.qtbot.keyClick(view, key.Key_Down)
    first = view.selecting.caret
    assert first is not None
    assert first > Place(1, 0)
    hall.qtbot.keyClick(view, key.Key_Up)
    assert view.selecting.caret == Place(1, 0)
    hall.qtbot.keyClick(view, key.Key_Left)
    assert view.selecting.caret == Place(1, 0)


def test_shift_and_an_arrow_begin_a_selection(page: ReaderPage, hall: Hall) -> None:
    page.view.setFocus()
    hall.qtbot.keyClick(page.view, Qt.Key.Key_Right, SHIFT | CTRL)
    chosen = page.view.selected()
    assert chosen is not None
    assert chosen.text == "The "


def test_all_is_selected_and_copied_as_the_congress_allows(page: ReaderPage, hall: Hall) -> None:
    view = page.view
    copied: list[tuple[list[int], str]] = []
    hall.qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    hall.qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert copied == []
    page.first.copier = lambda pages, text: copied.append((list(pages), text))
    hall.qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert copied == [([1, 2], "\n".join(view.texts))]
    page.selecting.button("copy").click()
    assert len(copied) == 2
    hall.qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected() is None


def test_a_selection_scrolls_the_paper_along(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("long.pdf", pdf(*["\n".join(["a line"] * 30)] * 3)))
    page = opened(hall, "long.pdf")
    ready(hall, page)
    view = page.pages
    start = point(view, Place(1, 3))
    hall.qtbot.mousePress(view.viewport(), LEFT, pos=start)
    hall.qtbot.mouseMove(view.viewport(), QPoint(start.x(), view.viewport().height() - 2))
    hall.qtbot.waitUntil(lambda: view.top > 200)
    hall.qtbot.mouseRelease(view.viewport(), LEFT, pos=start)
    chosen = view.selected()
    assert chosen is not None
    assert len(chosen.text) > 60


def test_beside_the_text_two_clicks_fit_the_column(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    ready(hall, page)
    view = page.pages
    hall.qtbot.mouseDClick(view.viewport(), LEFT, pos=QPoint(900, 500))
    assert view.selected() is None
    assert view.zoom == pytest.approx(view.plan.fitting_width(0), rel=0.05)
    beside = point(view, Place(1, 3)) + QPoint(0, 200)
    hall.qtbot.mouseDClick(view.viewport(), LEFT, pos=beside)
    assert view.zoom == pytest.approx(3 * view.plan.fitting_width(0), rel=0.05)


def test_marks_are_shown_and_named_when_clicked(page: ReaderPage, hall: Hall) -> None:
    view = page.view
    before = view.viewport().grab().toImage()
    colour = page.context.theme.colour("caution")
    view.set_marks("notes", [TextMark("n1", Place(1, 4), Place(1, 9), colour)])
    assert view.viewport().grab().toImage() != before
    with hall.qtbot.waitSignal(view.mark_activated) as told:
        hall.qtbot.mouseClick(view.viewport(), LEFT, pos=point(view, Place(1, 6)))
    assert told.args == ["notes", "n1"]
    view.set_marks("notes", ())
    assert view.viewport().grab().toImage() == before


@pytest.mark.parametrize("name", ["udhr_urdu_naskh.pdf", "udhr_urdu_nastaliq.pdf"])
@pytest.mark.parametrize("shown", ["pages", "text"])
def test_urdu_is_selected_in_reading_order(
    hall: Hall, shared_data: Path, name: str, shown: str
) -> None:
    hall.library.import_file(shared_data / "papers" / name)
    page = opened(hall, name)
    page.first.show_view(shown)
    ready(hall, page)
    view = page.view
    words = (shared_data / "papers" / "udhr_urd.txt").read_text(encoding="utf-8")
    text = view.texts[0]
    begin = text.index("چونکہ")
    end = text.index("\n", begin)
    drag(hall, view, point(view, Place(1, begin)), point(view, Place(1, end)))
    chosen = view.selected()
    assert chosen is not None
    assert len(chosen.text) > 20

    def squeezed(text: str) -> str:
        return "".join(char for char in text if char.isalpha())

    found = squeezed(chosen.text)
    assert found[:20] in squeezed(words)
    # The first letter of a line is the rightmost.
    start = view.caret_area(chosen.start)
    after = view.caret_area(Place(1, begin + 4))
    assert start is not None
    assert after is not None
    assert start.center().x() > after.center().x()


def test_in_urdu_the_left_arrow_goes_forward(hall: Hall, shared_data: Path) -> None:
    hall.library.import_file(shared_data / "papers" / "udhr_urdu_naskh.pdf")
    page = opened(hall, "udhr_urdu_naskh.pdf")
    ready(hall, page)
    view = page.pages
    view.setFocus()
    view.selecting.browsing = True
    view.selecting.move(Place(1, 5), selecting=False)
    hall.qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.selecting.caret == Place(1, 6)
    hall.qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.selecting.caret == Place(1, 5)


def test_text_that_is_not_placed_yet_is_selected_once_it_is(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    ready(hall, page)
    view = page.pages
    at = QPointF(point(view, Place(1, 3)))
    view.forget_texts()
    hall.qtbot.mousePress(view.viewport(), LEFT, pos=at.toPoint())
    hall.qtbot.mouseMove(view.viewport(), at.toPoint() + QPoint(60, 0))
    assert view.selected() is None
    hall.qtbot.waitUntil(lambda: view.selected() is not None)
    hall.qtbot.mouseRelease(view.viewport(), LEFT, pos=at.toPoint() + QPoint(60, 0))


def test_urdu_is_copied_and_read_with_its_words_parted(hall: Hall, shared_data: Path) -> None:
    hall.library.import_file(shared_data / "papers" / "udhr_urdu_nastaliq.pdf")
    page = opened(hall, "udhr_urdu_nastaliq.pdf")
    ready(hall, page)
    copied: list[str] = []
    page.first.copier = lambda _, text: copied.append(text)
    page.view.select(Place(1, 0), Place(2, len(page.view.texts[1])))
    page.view.copy()
    hall.qtbot.waitUntil(lambda: bool(copied))
    truth = (shared_data / "papers" / "udhr_urd.txt").read_text(encoding="utf-8").split()
    stored = "\n".join(page.view.texts[:2]).split()

    def right(words: list[str]) -> float:
        return sum(word in truth for word in words) / len(words)

    assert right(copied[0].split()) > 0.78 > right(stored) + 0.2
    assert "".join(copied[0].split()) == "".join(stored)
    page.first.show_view("text")
    ready(hall, page)
    text = page.text.text_on(0)
    assert text is not None
    letters = [at for at, char in enumerate(page.text.texts[0]) if char.isalpha()]
    missing = [at for at in letters if text.pages[1].boxes[at] is None]
    assert len(missing) < 0.01 * len(letters)


def test_a_number_at_either_end_of_an_urdu_selection_is_taken(hall: Hall, write: Write) -> None:
    text = "75,000 روپے کی رقم 2026 تک"
    hall.library.import_file(
        write("urdu.html", f"<!doctype html><p>{text}</p>".encode()), language="ur"
    )
    page = opened(hall, "urdu.html")
    ready(hall, page)
    view = page.view
    first, last = Place(1, 0), Place(1, text.index("2026") + 4)
    right, left = point(view, first), point(view, last)
    assert right.x() > left.x()
    for start, end in ((right, left), (left, right)):
        drag(hall, view, start, end)
        chosen = view.selected()
        assert chosen is not None
        assert chosen.text == text[: last.offset]
    # From the empty room before the line, too.
    drag(hall, view, right + QPoint(30, 0), left)
    chosen = view.selected()
    assert chosen is not None
    assert chosen.text == text[: last.offset]
