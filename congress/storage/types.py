"""Column types that mean the same on SQLCipher and on PostgreSQL."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from congress.kernel.canonical import Json, decode, encode
from congress.kernel.errors import BugError


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, to the microsecond; sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring an aware time to UTC; SQLite keeps it without the zone.

        Raises:
            BugError: The time is naive.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise BugError("a stored time must be aware")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class FractionText(TypeDecorator[Fraction]):
    """An exact number, kept as ``"3/2"`` or ``"1"``. Has no order in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Fraction | int | None, dialect: Dialect) -> str | None:
        """Write the number in lowest terms."""
        return None if value is None else str(Fraction(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        """Read the number."""
        return None if value is None else Fraction(value)


class CanonicalJson(TypeDecorator[Any]):
    """A value of ``congress.kernel.canonical.Json``, kept as its one canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str:
        """Write the value; ``None`` is the JSON value null."""
        return encode(value).decode("utf-8")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:
        """Read the value."""
        return None if value is None else decode(value.encode("utf-8"))
