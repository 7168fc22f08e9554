"""The parts of the settings page: a setting with its consequence, and a group of them."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congress.i18n.translator import Translator
from congress.kernel.folding import fold
from congress.kernel.settings import QuorumRule
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_5, Type
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Options
from congress.ui.widgets.layout import hairline
from congress.ui.widgets.text import Text
from congress.voting.rules.packs import shipped

EDITOR_WIDTH = 340
_QUORUMS = (
    ("half", QuorumRule(Fraction(1, 2), strict=True)),
    ("two_thirds", QuorumRule(Fraction(2, 3))),
    ("three_quarters", QuorumRule(Fraction(3, 4))),
    ("all", QuorumRule(Fraction(1))),
)


def quorum_options(tr: Translator, now: QuorumRule) -> Options:
    """Return the usual rules of quorum and their words, with the present one if it is another."""
    options = [
        (replace(now, share=rule.share, strict=rule.strict), tr(f"settings.quorum.{key}"))
        for key, rule in _QUORUMS
    ]
    if now not in [rule for rule, _ in options]:
        key = "settings.quorum.over" if now.strict else "settings.quorum.from"
        options.append((now, tr(key, share=share_in_words(tr, now.share))))
    return options


def share_in_words(tr: Translator, share: Fraction) -> str:
    """Return a share as a fraction, for instance 2/3."""
    return f"{tr.number(share.numerator)}/{tr.number(share.denominator)}"


def pack_options(tr: Translator, now: str) -> Options:
    """Return the rule packs and their names, with the present one if it is another."""
    options = [(pack.id, pack.names[tr.lang]) for pack in shipped().values()]
    return options if now in shipped() else [*options, (now, now)]


class SettingRow(QWidget):
    """One setting: what it is, what follows from it, and where it is changed.

    Attributes:
        editor: Where it is changed.
        error: What is wrong with it.
    """

    def __init__(self, context: UiContext, label: str, consequence: str, editor: QWidget) -> None:
        """Lay out the row; the editor stands at the end side."""
        super().__init__()
        self.editor = editor
        self._words = fold(f"{label} {consequence}")
        self.label = Text(context, label, Type.NAME)
        self.consequence = Text(context, consequence, Type.LABEL, "muted")
        self.error = Text(context, "", Type.LABEL, "danger")
        self.error.hide()
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addStretch(1)
        for text in (self.label, self.consequence, self.error):
            words.addWidget(text)
        words.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, SPACE_3, 0, SPACE_3)
        box.setSpacing(SPACE_5)
        box.addLayout(words, 1)
        editor.setMaximumWidth(context.theme.px(EDITOR_WIDTH))
        box.addWidget(editor, 0, Qt.AlignmentFlag.AlignVCenter)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        editor.setAccessibleDescription(consequence)

    def set_error(self, text: str) -> None:
        """Say what is wrong, below the consequence; empty text takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def matches(self, words: Sequence[str]) -> bool:
        """Return whether every one of the folded ``words`` stands in the row."""
        return all(word in self._words for word in words)


class SettingGroup(Card):
    """Settings that belong together."""

    def __init__(self, context: UiContext, title: str) -> None:
        """Begin with no settings."""
        super().__init__(context, title)
        self._words = fold(title)
        self.column.setSpacing(0)
        self.rows: list[SettingRow] = []
        self._lines: list[QWidget] = []

    def add(self, row: SettingRow) -> SettingRow:
        """Add ``row`` at the bottom and return it."""
        line = hairline()
        self.column.addWidget(line)
        self.column.addWidget(row)
        line.setVisible(bool(self.rows))
        self._lines.append(line)
        self.rows.append(row)
        return row

    def narrow(self, text: str) -> bool:
        """Show the settings that match ``text`` alone; return whether there are any."""
        words = fold(text).split()
        all_of_it = all(word in self._words for word in words)
        first = True
        for row, line in zip(self.rows, self._lines, strict=True):
            fits = all_of_it or row.matches(words)
            row.setVisible(fits)
            line.setVisible(fits and not first)
            first = first and not fits
        self.setVisible(not first)
        return not first
