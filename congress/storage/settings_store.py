"""The settings of a congress as one canonical JSON value in one row."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from congress.kernel.canonical import Json
from congress.kernel.errors import InputError
from congress.kernel.roles import Clearance
from congress.kernel.settings import FREE_TO_LEAVE, QuorumBase, QuorumRule, Settings
from congress.storage.schema import setting

_ROW = 1


def check(settings: Settings) -> None:
    """Refuse settings that no congress can have.

    Raises:
        InputError: ``settings.no_name``, ``settings.dates`` (it ends before it starts) or
            ``settings.quorum`` (the share is not over 0 and at most 1).
    """
    if not settings.name.strip():
        raise InputError("settings.no_name")
    if settings.starts and settings.ends and settings.ends < settings.starts:
        raise InputError("settings.dates")
    rule = settings.quorum
    if not (0 < rule.share <= 1 and (rule.by_section is None or 0 < rule.by_section <= 1)):
        raise InputError("settings.quorum")


def changed(old: Settings, new: Settings) -> list[str]:
    """Return the names of the fields that differ."""
    return [
        each.name for each in fields(Settings) if getattr(old, each.name) != getattr(new, each.name)
    ]


def to_json(settings: Settings) -> Mapping[str, Json]:
    """Return the settings as a canonical value."""
    return {
        "name": settings.name,
        "language": settings.language,
        "starts": _iso(settings.starts),
        "ends": _iso(settings.ends),
        "place": settings.place,
        "rule_pack": settings.rule_pack,
        "quorum": _rule_to_json(settings.quorum),
        "keep_photos": settings.keep_photos,
        "face_backend": settings.face_backend,
        "motto": settings.motto,
        "copying": sorted(settings.copying),
        "printing": sorted(settings.printing),
        "keep_faces_days": settings.keep_faces_days,
    }


def from_json(value: Mapping[str, Any]) -> Settings:
    """Return the settings that ``to_json`` wrote, in this version or an earlier one."""
    return Settings(
        name=value["name"],
        language=value["language"],
        starts=_date(value["starts"]),
        ends=_date(value["ends"]),
        place=value["place"],
        rule_pack=value["rule_pack"],
        quorum=_rule(value["quorum"]),
        keep_photos=value["keep_photos"],
        face_backend=value["face_backend"],
        motto=value["motto"],
        copying=_clearances(value.get("copying")),
        printing=_clearances(value.get("printing")),
        keep_faces_days=value.get("keep_faces_days", 30),
    )


def load(connection: Connection) -> Settings:
    """Read the settings."""
    return from_json(connection.execute(select(setting.c.value)).scalar_one())


def save(connection: Connection, settings: Settings) -> None:
    """Write the settings in place of those before."""
    connection.execute(delete(setting))
    connection.execute(insert(setting).values(id=_ROW, value=to_json(settings)))


def _rule_to_json(rule: QuorumRule) -> Mapping[str, Json]:
    return {
        "share": str(rule.share),
        "strict": rule.strict,
        "base": rule.base.value,
        "by_section": None if rule.by_section is None else str(rule.by_section),
    }


def _rule(value: Mapping[str, Any]) -> QuorumRule:
    by_section = value.get("by_section")
    return QuorumRule(
        Fraction(value["share"]),
        value["strict"],
        QuorumBase(value.get("base", QuorumBase.SUMMONED)),
        None if by_section is None else Fraction(by_section),
    )


def _clearances(value: Sequence[str] | None) -> frozenset[Clearance]:
    return FREE_TO_LEAVE if value is None else frozenset(map(Clearance, value))


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
