"""What this screen is like and what the congress decides; few, grouped, searchable."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.settings import LANGUAGES, Settings
from congress.rollcall.quorum import Quorum
from congress.storage.model import Member
from congress.ui.capture import Capture, system
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.page import Command, ScrollPage
from congress.ui.pages.member_dialogs import MemberDialog, PassphraseDialog
from congress.ui.pages.setting_groups import GroupsSetting
from congress.ui.pages.setting_policy import ClearanceChecks, PolicySetting
from congress.ui.pages.setting_quorum import QuorumRows
from congress.ui.pages.setting_rows import (
    SettingGroup,
    SettingRow,
    pack_options,
)
from congress.ui.pages.trustees_banner import TRUSTEES_PAGE
from congress.ui.preferences import PANEL_SECONDS, Preferences
from congress.ui.theme.tokens import TEXT_SCALES, Mode, Tone, Type
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Check, Options, SegmentedControl, Select
from congress.ui.widgets.dates import DayField
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.field import SearchEdit

TEXT_WIDTH = 320


class SettingsPage(ScrollPage):
    """Every choice there is, each with its consequence in a line. Changes last at once."""

    key: ClassVar[str] = "settings"
    title_key: ClassVar[str] = "settings.title"
    icon: ClassVar[str] = "gear"

    def __init__(
        self, context: UiContext, controller: SettingsController, parent: QWidget | None = None
    ) -> None:
        """Lay out the groups; what the congress decided comes when the page is shown."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        self.rows: dict[str, SettingRow] = {}
        self.search = SearchEdit(context, context.tr("settings.search"))
        self.search.textChanged.connect(self._find)
        self.column.addWidget(self.search)
        self.groups = [self._screen()]
        if controller.may_change:
            self.groups += [self._congress(), self._rules(), self._roll_call(), self._policy()]
        self.paper_groups = GroupsSetting(context, controller.groups)
        self.groups += [self._signing_in(), self.paper_groups]
        for group in self.groups:
            self.column.addWidget(group)
        tr = context.tr
        self.none = EmptyState(
            context, tr("settings.none.what"), tr("settings.none.why"), icon="magnifying-glass"
        )
        self.none.hide()
        self.column.addWidget(self.none)
        controller.loaded.connect(self._show)
        controller.refused.connect(self._refused)
        controller.members_listed.connect(self._show_members)

    def _screen(self) -> SettingGroup:
        context, tr, now = self.context, self.context.tr, self.context.preferences
        group = SettingGroup(context, tr("settings.group.screen"))
        languages: Options = [(lang, tr(f"language.{lang}")) for lang in LANGUAGES]
        modes: Options = [(mode, tr(f"settings.mode.{mode}")) for mode in Mode]
        scales: Options = [(scale, tr.percent(round(scale * 100), 100, 0)) for scale in TEXT_SCALES]
        moving: Options = [(True, tr("settings.motion.on")), (False, tr("settings.motion.off"))]
        sharp: Options = [(False, tr("settings.contrast.off")), (True, tr("settings.contrast.on"))]
        waits: Options = [
            (wait, tr("settings.panel_seconds.of", count=wait)) for wait in PANEL_SECONDS
        ]
        digits: Options = [(False, "0123"), (True, "۰۱۲۳")]
        choices: list[tuple[str, Options, object]] = [
            ("lang", languages, now.lang),
            ("mode", modes, now.mode),
            ("text_scale", scales, now.text_scale),
            ("motion", moving, now.motion),
            ("contrast", sharp, now.contrast),
        ]
        if self._controller.may_change:
            choices.append(("panel_seconds", waits, now.panel_seconds))
        if tr.lang == "ur":
            choices.append(("urdu_digits", digits, now.urdu_digits))
        for field, options, value in choices:
            control = SegmentedControl(context, options, value, name=tr(f"settings.{field}"))
            control.chosen.connect(partial(self._prefer, field))
            self._add(group, field, control)
        return group

    def _prefer(self, field: str, value: object) -> None:
        chosen: Preferences = replace(self.context.preferences, **{field: value})  # type: ignore[arg-type]
        self.context.prefer(chosen)

    def _congress(self) -> SettingGroup:
        context, tr = self.context, self.context.tr
        group = SettingGroup(context, tr("settings.group.congress"))
        for field in ("name", "place"):
            editor = QLineEdit()
            editor.setFont(context.theme.font(Type.BODY))
            editor.setMinimumWidth(context.theme.px(TEXT_WIDTH))
            editor.editingFinished.connect(partial(self._typed, field, editor))
            self._add(group, field, editor)
        for field in ("starts", "ends"):
            day = DayField(context, "")
            day.label.hide()
            day.editor.setAccessibleName(tr(f"settings.{field}"))
            day.setMinimumWidth(context.theme.px(TEXT_WIDTH))
            day.settled.connect(partial(self._change, field))
            self._add(group, field, day)
        languages = [(lang, tr(f"language.{lang}")) for lang in LANGUAGES]
        control = SegmentedControl(context, languages, name=tr("settings.language"))
        control.chosen.connect(partial(self._change, "language"))
        self._add(group, "language", control)
        self._add_check(group, "motto")
        return group

    def _rules(self) -> SettingGroup:
        context, tr = self.context, self.context.tr
        group = SettingGroup(context, tr("settings.group.rules"))
        select = Select(context, name=tr("settings.rule_pack"))
        select.setMinimumWidth(context.theme.px(TEXT_WIDTH))
        select.chosen.connect(partial(self._change, "rule_pack"))
        self._add(group, "rule_pack", select)
        quorum = self._controller.quorum
        wide = context.theme.px(TEXT_WIDTH)
        self.quorum = QuorumRows(context, group, quorum, self._change, wide)
        self.rows.update(self.quorum.rows)
        quorum.quorum_changed.connect(self._show_quorum)
        keys = Button(context, tr("trustees.title"), icon="key")
        keys.clicked.connect(lambda: context.navigate(TRUSTEES_PAGE))
        group.add(SettingRow(context, tr("trustees.title"), tr("trustees.lead"), keys))
        return group

    def _show_quorum(self, house: Quorum) -> None:
        self.quorum.show_house(house)

    def _roll_call(self) -> SettingGroup:
        context, tr = self.context, self.context.tr
        group = SettingGroup(context, tr("settings.group.roll_call"))
        backends = [(key, tr(f"settings.faces.{key}")) for key in ("sface", "face_recognition")]
        control = SegmentedControl(context, backends, name=tr("settings.face_backend"))
        control.chosen.connect(partial(self._change, "face_backend"))
        self._add(group, "face_backend", control)
        self._add_check(group, "keep_photos")
        return group

    def _policy(self) -> SettingGroup:
        group = PolicySetting(self.context, Capture(system()).shield, self._change)
        self.rows.update(group.fields)
        return group

    def _add_check(self, group: SettingGroup, field: str) -> None:
        check = Check(self.context, self.context.tr("settings.yes"))
        check.setAccessibleName(self.context.tr(f"settings.{field}"))
        check.clicked.connect(lambda: self._change(field, check.isChecked()))
        self._add(group, field, check)

    def _add(self, group: SettingGroup, field: str, editor: QWidget) -> None:
        tr = self.context.tr
        row = SettingRow(
            self.context, tr(f"settings.{field}"), tr(f"settings.{field}.means"), editor
        )
        self.rows[field] = group.add(row)

    def _typed(self, field: str, editor: QLineEdit) -> None:
        if editor.isModified():
            editor.setModified(False)
            self._change(field, editor.text().strip())

    def _change(self, field: str, value: object) -> None:
        self.rows[field].set_error("")
        self._controller.change(field, value)

    def _refused(self, field: str, error: CongressError) -> None:
        if field not in self.rows:
            self.context.show_error(error)
            return
        text = self.context.tr.error(error)
        self.rows[field].set_error(f"{text.what} {text.do}")

    def _show(self, settings: Settings) -> None:
        tr = self.context.tr
        for field, row in self.rows.items():
            if not hasattr(settings, field):
                continue
            value, editor = getattr(settings, field), row.editor
            row.set_error("")
            match editor:
                case Select() if field == "quorum":
                    self.quorum.show(value)
                case Select():
                    editor.set_options(pack_options(tr, value), value)
                case SegmentedControl() | ClearanceChecks():
                    editor.set_value(value)
                case Check():
                    editor.setChecked(value)
                case DayField():
                    editor.show_day(value)
                case QLineEdit() if not editor.hasFocus() or not editor.isModified():
                    editor.setText(value)
                    editor.setCursorPosition(0)

    def _signing_in(self) -> SettingGroup:
        context, tr = self.context, self.context.tr
        group = SettingGroup(context, tr("settings.group.members"))
        change = Button(context, tr("settings.passphrase.change"))
        change.clicked.connect(self.change_passphrase)
        self._add(group, "passphrase", change)
        self.members = RowList()
        if self._controller.may_manage_members:
            add = Button(context, tr("settings.member.add"), icon="user-plus")
            add.clicked.connect(self.add_member)
            self._add(group, "members", add)
            group.column.addWidget(self.members)
        return group

    def change_passphrase(self) -> None:
        """Ask for the old passphrase and a new one."""
        PassphraseDialog(self.context, self._controller, self).open()

    def add_member(self) -> None:
        """Ask for a new member."""
        MemberDialog(self.context, self._controller, self).open()

    def remove_member(self, member: Member) -> None:
        """Ask, and let someone sign in no more."""
        tr = self.context.tr
        if ConfirmDialog.ask(
            self.context,
            tr("settings.member.remove.title", name=member.name),
            tr("settings.member.remove.text"),
            tr("settings.member.remove.verb"),
            parent=self,
        ):
            self._controller.remove_member(member)

    def _show_members(self, members: Sequence[Member]) -> None:
        context, tr = self.context, self.context.tr
        self.members.clear()
        for member in members:
            row = ListRow(
                context, member.name, tr(f"role.{member.role.value}"), icon="key", clickable=False
            )
            if member.id == self._controller.actor.member_id:
                row.trailing.addWidget(Chip(context, tr("settings.member.you"), Tone.ACCENT))
            else:
                name = tr("settings.member.remove.title", name=member.name)
                remove = Button(context, icon="trash", name=name)
                remove.clicked.connect(partial(self.remove_member, member))
                row.trailing.addWidget(remove)
            self.members.add(row)

    def shown(self) -> None:
        """Read what the congress decided and who signs in."""
        if self._controller.may_change:
            self._controller.refresh()
            self._controller.quorum.refresh()
        if self._controller.may_manage_members:
            self._controller.refresh_members()
        self.paper_groups.shown()

    def opened(self, subject: str) -> None:
        """Show one setting: the name of its field."""
        if subject in self.rows:
            self.scroll_area.ensureWidgetVisible(self.rows[subject])
            self.rows[subject].editor.setFocus()

    def commands(self) -> Sequence[Command]:
        """Offer every setting, and what can be done here."""
        tr = self.context.tr
        found = [
            Command(row.label.text(), "gear", partial(self.opened, field), tr(self.title_key))
            for field, row in self.rows.items()
        ]
        found.append(Command(tr("settings.passphrase.change"), "key", self.change_passphrase))
        if self._controller.may_manage_members:
            found.append(Command(tr("settings.member.add"), "user-plus", self.add_member))
            found.append(Command(tr("groups.add"), "users-three", self.paper_groups.add_group))
        return found

    def _find(self, text: str) -> None:
        found = [group.narrow(text) for group in self.groups]
        self.none.setVisible(not any(found))
