"""The panel, and an election that is open at it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.panel_sealed import SealedView
from congress.voting.cards import Card
from congress.voting.model import Poll
from tests.ui.voting.conftest import Stage

Election = tuple[Poll, tuple[Card, ...]]
"""A poll, and the cards for it."""


@pytest.fixture
def page(stage: Stage) -> PanelPage:
    made = PanelPage(stage.context, stage.panel())
    stage.show(made, size=(1280, 800))
    return made


@pytest.fixture
def election(stage: Stage) -> Election:
    return stage.hall.opened_election()


def enter(stage: Stage, page: PanelPage, code: str) -> None:
    editor = page.neutral.code.editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    stage.qtbot.keyClicks(editor, code)
    stage.qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.idle()


def contest(page: PanelPage) -> ContestView:
    assert isinstance(page.view, ContestView)
    return page.view


def review(page: PanelPage) -> ReviewView:
    assert isinstance(page.view, ReviewView)
    return page.view


def sealed(page: PanelPage) -> SealedView:
    assert isinstance(page.view, SealedView)
    return page.view


def confirm(stage: Stage, page: PanelPage) -> SealedView:
    review(page).cast.click()
    stage.idle()
    return sealed(page)


def receipt(page: PanelPage) -> ReceiptView:
    assert isinstance(page.view, ReceiptView)
    return page.view
