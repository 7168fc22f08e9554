"""What an import does with each row."""

import pytest

from congress.kernel.errors import Cancelled, InputError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.progress import CancelFlag
from congress.kernel.table import Table
from congress.people.importing import plan_import
from congress.people.mapping import propose_columns
from congress.people.model import Fault, Field, ImportReport, Outcome, Reason, badge_key
from congress.people.table import parse_table

CURIE = Person(PersonId("c" * 26), "A1", "Marie Curie", "France", seat="1", office="Chair")


def table(text: str) -> Table:
    return parse_table("people.csv", text.encode())


def plan(text: str, *known: Person) -> ImportReport:
    rows = table(text)
    by_key = {badge_key(person.badge): person for person in known}
    return plan_import(rows, propose_columns(rows), by_key, "vi")


def test_new_known_and_bad_rows_are_told_apart() -> None:
    report = plan(
        "Badge,Name,Seat\nA1,Marie Curie,2\nA2,Niels Bohr,3\n,Nobody,4\na 1,Twin,5\n",
        CURIE,
    )
    assert [row.outcome for row in report.rows] == [
        Outcome.UPDATED,
        Outcome.ADDED,
        Outcome.REJECTED,
        Outcome.REJECTED,
    ]
    assert [report.count(outcome) for outcome in Outcome] == [1, 1, 0, 2]
    assert [row.number for row in report.rejected] == [4, 5]
    assert report.rejected[0].faults == (Fault(Field.BADGE, Reason.EMPTY),)
    assert report.rejected[1].faults == (Fault(Field.BADGE, Reason.DUPLICATE, 2),)


def test_an_update_keeps_identity_and_what_the_table_does_not_have() -> None:
    row = plan("Badge,Name,Seat\nＡ１,Marie Skłodowska Curie,9\n", CURIE).rows[0]
    assert row.person is not None
    assert row.person.id == CURIE.id
    assert row.person.office == "Chair"
    assert row.changes == (Field.BADGE, Field.NAME, Field.SEAT)


def test_the_same_table_again_changes_nothing() -> None:
    row = plan("Badge,Name,Delegation\nA1,Marie Curie,France\n", CURIE).rows[0]
    assert (row.outcome, row.person) == (Outcome.UNCHANGED, CURIE)


def test_a_former_person_comes_back_under_the_same_identifier() -> None:
    rows = table("Badge,Name\nA1,Marie Curie\n")
    report = plan_import(rows, propose_columns(rows), {}, "en", former={"a1": PersonId("f" * 26)})
    assert report.rows[0].outcome is Outcome.ADDED
    assert report.rows[0].person == Person(PersonId("f" * 26), "A1", "Marie Curie", "")


def test_the_language_of_the_congress_is_the_language_of_who_names_none() -> None:
    person = plan("Badge,Name,Language\nA1,Curie,\nA2,Bohr,en\n").rows[0].person
    assert person is not None
    assert person.language == "vi"


def test_rows_above_the_heading_are_no_rows() -> None:
    report = plan("LIST,\nBadge,Name\nA1,Curie\n")
    assert [row.number for row in report.rows] == [3]


def test_badge_and_name_must_have_a_column() -> None:
    with pytest.raises(InputError) as caught:
        plan("Badge,Seat\nA1,3\n")
    assert caught.value.code == "people.no_name_column"


def test_it_stops_when_cancelled() -> None:
    class Cancelling(CancelFlag):
        def report(self, done: int, total: int, label: str = "") -> None:
            if done >= 100:
                self.raise_flag()

    rows = table("Badge,Name\n" + "".join(f"{n},Name {n}\n" for n in range(300)))
    with pytest.raises(Cancelled):
        plan_import(rows, propose_columns(rows), {}, "en", progress=Cancelling())
