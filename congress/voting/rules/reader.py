"""Reads tables of TOML strictly: each value of the right type, nothing missing, nothing unknown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from congress.kernel.errors import InputError

_E = TypeVar("_E", bound=Enum)
MOST = 100_000
"""Largest number of persons or ballots of a worked example."""
_FRACTION = re.compile(r"([0-9]{1,12})/([0-9]{1,12})")


class Table:
    """One table and its place in the file, for the error."""

    def __init__(self, values: Any, place: str) -> None:
        """Take what TOML gave for ``place``.

        Raises:
            InputError: ``voting.bad_pack`` if it is not a table.
        """
        self._place = place
        if not isinstance(values, Mapping):
            raise self.wrong("")
        self._values = dict(values)

    def wrong(self, name: str) -> InputError:
        """Return the error that points at ``name`` in this table."""
        place = ".".join(part for part in (self._place, name) if part)
        return InputError("voting.bad_pack", place=place)

    def _take(self, name: str, kind: type, default: Any) -> Any:
        value = self._values.pop(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(name)
        return value

    def text(self, name: str) -> str:
        """Take a text that is not empty."""
        value: str = self._take(name, str, None)
        if not value.strip():
            raise self.wrong(name)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """Take a whole number that is not negative, and no larger than any congress needs."""
        value: int = self._take(name, int, default)
        if not 0 <= value <= MOST:
            raise self.wrong(name)
        return value

    def number(self, name: str) -> int | Fraction:
        """Take a number over 0: whole, or a fraction in lowest terms, written ``"5/2"``."""
        value = self._values.pop(name, None)
        if type(value) is int and value > 0:
            return value
        exact = self._fraction(name, value) if isinstance(value, str) else Fraction()
        if exact <= 0 or str(exact) != value:
            raise self.wrong(name)
        return exact

    def _fraction(self, name: str, text: str) -> Fraction:
        """Read ``n/d``; no exponent, whose number could fill the memory."""
        match = _FRACTION.fullmatch(text)
        if match is None or not int(match[2]):
            raise self.wrong(name)
        return Fraction(int(match[1]), int(match[2]))

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Take true or false."""
        return bool(self._take(name, bool, default))

    def share(self, name: str) -> Fraction:
        """Take a share written ``"1/2"``, over 0 and at most 1."""
        value = self._fraction(name, self.text(name))
        if not 0 < value <= 1:
            raise self.wrong(name)
        return value

    def choice(self, name: str, kind: type[_E], default: _E | None = None) -> _E:
        """Take one of the values of an enumeration."""
        fallback = None if default is None else default.value
        try:
            return kind(self._take(name, str, fallback))
        except ValueError:
            raise self.wrong(name) from None

    def choices(self, name: str, kind: type[_E]) -> tuple[_E, ...]:
        """Take a list of values of an enumeration, at least one and none twice."""
        try:
            values = tuple(kind(value) for value in self.items(name))
        except ValueError:
            raise self.wrong(name) from None
        if not values or len(set(values)) < len(values):
            raise self.wrong(name)
        return values

    def items(self, name: str) -> Sequence[Any]:
        """Take a list; an absent one is empty."""
        value: Sequence[Any] = self._take(name, list, [])
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts; an absent one is empty."""
        values = self.items(name)
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(name)
        return tuple(values)

    def table(self, name: str) -> "Table":
        """Take a table inside this one."""
        return Table(self._values.pop(name, None), f"{self._place}.{name}".lstrip("."))

    def tables(self, name: str) -> Iterator["Table"]:
        """Take a list of tables; an absent one is empty."""
        for index, value in enumerate(self.items(name)):
            yield Table(value, f"{self._place}.{name}[{index}]".lstrip("."))

    def years(self, name: str) -> Mapping[str, int]:
        """Take a table of years; an absent one is empty."""
        values: Mapping[str, Any] = self._take(name, dict, {})
        if not all(type(year) is int and 1 <= year <= 9999 for year in values.values()):
            raise self.wrong(name)
        return values

    def has(self, name: str) -> bool:
        """Return whether ``name`` stands in the table and was not taken yet."""
        return name in self._values

    def end(self) -> None:
        """Refuse whatever was not taken: a misspelt key must not be passed over."""
        for name in self._values:
            raise self.wrong(name)
