"""Simulated polls: whole, certified, found right by the verifier, the same for the same seed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.verifier.inspection import inspect
from congress.voting import ledger
from congress.voting.bundle import write_bundle
from congress.voting.ledger import EntryType
from congress.voting.methods.counting import count as count_marks
from congress.voting.model import Kind, Method, Validity
from congress.voting.rules import packs
from congress.voting.simulation import scenario
from congress.voting.simulation.run import Simulated, simulate
from congress.voting.simulation.voters import Voters

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
THREE = 'trustees = ["A", "B", "C"]\n'
MOTION = f'title = "M"\npack = "roberts"\nrule = "majority"\n{THREE}'


def election(rule: str, pack: str, *contests: str) -> str:
    lists = "".join(f"[[contests]]\n{contest}\n" for contest in contests)
    return f'title = "E"\npack = "{pack}"\nrule = "{rule}"\n{THREE}{lists}'


TWO = election(
    "election",
    "party-congress",
    'title = "One"\nseats = 3\ncandidates = ["A", "B", "C", "D"]',
    'title = "Two"\nseats = 2\ncandidates = ["E", "F"]',
)
PLURAL = election(
    "election",
    "roberts",
    'title = "P"\nmethod = "plurality"\nseats = 1\ncandidates = ["A", "B", "C"]',
)


def held(text: str, cast: int = 9, seed: int = 3) -> Simulated:
    return simulate(scenario.read(text), cast, seed=seed, now=NOON, workers=1)


@pytest.mark.parametrize("text", [MOTION, TWO, PLURAL], ids=["motion", "two", "plurality"])
def test_a_simulated_poll_is_verified(text: str, tmp_path: Path) -> None:
    poll = held(text)
    assert ledger.flaw(poll.entries) is None
    assert poll.entries[-1].type is EntryType.CERTIFICATE
    path = tmp_path / "poll.zip"
    write_bundle(path, poll.entries, workers=1)
    report = inspect(path, processes=1)
    assert report.failed == ()
    assert report.holds


def test_the_totals_are_those_of_the_voters() -> None:
    """The decrypted totals, against a count of the marks themselves."""
    described = scenario.read(TWO)
    poll = held(TWO, cast=12, seed=5)
    random = Random(5)
    voters = [Voters(contest, described.rule, random) for contest in described.plan.contests]
    judged = [[voter.judgement() for voter in voters] for _ in range(12)]
    for place, count in enumerate(poll.counts):
        mine = [row[place] for row in judged]
        assert count.cast == 12
        assert count.invalid == sum(item.validity is Validity.INVALID for item in mine)
        for cell, votes in count.cells.items():
            assert votes == sum(
                cell in item.counted for item in mine if item.validity is Validity.VALID
            )


def test_the_same_seed_gives_the_same_totals_and_other_ballots() -> None:
    one, other, third = held(MOTION, 20), held(MOTION, 20), held(MOTION, 20, seed=4)
    assert one.counts == other.counts
    assert one.entries[-1].hash != other.entries[-1].hash
    assert one.counts != third.counts


def test_one_ballot_is_opened_and_one_card_voided() -> None:
    poll = held(MOTION, 3)
    kinds = [entry.type for entry in poll.entries]
    assert kinds.count(EntryType.CHALLENGE) == kinds.count(EntryType.CREDENTIALS_VOID) == 1
    assert kinds.count(EntryType.BALLOT) == 3
    assert kinds.count(EntryType.PARTIAL) == 2
    hashes = [entry.payload_hash for entry in poll.entries if entry.type is EntryType.BALLOT]
    assert hashes == sorted(hashes)
    assert set(poll.seconds) == {"ceremony", "vote", "sum", "decrypt"}


def test_the_shipped_example_has_fifteen_names_for_ten_seats() -> None:
    example = scenario.example()
    (contest,) = example.plan.contests
    assert (len(contest.candidates), contest.seats) == (15, 10)
    assert example.plan.kind is Kind.ELECTION
    assert (len(example.trustees), example.threshold) == (5, 3)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title =", "TOML"),
        (MOTION + 'extra = "1"\n', "extra"),
        (MOTION.replace("title", "titel"), "title"),
        (TWO.replace("seats = 2", 'seats = "2"'), "contests[1].seats"),
        (TWO.replace('title = "One"', 'title = "One"\nmethod = "dice"'), "contests[0].method"),
    ],
)
def test_what_is_no_scenario_is_refused_with_the_place(text: str, place: str) -> None:
    with pytest.raises(InputError, match="bad_poll") as caught:
        scenario.read(text)
    assert str(caught.value.params["place"]).startswith(place.split(".")[0])


def test_unknown_rules_and_forbidden_lists_are_refused() -> None:
    with pytest.raises(InputError, match="no_rule"):
        scenario.read(MOTION.replace("majority", "plutocracy"))
    with pytest.raises(InputError, match="no_rule"):
        scenario.read(MOTION.replace("roberts", "nobody"))
    with pytest.raises(RefusedError, match="plan_problems"):
        scenario.read(TWO.replace('["E", "F"]', '["E", "E"]'))
    with pytest.raises(InputError, match="bad_ceremony"):
        held(MOTION.replace('"A", "B", "C"', '"A", "B"'))


@pytest.mark.parametrize("method", [Method.APPROVAL, Method.K_OF_N, Method.AGREE_DISAGREE])
def test_voters_fill_in_papers_of_every_method(method: Method) -> None:
    rule = packs.shipped()["roberts"].rules[-1]
    listed = scenario.read(TWO).plan.contests[0]
    choices = 3 if method is Method.K_OF_N else 0
    contest = replace(listed, method=method, choices=choices)
    voters = Voters(contest, rule, Random(1))
    judged = [voters.judgement() for _ in range(60)]
    assert all(item.castable for item in judged)
    valid = [item.counted for item in judged if item.validity is Validity.VALID]
    assert len(set(valid)) > 5
    assert count_marks(contest, rule, valid).cast == len(valid)
