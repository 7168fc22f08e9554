"""Card votes in sections: elections, every base, and what does not fit together in a rule."""

from dataclasses import replace
from fractions import Fraction

import pytest

from congress.kernel.errors import InputError
from congress.voting.methods.counting import Stake, count
from congress.voting.model import Candidate, Channel, Contest, Kind, Method, Plan, Secrecy
from congress.voting.outcome import Outcome, TieDecision, Verdict
from congress.voting.plans import motion_contest, problems
from congress.voting.rules.decide import decide
from congress.voting.rules.model import Base
from congress.voting.rules.packs import read, shipped
from tests.helpers.hall import delegates, roll_of
from tests.helpers.rulepacks import altered, refused

ROLL = roll_of(delegates(5))
NAMES = """{ en = "X", vi = "X", ur = "X" }"""
TWO_SIDES = f"""
id = "two-sides"
source = "Rule book"
names = {NAMES}

[[rules]]
id = "chair"
kind = "election"
names = {NAMES}
methods = ["plurality"]
secrecies = ["open"]
unmarked = "blank"
overmarked = "invalid"
weights = true
tie = "decision"
thresholds = [{{ base = "valid", share = "1/2", strict = true }}]
sections = [
    {{ id = "left", share = "1/3", names = {NAMES} }},
    {{ id = "right", share = "2/3", names = {NAMES} }},
]

[[rules.examples]]
title = "A third and a half of two thirds"
method = "plurality"
seats = 1
candidates = ["A", "B"]
present = 4
ballots = [
    {{ marks = ["A"], count = 1, weight = 10, section = "left" }},
    {{ marks = ["A"], count = 1, weight = 4, section = "right" }},
    {{ marks = ["B"], count = 1, weight = 4, section = "right" }},
    {{ marks = [], count = 1, weight = 90, section = "right" }},
]
expect = {{ outcome = "filled", elected = ["A"], valid = 3, blank = 1, base = 1, needed = "1/2" }}
"""
(CHAIR,) = read(TWO_SIDES).rules
PAPER = Contest("c", "c", Method.PLURALITY, 1, (Candidate("A", "A"), Candidate("B", "B")))
BALLOTS = [
    (frozenset("A"), Stake(Fraction(3), "left")),
    (frozenset("B"), Stake(Fraction(1), "left")),
    (frozenset("AB"), Stake(Fraction(4), "left")),
    (frozenset[str](), Stake(Fraction(8), "left")),
    (frozenset("B"), Stake(Fraction(1), "right")),
]


def judged(base: Base) -> Verdict:
    rule = replace(CHAIR, thresholds=(replace(CHAIR.thresholds[0], base=base),))
    total = count(PAPER, rule, [marks for marks, _ in BALLOTS], [stake for _, stake in BALLOTS])
    return decide(PAPER, rule, total, ROLL, len(BALLOTS))


@pytest.mark.parametrize(("base", "part"), [(Base.CAST, 16), (Base.NONBLANK, 8), (Base.VALID, 4)])
def test_a_section_is_divided_by_its_base(base: Base, part: int) -> None:
    verdict = judged(base)
    assert verdict.votes["A"] == Fraction(3, part) / 3
    assert verdict.elected == ("B",)
    assert [item.candidate.id for item in verdict.results] == ["B", "A"]
    assert verdict.shared


def tied() -> Verdict:
    ballots = [frozenset("A"), frozenset("B"), frozenset("A"), frozenset("B")]
    stakes = [Stake(Fraction(1), side) for side in ("left", "left", "right", "right")]
    rule = replace(CHAIR, thresholds=(replace(CHAIR.thresholds[0], strict=False),))
    return decide(PAPER, rule, count(PAPER, rule, ballots, stakes), ROLL, 4)


def test_equal_shares_are_a_tie() -> None:
    verdict = tied()
    assert verdict.outcome is Outcome.TIED
    keys = [line.key for line in verdict.arithmetic]
    assert keys[-2:] == ["verdict.shares.candidates", "verdict.shares.level"]


def test_an_election_takes_one_decision() -> None:
    rule = shipped()["state-election"].rules[0]
    total = count(PAPER, rule, [frozenset("A"), frozenset("B")])
    with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
        decide(PAPER, rule, total, ROLL, 2, [TieDecision("c", ("A",), "")] * 2)


