from congress.docs.pdfium import Box, Pixels
from congress.docs.search import parse
from congress.docs.text.pdf import PlacedText
from congress.ui.render import Wanted, boxes_of, joined, to_image
from congress.ui.widgets.pageimages import PageImages


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


def test_each_hit_has_its_boxes() -> None:
    boxes = tuple(None if char == " " else Box(i, 0, i + 1, 2) for i, char in enumerate("a vote"))
    assert boxes_of(parse("vote"), PlacedText("a vote", boxes)) == ((Box(2, 0, 6, 2),),)
    assert boxes_of(parse("vote"), PlacedText("a vote", (None,) * 6)) == ()


def test_pictures_of_pages_are_bounded() -> None:
    image = to_image(Pixels(10, 10, bytes(400)))
    images = PageImages(most_bytes=900)
    wanted = [Wanted(page, 1.0) for page in range(3)]
    for each in wanted:
        images.put(each, image)
    assert wanted[0] not in images
    assert images.held == 800
    assert images.get(wanted[1]) is image
    images.put(wanted[1], image)
    assert images.held == 800
    images.put(wanted[0], image)
    assert wanted[2] not in images
    assert images.get(Wanted(1, 2.0)) is image
    assert images.get(Wanted(2, 2.0)) is None
    images.clear()
    assert images.held == 0


def test_one_picture_is_always_kept() -> None:
    images = PageImages(most_bytes=1)
    images.put(Wanted(0, 1.0), to_image(Pixels(10, 10, bytes(400))))
    assert images.held == 400
