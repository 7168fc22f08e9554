"""What a congress decided, and this screen: shown, chosen and found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, open_congress
from congress.i18n.translator import Translator
from congress.kernel.errors import RefusedError
from congress.kernel.roles import Role
from congress.kernel.settings import QuorumRule, Settings
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.pages.member_dialogs import MemberDialog, PassphraseDialog
from congress.ui.pages.setting_rows import pack_options, quorum_options
from congress.ui.pages.settings import SettingsPage
from congress.ui.theme.tokens import Mode
from congress.ui.widgets.choice import Check, SegmentedControl, Select
from congress.ui.widgets.dates import DayField
from congress.ui.widgets.dialog import ConfirmDialog
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import PASSPHRASE

_LAN = "three red umbrellas"


@pytest.fixture
def page(qtbot: QtBot, context: UiContext, congress: OpenCongress) -> SettingsPage:
    return _page(qtbot, context, congress)


def _page(qtbot: QtBot, context: UiContext, congress: OpenCongress) -> SettingsPage:
    context.bridge.listen(congress.bus)
    controller = SettingsController(context, congress)
    page = SettingsPage(context, controller)
    qtbot.addWidget(page)
    page.shown()
    if controller.may_change:
        with qtbot.waitSignal(controller.loaded):
            pass
    return page


def _until(qtbot: QtBot, congress: OpenCongress, check: Callable[[Settings], bool]) -> None:
    qtbot.waitUntil(lambda: check(congress.settings))


def test_what_the_congress_decided_is_shown(page: SettingsPage) -> None:
    def editor(field: str) -> object:
        return page.rows[field].editor

    name, day, quorum = editor("name"), editor("starts"), editor("quorum")
    assert isinstance(name, QLineEdit)
    assert name.text() == "Congress of the boats"
    assert isinstance(day, DayField)
    assert day.day == date(2026, 3, 14)
    assert isinstance(quorum, Select)
    assert quorum.value == QuorumRule()


def test_every_setting_tells_its_consequence(page: SettingsPage) -> None:
    assert len(page.rows) >= 15
    for field, row in page.rows.items():
        assert row.consequence.text(), field
        assert row.editor.accessibleName(), field


def test_a_choice_lasts_at_once_and_can_be_undone(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress, around: Surroundings
) -> None:
    quorum = page.rows["quorum"].editor
    assert isinstance(quorum, Select)
    wanted = QuorumRule(Fraction(1, 2), strict=True)
    quorum.set_value(wanted)
    quorum.chosen.emit(wanted)
    qtbot.waitUntil(lambda: bool(around.toasts))
    assert congress.settings.quorum == wanted
    assert around.undo is not None
    around.undo()
    _until(qtbot, congress, lambda now: now.quorum == QuorumRule())
    qtbot.waitUntil(lambda: quorum.value == QuorumRule())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "vi"),
        ("face_backend", "face_recognition"),
        ("rule_pack", "roberts"),
    ],
)
def test_each_choice_is_stored(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress, field: str, value: str
) -> None:
    editor = page.rows[field].editor
    assert isinstance(editor, SegmentedControl | Select)
    editor.chosen.emit(value)
    _until(qtbot, congress, lambda now: getattr(now, field) == value)


@pytest.mark.parametrize("field", ["keep_photos", "motto"])
def test_a_tick_is_stored(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress, field: str
) -> None:
    check = page.rows[field].editor
    assert isinstance(check, Check)
    check.click()
    _until(qtbot, congress, lambda now: getattr(now, field) is True)


def test_typed_texts_and_days_are_stored_when_the_person_leaves_the_field(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress
) -> None:
    place, ends = page.rows["place"].editor, page.rows["ends"].editor
    assert isinstance(place, QLineEdit)
    assert isinstance(ends, DayField)
    place.selectAll()
    place.insert(" Hà Nội ")
    place.editingFinished.emit()
    place.editingFinished.emit()
    _until(qtbot, congress, lambda now: now.place == "Hà Nội")
    ends.value = "16/3/2026"
    ends.editor.editingFinished.emit()  # type: ignore[attr-defined]
    _until(qtbot, congress, lambda now: now.ends == date(2026, 3, 16))


def test_what_no_congress_can_decide_is_said_at_its_row(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress
) -> None:
    name = page.rows["name"].editor
    assert isinstance(name, QLineEdit)
    name.clear()
    name.setModified(True)
    name.editingFinished.emit()
    qtbot.waitUntil(lambda: "needs a name" in page.rows["name"].error.text())
    assert congress.settings.name == "Congress of the boats"


def test_an_error_of_no_row_is_shown_over_the_page(
    page: SettingsPage, around: Surroundings
) -> None:
    error = RefusedError("role.not_allowed")
    page._refused("elsewhere", error)
    assert around.errors == [error]


def test_nothing_changed_is_nothing_stored(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress, around: Surroundings
) -> None:
    page._change("language", "en")
    qtbot.waitUntil(lambda: not page.context.tasks.busy)
    assert around.toasts == []


@pytest.mark.parametrize(
    ("field", "value"), [("lang", "ur"), ("mode", Mode.DARK), ("text_scale", 1.3), ("motion", True)]
)
def test_this_screen_changes_at_once(
    page: SettingsPage, around: Surroundings, field: str, value: object
) -> None:
    control = page.rows[field].editor
    assert isinstance(control, SegmentedControl)
    control.chosen.emit(value)
    assert around.preferred == [replace(page.context.preferences, **{field: value})]  # type: ignore[arg-type]


def test_digits_are_a_choice_in_urdu_alone(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress
) -> None:
    assert "urdu_digits" not in page.rows
    with ui_context("ur") as (context, _):
        assert "urdu_digits" in _page(qtbot, context, congress).rows


def test_the_search_shows_what_matches_alone(page: SettingsPage) -> None:
    page.search.setText("quorum")
    shown = [field for field, row in page.rows.items() if not row.isHidden()]
    assert "quorum" in shown
    assert "lang" not in shown
    assert [group for group in page.groups if not group.isHidden()]
    page.search.setText("no such thing")
    assert all(group.isHidden() for group in page.groups)
    assert not page.none.isHidden()
    page.search.setText("")
    assert not any(group.isHidden() for group in page.groups)
    page.search.setText("roll call")
    assert not page.rows["keep_photos"].isHidden()


def test_every_setting_is_found_by_the_palette(page: SettingsPage) -> None:
    titles = [command.title for command in page.commands()]
    assert {"Quorum", "Keep a portrait of each enrolled person", "Add a member"} <= set(titles)
    page.opened("quorum")
    page.opened("no such field")


def test_members_are_listed_added_and_removed(
    qtbot: QtBot,
    page: SettingsPage,
    congress: OpenCongress,
    around: Surroundings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = MemberDialog(page.context, page._controller, page)
    dialog.open()
    dialog.submit()
    assert dialog.name.error.text()
    assert dialog.passphrase.error.text()
    dialog.name.value = "Lan"
    dialog.role.set_value(Role.DELEGATE)
    dialog.role.chosen.emit(Role.DELEGATE)
    assert "votes" in dialog.about.help.text()
    dialog.passphrase.value, dialog.again.value = _LAN, "another passphrase"
    dialog.submit()
    assert dialog.again.error.text()
    dialog.again.value = _LAN
    dialog.submit()
    qtbot.waitUntil(lambda: len(page.members.rows) == 2)
    assert not dialog.isVisible()
    assert dialog.passphrase.value == ""
    assert around.toasts[-1][0].startswith("Lan")

    lan = next(each for each in congress.vault.members() if each.name == "Lan")
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: False)
    page.remove_member(lan)
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: True)
    page.remove_member(lan)
    qtbot.waitUntil(lambda: len(page.members.rows) == 1)


def test_a_name_that_is_taken_is_said_in_the_dialog(qtbot: QtBot, page: SettingsPage) -> None:
    dialog = MemberDialog(page.context, page._controller, page)
    dialog.open()
    dialog.name.value = "SECRETARIAT"
    dialog.passphrase.value = dialog.again.value = _LAN
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.trouble.count() == 1)
    assert dialog.isVisible()
    assert dialog.yes.isEnabled()
    dialog.reject()


def test_the_passphrase_is_changed_with_the_old_one_alone(
    qtbot: QtBot, page: SettingsPage, congress: OpenCongress
) -> None:
    dialog = PassphraseDialog(page.context, page._controller, page)
    dialog.open()
    dialog.passphrase.value = dialog.again.value = _LAN
    dialog.submit()
    assert dialog.old.error.text()
    dialog.old.value = "not the old one"
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.trouble.count() == 1)
    dialog.old.value = PASSPHRASE
    dialog.submit()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.old.value == ""
    path = congress.vault.path
    congress.close()
    open_congress(path, _LAN).close()


def test_the_buttons_open_the_dialogs(qtbot: QtBot, page: SettingsPage) -> None:
    page.add_member()
    page.change_passphrase()
    (member,) = page.findChildren(MemberDialog)
    (passphrase,) = page.findChildren(PassphraseDialog)
    assert member.isVisible()
    assert passphrase.isVisible()
    member.reject()
    passphrase.reject()


def test_a_delegate_changes_their_own_screen_and_passphrase_alone(
    qtbot: QtBot, context: UiContext, congress: OpenCongress
) -> None:
    congress.vault.add_member("lan", Role.DELEGATE, _LAN)
    path = congress.vault.path
    congress.close()
    with open_congress(path, _LAN, name="lan") as own:
        page = _page(qtbot, context, own)
        theirs = {"lang", "mode", "text_scale", "motion", "contrast", "passphrase"}
        assert set(page.rows) == theirs
        assert len(page.commands()) == 7


def test_rules_that_are_not_among_the_usual_ones_are_offered_too() -> None:
    tr = Translator("en")
    usual = quorum_options(tr, QuorumRule())
    assert len(usual) == 4
    strict = QuorumRule(Fraction(3, 5), strict=True)
    assert quorum_options(tr, strict)[-1] == (strict, "More than 3/5")
    assert quorum_options(tr, QuorumRule(Fraction(3, 5)))[-1][1] == "At least 3/5"
    assert ("party-congress", "Party congress (Vietnam)") in pack_options(tr, "party-congress")
    assert pack_options(tr, "our-own")[-1] == ("our-own", "our-own")
