from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.voting.codec import (
    count_from_json,
    count_to_json,
    plan_from_json,
    plan_to_json,
    reconciliation_from_json,
    reconciliation_to_json,
    roll_figures,
    roll_from_json,
    roll_to_json,
)
from congress.voting.model import Candidate, Contest, Line, Method, Term
from congress.voting.outcome import Count, Reconciliation
from congress.voting.words import say, titled, with_office
from tests.helpers.hall import delegates, roll_of
from tests.unit.voting.test_plans import plan


def test_a_candidate_with_everything_comes_back() -> None:
    known = Candidate("a", "Nguyễn Thị Ánh", "Bí thư", PersonId("p"), date(1970, 2, 3))
    value = plan(Contest("c", "Ban", Method.STRIKE_OUT, 1, (known,), 3, again=True))
    assert plan_from_json(plan_to_json(value)) == value


def test_a_vault_keeps_biographies_and_the_manifest_does_not() -> None:
    known = Candidate("a", "Ánh", biography="Sinh năm 1970.\n\nBí thư.")
    value = plan(Contest("c", "Ban", Method.STRIKE_OUT, 1, (known, Candidate("b", "Bình"))))
    assert plan_from_json(plan_to_json(value, biographies=True)) == value
    named = [replace(item, biography="") for item in value.contests[0].candidates]
    before = plan_to_json(value)
    assert plan_from_json(before).contests[0].candidates == tuple(named)
    assert plan_to_json(plan_from_json(before), biographies=True) == before


def test_a_roll_call_comes_back_and_its_figures_name_nobody() -> None:
    roll = roll_of(delegates(3), summoned=6, absent=2, conveners=1)
    assert roll_from_json(roll_to_json(roll)) == roll
    figures = roll_figures(roll)
    assert figures["adjusted"] == 3
    assert "person" not in repr(figures)
    assert "2026" not in repr(figures)


def test_counts_and_figures_come_back() -> None:
    count = Count("c", 3, 1, 0, {"yes": 2})
    assert count_from_json(count_to_json(count)) == count
    figures = Reconciliation(1, 2, 3, 4, 5, 6)
    assert reconciliation_from_json(reconciliation_to_json(figures)) == figures


def test_a_line_is_said_with_terms_names_and_numbers() -> None:
    line = Line("verdict.base", {"base": Term("verdict.base.cast"), "count": 1200})
    assert say(Translator("en"), line) == "Measured against ballots cast: 1,200."
    assert say(Translator("vi"), line) == "Căn cứ tính: số phiếu thu về: 1.200."
    names = Line("verdict.elder", {"names": ("Ann", "Bob")})
    assert say(Translator("en"), names) == "By the rule the elder is elected: Ann, Bob."


def test_names_keep_their_own_direction_in_urdu() -> None:
    names = Line("verdict.elder", {"names": ("Ann", "علی")})
    said = say(Translator("ur"), names)
    assert "\u2068Ann\u2069، \u2068علی\u2069" in said
    assert "\u200f" in said


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_names_from_right_to_left_keep_their_place(lang: str) -> None:
    names = Line("verdict.elder", {"names": ("Ann", "علی", "عائشہ")})
    said = say(Translator(lang), names)
    assert "Ann, \u2068علی\u2069, \u2068عائشہ\u2069" in said


def test_one_of_several_offices_is_told_by_its_name() -> None:
    offices = [Contest(name, name, Method.STRIKE_OUT, 1) for name in ("Chair", "Board")]
    both, left, alone = (
        plan(*offices),
        plan(offices[1]),
        plan(replace(offices[1], title="Committee")),
    )
    tr = Translator("en")
    assert titled(tr, both, offices[0]) == "Committee · Chair"
    assert with_office(tr, left, offices[1], "Elected: An.") == "Board – Elected: An."
    assert titled(tr, alone, alone.contests[0]) == "Committee"
    assert with_office(tr, alone, alone.contests[0], "Elected: An.") == "Elected: An."


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_a_fraction_is_said(lang: str) -> None:
    line = Line("verdict.ballots", {"count": Fraction(3), "valid": 1, "blank": 1, "invalid": 1})
    assert say(Translator(lang), line)
