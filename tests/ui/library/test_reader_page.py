import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea
from pytestqt.qtbot import QtBot

from congress.docs.places import Fit, Look
from congress.kernel.errors import InputError
from congress.kernel.roles import Clearance, Shelf
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.pageview import COMFORT, LARGEST, SMALLEST
from tests.helpers.papers import docx, paragraph, pdf
from tests.ui.library.conftest import Hall, Write


def opened(hall: Hall, file: str, rest: str = "") -> ReaderPage:
    page = hall.reader_page()
    page.opened(f"{hall.paper(file).id}{rest}")
    hall.qtbot.waitUntil(lambda: page.stack.currentWidget() in (page.pages, page.text))
    return page


def drawn(page: ReaderPage) -> bool:
    view = page.first.view
    wanted = [each for sheet in view.in_sight() for each in view.wanted(sheet)]
    return bool(wanted) and all(each in view.images for each in wanted)


def placed(page: ReaderPage) -> bool:
    view = page.first.view
    return all(view.text_on(sheet) is not None for sheet in view.in_sight())


def ready(hall: Hall, page: ReaderPage) -> None:
    hall.qtbot.waitUntil(lambda: drawn(page) and placed(page))


def wheel(view: QAbstractScrollArea, turns: int, *, ctrl: bool) -> None:
    keys = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(200, 200),
        QPointF(200, 200),
        QPoint(0, 0),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.wheelEvent(event)


def is_dark(image: QImage, at: QPoint) -> bool:
    return image.pixelColor(at).lightness() < 100


def corner(page: ReaderPage) -> QPoint:
    return page.pages.area_on_view(0).topLeft().toPoint() + QPoint(9, 9)


