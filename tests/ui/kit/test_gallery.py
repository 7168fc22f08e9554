"""Every component in every state can be drawn, and nothing is cut off."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from congress.ui import gallery
from congress.ui.motion import slide_in
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Mode


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_no_button_or_word_is_cut_off(qtbot: QtBot, lang: str) -> None:
    with gallery.standing_alone(lang, Mode.LIGHT) as context:
        shown = gallery.sheet(context)
        qtbot.addWidget(shown)
        shown.resize(1100, shown.heightForWidth(1100))
        shown.show()
        QApplication.processEvents()
        for button in shown.findChildren(QPushButton):
            if button.isVisible() and button.text():
                assert button.width() >= button.minimumSizeHint().width(), button.text()
        for label in shown.findChildren(QLabel):
            if label.isVisible() and label.text() and label.wordWrap():
                needed = label.heightForWidth(label.width())
                assert label.height() >= needed - 1, label.text()


def test_pictures_are_drawn(qapp: QApplication, tmp_path: Path) -> None:
    count = gallery.draw(tmp_path, ("ur",), (Mode.DARK,))
    assert count == len(gallery.SECTIONS) == len(list(tmp_path.iterdir()))
    assert all(not QImage(str(path)).isNull() for path in tmp_path.iterdir())


def test_nothing_moves_where_a_person_wants_none(qtbot: QtBot) -> None:
    still, moving = Theme.of(Mode.LIGHT, "en", motion=False), Theme.of(Mode.LIGHT, "en")
    label = QLabel("a")
    qtbot.addWidget(label)
    label.move(40, 40)
    ends: list[tuple[int, int]] = []

    def settle() -> None:
        ends.append(label.pos().toTuple())

    assert slide_in(label, still, settle) is None
    assert slide_in(label, moving, settle, 10) is not None
    assert label.pos().toTuple() != (40, 40)
    qtbot.waitUntil(lambda: ends == [(40, 40)])
