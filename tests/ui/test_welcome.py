from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, create_congress
from congress.kernel.clock import ManualClock
from congress.kernel.errors import EnvironmentFault
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.controllers.setup import SetupController
from congress.ui.controllers.welcome import (
    Founding,
    Known,
    WelcomeController,
    folder_name,
)
from congress.ui.page import Page, PageFactory, PageHeader
from congress.ui.pages.new_congress import NewCongressPage
from congress.ui.pages.setup import SetupPage
from congress.ui.pages.sign_in import SignInPage
from congress.ui.pages.welcome import WelcomePage
from congress.ui.plan import Plan
from congress.ui.recent import KEPT, RecentCongresses
from congress.ui.theme.tokens import Mode
from congress.ui.widgets.button import Button
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ErrorView
from congress.ui.window import MainWindow
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import CHEAP, PASSPHRASE, make_vault

MakeController = Callable[..., WelcomeController]


def _found(founding: Founding) -> OpenCongress:
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
        given: dict[str, object] = {"found": _found} | changes
        return WelcomeController(context, recent, **given)  # type: ignore[arg-type]

    yield controller
    for congress in entered:
        congress.close()


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    with make_vault(tmp_path) as made:
        made.add_member("Lan", Role.DELEGATE, "three red umbrellas")
        return made.path


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


def test_a_window_goes_from_the_welcome_to_the_steps_of_the_new_congress(
    qtbot: QtBot, qapp: QApplication, recent: RecentCongresses, tmp_path: Path
) -> None:
    def page(kind: type[WelcomePage | NewCongressPage]) -> Callable[[UiContext], Page]:
        return lambda context: kind(context, WelcomeController(context, recent, found=_found))

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


def test_a_congress_keeps_the_clock_it_was_opened_with(
    make: MakeController, vault: Path, entered: list[OpenCongress], qtbot: QtBot
) -> None:
    clock = ManualClock(datetime(2026, 5, 1, 14, 40, tzinfo=UTC))
    controller = make(clock=clock)
    with qtbot.waitSignal(controller.opened):
        controller.open(vault, "secretariat", PASSPHRASE)
    assert entered[0].clock is clock
