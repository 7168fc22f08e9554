import pytest

from congress.kernel.errors import InputError
from congress.voting.model import Ballot
from congress.voting.sealing import UnsealedBallots
from tests.unit.voting.test_plans import PARTY, contest, plan

PLAN = plan(contest(2, 3))
BALLOT = Ballot((frozenset({"c0", "c2"}),))


def test_equal_ballots_lie_in_the_box_as_different_ones_of_one_size() -> None:
    sealing = UnsealedBallots()
    payloads = [sealing.seal(PLAN, BALLOT), sealing.seal(PLAN, BALLOT)]
    payloads.append(sealing.seal(PLAN, Ballot((frozenset(),))))
    assert len({repr(payload) for payload in payloads}) == 3
    assert len({len(repr(payload)) for payload in payloads}) == 1
    assert sealing.holds(PLAN, payloads[0], BALLOT)
    assert not sealing.holds(PLAN, payloads[2], BALLOT)
    (count,) = sealing.totals(PLAN, PARTY, payloads)
    assert (count.valid, count.invalid) == (2, 1)
    assert count.cells == {"c0": 2, "c1": 0, "c2": 2}


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {"bits": ["101"]},
        {"bits": ["101"], "nonce": "", "more": 1},
        {"bits": 1, "nonce": ""},
    ],
)
def test_what_is_no_ballot_stops_the_count(payload: object) -> None:
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        UnsealedBallots().totals(PLAN, PARTY, [payload])  # type: ignore[list-item]


def test_it_is_named_for_what_it_is() -> None:
    assert UnsealedBallots().suite == "unsealed/1"
