import pytest

from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText
from congress.ui.widgets.textedges import edge_of, goes_left, number_around, place_at

URDU = "۱۲. رقم 75,000 ہے"


def drawn(text: str, order: str) -> PlacedText:
    """Return a text of which each letter of ``order``, from the left, is 10 wide."""
    places = {at: Box(10.0 * x, 0.0, 10.0 * x + 10, 10.0) for x, at in enumerate(map(int, order))}
    return PlacedText(text, tuple(places.get(at) for at in range(len(text))))


@pytest.mark.parametrize(
    ("text", "at", "span"),
    [
        (URDU, 0, (0, 2)),
        (URDU, 2, None),
        (URDU, URDU.index("7"), (8, 14)),
        (URDU, URDU.index(","), (8, 14)),
        (URDU, URDU.index("ر"), None),
        ("Article 75 رقم", 8, None),
        ("only 75", 5, None),
        ("75", 0, None),
        ("75 a\nرقم", 0, None),
        ("رقم\n75", 4, None),
        ("رقم", 9, None),
    ],
)
def test_a_number_is_one_where_urdu_is_around_it(
    text: str, at: int, span: tuple[int, int] | None
) -> None:
    assert number_around(text, at) == span


def test_stops_go_with_the_urdu_around_them() -> None:
    assert goes_left(URDU, 2)
    assert not goes_left("a. b", 1)


def test_a_number_before_urdu_begins_on_its_right_and_is_taken_whole() -> None:
    placed = drawn("12 ر", "301")
    assert edge_of(placed, 0, leading=True) == 30.0
    assert edge_of(placed, 1, leading=False) == 10.0
    assert edge_of(placed, 1, leading=True) == 20.0
    assert edge_of(placed, 2, leading=True) is None
    assert [place_at(placed, at, x) for at, x in ((1, 29), (1, 21), (0, 19), (0, 11))] == [
        0, 0, 2, 2,
    ]  # fmt: skip
    assert [place_at(placed, 3, x) for x in (9, 1)] == [3, 4]


def test_english_begins_on_its_left() -> None:
    placed = drawn("a1", "01")
    assert [place_at(placed, at, x) for at, x in ((0, 1), (0, 9), (1, 11), (1, 19))] == [0, 1, 1, 2]
    assert edge_of(placed, 0, leading=True) == 0.0
