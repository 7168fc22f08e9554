import pytest

from congress.docs.notes.model import NoteColour
from congress.docs.places import Look
from congress.ui.looks import SEPIA
from congress.ui.theme.tokens import DARK, EDGE_CONTRAST, LIGHT, TEXT_CONTRAST, Mode, contrast
from congress.ui.widgets.notescolours import fill, is_dark, line, marker


@pytest.mark.parametrize("colour", NoteColour)
def test_words_can_be_read_on_every_fill(colour: NoteColour) -> None:
    light, dark = (fill(colour, dark=night).name() for night in (False, True))
    assert contrast(LIGHT.ink, light) >= TEXT_CONTRAST
    assert contrast(SEPIA.ink, light) >= TEXT_CONTRAST
    assert contrast(DARK.ink, dark) >= TEXT_CONTRAST


@pytest.mark.parametrize("colour", NoteColour)
def test_lines_are_seen_on_every_ground(colour: NoteColour) -> None:
    light, dark = (line(colour, dark=night).name() for night in (False, True))
    for ground in (LIGHT.surface, LIGHT.accent_soft, SEPIA.surface):
        assert contrast(light, ground) >= EDGE_CONTRAST
    for ground in (DARK.surface, DARK.accent_soft):
        assert contrast(dark, ground) >= EDGE_CONTRAST


@pytest.mark.parametrize("colour", NoteColour)
def test_fills_are_seen_on_their_page(colour: NoteColour) -> None:
    assert contrast(fill(colour, dark=False).name(), LIGHT.surface) >= 1.2
    assert contrast(fill(colour, dark=True).name(), DARK.surface) >= 1.4


@pytest.mark.parametrize("colour", NoteColour)
def test_a_marker_comes_out_as_the_fill(colour: NoteColour) -> None:
    opaque = 150 / 255
    laid, wanted = marker(colour, dark=False), fill(colour, dark=False)
    for side in ("redF", "greenF", "blueF"):
        shown = 1 - opaque + opaque * getattr(laid, side)()
        assert abs(shown - getattr(wanted, side)()) < 0.02


def test_only_night_is_dark() -> None:
    assert [is_dark(look) for look in Look] == [False, False, True]
    assert is_dark(Mode.DARK)
    assert not is_dark(Mode.LIGHT)
