from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText
from congress.ui.widgets.selection import Selection


def placed(*lines: str) -> PlacedText:
    """Letters 10 points wide and high; lines 20 points apart."""
    text = "\n".join(lines)
    boxes: list[Box | None] = []
    for row, line in enumerate(lines):
        boxes += [Box(10 * i, 20 * row, 10 * i + 10, 20 * row + 10) for i in range(len(line))]
        boxes.append(None)
    return PlacedText(text, tuple(boxes[:-1]))


def test_nothing_is_selected_at_first() -> None:
    selection = Selection()
    assert selection.text() == ""
    assert selection.boxes(0) == ()
    assert selection.missing() == []
    selection.begin(0, 5, 5)
    assert selection.missing() == []


def test_a_stretch_on_one_page_both_ways() -> None:
    selection = Selection()
    selection.begin(0, 12, 5)
    selection.extend(0, 25, 26)
    assert selection.missing() == [0]
    assert selection.text() == ""
    assert selection.boxes(0) == ()
    selection.take(0, placed("abcd", "efgh"))
    assert selection.text() == "bcd\nefg"
    assert selection.boxes(0) == (Box(10, 0, 40, 10), Box(0, 20, 30, 30))
    selection.begin(0, 25, 26)
    selection.extend(0, 12, 5)
    assert selection.text() == "bcd\nefg"


def test_over_several_pages() -> None:
    selection = Selection()
    selection.begin(2, 15, 5)
    selection.extend(0, 25, 5)
    assert selection.missing() == [0, 1, 2]
    for page in range(3):
        selection.take(page, placed(f"page{page}"))
    assert selection.text() == "ge0\npage1\npa"
    assert selection.boxes(1) == (Box(0, 0, 50, 10),)
    assert selection.boxes(5) == ()
    selection.clear()
    assert selection.text() == ""


def test_a_point_beside_a_line_takes_its_end() -> None:
    selection = Selection()
    selection.take(0, placed("abcd", "efgh"))
    selection.begin(0, 0, 0)
    selection.extend(0, 300, 12)
    assert selection.text() == "abcd"


def test_a_page_without_text() -> None:
    selection = Selection()
    selection.take(0, PlacedText("", ()))
    selection.begin(0, 0, 0)
    selection.extend(0, 5, 5)
    assert selection.text() == ""
    assert selection.boxes(0) == ()
