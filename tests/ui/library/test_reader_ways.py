"""Ways through a paper: links, contents, history, finding, and the place it was left at."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from congress.docs.places import Arrangement, Fit, Look, View
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.reader_links import AddressDialog, openable
from congress.ui.widgets.pagelayers import Place
from tests.helpers.linkedpdf import linked_pdf
from tests.helpers.papers import pdf
from tests.ui.library.conftest import Hall, Write
from tests.ui.library.test_reader_page import opened, ready

LEFT = Qt.MouseButton.LeftButton
OUTLINE = [("Part one", 1), ("Part two", 2), ("Part three", 3)]
LINES = "\n".join(f"A line with the number {number}" for number in range(28))


def linked(hall: Hall, write: Write) -> ReaderPage:
    hall.library.import_file(write("linked.pdf", linked_pdf()))
    page = opened(hall, "linked.pdf")
    ready(hall, page)
    return page


def link_point(page: ReaderPage, number: int) -> QPoint:
    text = page.pages.text_on(0)
    assert text is not None
    return page.pages.box_on_view(0, text.links[number].box).center().toPoint()


def test_a_link_leads_inside_the_paper_and_alt_left_back(hall: Hall, write: Write) -> None:
    page = linked(hall, write)
    port = page.pages.viewport()
    hall.qtbot.mouseMove(port, link_point(page, 0))
    assert port.cursor().shape() is Qt.CursorShape.PointingHandCursor
    hall.qtbot.mouseClick(port, LEFT, pos=link_point(page, 0))
    assert page.pages.page == 2
    assert page.bar.earlier.isEnabled()
    assert page.step_back()
    assert page.pages.page == 1
    assert not page.step_back()
    page.bar.later.click()
    assert page.pages.page == 2


def test_an_address_outside_is_shown_and_never_opened_by_itself(hall: Hall, write: Write) -> None:
    page = linked(hall, write)
    hall.qtbot.mouseClick(page.pages.viewport(), LEFT, pos=link_point(page, 1))
    (dialog,) = page.findChildren(AddressDialog)
    assert dialog.isVisible()
    assert not dialog.open_button.isHidden()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "https://example.org/rules"
    assert not dialog.isVisible()
    assert page.pages.page == 1


def test_only_addresses_of_the_web_and_of_mail_can_be_opened() -> None:
    assert openable("https://example.org")
    assert openable("mailto:chair@example.org")
    for uri in ("file:///etc/passwd", "javascript:alert(1)", "smb://host/x", "http:[", ""):
        assert not openable(uri)


def test_links_are_followed_by_keyboard(hall: Hall, write: Write) -> None:
    page = linked(hall, write)
    view = page.pages
    view.setFocus()
    before = view.viewport().grab().toImage()
    hall.qtbot.keyClick(view, Qt.Key.Key_L)
    assert view.focus_link is not None
    assert view.viewport().grab().toImage() != before
    hall.qtbot.keyClick(view, Qt.Key.Key_L)
    hall.qtbot.keyClick(view, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    hall.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.page == 2
    view.go_to(1)
    hall.qtbot.keyClick(view, Qt.Key.Key_L)
    hall.qtbot.keyClick(view, Qt.Key.Key_Escape)
    hall.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.page == 1


def test_pages_go_by_their_labels(hall: Hall, write: Write) -> None:
    page = linked(hall, write)
    assert page.bar.page.text() == "i"
    page._page_typed("ii")
    assert page.pages.page == 2
    page._page_typed("1")
    assert page.pages.page == 3
    assert page.scrubber.page.text().endswith("(3 of 3)")


def test_the_contents_lead_to_pages_and_follow_the_reading(hall: Hall, write: Write) -> None:
    data = pdf(LINES, LINES, LINES, outline=OUTLINE)
    hall.library.import_file(write("parts.pdf", data))
    page = opened(hall, "parts.pdf")
    page.show_side("outline")
    tree = page.side.outline
    assert tree.isVisible()
    third = tree.topLevelItem(2)
    assert third is not None
    tree._go(third)
    assert page.pages.page == 3
    assert tree.currentItem() is third
    assert page.scrubber.section.text() == "Part three"
    page.scrubber.line.setFocus()
    hall.qtbot.keyClick(page.scrubber.line, Qt.Key.Key_Left)
    assert page.pages.page == 2
    current = tree.currentItem()
    assert current is not None
    assert current.text(0) == "Part two"
    hall.qtbot.keyClick(page.scrubber.line, Qt.Key.Key_End)
    assert page.pages.page == 3
    hall.qtbot.keyClick(page.scrubber.line, Qt.Key.Key_Home)
    assert page.pages.page == 1


def test_of_the_sections_of_one_page_the_first_is_named_or_the_chosen_one(
    hall: Hall, write: Write
) -> None:
    outline = [("Part one", 1), ("Part two", 1), ("Part three", 3)]
    hall.library.import_file(write("parts.pdf", pdf(LINES, LINES, LINES, outline=outline)))
    page = opened(hall, "parts.pdf")
    assert page.scrubber.section.text() == "Part one"
    page.active.go_to(2)
    assert page.scrubber.section.text() == "Part two"
    tree = page.side.outline
    second = tree.topLevelItem(1)
    assert second is not None
    tree.setCurrentItem(second)
    tree._go(second)
    assert page.pages.page == 1
    assert tree.currentItem() is second


def test_it_opens_where_the_search_found_it(hall: Hall) -> None:
    page = opened(hall, "rules.pdf", "?page=3&find=a%20vote")
    assert page.pages.page == 3
    hall.qtbot.waitUntil(lambda: page.finder.count.text() == "1 of 1")
    assert page.first.finding.current == 0
    assert page.finder.isVisible()


def test_find_goes_from_place_to_place(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    finder, keys = page.finder, Qt.Key
    finder.focus()
    finder.field.setText("in")
    hall.qtbot.keyClick(finder.field, keys.Key_Return)
    hall.qtbot.waitUntil(lambda: finder.count.text() == "1 of 1")
    page.first.go_to(1)
    finder.look_for("is")
    hall.qtbot.waitUntil(lambda: finder.count.text() == "1 of 2")
    hall.qtbot.keyClick(finder.field, keys.Key_Return)
    assert finder.count.text() == "2 of 2"
    hall.qtbot.waitUntil(lambda: page.pages.page == 3)
    finder.next.click()
    assert finder.count.text() == "1 of 2"
    hall.qtbot.keyClick(finder.field, keys.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert finder.count.text() == "2 of 2"
    hall.qtbot.keyClick(finder.field, keys.Key_Escape)
    assert finder.field.text() == ""
    assert finder.isHidden()
    assert page.pages.ticks.places == []
    finder.look_for("nowhere")
    hall.qtbot.waitUntil(lambda: finder.count.text() == "Not found")
    page.first.finding.move(1)


def test_hits_stand_in_both_views_in_the_scroll_bar_and_in_the_list(
    hall: Hall, write: Write
) -> None:
    hall.library.import_file(write("long.pdf", pdf(*[LINES] * 40)))
    page = opened(hall, "long.pdf")
    page.finder.look_for("number 7")
    hall.qtbot.waitUntil(lambda: page.finder.count.text() == "1 of 40")
    ready(hall, page)
    rows = page.pages.ticks.rows()
    assert len(rows) > 30
    assert rows == sorted(rows)
    marked = page.pages.viewport().grab().toImage()
    page.show_side("hits")
    hall.qtbot.waitUntil(lambda: page.side.hits.hits.rowCount() == 40)
    assert page.side.hits.hits.data(page.side.hits.hits.index(4)).startswith("Page 5: ")  # type: ignore[attr-defined]
    page.side.hits._choose(page.side.hits.hits.index(9))
    hall.qtbot.waitUntil(lambda: page.pages.page == 10)
    assert page.finder.count.text() == "10 of 40"
    assert page.bar.earlier.isEnabled()
    page.first.show_view("text")
    hall.qtbot.waitUntil(lambda: page.text.sheet_count > 0)
    ready(hall, page)
    assert page.text.marks["find"] == page.pages.marks["find"]
    page.first.finding.move(1)
    assert page.finder.count.text() == "11 of 40"
    hall.qtbot.waitUntil(lambda: 10 in page.text.in_sight())
    page.finder.close_()
    page.first.show_view("pages")
    page.first.go_to(1)
    ready(hall, page)
    assert page.pages.viewport().grab().toImage() != marked


def test_another_paper_is_not_searched_for_the_words_of_the_first(hall: Hall) -> None:
    page = opened(hall, "rules.pdf", "?find=quorum")
    hall.qtbot.waitUntil(lambda: page.finder.count.text() == "1 of 1")
    page.opened(hall.paper("draft.pdf").id)
    hall.qtbot.waitUntil(lambda: page.bar.title.text() == "draft")
    assert page.finder.isHidden()
    assert page.finder.field.text() == ""


def test_a_paper_opens_where_and_as_it_was_left(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("long.pdf", pdf(*[LINES] * 6)))
    paper = hall.paper("long.pdf")
    page = opened(hall, "long.pdf")
    ready(hall, page)
    page.doing.arrange(Arrangement.SPREADS)
    page.doing.rotate(1)
    page.doing.zoom(0.8)
    page.set_look(Look.SEPIA)
    page.first.go_to(4)
    page.first.show_view("text")
    hall.qtbot.waitUntil(lambda: page.text.page == 4)
    page.doing.zoom("in")
    page.closing()
    hall.qtbot.waitUntil(lambda: hall.places.place(paper.id) is not None)
    kept = hall.places.place(paper.id)
    assert kept is not None
    assert (kept.page, kept.view, kept.turns) == (4, View.TEXT, 1)
    again = opened(hall, "long.pdf")
    assert again.stack.currentWidget() is again.text
    assert again.first.look is Look.SEPIA
    assert again.text.zoom > 1
    hall.qtbot.waitUntil(lambda: again.text.page == 4)
    again.first.show_view("pages")
    assert (again.pages.arrangement, again.pages.turns) == (Arrangement.SPREADS, 1)
    assert (again.pages.fit, again.pages.zoom) == (Fit.FREE, 0.8)
    assert again.pages.page == 4


def test_pages_in_front_for_a_while_count_as_seen(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.first.keeping.dwelt()
    page.first.go_to(3)
    page.first.keeping.dwelt()
    page.first.keeping.keep()
    paper = hall.paper("rules.pdf")
    hall.qtbot.waitUntil(lambda: hall.places.progress(paper.id) is not None)
    progress = hall.places.progress(paper.id)
    assert progress is not None
    assert (progress.seen, progress.pages) == (2, 3)
    page.doing.arrange(Arrangement.SPREADS)
    page.first.go_to(2)
    page.first.keeping.dwelt()
    page.closing()
    hall.qtbot.waitUntil(lambda: (hall.places.progress(paper.id) or progress).seen == 3)


def test_a_new_version_opens_on_the_page_of_the_old_one(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("draft1.pdf", pdf("One", "Two", "Three")), title="Draft")
    paper = hall.paper("draft1.pdf")
    page = opened(hall, "draft1.pdf")
    page.first.jump(Place(2, 1))
    page.closing()
    hall.qtbot.waitUntil(lambda: hall.places.place(paper.id) is not None)
    hall.library.import_version(paper.id, write("draft2.pdf", pdf("One", "Two!")))
    again = hall.reader_page()
    again.opened(paper.id)
    hall.qtbot.waitUntil(lambda: again.pages.page == 2)
    assert again.pages.place() == Place(2, 0)
