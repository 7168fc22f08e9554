"""The quorum for the screen in the hall: one number, its rule in words, bars by delegation."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from congress.kernel.settings import QuorumBase, QuorumRule
from congress.rollcall.model import Session
from congress.rollcall.quorum import Quorum
from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from congress.ui.hallwindow import hall_keys
from congress.ui.page import Page
from congress.ui.pages.rollcall_parts import present_of
from congress.ui.pages.setting_rows import share_in_words
from congress.ui.theme.tokens import SPACE_3, SPACE_5, SPACE_6, Tone, Type
from congress.ui.widgets.figure import Bar
from congress.ui.widgets.layout import clear, column, row
from congress.ui.widgets.text import Text

_GRIDS = ((6, 2, Type.TITLE), (12, 3, Type.TITLE), (30, 4, Type.LEAD), (10_000, 5, Type.BODY))
"""Up to so many delegations: how many columns, and how large their names."""
_WIDTH, _HEIGHT = 1280, {"en": 720, "vi": 740, "ur": 1000}
"""The window for which the sizes of the type scale are meant; others scale the type."""
_LINE = {"en": 40, "vi": 42, "ur": 72}
"""What a line more takes of its height: for sections, and for those that are too few."""
_LEAST, _MOST, _STEP = 0.6, 3.0, 0.05
_FULL = 0.97
"""Share of the height that the words may take: fonts that are hinted need a little more."""
_MOST_SHORT = 6
"""So many delegations that are too few are named; the rest are counted."""


def rule_in_words(context: UiContext, rule: QuorumRule) -> str:
    """Return the rule of the quorum in one sentence, or two where sections count as well."""
    tr = context.tr
    key = "hall.rule.more_than" if rule.strict else "hall.rule.at_least"
    if rule.base is QuorumBase.REGISTERED:
        key += ".registered"
    words = tr(key, share=share_in_words(tr, rule.share))
    if rule.by_section is None:
        return words
    return f"{words} {tr('hall.rule.sections', share=share_in_words(tr, rule.by_section))}"


def verdict(context: UiContext, house: Quorum) -> str:
    """Return whether there is a quorum, and what is missing: delegates, or whole sections."""
    tr = context.tr
    if house.reached:
        return tr("hall.quorum")
    if house.present >= house.needed and house.short:
        return tr("hall.short", count=len(house.short))
    return tr("hall.missing", count=house.missing)


def short_in_words(context: UiContext, house: Quorum) -> str:
    """Return which delegations are too few, and how many each of them needs."""
    tr = context.tr
    named = [
        tr(
            "quorum.short_of",
            name=each.delegation or tr("people.no_delegation"),
            count=each.needed,
        )
        for each in house.short[:_MOST_SHORT]
    ]
    more = len(house.short) - len(named)
    if more:
        named.append(tr("hall.short.more", count=more))
    return tr("hall.short.which", names=tr.listed(named)) if named else ""


class HallQuorum(QWidget):
    """A window of its own; F11 fills the screen, Escape leaves it."""

    def __init__(
        self, context: UiContext, controller: QuorumController, parent: QWidget | None = None
    ) -> None:
        """Follow the quorum that ``controller`` tells; a window of its own takes it over."""
        super().__init__(parent)
        if parent is None:
            controller.setParent(self)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window_context = context
        self._house: Quorum | None = None
        self._fitted: object = None
        self._session: Session | None = None
        self.setWindowTitle(context.tr("hall.title"))
        self._sheet = QWidget()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._sheet)
        self._build(1.0)
        if parent is None:
            hall_keys(self)
        controller.quorum_changed.connect(self.show_quorum)
        controller.session_changed.connect(self._show_session)
        self.resize(_WIDTH, 720)
        controller.refresh()

    def _build(self, scale: float) -> None:
        """Lay out the words in type of ``scale``."""
        self._scale = scale
        theme = replace(self._window_context.theme, scale=scale)
        self._context = context = replace(self._window_context, theme=theme)
        tr = context.tr
        self.session = Text(context, "", Type.TITLE, "muted")
        self.number = Text(context, tr.number(0), Type.HALL_HUGE, wrap=False, figures=True)
        self.label = Text(context, "", Type.TITLE, "muted")
        self.verdict = Text(context, "", Type.HALL, Tone.CAUTION)
        self.rule = Text(context, "", Type.LEAD, "muted")
        self.short = Text(context, "", Type.LEAD, Tone.CAUTION)
        self.short.hide()
        self.bar = Bar(context, "", "", 0.0, height=28, role=Type.TITLE)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_6)
        self._grid.setVerticalSpacing(SPACE_5)
        sheet = QWidget()
        box = QVBoxLayout(sheet)
        box.setContentsMargins(2 * SPACE_6, SPACE_6, 2 * SPACE_6, SPACE_6)
        box.setSpacing(SPACE_3)
        box.addWidget(self.session)
        box.addSpacing(SPACE_5)
        words = column(None, self.verdict, self.label, self.rule, self.short, None, space=SPACE_3)
        across = row(self.number, words, space=SPACE_6)
        across.setStretch(1, 1)
        box.addLayout(across)
        box.addWidget(self.bar)
        box.addSpacing(SPACE_6)
        box.addLayout(self._grid, 1)
        self._outer.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        self._show_session(self._session)
        if self._house is not None:
            self._fill(self._house)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the words as large as the window allows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lay everything out anew if another size fits better."""
        house, size = self._house, self.size()
        shape = (len(house.delegations), len(house.short), house.reached) if house else None
        fitted = (size.width(), size.height(), shape, house.rule if house else None)
        if fitted == self._fitted:
            return
        self._fitted = fitted
        scale = self._first_guess(house)
        if abs(scale - self._scale) > _STEP / 2:
            self._build(scale)
        while self._scale > _LEAST and self._needs() > self.height() * _FULL:
            self._build(max(self._scale - _STEP, _LEAST))

    def _first_guess(self, house: Quorum | None) -> float:
        lang = self._window_context.tr.lang
        tall = _HEIGHT[lang]
        if house is not None:
            tall += _LINE[lang] * (bool(house.short) + (house.rule.by_section is not None))
        fitting = min(self.width() / _WIDTH, self.height() / tall)
        return round(min(max(fitting, _LEAST), _MOST) / _STEP) * _STEP

    def _needs(self) -> int:
        """Return the height in pixels that the words take in this width."""
        layout = self._sheet.layout()
        if layout is None:
            return 0
        layout.activate()
        return max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())

    def _show_session(self, session: Session | None) -> None:
        self._session = session
        tr = self._context.tr
        self.session.setText(session.name if session else tr("door.no_session"))

    def show_quorum(self, house: Quorum) -> None:
        """Show another state of the house."""
        self._house = house
        self._fill(house)
        self._fit()

    def _fill(self, house: Quorum) -> None:
        tr = self._context.tr
        tone = Tone.GOOD if house.reached else Tone.CAUTION
        self.number.setText(tr.number(house.present))
        self.number.set_tone(tone)
        self.label.setText(present_of(self._context, house))
        self.verdict.setText(verdict(self._context, house))
        self.verdict.set_tone(tone)
        self.rule.setText(rule_in_words(self._context, house.rule))
        self.short.setText(short_in_words(self._context, house))
        self.short.setVisible(bool(house.short))
        of = max(house.base, 1)
        self.bar.set(
            tr("door.needed", count=house.needed),
            house.present / of,
            tone,
            mark=min(house.needed / of, 1.0) if house.base else None,
            label=tr.percent(house.present, house.base, 0),
        )
        self._show_delegations(house)
        self.setAccessibleName(f"{self.verdict.text()} {house.present}/{house.summoned}")

    def _show_delegations(self, house: Quorum) -> None:
        tr = self._context.tr
        clear(self._grid)
        size = len(house.delegations)
        columns, role = next((c, r) for most, c, r in _GRIDS if size <= most)
        for at in range(_GRIDS[-1][1]):
            self._grid.setColumnStretch(at, int(at < columns))
        for at, each in enumerate(house.delegations):
            value = tr("door.of", present=each.present, summoned=each.summoned)
            name = each.delegation or tr("people.no_delegation")
            bar = Bar(
                self._context,
                name,
                value,
                each.present / each.summoned,
                Tone.CAUTION if each.short else Tone.ACCENT,
                mark=each.needed / each.summoned if each.needed else None,
                height=16,
                role=role,
            )
            self._grid.addWidget(bar, at // columns, at % columns)
            # Qt shows it only in a moment, and until then the layout has no room for it.
            bar.show()


class HallQuorumPage(Page):
    """The same inside the window, for a member whose role is the projector."""

    key: ClassVar[str] = "hall-quorum"
    title_key: ClassVar[str] = "hall.title"
    icon: ClassVar[str] = "monitor"

    def __init__(
        self, context: UiContext, controller: QuorumController, parent: QWidget | None = None
    ) -> None:
        """Fill the page with the quorum."""
        super().__init__(context, parent)
        controller.setParent(self)
        self._controller = controller
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.hall = HallQuorum(context, controller, self)
        box.addWidget(self.hall)

    def shown(self) -> None:
        """Read the quorum again."""
        self._controller.refresh()
