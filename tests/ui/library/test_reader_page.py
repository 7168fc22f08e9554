import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea
from pytestqt.qtbot import QtBot

from congress.docs.model import Paper
from congress.kernel.errors import InputError
from congress.kernel.roles import Clearance, Shelf
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.pageview import COMFORT, LARGEST, SMALLEST, PageView
from congress.ui.widgets.textview import TextView
from tests.helpers.papers import docx, paragraph, pdf
from tests.ui.library.conftest import Hall, Write


def opened(hall: Hall, file: str, rest: str = "") -> ReaderPage:
    page = hall.reader_page()
    page.opened(f"{hall.paper(file).id}{rest}")
    hall.qtbot.waitUntil(lambda: page.stack.currentWidget() in (page.pages, page.text))
    return page


def drawn(page: ReaderPage) -> bool:
    view = page.pages
    return view._wanted(page.pages.page - 1) in view._images


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


def test_a_pdf_opens_on_its_pages(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    assert page.stack.currentWidget() is page.pages
    assert page.bar.title.text() == "Rules of order"
    assert page.bar.of.text() == "of 3"
    assert page.bar.page.text() == "1"
    assert page.bar.view.isVisible()
    assert page.pages.zoom == COMFORT
    hall.qtbot.waitUntil(lambda: drawn(page))
    shown = page.pages.viewport().grab().toImage()
    assert not is_dark(shown, page.pages._on_view(0).topLeft() + QPoint(9, 9))


def test_that_it_was_opened_is_logged(hall: Hall) -> None:
    opened(hall, "rules.pdf")
    database = hall.library._shelves.papers[Shelf(Clearance.DELEGATES)]
    with database.reading() as connection:
        actions = connection.exec_driver_sql("SELECT action FROM audit ORDER BY seq").scalars()
        assert list(actions)[-1] == "paper.opened"


def test_a_word_file_opens_as_text(hall: Hall) -> None:
    page = opened(hall, "agenda.docx")
    assert page.stack.currentWidget() is page.text
    assert "Bầu cử" in page.text.toPlainText()
    assert not page.bar.view.isVisible()
    assert not page.bar.side_button.isVisible()
    page._other_view()
    assert page.stack.currentWidget() is page.text


def test_without_a_paper_it_leads_to_the_library(hall: Hall) -> None:
    page = hall.reader_page()
    assert page.stack.currentWidget() is page.none
    assert page.none.button is not None
    page.none.button.click()
    page.bar.back_button.click()
    assert hall.around.visited == ["library", "library"]


def test_a_paper_that_cannot_be_opened_says_why(hall: Hall) -> None:
    page = hall.reader_page()
    page.opened("a" * 26)
    hall.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.trouble)


def test_it_opens_where_the_search_found_it(hall: Hall) -> None:
    page = opened(hall, "rules.pdf", "?page=3&find=a%20vote")
    assert page.pages.page == 3
    hall.qtbot.waitUntil(lambda: page.bar.finder.count.text() == "1 of 1")
    assert page._on_page() == (2, 0)


