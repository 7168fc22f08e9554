"""What the tables of the people pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.i18n.translator import Translator
from congress.kernel.people import Person, Standing
from congress.kernel.table import Table
from congress.people.mapping import Columns
from congress.people.model import (
    DelegationCount,
    Field,
    ImportReport,
    Outcome,
    RowOutcome,
    badge_order,
)
from congress.people.report import reason_text
from congress.ui.models.rows import Column
from congress.ui.theme.tokens import Tone

OUTCOME_TONES: Mapping[Outcome, Tone] = {
    Outcome.ADDED: Tone.GOOD,
    Outcome.UPDATED: Tone.NOTE,
    Outcome.UNCHANGED: Tone.NEUTRAL,
    Outcome.REJECTED: Tone.DANGER,
}
OUTCOME_ICONS: Mapping[Outcome, str] = {
    Outcome.ADDED: "plus-circle",
    Outcome.UPDATED: "pencil-simple",
    Outcome.UNCHANGED: "equals",
    Outcome.REJECTED: "x-circle",
}
_WORST_FIRST = (Outcome.REJECTED, Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One row of a file, with what the import does with it.

    Attributes:
        number: The row, as a spreadsheet shows it.
        outcome: What happens to it.
        badge: The badge number as written.
        name: The name as written.
        remark: Why it is refused, or which fields change.
    """

    number: int
    outcome: Outcome
    badge: str
    name: str
    remark: str


def people_columns(tr: Translator) -> tuple[Column[Person], ...]:
    """Return the columns of the list of people."""
    return (
        Column(tr("people.column.badge"), lambda p: p.badge, sort=lambda p: badge_order(p.badge)),
        Column(tr("people.field.name"), lambda p: p.name, strong=True, stretch=True),
        Column(tr("people.field.delegation"), lambda p: p.delegation),
        Column(
            tr("people.field.standing"),
            lambda p: tr(f"standing.{p.standing}"),
            sort=lambda p: list(Standing).index(p.standing),
        ),
        Column(tr("people.field.seat"), lambda p: p.seat, sort=lambda p: badge_order(p.seat)),
        Column(tr("people.field.office"), lambda p: p.office),
    )


def delegation_columns(tr: Translator) -> tuple[Column[DelegationCount], ...]:
    """Return the columns of the counts by delegation."""

    def count(title: str, name: str) -> Column[DelegationCount]:
        return Column(
            title,
            lambda line: tr.number(getattr(line, name)),
            sort=lambda line: int(getattr(line, name)),
            number=True,
        )

    return (
        Column(
            tr("people.field.delegation"),
            lambda line: line.delegation or tr("people.no_delegation"),
            strong=True,
            stretch=True,
        ),
        count(tr("people.count.official"), "official"),
        count(tr("people.count.alternate"), "alternate"),
        count(tr("people.count.guest"), "guest"),
        count(tr("people.count.total"), "total"),
    )


def import_columns(tr: Translator) -> tuple[Column[ImportLine], ...]:
    """Return the columns of the preview of an import."""
    number, *others = rejected_columns(tr)
    return (
        number,
        Column(
            tr("people.column.outcome"),
            lambda line: tr(f"people.outcome.{line.outcome}"),
            sort=lambda line: _WORST_FIRST.index(line.outcome),
            tone=lambda line: OUTCOME_TONES[line.outcome],
            icon=lambda line: OUTCOME_ICONS[line.outcome],
        ),
        *others,
    )


def rejected_columns(tr: Translator) -> tuple[Column[ImportLine], ...]:
    """Return the columns of the rows that an import rejected."""
    return (
        Column(
            tr("people.report.row"),
            lambda line: tr.number(line.number),
            sort=lambda line: line.number,
            number=True,
        ),
        Column(tr("people.column.badge"), lambda line: line.badge),
        Column(tr("people.field.name"), lambda line: line.name, strong=True),
        Column(tr("people.column.remark"), lambda line: line.remark, stretch=True),
    )


def import_lines(
    tr: Translator, table: Table, columns: Columns, report: ImportReport
) -> tuple[ImportLine, ...]:
    """Return a line for each row of a file, and for each fault of a refused row; these first."""
    cells = {row.number: columns.cells(row) for row in table.rows}
    lines = [
        ImportLine(
            row.number,
            row.outcome,
            cells[row.number].get(Field.BADGE, "").strip()[:40],
            cells[row.number].get(Field.NAME, "").strip()[:120],
            remark,
        )
        for row in report.rows
        for remark in _remarks(tr, row)
    ]
    return tuple(sorted(lines, key=lambda line: line.outcome is not Outcome.REJECTED))


def _remarks(tr: Translator, row: RowOutcome) -> tuple[str, ...]:
    if row.faults:
        return tuple(
            f"{tr(f'people.field.{fault.field}')}: {reason_text(tr, fault)}" for fault in row.faults
        )
    return (tr.joined(*(tr(f"people.field.{field}") for field in row.changes)),)


def examples(table: Table, columns: Columns, column: int, limit: int = 3) -> Sequence[str]:
    """Return the first different values of a column below its heading."""
    found: dict[str, None] = {}
    for row in table.rows:
        text = row.cells[column].strip()[:40] if column < len(row.cells) else ""
        if row.number > columns.heading and text:
            found[text] = None
        if len(found) == limit:
            break
    return tuple(found)
