"""The first screen, and the congresses that the machine remembers."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, create_congress
from congress.kernel.settings import Settings
from congress.ui.context import UiContext
from congress.ui.controllers.welcome import Known, WelcomeController, folder_name
from congress.ui.pages.new_congress import NewCongressPage
from congress.ui.pages.sign_in import SignInPage
from congress.ui.pages.welcome import WelcomePage
from congress.ui.recent import KEPT, RecentCongresses
from congress.ui.theme.tokens import Mode
from congress.ui.widgets.button import Button
from congress.ui.widgets.choice import SegmentedControl
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import CHEAP, PASSPHRASE
from tests.ui.welcome.conftest import MakeController


def test_folders_are_remembered_the_latest_first(recent: RecentCongresses, tmp_path: Path) -> None:
    assert recent.paths() == []
    recent.add(tmp_path / "one")
    assert recent.paths() == [tmp_path / "one"]
    recent.add(tmp_path / "two")
    recent.add(tmp_path / "one")
    assert recent.paths() == [tmp_path / "one", tmp_path / "two"]
    recent.forget(tmp_path / "one")
    assert recent.paths() == [tmp_path / "two"]
    for number in range(KEPT + 3):
        recent.add(tmp_path / str(number))
    assert len(recent.paths()) == KEPT


def test_the_machine_remembers_folders_alone(recent: RecentCongresses, tmp_path: Path) -> None:
    recent.add(tmp_path / "Đại hội")
    kept = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    assert kept.allKeys() == ["recent"]
    assert RecentCongresses(kept).paths() == [tmp_path / "Đại hội"]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Third Congress", "Third Congress"),
        ("Đại hội 1/2: ngày?", "Đại hội 1 2 ngày"),
        ("کشتی سازوں کی کانگریس", "کشتی سازوں کی کانگریس"),
        ("../..\\evil\n", "evil"),
        (" . ", "congress"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_congress_names_its_folder(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_a_folder_in_use_is_never_taken(make: MakeController, tmp_path: Path) -> None:
    (tmp_path / "Congress").mkdir()
    (tmp_path / "Congress 2").mkdir()
    assert make().free_folder(tmp_path, "Congress") == tmp_path / "Congress 3"


def test_the_first_screen_offers_three_ways(
    qtbot: QtBot, context: UiContext, around: Surroundings, make: MakeController
) -> None:
    page = WelcomePage(context, make(sample=lambda _: None))
    qtbot.addWidget(page)
    page.shown()
    assert page.known_heading.isHidden()
    assert not page.sample_card.isHidden()
    page.new_card.activated.emit()
    assert around.visited == ["new-congress"]


def test_known_congresses_are_cards_and_the_missing_one_says_so(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    make: MakeController,
    recent: RecentCongresses,
    vault: Path,
    tmp_path: Path,
) -> None:
    recent.add(tmp_path / "gone")
    recent.add(vault)
    page = WelcomePage(context, make())
    qtbot.addWidget(page)
    page.shown()
    there, gone = page.known_cards
    assert there.accessibleName() == "vault"
    assert "not there" in gone.accessibleName()
    there.activated.emit()
    assert around.visited == [f"sign-in/{vault}"]
    gone.forget.click()
    assert recent.paths() == [vault]
    assert len(page.known_cards) == 1
    assert around.undo is not None
    around.undo()
    assert set(recent.paths()) == {vault, tmp_path / "gone"}


def test_another_folder_is_chosen_by_hand(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    make: MakeController,
    vault: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = WelcomePage(context, make())
    qtbot.addWidget(page)
    for answer in ("", str(vault)):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, a=answer: a)
        page.choose_folder()
    assert around.visited == [f"sign-in/{vault}"]


def test_the_sample_congress_is_made_and_entered(
    qtbot: QtBot,
    context: UiContext,
    make: MakeController,
    entered: list[OpenCongress],
    tmp_path: Path,
) -> None:
    def sample(_: object) -> OpenCongress:
        return create_congress(tmp_path / "sample", Settings("Sample"), PASSPHRASE, kdf=CHEAP)

    page = WelcomePage(context, make(sample=sample))
    qtbot.addWidget(page)
    page.try_sample()
    qtbot.waitUntil(lambda: bool(entered))
    assert entered[0].settings.name == "Sample"


def test_language_and_mode_are_chosen_before_anything_else(
    qtbot: QtBot, context: UiContext, around: Surroundings, make: MakeController
) -> None:
    page = WelcomePage(context, make())
    qtbot.addWidget(page)
    (languages,) = page.findChildren(SegmentedControl)
    languages.chosen.emit("vi")
    next(b for b in page.findChildren(Button) if b.accessibleName() == "Switch to dark").click()
    assert [(p.lang, p.mode) for p in around.preferred] == [("vi", Mode.LIGHT), ("en", Mode.DARK)]


def test_a_congress_is_called_by_its_folder() -> None:
    assert Known(Path("/a/Boats"), found=True).name == "Boats"


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_the_first_pages_stand_in_every_language(
    qtbot: QtBot, qapp: object, recent: RecentCongresses, vault: Path, lang: str
) -> None:
    recent.add(vault)
    with ui_context(lang) as (context, _):
        for build in (WelcomePage, SignInPage, NewCongressPage):
            page = build(context, WelcomeController(context, recent))
            qtbot.addWidget(page)
            page.shown()
            page.show()
            assert page.grab().width() > 0
