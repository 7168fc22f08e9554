"""The files of photographs that a cell names."""

import pytest

from congress.kernel.people import PhotoFile
from congress.kernel.table import Row, Table
from congress.people.importing import plan_import
from congress.people.mapping import propose_columns
from congress.people.model import Outcome, badge_key
from congress.people.photonames import photo_names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("  ", ()),
        ("A1.jpg", ("A1.jpg",)),
        ("A1.jpg; photos/A1_2.png", ("A1.jpg", "photos/A1_2.png")),
        ("A1.jpg, A1_2.jpeg,A1_3.JPG", ("A1.jpg", "A1_2.jpeg", "A1_3.JPG")),
        ("A1.jpg\nA1.jpg", ("A1.jpg",)),
        ("Nguyễn, Văn A.jpg", ("Nguyễn, Văn A.jpg",)),
        ("الف.jpg؛ ب.jpg، پ.jpg", ("الف.jpg", "ب.jpg", "پ.jpg")),
        ("A1\u202ejpg.exe", ("A1jpg.exe",)),
        ("A1", ("A1",)),
    ],
)
def test_names_are_taken_apart(cell: str, names: tuple[str, ...]) -> None:
    assert photo_names(cell) == names


def test_a_report_says_which_row_names_which_photograph() -> None:
    rows = (
        ("Badge", "Name", "Photo"),
        ("A1", "Bohr", "bohr.jpg; bohr2.jpg"),
        ("A2", "Curie", ""),
        ("", "Nobody", "nobody.jpg"),
        ("A3", "Noether", "noether.jpg"),
    )
    table = Table("a.csv", tuple(Row(n, cells) for n, cells in enumerate(rows, start=1)))
    report = plan_import(table, propose_columns(table), {}, "en")
    assert report.photos == (
        PhotoFile(2, "A1", "bohr.jpg"),
        PhotoFile(2, "A1", "bohr2.jpg"),
        PhotoFile(5, "A3", "noether.jpg"),
    )
    known = {badge_key(row.person.badge): row.person for row in report.rows if row.person}
    again = plan_import(table, propose_columns(table), known, "en")
    assert again.count(Outcome.UNCHANGED) == 3, "a photograph is no detail of a person"
    assert again.photos == report.photos
