import itertools

from hypothesis import given
from hypothesis import strategies as st

from congress.docs.pdfium import Box
from congress.docs.places import Arrangement
from congress.ui.widgets.flowlayout import FlowLayout
from congress.ui.widgets.pagelayout import GAP, PageLayout

SIDES = st.floats(50, 2000)


@st.composite
def layouts(draw: st.DrawFn) -> PageLayout:
    sizes = draw(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=12))
    return PageLayout(
        sizes,
        draw(st.floats(0.25, 5)),
        draw(st.floats(100, 2500)),
        draw(st.floats(100, 2000)),
        draw(st.sampled_from(Arrangement)),
        draw(st.integers(0, 3)),
        draw(st.booleans()),
        draw(st.integers(0, len(sizes) - 1)),
    )


@given(layouts())
def test_the_middle_of_a_page_lies_on_that_page(layout: PageLayout) -> None:
    for page in layout.visible(0, layout.height):
        area = layout.place(page)
        middle = area.y + area.height / 2
        assert layout.page_at(middle, area.x + area.width / 2) == page
        assert page in layout.visible(middle, middle)


@given(layouts())
def test_pages_stay_in_the_content_and_never_overlap(layout: PageLayout) -> None:
    areas = [layout.place(page) for page in layout.visible(0, layout.height)]
    for area in areas:
        assert area.x >= GAP - 1e-6 or layout.width > layout.view_width
        assert area.x >= -1e-6
        assert area.x + area.width <= layout.width + 1e-6
        assert area.y >= GAP - 1e-6
        assert area.bottom <= layout.height + 1e-6
    for one, other in itertools.pairwise(areas):
        beside = one.x + one.width <= other.x + 1e-6 or other.x + other.width <= one.x + 1e-6
        assert beside or one.bottom <= other.y + 1e-6


@given(layouts(), st.floats(0, 1), st.floats(0, 1))
def test_a_point_goes_to_the_page_and_back(layout: PageLayout, x: float, y: float) -> None:
    for page in layout.visible(0, layout.height):
        width, height = layout.sizes[page]
        point = Box(x * width, y * height, x * width, y * height)
        left, top, _, _ = layout.on_content(page, point)
        back = layout.on_page(page, left, top)
        assert abs(back[0] - point.left) < 1e-6 * width + 1e-6
        assert abs(back[1] - point.top) < 1e-6 * height + 1e-6


@given(layouts())
def test_every_page_is_in_one_row_in_order(layout: PageLayout) -> None:
    pages = [page for row in layout.rows for page in row]
    assert pages == list(range(len(layout.sizes)))
    for at, row in enumerate(layout.rows):
        assert all(layout.row_of(page) == at for page in row)
        assert len(row) <= 1 + layout.spreads
    assert len(layout.rows[0]) == 1


@given(layouts())
def test_a_spread_is_read_in_the_direction_of_its_paper(layout: PageLayout) -> None:
    for row in layout.rows:
        if len(row) == 2:
            first, second = (layout.place(page) for page in row)
            assert (first.x < second.x) is not layout.rtl


@given(layouts(), st.integers(-20, 20))
def test_steps_stay_inside_the_paper(layout: PageLayout, step: int) -> None:
    for page in range(len(layout.sizes)):
        goal = layout.step(page, step)
        assert 0 <= goal < len(layout.sizes)
        assert layout.step(goal, 0) == goal


@given(layouts())
def test_what_fits_is_in_sight(layout: PageLayout) -> None:
    page = layout.front
    zoom = layout.fitting_page(page, layout.view_height)
    fitted = PageLayout(
        layout.sizes,
        zoom,
        layout.view_width,
        layout.view_height,
        layout.arrangement,
        layout.turns,
        layout.rtl,
        layout.front,
    )
    area = fitted.place(page)
    if layout.view_height > 2 * GAP + 1 and layout.view_width > 2 * GAP + 4:
        assert area.width <= layout.view_width
        assert area.height <= layout.view_height


@given(
    st.lists(st.integers(0, 5000), min_size=1, max_size=30),
    st.dictionaries(st.integers(0, 29), st.floats(1, 5000)),
    st.floats(0, 1),
)
def test_a_height_in_the_flow_belongs_to_its_section(
    letters: list[int], known: dict[int, float], share: float
) -> None:
    known = {at: height for at, height in known.items() if at < len(letters)}
    layout = FlowLayout(letters, known, 0.8, 700, 1000)
    for section in range(len(letters)):
        area = layout.place(section)
        assert area.height >= 1 - 1e-6
        inside = area.y + 0.99 * share * area.height
        assert layout.page_at(inside) == section
        assert layout.on_page(section, area.x, area.y) == (0, 0)
    assert layout.visible(0, layout.height) == range(len(letters))
