"""What other parts hang onto the reader."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel

from congress.docs.pdfium import Box
from congress.ui.controllers.reader import OpenedPaper
from tests.ui.library.conftest import Hall
from tests.ui.library.test_reader_page import drawn, opened


class Spot:
    """A layer that paints one red box on each page."""

    def __init__(self) -> None:
        self.pages: set[int] = set()

    def paint(self, painter: QPainter, page: int, on_view: Callable[[Box], QRectF]) -> None:
        self.pages.add(page)
        painter.fillRect(on_view(Box(100, 100, 200, 200)), QColor("red"))


class Pen:
    """A tool that notes what it is told."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def press(self, page: int, x: float, y: float) -> None:
        self.told.append(("press", page, round(x), round(y)))

    def move(self, page: int, x: float, y: float) -> None:
        self.told.append(("move", page, round(x), round(y)))

    def release(self, page: int, x: float, y: float) -> None:
        self.told.append(("release", page, round(x), round(y)))

    def cancel(self) -> None:
        self.told.append(("cancel",))


class Part:
    """A part that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def opened(self, opened: OpenedPaper) -> None:
        self.told.append(opened.paper.title)

    def closed(self) -> None:
        self.told.append("closed")

    def turned(self, page: int) -> None:
        self.told.append(page)


def test_a_layer_paints_on_every_page_in_sight(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    hall.qtbot.waitUntil(lambda: drawn(page))
    spot = Spot()
    page.pages.add_layer(spot)
    shown = page.pages.viewport().grab().toImage()
    where = page.pages.box_on_view(0, Box(140, 140, 160, 160)).center().toPoint()
    assert shown.pixelColor(where) == QColor("red")
    assert 1 in spot.pages


def test_a_tool_has_the_pointer_until_it_is_taken_back(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    pen, view = Pen(), page.pages
    view.set_tool(pen)
    assert view.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    start = view.box_on_view(0, Box(100, 100, 100, 100)).center().toPoint()
    button = Qt.MouseButton.LeftButton
    hall.qtbot.mousePress(view.viewport(), button, pos=start)
    hall.qtbot.mouseMove(view.viewport(), start + QPoint(50, 0))
    hall.qtbot.mouseRelease(view.viewport(), button, pos=start + QPoint(50, 0))
    assert pen.told[0][:2] == ("press", 1)
    assert pen.told[-1][0] == "release"
    assert int(str(pen.told[-1][2])) > int(str(pen.told[0][2])) + 20
    view.set_tool(None)
    assert pen.told[-1] == ("cancel",)
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_a_part_learns_what_is_read(hall: Hall) -> None:
    page = hall.reader_page()
    part = Part()
    page.add_part(part)
    page.opened(hall.paper("rules.pdf").id)
    hall.qtbot.waitUntil(lambda: "Rules of order" in part.told)
    page.first.go_to(3)
    page.opened(hall.paper("agenda.docx").id)
    assert part.told[-2:] == [3, "closed"]


def test_a_tab_joins_the_side_panel(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    label = QLabel("mine")
    page.side.add_tab("mine", "My tab", "note", label)
    page.bar.side_button.click()
    page.side.show_tab("mine")
    assert label.isVisible()
    assert page.side.heading.text() == "My tab"
    page.side.set_tab_visible("mine", False)
    assert page.side.tab == "thumbnails"


def test_an_action_has_a_button_or_else_a_place_in_the_menu(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    done: list[str] = []
    page.resize(1600, 700)
    first = page.bar.add_action("one", "Do one", "note", lambda: done.append("one"), keys="Ctrl+J")
    button = next(b for action, b in page.bar._actions if action is first)
    assert button.isVisible()
    button.click()
    for number in range(12):
        page.bar.add_action(f"more{number}", f"Do {number}", "note", lambda: None)
    page.resize(960, 700)
    assert page.bar.width() == 960
    assert page.bar.more.isVisible()
    page.bar._fill_more()
    assert len(page.bar._more_menu.actions()) + sum(
        button.isVisible() for _, button in page.bar._actions
    ) == len(page.bar._actions)
    first.trigger()
    first.setVisible(False)
    assert not button.isVisible()
    assert done == ["one", "one"]
