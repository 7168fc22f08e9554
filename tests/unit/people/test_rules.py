"""Reading the cells of one person."""

from fractions import Fraction

import pytest

from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Sex, Standing
from congress.people.model import Fault, Field, Reason
from congress.people.rules import blank_person, read_person, write_person

BLANK = blank_person(PersonId("p" * 26), "vi")
WHOLE = Person(
    PersonId("p" * 26),
    "A1",
    "Marie Curie",
    "France",
    Standing.ALTERNATE,
    "12",
    "Chair",
    Fraction(3, 2),
    "ur",
    "+33 1",
    True,
)


def read(field: Field, raw: str) -> object:
    person, faults = read_person({field: raw}, BLANK)
    assert faults == ()
    return getattr(person, field)


def fault(field: Field, raw: str) -> tuple[Reason, int]:
    _, faults = read_person({field: raw}, BLANK)
    assert [found.field for found in faults] == [field]
    return faults[0].reason, faults[0].number


def test_a_person_survives_writing_and_reading() -> None:
    assert read_person(write_person(WHOLE), BLANK) == (WHOLE, ())


def test_fields_without_a_cell_stay() -> None:
    person, _ = read_person({Field.SEAT: " 14 "}, WHOLE)
    assert (person.seat, person.office, person.weight) == ("14", "Chair", Fraction(3, 2))


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("", Standing.OFFICIAL),
        ("Official Delegate", Standing.OFFICIAL),
        ("Đại biểu  chính thức", Standing.OFFICIAL),
        ("DỰ KHUYẾT", Standing.ALTERNATE),
        ("متبادل مندوب", Standing.ALTERNATE),
        ("Khách mời", Standing.GUEST),
        ("مهمان", Standing.GUEST),
    ],
)
def test_standings_of_three_languages(word: str, standing: Standing) -> None:
    assert read(Field.STANDING, word) is standing


@pytest.mark.parametrize(
    ("word", "language"), [("", "vi"), ("EN", "en"), ("Tiếng Việt", "vi"), ("اردو", "ur")]
)
def test_languages(word: str, language: str) -> None:
    assert read(Field.LANGUAGE, word) == language


@pytest.mark.parametrize(
    ("word", "weight"),
    [
        ("", Fraction(1)),
        ("3", Fraction(3)),
        ("1.5", Fraction(3, 2)),
        ("2,25", Fraction(9, 4)),
        ("۲٫۵", Fraction(5, 2)),
        ("1 / 3", Fraction(1, 3)),
        ("0.3333", Fraction(3333, 10000)),
    ],
)
def test_weights(word: str, weight: Fraction) -> None:
    assert read(Field.WEIGHT, word) == weight


@pytest.mark.parametrize(
    "word", ["0", "-1", "1.000", "1,000", "1/0", "0/2", "1e3", "one", "NaN", "9" * 12, "½ 2"]
)
def test_bad_weights(word: str) -> None:
    assert fault(Field.WEIGHT, word) == (Reason.NOT_A_WEIGHT, 0)


@pytest.mark.parametrize(
    ("word", "answer"), [("", False), ("Yes", True), ("Có", True), ("không", False), ("ہاں", True)]
)
def test_conveners(word: str, answer: bool) -> None:
    assert read(Field.CONVENER, word) is answer


@pytest.mark.parametrize(
    ("field", "raw", "reason", "number"),
    [
        (Field.BADGE, "", Reason.EMPTY, 0),
        (Field.BADGE, " --- ", Reason.EMPTY, 0),
        (Field.NAME, "\u200c", Reason.EMPTY, 0),
        (Field.NAME, "Anna\u202egro", Reason.BIDI, 0),
        (Field.NAME, "An\x07na", Reason.UNREADABLE, 0),
        (Field.NAME, "A" + "\u0336" * 8, Reason.MARKS, 0),
        (Field.NAME, "A" * 121, Reason.TOO_LONG, 120),
        (Field.CONTACT, "A" * 100_000, Reason.TOO_LONG, 200),
        (Field.STANDING, "emperor", Reason.UNKNOWN_STANDING, 0),
        (Field.LANGUAGE, "Klingon", Reason.UNKNOWN_LANGUAGE, 0),
        (Field.CONVENER, "maybe", Reason.NOT_YES_OR_NO, 0),
    ],
)
def test_what_is_refused(field: Field, raw: str, reason: Reason, number: int) -> None:
    assert fault(field, raw) == (reason, number)


def test_everything_wrong_with_a_row_is_said() -> None:
    _, faults = read_person({Field.BADGE: "", Field.NAME: "x", Field.WEIGHT: "no"}, BLANK)
    assert faults == (Fault(Field.BADGE, Reason.EMPTY), Fault(Field.WEIGHT, Reason.NOT_A_WEIGHT))


def test_marks_are_composed() -> None:
    assert read(Field.NAME, " Nguye\u0302\u0303n  \u200fVan\u200e ") == "Nguyễn Van"


@pytest.mark.parametrize(
    ("typed", "year"),
    [("1968", 1968), ("02/09/1945", 1945), ("1990-01-31", 1990), ("۱۹۷۴", 1974), ("", None)],
)
def test_of_a_date_of_birth_the_year_is_kept(typed: str, year: int | None) -> None:
    person, faults = read_person({Field.BORN: typed}, blank_person(PersonId("x"), "en"))
    assert (person.born, faults) == (year, ())


@pytest.mark.parametrize("typed", ["68", "1768", "31.12.", "19680", "soon"])
def test_what_holds_no_year_is_refused(typed: str) -> None:
    _, faults = read_person({Field.BORN: typed}, blank_person(PersonId("x"), "en"))
    assert faults == (Fault(Field.BORN, Reason.NOT_A_YEAR),)


@pytest.mark.parametrize(
    ("typed", "sex"),
    [("F", Sex.FEMALE), ("Nữ", Sex.FEMALE), ("مرد", Sex.MALE), ("x", Sex.OTHER), (" ", None)],
)
def test_the_sex_is_known_in_three_languages(typed: str, sex: Sex | None) -> None:
    person, faults = read_person({Field.SEX: typed}, blank_person(PersonId("x"), "en"))
    assert (person.sex, faults) == (sex, ())


def test_another_word_for_the_sex_is_refused() -> None:
    _, faults = read_person({Field.SEX: "north"}, blank_person(PersonId("x"), "en"))
    assert faults == (Fault(Field.SEX, Reason.UNKNOWN_SEX),)
