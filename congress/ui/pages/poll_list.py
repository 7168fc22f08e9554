"""The card of a form that says how many are elected, on which ballot paper, from which list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.pages.candidates import CandidateList
from congress.ui.theme.tokens import SPACE_4, Type
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check, Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.number import NumberEdit
from congress.ui.widgets.picker import Search
from congress.ui.widgets.text import Text
from congress.voting.model import Contest, Method
from congress.voting.plans import usual_method
from congress.voting.rules.model import Rule, TieRule

MOST_SEATS = 500


class ListCard(Card):
    """Edits the contest of an election.

    Attributes:
        seats: How many are to be elected.
        method: The ballot paper.
        choices: How many names a voter may choose, where the paper leaves that open.
        limited: Whether the congress has set a limit of its own to the surplus.
        limit: That limit.
        candidates: The list.
        length: How long the list is against the seats.
    """

    changed = Signal()
    """Something was changed."""

    def __init__(self, context: UiContext, search: Search, parent: QWidget | None = None) -> None:
        """Lay out an empty list; ``search`` finds people on the list of the congress."""
        tr = context.tr
        super().__init__(context, tr("chair.form.list"), parent=parent)
        self._context = context
        self._rule: Rule | None = None
        self.seats = NumberEdit(context, 1, MOST_SEATS, 1)
        self.method = Select(context)
        self.choices = NumberEdit(context, 1, MOST_SEATS, 1)
        self._choices = Field(context, tr("chair.form.choices"), self.choices)
        numbers = row(
            Field(context, tr("chair.form.seats"), self.seats),
            Field(context, tr("chair.form.method"), self.method),
            space=SPACE_4,
        )
        numbers.setStretch(0, 1)
        numbers.setStretch(1, 2)
        self.limited = Check(context, tr("chair.form.limited"))
        self.limit = NumberEdit(context, 0, MOST_SEATS, 0)
        self._limit = Field(context, tr("chair.form.limit"), self.limit)
        self.candidates = CandidateList(context, search)
        self.length = Text(context, "", Type.LABEL, "muted")
        self.column.addLayout(numbers)
        for widget in (self._choices, self.candidates, self.length, self.limited, self._limit):
            self.column.addWidget(widget)
        self.seats.changed.connect(lambda _: self._follow())
        self.method.chosen.connect(lambda _: self._show())
        self.choices.changed.connect(lambda _: self.changed.emit())
        self.limited.toggled.connect(lambda _: self._show())
        self.limit.changed.connect(lambda _: self.changed.emit())
        self.candidates.changed.connect(self._follow)

    def clear(self) -> None:
        """Begin with nobody, for one seat."""
        self.seats.set_value(1)
        self.choices.set_value(1)
        self.limited.setChecked(False)
        self.candidates.set_candidates(())

    def fill(self, contest: Contest) -> None:
        """Show a contest."""
        self.seats.set_value(max(1, contest.seats))
        self.choices.set_value(max(1, contest.choices))
        self.limited.setChecked(contest.surplus_limit is not None)
        self.limit.set_value(contest.surplus_limit or 0)
        self.candidates.set_candidates(contest.candidates)
        if self._rule is not None and contest.method in self._rule.methods:
            self.method.set_value(contest.method)
        self._show()

    def follow(self, rule: Rule) -> None:
        """Offer the ballot papers that ``rule`` knows."""
        tr, self._rule = self._context.tr, rule
        methods = [(method, tr(f"voting.method.{method.value}")) for method in rule.methods]
        self.method.set_options(methods)
        self.candidates.ask_births(rule.tie is TieRule.ELDER)
        self._follow()

    def contest(self, title: str, *, again: bool) -> Contest:
        """Return the contest as it stands in the form."""
        method = self._method
        return Contest(
            "election",
            title,
            method,
            self.seats.value,
            self.candidates.candidates,
            self.limit.value if self.limited.isChecked() else None,
            again,
            self.choices.value if method is Method.K_OF_N else 0,
        )

    @property
    def _method(self) -> Method:
        value = self.method.value
        return value if isinstance(value, Method) else Method.STRIKE_OUT

    def _follow(self) -> None:
        """Choose the ballot paper that the rule uses for a list of this length."""
        rule, listed = self._rule, len(self.candidates.candidates)
        if rule is not None:
            usual = usual_method(rule, listed, self.seats.value)
            if Method.AGREE_DISAGREE in rule.methods or self.method.value is None:
                self.method.set_value(usual)
        self._show()

    def _show(self) -> None:
        tr, listed, seats = self._context.tr, len(self.candidates.candidates), self.seats.value
        self._choices.setVisible(self._method is Method.K_OF_N)
        surplus = self._rule is not None and (
            self._rule.surplus.required or self._rule.surplus.share is not None
        )
        self.limited.setVisible(surplus)
        self._limit.setVisible(surplus and self.limited.isChecked())
        over = listed - seats
        words = tr("chair.form.seats_of", count=listed, seats=seats, over=max(0, over))
        self.length.setText(words if listed else "")
        self.length.setVisible(bool(listed))
        self.changed.emit()
