"""A whole vote at the panel, and an audit before it, with one finger."""

from types import SimpleNamespace
from typing import TypeVar, cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from congress.kernel.ids import PersonId
from congress.ui.controllers.panel import PanelController
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.panel_sealed import AuditView, OpenedView, SealedView
from congress.ui.widgets.button import Button
from congress.voting.model import Candidate, Secrecy
from tests.helpers.hall import PARTY
from tests.helpers.touching import Finger
from tests.helpers.walking import Walk
from tests.ui.voting.conftest import Stage

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
View = TypeVar("View", bound=QWidget)
_FIFTEEN = "ABCDEFGHIJKLMNO"


def seen(page: PanelPage, kind: type[View]) -> View:
    assert isinstance(page.view, kind)
    return page.view


def test_fifteen_names_are_struck_audited_and_cast_with_one_finger(stage: Stage) -> None:
    ground = SimpleNamespace(
        rest=stage.idle,
        until=lambda done, _: stage.qtbot.waitUntil(done),
        screen=QTest.createTouchDevice(),
        window=SimpleNamespace(shell=SimpleNamespace(toaster=SimpleNamespace(toasts=()))),
    )
    finger = Finger(cast(Walk, ground))
    person = stage.hall.people.persons[0]
    candidates = [
        Candidate(name, f"Name {name}", person_id=PersonId(person.id) if name == "A" else None)
        for name in _FIFTEEN
    ]
    poll = stage.hall.booth.propose_election(
        "Committee", candidates, 12, pack_id=PARTY, rule_id="election", secrecy=Secrecy.SECRET
    )
    _, cards = stage.hall.opened_secret(poll)
    page = PanelPage(
        stage.context,
        PanelController(stage.context, stage.hall.booth, lambda _: None, people=stage.hall.people),
    )
    stage.show(page, size=(1280, 800))

    def strike_three() -> None:
        for at in (3, 7, 14):
            finger.tap(seen(page, ContestView).rows[at])
        assert seen(page, ContestView).marks == frozenset(_FIFTEEN) - {"D", "H", "O"}
        finger.tap(seen(page, ContestView).next)
        finger.tap(seen(page, ReviewView).cast)

    page.neutral.code.value = cards[0].code
    finger.tap(page.neutral.begin)
    finger.tap(seen(page, ContestView).rows[1])
    finger.tap(seen(page, ContestView).undo)
    beside = seen(page, ContestView).rows[0].findChild(Button)
    assert beside is not None
    finger.tap(beside)
    stage.idle()
    assert page._about is not None
    finger.tap(page._about.close_button)
    strike_three()
    finger.tap(seen(page, SealedView).audit)
    finger.tap(seen(page, AuditView).open)
    assert seen(page, OpenedView).same
    finger.tap(seen(page, OpenedView).again)
    strike_three()
    finger.tap(seen(page, SealedView).cast)
    finger.tap(seen(page, ReceiptView).finish)
    assert page.view is page.neutral
    assert stage.hall.booth.turnout(poll.id).cast == 1
