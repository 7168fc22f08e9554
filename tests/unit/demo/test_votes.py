from congress.demo.votes import YES, election_ballots, motion_ballots
from congress.voting.model import Candidate, Contest, Method

CONTEST = Contest(
    "c",
    "Committee",
    Method.STRIKE_OUT,
    7,
    tuple(Candidate(f"c{number}", f"Name {number}") for number in range(1, 10)),
)


def test_a_motion_carries_with_some_against() -> None:
    answers = [next(iter(ballot.marks[0])) for ballot in motion_ballots(27)]
    assert set(answers) == {"yes", "no", "abstain"}
    assert answers.count(YES) > len(answers) // 2


def test_the_same_ballots_come_on_every_run() -> None:
    assert election_ballots(CONTEST, 27) == election_ballots(CONTEST, 27)


def test_two_ballots_are_invalid_and_the_others_keep_at_most_the_seats() -> None:
    kept = [len(ballot.marks[0]) for ballot in election_ballots(CONTEST, 27)]
    assert kept[:2] == [9, 0]
    assert all(6 <= count <= 7 for count in kept[2:])
    assert len(kept) == 27
