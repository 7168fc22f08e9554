"""Real elections of Scottish councils, held on paper from the proposal to the certificate."""

import json
from pathlib import Path

import pytest

from congress.kernel.ids import PollId
from congress.verifier.inspection import inspect
from congress.voting.bundle import write_bundle
from congress.voting.methods.ranked import marks_of
from congress.voting.model import (
    Ballot,
    Candidate,
    Channel,
    Contest,
    Kind,
    Method,
    Plan,
    Secrecy,
    State,
)
from congress.voting.outcome import Outcome, Result
from congress.voting.paperwork import ScannedSlip
from congress.voting.slips import Answer
from congress.voting.stv.blt import read_blt
from congress.voting.stv.model import RankedBallots
from tests.helpers.hall import APPROVAL, Hall

WARDS = (
    "11_cands__orkney_2012_ward2.blt",
    "8_cands__orkney_2022_ward2.blt",
    "7_cands__highland_2012_ward2.blt",
    "6_cands__moray_2012_ward1.blt",
    "4_cands__dumgal_2012_ward2.blt",
    "7_cands__sc_borders_2012_ward10.blt",
    "5_cands__aberdeenshire_2012_ward10.blt",
    "7_cands__aberdeen_2022_ward8.blt",
    "5_cands__sc_borders_2012_ward6.blt",
    "6_cands__highland_2017_ward7.blt",
)


def _ids(ballots: RankedBallots) -> list[str]:
    return [f"c{number:02}" for number in range(1, len(ballots.candidates) + 1)]


def _plan(ballots: RankedBallots) -> Plan:
    named = zip(_ids(ballots), ballots.candidates, strict=True)
    contest = Contest(
        "ward",
        ballots.title or "Ward",
        Method.SCOTTISH_STV,
        ballots.seats,
        tuple(Candidate(item, name) for item, name in named),
    )
    return Plan(
        contest.title,
        Kind.ELECTION,
        Secrecy.SECRET,
        "stv",
        "scottish",
        (contest,),
        channel=Channel.PAPER,
    )


def _slips(ballots: RankedBallots) -> list[ScannedSlip]:
    ids, slips = _ids(ballots), []
    for papers, ranking in ballots.ballots:
        marks = marks_of(tuple(ids[at] for at in ranking))
        slips += [ScannedSlip(Answer(Ballot((marks,))), (), stray=False, pages=())] * papers
    return slips


def _held(hall: Hall, ballots: RankedBallots) -> tuple[PollId, Result]:
    booth, slips = hall.booth, _slips(ballots)
    poll = booth.propose(_plan(ballots))
    booth.fix_manifest(poll.id)
    booth.issue_slips(poll.id, len(slips) + 7)
    booth.hand_out_slips(poll.id, [person.id for person in hall.people.persons])
    booth.open(poll.id, APPROVAL)
    booth.spoil_slips(poll.id, 3)
    booth.close(poll.id, APPROVAL)
    for start in range(0, len(slips), 1000):
        booth.add_scans(poll.id, slips[start : start + 1000])
    booth.count_slips(poll.id, 4, APPROVAL)
    booth.tally(poll.id)
    return poll.id, booth.certify(poll.id, APPROVAL)


@pytest.mark.parametrize("ward", WARDS)
def test_a_ward_elects_whom_it_elected(shared_data: Path, ward: str, tmp_path: Path) -> None:
    file = shared_data / "elections" / ward
    if not file.is_file():
        pytest.skip(f"{ward} is not among the real input")
    expected = json.loads((file.parent / "scottish_winners.json").read_text())[ward]
    ballots = read_blt(file)
    hall = Hall(sum(papers for papers, _ in ballots.ballots))
    poll_id, result = _held(hall, ballots)
    (verdict,), (count,) = result.verdicts, result.counts
    assert verdict.outcome is Outcome.FILLED
    assert sorted(int(item[1:]) for item in verdict.elected) == expected["elected"]
    assert count.cast == sum(papers for papers, _ in ballots.ballots)
    assert result.reconciliation.balanced
    assert (result.reconciliation.spoiled, result.reconciliation.unused) == (3, 4)
    assert hall.booth.poll(poll_id).state is State.CERTIFIED
    assert verdict.stages
    assert verdict.needed == verdict.stages[-1].quota
    write_bundle(tmp_path / "ward.zip", hall.booth.whole_ledger(poll_id))
    assert inspect(tmp_path / "ward.zip", processes=1).holds