WRONG = [
    ('share = "1/3"', 'share = "1/4"', "sections"),
    ('id = "left"', 'id = "right"', "examples[0].ballots[0].section"),
    ('secrecies = ["open"]', 'secrecies = ["open", "secret"]', "secrecies"),
    ('base = "valid"', 'base = "entitled"', "thresholds"),
    (
        'thresholds = [{ base = "valid"',
        'thresholds = [{ subject = "turnout", base = "cast"',
        "thresholds",
    ),
    ('thresholds = [{ base = "valid", share = "1/2", strict = true }]', "", "thresholds"),
]


@pytest.mark.parametrize(("old", "new", "place"), WRONG)
def test_what_does_not_go_with_sections_is_refused(old: str, new: str, place: str) -> None:
    assert refused(altered(TWO_SIDES, old, new))["place"] == f"rules[0].{place}"


RANKED = f"""
id = "ranked"
source = "Rule book"
names = {NAMES}

[[rules]]
id = "council"
kind = "election"
names = {NAMES}
methods = ["scottish_stv"]
secrecies = ["open"]
unmarked = "invalid"
overmarked = "invalid"
tie = "decision"

[[rules.examples]]
title = "Alone"
method = "scottish_stv"
seats = 1
candidates = ["A"]
present = 1
ballots = [{{ ranking = ["A"], count = 1 }}]
expect = {{ outcome = "filled", elected = ["A"], valid = 1 }}
"""


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('tie = "decision"\n', "", "tie"),
        ('tie = "decision"', 'tie = "decision"\nweights = true', "weights"),
        (
            'tie = "decision"',
            'tie = "decision"\nthresholds = [{ base = "valid", share = "1/2", strict = true }]',
            "thresholds",
        ),
        ('methods = ["scottish_stv"]', 'methods = ["plurality", "yes_no_abstain"]', "methods"),
    ],
)
def test_what_does_not_go_with_rankings_is_refused(old: str, new: str, place: str) -> None:
    assert read(RANKED).rules
    assert refused(altered(RANKED, old, new))["place"] == f"rules[0].{place}"


def test_a_next_round_must_be_as_the_example_says() -> None:
    held = RANKED.replace("valid = 1 }", 'valid = 1, next = ["A"], next_seats = 1 }')
    refused(held, "voting.example_fails")
    idle = RANKED.replace("present = 1\n", 'present = 1\ndecided = ["A"]\n')
    refused(idle, "voting.example_fails")
    off_paper = RANKED.replace('ranking = ["A"]', 'marks = ["Z:9"]')
    refused(off_paper, "voting.example_fails")


PLAN = Plan("m", Kind.MOTION, Secrecy.OPEN, "p", "r", (motion_contest("m"),))


def found(plan: Plan, rule_at: int, *delegations: str) -> list[str]:
    rule = shipped()["card-vote"].rules[rule_at]
    return [line.key for line in problems(plan, rule, delegations)]


def test_plans_name_sections_that_there_are() -> None:
    assert found(PLAN, 1) == ["plan.problem.sections"]
    assert found(replace(PLAN, sections={"A": "moon"}), 1, "A") == ["plan.problem.sections"]
    assert found(replace(PLAN, sections={"A": "branches"}), 1, "A", "B") == [
        "plan.problem.sections_left"
    ]
    assert found(replace(PLAN, sections={"A": "branches"}), 1, "A") == []
    assert found(replace(PLAN, sections={"A": "branches"}), 0, "A") == ["plan.problem.sections"]


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.MIXED])
def test_an_open_vote_is_not_held_on_slips(channel: Channel) -> None:
    assert found(replace(PLAN, channel=channel), 0) == ["plan.problem.open_paper"]


def test_a_worked_example_is_no_longer_than_a_ranked_paper() -> None:
    names = ", ".join(f'"{number}"' for number in range(61))
    text = RANKED.replace('candidates = ["A"]', f"candidates = [{names}]")
    assert refused(text)["place"] == "rules[0].examples[0].candidates"


def test_a_ranked_paper_has_an_end() -> None:
    many = tuple(Candidate(f"c{number}", f"Name {number}") for number in range(61))
    contest = Contest("c", "c", Method.MEEK_STV, 3, many)
    plan = Plan("m", Kind.ELECTION, Secrecy.OPEN, "stv", "meek", (contest,))
    rule = shipped()["stv"].rules[1]
    assert [line.key for line in problems(plan, rule)] == ["plan.problem.ranked_many"]
    short = replace(plan, contests=(replace(contest, candidates=many[:60]),))
    assert problems(short, rule) == ()
