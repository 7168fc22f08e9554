"""The parts of the home page: what is on, what comes next, the day, and what waits."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.floor.model import Item, ItemKind
from congress.ui.context import UiContext
from congress.ui.models.home import HomeFacts, Waiting
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text

_SOON = 120
"""Within this many minutes a time is told as minutes."""

KIND_ICONS = {
    ItemKind.OPENING: "megaphone",
    ItemKind.REPORT: "presentation-chart",
    ItemKind.DEBATE: "chats-circle",
    ItemKind.VOTE: "scales",
    ItemKind.ELECTION: "check-square",
    ItemKind.BREAK: "coffee",
    ItemKind.CLOSING: "flag",
}


def span(context: UiContext, item: Item, now: datetime) -> str:
    """Return the times of an item in the zone of ``now``, for instance ``09:15–10:15``."""
    tr, zone = context.tr, now.tzinfo
    return f"{tr.time(item.starts.astimezone(zone))}–{tr.time(item.ends.astimezone(zone))}"


def _minutes(since: datetime, until: datetime) -> int:
    """Return whole minutes, a part of one counted as one."""
    return -int((since - until).total_seconds() // 60)


class FloorCard(Card):
    """One item of the programme, large: what is on now, or what comes next."""

    import_asked = Signal()
    """A programme is to be imported."""

    def __init__(self, context: UiContext, title: str, role: Type, tone: Tone) -> None:
        """Lay out an empty card headed ``title`` that names its item in ``role``."""
        super().__init__(context)
        self._context, self._role = context, role
        self.setAccessibleName(title)
        self.column.addWidget(Text(context, title, Type.STRONG, tone))
        self._content = QVBoxLayout()
        self._content.setSpacing(SPACE_2)
        self.column.addLayout(self._content)
        self.column.addStretch(1)
        self._time: Text | None = None

    def show_item(self, item: Item, now: datetime) -> None:
        """Show ``item`` as it stands at ``now``."""
        clear(self._content)
        context, tr = self._context, self._context.tr
        self._time = Text(context, "", Type.LEAD, "muted", figures=True)
        self._content.addWidget(self._time)
        self.show_time(item, now)
        self._content.addWidget(Text(context, item.title, self._role))
        chips = [Chip(context, tr(f"floor.kind.{item.kind}"), icon=KIND_ICONS[item.kind])]
        if item.session:
            chips.append(Chip(context, item.session, icon="users-three"))
        self._content.addSpacing(SPACE_1)
        self._content.addLayout(row(*chips, None))
        if item.papers:
            papers = tr.joined(*item.papers)
            self._content.addWidget(
                Text(context, tr("home.papers_of", papers=papers), Type.LABEL, "muted")
            )

    def show_time(self, item: Item, now: datetime) -> None:
        """Say how long ``item`` still takes, or when it begins."""
        context, tr = self._context, self._context.tr
        if self._time is None:
            return
        words = [span(context, item, now)]
        if item.starts <= now:
            left = _minutes(now, item.ends)
            if left <= _SOON:
                words.append(tr("home.left", count=left))
        elif (ahead := _minutes(now, item.starts)) <= _SOON:
            words.append(tr("home.ahead", count=ahead))
        elif (day := item.starts.astimezone(now.tzinfo).date()) != now.date():
            words.append(tr.date(day))
        self._time.setText(tr.joined(*words))

    def show_nothing(self, title: str, why: str, action: str = "") -> None:
        """Say why there is no item, and offer to import a programme if ``action`` is given."""
        clear(self._content)
        self._time = None
        self._content.addWidget(Text(self._context, title, Type.HEADING))
        self._content.addWidget(Text(self._context, why, Type.BODY, "muted"))
        if action:
            button = Button(self._context, action, Kind.PRIMARY, "calendar-plus")
            button.clicked.connect(self.import_asked)
            self._content.addSpacing(SPACE_2)
            self._content.addLayout(row(button, None))


class WaitingCard(Card):
    """What waits for the person, each one click from done; never empty."""

    chosen = Signal(str)
    """The page where the thing is done."""

    def __init__(self, context: UiContext) -> None:
        """Lay out the card without rows."""
        super().__init__(context)
        self._context = context
        self.heading = Text(context, "", Type.HEADING)
        self.why = Text(context, "", Type.BODY, "muted")
        self.rows = RowList()
        for widget in (self.heading, self.why, self.rows):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._shown: tuple[bool, tuple[Waiting, ...]] | None = None

    def show_waiting(self, things: Sequence[Waiting], ways: Sequence[Waiting]) -> None:
        """Show what waits, or where to go if nothing does."""
        shown = (bool(things), tuple(things or ways))
        if shown == self._shown:
            return
        self._shown = shown
        tr = self._context.tr
        self.heading.setText(tr("home.waiting") if things else tr("home.all_done"))
        self.why.setText(tr("home.all_done.why"))
        self.why.setVisible(not things)
        self.rows.clear()
        for thing in shown[1]:
            self.rows.add(self._row(thing))

    def _row(self, thing: Waiting) -> ListRow:
        tr = self._context.tr
        title = tr(f"home.{thing.key}", count=thing.count, name=thing.name)
        made = ListRow(self._context, title, tr(f"home.{thing.key}.why"), icon=thing.icon)
        if thing.tone is not Tone.NEUTRAL:
            made.trailing.addWidget(Chip(self._context, tr(f"home.tone.{thing.tone}"), thing.tone))
        made.activated.connect(lambda: self.chosen.emit(thing.target))
        return made


class DayCard(Card):
    """The programme of one day, the item under way marked."""

    def __init__(self, context: UiContext) -> None:
        """Lay out the card without items."""
        super().__init__(context)
        self._context = context
        self.heading = Text(context, "", Type.HEADING)
        self.rows = RowList()
        self.column.addWidget(self.heading)
        self.column.addWidget(self.rows)
        self.column.addStretch(1)
        self._shown: tuple[object, ...] = ()

    def show_day(self, facts: HomeFacts) -> None:
        """Show the programme of today, or of the next day that has one."""
        items, current = facts.today, facts.now_and_next.now
        shown = (items, current, facts.now.date())
        if not items or shown == self._shown:
            return
        self._shown = shown
        tr = self._context.tr
        day = items[0].starts.astimezone(facts.now.tzinfo).date()
        self.heading.setText(tr("home.today") if day == facts.now.date() else tr.date(day))
        self.rows.clear()
        for item in items:
            self.rows.add(self._row(item, facts.now, item == current))

    def _row(self, item: Item, now: datetime, under_way: bool) -> ListRow:
        over = item.ends <= now
        time = Text(
            self._context,
            self._context.tr.time(item.starts.astimezone(now.tzinfo)),
            Type.STRONG if under_way else Type.LABEL,
            Tone.ACCENT if under_way else "muted",
            wrap=False,
            figures=True,
        )
        time.setMinimumWidth(self._context.theme.px(44))
        time.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        made = ListRow(self._context, item.title, item.session, leading=time, clickable=False)
        if over:
            made.title.set_tone("muted")
        if under_way:
            made.trailing.addWidget(Chip(self._context, self._context.tr("home.now"), Tone.ACCENT))
        return made


def beside(*pairs: tuple[QWidget, int]) -> QWidget:
    """Return a row of widgets, each with its share of the width, all of one height."""
    line = row(*(widget for widget, _ in pairs), space=SPACE_3)
    for at, (_, share) in enumerate(pairs):
        line.setStretch(at, share)
    box = QWidget()
    box.setObjectName("clear")
    box.setLayout(line)
    return box
