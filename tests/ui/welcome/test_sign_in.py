"""Signing in to a congress."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.kernel.clock import ManualClock
from congress.kernel.errors import EnvironmentFault
from congress.kernel.roles import Role
from congress.ui.context import UiContext
from congress.ui.controllers.welcome import WelcomeController
from congress.ui.pages.sign_in import SignInPage
from congress.ui.recent import RecentCongresses
from congress.ui.widgets.dialog import ErrorView
from tests.helpers.vaults import PASSPHRASE
from tests.ui.welcome.conftest import MakeController


def _sign_in(
    qtbot: QtBot, context: UiContext, controller: WelcomeController, path: Path
) -> SignInPage:
    page = SignInPage(context, controller)
    qtbot.addWidget(page)
    page.opened(str(path))
    page.shown()
    return page


def test_the_right_passphrase_opens_and_is_remembered_as_a_folder(
    qtbot: QtBot,
    context: UiContext,
    make: MakeController,
    recent: RecentCongresses,
    entered: list[OpenCongress],
    vault: Path,
) -> None:
    page = _sign_in(qtbot, context, make(), vault)
    page.name.value = "lan"
    page.passphrase.value = "three red umbrellas"
    page.button.click()
    assert not page.button.isEnabled()
    page.submit()  # while it is opening, a second Enter does nothing
    qtbot.waitUntil(lambda: bool(entered))
    assert entered[0].actor.role is Role.DELEGATE
    assert recent.paths() == [vault]
    page.closing()
    assert page.passphrase.value == ""


def test_a_wrong_passphrase_is_said_at_the_field(
    qtbot: QtBot, context: UiContext, make: MakeController, entered: list[OpenCongress], vault: Path
) -> None:
    page = _sign_in(qtbot, context, make(), vault)
    page.passphrase.value = "three red umbrellas"
    page.passphrase.submitted.emit()
    qtbot.waitUntil(lambda: bool(page.passphrase.error.text()))
    assert "passphrase" in page.passphrase.error.text()
    qtbot.waitUntil(page.button.isEnabled)
    assert entered == []
    page.passphrase.value = PASSPHRASE
    assert page.passphrase.error.text() == ""
    page.submit()
    qtbot.waitUntil(lambda: bool(entered))


@pytest.mark.parametrize(("name", "passphrase"), [("", PASSPHRASE), ("lan", "")])
def test_what_is_missing_is_asked_for(
    qtbot: QtBot, context: UiContext, make: MakeController, vault: Path, name: str, passphrase: str
) -> None:
    controller = make()
    page = _sign_in(qtbot, context, controller, vault)
    page.name.value, page.passphrase.value = name, passphrase
    page.submit()
    assert bool(page.name.error.text()) == (not name)
    assert bool(page.passphrase.error.text()) == (not passphrase)
    assert not controller.busy


def test_another_fault_is_told_in_three_parts(
    qtbot: QtBot, context: UiContext, make: MakeController, vault: Path
) -> None:
    def locked(*_: object) -> OpenCongress:
        raise EnvironmentFault("vault.locked", file="vault")

    page = _sign_in(qtbot, context, make(open_=locked), vault)
    page.passphrase.value = PASSPHRASE
    page.submit()
    qtbot.waitUntil(lambda: page.trouble.count() == 1)
    (shown,) = page.findChildren(ErrorView)
    assert "open already" in shown.accessibleName()
    page.opened(str(vault))
    assert page.trouble.count() == 0


def test_a_congress_keeps_the_clock_it_was_opened_with(
    make: MakeController, vault: Path, entered: list[OpenCongress], qtbot: QtBot
) -> None:
    clock = ManualClock(datetime(2026, 5, 1, 14, 40, tzinfo=UTC))
    controller = make(clock=clock)
    with qtbot.waitSignal(controller.opened):
        controller.open(vault, "secretariat", PASSPHRASE)
    assert entered[0].clock is clock
