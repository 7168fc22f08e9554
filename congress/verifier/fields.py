"""Takes apart what JSON and TOML gave: each value of the right type, none missing, none unknown.

A member that is not known is a fault and never passed over, for whoever reads the bundle
with another program might be told something that was not checked here.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from congress.verifier import canonical
from congress.verifier.faults import Fault

Value = Any


class Fields:
    """The members of one object, taken one by one."""

    def __init__(self, value: Value, place: str) -> None:
        """Take an object and what it is, for the fault.

        Raises:
            Fault: ``wrong_type`` if it is no object.
        """
        if not isinstance(value, Mapping):
            raise Fault("wrong_type", place=place)
        self._values = dict(value)
        self._place = place

    def place(self, name: str) -> str:
        """Return where a member stands, for a fault."""
        return f"{self._place}.{name}"

    def has(self, name: str) -> bool:
        """Return whether a member is there that was not taken yet."""
        return name in self._values

    def take(self, name: str) -> Value:
        """Take a member of any type.

        Raises:
            Fault: ``missing``.
        """
        if name not in self._values:
            raise Fault("missing", place=self.place(name))
        return self._values.pop(name)

    def _of(self, name: str, kind: type, default: Value = None) -> Value:
        value = default if default is not None and name not in self._values else self.take(name)
        if type(value) is not kind:
            raise Fault("wrong_type", place=self.place(name))
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """Take a string."""
        value: str = self._of(name, str, default)
        return value

    def text_or_null(self, name: str) -> str | None:
        """Take a string, or null."""
        value = self.take(name)
        if not (value is None or isinstance(value, str)):
            raise Fault("wrong_type", place=self.place(name))
        return value

    def all_texts(self) -> dict[str, str]:
        """Take every member; all must be strings."""
        return {name: self.text(name) for name in list(self._values)}

    def whole_or_null(self, name: str) -> int | None:
        """Take a whole number that is not negative, or null."""
        if self.has(name) and self._values[name] is None:
            self.take(name)
            return None
        return self.whole(name)

    def whole(self, name: str, default: int | None = None) -> int:
        """Take a whole number that is not negative."""
        value: int = self._of(name, int, default)
        if not 0 <= value <= canonical.LARGEST:
            raise Fault("out_of_range", place=self.place(name))
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Take true or false."""
        value: bool = self._of(name, bool, default)
        return value

    def items(self, name: str, default: Sequence[Value] | None = None) -> list[Value]:
        """Take a list."""
        value: list[Value] = self._of(name, list, default)
        return value

    def texts(self, name: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Take a list of strings."""
        values = self.items(name, default)
        if not all(isinstance(value, str) for value in values):
            raise Fault("wrong_type", place=self.place(name))
        return tuple(values)

    def objects(self, name: str, default: Sequence[Value] | None = None) -> "list[Fields]":
        """Take a list of objects."""
        return [
            Fields(value, f"{self.place(name)}[{index}]")
            for index, value in enumerate(self.items(name, default))
        ]

    def object(self, name: str) -> "Fields":
        """Take an object."""
        return Fields(self.take(name), self.place(name))

    def choice(self, name: str, known: Sequence[str], default: str | None = None) -> str:
        """Take one of the strings that are known.

        Raises:
            Fault: ``unknown_value`` for another.
        """
        value = self.text(name, default)
        if value not in known:
            raise Fault("unknown_value", place=self.place(name), value=value)
        return value

    def choices(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Take a list of strings that are known, at least one and none twice."""
        values = self.texts(name)
        for value in values:
            if value not in known:
                raise Fault("unknown_value", place=self.place(name), value=value)
        if not values or len(set(values)) < len(values):
            raise Fault("out_of_range", place=self.place(name))
        return values

    def data(self, name: str, length: int | None = None) -> bytes:
        """Take bytes, of a length where one is given."""
        value = canonical.decode_bytes(self.text(name))
        if length is not None and len(value) != length:
            raise Fault("wrong_length", place=self.place(name))
        return value

    def datas(self, name: str, length: int) -> tuple[bytes, ...]:
        """Take a list of bytes, each of the same length."""
        values = tuple(canonical.decode_bytes(value) for value in self.texts(name))
        if any(len(value) != length for value in values):
            raise Fault("wrong_length", place=self.place(name))
        return values

    def number(self, name: str) -> Fraction:
        """Take a number: an integer, or a fraction as ``"n/d"`` in lowest terms."""
        return number(self.take(name), self.place(name))

    def end(self) -> None:
        """Refuse whatever was not taken.

        Raises:
            Fault: ``unknown_member``.
        """
        for name in self._values:
            raise Fault("unknown_member", place=self.place(name))


def number(value: Value, place: str) -> Fraction:
    """Return a number of the specification (section 1), at least 0.

    Raises:
        Fault: ``wrong_type``, or ``out_of_range`` if it is negative.
    """
    if type(value) is int:
        found = Fraction(value)
    else:
        parts = value.split("/") if isinstance(value, str) else []
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
            raise Fault("wrong_type", place=place)
        if max(map(len, parts)) > 18 or not int(parts[1]):
            raise Fault("out_of_range", place=place)
        found = Fraction(int(parts[0]), int(parts[1]))
        if f"{found.numerator}/{found.denominator}" != value or found.denominator == 1:
            raise Fault("wrong_type", place=place)
    if found < 0:
        raise Fault("out_of_range", place=place)
    return found


def written(value: Fraction) -> int | str:
    """Return a number as it is written in JSON."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
