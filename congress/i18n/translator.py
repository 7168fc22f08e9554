"""Speaks one language: texts, plurals, numbers, percentages, dates and errors.

A string put into a text is isolated where its direction may differ (see
``congress.i18n.direction``), so no name or file name can scramble the sentence around it.
"""

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from congress.i18n import direction
from congress.i18n.catalogue import entries
from congress.kernel.errors import BugError, CongressError
from congress.kernel.settings import LANGUAGES

_SEPARATORS = {"en": (",", "."), "vi": (".", ","), "ur": (",", ".")}
_URDU_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class ErrorText:
    """An error in a person's language, in three parts."""

    what: str
    means: str
    do: str


class Translator:
    """The texts of one language.

    Args:
        lang: ``en``, ``vi`` or ``ur``.
        urdu_digits: Write numbers in Urdu with ۰۱۲۳ instead of 0123.
    """

    def __init__(self, lang: str, *, urdu_digits: bool = False) -> None:
        """Choose the language.

        Raises:
            BugError: ``lang`` is not one of the three languages.
        """
        if lang not in LANGUAGES:
            raise BugError(f"no catalogue for the language {lang!r}")
        self.lang = lang
        self._urdu_digits = urdu_digits and lang == "ur"

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.lang == "ur"

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the text ``key``, with ``params`` put in.

        A text with plural forms chooses by the parameter ``count``. Integers and fractions
        are written as numbers of the language; other values as they are.

        Raises:
            BugError: There is no such text, or a parameter is missing.
        """
        try:
            text = entries()[key][self.lang]
        except KeyError:
            raise BugError(f"no text {key!r} in the catalogues") from None
        if isinstance(text, Mapping):
            one = params.get("count") == 1 and "one" in text
            text = text["one" if one else "other"]
        try:
            return string.Formatter().vformat(text, (), self._written(params))
        except (KeyError, IndexError) as error:
            raise BugError(f"the text {key!r} needs the parameter {error}") from None

    def has(self, key: str) -> bool:
        """Return whether there is a text ``key``."""
        return key in entries()

    def _written(self, params: Mapping[str, object]) -> dict[str, str]:
        return {name: self._value(value) for name, value in params.items()}

    def _value(self, value: object) -> str:
        match value:
            case bool():
                return str(value)
            case int() | Fraction():
                return self.number(value)
            case datetime():
                return self.datetime(value)
            case date():
                return self.date(value)
        return self.isolated(str(value))

    def isolated(self, text: str) -> str:
        """Return what somebody wrote, so that it keeps its own direction of writing."""
        return direction.isolated(text, rtl=self.rtl)

    def joined(self, *parts: str, by: str = " · ") -> str:
        """Return one line of ``parts``, each in its own direction; empty ones are left out."""
        return direction.joined(parts, by, rtl=self.rtl)

    def listed(self, parts: Iterable[str]) -> str:
        """Return ``parts`` with the comma of the language between them, as ``joined`` does."""
        return self.joined(*parts, by=f"{self._comma} ")

    @property
    def _comma(self) -> str:
        return "،" if self.rtl else ","

    def digits(self, text: str) -> str:
        """Return ``text`` with its ASCII digits in the digits chosen for the language."""
        return text.translate(_URDU_DIGITS) if self._urdu_digits else text

    def number(self, value: int | Fraction, places: int | None = None) -> str:
        """Return ``value`` with the separators and digits of the language.

        Args:
            value: The number.
            places: Decimal places, rounded half up; ``None`` writes whole numbers whole
                and other fractions with two places.
        """
        exact = Fraction(value)
        if places is None:
            places = 0 if exact.denominator == 1 else 2
        scaled = abs(exact) * 10**places
        rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        thousands, point = _SEPARATORS[self.lang]
        whole, rest = divmod(rounded, 10**places)
        text = f"{whole:,}".replace(",", thousands)
        if places:
            text += f"{point}{rest:0{places}d}"
        return self.digits(f"-{text}" if exact < 0 and rounded else text)

    def percent(self, part: int | Fraction, of: int | Fraction, places: int = 1) -> str:
        """Return ``part`` of ``of`` as a percentage; a dash where ``of`` is nothing.

        The one function for every percentage on screens, projector and exports.
        """
        if not of:
            return "–"
        return f"{self.number(Fraction(part) * 100 / Fraction(of), places)}%"

    def date(self, value: date) -> str:
        """Return a date as the language writes it, the month in words."""
        month = self(f"date.month.{value.month}")
        return (
            self(
                "date.long",
                day=self.digits(str(value.day)),
                month=month,
                year=self.digits(str(value.year)),
            )
            .replace(direction.ISOLATE, "")
            .replace(direction.POP, "")
        )

    def time(self, value: datetime) -> str:
        """Return the time of day, ``09:05``, in the time zone of ``value``."""
        return self.digits(f"{value:%H:%M}")

    def datetime(self, value: datetime) -> str:
        """Return date and time of day."""
        return f"{self.date(value.date())}{self._comma} {self.time(value)}"

    def error(self, error: CongressError) -> ErrorText:
        """Return what happened, what it means and what to do, for ``error``."""
        base = f"error.{error.code}"
        return ErrorText(
            *(self(f"{base}.{part}", **error.params) for part in ("what", "means", "do"))
        )
