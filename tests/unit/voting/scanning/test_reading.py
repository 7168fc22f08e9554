import cv2
import numpy as np
import pytest

from congress.kernel.errors import InputError
from congress.voting.model import Method
from congress.voting.scanning.marks import Mark, PageReading, read_page
from congress.voting.scanning.pages import Grey, straightened
from congress.voting.sheets import Target
from tests.helpers.scans import POLL, Pen, Printed, printed


def reading(paper: Printed, scan: Grey) -> PageReading:
    page = straightened(scan, paper.sheet)
    return read_page(page, paper.sheet, paper.masters[page.number])


def marks(paper: Printed, scan: Grey) -> dict[str, Mark]:
    return {item.target.cell: item.mark for item in reading(paper, scan).readings}


def first(paper: Printed) -> Target:
    return paper.sheet.on_page(0)[0]


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
@pytest.mark.parametrize(
    ("method", "names"),
    [
        (Method.STRIKE_OUT, 12),
        (Method.AGREE_DISAGREE, 6),
        (Method.PLURALITY, 20),
        (Method.YES_NO_ABSTAIN, 0),
    ],
)
def test_every_mark_of_a_scan_is_read_as_it_was_made(lang: str, method: Method, names: int) -> None:
    paper = printed(lang, method, names)
    for seed in range(2):
        pen = Pen(paper, seed)
        made = {}
        for target in paper.sheet.on_page(0):
            made[target.cell] = Mark.PRESENT if pen.random.random() < 0.4 else Mark.ABSENT
            if made[target.cell] is Mark.PRESENT:
                pen.mark(target)
        read = reading(paper, pen.scanned(turns=seed))
        assert {item.target.cell: item.mark for item in read.readings} == made
        assert not read.has_stray_ink


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_may_lie_any_way(turns: int) -> None:
    paper = printed("ur", Method.STRIKE_OUT)
    pen = Pen(paper, 5)
    pen.strike(first(paper))
    page = straightened(pen.scanned(turns), paper.sheet)
    assert (page.poll_id, page.number) == (POLL, 0)
    assert marks(paper, pen.scanned(turns))[first(paper).cell] is Mark.PRESENT


def test_a_photograph_taken_at_an_angle_is_read() -> None:
    paper = printed("vi", Method.PLURALITY)
    pen = Pen(paper, 9)
    pen.cross(first(paper))
    height, width = pen.image.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    goal = np.array(
        [(130, 60), (width - 60, 140), (width + 20, height - 30), (40, height + 60)], np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, goal)
    photo = cv2.warpPerspective(pen.image, matrix, (width + 120, height + 120), borderValue=140)
    found = marks(paper, np.asarray(photo, np.uint8))
    assert found.pop(first(paper).cell) is Mark.PRESENT
    assert set(found.values()) == {Mark.ABSENT}


def test_half_a_line_through_a_name_is_uncertain() -> None:
    paper = printed("en", Method.STRIKE_OUT)
    pen = Pen(paper, 3)
    pen.strike(first(paper), share=0.35)
    assert marks(paper, pen.scanned())[first(paper).cell] is Mark.UNCERTAIN


def test_a_tick_beside_a_name_is_uncertain() -> None:
    paper = printed("en", Method.STRIKE_OUT)
    pen = Pen(paper, 4)
    area = first(paper).area
    x, y = area.x + area.width - 12, area.y + area.height / 2
    pen.line([(x, y), (x + 2, y + 3), (x + 6, y - 3)])
    assert marks(paper, pen.scanned())[first(paper).cell] is Mark.UNCERTAIN


def test_a_filled_box_is_uncertain() -> None:
    paper = printed("en", Method.PLURALITY)
    pen = Pen(paper, 4)
    area = first(paper).area
    for step in np.arange(0.6, area.height - 0.4, 0.25):
        pen.line(
            [(area.x + 0.5, area.y + step), (area.x + area.width - 0.5, area.y + step)], width=0.6
        )
    assert marks(paper, pen.scanned())[first(paper).cell] is Mark.UNCERTAIN


def test_a_speck_is_no_mark() -> None:
    paper = printed("en", Method.PLURALITY)
    pen = Pen(paper, 4)
    area = first(paper).area
    pen.line([(area.x + 3, area.y + 3), (area.x + 3.4, area.y + 3)], width=0.3)
    assert marks(paper, pen.scanned())[first(paper).cell] is Mark.ABSENT


def test_writing_where_nothing_belongs_is_noticed_and_a_stamp_is_not() -> None:
    paper = printed("en", Method.PLURALITY)
    pen = Pen(paper, 4)
    stamp = paper.sheet.stamp
    pen.line([(stamp.x + 20, stamp.y + 4), (stamp.x + 60, stamp.y + 12)], width=2)
    assert not reading(paper, pen.scanned()).has_stray_ink
    pen.line([(60, 200), (70, 210), (80, 200), (90, 210), (100, 200)], width=0.6)
    assert reading(paper, pen.scanned()).has_stray_ink


def code_of(scan: Grey) -> str:
    with pytest.raises(InputError) as refused:
        straightened(scan, printed("en", Method.PLURALITY).sheet)
    return refused.value.code


def test_what_is_no_ballot_paper_is_refused_with_its_reason() -> None:
    paper = printed("en", Method.PLURALITY)
    assert code_of(np.full((300, 200), 255, np.uint8)) == "scan.too_small"
    assert code_of(np.full((1600, 1100), 255, np.uint8)) == "scan.no_code"
    folded = paper.blank[0].copy()
    folded[: round(30 * paper.scale), : round(30 * paper.scale)] = 255
    assert code_of(folded) == "scan.no_marks"


def test_a_large_scan_is_read_smaller() -> None:
    paper = printed("en", Method.PLURALITY)
    large = cv2.resize(paper.blank[0], None, fx=4, fy=4)
    assert set(marks(paper, np.asarray(large, np.uint8)).values()) == {Mark.ABSENT}


def test_names_in_latin_letters_on_a_page_in_urdu_are_read_without_doubt() -> None:
    paper = printed("ur", Method.STRIKE_OUT, 12, script="en")
    for seed in range(4):
        read = reading(paper, Pen(paper, seed).scanned())
        assert {(item.mark, item.ink) for item in read.readings} == {(Mark.ABSENT, 0.0)}
