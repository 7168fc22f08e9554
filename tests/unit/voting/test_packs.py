from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.voting.model import Kind
from congress.voting.rules.examples import holds, run
from congress.voting.rules.model import Base, Example, Rule, Subject, TieRule
from congress.voting.rules.packs import custom, read, shipped
from congress.voting.words import say
from tests.helpers.rulepacks import altered, refused

CLUB = """
id = "club"
source = "Statutes, section 9"
names = { en = "Club", vi = "Câu lạc bộ", ur = "کلب" }

[[rules]]
id = "board"
kind = "election"
names = { en = "Board", vi = "Ban chủ nhiệm", ur = "مجلس" }
methods = ["plurality"]
secrecies = ["secret", "open"]
unmarked = "blank"
overmarked = "invalid"
tie = "decision"
surplus = { required = true, share = "3/10", small = [[3, 5, 1]] }
thresholds = [
    { base = "nonblank", share = "1/2", strict = true },
    { subject = "turnout", base = "present", share = "1/2", strict = false },
]

[[rules.examples]]
title = "More than half of 9 is 5"
method = "plurality"
seats = 1
candidates = ["A", "B"]
born = { A = 1960 }
present = 10
ballots = [{ marks = ["A"], count = 5 }, { marks = ["B"], count = 4 }, { marks = [], count = 1 }]
expect = { outcome = "filled", elected = ["A"], valid = 9, blank = 1 }
"""

EXAMPLES = [
    pytest.param(rule, example, id=f"{pack.id}: {example.title}")
    for pack in shipped().values()
    for rule in pack.rules
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_worked_examples_of_the_packs_hold(rule: Rule, example: Example) -> None:
    assert holds(rule, example)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_the_arithmetic_of_every_example_can_be_said(
    rule: Rule, example: Example, lang: str
) -> None:
    verdict, _ = run(rule, example)
    tr = Translator(lang)
    for line in (verdict.headline, *verdict.arithmetic):
        assert say(tr, line)


def test_the_packs_that_are_promised_are_shipped() -> None:
    assert set(shipped()) == {
        "card-vote",
        "party-congress",
        "roberts",
        "state-election",
        "stv",
        "youth-union",
    }


def test_the_pack_to_copy_is_a_pack() -> None:
    pack = read(custom())
    assert pack.id not in shipped()
    assert {rule.kind for rule in pack.rules} == set(Kind)


def test_the_example_that_fails_is_named() -> None:
    text = altered(custom(), "base = 30, needed = 20", "base = 30, needed = 19")
    said = refused(text, "voting.example_fails")
    assert said == {"rule": "statutes", "example": "20 of 30 are two thirds"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('problem = "no_surplus"', 'problem = "surplus"'),
        ('decided = ["Chi"]\n', ""),
        ('decided = ["Chi"]', 'decided = ["An"]'),
        ("base = 30, needed", "base = 31, needed"),
    ],
)
def test_an_example_must_come_out_word_for_word(old: str, new: str) -> None:
    refused(altered(custom(), old, new), "voting.example_fails")


def test_an_election_may_be_won_by_the_most_votes() -> None:
    text = CLUB.replace('    { base = "nonblank", share = "1/2", strict = true },\n', "")
    (rule,) = read(text).rules
    assert not rule.has_support


def test_a_pack_of_ones_own_is_read() -> None:
    pack = read(CLUB)
    (rule,) = pack.rules
    assert pack.rule("board") is rule
    assert pack.rule("chair") is None
    assert pack.text == CLUB
    assert rule.tie is TieRule.DECISION
    assert rule.support.base is Base.NONBLANK
    assert [threshold.subject for threshold in rule.thresholds] == [
        Subject.SUPPORT,
        Subject.TURNOUT,
    ]
    assert rule.surplus.share == Fraction(3, 10)


def test_what_may_be_left_out_has_a_meaning() -> None:
    text = CLUB.replace('tie = "decision"\n', "").replace("born = { A = 1960 }\n", "")
    text = text.replace('surplus = { required = true, share = "3/10", small = [[3, 5, 1]] }\n', "")
    (rule,) = read(text).rules
    assert rule.tie is TieRule.REVOTE
    assert rule.surplus.limit(10) is None
    (short,) = read(CLUB.replace('required = true, share = "3/10", ', "")).rules
    assert not short.surplus.required
    assert short.surplus.limit(2) is None
    assert short.surplus.limit(3) == 1


