"""What the first screens work on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, create_congress
from congress.kernel.roles import Role
from congress.ui.context import UiContext
from congress.ui.controllers.welcome import Founding, WelcomeController
from congress.ui.recent import RecentCongresses
from tests.helpers.vaults import CHEAP, make_vault

MakeController = Callable[..., WelcomeController]


def founded(founding: Founding) -> OpenCongress:
    return create_congress(
        founding.folder,
        founding.settings,
        founding.passphrase,
        name=founding.member,
        kdf=CHEAP,
    )


@pytest.fixture
def recent(tmp_path: Path) -> RecentCongresses:
    return RecentCongresses(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def entered() -> list[OpenCongress]:
    return []


@pytest.fixture
def make(
    context: UiContext, recent: RecentCongresses, entered: list[OpenCongress], qtbot: QtBot
) -> Iterator[MakeController]:
    object.__setattr__(context, "enter", entered.append)

    def controller(**changes: object) -> WelcomeController:
        given: dict[str, object] = {"found": founded} | changes
        return WelcomeController(context, recent, **given)  # type: ignore[arg-type]

    yield controller
    for congress in entered:
        congress.close()


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    with make_vault(tmp_path) as made:
        made.add_member("Lan", Role.DELEGATE, "three red umbrellas")
        return made.path
