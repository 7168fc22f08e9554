import io

import pytest
from PIL import Image

from congress.docs.pdfium import Pdf
from congress.docs.text import image as module
from congress.docs.text.image import pdf_of_image
from congress.kernel.errors import InputError
from tests.helpers.formats import picture, tiff


def sizes(data: bytes) -> list[tuple[int, int]]:
    with Pdf(io.BytesIO(pdf_of_image(data))) as pdf:
        found = [pdf.size(index) for index in range(pdf.page_count)]
    return [(round(width), round(height)) for width, height in found]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_picture_becomes_a_page_as_large_as_it_says(kind: str) -> None:
    (page,) = sizes(picture("Words", (600, 300), kind, dpi=(150, 150)))
    assert page == ((288, 144) if kind != "WEBP" else (842, 421))


def test_a_picture_that_does_not_say_is_as_long_as_a4() -> None:
    assert sizes(picture("", (600, 300))) == [(842, 421)]
    assert sizes(picture("", (600, 300), dpi=(10, 10))) == [(842, 421)]


def test_each_frame_of_a_tiff_is_a_page() -> None:
    assert len(sizes(tiff("one", "two", "three"))) == 3


def test_what_the_camera_turned_is_turned_back() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert sizes(picture("", (600, 300), "JPEG", exif=exif)) == [(421, 842)]


def test_a_large_picture_keeps_its_size_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DRAWN", 100)
    for kind in ("PNG", "JPEG"):
        data = picture("", (600, 300), kind, dpi=(150, 150))
        assert sizes(data) == [(288, 144)]
        assert len(pdf_of_image(data)) < 4_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_kind_of_pixel(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 20)).save(out, "TIFF")
    assert len(sizes(out.getvalue())) == 1


def test_what_can_be_seen_through_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(out, "PNG")
    with Pdf(io.BytesIO(pdf_of_image(out.getvalue()))) as pdf:
        assert set(pdf.render(0, 0.1).data) == {255}


@pytest.mark.parametrize(
    ("limit", "data"),
    [("MAX_FRAMES", tiff("a", "b")), ("MAX_PIXELS", picture("", (60, 30)))],
)
def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch, limit: str, data: bytes) -> None:
    monkeypatch.setattr(module, limit, 1)
    with pytest.raises(InputError, match=r"docs\.image_bomb"):
        pdf_of_image(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_damaged_pictures_are_refused(kind: str) -> None:
    with pytest.raises(InputError, match=r"docs\.image_damaged"):
        pdf_of_image(picture("Words", (600, 300), kind)[:300])
