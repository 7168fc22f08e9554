"""What an import would do with each row of a table: a pure function, for preview and import."""

from collections.abc import Mapping
from dataclasses import replace

from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import Person
from congress.kernel.progress import Progress, Silent
from congress.kernel.table import Table
from congress.people.mapping import Columns
from congress.people.model import (
    REQUIRED,
    Fault,
    Field,
    ImportReport,
    Outcome,
    Reason,
    RowOutcome,
    badge_key,
    changed_fields,
)
from congress.people.photonames import photo_names
from congress.people.rules import blank_person, read_person

_STEP = 100


def plan_import(
    table: Table,
    columns: Columns,
    known: Mapping[str, Person],
    language: str,
    *,
    former: Mapping[str, PersonId] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Return what importing ``table`` does with each of its rows; changes nothing.

    A row whose badge number is known updates that person, in the fields the table has; the
    others stay. Of several rows with one badge number the first counts and the others are
    rejected, each naming the first.

    Args:
        table: The rows.
        columns: What their columns mean.
        known: The persons on the list, by ``badge_key``.
        language: The language of persons for whom the table names none.
        former: Identifiers of persons taken off the list, by ``badge_key``; they come back
            under the same one.
        progress: Told how far the work is, and asked whether to go on.

    Raises:
        InputError: ``people.no_badge_column``, ``people.no_name_column``.
        Cancelled: The person cancelled.
    """
    for field in REQUIRED:
        columns.require(field)
    watch = progress or Silent()
    rows = [row for row in table.rows if row.number > columns.heading]
    seen: dict[str, int] = {}
    outcomes: list[RowOutcome] = []
    for done, row in enumerate(rows):
        if done % _STEP == 0:
            watch.check()
            watch.report(done, len(rows))
        cells = columns.cells(row)
        key = badge_key(cells[Field.BADGE])
        before = known.get(key)
        base = before or blank_person((former or {}).get(key, PersonId(new_id())), language)
        after, faults = read_person(cells, base)
        if key in seen:
            faults = (Fault(Field.BADGE, Reason.DUPLICATE, seen[key]), *faults)
        elif key:
            seen[key] = row.number
        outcome = _outcome(row.number, before, after, faults)
        outcomes.append(replace(outcome, photos=photo_names(cells.get(Field.PHOTO, ""))))
    watch.report(len(rows), len(rows))
    return ImportReport(table.file, tuple(outcomes))


def _outcome(
    number: int, before: Person | None, after: Person, faults: tuple[Fault, ...]
) -> RowOutcome:
    if faults:
        return RowOutcome(number, Outcome.REJECTED, faults=faults)
    if before is None:
        return RowOutcome(number, Outcome.ADDED, after)
    if changes := changed_fields(before, after):
        return RowOutcome(number, Outcome.UPDATED, after, changes)
    return RowOutcome(number, Outcome.UNCHANGED, after)
