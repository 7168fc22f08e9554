"""The sample congress imports without a fault."""

from datetime import UTC, date

import pytest

from congress.assets import asset
from congress.floor.importing import plan_programme
from congress.floor.model import ItemKind
from congress.kernel.people import Standing
from congress.people.importing import plan_import
from congress.people.mapping import propose_columns
from congress.people.model import KEPT, count_by_delegation
from congress.people.table import read_table


def test_the_list_of_the_sample_congress_imports_whole() -> None:
    table = read_table(asset("samples/people.csv"))
    columns = propose_columns(table)
    report = plan_import(table, columns, {}, "en")
    people = [row.person for row in report.rows if row.person]
    assert columns.fields == KEPT
    assert report.rejected == ()
    assert [sum(person.badge.startswith(kind) for person in people) for kind in "SVPG"] == [
        29,
        4,
        4,
        2,
    ]
    assert len(count_by_delegation(people)) == 9
    assert {person.language for person in people} == {"en", "vi", "ur"}
    assert sum(person.standing is Standing.OFFICIAL for person in people) == 32
    assert sum(person.convener for person in people) == 6
    assert len({person.seat for person in people}) == len(people)


@pytest.mark.parametrize("name", ["programme.csv", "programme.vi.csv", "programme.ur.csv"])
def test_the_programme_of_the_sample_congress_imports_whole(name: str) -> None:
    report = plan_programme(read_table(asset(f"samples/{name}")), UTC, date(2026, 3, 14))
    assert report.faults == ()
    assert len(report.items) == 12
    assert {item.kind for item in report.items} == set(ItemKind)
    assert [item.poll != "" for item in report.items].count(True) == 2
    for before, after in zip(report.items, report.items[1:], strict=False):
        assert before.ends == after.starts
