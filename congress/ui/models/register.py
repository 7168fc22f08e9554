"""What the table of the register shows."""

from collections.abc import Mapping
from datetime import datetime

from congress.i18n.translator import Translator
from congress.people.model import badge_order
from congress.rollcall.model import RegisterLine, Status
from congress.ui.models.rows import Column
from congress.ui.theme.tokens import Tone

STATUS_TONES: Mapping[Status, Tone] = {
    Status.PRESENT: Tone.GOOD,
    Status.LEFT: Tone.NOTE,
    Status.REPLACED: Tone.NOTE,
    Status.ABSENT: Tone.CAUTION,
}
STATUS_ICONS: Mapping[Status, str] = {
    Status.PRESENT: "check-circle",
    Status.LEFT: "sign-out",
    Status.REPLACED: "swap",
    Status.ABSENT: "circle-dashed",
}


def came_at(line: RegisterLine) -> datetime | None:
    """Return when the person came first, or ``None``."""
    return line.entries[0].came_at if line.entries else None


def register_columns(tr: Translator) -> tuple[Column[RegisterLine], ...]:
    """Return the columns of the register of a session."""

    def time(line: RegisterLine) -> str:
        came = came_at(line)
        return tr.time(came.astimezone()) if came else ""

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
            lambda line: tr(f"rollcall.status.{line.status}"),
            sort=lambda line: list(Status).index(line.status),
            tone=lambda line: STATUS_TONES[line.status],
            icon=lambda line: STATUS_ICONS[line.status],
        ),
        Column(
            tr("door.column.came"),
            time,
            sort=lambda line: came.timestamp() if (came := came_at(line)) else 0.0,
        ),
        Column(
            tr("door.column.method"),
            lambda line: tr(f"rollcall.method.{line.entries[-1].method}") if line.entries else "",
        ),
    )
