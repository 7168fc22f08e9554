"""A hall whose booth the pages work on."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congress.kernel.errors import InputError
from congress.kernel.roles import Role
from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController
from congress.ui.controllers.panel import PanelController
from congress.ui.controllers.results import ResultsController
from congress.ui.page import Page
from congress.voting.cards import Card
from tests.helpers.hall import PARTY, Hall
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import actor


@dataclass
class Stage:
    """The hall, the surroundings of the pages, and what the pages are built from."""

    hall: Hall
    context: UiContext
    around: Surroundings
    qtbot: QtBot

    def show(self, page: Page, subject: str = "", size: tuple[int, int] = (1060, 800)) -> None:
        """Bring a page to the front as the window does."""
        self.qtbot.addWidget(page, before_close_func=self._end)
        page.resize(*size)
        page.show()
        if subject:
            page.opened(subject)
        page.shown()
        self.idle()

    def _end(self, page: QWidget) -> None:
        if isinstance(page, Page):
            page.closing()
        self.idle()

    def idle(self) -> None:
        """Wait until no work is under way and every event has arrived."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.context.tasks.busy, timeout=5000)
            self.qtbot.wait(5)

    def chair(
        self,
        role: Role = Role.SECRETARIAT,
        members: tuple[str, ...] = ("secretariat", "second"),
        issued: list[Card] | None = None,
    ) -> ChairController:
        """Return a chair's desk; the cards made there are added to ``issued``."""
        who = actor(role)

        def sheet(lang: str, title: str, cards: Sequence[Card], half: int) -> bytes:
            if issued is not None and not half:
                issued.extend(cards)
            return f"{lang} {title} {len(cards)} {'AB'[half]}".encode()

        return ChairController(
            self.context,
            self.hall.booth_of(who),
            self.hall.people,
            who,
            members=lambda: members,
            sheet=sheet,
            usual_pack=PARTY,
        )

    def panel(self) -> PanelController:
        return PanelController(self.context, self.hall.booth, self._recognise)

    def results(self) -> ResultsController:
        return ResultsController(self.context, self.hall.booth, self.hall.people)

    def _recognise(self, passphrase: str) -> None:
        if passphrase != "right":
            raise InputError("vault.wrong_passphrase")


@pytest.fixture
def stage(ui: tuple[UiContext, Surroundings], qtbot: QtBot) -> Stage:
    context, around = ui
    return Stage(Hall(12, bus=around.bus), context, around, qtbot)
