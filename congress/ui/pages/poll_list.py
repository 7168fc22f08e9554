"""The card of a form for one office: how many are elected, on which paper, from which list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.pages.candidates import CandidateList
from congress.ui.theme.tokens import SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
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
FIRST = "election"
"""Identifier of the first contest of an election."""


class ListCard(Card):
    """Edits one contest of an election.

    Attributes:
        id: Identifier of the contest.
        name: The office, where it does not go by the title of the poll.
        up: Moves the office before the one above.
        down: Moves it behind the one below.
        remove: Takes it off the ballot.
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
    moved = Signal(int)
    """The office is to go up (-1) or down (1)."""
    removed = Signal()
    """The office is to be taken off."""

    def __init__(self, context: UiContext, search: Search, parent: QWidget | None = None) -> None:
        """Lay out an empty list; ``search`` finds people on the list of the congress."""
        tr = context.tr
        super().__init__(context, parent=parent)
        self._context = context
        self._rule: Rule | None = None
        self.id, self._again, self._place = FIRST, False, 1
        self._heading = Text(context, "", Type.HEADING)
        self.up = Button(context, kind=Kind.QUIET, icon="arrow-up")
        self.down = Button(context, kind=Kind.QUIET, icon="arrow-down")
        self.remove = Button(context, kind=Kind.QUIET, icon="x")
        head = row(self._heading, self.up, self.down, self.remove)
        head.setStretch(0, 1)
        self.name = Field(context, tr("chair.form.title.election"))
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
        self.column.addLayout(head)
        self.column.addWidget(self.name)
        self.column.addLayout(numbers)
        for widget in (self._choices, self.candidates, self.length, self.limited, self._limit):
            self.column.addWidget(widget)
        self.stand(1, 1, named=False)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        self.name.changed.connect(lambda _: self.changed.emit())
        self.seats.changed.connect(lambda _: self._follow())
        self.method.chosen.connect(lambda _: self._show())
        self.choices.changed.connect(lambda _: self.changed.emit())
        self.limited.toggled.connect(lambda _: self._show())
        self.limit.changed.connect(lambda _: self.changed.emit())
        self.candidates.changed.connect(self._follow)

    @property
    def own_title(self) -> str:
        """What the office is called, if that is said here."""
        return self.name.value.strip()

    @property
    def told(self) -> str:
        """The office as a person knows it: by its name, or by its number."""
        return self.own_title or self._context.tr("plan.problem.office", place=self._place)

    def stand(self, place: int, count: int, *, named: bool) -> None:
        """Say which office of how many this is; ``named`` asks for its name."""
        tr, several, self._place = self._context.tr, count > 1, place
        key = "chair.form.office" if several else "chair.form.list"
        self._heading.setText(tr(key, place=place, count=count))
        self.setAccessibleName(self._heading.text())
        self.name.setVisible(named)
        for button, verb, there in (
            (self.up, "up", place > 1),
            (self.down, "down", place < count),
            (self.remove, "remove", several),
        ):
            words = tr(f"chair.form.office.{verb}", place=place)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setVisible(there)

    def clear(self) -> None:
        """Begin with nobody, for one seat."""
        self.id, self._again, self.name.value = FIRST, False, ""
        self.seats.set_value(1)
        self.choices.set_value(1)
        self.limited.setChecked(False)
        self.candidates.set_candidates(())

    def fill(self, contest: Contest) -> None:
        """Show a contest."""
        self.id, self._again, self.name.value = contest.id, contest.again, contest.title
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

    def exchange(self, other: "ListCard") -> None:
        """Show what ``other`` shows, and let it show what stood here, half-typed names too."""
        mine, theirs = self.contest(self.own_title), other.contest(other.own_title)
        typed, left = self.candidates.other, other.candidates.other
        self.fill(theirs)
        other.fill(mine)
        typed.value, left.value = left.value, typed.value

    def contest(self, title: str) -> Contest:
        """Return the contest as it stands in the form, under ``title``."""
        method = self._method
        return Contest(
            self.id,
            title,
            method,
            self.seats.value,
            self.candidates.candidates,
            self.limit.value if self.limited.isChecked() else None,
            self._again,
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
        to_fill = tr("plan.seats", count=seats)
        words = tr("chair.form.seats_of", count=listed, seats=to_fill, over=max(0, over))
        self.length.setText(words if listed else "")
        self.length.setVisible(bool(listed))
        self.changed.emit()