def test_a_pdf_opens_on_its_pages(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    assert page.stack.currentWidget() is page.pages
    assert page.bar.title.text() == "Rules of order"
    assert page.bar.of.text() == "of 3"
    assert page.bar.page.text() == "1"
    assert page.bar.view.isVisible()
    assert page.pages.zoom == COMFORT
    ready(hall, page)
    assert not is_dark(page.pages.viewport().grab().toImage(), corner(page))


def test_that_it_was_opened_is_logged(hall: Hall) -> None:
    opened(hall, "rules.pdf")
    database = hall.library._shelves.papers[Shelf(Clearance.DELEGATES)]
    with database.reading() as connection:
        actions = connection.exec_driver_sql("SELECT action FROM audit ORDER BY seq").scalars()
        assert list(actions)[-1] == "paper.opened"


def test_a_word_file_opens_as_text(hall: Hall) -> None:
    page = opened(hall, "agenda.docx")
    assert page.stack.currentWidget() is page.text
    ready(hall, page)
    assert "Bầu cử" in page.text.texts[0]
    assert not page.bar.view.isVisible()
    page.first.other_view()
    assert page.stack.currentWidget() is page.text
    page.set_side(True)
    assert page.side.tab == "outline"
    heading = page.side.outline.topLevelItem(0)
    assert heading is not None
    assert heading.text(0) == "Chương trình đại hội"


def test_an_urdu_word_file_with_pages_opens_as_text_all_the_same(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = docx(paragraph("انسانی حقوق کا عالمی منشور"))
    hall.library.import_file(write("ur.docx", words), language="ur")
    rules = hall.paper("rules.pdf").id
    open_pages = hall.library.open_pages
    monkeypatch.setattr(hall.library, "open_pages", lambda _, __: open_pages(rules))
    page = opened(hall, "ur.docx")
    assert page.first.fixed
    assert page.stack.currentWidget() is page.text
    page.first.other_view()
    assert page.stack.currentWidget() is page.pages


def test_without_a_paper_it_leads_to_the_library(hall: Hall) -> None:
    page = hall.reader_page()
    assert page.stack.currentWidget() is page.first.none
    assert page.first.none.button is not None
    page.first.none.button.click()
    page.bar.back_button.click()
    assert hall.around.visited == ["library", "library"]


def test_a_paper_that_cannot_be_opened_says_why(hall: Hall) -> None:
    page = hall.reader_page()
    page.opened("a" * 26)
    hall.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.first.trouble)


def test_pages_are_turned_by_key_field_and_thumbnail(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    keys = Qt.Key
    hall.qtbot.keyClick(page.pages, keys.Key_Right)
    assert page.pages.page == 2
    hall.qtbot.keyClick(page.pages, keys.Key_Left)
    assert page.pages.page == 1
    hall.qtbot.keyClick(page.pages, keys.Key_End)
    assert page.pages.page == 3
    hall.qtbot.keyClick(page.pages, keys.Key_Home)
    before = page.pages.top
    hall.qtbot.keyClick(page.pages, keys.Key_Space)
    assert page.pages.top > before
    hall.qtbot.keyClick(page.pages, keys.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    hall.qtbot.keyClick(page.pages, keys.Key_Down)
    page.doing.focus_page()
    page.bar.page.setText("2")
    hall.qtbot.keyClick(page.bar.page, keys.Key_Return)
    assert page.pages.page == 2
    page.bar.side_button.click()
    assert page.side.isVisible()
    hall.qtbot.waitUntil(lambda: len(page.side.model._pictures) == 3)
    assert page.side.thumbnails.currentIndex().row() == 1
    page.side._go(page.side.model.index(2))
    assert page.pages.page == 3
    page.bar.page.setText("17")
    page.bar.page.returnPressed.emit()
    assert page.pages.page == 3
    assert hall.around.toasts[-1][0] == "There is no such page."
    assert page.bar.page.text() == "3"


def test_zoom_by_buttons_keys_and_wheel(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    view = page.pages
    page.bar.larger.click()
    assert view.zoom == pytest.approx(COMFORT * 1.2)
    assert page.bar.zoom.text() == "150%"
    page.bar.smaller.click()
    wheel(view, 2, ctrl=True)
    assert view.zoom == pytest.approx(COMFORT * 1.44)
    page.doing.zoom(Fit.WIDTH)
    assert view.zoom == pytest.approx(view.plan.fitting_width(0))
    page.doing.zoom(Fit.PAGE)
    assert view.plan.place(0).height < view.viewport().height()
    page.resize(1000, 500)
    assert view.plan.place(0).height < view.viewport().height()
    page.doing.zoom(99.0)
    assert view.zoom == LARGEST
    page.resize(900, 500)
    assert view.zoom == LARGEST
    page.doing.zoom(0.001)
    assert view.zoom == SMALLEST


def test_the_place_is_kept_while_zooming_and_scrolling(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    view = page.pages
    page.first.go_to(2)
    share = (view.top - view.plan.place(1).y) / view.plan.place(1).height
    page.doing.zoom("in")
    assert view.page == 2
    place = view.plan.place(1)
    assert (view.top - place.y) / place.height == pytest.approx(share, abs=0.01)
    wheel(view, -1, ctrl=False)
    assert view.top > place.y


def test_what_lies_under_the_pointer_stays_there_while_zooming(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    view, at = page.pages, QPointF(430, 300)
    sheet, x, y = view.sheet_point(at)
    view.set_zoom(3.0, at)
    after = view.sheet_point(at)
    assert after[0] == sheet
    assert after[1:] == pytest.approx((x, y), abs=1.5)


def test_a_large_page_is_drawn_in_bands(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.doing.zoom(LARGEST)
    view = page.pages
    assert len(view.wanted(0)) > 4
    hall.qtbot.waitUntil(lambda: all(each in view.images for each in view._in_reach(0, 0, 400)))
    assert view.images.held < 70 * 1024 * 1024


def test_the_text_grows_by_keys_and_wheel(hall: Hall) -> None:
    page = opened(hall, "agenda.docx")
    page.doing.zoom("in")
    assert page.text.zoom == pytest.approx(1.15)
    wheel(page.text, 1, ctrl=True)
    assert page.text.zoom > 1.2
    page.doing.zoom("out")
    page.doing.zoom(Fit.WIDTH)
    assert page.text.zoom == 1.0
    page.doing.zoom(2.0)
    assert page.bar.zoom.text() == "200%"
    wheel(page.text, -1, ctrl=False)


@pytest.mark.parametrize("view", ["pages", "text"])
def test_night_and_sepia_in_both_views(hall: Hall, view: str) -> None:
    page = opened(hall, "rules.pdf")
    page.first.show_view(view)
    hall.qtbot.waitUntil(lambda: drawn(page))
    shown = page.first.view

    def ground() -> QImage:
        hall.qtbot.waitUntil(lambda: drawn(page))
        return shown.viewport().grab().toImage()

    at = corner(page) if view == "pages" else QPoint(5, 5)
    assert not is_dark(ground(), at)
    page.set_look(Look.NIGHT)
    assert is_dark(ground(), at)
    page.set_look("sepia")
    warm = ground().pixelColor(at)
    assert warm.red() > warm.blue() + 15
    page.doing.next_look()
    assert page.first.look is Look.NIGHT
    hall.qtbot.waitUntil(lambda: hall.places.look() is Look.NIGHT)


def test_the_readers_name_stands_in_both_views(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    for view in ("pages", "text"):
        page.mark.set_lines("Lan Nguyen", "09:30", "K7F2")
        page.first.show_view(view)
        ready(hall, page)
        marked = page.first.view.viewport().grab().toImage()
        page.mark.set_lines()
        assert page.first.view.viewport().grab().toImage() != marked


def test_a_paper_left_before_it_opened_is_closed(hall: Hall) -> None:
    page = hall.reader_page()
    page.opened(hall.paper("rules.pdf").id)
    page.opened(hall.paper("draft.pdf").id)
    hall.qtbot.waitUntil(lambda: page.bar.title.text() == "draft")
    assert page.pages.plan.sizes == ((612.0, 792.0),)


def test_a_scan_says_that_it_cannot_be_searched(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("scan.pdf", pdf("")))
    page = opened(hall, "scan.pdf")
    assert page.first.notice.isVisible()
    ready(hall, page)
    hall.qtbot.mouseClick(page.pages.viewport(), Qt.MouseButton.LeftButton)
    assert page.pages.selected() is None


def test_pages_of_a_long_text_are_counted(hall: Hall, write: Write) -> None:
    long = [paragraph("word " * 200) for _ in range(20)]
    hall.library.import_file(write("long.docx", docx(*long)))
    page = opened(hall, "long.docx")
    assert page.bar.of.text() == "of 7"
    page.first.go_to(4)
    hall.qtbot.waitUntil(lambda: page.text.page == 4)
    assert page.bar.page.text() == "4"
    page.first.go_to(1)
    assert page.text.page == 1


def test_a_place_in_the_pages_is_the_same_place_in_the_text(hall: Hall, write: Write) -> None:
    texts = ["\n".join(f"line {row} of page {page}" for row in range(30)) for page in range(5)]
    hall.library.import_file(write("five.pdf", pdf(*texts)))
    page = opened(hall, "five.pdf")
    goal = Place(3, page.pages.texts[2].index("line 9 "))
    page.first.jump(goal)
    hall.qtbot.waitUntil(lambda: placed(page) and page.pages.place() == goal)
    page.first.other_view()
    hall.qtbot.waitUntil(lambda: drawn(page) and placed(page))
    hall.qtbot.waitUntil(lambda: page.text._goal is None)
    assert page.text.place() == goal
    page.first.other_view()
    hall.qtbot.waitUntil(lambda: placed(page) and page.pages._goal is None)
    assert page.pages.place() == goal


def test_a_page_that_cannot_be_drawn_leaves_the_others(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = opened(hall, "rules.pdf")
    worker = page.first.controller.worker
    assert worker is not None
    render = worker._pdf.render

    def broken(index: int, *more: object) -> object:
        if index == 0:
            raise InputError("docs.page_damaged", page=1)
        return render(index, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(worker._pdf, "render", broken)
    with qtbot.waitSignal(worker.failed):
        page.doing.zoom("in")
    page.first.go_to(3)
    view = page.pages
    qtbot.waitUntil(lambda: all(each in view.images for each in view.wanted(2)))


def test_keys_work_from_anywhere_on_the_page(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.activateWindow()
    hall.qtbot.waitUntil(page.isActiveWindow)
    ctrl = Qt.KeyboardModifier.ControlModifier
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_F, ctrl)
    assert page.finder.field.hasFocus()
    hall.qtbot.keyClick(page.finder.field, Qt.Key.Key_Escape)
    assert page.pages.hasFocus()
    assert page.finder.isHidden()
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_G, ctrl)
    assert page.bar.page.hasFocus()
    hall.qtbot.keyClick(page.bar.page, Qt.Key.Key_T, ctrl)
    assert page.side.isVisible()
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_E, ctrl)
    assert page.stack.currentWidget() is page.text
    hall.qtbot.keyClick(page.text, Qt.Key.Key_I, ctrl)
    assert page.first.look is Look.SEPIA


def test_an_empty_view_answers_everything(hall: Hall) -> None:
    page = hall.reader_page()
    view, text = page.pages, page.text
    view.fit_width()
    view.fit_page()
    view.go_to(3)
    text.go_to(3)
    text.zoom_in()
    view.turn(1)
    page.set_side(True)
    assert page.side.isHidden()
    assert (view.page, text.page) == (0, 0)
    wheel(view, 1, ctrl=False)
    for each in (view, text):
        hall.qtbot.mouseClick(each.viewport(), Qt.MouseButton.LeftButton)
        hall.qtbot.keyClick(each, Qt.Key.Key_F7)
        each.copy()
    page._page_typed("1")
    page.doing.rotate(1)
