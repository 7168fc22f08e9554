import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.ids import PollId, new_id
from congress.voting.methods.forms import FORMS
from congress.voting.model import Method
from congress.voting.sheets import (
    HEIGHT,
    MARK_CENTRES,
    MARK_SIDE,
    WIDTH,
    Area,
    TargetKind,
    page_code,
    read_page_code,
    sheet_of,
)
from tests.helpers.scans import plan_on_paper

ON_PAPER = [
    Method.YES_NO_ABSTAIN,
    Method.STRIKE_OUT,
    Method.AGREE_DISAGREE,
    Method.PLURALITY,
    Method.K_OF_N,
    Method.APPROVAL,
]


def apart(one: Area, other: Area) -> bool:
    return (
        one.x + one.width <= other.x + 1e-6
        or other.x + other.width <= one.x + 1e-6
        or one.y + one.height <= other.y + 1e-6
        or other.y + other.height <= one.y + 1e-6
    )


@given(method=st.sampled_from(ON_PAPER), names=st.integers(1, 120), rtl=st.booleans())
def test_every_cell_has_one_place_and_no_two_places_touch(
    method: Method, names: int, rtl: bool
) -> None:
    plan = plan_on_paper("en", method, names)
    sheet = sheet_of(plan, rtl=rtl)
    cells = FORMS[method].cells(plan.contests[0])
    assert tuple(sorted(target.cell for target in sheet.targets)) == tuple(sorted(cells))
    half = MARK_SIDE / 2
    corners = [Area(x - half, y - half, MARK_SIDE, MARK_SIDE) for x, y in MARK_CENTRES]
    for page in range(sheet.pages):
        areas = [target.area for target in sheet.on_page(page)]
        fixed = [*corners, sheet.qr, sheet.stamp, sheet.running if page else sheet.head]
        heads = [item.area for item in sheet.headings if item.page == page]
        for position, area in enumerate(areas):
            assert 0 < area.x < area.x + area.width < WIDTH
            assert 0 < area.y < area.y + area.height < HEIGHT
            assert all(apart(area, other) for other in areas[:position])
            assert all(apart(area, other) for other in (*fixed, *heads))


def test_a_page_from_right_to_left_is_the_mirror_image() -> None:
    plan = plan_on_paper("en", Method.AGREE_DISAGREE, 20)
    left, right = sheet_of(plan, rtl=False), sheet_of(plan, rtl=True)
    assert [target.area.mirrored() for target in left.targets] == [
        target.area for target in right.targets
    ]


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        (Method.STRIKE_OUT, TargetKind.NAME),
        (Method.PLURALITY, TargetKind.BOX),
        (Method.K_OF_N, TargetKind.BOX),
        (Method.SCOTTISH_STV, TargetKind.NUMBER),
        (Method.YES_NO_ABSTAIN, TargetKind.BOX),
    ],
)
def test_names_are_struck_out_boxes_marked_and_ranks_written(
    method: Method, kind: TargetKind
) -> None:
    assert {t.kind for t in sheet_of(plan_on_paper("en", method), rtl=False).targets} == {kind}


def test_the_code_of_a_page_says_poll_and_page() -> None:
    poll = PollId(new_id())
    assert read_page_code(page_code(poll, 3)) == (poll, 3)


@pytest.mark.parametrize(
    "text", ["", "PCS1:", "PCS1:short:0", "PC1:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0", "https://example.org"]
)
def test_other_codes_are_not_ballot_papers(text: str) -> None:
    assert read_page_code(text) is None


@pytest.mark.parametrize("page", ["", "x", "-1", "٣", "99999"])
def test_a_page_is_a_small_number(page: str) -> None:
    assert read_page_code(f"PCS1:ABCDEFGHIJKLMNOPQRSTUVWXYZ:{page}") is None
