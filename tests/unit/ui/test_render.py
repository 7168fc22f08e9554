from PySide6.QtGui import QImage

from congress.docs.pdfium import Box, Pixels
from congress.ui.sheets import Drawing, Wanted, joined, to_image
from congress.ui.widgets.sheetimages import SheetImages


def test_pixels_become_an_image_of_its_own() -> None:
    image = to_image(Pixels(2, 1, bytes([255, 0, 0, 0, 0, 0, 255, 0])))
    assert image.pixelColor(0, 0).name() == "#0000ff"
    assert image.pixelColor(1, 0).name() == "#ff0000"


def test_boxes_of_one_line_are_joined() -> None:
    line = [Box(0, 0, 5, 10), Box(6, 1, 10, 10)]
    assert joined([*line, Box(0, 20, 5, 30)]) == (Box(0, 0, 10, 10), Box(0, 20, 5, 30))
    assert joined([Box(0, 0, 5, 10), Box(80, 0, 90, 10)]) == (
        Box(0, 0, 5, 10),
        Box(80, 0, 90, 10),
    )
    assert joined([]) == ()


def image() -> QImage:
    return to_image(Pixels(10, 10, bytes(400)))


def test_drawings_are_bounded() -> None:
    images = SheetImages(most_bytes=900)
    drawings = [Drawing(Wanted(sheet, "form"), image()) for sheet in range(3)]
    for each in drawings:
        images.put(each)
    assert drawings[0].wanted not in images
    assert images.held == 800
    assert images.get(drawings[1].wanted) is drawings[1]
    images.put(drawings[1])
    assert images.held == 800
    images.put(drawings[0])
    assert drawings[2].wanted not in images
    images.clear()
    assert images.held == 0


def test_an_old_drawing_stands_in_for_a_new_form() -> None:
    images = SheetImages()
    images.put(Drawing(Wanted(0, "old"), image()))
    images.put(Drawing(Wanted(0, "newer", 0), image(), 0.0, 0.5))
    images.put(Drawing(Wanted(0, "newer", 1), image(), 0.5, 1.0))
    assert [each.wanted.form for each in images.stale(0)] == ["newer", "newer"]
    assert images.stale(1) == []
    assert images.get(Wanted(0, "newest")) is None


def test_one_drawing_is_always_kept() -> None:
    images = SheetImages(most_bytes=1)
    images.put(Drawing(Wanted(0, "form"), image()))
    assert images.held == 400
