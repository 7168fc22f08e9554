from dataclasses import replace

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.voting.ballots import (
    ballot_id,
    from_bits,
    grouped,
    judge,
    require_castable,
    to_bits,
    tracking_code,
    untouched,
)
from congress.voting.codewords import code_of
from congress.voting.model import (
    Ballot,
    Candidate,
    Contest,
    Kind,
    Method,
    Plan,
    Secrecy,
    Validity,
)
from congress.voting.plans import motion_contest
from congress.voting.rules.model import Rule, Unmarked
from congress.voting.rules.packs import shipped


def rule(pack: str, rule_id: str) -> Rule:
    found = shipped()[pack].rule(rule_id)
    assert found is not None
    return found


PARTY = rule("party-congress", "election")
ROBERTS = rule("roberts", "election")
MOTION = rule("roberts", "majority")
V, B, BAD = Validity.VALID, Validity.BLANK, Validity.INVALID


def contest(method: Method, names: str = "ABC", seats: int = 2) -> Contest:
    return Contest("c", "c", method, seats, tuple(Candidate(name, name) for name in names))


@pytest.mark.parametrize(
    ("method", "names", "seats", "marks", "by", "validity", "key"),
    [
        (Method.STRIKE_OUT, "ABC", 2, "AB", PARTY, V, "ballot.kept"),
        (Method.STRIKE_OUT, "ABC", 2, "A", PARTY, V, "ballot.kept"),
        (Method.STRIKE_OUT, "ABC", 2, "", PARTY, BAD, "ballot.none"),
        (Method.STRIKE_OUT, "ABC", 2, "", ROBERTS, B, "ballot.blank"),
        (Method.STRIKE_OUT, "ABC", 2, "ABC", PARTY, BAD, "ballot.untouched"),
        (Method.STRIKE_OUT, "ABCD", 2, "ABC", PARTY, BAD, "ballot.kept_too_many"),
        (Method.PLURALITY, "ABC", 2, "AB", ROBERTS, V, "ballot.chosen"),
        (Method.PLURALITY, "ABC", 2, "ABC", ROBERTS, BAD, "ballot.chosen_too_many"),
        (Method.PLURALITY, "ABC", 2, "", ROBERTS, B, "ballot.blank"),
        (Method.APPROVAL, "ABC", 1, "ABC", ROBERTS, V, "ballot.approved"),
        (Method.APPROVAL, "ABC", 1, "", ROBERTS, B, "ballot.blank"),
    ],
)
def test_a_list_is_judged(
    method: Method, names: str, seats: int, marks: str, by: Rule, validity: Validity, key: str
) -> None:
    judgement = judge(contest(method, names, seats), by, frozenset(marks))
    assert (judgement.validity, judgement.reason.key) == (validity, key)
    assert judgement.counted == (frozenset(marks) if validity is V else frozenset())
    assert judgement.castable


@pytest.mark.parametrize(
    ("names", "marks", "validity", "counted"),
    [
        ("AB", {"A:agree", "B:disagree"}, V, {"A:agree", "B:disagree"}),
        ("AB", {"A:agree", "A:disagree", "B:agree"}, V, {"B:agree"}),
        ("AB", set(), V, set()),
        ("A", {"A:agree"}, V, {"A:agree"}),
        ("A", {"A:disagree"}, V, {"A:disagree"}),
        ("A", {"A:agree", "A:disagree"}, BAD, set()),
        ("A", set(), BAD, set()),
    ],
)
def test_agree_and_disagree(
    names: str, marks: set[str], validity: Validity, counted: set[str]
) -> None:
    paper = contest(Method.AGREE_DISAGREE, names, len(names))
    judgement = judge(paper, PARTY, frozenset(marks))
    assert (judgement.validity, judgement.counted) == (validity, frozenset(counted))


def test_a_motion_takes_one_answer_and_refuses_two() -> None:
    paper = motion_contest("m")
    assert judge(paper, MOTION, frozenset({"yes"})).counted == {"yes"}
    assert judge(paper, MOTION, frozenset()).validity is B
    two = judge(paper, MOTION, frozenset({"yes", "no"}))
    assert two.validity is BAD
    assert not two.castable


def test_a_rule_may_ask_for_a_choice() -> None:
    strict = replace(MOTION, unmarked=Unmarked.REFUSED)
    assert not judge(motion_contest("m"), strict, frozenset()).castable


def test_an_untouched_list_to_strike_keeps_every_name() -> None:
    assert untouched(contest(Method.STRIKE_OUT)) == frozenset("ABC")
    assert untouched(contest(Method.PLURALITY)) == frozenset()


def test_a_mark_outside_the_paper_is_no_ballot() -> None:
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        judge(contest(Method.STRIKE_OUT), PARTY, frozenset("Z"))


def plan(*contests: Contest) -> Plan:
    return Plan("p", Kind.ELECTION, Secrecy.SECRET, "pack", "rule", contests)


def test_what_the_rule_refuses_cannot_be_cast() -> None:
    paper = plan(motion_contest("m"))
    require_castable(paper, MOTION, Ballot((frozenset({"no"}),)))
    with pytest.raises(RefusedError, match=r"voting\.not_castable"):
        require_castable(paper, MOTION, Ballot((frozenset({"yes", "no"}),)))
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        require_castable(paper, MOTION, Ballot(()))


def test_a_ballot_of_several_contests_comes_back_from_its_bits() -> None:
    contests = (contest(Method.STRIKE_OUT), contest(Method.AGREE_DISAGREE, "XY"))
    ballot = Ballot((frozenset("AC"), frozenset({"X:agree", "Y:disagree"})))
    bits = to_bits(contests, ballot)
    assert bits == ["101", "1001"]
    assert from_bits(contests, bits) == ballot


@pytest.mark.parametrize(
    "bits", [None, [], ["10"], ["1010"], ["12", "1"], ["1a1"], [101], ["101", "101"]]
)
def test_what_is_not_a_ballot_is_refused(bits: object) -> None:
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        from_bits((contest(Method.STRIKE_OUT),), bits)  # type: ignore[arg-type]


def test_bits_need_marks_for_every_contest() -> None:
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        to_bits((contest(Method.STRIKE_OUT),), Ballot(()))


def test_tracking_codes_are_shown_in_groups_and_read_back() -> None:
    code = tracking_code(bytes(range(32)))
    assert code == "AAAQEAYEAUDAOCAJBIFQ"
    assert grouped(code) == "AAAQ-EAYE-AUDA-OCAJ-BIFQ"
    assert code_of(f" {grouped(code).lower()} ") == code


def test_a_request_finds_its_ballot_in_its_own_poll_alone() -> None:
    one, other = PollId("one"), PollId("other")
    assert ballot_id(one, "r") == ballot_id(one, "r")
    assert len({ballot_id(one, "r"), ballot_id(other, "r"), ballot_id(one, "s")}) == 3
