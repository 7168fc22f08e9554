"""Reads the cells of a person's row and says what is wrong with each."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from congress.kernel.folding import fold
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Sex, Standing
from congress.kernel.text import TextFault, text_fault, tidy
from congress.people.model import KEPT, REQUIRED, Fault, Field, Reason

LONGEST: Mapping[Field, int] = {
    Field.BADGE: 32,
    Field.NAME: 120,
    Field.DELEGATION: 120,
    Field.SEAT: 32,
    Field.OFFICE: 160,
    Field.CONTACT: 200,
}
"""The most characters that each text may have."""

_TEXT_REASONS = {
    TextFault.UNREADABLE: Reason.UNREADABLE,
    TextFault.BIDI: Reason.BIDI,
    TextFault.MARKS: Reason.MARKS,
}

# Words for values in the three languages, written folded (see congress.kernel.folding).
_STANDINGS = {
    Standing.OFFICIAL: (
        "official|official delegate|delegate|full delegate|voting|full|o|"
        "chinh thuc|dai bieu chinh thuc|dai bieu|ct|"
        "باضابطہ|باضابطہ مندوب|مندوب|رکن"
    ),
    Standing.ALTERNATE: (
        "alternate|alternate delegate|substitute|deputy|a|"
        "du khuyet|dai bieu du khuyet|dk|"
        "متبادل|متبادل مندوب|نایب"
    ),
    Standing.GUEST: (
        "guest|observer|visitor|g|khach moi|khach|dai bieu khach moi|quan sat vien|km|مہمان|مبصر"
    ),
}
_LANGUAGES = {
    "en": "en|eng|english|tieng anh|anh|انگریزی|انگلش",
    "vi": "vi|vie|vietnamese|tieng viet|viet|ویتنامی|ویت نامی",
    "ur": "ur|urd|urdu|tieng urdu|اردو",
}
_SEXES = {
    Sex.FEMALE: "female|f|woman|w|nu|عورت|خاتون|مونث",
    Sex.MALE: "male|m|man|nam|مرد|مذکر",
    Sex.OTHER: "other|x|diverse|d|khac|دیگر",
}
_ANSWERS = {
    True: "yes|y|true|1|x|co|dung|ہاں|جی ہاں|✓",
    False: "no|n|false|0|khong|ko|نہیں|-|–",
}
# Three decimals could be thousands ("1.000" in Vietnam, "1,000" in Pakistan): refused.
_DECIMAL = re.compile(r"(\d{1,9})(?:[.,٫](\d{1,2}|\d{4,6}))?", re.ASCII)
_YEAR = re.compile(r"(?:.*\D)?((?:19|20)\d\d)(?:\D.*)?", re.ASCII)
_RATIO = re.compile(r"(\d{1,9}) ?/ ?(\d{1,9})", re.ASCII)

_Value = TypeVar("_Value")


def _words(table: Mapping[_Value, str]) -> Mapping[str, _Value]:
    return {fold(word): value for value, words in table.items() for word in words.split("|")}


_STANDING_OF = _words(_STANDINGS)
_LANGUAGE_OF = _words(_LANGUAGES)
_SEX_OF = _words(_SEXES)
_ANSWER_OF = _words(_ANSWERS)


class _Refused(Exception):
    def __init__(self, reason: Reason, number: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number


def _text(field: Field, raw: str) -> str:
    limit = LONGEST[field]
    if len(raw) > 10 * limit:
        raise _Refused(Reason.TOO_LONG, limit)
    if fault := text_fault(raw):
        raise _Refused(_TEXT_REASONS[fault])
    value = tidy(raw)
    if len(value) > limit:
        raise _Refused(Reason.TOO_LONG, limit)
    if field in REQUIRED and not any(char.isalnum() for char in value):
        raise _Refused(Reason.EMPTY)
    return value


def _weight(word: str) -> Fraction:
    if match := _DECIMAL.fullmatch(word):
        weight = Fraction(f"{match[1]}.{match[2] or 0}")
    elif (match := _RATIO.fullmatch(word)) and int(match[2]):
        weight = Fraction(int(match[1]), int(match[2]))
    else:
        raise _Refused(Reason.NOT_A_WEIGHT)
    if not weight:
        raise _Refused(Reason.NOT_A_WEIGHT)
    return weight


def _known(words: Mapping[str, _Value], word: str, reason: Reason) -> _Value:
    if word not in words:
        raise _Refused(reason)
    return words[word]


def _year(word: str) -> int:
    if not (match := _YEAR.fullmatch(word)):
        raise _Refused(Reason.NOT_A_YEAR)
    return int(match[1])


def _value(field: Field, raw: str, language: str) -> object:
    if field in LONGEST:
        return _text(field, raw)
    word = " ".join(fold(raw[:100]).split())
    match field:
        case Field.STANDING:
            return (
                _known(_STANDING_OF, word, Reason.UNKNOWN_STANDING) if word else Standing.OFFICIAL
            )
        case Field.WEIGHT:
            return _weight(word) if word else Fraction(1)
        case Field.LANGUAGE:
            return _known(_LANGUAGE_OF, word, Reason.UNKNOWN_LANGUAGE) if word else language
        case Field.SEX:
            return _known(_SEX_OF, word, Reason.UNKNOWN_SEX) if word else None
        case Field.BORN:
            return _year(word) if word else None
        case _:
            return _known(_ANSWER_OF, word, Reason.NOT_YES_OR_NO) if word else False


def read_person(cells: Mapping[Field, str], base: Person) -> tuple[Person, tuple[Fault, ...]]:
    """Read the cells of one person.

    An empty cell means: official delegate, one vote, the language of ``base``, no convener,
    or nothing written. Of a date of birth the year is kept. A field without a cell stays as
    it is in ``base``.

    Args:
        cells: What is written for each field.
        base: The person as known so far, or a blank one.

    Returns:
        The person, and everything that is wrong; the person is only to be used if nothing is.
    """
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for field, raw in cells.items():
        if field not in KEPT:
            continue
        try:
            values[field.value] = _value(field, raw, base.language)
        except _Refused as refused:
            faults.append(Fault(field, refused.reason, refused.number))
    return replace(base, **values), tuple(faults)  # type: ignore[arg-type]


def write_person(person: Person) -> Mapping[Field, str]:
    """Return the cells that ``read_person`` reads as ``person``."""
    return {
        Field.BADGE: person.badge,
        Field.NAME: person.name,
        Field.DELEGATION: person.delegation,
        Field.STANDING: person.standing.value,
        Field.SEAT: person.seat,
        Field.OFFICE: person.office,
        Field.WEIGHT: str(person.weight),
        Field.LANGUAGE: person.language,
        Field.CONTACT: person.contact,
        Field.CONVENER: "yes" if person.convener else "no",
        Field.SEX: person.sex.value if person.sex else "",
        Field.BORN: "" if person.born is None else str(person.born),
    }


def blank_person(person_id: PersonId, language: str) -> Person:
    """Return a person of whom nothing is known yet.

    Args:
        person_id: Their identifier.
        language: The language of a person whose row names none.
    """
    return Person(id=person_id, badge="", name="", delegation="", language=language)
