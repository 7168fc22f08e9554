import pytest
from PySide6.QtGui import QColor, QImage

from congress.docs.places import Look
from congress.ui.looks import around, in_look, nightly, palette
from congress.ui.theme.tokens import DARK, LIGHT, contrast


def page(*colours: str) -> QImage:
    image = QImage(len(colours), 3, QImage.Format.Format_RGB32)
    for x, colour in enumerate(colours):
        for y in range(3):
            image.setPixelColor(x, y, QColor(colour))
    return image


def test_night_turns_lightness_and_keeps_hues() -> None:
    colours = ("#ffffff", "#000000", "#c00000", "#1040a0", "#20a040")
    night = nightly(page(*colours))
    white, black = night.pixelColor(0, 0), night.pixelColor(1, 0)
    assert white.lightness() < 40
    assert black.lightness() > 240
    for x, colour in enumerate(colours[2:], start=2):
        assert night.pixelColor(x, 1).hslHue() == pytest.approx(QColor(colour).hslHue(), abs=3)


def test_night_leaves_the_drawn_page_alone() -> None:
    drawn = page("#ffffff", "#000000", "#123456")
    nightly(drawn)
    assert drawn.pixelColor(0, 0) == QColor("#ffffff")


def test_sepia_tints_the_ground_and_keeps_the_ink() -> None:
    sepia = in_look(page("#ffffff", "#000000"), Look.SEPIA)
    assert sepia.pixelColor(0, 0).name() == palette(Look.SEPIA).surface.lower()
    assert sepia.pixelColor(1, 0) == QColor("#000000")
    plain = page("#ffffff")
    assert in_look(plain, Look.PAPER) is plain


@pytest.mark.parametrize("look", Look)
def test_text_is_readable_in_every_look(look: Look) -> None:
    colours = palette(look)
    for name in ("ink", "accent", "caution", "note", "danger"):
        assert contrast(getattr(colours, name), colours.surface) >= 4.5


def test_around_the_pages() -> None:
    assert around(Look.PAPER, LIGHT) == QColor(LIGHT.sunken)
    assert around(Look.NIGHT, LIGHT) == QColor(DARK.sunken)
