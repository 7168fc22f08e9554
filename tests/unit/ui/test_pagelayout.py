import pytest

from congress.ui.widgets.pagelayout import GAP, NORMAL, PageLayout

A4, WIDE = (595.0, 842.0), (842.0, 595.0)


def test_pages_lie_below_each_other_in_the_middle() -> None:
    layout = PageLayout([A4, WIDE], 1.0, 2000)
    first, second = layout.place(0), layout.place(1)
    assert first.y == GAP
    assert second.y == first.y + first.height + GAP
    assert layout.height == second.y + second.height + GAP
    assert first.width == pytest.approx(595 * NORMAL)
    for place in (first, second):
        assert place.x == pytest.approx((2000 - place.width) / 2)


def test_a_narrow_view_scrolls_sideways() -> None:
    layout = PageLayout([A4, WIDE], 2.0, 300)
    assert layout.width == pytest.approx(842 * 2 * NORMAL + 2 * GAP)


def test_which_pages_are_in_sight() -> None:
    layout = PageLayout([A4] * 10, 1.0, 1000)
    third = layout.place(2)
    assert layout.page_at(third.y) == 2
    assert layout.page_at(third.y - 1) == 1
    assert layout.page_at(-50) == 0
    assert layout.page_at(10**9) == 9
    assert layout.visible(third.y + 1, third.y + 10) == range(2, 3)
    assert layout.visible(third.y - GAP - 1, third.y + 10) == range(1, 3)


def test_no_pages() -> None:
    layout = PageLayout([], 1.0, 100)
    assert layout.visible(0, 100) == range(0)
    assert layout.page_at(10) == 0
    assert layout.width == 100
    assert layout.height == GAP


def test_fitting() -> None:
    layout = PageLayout([A4, WIDE], 1.0, 1000)
    wide = PageLayout([A4], layout.fitting_width(0), 1000)
    assert wide.place(0).width == pytest.approx(1000 - 2 * GAP)
    whole = PageLayout([A4], layout.fitting_page(0, 500), 1000)
    assert whole.place(0).height == pytest.approx(500 - 2 * GAP)
    assert layout.fitting_page(1, 5000) == layout.fitting_width(1)
    assert layout.fitting_page(0, 0) > 0
