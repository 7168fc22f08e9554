import unicodedata
from dataclasses import replace

import pytest

from congress.i18n.translator import Translator
from congress.kernel.ids import PollId
from congress.voting.biographies import LONGEST, paragraphs
from congress.voting.codec import plan_from_json, plan_to_json
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.outcome import Count, Outcome, Verdict
from congress.voting.plans import motion_contest, next_round, problems, usual_method
from congress.voting.rules.decide import decide
from congress.voting.rules.model import Rule
from congress.voting.rules.packs import shipped
from congress.voting.words import say
from tests.helpers.hall import delegates, roll_of
from tests.unit.voting.test_decide import election

PARTY = shipped()["party-congress"].rules[1]
RESOLUTION = shipped()["party-congress"].rules[0]
ROBERTS = shipped()["roberts"].rules[2]
STRIKE, AGREE = Method.STRIKE_OUT, Method.AGREE_DISAGREE


def candidates(number: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"c{place}", f"Name {place}") for place in range(number))


def contest(seats: int, listed: int, method: Method = STRIKE) -> Contest:
    return Contest("election", "Committee", method, seats, candidates(listed))


def plan(*contests: Contest, **change: object) -> Plan:
    base = Plan("Committee", Kind.ELECTION, Secrecy.SECRET, "party-congress", "election", contests)
    return replace(base, **change)  # type: ignore[arg-type]


def keys(value: Plan, rule: Rule | None = PARTY) -> list[str]:
    return [line.key.removeprefix("plan.problem.") for line in problems(value, rule)]


GOOD = contest(10, 13)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (plan(GOOD), []),
        (plan(contest(3, 4)), []),
        (plan(contest(2, 2, AGREE)), []),
        (plan(GOOD, title=" "), ["title"]),
        (plan(GOOD, secrecy=Secrecy.OPEN), ["secrecy"]),
        (plan(GOOD, text="a\u202eb"), ["hidden"]),
        (plan(), ["contests"]),
        (plan(GOOD, replace(GOOD, title="Inspection")), ["contests"]),
        (plan(contest(10, 13, Method.APPROVAL)), ["method"]),
        (plan(contest(0, 3)), ["seats"]),
        (plan(contest(5, 3)), ["too_few"]),
        (plan(contest(10, 14)), ["surplus"]),
        (plan(contest(3, 5)), ["surplus"]),
        (plan(contest(3, 3)), ["no_surplus"]),
        (plan(contest(3, 4, AGREE)), ["level_method"]),
        (plan(replace(GOOD, surplus_limit=2)), ["surplus"]),
        (plan(replace(GOOD, surplus_limit=3)), []),
        (plan(replace(contest(1, 2), again=True)), []),
        (plan(replace(GOOD, candidates=(*candidates(12), Candidate("x", " ")))), ["nameless"]),
        (
            plan(replace(GOOD, candidates=(*candidates(12), Candidate("x", "NAME  3")))),
            ["double"],
        ),
        (
            plan(replace(GOOD, candidates=(*candidates(12), Candidate("x", "Name 3", "North")))),
            [],
        ),
        (
            plan(replace(GOOD, candidates=(*candidates(12), Candidate("c3", "Other")))),
            ["double_id"],
        ),
    ],
)
def test_the_live_check_of_an_election(value: Plan, found: list[str]) -> None:
    assert keys(value) == found


