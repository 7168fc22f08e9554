"""The rule of the quorum: how many, of whom, and whether each delegation counts by itself."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from congress.kernel.settings import QuorumBase, QuorumRule
from congress.rollcall.quorum import Quorum
from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from congress.ui.pages.setting_rows import SettingGroup, SettingRow, quorum_options, share_in_words
from congress.ui.widgets.choice import Options, SegmentedControl, Select

_SECTIONS = (None, Fraction(1, 3), Fraction(1, 2), Fraction(2, 3))


class QuorumRows:
    """Three settings that are one rule; each says what it comes to now.

    Attributes:
        rows: The settings by their names.
    """

    def __init__(
        self,
        context: UiContext,
        group: SettingGroup,
        controller: QuorumController,
        change: Callable[[str, object], None],
        width: int,
    ) -> None:
        """Add the settings to ``group``.

        Args:
            context: The surroundings.
            group: Where they stand.
            controller: Tells what the rule comes to.
            change: Takes ``"quorum"`` and the changed ``QuorumRule``.
            width: Least width of a list that drops down.
        """
        tr = context.tr
        self._context, self._change = context, change
        self._rule, self._house = QuorumRule(), controller.quorum
        self._share = Select(context, name=tr("settings.quorum"))
        bases = [(base, tr(f"settings.quorum.base.{base}")) for base in QuorumBase]
        self._base = SegmentedControl(context, bases, name=tr("settings.quorum_base"))
        self._section = Select(context, name=tr("settings.quorum_section"))
        self.rows: dict[str, SettingRow] = {}
        editors = {
            "quorum": self._share,
            "quorum_base": self._base,
            "quorum_section": self._section,
        }
        for key, editor in editors.items():
            if isinstance(editor, Select):
                editor.setMinimumWidth(width)
            row = SettingRow(context, tr(f"settings.{key}"), tr(f"settings.{key}.means"), editor)
            self.rows[key] = group.add(row)
        self._share.chosen.connect(lambda rule: change("quorum", rule))
        self._base.chosen.connect(self._take_base)
        self._section.chosen.connect(self._take_section)

    def _take_base(self, base: object) -> None:
        self._change("quorum", replace(self._rule, base=QuorumBase(str(base))))

    def _take_section(self, share: object) -> None:
        wanted = share if isinstance(share, Fraction) else None
        self._change("quorum", replace(self._rule, by_section=wanted))

    def show(self, rule: QuorumRule) -> None:
        """Show another rule."""
        tr = self._context.tr
        self._rule = rule
        self._share.set_options(quorum_options(tr, rule), rule)
        self._base.set_value(rule.base)
        shares = list(_SECTIONS)
        if rule.by_section not in shares:
            shares.append(rule.by_section)
        options: Options = [
            (
                share,
                tr("settings.quorum.from", share=share_in_words(tr, share))
                if share
                else tr("settings.quorum.section.none"),
            )
            for share in shares
        ]
        self._section.set_options(options, rule.by_section)

    def show_house(self, house: Quorum) -> None:
        """Say what the rule comes to now."""
        tr = self._context.tr
        now = tr("settings.quorum.now", needed=house.needed, count=house.base)
        self.rows["quorum"].consequence.setText(f"{tr('settings.quorum.means')} {now}")
        words = tr("settings.quorum_section.means")
        if house.rule.by_section is not None:
            words = f"{words} {tr('settings.quorum.short_now', count=len(house.short))}"
        self.rows["quorum_section"].consequence.setText(words)
