"""Groups and policies on the settings page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, create_congress, open_congress
from congress.kernel.ids import MemberId
from congress.kernel.roles import Clearance, Role
from congress.kernel.settings import Settings
from congress.storage.model import Group, Member
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.pages.group_dialog import GroupDialog
from congress.ui.pages.setting_policy import ClearanceChecks
from congress.ui.pages.settings import SettingsPage
from congress.ui.widgets.button import Button
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.memberpicker import OFFERED, MemberPicker
from tests.helpers.papers import pdf
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import CHEAP, MORNING, PASSPHRASE

_LAN = "three red umbrellas"


@pytest.fixture
def congress(tmp_path: Path) -> Iterator[OpenCongress]:
    with create_congress(tmp_path / "vault", Settings("Boats"), PASSPHRASE, kdf=CHEAP) as made:
        yield made


@pytest.fixture
def people(congress: OpenCongress) -> tuple[Member, Member]:
    add = congress.vault.add_member
    return add("Lan", Role.DELEGATE, _LAN), add("Hoa", Role.COMMITTEE, "seven tall candles")


def _page(qtbot: QtBot, context: UiContext, congress: OpenCongress) -> SettingsPage:
    context.bridge.listen(congress.bus)
    controller = SettingsController(context, congress)
    page = SettingsPage(context, controller)
    qtbot.addWidget(page)
    with qtbot.waitSignal(controller.groups.listed):
        page.shown()
    return page


def _dialog(page: SettingsPage) -> GroupDialog:
    found = [each for each in page.findChildren(GroupDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def _buttons(page: SettingsPage, row: int) -> list[Button]:
    return page.paper_groups.list.rows[row].findChildren(Button)


def _groups(congress: OpenCongress) -> list[tuple[str, int]]:
    return [(each.name, len(each.members)) for each in congress.groups.all()]


def test_a_group_is_made_by_keyboard(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    congress: OpenCongress,
    people: tuple[Member, Member],
) -> None:
    page = _page(qtbot, context, congress)
    page.paper_groups.new.click()
    dialog = _dialog(page)
    QTest.keyClicks(dialog.name.editor, "Drafting")
    QTest.keyClicks(dialog.members.search, "ho")
    QTest.keyClick(dialog.members.search, Qt.Key.Key_Return)
    assert dialog.members.chosen == (people[1].id,)
    assert not dialog.leaving.isVisible()
    QTest.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert _groups(congress) == [("Drafting", 1)]
    assert around.toasts[-1][0] == "Group made: Drafting"
    qtbot.waitUntil(lambda: len(page.paper_groups.list.rows) == 1)
    assert page.paper_groups.list.rows[0].subtitle.text() == "Hoa"


def test_who_leaves_is_warned_about(
    qtbot: QtBot, context: UiContext, congress: OpenCongress, people: tuple[Member, Member]
) -> None:
    congress.groups.add("Drafting", [each.id for each in people])
    page = _page(qtbot, context, congress)
    _buttons(page, 0)[0].click()
    dialog = _dialog(page)
    assert dialog.name.value == "Drafting"
    assert set(dialog.members.chosen) == {each.id for each in people}
    assert not dialog.leaving.isVisible()
    leave = dialog.members.inside.rows[0].findChildren(Button)[0]
    assert leave.accessibleName() == "Take Hoa out of the group"
    leave.click()
    assert dialog.leaving.isVisible()
    dialog.submit()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert congress.groups.all()[0].members == (people[0].id,)


def test_a_name_that_is_taken_is_said_in_the_dialog(
    qtbot: QtBot, context: UiContext, congress: OpenCongress
) -> None:
    congress.groups.add("Drafting", [])
    page = _page(qtbot, context, congress)
    page.paper_groups.add_group()
    dialog = _dialog(page)
    dialog.submit()
    assert dialog.name.error.text() == "Give the group a name."
    dialog.name.value = "drafting"
    with qtbot.waitSignal(page.paper_groups._controller.refused):
        dialog.submit()
    assert dialog.isVisible()
    assert dialog.trouble.count() == 1
    assert dialog.yes.isEnabled()
    dialog.reject()


def test_a_group_with_papers_stays(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    congress: OpenCongress,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = congress.groups.add("Drafting", [])
    (tmp_path / "a.pdf").write_bytes(pdf("one"))
    paper = congress.library.import_file(
        tmp_path / "a.pdf", clearance=Clearance.RESTRICTED, group=group.id
    )
    page = _page(qtbot, context, congress)
    asked: list[str] = []

    def ask(*words: object, **_: object) -> bool:
        asked.append(str(words[1]))
        return len(asked) > 1

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    remove = _buttons(page, 0)[1]
    remove.click()
    assert asked == ["Remove the group Drafting?"]
    remove.click()
    qtbot.waitUntil(lambda: bool(around.errors))
    assert around.errors[0].code == "group.has_papers"
    congress.library.remove(paper.id)
    _buttons(page, 0)[1].click()
    qtbot.waitUntil(lambda: page.paper_groups.list.rows == [])
    assert _groups(congress) == []


def test_others_see_their_groups_and_change_none(
    qtbot: QtBot, context: UiContext, congress: OpenCongress, people: tuple[Member, Member]
) -> None:
    congress.groups.add("Drafting", [people[0].id])
    path = congress.vault.path
    congress.close()
    with open_congress(path, _LAN, name="lan") as lan:
        page = _page(qtbot, context, lan)
        qtbot.waitUntil(lambda: len(page.paper_groups.list.rows) == 1)
        assert not page.paper_groups.isHidden()
        assert page.paper_groups.new.isHidden()
        assert _buttons(page, 0) == []
        assert "copying" not in page.rows
    with open_congress(path, "seven tall candles", name="hoa") as hoa:
        page = _page(qtbot, context, hoa)
        assert page.paper_groups.isHidden()
        page.search.setText("group")
        assert page.paper_groups.isHidden()


def test_the_settings_find_groups_by_a_word(
    qtbot: QtBot, context: UiContext, congress: OpenCongress
) -> None:
    page = _page(qtbot, context, congress)
    page.search.setText("restricted papers")
    assert not page.paper_groups.isHidden()
    page.search.setText("quorum")
    assert page.paper_groups.isHidden()
    assert "New group" in [command.title for command in page.commands()]


def _members(count: int) -> list[Member]:
    return [
        Member(MemberId(f"{place:026}"), f"Delegate {place}", Role.DELEGATE, MORNING)
        for place in range(count)
    ]


def test_of_many_members_some_are_offered_and_the_search_finds_the_others(
    qtbot: QtBot, context: UiContext
) -> None:
    members = _members(300)
    picker = MemberPicker(context, members, [members[0].id])
    qtbot.addWidget(picker)
    picker.show()
    assert len(picker.outside.rows) == OFFERED
    assert picker.more.text() == "294 more; type a name to find them."
    picker.search.setText("delegate 299")
    assert [row.title.text() for row in picker.outside.rows] == ["Delegate 299"]
    assert not picker.more.isVisible()
    QTest.mouseClick(picker.outside.rows[0], Qt.MouseButton.LeftButton)
    assert picker.chosen == (members[0].id, members[299].id)
    assert picker.search.text() == ""
    assert len(picker.inside.rows) == 2


def test_when_all_are_chosen_there_is_nobody_to_search(qtbot: QtBot, context: UiContext) -> None:
    members = _members(2)
    picker = MemberPicker(context, members)
    qtbot.addWidget(picker)
    picker.show()
    assert picker.nobody.isVisible()
    for member in members:
        picker.choose(member.id, True)
    assert not picker.search.isVisible()
    assert not picker.nobody.isVisible()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert len(picker.chosen) == 2


@pytest.mark.parametrize("field", ["copying", "printing"])
def test_what_may_leave_the_screen_is_stored(
    qtbot: QtBot, context: UiContext, around: Surroundings, congress: OpenCongress, field: str
) -> None:
    page = _page(qtbot, context, congress)
    editor = page.rows[field].editor
    assert isinstance(editor, ClearanceChecks)
    qtbot.waitUntil(lambda: editor.value == {Clearance.PUBLIC, Clearance.DELEGATES})
    editor.boxes[Clearance.RESTRICTED].click()
    editor.boxes[Clearance.PUBLIC].click()
    wanted = {Clearance.DELEGATES, Clearance.RESTRICTED}
    qtbot.waitUntil(lambda: getattr(congress.settings, field) == wanted)
    assert around.undo is not None
    assert all(box.accessibleName().count(":") == 1 for box in editor.boxes.values())


def test_a_group_of_nobody_is_said_to_be_the_secretariats(
    qtbot: QtBot, context: UiContext, congress: OpenCongress
) -> None:
    group: Group = congress.groups.add("Drafting", [])
    page = _page(qtbot, context, congress)
    row = page.paper_groups.list.rows[0]
    assert row.title.text() == group.name
    assert row.subtitle.text() == "The secretariat alone"
