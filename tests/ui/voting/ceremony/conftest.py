"""The page of the trustees, and a ceremony begun on it by keyboard."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from congress.kernel.roles import Role
from congress.secretariat.model import Cover
from congress.ui.controllers.ceremony import CeremonyDesk
from congress.ui.pages.trustees import TrusteesPage
from congress.ui.widgets.text import Text
from congress.voting.trustees.board import Boards
from tests.helpers.ceremonies import CHEAP
from tests.helpers.vaults import actor
from tests.ui.voting.conftest import Stage

ROUND = ("Ann", "Ben", "Cho")


def cover() -> Cover:
    return Cover("Congress", "", None, None, datetime(2026, 10, 24, 8, tzinfo=UTC))


def desk_of(stage: Stage, role: Role = Role.COMMITTEE) -> CeremonyDesk:
    boards = Boards(stage.hall.database, actor(role), stage.hall.clock)
    return CeremonyDesk(stage.context, boards, stage.hall.clock, lambda: "Congress", CHEAP)


@pytest.fixture
def page(stage: Stage) -> TrusteesPage:
    page = TrusteesPage(stage.context, desk_of(stage), cover, "en")
    stage.show(page)
    return page


def type_here(page: QWidget, text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)
    QTest.keyClicks(focus, text)
    QTest.keyClick(focus, Qt.Key.Key_Return)


def words(widget: QWidget) -> str:
    return " | ".join(each.text() for each in widget.findChildren(Text))


def begin(stage: Stage, page: TrusteesPage) -> None:
    """Name three trustees by keyboard and begin on this machine."""
    page.activateWindow()
    page.begin()
    assert page.form is not None
    editor = page.form.name.editor
    stage.qtbot.waitUntil(lambda: QApplication.focusWidget() is editor)
    for name in ROUND:
        type_here(page, name)
    assert not page.form.rows.rows[0].property("clickable")
    page.form.begin.setFocus()
    QTest.keyClick(page.form.begin, Qt.Key.Key_Return)
    stage.idle()
