"""Reads the worked examples of a rule from their tables."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

from congress.kernel.ids import PersonId, SessionId
from congress.kernel.roll import Roll
from congress.voting.methods.forms import FORMS
from congress.voting.methods.ranked import marks_of
from congress.voting.model import Candidate, Contest, Method, Number, Validity
from congress.voting.outcome import Outcome
from congress.voting.plans import MOST_RANKED
from congress.voting.rules.model import Example, Expectation, Heap, Section
from congress.voting.rules.reader import MOST, Table

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def read_example(table: Table, sections: Sequence[Section]) -> Example:
    """Return the example written in ``table``.

    Args:
        table: One of ``rules.examples``.
        sections: The sections of the rule; ballots must name one of them.

    Raises:
        InputError: ``voting.bad_pack`` with the place that is wrong.
    """
    expect = _expectation(table.table("expect"))
    title = table.text("title")
    born = table.years("born")
    names = table.texts("candidates")
    contest = Contest(
        "example",
        title,
        table.choice("method", Method),
        table.whole("seats", 0),
        tuple(
            Candidate(name, name, born=date(born[name], 1, 1) if name in born else None)
            for name in names
        ),
        table.whole("surplus_limit") if table.has("surplus_limit") else None,
        table.flag("again", False),
        table.whole("choices", 0),
    )
    roll = _roll(table, held=expect.outcome is not None)
    known = {section.id for section in sections} or {""}
    heaps = tuple(_heap(item, known) for item in table.tables("ballots"))
    if contest.method.ranked and len(names) > MOST_RANKED:
        raise table.wrong("candidates")
    cells = FORMS[contest.method].cells(contest)
    if len({*cells}) < len(cells) or len({*names}) < len(names):
        raise table.wrong("candidates")
    if sum(heap.number for heap in heaps) > MOST:
        raise table.wrong("ballots")
    example = Example(
        title,
        contest,
        roll,
        table.whole("entitled", len(roll.present)),
        heaps,
        table.texts("decided"),
        expect,
    )
    table.end()
    return example


def _expectation(table: Table) -> Expectation:
    refused = table.has("problem")
    expect = Expectation(
        None if refused else table.choice("outcome", Outcome),
        table.texts("elected"),
        frozenset(table.texts("tied")),
        {validity: table.whole(validity.value, 0) for validity in Validity},
        _said(table, "base"),
        _said(table, "needed"),
        table.text("problem") if refused else "",
        table.texts("next"),
        table.whole("next_seats", 0),
    )
    table.end()
    return expect


def _said(table: Table, name: str) -> Number | None:
    return table.number(name) if table.has(name) else None


def _roll(table: Table, *, held: bool) -> Roll:
    present = table.whole("present", None if held else 0)
    persons = frozenset(PersonId(f"person {number}") for number in range(present))
    summoned = table.whole("summoned", present)
    absent = table.whole("absent_throughout", 0)
    conveners = table.whole("conveners_absent_throughout", 0)
    if absent + conveners > summoned:
        raise table.wrong("summoned")
    return Roll(
        session_id=SessionId("example"),
        taken_at=_MOMENT,
        summoned=summoned,
        present=persons,
        absent_throughout=absent,
        conveners_absent_throughout=conveners,
        weights=dict.fromkeys(persons, Fraction(1)),
        sections=dict.fromkeys(persons, ""),
    )


def _heap(table: Table, sections: set[str]) -> Heap:
    marks = (
        marks_of(table.texts("ranking"))
        if table.has("ranking")
        else frozenset(table.texts("marks"))
    )
    section = table.text("section") if table.has("section") else ""
    if section not in sections:
        raise table.wrong("section")
    weight = Fraction(table.number("weight")) if table.has("weight") else Fraction(1)
    heap = Heap(marks, table.whole("count"), weight, section)
    table.end()
    return heap
