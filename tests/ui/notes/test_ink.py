"""Drawing, without pages: strokes, eraser, undo, and how they are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from congress.docs.notes.codec import strokes_json, strokes_of
from congress.docs.notes.model import (
    MOST_POINTS,
    Anchored,
    AreaAnchor,
    Draft,
    Fit,
    Note,
    NoteColour,
    NoteId,
    NoteKind,
    Placed,
    Stroke,
)
from congress.docs.pdfium import Box
from congress.kernel.ids import MemberId, PaperId, VersionId
from congress.ui.readernotesink import InkDesk
from congress.ui.widgets.notesink import ERASER, Eraser, InkLayer, Pen, distance, path_of
from tests.helpers.vaults import MORNING

ME, VERSION = MemberId("me"), VersionId("v1")
ONE = Stroke(NoteColour.BLUE, 2.0, ((10.0, 10.0), (50.0, 10.0)))
TWO = Stroke(NoteColour.ROSE, 2.0, ((10.0, 90.0), (50.0, 90.0)))


def drawing(name: str, page: int, *strokes: Stroke, author: MemberId = ME) -> Placed:
    anchor = AreaAnchor(page, None, None)
    note = Note(
        id=NoteId(name),
        paper_id=PaperId("p"),
        version_id=VERSION,
        kind=NoteKind.INK,
        colour=NoteColour.BLUE,
        body="",
        strokes=strokes,
        made=anchor,
        made_at=MORNING,
        changed_at=MORNING,
        group=None,
        author_id=author,
        author="",
    )
    return Placed(note, Anchored(anchor, Fit.MADE))


@dataclass
class Keeper:
    """Keeps ink when it is told to, as the store thread does."""

    added: list[Draft] = field(default_factory=list)
    drawn: list[tuple[NoteId, tuple[Stroke, ...]]] = field(default_factory=list)

    def add(self, draft: Draft) -> None:
        self.added.append(draft)

    def draw(self, note_id: NoteId, strokes: Sequence[Stroke]) -> None:
        self.drawn.append((note_id, tuple(strokes)))


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def desk(keeper: Keeper) -> InkDesk:
    return InkDesk(ME, keeper, lambda: None)


def test_the_first_stroke_makes_a_note_and_further_ones_wait_for_it(
    desk: InkDesk, keeper: Keeper
) -> None:
    desk.draw(3, ONE)
    desk.draw(3, TWO)
    assert [draft.strokes for draft in keeper.added] == [(ONE,)]
    assert keeper.drawn == []
    assert desk.strokes == {3: [ONE, TWO]}
    desk.made(drawing("n", 3, ONE).note)
    assert keeper.drawn == [("n", (ONE, TWO))]


def test_what_is_kept_late_takes_nothing_away(desk: InkDesk) -> None:
    desk.take([drawing("n", 1, ONE)], VERSION)
    desk.draw(1, TWO)
    desk.take([drawing("n", 1, ONE)], VERSION)
    assert desk.strokes == {1: [ONE, TWO]}
    desk.take([drawing("n", 1, ONE, TWO)], VERSION)
    desk.take([drawing("n", 1, TWO)], VERSION)
    assert desk.strokes == {1: [TWO]}


def test_the_eraser_takes_whole_strokes_of_ones_own(desk: InkDesk, keeper: Keeper) -> None:
    desk.take([drawing("n", 1, ONE, TWO), drawing("x", 1, ONE, author=MemberId("you"))], VERSION)
    desk.erase(1, 30, 10 + ERASER)
    assert keeper.drawn == [("n", (TWO,))]
    assert desk.strokes == {1: [ONE, TWO]}
    desk.erase(1, 30, 50)
    assert len(keeper.drawn) == 1


def test_erasing_everything_and_drawing_again_makes_another_note(
    desk: InkDesk, keeper: Keeper
) -> None:
    desk.take([drawing("n", 1, ONE)], VERSION)
    desk.erase(1, 30, 10)
    assert keeper.drawn == [("n", ())]
    desk.draw(1, TWO)
    assert [draft.strokes for draft in keeper.added] == [(TWO,)]


def test_undo_brings_back_what_was_erased(desk: InkDesk, keeper: Keeper) -> None:
    desk.take([drawing("n", 1, ONE)], VERSION)
    desk.draw(1, TWO)
    desk.erase(1, 30, 10)
    assert desk.undo() == 1
    assert desk.strokes == {1: [ONE, TWO]}
    assert desk.undo() == 1
    assert desk.strokes == {1: [ONE]}
    assert keeper.drawn[-1] == ("n", (ONE,))
    assert desk.undo() == 0
    assert not desk.can_undo


def test_ink_that_cannot_be_kept_is_given_up(desk: InkDesk) -> None:
    desk.take([drawing("n", 1, ONE)], VERSION)
    desk.draw(1, TWO)
    desk.give_up()
    desk.take([drawing("n", 1, ONE)], VERSION)
    assert desk.strokes == {1: [ONE]}
    assert not desk.can_undo


def test_a_full_drawing_is_left_as_it_is_and_the_next_begun(desk: InkDesk, keeper: Keeper) -> None:
    full = replace(ONE, points=ONE.points * (MOST_POINTS // 4))
    desk.take([drawing("n", 1, full)], VERSION)
    desk.draw(1, TWO)
    assert keeper.drawn == []
    assert keeper.added[0].strokes == (TWO,)
    assert desk.strokes == {1: [full, TWO]}


def test_ink_from_an_older_version_is_shown_and_not_drawn_on(desk: InkDesk, keeper: Keeper) -> None:
    desk.take([drawing("n", 1, ONE)], VersionId("v2"))
    desk.erase(1, 30, 10)
    assert keeper.drawn == []
    assert desk.strokes == {1: [ONE]}


def test_closing_forgets_everything(desk: InkDesk) -> None:
    desk.draw(1, ONE)
    desk.clear()
    assert desk.strokes == {}
    assert not desk.can_undo


def test_the_pen_keeps_points_that_are_apart() -> None:
    drawn: list[tuple[int, Stroke]] = []
    pen = Pen(lambda page, stroke: drawn.append((page, stroke)), lambda: None)
    pen.press(2, 10.00049, 10)
    for x in (10.1, 10.2, 12, 14):
        pen.move(2, x, 10)
    pen.release(2, 14.1, 10)
    ((page, stroke),) = drawn
    assert (page, stroke.points) == (2, ((10.0, 10), (12, 10), (14, 10)))
    assert strokes_of(strokes_json([stroke])) == (stroke,)  # type: ignore[arg-type]
    pen.press(2, 0, 0)
    pen.cancel()
    pen.release(2, 9, 9)
    assert len(drawn) == 1


def test_a_tap_with_the_pen_is_a_dot() -> None:
    dot = Stroke(NoteColour.BLUE, 2.0, ((5.0, 5.0),))
    assert not path_of(dot).isEmpty()
    assert distance(dot, 5, 9) == 3.0


def test_the_eraser_works_while_it_is_down() -> None:
    touched: list[tuple[int, float, float]] = []
    eraser = Eraser(lambda *at: touched.append(at))
    eraser.move(1, 0, 0)
    eraser.press(1, 1, 1)
    eraser.move(1, 2, 2)
    eraser.release(1, 2, 2)
    eraser.move(1, 3, 3)
    eraser.press(1, 4, 4)
    eraser.cancel()
    eraser.move(1, 5, 5)
    assert touched == [(1, 1, 1), (1, 2, 2), (1, 4, 4)]


def test_how_far_a_point_is_from_a_stroke() -> None:
    assert distance(ONE, 30, 10.5) == 0
    assert distance(ONE, 30, 15) == 4
    assert distance(ONE, 53, 14) == 4


@pytest.mark.parametrize(
    ("on_view", "spot"),
    [
        (lambda box: QRectF(box.left * 2, box.top * 2, 0, 0), (60, 20)),
        (lambda box: QRectF(200 - box.top * 2, box.left * 2, 0, 0), (180, 60)),
    ],
    ids=["upright", "turned"],
)
def test_ink_is_drawn_where_it_lies(
    on_view: Callable[[Box], QRectF], spot: tuple[int, int]
) -> None:
    layer = InkLayer()
    layer.strokes = {1: [ONE]}
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    layer.paint(painter, 2, on_view)
    assert image.pixelColor(*spot).lightness() > 250
    layer.paint(painter, 1, on_view)
    painter.end()
    assert image.pixelColor(*spot).lightness() < 200
    assert image.pixelColor(5, 190).lightness() > 250
