import inspect
from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from congress.i18n import catalogue
from congress.i18n.translator import ErrorText, Translator
from congress.kernel.errors import BugError, InputError, RefusedError

_TEXTS: Mapping[str, Mapping[str, Any]] = {
    "persons": {
        "en": {"one": "{count} person", "other": "{count} persons"},
        "vi": {"other": "{count} người"},
        "ur": {"one": "{count} شخص", "other": "{count} اشخاص"},
    },
    "hello": {"en": "Hello {name}", "vi": "Chào {name}", "ur": "سلام {name}"},
}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congress.i18n.translator.entries", lambda: _TEXTS)


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize(
    ("lang", "count", "text"),
    [
        ("en", 1, "1 person"),
        ("en", 0, "0 persons"),
        ("en", 1234, "1,234 persons"),
        ("vi", 1, "1 người"),
        ("vi", 1234, "1.234 người"),
        ("ur", 1, "1 شخص"),
        ("ur", 2, "2 اشخاص"),
    ],
)
def test_a_count_chooses_the_plural(lang: str, count: int, text: str) -> None:
    assert Translator(lang)("persons", count=count) == text


@pytest.mark.usefixtures("texts")
def test_strings_are_isolated_where_their_direction_may_differ() -> None:
    assert Translator("en")("hello", name="Lan") == "Hello Lan"
    assert Translator("ur")("hello", name="Lan") == "سلام \u2068Lan\u2069"
    assert Translator("ur")("hello", name="") == "سلام "
    assert Translator("vi")("hello", name="علی") == "Chào \u2068علی\u2069"
    assert Translator("en").rtl is False
    assert Translator("ur").rtl is True


@pytest.mark.usefixtures("texts")
def test_a_text_or_a_parameter_that_is_missing_is_a_bug() -> None:
    tr = Translator("en")
    assert tr.has("hello")
    assert not tr.has("goodbye")
    with pytest.raises(BugError, match="goodbye"):
        tr("goodbye")
    with pytest.raises(BugError, match="name"):
        tr("hello")


def test_another_language_is_a_bug() -> None:
    with pytest.raises(BugError, match="'fr'"):
        Translator("fr")


@pytest.mark.parametrize(
    ("lang", "value", "places", "text"),
    [
        ("en", 1234567, None, "1,234,567"),
        ("vi", 1234567, None, "1.234.567"),
        ("ur", 1234567, None, "1,234,567"),
        ("en", Fraction(3, 2), None, "1.50"),
        ("vi", Fraction(3, 2), None, "1,50"),
        ("en", Fraction(-3, 2), None, "-1.50"),
        ("en", Fraction(1, 8), 2, "0.13"),
        ("en", Fraction(-1, 1000), 2, "0.00"),
        ("en", Fraction(999, 1000), 2, "1.00"),
        ("en", 7, 1, "7.0"),
        ("en", -7, None, "-7"),
        ("en", Fraction(4, 2), None, "2"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    lang: str, value: int | Fraction, places: int | None, text: str
) -> None:
    assert Translator(lang).number(value, places) == text


@pytest.mark.parametrize(
    ("part", "of", "places", "text"),
    [
        (2, 3, 1, "66.7%"),
        (51, 101, 2, "50.50%"),
        (1, 1, 0, "100%"),
        (0, 5, 1, "0.0%"),
        (Fraction(1, 2), Fraction(3, 2), 1, "33.3%"),
        (1, 0, 1, "–"),
    ],
)
def test_a_percentage(part: int | Fraction, of: int | Fraction, places: int, text: str) -> None:
    assert Translator("en").percent(part, of, places) == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "14 March 2026"),
        ("vi", "14 tháng 3 năm 2026"),
        ("ur", "14 مارچ 2026"),
    ],
)
def test_a_date_has_its_month_in_words(lang: str, text: str) -> None:
    assert Translator(lang).date(date(2026, 3, 14)) == text


def test_every_month_has_a_name_in_every_language() -> None:
    for lang in ("en", "vi", "ur"):
        months = {Translator(lang).date(date(2026, month, 1)) for month in range(1, 13)}
        assert len(months) == 12


def test_urdu_has_either_digits_by_choice() -> None:
    own = Translator("ur", urdu_digits=True)
    assert own.number(1234) == "۱,۲۳۴"
    assert own.percent(1, 4) == "۲۵.۰%"
    assert own.date(date(2026, 3, 14)) == "۱۴ مارچ ۲۰۲۶"
    assert own.time(datetime(2026, 3, 14, 9, 5, tzinfo=UTC)) == "۰۹:۰۵"
    assert own.digits("A1") == "A۱"
    assert Translator("en", urdu_digits=True).number(1234) == "1,234"
    assert Translator("ur").digits("A1") == "A1"


def test_a_moment_is_its_date_and_time() -> None:
    moment = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)
    assert Translator("en").datetime(moment) == "14 March 2026, 09:05"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 3, 14, 9, 5, tzinfo=UTC), "Hello 14 March 2026, 09:05"),
        (date(2026, 3, 14), "Hello 14 March 2026"),
        (1234, "Hello 1,234"),
        (True, "Hello True"),
    ],
)
def test_parameters_are_written_by_their_kind(
    monkeypatch: pytest.MonkeyPatch, value: object, text: str
) -> None:
    real = catalogue.entries()
    monkeypatch.setattr("congress.i18n.translator.entries", lambda: {**real, **_TEXTS})
    assert Translator("en")("hello", name=value) == text


def test_an_error_has_three_parts_in_every_language() -> None:
    error = RefusedError("role.not_allowed", role="delegate", right="export")
    for lang in ("en", "vi", "ur"):
        text = Translator(lang).error(error)
        assert isinstance(text, ErrorText)
        assert all((text.what, text.means, text.do))
    assert Translator("en").error(InputError("cancelled")).what == "You cancelled this."


def _folder(monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> None:
    class Item(SimpleNamespace):
        def read_text(self, encoding: str) -> str:
            assert encoding == "utf-8"
            return files[self.name]

    class Folder:
        def __truediv__(self, _: str) -> "Folder":
            return self

        def iterdir(self) -> list[Item]:
            return [Item(name=name) for name in files]

    monkeypatch.setattr(catalogue, "files", lambda _: Folder())


_COMPLETE = '[hello]\nen = "Hello"\nvi = "Chào"\nur = "سلام"\n'


def test_catalogues_are_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    other = _COMPLETE.replace("hello", "other")
    _folder(monkeypatch, {"a.toml": _COMPLETE, "b.toml": other, "c.py": "not toml"})
    assert set(inspect.unwrap(catalogue.entries)()) == {"hello", "other"}


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"a.toml": _COMPLETE, "b.toml": _COMPLETE}, "two catalogues"),
        ({"a.toml": '[hello]\nen = "Hello"\n'}, "lacks vi, ur"),
    ],
)
def test_a_catalogue_that_is_not_whole_is_a_bug(
    monkeypatch: pytest.MonkeyPatch, files: dict[str, str], problem: str
) -> None:
    _folder(monkeypatch, files)
    with pytest.raises(BugError, match=problem):
        inspect.unwrap(catalogue.entries)()
