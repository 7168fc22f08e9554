"""A new congress, from its form to its first steps."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.kernel.errors import EnvironmentFault
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.controllers.setup import SetupController
from congress.ui.controllers.welcome import Founding, WelcomeController
from congress.ui.page import Page, PageFactory, PageHeader
from congress.ui.pages.new_congress import NewCongressPage
from congress.ui.pages.setup import SetupPage
from congress.ui.pages.welcome import WelcomePage
from congress.ui.plan import Plan
from congress.ui.recent import RecentCongresses
from congress.ui.window import MainWindow
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import PASSPHRASE
from tests.ui.welcome.conftest import MakeController, founded


def _form(
    qtbot: QtBot, context: UiContext, controller: WelcomeController, place: Path
) -> NewCongressPage:
    page = NewCongressPage(context, controller)
    qtbot.addWidget(page)
    page._chosen = place
    page.shown()
    page.name.value = "Congress: the boats"
    page.starts.value = "14/3/2026"
    page.ends.value = "15/3/2026"
    page.place.value = " Huế "
    page.member.value = "Lan"
    page.passphrase.value = page.again.value = PASSPHRASE
    return page


def test_a_congress_is_made_and_the_steps_go_on(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    make: MakeController,
    entered: list[OpenCongress],
    recent: RecentCongresses,
    tmp_path: Path,
) -> None:
    page = _form(qtbot, context, make(), tmp_path)
    assert page.folder.text().strip("\u2066\u2069") == str(tmp_path / "Congress the boats")
    page.create_button.click()
    qtbot.waitUntil(lambda: around.visited == ["setup"])
    (congress,) = entered
    assert congress.settings.name == "Congress: the boats"
    assert (congress.settings.place, congress.actor.name) == ("Huế", "Lan")
    assert str(congress.settings.starts) == "2026-03-14"
    assert recent.paths() == [tmp_path / "Congress the boats"]
    page.closing()
    assert page.passphrase.value == page.again.value == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("starts", "soon"),
        ("ends", "soon"),
        ("ends", "13/3/2026"),
        ("member", ""),
        ("passphrase", "short"),
        ("again", "another one"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    qtbot: QtBot,
    context: UiContext,
    make: MakeController,
    tmp_path: Path,
    field: str,
    value: str,
) -> None:
    controller = make()
    page = _form(qtbot, context, controller, tmp_path)
    getattr(page, field).value = value
    page.submit()
    wrong = [
        name
        for name in ("name", "starts", "ends", "place", "member", "passphrase", "again")
        if getattr(page, name).error.text()
    ]
    assert wrong == [field]
    assert not controller.busy
    assert not (tmp_path / "Congress the boats").exists()


def test_a_full_disk_is_told_and_the_form_stays(
    qtbot: QtBot, context: UiContext, make: MakeController, tmp_path: Path
) -> None:
    def full(_: Founding) -> OpenCongress:
        raise EnvironmentFault("disk.full", file="congress.db")

    page = _form(qtbot, context, make(found=full), tmp_path)
    page.submit()
    qtbot.waitUntil(lambda: page.trouble.count() == 1)
    qtbot.waitUntil(page.create_button.isEnabled)
    assert page.name.value == "Congress: the boats"


def test_the_place_of_the_folder_is_chosen(
    qtbot: QtBot,
    context: UiContext,
    make: MakeController,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = NewCongressPage(context, make())
    qtbot.addWidget(page)
    for answer in ("", str(tmp_path)):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, a=answer: a)
        page.choose_folder()
    assert page.path == tmp_path / "Congress"


def test_a_passphrase_never_stands_in_a_text() -> None:
    founding = Founding(Path("x"), Settings("C"), "lan", PASSPHRASE)
    assert PASSPHRASE not in repr(founding)


def test_a_window_goes_from_the_welcome_to_the_steps_of_the_new_congress(
    qtbot: QtBot, qapp: QApplication, recent: RecentCongresses, tmp_path: Path
) -> None:
    def page(kind: type[WelcomePage | NewCongressPage]) -> Callable[[UiContext], Page]:
        return lambda context: kind(context, WelcomeController(context, recent, found=founded))

    def setup(context: UiContext) -> SetupPage:
        assert context.congress is not None
        return SetupPage(
            context,
            SetupController(context, context.congress),
            SettingsController(context, context.congress),
        )

    everyone = frozenset(Role)
    pages = (
        PageFactory(
            "welcome", "welcome", "welcome.title", "house", frozenset(), page(WelcomePage), False
        ),
        PageFactory(
            "new-congress", "welcome", "found.title", "house", frozenset(), page(NewCongressPage),
            False,
        ),
        PageFactory("setup", "setup", "setup.title", "path", everyone, setup),
    )  # fmt: skip
    window = MainWindow(qapp, Plan(pages, start="welcome", home=lambda _: "setup"))
    qtbot.addWidget(window)
    window.show()
    first = window.shell.current
    assert isinstance(first, WelcomePage)
    first.new_card.activated.emit()
    form = window.shell.current
    assert isinstance(form, NewCongressPage)
    form._chosen = tmp_path
    form.name.value = "Boats"
    form.passphrase.value = form.again.value = PASSPHRASE
    form.submit()
    qtbot.waitUntil(lambda: isinstance(window.shell.current, SetupPage))
    steps = window.shell.current
    qtbot.waitUntil(lambda: steps.findChild(PageHeader).title.text() == "Boats")  # type: ignore[union-attr]
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.shell.current, WelcomePage))
    assert [known.name for known in WelcomeController(window.context, recent).known()] == ["Boats"]
    qtbot.waitUntil(lambda: not window.tasks.busy)
    window.close()
