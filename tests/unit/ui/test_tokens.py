"""Every pair of colours that is used is readable, in light and in dark."""

import pytest

from congress.kernel.errors import InputError
from congress.ui.theme.tokens import (
    CONTRAST,
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    TARGET,
    Palette,
    Tone,
    contrast,
    mixed,
    sharpened,
    with_accent,
)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), CONTRAST)
def test_each_used_pair_is_readable(palette: Palette, text: str, ground: str, least: float) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= least


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [pair[:2] for pair in CONTRAST])
def test_high_contrast_is_high(palette: Palette, text: str, ground: str) -> None:
    sharp = sharpened(palette)
    assert contrast(getattr(sharp, text), getattr(sharp, ground)) >= HIGH_CONTRAST


def test_the_tokens_of_the_design() -> None:
    assert (LIGHT.paper, LIGHT.ink, LIGHT.accent) == ("#FAF8F4", "#1C1B1A", "#0F5C5C")
    assert (DARK.paper, DARK.ink, DARK.accent) == ("#14161A", "#ECE9E3", "#6CC0B4")
    assert TARGET == 44


@pytest.mark.parametrize("tone", list(Tone))
def test_each_tone_has_its_colours(tone: Tone) -> None:
    assert LIGHT.of(tone).startswith("#")
    assert LIGHT.soft(tone).startswith("#")
    assert LIGHT.of(Tone.NEUTRAL) == LIGHT.ink


def test_mixing() -> None:
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mixed("#102030", "#FFFFFF", 0) == "#102030"


def test_a_dark_accent_suits_light_screens() -> None:
    changed = with_accent(LIGHT, "#6A1B4D")
    assert changed.accent == "#6A1B4D"
    assert changed.on_accent == "#FFFFFF"
    assert contrast(changed.accent, changed.accent_soft) >= 4.5


@pytest.mark.parametrize(("palette", "accent"), [(LIGHT, "#FFD800"), (DARK, "#20204A")])
def test_an_unreadable_accent_is_refused(palette: Palette, accent: str) -> None:
    with pytest.raises(InputError, match=r"theme\.accent_contrast"):
        with_accent(palette, accent)
