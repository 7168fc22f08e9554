from hypothesis import given
from hypothesis import strategies as st

from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText
from congress.ui.sheets import SheetText
from congress.ui.widgets.history import History
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.selecting import Grain, Selecting
from congress.ui.widgets.textplaces import (
    boxes_between,
    caret_box,
    clamped,
    column_at,
    hits,
    nearest,
    selected,
)

URDU = "حقوق"


def sheet(*lines: str, rtl: bool = False, page: int = 1) -> SheetText:
    """Letters 10 points wide and high; lines 20 points apart."""
    boxes: list[Box | None] = []
    for row, line in enumerate(lines):
        for at in range(len(line)):
            left = 10.0 * (len(line) - 1 - at if rtl else at)
            boxes.append(Box(left, 20.0 * row, left + 10, 20.0 * row + 10))
        boxes.append(None)
    return SheetText({page: PlacedText("\n".join(lines), tuple(boxes[:-1]))})


def test_a_point_is_before_or_after_the_letter_nearest_to_it() -> None:
    latin, urdu = sheet("abcd", "efgh"), sheet(URDU, rtl=True)
    assert nearest(latin, 12, 5) == Place(1, 1)
    assert nearest(latin, 18, 5) == Place(1, 2)
    assert nearest(latin, 300, 12) == Place(1, 4)
    assert nearest(latin, -9, 26) == Place(1, 5)
    assert nearest(urdu, 39, 5) == Place(1, 0)
    assert nearest(urdu, 31, 5) == Place(1, 1)
    assert nearest(urdu, -20, 5) == Place(1, 4)
    assert nearest(SheetText({1: PlacedText("", ())}), 0, 0) is None


def test_whether_a_letter_is_there() -> None:
    assert hits(sheet("abcd"), 12, 5)
    assert not hits(sheet("abcd"), 60, 5)


def test_what_text_covers() -> None:
    text = sheet("abcd", "efgh")
    found = boxes_between(text, Place(1, 1), Place(1, 7))
    assert found == ((1, Box(10, 0, 40, 10)), (1, Box(0, 20, 20, 30)))
    assert boxes_between(text, Place(2, 0), Place(3, 1)) == ()
    assert len(boxes_between(text, Place(0, 5), Place(9, 1))) == 2


def test_the_caret_stands_at_the_edge_where_reading_goes_on() -> None:
    latin, urdu = sheet("abcd", "efgh"), sheet(URDU, rtl=True)

    def x(text: SheetText, offset: int) -> float:
        box = caret_box(text, Place(1, offset))
        assert box is not None
        return (box.left + box.right) / 2

    assert [x(latin, at) for at in (0, 2, 4)] == [0, 20, 40]
    assert [x(urdu, at) for at in (0, 2, 4)] == [40, 20, 0]
    assert caret_box(latin, Place(7, 0)) is None
    assert caret_box(SheetText({1: PlacedText(" ", (None,))}), Place(1, 0)) is None


def test_the_column_around_a_point() -> None:
    left, right = (30.0, 280.0), (310.0, 560.0)
    boxes: list[Box | None] = [Box(30, 0, 560, 10), None]
    for row, side in enumerate([left, right] * 4):
        boxes += [Box(side[0], 20 + 20 * row, side[1], 30 + 20 * row), None]
    text = SheetText({1: PlacedText("\n".join("a" * 9), tuple(boxes[:-1]))})
    assert column_at(text, 100) == left
    assert column_at(text, 400) == right
    assert column_at(text, 900) is None


def test_selected_text_is_that_of_the_stored_pages() -> None:
    texts = ["first page", "second", "third page"]
    found = selected(texts, Place(3, 5), Place(1, 6))
    assert found is not None
    assert (found.start, found.end) == (Place(1, 6), Place(3, 5))
    assert found.text == "page\nsecond\nthird"
    assert selected(texts, Place(1, 3), Place(1, 3)) is None


@given(st.lists(st.text("ab\n", max_size=9), max_size=4), st.integers(-2, 7), st.integers(-20, 20))
def test_places_are_brought_inside_the_paper(texts: list[str], page: int, offset: int) -> None:
    place = clamped(texts, Place(page, offset))
    if texts:
        assert 1 <= place.page <= len(texts)
        assert 0 <= place.offset <= len(texts[place.page - 1])
        assert clamped(texts, place) == place


@given(
    st.lists(st.text("ab \n", max_size=12), min_size=1, max_size=4),
    st.lists(st.sampled_from(["letter", "word", "back", "back word", "end"]), max_size=12),
)
def test_the_caret_never_leaves_the_paper(texts: list[str], moves: list[str]) -> None:
    selecting = Selecting(lambda: None)
    selecting.clear(texts)
    place = Place(1, 0)
    for move in moves:
        step = -1 if move.startswith("back") else 1
        if move.endswith("word"):
            place = selecting.words_on(place, step)
        elif move == "end":
            place = selecting.line_end(place, 1)
        else:
            place = selecting.letters_on(place, step)
        assert clamped(texts, place) == place


def test_selecting_by_words_keeps_the_word_it_began_with() -> None:
    changes: list[int] = []
    selecting = Selecting(lambda: changes.append(1))
    selecting.clear(["one two three four"])
    spans = []
    selecting.begin(Place(1, 9), Grain.WORD)
    spans.append(selecting.span)
    for offset in (16, 5):
        selecting.extend(Place(1, offset))
        spans.append(selecting.span)
    selecting.clear()
    assert [*spans, selecting.span] == [
        (Place(1, 8), Place(1, 13)),
        (Place(1, 8), Place(1, 18)),
        (Place(1, 4), Place(1, 13)),
        None,
    ]
    assert changes


def test_back_and_forward() -> None:
    history = History()
    here = Place(5, 0)
    assert history.back(here) is None
    history.jump(Place(1, 0))
    history.jump(Place(1, 50))
    history.jump(Place(2, 0))
    assert history.back(here) == Place(2, 0)
    assert history.can_go_forward
    assert history.back(Place(2, 0)) == Place(1, 0)
    assert not history.can_go_back
    assert history.forward(Place(1, 0)) == Place(2, 0)
    history.jump(Place(9, 0))
    assert history.forward(here) is None
    history.clear()
    assert not history.can_go_back
