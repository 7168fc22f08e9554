from collections import Counter

import pytest

from congress.demo.votes import (
    YES,
    deciding_ballots,
    election_ballots,
    motion_ballots,
    paper_marks,
)
from congress.voting.model import Candidate, Contest, Method

CONTEST = Contest(
    "c",
    "Committee",
    Method.STRIKE_OUT,
    10,
    tuple(Candidate(f"c{number}", f"Name {number}") for number in range(1, 16)),
)


def test_a_motion_carries_with_some_against() -> None:
    answers = [next(iter(ballot.marks[0])) for ballot in motion_ballots(27)]
    assert set(answers) == {"yes", "no", "abstain"}
    assert answers.count(YES) > len(answers) // 2


def test_the_same_ballots_come_on_every_run() -> None:
    assert election_ballots(CONTEST, 27) == election_ballots(CONTEST, 27)


def test_two_ballots_are_invalid_and_the_others_keep_at_most_the_seats() -> None:
    kept = [len(ballot.marks[0]) for ballot in election_ballots(CONTEST, 33)]
    assert kept[:2] == [15, 0]
    assert all(8 <= count <= 10 for count in kept[2:])
    assert len(kept) == 33


@pytest.mark.parametrize("count", [20, 27, 33, 60])
def test_nine_are_elected_and_two_are_level_at_the_last_seat(count: int) -> None:
    ballots = election_ballots(CONTEST, count)[2:]
    votes = Counter(name for ballot in ballots for name in ballot.marks[0])
    first, level, rest = (
        [votes[candidate.id] for candidate in CONTEST.candidates[part]]
        for part in (slice(0, 9), slice(9, 11), slice(11, 15))
    )
    assert min(first) > level[0] == level[1] > count / 2
    assert max(rest) < count / 2


def test_the_second_round_elects_the_first_of_the_two() -> None:
    two = Contest("c", "Committee", Method.STRIKE_OUT, 1, CONTEST.candidates[:2])
    votes = Counter(name for ballot in deciding_ballots(two, 33) for name in ballot.marks[0])
    assert votes == {"c1": 22, "c2": 11}


def test_names_are_struck_until_no_more_are_kept_than_seats() -> None:
    struck = paper_marks(["a", "b", "c", "d", "e"], 3, 12)
    assert [len(names) for names in struck] == [2] * 12
    assert len(set(struck)) > 3
