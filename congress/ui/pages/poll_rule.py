"""The card of a form that chooses by which rule, how secretly and on what is voted."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.pages.chair import RULES_PAGE
from congress.ui.theme.tokens import SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.voting.model import Channel, Plan, Secrecy
from congress.voting.model import Kind as PollKind
from congress.voting.rules.facts import facts
from congress.voting.rules.model import Pack, Rule
from congress.voting.words import say


class RuleCard(Card):
    """Chooses pack and rule, and says what the rule says.

    Attributes:
        pack: The rule pack.
        rule: Its rule.
        secrecy: Open or secret, as far as the rule knows both.
        channel: On screens, on paper or both; an open vote is on screens.
        facts: What the rule says.
    """

    changed = Signal()
    """Secrecy or channel were chosen."""
    ruled = Signal()
    """Another rule is chosen."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Lay out the choices; ``offer`` fills them."""
        tr = context.tr
        super().__init__(context, parent=parent)
        self._context = context
        self._packs: Sequence[Pack] = ()
        self._kind = PollKind.MOTION
        self._ranked = False
        self.pack, self.rule = Select(context), Select(context)
        choice = row(
            Field(context, tr("chair.form.pack"), self.pack),
            Field(context, tr("chair.form.rule"), self.rule),
            space=SPACE_4,
        )
        choice.setStretch(0, 2)
        choice.setStretch(1, 3)
        self.secrecy = SegmentedControl(
            context,
            [(item, tr(f"voting.secrecy.{item.value}")) for item in Secrecy],
            name=tr("chair.form.secrecy"),
        )
        self.channel = SegmentedControl(
            context,
            [(item, tr(f"voting.channel.{item.value}")) for item in Channel],
            name=tr("chair.form.channel"),
        )
        self.source = Text(context, "", Type.LABEL, "muted")
        self.facts = Text(context, "", Type.BODY)
        more = Button(context, tr("chair.form.rules"), Kind.QUIET, "scales")
        more.clicked.connect(lambda: context.navigate(RULES_PAGE))
        head = row(Text(context, tr("chair.form.facts"), Type.CONTROL), None, more)
        self.column.addLayout(choice)
        self.column.addLayout(row(self.secrecy, self.channel, None, space=SPACE_4))
        self.column.addLayout(head)
        for text in (self.facts, self.source):
            self.column.addWidget(text)
        self.pack.chosen.connect(lambda _: self._offer_rules(None))
        self.rule.chosen.connect(lambda _: self._follow())
        self.secrecy.chosen.connect(lambda _: self._chosen())
        self.channel.chosen.connect(lambda _: self.changed.emit())

    def offer(self, packs: Sequence[Pack], kind: PollKind, before: Plan | None) -> None:
        """Offer the packs that have rules for ``kind``, and choose what ``before`` says."""
        self._packs, self._kind = packs, kind
        lang = self._context.tr.lang
        fitting = [pack for pack in packs if any(rule.kind is kind for rule in pack.rules)]
        chosen = before.pack_id if before else self.pack.value
        self.pack.set_options([(pack.id, pack.names[lang]) for pack in fitting], chosen)
        if before is not None:
            self.secrecy.set_value(before.secrecy)
            self.channel.set_value(before.channel)
            self._ranked = any(contest.method.ranked for contest in before.contests)
        self._offer_rules(before)

    @property
    def chosen_pack(self) -> Pack | None:
        """The pack, if there is any."""
        return next((pack for pack in self._packs if pack.id == self.pack.value), None)

    @property
    def chosen_rule(self) -> Rule | None:
        """The rule, if there is any."""
        pack = self.chosen_pack
        return pack.rule(str(self.rule.value)) if pack else None

    @property
    def chosen_secrecy(self) -> Secrecy:
        """Open or secret."""
        value = self.secrecy.value
        return value if isinstance(value, Secrecy) else Secrecy.OPEN

    @property
    def chosen_channel(self) -> Channel:
        """On what is voted; an open vote is on screens."""
        value = self.channel.value
        secret = self.chosen_secrecy is Secrecy.SECRET
        return value if secret and isinstance(value, Channel) else Channel.ELECTRONIC

    def _offer_rules(self, before: Plan | None) -> None:
        lang, pack = self._context.tr.lang, self.chosen_pack
        rules = [rule for rule in pack.rules if rule.kind is self._kind] if pack else []
        chosen = before.rule_id if before else self.rule.value
        self.rule.set_options([(rule.id, rule.names[lang]) for rule in rules], chosen)
        self.source.setText(self._context.tr.isolated(pack.source) if pack else "")
        self._follow()

    def _follow(self) -> None:
        """Keep secrecy and channel within the rule, and say what it says."""
        rule, tr = self.chosen_rule, self._context.tr
        if rule is None:
            return
        if self.secrecy.value not in rule.secrecies:
            self.secrecy.set_value(rule.secrecies[0])
        if rule.ranked != self._ranked:
            # Nothing but totals of secret electronic ballots is ever decrypted.
            self._ranked = rule.ranked
            self.channel.set_value(Channel.PAPER if rule.ranked else Channel.ELECTRONIC)
        self.facts.setText("\n".join(f"•  {say(tr, line)}" for line in facts(rule)))
        self._show_channel()
        self.ruled.emit()

    def _chosen(self) -> None:
        self._show_channel()
        self.changed.emit()

    def _show_channel(self) -> None:
        self.channel.setVisible(self.chosen_secrecy is Secrecy.SECRET)
