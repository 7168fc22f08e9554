import cv2
import numpy as np
import pytest

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.model import Method
from congress.voting.scanning.pages import Grey
from congress.voting.scanning.pile import Pile, decoded, grey, masters
from tests.helpers.scans import POLL, Pen, plan_on_paper, printed

LONG = 40


def pile_of(method: Method = Method.PLURALITY, names: int = LONG, poll: PollId = POLL) -> Pile:
    paper = printed("en", method, names)
    return Pile(poll, plan_on_paper("en", method, names), paper.sheet, paper.masters)


def page(number: int, *cells: str, method: Method = Method.PLURALITY, names: int = LONG) -> Grey:
    paper = printed("en", method, names)
    pen = Pen(paper, 7, number)
    for target in paper.sheet.on_page(number):
        if target.cell in cells:
            pen.mark(target)
    return pen.scanned()


def codes(pile: Pile) -> list[tuple[str, str]]:
    return [(problem.source, problem.error.code) for problem in pile.problems]


def test_pages_in_order_are_one_ballot_paper_and_blank_backs_are_passed_over() -> None:
    pile = pile_of()
    pages = pile.sheet.pages
    assert pages == 2
    first, second = pile.sheet.on_page(0)[3].cell, pile.sheet.on_page(1)[0].cell
    for number in (0, 1):
        for at in range(pages):
            pile.add(f"{number}-{at}", page(at, first, second))
        pile.add("back", np.full((1200, 900), 250, np.uint8))
    pile.end()
    assert [slip.answer.ballot.marks for slip in pile.slips] == [(frozenset({first, second}),)] * 2
    assert [len(slip.pages) for slip in pile.slips] == [2, 2]
    assert (pile.problems, pile.blank) == ([], 2)
    picture = cv2.imdecode(np.frombuffer(pile.slips[0].pages[0], np.uint8), 0)
    assert picture is not None
    assert picture.shape == (1188, 840)


def test_no_ballot_is_put_together_from_two() -> None:
    pile = pile_of()
    pile.add("a", page(0))
    pile.add("b", page(0))
    pile.add("c", page(1))
    pile.add("d", page(1))
    pile.add("e", page(0))
    pile.end()
    assert len(pile.slips) == 1
    assert codes(pile) == [(name, "scan.page_order") for name in "ade"]


def test_a_page_that_cannot_be_read_breaks_the_ballot_it_stands_in() -> None:
    pile = pile_of()
    pile.add("a", page(0))
    pile.add("coffee", np.random.default_rng(1).integers(0, 255, (1200, 900), np.uint8))
    pile.add("c", page(1))
    pile.end()
    assert pile.slips == []
    assert codes(pile) == [
        ("a", "scan.page_order"),
        ("coffee", "scan.no_code"),
        ("c", "scan.page_order"),
    ]


def test_a_ballot_paper_of_another_poll_is_refused() -> None:
    pile = pile_of(poll=PollId("z" * 26))
    pile.add("a", page(0))
    assert codes(pile) == [("a", "scan.other_poll")]


def test_struck_names_are_left_out_and_doubts_are_not_marked() -> None:
    pile = pile_of(Method.STRIKE_OUT, 4)
    paper = printed("en", Method.STRIKE_OUT, 4)
    cells = [target.cell for target in paper.sheet.on_page(0)]
    pen = Pen(paper, 3)
    pen.strike(paper.sheet.on_page(0)[0])
    pen.strike(paper.sheet.on_page(0)[1], share=0.35)
    pile.add("a", pen.scanned())
    (slip,) = pile.slips
    assert slip.answer.ballot.marks == (frozenset(cells[2:]),)
    assert slip.doubts == ((0, cells[1]),)


def test_pictures_of_one_and_of_several_pages_are_decoded() -> None:
    image = np.full((40, 30), 200, np.uint8)
    for suffix in (".png", ".jpg", ".tiff"):
        _, data = cv2.imencode(suffix, image)
        (only,) = decoded(data.tobytes())
        assert only.shape == (40, 30)
    _, several = cv2.imencodemulti(".tiff", [image, image, image])
    assert len(list(decoded(several.tobytes()))) == 3


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"scan\.no_picture"):
        list(decoded(data))


def test_drawn_pages_become_grey_and_of_one_size() -> None:
    drawn = grey(2, 1, bytes([255, 255, 255, 0, 0, 0, 0, 0]))
    assert drawn.tolist() == [[255, 0]]
    sheet = printed("en", Method.PLURALITY).sheet
    (master,) = masters(sheet, lambda page, dots: np.full((2377, 1679), 255, np.uint8))
    assert master.shape == (2376, 1680)
