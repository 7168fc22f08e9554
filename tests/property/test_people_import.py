"""Any table in: nothing crashes, and every row is accounted for."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.kernel.table import Row, Table
from congress.people.importing import plan_import
from congress.people.mapping import propose_columns
from congress.people.model import Field, Outcome, badge_key, badge_order
from congress.people.rules import read_person, write_person
from congress.people.table import parse_table

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "A1", "a 1", "A2", "Nguyễn Thị Minh", "1.5", "official", "khách mời", "vi"]
    ),
    st.text(st.sampled_from("aA1\u202e\u200f\u0301\x00\n\t\u0300đی"), max_size=8),
)


@given(
    st.lists(st.lists(CELLS, min_size=0, max_size=11).map(tuple), max_size=12),
    st.permutations(list(Field)),
)
@settings(max_examples=150)
def test_every_row_is_accepted_or_rejected_once(
    rows: list[tuple[str, ...]], fields: list[Field]
) -> None:
    heading = Row(1, tuple(field.value for field in fields))
    body = [Row(number, cells) for number, cells in enumerate(rows, start=2)]
    table = Table("any.csv", (heading, *body))
    report = plan_import(table, propose_columns(table), {}, "en")
    assert [row.number for row in report.rows] == [row.number for row in body]
    assert sum(report.count(outcome) for outcome in Outcome) == len(body)
    accepted = [row.person for row in report.rows if row.person is not None]
    assert len(accepted) + len(report.rejected) == len(body)
    assert len({badge_key(person.badge) for person in accepted}) == len(accepted)
    for person in accepted:
        assert person.badge
        assert person.name
        assert person.weight > 0
        assert read_person(write_person(person), person) == (person, ())

    known = {badge_key(person.badge): person for person in accepted}
    again = plan_import(table, propose_columns(table), known, "en")
    assert again.count(Outcome.UNCHANGED) == len(accepted)
    assert again.count(Outcome.ADDED) == again.count(Outcome.UPDATED) == 0


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_an_input_error(data: bytes) -> None:
    try:
        table = parse_table("any", data)
    except InputError:
        return
    assert table.rows
    assert all(not row.blank for row in table.rows)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\x1e"), max_size=8),
            min_size=3,
            max_size=3,
        ).filter(lambda cells: all(cell.strip() for cell in cells)),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]], encoding: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    table = parse_table("any.csv", buffer.getvalue().encode(encoding))
    if not rows[0][0].startswith("\ufeff"):
        assert [list(row.cells) for row in table.rows] == rows


@given(st.text())
def test_badge_keys_are_stable_and_ordered(badge: str) -> None:
    key = badge_key(badge)
    assert badge_key(key) == key
    assert badge_order(badge) == badge_order(key)
