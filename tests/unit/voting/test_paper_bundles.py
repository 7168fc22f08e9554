"""Polls on paper, alone and beside a secret ballot, hold before the verifier."""

from dataclasses import replace
from pathlib import Path

import pytest

from congress.kernel.ids import MemberId
from congress.kernel.roles import Actor, Role
from congress.verifier.inspection import inspect
from congress.voting.bundle import write_bundle
from congress.voting.model import Ballot, Channel, State
from congress.voting.outcome import Reconciliation
from congress.voting.paperwork import ScannedSlip
from congress.voting.slips import Answer
from tests.helpers.hall import APPROVAL, Hall


def slips(*marks: str) -> list[ScannedSlip]:
    return [ScannedSlip(Answer(Ballot((frozenset(kept),))), (), False, ()) for kept in marks]


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.MIXED])
def test_a_poll_with_slips_is_verified_from_its_bundle(channel: Channel, tmp_path: Path) -> None:
    hall = Hall()
    booth = hall.booth
    poll = booth.propose(replace(hall.election("ABCD", 3).plan, channel=channel))
    booth.fix_manifest(poll.id)
    booth.issue_slips(poll.id, 8)
    booth.spoil_slips(poll.id, 1) if channel is Channel.PAPER else None
    cards = booth.issue_cards(poll.id, 6) if channel is Channel.MIXED else ()
    booth.hand_out_slips(poll.id, sorted(hall.roll.present)[:6])
    if cards:
        booth.draw_cards_present(poll.id)
    booth.open(poll.id, APPROVAL)
    for card in cards[:4]:
        hall.cast(card.code, "ABD")
    booth.close(poll.id, APPROVAL)
    teller = hall.booth_of(Actor(MemberId("teller"), Role.COMMITTEE, "teller"))
    teller.add_scans(poll.id, slips("ABC", "ABC", "ABC", "AB", "ABCD"))
    spoiled = 1 if channel is Channel.PAPER else 0
    teller.count_slips(poll.id, 8 - 5 - spoiled, APPROVAL)
    if cards:
        booth.encrypted_tally(poll.id, APPROVAL)
        hall.decrypt(poll.id)
    result = booth.tally(poll.id)
    assert result.reconciliation.balanced
    total = result.counts[0]
    electronic = len(cards[:4])
    assert (total.cast, total.invalid) == (5 + electronic, 1)
    assert total.cells["A"] == 4 + electronic
    assert isinstance(result.reconciliation, Reconciliation)
    assert booth.certify(poll.id, APPROVAL).poll.state is State.CERTIFIED
    bundle = tmp_path / "bundle.zip"
    write_bundle(bundle, booth.whole_ledger(poll.id))
    report = inspect(bundle, processes=1)
    assert report.holds, [report.checks[name].faults for name in report.failed]
