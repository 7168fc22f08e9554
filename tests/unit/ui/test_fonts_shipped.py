"""The shipped fonts are exactly those that the pinned packages give."""

import hashlib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from congress.assets import asset

FONTS = asset("fonts")


def _sums() -> dict[str, str]:
    lines = (FONTS / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_every_shipped_file_is_listed() -> None:
    shipped = {path.name for path in FONTS.iterdir() if path.suffix in (".ttf", ".txt")}
    assert shipped == set(_sums())


@pytest.mark.parametrize("name", sorted(_sums()))
def test_file_is_the_built_one(name: str) -> None:
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == _sums()[name]


def test_each_family_has_its_licence() -> None:
    for path in FONTS.glob("OFL-*.txt"):
        assert "SIL Open Font License, Version 1.1" in path.read_text(encoding="utf-8")


def _names_and_letters(name: str) -> tuple[list[str], set[int]]:
    with TTFont(Path(FONTS / name)) as font:
        names = [str(font["name"].getDebugName(name_id)) for name_id in (1, 3, 4, 6, 16)]
        return names, set(font.getBestCmap())


@pytest.mark.parametrize("family", ["Congress Nastaliq", "Congress Naskh"])
@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_urdu_goes_by_our_name_and_leaves_latin_to_its_companion(family: str, style: str) -> None:
    names, letters = _names_and_letters(f"{family.replace(' ', '')}-{style}.ttf")
    assert names[0] == family
    assert all("Noto" not in name for name in names)
    assert ord("A") not in letters
    assert ord("0") not in letters
    assert letters.issuperset(map(ord, " ٹڈڑےگچپہں۰۔،"))


@pytest.mark.parametrize("style", ["Regular", "SemiBold"])
def test_figures_have_one_width(style: str) -> None:
    with TTFont(FONTS / f"CongressFigures-{style}.ttf") as font:
        cmap = font.getBestCmap()
        assert len({font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}) == 1