def test_find_goes_from_place_to_place(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    finder = page.bar.finder
    finder.field.setText("in")
    hall.qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    hall.qtbot.waitUntil(lambda: finder.count.text() == "1 of 1")
    finder.look_for("is")
    hall.qtbot.waitUntil(lambda: finder.count.text() == "1 of 2")
    hall.qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.count.text() == "2 of 2"
    assert page.pages.page == 3
    finder.next.click()
    assert finder.count.text() == "1 of 2"
    hall.qtbot.keyClick(finder.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert finder.count.text() == "2 of 2"
    hall.qtbot.keyClick(finder.field, Qt.Key.Key_Escape)
    assert finder.field.text() == ""
    assert finder.count.text() == ""
    finder.look_for("nowhere")
    hall.qtbot.waitUntil(lambda: finder.count.text() == "Not found")
    page._move_hit(1)


def test_find_works_in_the_text_too(hall: Hall) -> None:
    page = opened(hall, "rules.pdf", "?page=2&find=is")
    page._other_view()
    assert page.stack.currentWidget() is page.text
    assert page.bar.finder.count.text() == "1 of 2"
    assert len(page.text.extraSelections()) == 2
    page._move_hit(1)
    assert page.bar.finder.count.text() == "2 of 2"
    page.bar.finder.look_for("")
    assert page.text.extraSelections() == []
    page._other_view()
    assert page.stack.currentWidget() is page.pages


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
    before = page.pages.verticalScrollBar().value()
    hall.qtbot.keyClick(page.pages, keys.Key_Space)
    assert page.pages.verticalScrollBar().value() > before
    hall.qtbot.keyClick(page.pages, keys.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    hall.qtbot.keyClick(page.pages, keys.Key_Down)
    page._focus_page()
    page.bar.page.setText("2")
    hall.qtbot.keyClick(page.bar.page, keys.Key_Return)
    assert page.pages.page == 2
    page.bar.side_button.click()
    assert page.side.isVisible()
    hall.qtbot.waitUntil(lambda: len(page.side.model._pictures) == 3)
    assert page.side.thumbnails.currentIndex().row() == 1
    page.side._go(page.side.model.index(2))
    assert page.pages.page == 3
    page.bar.page.clear()
    page.bar.page.returnPressed.emit()
    assert page.pages.page == 3


def test_zoom_by_buttons_keys_and_wheel(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    view = page.pages
    page.bar.larger.click()
    assert view.zoom == pytest.approx(COMFORT * 1.2)
    assert page.bar.zoom.text() == "150%"
    page.bar.smaller.click()
    wheel(view, 2, ctrl=True)
    assert view.zoom == pytest.approx(COMFORT * 1.44)
    page._zoom("width")
    assert view.zoom == pytest.approx(view._layout.fitting_width(0))
    page._zoom("page")
    assert view._layout.place(0).height < view.viewport().height()
    page.resize(1000, 500)
    assert view._layout.place(0).height < view.viewport().height()
    page._zoom(99.0)
    assert view.zoom == LARGEST
    page.resize(900, 500)
    assert view.zoom == LARGEST
    page._zoom(0.001)
    assert view.zoom == SMALLEST


def test_the_place_is_kept_while_zooming_and_scrolling(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    view = page.pages
    page._go_to(2)
    share = (view._top - view._layout.place(1).y) / view._layout.place(1).height
    page._zoom("in")
    assert view.page == 2
    place = view._layout.place(1)
    assert (view._top - place.y) / place.height == pytest.approx(share, abs=0.01)
    wheel(view, -1, ctrl=False)
    assert view._top > place.y


def test_the_text_grows_by_keys_and_wheel(hall: Hall) -> None:
    page = opened(hall, "agenda.docx")
    page._zoom("in")
    assert page.text.zoom == pytest.approx(1.15)
    wheel(page.text, 1, ctrl=True)
    assert page.text.zoom == pytest.approx(1.15**2)
    page._zoom("out")
    page._zoom("width")
    assert page.text.zoom == 1.0
    page._zoom(2.0)
    assert page.bar.zoom.text() == "200%"
    wheel(page.text, -1, ctrl=False)


def test_night_turns_pages_and_text_dark(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    hall.qtbot.waitUntil(lambda: drawn(page))
    page.bar.night_button.click()
    hall.qtbot.waitUntil(lambda: drawn(page))
    shown = page.pages.viewport().grab().toImage()
    assert is_dark(shown, page.pages._on_view(0).topLeft() + QPoint(9, 9))
    page._other_view()
    assert is_dark(page.text.viewport().grab().toImage(), QPoint(5, 5))
    page.bar.night_button.click()
    assert not is_dark(page.text.viewport().grab().toImage(), QPoint(5, 5))


def test_the_readers_name_stands_on_every_page(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    hall.qtbot.waitUntil(lambda: drawn(page))
    marked = page.pages.viewport().grab().toImage()
    page.pages._mark._text = ""
    assert page.pages.viewport().grab().toImage() != marked
    page._other_view()
    without = page.text.viewport().grab().toImage()
    page.text._mark._text = "Lan Nguyen"
    assert page.text.viewport().grab().toImage() != without


def test_the_place_in_a_paper_is_remembered(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page._go_to(3)
    page.opened(hall.paper("draft.pdf").id)
    hall.qtbot.waitUntil(lambda: page.bar.title.text() == "draft")
    page.opened(hall.paper("rules.pdf").id)
    hall.qtbot.waitUntil(lambda: page.bar.title.text() == "Rules of order")
    assert page.pages.page == 3
    page.opened(f"{hall.paper('rules.pdf').id}?page=1&find=")
    assert page.pages.page == 1


def test_a_paper_left_before_it_opened_is_closed(hall: Hall) -> None:
    page = hall.reader_page()
    page.opened(hall.paper("rules.pdf").id)
    page.opened(hall.paper("draft.pdf").id)
    hall.qtbot.waitUntil(lambda: page.bar.title.text() == "draft")
    assert page.pages._layout.sizes == ((612.0, 792.0),)


def test_text_is_selected_and_copied(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    view = page.pages
    view.copy()
    box = view._box_on_view  # where points lie in the view
    from congress.docs.pdfium import Box

    start = box(0, Box(72, 66, 73, 70)).center().toPoint()
    end = box(0, Box(120, 66, 121, 70)).center().toPoint()
    button = Qt.MouseButton.LeftButton
    hall.qtbot.mousePress(view.viewport(), button, pos=start)
    hall.qtbot.mouseMove(view.viewport(), end)
    hall.qtbot.waitUntil(lambda: bool(view.selection.text()))
    hall.qtbot.mouseRelease(view.viewport(), button, pos=end)
    assert view.selection.boxes(0)
    hall.qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() in "Rules of order"
    assert hall.around.toasts[-1][0] == "Copied"
    hall.qtbot.mouseMove(view.viewport(), start)


def test_the_contents_lead_to_pages(hall: Hall, write: Write) -> None:
    data = pdf("one", "two", "three", outline=[("Part one", 1), ("Part three", 3)])
    hall.library.import_file(write("parts.pdf", data))
    page = opened(hall, "parts.pdf")
    page.bar.side_button.click()
    page.side.show_tab("outline")
    assert page.side.outline.isVisible()
    page.side._go_by_outline(page.side.outline.item(1))
    assert page.pages.page == 3


def test_a_scan_says_that_it_cannot_be_searched(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("scan.pdf", pdf("")))
    page = opened(hall, "scan.pdf")
    assert page.notice.isVisible()


def test_the_text_view_loads_nothing(hall: Hall) -> None:
    page = opened(hall, "agenda.docx")
    kind = QTextDocument.ResourceType.ImageResource.value
    assert page.text.loadResource(kind, "http://example.org/spy.png").isEmpty()  # type: ignore[attr-defined]
    assert page.text.loadResource(kind, "file:///etc/passwd").isEmpty()  # type: ignore[attr-defined]
    loaded = page.text.loadResource(kind, "data:image/png;base64,AAAA")
    assert loaded.size() == 3  # type: ignore[attr-defined]


def test_pages_of_a_long_text_are_counted(hall: Hall, write: Write) -> None:
    long = [paragraph("word " * 200) for _ in range(20)]
    hall.library.import_file(write("long.docx", docx(*long)))
    page = opened(hall, "long.docx")
    assert page.bar.of.text() == "of 7"
    page._go_to(4)
    assert page.text.page == 4
    assert page.bar.page.text() == "4"
    page._go_to(1)
    assert page.text.page == 1


def test_urdu_text_runs_from_right_to_left(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("ur.docx", docx(paragraph("انسانی حقوق کا عالمی منشور"))))
    page = opened(hall, "ur.docx")
    block = page.text.document().begin()
    while not block.text().strip():
        block = block.next()
    assert block.textDirection() is Qt.LayoutDirection.RightToLeft
    assert page.text.document().defaultFont().families()[0] == "Congress Nastaliq"


def test_a_page_that_cannot_be_drawn_leaves_the_others(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = opened(hall, "rules.pdf")
    worker = page._controller.worker
    assert worker is not None
    render = worker._pdf.render

    def broken(index: int, scale: float) -> object:
        if index == 0:
            raise InputError("docs.page_damaged", page=1)
        return render(index, scale)

    monkeypatch.setattr(worker._pdf, "render", broken)
    with qtbot.waitSignal(worker.failed):
        page._zoom("in")
    page._go_to(3)
    qtbot.waitUntil(lambda: drawn(page))


def test_keys_work_from_anywhere_on_the_page(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.activateWindow()
    hall.qtbot.waitUntil(page.isActiveWindow)
    ctrl = Qt.KeyboardModifier.ControlModifier
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_F, ctrl)
    assert page.bar.finder.field.hasFocus()
    hall.qtbot.keyClick(page.bar.finder.field, Qt.Key.Key_Escape)
    assert page.pages.hasFocus()
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_G, ctrl)
    assert page.bar.page.hasFocus()
    hall.qtbot.keyClick(page.bar.page, Qt.Key.Key_T, ctrl)
    assert page.side.isVisible()
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_E, ctrl)
    assert page.stack.currentWidget() is page.text
    hall.qtbot.keyClick(page.text, Qt.Key.Key_I, ctrl)
    assert page._night


def test_an_empty_view_answers_everything(hall: Hall) -> None:
    page = hall.reader_page()
    view: PageView = page.pages
    text: TextView = page.text
    view.fit_width()
    view.fit_page()
    view.go_to(3)
    assert (view.page, text.page) == (0, 0)
    wheel(view, 1, ctrl=False)
    hall.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    assert isinstance(hall.paper("rules.pdf"), Paper)
