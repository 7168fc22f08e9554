"""A field for a day: typed as people write it, and read back to them in words."""

import re
import unicodedata
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.widgets.field import Field

_PARTS = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})")


def read_day(text: str) -> date | None:
    """Return the day that ``text`` names: day, month, year; or year, month, day.

    Digits may be of any script and anything may stand between the numbers. ``None`` if it
    names no day.
    """
    plain = "".join(
        str(digit) if (digit := unicodedata.digit(char, -1)) >= 0 else char for char in text
    )
    if (match := _PARTS.fullmatch(plain.strip())) is None:
        return None
    first, month, last = (int(part) for part in match.groups())
    day, year = (last, first) if len(match.group(1)) == 4 else (first, last)
    if year < 1000:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayField(Field):
    """A labelled field for a day, or for none. Below it stands the day in words."""

    settled = Signal(object)
    """The ``date`` or ``None`` that was typed, when the person leaves the field."""

    def __init__(
        self,
        context: UiContext,
        label: str,
        day: date | None = None,
        *,
        without: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``day``; ``without`` is said below it while there is none."""
        self._without = context.tr("day.open") if without is None else without
        super().__init__(
            context,
            label,
            value=_written(day),
            placeholder=context.tr("day.placeholder"),
            parent=parent,
        )
        self._settled = day
        self.changed.connect(self._explain)
        self.editor.editingFinished.connect(self._finish)  # type: ignore[attr-defined]
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhDate)
        self._explain()

    @property
    def day(self) -> date | None:
        """The day that is typed, or ``None`` for none."""
        return read_day(self.value)

    @property
    def wrong(self) -> bool:
        """Whether something is typed that is no day."""
        return bool(self.value.strip()) and self.day is None

    def show_day(self, day: date | None) -> None:
        """Show another day, without a signal."""
        self._settled = day
        self.value = _written(day)
        self.set_error("")
        self._explain()

    def _explain(self) -> None:
        tr = self._context.tr
        self.set_error("")
        day = self.day
        self.help.setText(tr.date(day) if day else "" if self.wrong else self._without)
        self.help.setVisible(bool(self.help.text()))

    def _finish(self) -> None:
        if self.wrong:
            self.set_error(self._context.tr("day.wrong"))
        elif self.day != self._settled:
            self._settled = self.day
            self.settled.emit(self.day)


def _written(day: date | None) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else ""
