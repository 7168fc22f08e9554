"""What the tables of the register and of its corrections show."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from congress.i18n.translator import Translator
from congress.kernel.ids import MemberId, PersonId
from congress.people.model import badge_order
from congress.rollcall.model import Correction, RegisterLine, Status
from congress.ui.models.rows import Column
from congress.ui.theme.tokens import Tone

STATUS_TONES: Mapping[Status, Tone] = {
    Status.PRESENT: Tone.GOOD,
    Status.LEFT: Tone.NOTE,
    Status.LEFT_EARLY: Tone.NOTE,
    Status.REPLACED: Tone.NOTE,
    Status.EXCUSED: Tone.NEUTRAL,
    Status.ABSENT: Tone.CAUTION,
}
STATUS_ICONS: Mapping[Status, str] = {
    Status.PRESENT: "check-circle",
    Status.LEFT: "sign-out",
    Status.LEFT_EARLY: "sign-out",
    Status.REPLACED: "swap",
    Status.EXCUSED: "envelope-simple",
    Status.ABSENT: "circle-dashed",
}


class Filter(StrEnum):
    """Whom the register shows. Texts: ``register.filter.<value>``."""

    ALL = "all"
    PRESENT = "present"
    LATE = "late"
    LEFT = "left"
    REPLACED = "replaced"
    EXCUSED = "excused"
    ABSENT = "absent"


_FITS: Mapping[Filter, Callable[[RegisterLine], bool]] = {
    Filter.ALL: lambda line: True,
    Filter.PRESENT: lambda line: line.status is Status.PRESENT,
    Filter.LATE: lambda line: line.late,
    Filter.LEFT: lambda line: line.status in (Status.LEFT, Status.LEFT_EARLY),
    Filter.REPLACED: lambda line: line.status is Status.REPLACED,
    Filter.EXCUSED: lambda line: line.status is Status.EXCUSED,
    Filter.ABSENT: lambda line: line.status is Status.ABSENT,
}


def fitting(lines: Sequence[RegisterLine], chosen: Filter) -> list[RegisterLine]:
    """Return the lines that a filter shows."""
    return [line for line in lines if _FITS[chosen](line)]


def came_at(line: RegisterLine) -> datetime | None:
    """Return when the person came first, or ``None``."""
    return line.entries[0].came_at if line.entries else None


def left_at(line: RegisterLine) -> datetime | None:
    """Return when the person left last, or ``None`` for whoever is in the hall or never came."""
    return line.entries[-1].left_at if line.entries else None


def register_columns(tr: Translator) -> tuple[Column[RegisterLine], ...]:
    """Return the columns of the register of a session."""

    def time(at: datetime | None) -> str:
        return tr.time(at.astimezone()) if at else ""

    def status(line: RegisterLine) -> str:
        late = tr("rollcall.late") if line.late else ""
        return tr.joined(tr(f"rollcall.status.{line.status}"), late, line.excuse)

    return (
        Column(
            tr("people.column.badge"),
            lambda line: line.person.badge,
            sort=lambda line: badge_order(line.person.badge),
        ),
        Column(tr("people.field.name"), lambda line: line.person.name, strong=True, stretch=True),
        Column(tr("people.field.delegation"), lambda line: line.person.delegation),
        Column(tr("people.field.standing"), lambda line: tr(f"standing.{line.person.standing}")),
        Column(
            tr("door.column.status"),
            status,
            sort=lambda line: list(Status).index(line.status),
            tone=lambda line: STATUS_TONES[line.status],
            icon=lambda line: STATUS_ICONS[line.status],
        ),
        Column(
            tr("door.column.came"),
            lambda line: time(came_at(line)),
            sort=lambda line: came.timestamp() if (came := came_at(line)) else 0.0,
        ),
        Column(
            tr("door.column.left"),
            lambda line: time(left_at(line)),
            sort=lambda line: left.timestamp() if (left := left_at(line)) else 0.0,
        ),
        Column(
            tr("door.column.method"),
            lambda line: tr(f"rollcall.method.{line.entries[-1].method}") if line.entries else "",
        ),
        Column(
            tr("door.column.door"),
            lambda line: line.entries[-1].door if line.entries else "",
        ),
    )


def correction_columns(
    tr: Translator,
    person: Callable[[PersonId], str],
    member: Callable[[MemberId], str],
    stay: Callable[[Correction], str],
) -> tuple[Column[Correction], ...]:
    """Return the columns of the corrections of a session.

    Args:
        tr: The words.
        person: Gives the name of a person.
        member: Gives the name of who signs in.
        stay: Gives the times that stand now, or nothing.
    """
    return (
        Column(
            tr("register.correction.at"),
            lambda each: tr.time(each.at.astimezone()),
            sort=lambda each: each.at.timestamp(),
        ),
        Column(tr("people.field.name"), lambda each: person(each.person_id), strong=True),
        Column(
            tr("register.correction.what"),
            lambda each: tr.joined(tr(f"rollcall.correction.{each.kind}"), stay(each)),
        ),
        Column(tr("register.correction.why"), lambda each: each.reason, stretch=True),
        Column(tr("register.correction.by"), lambda each: member(each.by)),
        Column(
            tr("register.correction.second"),
            lambda each: member(each.confirmed_by) if each.confirmed_by else "–",
        ),
    )
