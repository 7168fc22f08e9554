"""The first steps of a new congress."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId, new_id
from congress.people.rules import blank_person
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.controllers.setup import SetupController
from congress.ui.entrance import plan
from congress.ui.pages.setup import SetupPage
from congress.ui.recent import RecentCongresses
from tests.helpers.uicontext import Surroundings


@pytest.fixture
def setup_page(qtbot: QtBot, context: UiContext, congress: OpenCongress) -> SetupPage:
    context.bridge.listen(congress.bus)
    controller = SetupController(context, congress)
    page = SetupPage(
        context,
        controller,
        SettingsController(context, congress),
        lambda: ("agenda.pdf", b"%PDF"),
    )
    qtbot.addWidget(page)
    with qtbot.waitSignal(controller.counted):
        page.shown()
    return page


def _open_steps(page: SetupPage) -> list[int]:
    return [step for step, card in page.cards.items() if not card.body.isHidden()]


def test_the_steps_lead_on_and_each_can_wait(setup_page: SetupPage, around: Surroundings) -> None:
    page = setup_page
    assert page.header.title.text() == "Congress of the boats"
    assert _open_steps(page) == [1]
    page._leave(1)
    assert _open_steps(page) == [2]
    assert page.cards[1].state.text == "Left for later"
    page.cards[1].unfold.click()
    assert _open_steps(page) == [1]
    page._leave(2)
    assert _open_steps(page) == [3]
    assert page.done.isHidden()
    page._leave(3)
    assert _open_steps(page) == []
    assert page.cards[3].state.text == "Chosen"
    assert not page.done.isHidden()
    page.done.click()
    assert around.visited == ["home"]


def test_a_step_is_done_when_its_things_are_there(
    qtbot: QtBot, setup_page: SetupPage, congress: OpenCongress
) -> None:
    person = replace(blank_person(PersonId(new_id()), "en"), badge="1", name="Lan")
    congress.people.add(person)
    qtbot.waitUntil(lambda: setup_page.cards[1].state.text == "1 person")
    assert _open_steps(setup_page) == [2]


def test_the_rules_are_chosen_in_place(
    qtbot: QtBot, setup_page: SetupPage, congress: OpenCongress
) -> None:
    assert "190" in setup_page.source.text()
    setup_page.pack.chosen.emit("roberts")
    qtbot.waitUntil(lambda: congress.settings.rule_pack == "roberts")
    qtbot.waitUntil(lambda: "190" not in setup_page.source.text())


def test_each_step_has_a_file_to_look_at(
    qtbot: QtBot, setup_page: SetupPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves = {
        "people.csv": setup_page.save_people,
        "agenda.pdf": setup_page.save_paper,
        "rules.toml": setup_page.save_rules,
    }
    for name, save in saves.items():
        target = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, t=target: (str(t), ""))
        save()
        qtbot.waitUntil(target.exists)
    assert b"Badge number" in (tmp_path / "people.csv").read_bytes()
    assert b"party-congress" in (tmp_path / "rules.toml").read_bytes()


def test_the_sample_paper_is_in_the_language_of_the_person(
    qtbot: QtBot,
    ui: tuple[UiContext, Surroundings],
    congress: OpenCongress,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "agenda.pdf"
    proposed: list[str] = []

    def choose(_: object, __: str, name: str) -> tuple[str, str]:
        proposed.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    recent = RecentCongresses(QSettings(str(tmp_path / "m.ini"), QSettings.Format.IniFormat))
    pages = plan(recent, paper=lambda lang: (f"agenda-{lang}.pdf", b"%PDF"))
    page = pages.factory(SetupPage.key).build(replace(ui[0], congress=congress))
    assert isinstance(page, SetupPage)
    qtbot.addWidget(page)
    page.save_paper()
    qtbot.waitUntil(target.exists)
    assert proposed == ["agenda-en.pdf"]


def test_an_error_of_the_rules_is_shown(setup_page: SetupPage, around: Surroundings) -> None:
    error = RefusedError("role.not_allowed")
    setup_page._settings.refused.emit("quorum", error)
    assert around.errors == [error]
