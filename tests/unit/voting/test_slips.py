from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.ids import MemberId
from congress.voting.model import Ballot, Plan
from congress.voting.rules import packs
from congress.voting.slips import (
    Answer,
    Opinion,
    Progress,
    Reader,
    Slip,
    counted,
    progress,
    record,
    sample,
)
from tests.helpers.hall import PARTY, Hall

ANN, BEN, CAM = MemberId("ann"), MemberId("ben"), MemberId("cam")


def answer(marks: str = "AB", *, rejected: bool = False) -> Answer:
    return Answer(Ballot((frozenset(marks),)), rejected)


def scanned(marks: str = "AB", *doubts: str, stray: bool = False) -> Opinion:
    return Opinion(Reader.SCANNER, None, answer(marks), tuple((0, cell) for cell in doubts), stray)


def said(reader: Reader, member: MemberId, marks: str = "AB") -> Opinion:
    return Opinion(reader, member, answer(marks))


def slip_of(*opinions: Opinion) -> Slip:
    slip = Slip(1)
    for opinion in opinions:
        slip = slip.read_by(opinion)
    return slip


@pytest.fixture
def plan() -> Plan:
    return Hall().election("ABCD", 2).plan


def test_a_typed_slip_is_settled_by_two_people_who_agree() -> None:
    slip = slip_of()
    assert (slip.settled, slip.turn) == (None, Reader.FIRST)
    slip = slip.read_by(said(Reader.FIRST, ANN))
    assert (slip.settled, slip.turn) == (None, Reader.SECOND)
    slip = slip.read_by(said(Reader.SECOND, BEN))
    assert (slip.settled, slip.turn) == (answer(), None)


def test_two_who_differ_need_a_third() -> None:
    slip = slip_of(said(Reader.FIRST, ANN, "AB"), said(Reader.SECOND, BEN, "AC"))
    assert (slip.settled, slip.turn) == (None, Reader.THIRD)
    slip = slip.read_by(said(Reader.THIRD, CAM, "AC"))
    assert (slip.settled, slip.turn) == (answer("AC"), None)


def test_nobody_reads_a_slip_twice() -> None:
    slip = slip_of(said(Reader.FIRST, ANN, "AB"))
    assert slip.turn_of(ANN) is None
    assert slip.turn_of(BEN) is Reader.SECOND
    slip = slip.read_by(said(Reader.SECOND, BEN, "AC"))
    assert [slip.turn_of(who) for who in (ANN, BEN, CAM)] == [None, None, Reader.THIRD]


def test_a_plain_scan_stands_and_a_doubtful_one_never_does() -> None:
    assert slip_of(scanned()).settled == answer()
    for doubtful in (scanned("A", "B"), scanned("AB", stray=True)):
        slip = slip_of(doubtful)
        assert (slip.settled, slip.turn) == (None, Reader.FIRST)
        slip = slip.read_by(said(Reader.FIRST, ANN))
        assert slip.settled is None
        assert slip.read_by(said(Reader.SECOND, BEN)).settled == answer()


def test_a_check_settles_nothing_and_tells_what_differs() -> None:
    slip = slip_of(scanned())
    assert slip.checked is None
    same = slip.read_by(said(Reader.CHECK, ANN))
    other = slip.read_by(said(Reader.CHECK, ANN, "CD"))
    assert (same.checked, other.checked) == (True, False)
    assert other.settled == answer()


def test_progress_counts_every_slip_once() -> None:
    pile = [
        slip_of(scanned()),
        slip_of(scanned("A", "B")),
        slip_of(said(Reader.FIRST, ANN)),
        slip_of(said(Reader.FIRST, ANN), said(Reader.SECOND, BEN, "CD")),
        slip_of(scanned(), said(Reader.CHECK, ANN, "CD")),
    ]
    assert progress(pile) == Progress(
        slips=5, settled=2, doubtful=1, first=1, second=1, third=1, checked=1, differing=1
    )


def test_a_rejected_slip_is_invalid_whatever_it_says(plan: Plan) -> None:
    rule = packs.shipped()[PARTY].rule("election")
    assert rule is not None
    answers = [answer("AB"), answer("AB", rejected=True), answer("ABCD"), answer("A")]
    (total,) = counted(plan, rule, answers)
    assert (total.cast, total.invalid, total.valid) == (4, 2, 2)
    assert dict(total.cells) == {"A": 2, "B": 1, "C": 0, "D": 0}


def test_the_record_has_every_opinion(plan: Plan) -> None:
    slip = replace(slip_of(scanned("A", "B"), said(Reader.FIRST, ANN)), number=7)
    (line,) = record(plan, [slip])  # type: ignore[misc]
    assert line == {
        "number": 7,
        "opinions": [
            {
                "reader": "scanner",
                "member": None,
                "bits": ["1000"],
                "rejected": False,
                "doubts": [[0, "B"]],
                "stray": False,
            },
            {
                "reader": "first",
                "member": "ann",
                "bits": ["1100"],
                "rejected": False,
                "doubts": [],
                "stray": False,
            },
        ],
    }


@given(pile=st.integers(0, 300), size=st.integers(-1, 320), seed=st.text(max_size=8))
def test_a_sample_has_its_size_and_depends_on_the_seed_alone(
    pile: int, size: int, seed: str
) -> None:
    chosen = sample(pile, size, seed)
    assert len(chosen) == len(set(chosen)) == min(pile, max(0, size))
    assert all(1 <= number <= pile for number in chosen)
    assert chosen == tuple(sorted(chosen)) == sample(pile, size, seed)
    assert set(chosen) <= set(sample(pile, size + 5, seed))


def test_another_seed_gives_another_sample() -> None:
    assert sample(1000, 20, "4 2 6") != sample(1000, 20, "4 2 5")
