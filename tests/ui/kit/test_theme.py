"""Fonts, direction, icons and colours as Qt sees them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from congress.kernel.errors import BugError
from congress.ui.theme import fonts, icons
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import LIGHT, Mode, Type


def test_every_family_is_loaded(qapp: QApplication) -> None:
    fonts.load()
    known = QFontDatabase.families()
    assert {fonts.LATIN, fonts.FIGURES, fonts.NASKH, fonts.NASTALIQ}.issubset(known)


def test_a_missing_face_is_our_bug(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FACES", ("none.ttf",))
    monkeypatch.setattr(fonts, "LATIN", "no such family")
    with pytest.raises(BugError):
        fonts.load()


@pytest.mark.parametrize(
    ("role", "lang", "figures", "first"),
    [
        (Type.TITLE, "ur", False, fonts.NASTALIQ),
        (Type.READING, "ur", False, fonts.NASTALIQ),
        (Type.LABEL, "ur", False, fonts.NASKH),
        (Type.DISPLAY, "ur", True, fonts.FIGURES),
        (Type.TITLE, "vi", False, fonts.LATIN),
        (Type.LABEL, "en", True, fonts.FIGURES),
    ],
)
def test_families(qapp: QApplication, role: Type, lang: str, figures: bool, first: str) -> None:
    fonts.load()
    font = fonts.font(role, lang, 1.0, figures=figures)
    assert font.families()[0] == first
    assert QFontInfo(font).family() == first


def test_text_scale_grows_the_font(qapp: QApplication) -> None:
    assert fonts.font(Type.BODY, "en", 1.5).pixelSize() == 24


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
@pytest.mark.parametrize("mode", list(Mode))
def test_dressing_sets_direction_and_colours(qapp: QApplication, lang: str, mode: Mode) -> None:
    theme = Theme.of(mode, lang)
    theme.dress(qapp)
    rtl = Qt.LayoutDirection.RightToLeft
    assert (qapp.layoutDirection() is rtl) is (lang == "ur") is theme.rtl
    ground = qapp.palette().color(QPalette.ColorRole.Window).name().upper()
    assert ground == theme.palette.paper
    assert theme.palette.accent in qapp.styleSheet()


def test_icons_with_a_direction_are_mirrored(qapp: QApplication) -> None:
    def lean(name: str, lang: str) -> int:
        image = Theme.of(Mode.LIGHT, lang).pixmap(name, 24).toImage()
        signs = ((1 if x < 12 else -1, x, y) for x in range(24) for y in range(24))
        return sum(sign * image.pixelColor(x, y).alpha() for sign, x, y in signs)

    assert lean("sign-out", "en") > 500
    assert lean("sign-out", "ur") < -500
    assert lean("sun", "ur") == lean("sun", "en")


def test_every_directed_icon_exists(qapp: QApplication) -> None:
    assert all(icons.exists(name) for name in icons.DIRECTED)
    assert not icons.exists("no-such-icon")


def test_own_accent(qapp: QApplication) -> None:
    theme = Theme.of(Mode.LIGHT, "en", accent="#6A1B4D")
    assert theme.palette.accent == "#6A1B4D" != LIGHT.accent