HALF = 'share = "1/2", strict = true'
WRONG_PACK = [
    ('id = "club"', "", "id"),
    ('id = "club"', 'id = " "', "id"),
    ('id = "club"', "id = 7", "id"),
    ('id = "club"', 'id = "club"\nextra = 1', "extra"),
    ('ur = "کلب"', 'fr = "club"', "names.ur"),
    ('ur = "کلب"', 'ur = "کلب", fr = "club"', "names.fr"),
    ('names = { en = "Club", vi = "Câu lạc bộ", ur = "کلب" }', 'names = "Club"', "names"),
]
WRONG_RULE = [
    ('kind = "election"', 'kind = "war"', "kind"),
    ('methods = ["plurality"]', "methods = []", "methods"),
    ('methods = ["plurality"]', 'methods = ["plurality", "plurality"]', "methods"),
    ('methods = ["plurality"]', 'methods = ["dice"]', "methods"),
    ('methods = ["plurality"]', 'methods = ["yes_no_abstain"]', "methods"),
    ('kind = "election"', 'kind = "motion"', "methods"),
    ('tie = "decision"', 'tie = "coin"', "tie"),
    ('base = "nonblank"', 'base = "yes_no"', "thresholds"),
    ('base = "nonblank"', 'base = "moon"', "thresholds[0].base"),
    (HALF, 'share = "0", strict = true', "thresholds[0].share"),
    (HALF, 'share = "3/2", strict = true', "thresholds[0].share"),
    (HALF, 'share = "1/0", strict = true', "thresholds[0].share"),
    (HALF, 'share = "half", strict = true', "thresholds[0].share"),
    (HALF, 'share = "1/2", strict = 1', "thresholds[0].strict"),
    (HALF, 'share = "1/2", strict = true, of = 1', "thresholds[0].of"),
    ('{ base = "nonblank", share = "1/2", strict = true }', '"half"', "thresholds[0]"),
    ('tie = "decision"', 'tie = "decision"\nproxies = -1', "proxies"),
    ('tie = "decision"', 'tie = "decision"\nweights = "yes"', "weights"),
    ('tie = "decision"', 'tie = "decision"\nweights = true', "thresholds"),
    ('tie = "decision"', 'tie = "decision"\nsections = [{ id = "a" }]', "sections[0].names"),
    ('secrecies = ["secret", "open"]', 'secrecies = ["secret"]\nproxies = 1', "proxies"),
    ('methods = ["plurality"]', 'methods = ["plurality", "meek_stv"]', "methods"),
    ('methods = ["plurality"]', 'methods = ["meek_stv"]', "thresholds"),
    ("count = 5 }", 'count = 5, weight = "4/2" }', "examples[0].ballots[0].weight"),
    ("count = 5 }", 'count = 5, weight = "3" }', "examples[0].ballots[0].weight"),
    ('method = "plurality"', 'method = "approval"', "examples"),
    ('["A", "B"]', '["A", "A"]', "examples[0].candidates"),
    ("count = 5 }", 'count = 5, weight = "0" }', "examples[0].ballots[0].weight"),
    ("count = 5 }", 'count = 5, weight = "1/0" }', "examples[0].ballots[0].weight"),
    ("count = 5 }", 'count = 5, weight = "1e999999999" }', "examples[0].ballots[0].weight"),
    ("count = 5 }", "count = 5000000000 }", "examples[0].ballots[0].count"),
    ("count = 4 }", "count = 99999 }", "examples[0].ballots"),
    ("present = 10", "present = 999999999", "examples[0].present"),
    (HALF, 'share = "1e-99999999", strict = true', "thresholds[0].share"),
    ("count = 5 }", 'count = 5, section = "x" }', "examples[0].ballots[0].section"),
    ("small = [[3, 5, 1]]", "small = [[3, 5]]", "surplus.small"),
    ("small = [[3, 5, 1]]", "small = [3]", "surplus.small"),
    ("small = [[3, 5, 1]]", 'small = [["a", 5, 1]]', "surplus.small"),
    ("small = [[3, 5, 1]]", "small = [], tiny = 1", "surplus.tiny"),
    ("seats = 1\n", "seats = -1\n", "examples[0].seats"),
    ("seats = 1\n", "seats = true\n", "examples[0].seats"),
    ('candidates = ["A", "B"]', "candidates = [1]", "examples[0].candidates"),
    ("born = { A = 1960 }", 'born = { A = "old" }', "examples[0].born"),
    ("born = { A = 1960 }", "born = { A = 0 }", "examples[0].born"),
    ("present = 10", "", "examples[0].present"),
    ("present = 10", "present = 10\nabsent_throughout = 11", "examples[0].summoned"),
    ("present = 10", "present = 10\nweather = 1", "examples[0].weather"),
    (
        '{ marks = ["A"], count = 5 }',
        '{ marks = ["A"], count = 5, by = 1 }',
        "examples[0].ballots[0].by",
    ),
    ("blank = 1 }", "blank = 1, spoilt = 0 }", "examples[0].expect.spoilt"),
    ('overmarked = "invalid"', 'overmarked = "invalid"\nextra = 1', "extra"),
]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [*WRONG_PACK, *((before, after, f"rules[0].{place}") for before, after, place in WRONG_RULE)],
)
def test_a_wrong_pack_is_refused_with_its_place(before: str, after: str, place: str) -> None:
    assert refused(altered(CLUB, before, after))["place"] == place


def test_a_pack_needs_rules_and_each_one_once() -> None:
    head, rules = CLUB.split("[[rules]]", 1)
    for text in (head, CLUB + "\n[[rules]]" + rules):
        assert refused(text)["place"] == "rules"


def test_a_rule_needs_an_example() -> None:
    assert refused(CLUB.split("[[rules.examples]]")[0])["place"] == "rules[0].examples"


def test_what_is_not_toml_is_refused() -> None:
    refused("id = ", "voting.pack_unreadable")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('outcome = "filled", elected = ["A"]', 'outcome = "vacant", elected = ["A"]'),
        ('elected = ["A"], valid', 'elected = ["B"], valid'),
        ('elected = ["A"], valid', 'elected = ["A"], tied = ["B"], valid'),
        ("valid = 9", "valid = 8"),
        ('marks = ["A"], count = 5', 'marks = ["Z"], count = 5'),
    ],
)
def test_an_example_that_does_not_come_out_keeps_the_pack_out(before: str, after: str) -> None:
    said = refused(altered(CLUB, before, after), "voting.example_fails")
    assert said == {"rule": "board", "example": "More than half of 9 is 5"}