def test_problems_of_several_offices_say_which_office() -> None:
    long = replace(contest(10, 14), id="b", title="Inspection")
    nameless = replace(contest(5, 3), id="c", title=" ")
    told = problems(plan(GOOD, long, nameless, replace(GOOD, id="d", title="COMMITTEE ")), PARTY)
    assert [line.key.removeprefix("plan.problem.") for line in told] == [
        "office_title",
        "office_double",
        "of",
        "of",
    ]
    tr = Translator("en")
    assert [say(tr, line).partition(":")[0] for line in told[2:]] == ["Inspection", "Office 3"]
    assert say(tr, told[2]).endswith(say(tr, problems(plan(long), PARTY)[0]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * LONGEST, []),
        ("a" * (LONGEST + 1), ["biography_long"]),
        ("one\n\ntwo", []),
        ("a\u202eb", ["biography_hidden"]),
        ("a\x00b", ["biography_hidden"]),
    ],
)
def test_a_biography_is_plain_paragraphs_of_a_certain_length(text: str, found: list[str]) -> None:
    known = replace(GOOD.candidates[0], biography=text)
    assert keys(plan(replace(GOOD, candidates=(known, *GOOD.candidates[1:])))) == found


def test_what_is_pasted_becomes_plain_paragraphs() -> None:
    assert paragraphs("\n\u200f one\t two \r\n\r\n\r\n\nthree\u2028four\x07\n") == (
        "one  two\n\nthree\nfour"
    )


def test_a_pasted_letter_counts_as_one_and_half_a_character_goes() -> None:
    pasted = unicodedata.normalize("NFD", "Nguyễn Đức Ưng") + "\ud800"
    assert paragraphs(pasted) == "Nguyễn Đức Ưng"
    assert len(paragraphs(unicodedata.normalize("NFD", "ễ" * LONGEST))) == LONGEST


def test_a_plan_needs_a_rule_of_its_kind() -> None:
    assert keys(plan(GOOD), None) == ["rule"]
    assert keys(plan(GOOD), RESOLUTION) == ["rule"]


def test_a_motion_has_no_list() -> None:
    motion = plan(motion_contest("m"), kind=Kind.MOTION, secrecy=Secrecy.OPEN)
    assert keys(motion, RESOLUTION) == []


def test_a_motion_is_one_question() -> None:
    two = (motion_contest("First"), replace(motion_contest("Second"), id="second"))
    motion = plan(*two, kind=Kind.MOTION, secrecy=Secrecy.OPEN)
    assert keys(motion, RESOLUTION) == ["motion_contests"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "2 candidates more than 1 seat, but the rule allows at most 0."),
        ("vi", "Số dư là 2 trên số lượng cần bầu 1 người, trong khi chỉ được tối đa 0."),
        ("ur", "1 نشست سے 2 امیدوار زیادہ ہیں، جبکہ ضابطہ زیادہ سے زیادہ 0 کی اجازت دیتا ہے۔"),
    ],
)
def test_one_seat_is_said_as_one(lang: str, said: str) -> None:
    (line,) = problems(plan(contest(1, 3)), PARTY)
    assert say(Translator(lang), line).replace("\u2068", "").replace("\u2069", "") == said


def test_rules_without_limits_take_any_list() -> None:
    assert keys(plan(contest(1, 30, Method.PLURALITY)), ROBERTS) == []
    assert keys(plan(contest(2, 2, STRIKE)), ROBERTS) == []


def test_the_usual_ballot_paper() -> None:
    assert usual_method(PARTY, 4, 3) is STRIKE
    assert usual_method(PARTY, 3, 3) is AGREE
    assert usual_method(ROBERTS, 3, 3) is Method.PLURALITY


def after(votes: dict[str, int], seats: int, rule: Rule = PARTY) -> Plan | None:
    verdict = election(rule, votes, seats)
    paper = Contest(
        "c", "c", STRIKE, seats, tuple(Candidate(name, name) for name in votes), surplus_limit=1
    )
    return next_round(plan(paper), PollId("before"), rule, [verdict])


def listed(following: Plan | None) -> tuple[str, int, Method]:
    assert following is not None
    (paper,) = following.contests
    return "".join(item.id for item in paper.candidates), paper.seats, paper.method


def test_a_filled_contest_needs_no_other_round() -> None:
    assert after({"A": 60, "B": 60, "C": 10}, 2) is None


def test_a_tie_is_voted_on_again_among_the_tied() -> None:
    following = after({"A": 80, "B": 60, "C": 60, "D": 60}, 2)
    assert listed(following) == ("BCD", 1, STRIKE)
    assert following is not None
    assert (following.round, following.follows) == (2, PollId("before"))
    assert following.contests[0].again
    assert following.contests[0].surplus_limit is None
    assert keys(following) == []


def test_what_a_later_round_leaves_of_several_offices_goes_by_its_name() -> None:
    names = tuple(Candidate(name, name, biography=f"About {name}") for name in "ABC")
    offices = [Contest(name, name, STRIKE, 1, names) for name in ("Chair", "Secretary")]
    both = plan(*offices)
    level = election(PARTY, {"A": 60, "B": 60, "C": 0}, 1)
    filled = election(PARTY, {"A": 90, "B": 20, "C": 10}, 1)
    following = next_round(both, PollId("before"), PARTY, [filled, level])
    assert following is not None
    (left,) = following.contests
    assert (left.id, left.title, left.again) == ("Secretary", "Secretary", True)
    assert [item.biography for item in left.candidates] == ["About A", "About B"]
    assert both.names_contests
    assert following.names_contests
    assert not plan(GOOD).names_contests


def test_vacant_seats_go_to_the_best_of_the_rest_within_the_surplus() -> None:
    following = after({"A": 80, "B": 40, "C": 30, "D": 20, "E": 10, "F": 5}, 4)
    assert listed(following) == ("BCDE", 3, STRIKE)
    assert following is not None
    assert keys(following) == []


def test_one_vacant_seat_without_surplus_is_answered_by_name() -> None:
    assert listed(after({"A": 80, "B": 70, "C": 30, "D": 20}, 3)) == ("C", 1, AGREE)


def test_those_level_at_the_cut_are_all_kept_for_the_congress_to_choose() -> None:
    following = after({"A": 80, "B": 70, "C": 30, "D": 30}, 3)
    assert listed(following) == ("CD", 1, STRIKE)
    assert following is not None
    assert keys(following) == ["surplus"]


def test_without_a_limit_everybody_left_stands_again() -> None:
    following = after({"A": 80, "B": 40, "C": 30}, 2, ROBERTS)
    assert listed(following) == ("BC", 1, STRIKE)


def test_where_nobody_is_left_there_is_no_other_round() -> None:
    verdict = Verdict("c", Outcome.VACANT, problems(plan(), None)[0], (), 1, 1, vacant=1)
    assert next_round(plan(contest(1, 1)), PollId("p"), PARTY, [verdict]) is None


def test_a_void_vote_is_repeated_as_it_was() -> None:
    verdict = Verdict("c", Outcome.VOID, problems(plan(), None)[0], (), 1, 1, vacant=1)
    following = next_round(plan(GOOD), PollId("p"), PARTY, [verdict])
    assert following is not None
    assert following.contests == (GOOD,)


def test_a_plan_comes_back_from_the_manifest() -> None:
    value = plan(GOOD, contest(1, 1, AGREE), text="ghi chú", follows=PollId("p"), round=2)
    assert plan_from_json(plan_to_json(value)) == value


def test_a_second_limited_vote_chooses_no_more_than_its_seats() -> None:
    rule = shipped()["card-vote"].rules[2]
    names = tuple(Candidate(name, name) for name in "ABCD")
    paper = Contest("c", "c", Method.K_OF_N, 3, names, choices=2)
    before = Plan("p", Kind.ELECTION, Secrecy.OPEN, "card-vote", rule.id, (paper,))
    count = Count("c", 9, 0, 0, {"A": 5, "B": 4, "C": 3, "D": 3})
    verdict = decide(paper, rule, count, roll_of(delegates(9)), 9)
    following = next_round(before, PollId("p"), rule, [verdict])
    assert following is not None
    (again,) = following.contests
    assert [item.id for item in again.candidates] == ["C", "D"]
    assert (again.seats, again.choices, again.again) == (1, 1, True)
