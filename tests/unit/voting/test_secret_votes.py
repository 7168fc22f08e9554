"""Ballots cast by card, from the card to the certificate."""

from dataclasses import replace

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.roles import Role
from congress.kernel.signing import verify
from congress.voting import box
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import (
    Ballot,
    Candidate,
    Contest,
    Kind,
    Method,
    Plan,
    Receipt,
    Secrecy,
    Turnout,
)
from congress.voting.outcome import Outcome, Reconciliation
from tests.helpers.hall import APPROVAL, ROBERTS, Hall
from tests.helpers.vaults import actor


def test_a_secret_election_from_cards_to_certificate(hall: Hall) -> None:
    poll, cards = hall.opened_election(cards=12)
    receipts = [hall.cast(card.code, "ABC") for card in cards[:4]]
    receipts += [hall.cast(card.payload, "ABD") for card in cards[4:8]]
    receipts.append(hall.cast(cards[8].code, "ABCD"))
    receipts.append(hall.cast(cards[9].code, ""))
    assert hall.booth.turnout(poll.id) == Turnout(10, 10)
    codes = {receipt.tracking_code for receipt in receipts}
    assert len(codes) == 10
    assert not hall.booth.holds_ballot(poll.id, receipts[0].tracking_code)
    hall.booth.close(poll.id, APPROVAL)
    assert all(hall.booth.holds_ballot(poll.id, code.lower()) for code in codes)
    assert not hall.booth.holds_ballot(poll.id, "A" * 20)
    result = hall.count(poll.id)
    assert result.verdicts[0].outcome is Outcome.VACANT
    assert result.verdicts[0].elected == ("A", "B")
    assert (result.counts[0].valid, result.counts[0].invalid) == (8, 2)
    assert result.votes == ()
    assert result.reconciliation == Reconciliation(12, 10, 10, 10, 0, 2)
    certified = hall.booth.certify(poll.id, APPROVAL)
    certificate = certified.certificate
    assert certificate is not None
    assert verify(certificate.public_key, "certificate", certificate.body, certificate.signature)
    assert certified.poll.certified_at == hall.clock.now()
    assert hall.booth.result(poll.id) == certified
    entries = hall.booth.ledger(poll.id)
    assert flaw(entries) is None
    assert all(entry.payload is None for entry in entries if entry.type is EntryType.BALLOT)
    head = hall.booth.signed_head(poll.id)
    assert (head.seq, head.hash) == (certified.entries, certified.head)
    assert verify(head.public_key, "ledger-head", [poll.id, head.seq, head.hash], head.signature)


def test_a_secret_motion_by_card(hall: Hall) -> None:
    poll, cards = hall.opened_secret(hall.motion(Secrecy.SECRET))
    for card in cards[:6]:
        hall.cast(card.code, ["yes"])
    hall.finish(poll.id)
    assert hall.booth.result(poll.id).verdicts[0].outcome is Outcome.CARRIED


def test_a_card_is_good_for_one_ballot(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    receipt = hall.cast(cards[0].code, "ABC", "first")
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.admit(cards[0].payload)
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABD"),))), "second")
    assert hall.booth.turnout(poll.id).cast == 1
    hall.booth.close(poll.id, APPROVAL)
    assert hall.booth.holds_ballot(poll.id, receipt.tracking_code)


def test_casting_is_idempotent(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    ballot, other = Ballot((frozenset("ABC"),)), Ballot((frozenset("ABD"),))
    prepared = hall.booth.prepare(admission, ballot)
    receipt = hall.booth.cast(prepared, "request")
    assert receipt == Receipt(poll.id, prepared.tracking_code)
    assert hall.booth.cast(prepared, "request") == receipt
    for again in (ballot, other):
        with pytest.raises(InputError, match=r"voting\.request_reused"):
            hall.booth.cast(hall.booth.prepare(admission, again), "request")
    second = hall.booth.admit(cards[1].code)
    with pytest.raises(InputError, match=r"voting\.request_reused"):
        hall.booth.cast(hall.booth.prepare(second, ballot), "request")
    assert hall.booth.turnout(poll.id).cast == 1
    hall.booth.close(poll.id, APPROVAL)
    assert hall.booth.cast(prepared, "request") == receipt


def test_a_card_that_was_never_issued(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    with pytest.raises(InputError, match=r"voting\.card_unknown"):
        hall.booth.admit("0" * 16)
    admission = replace(hall.booth.admit(cards[0].code), secret=12345)
    with pytest.raises(InputError, match=r"voting\.card_unknown"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")
    assert hall.booth.turnout(poll.id).cast == 0


def test_a_card_of_one_poll_does_not_vote_in_another(hall: Hall) -> None:
    first, cards = hall.opened_election()
    second, _ = hall.opened_election()
    admission = replace(hall.booth.admit(cards[0].code), poll=second)
    with pytest.raises(InputError, match=r"voting\.card_unknown"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")
    assert hall.booth.turnout(first.id).cast == 0


def test_a_voided_card_at_the_panel_casts_nothing(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    hall.booth.void_card(poll.id, cards[0].code)
    with pytest.raises(RefusedError, match=r"voting\.card_void"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")


def test_two_stations_cannot_both_use_one_card(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    hall.cast(cards[0].code, "ABC")
    with (
        hall.database.unit_of_work(actor()) as uow,
        pytest.raises(RefusedError, match=r"voting\.card_used"),
    ):
        box.mark_used(uow.connection, poll.id, cards[0].public_key, b"1" * 32)


def test_who_may_not_cast(hall: Hall) -> None:
    _, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    booth = hall.booth_of(actor(Role.PROJECTOR))
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        booth.admit(cards[0].code)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        booth.cast(booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")


def test_several_contests_are_one_ballot_and_several_verdicts(hall: Hall) -> None:
    names = (Candidate("a", "Ann"), Candidate("b", "Ben"))
    contests = tuple(
        Contest(office, office, Method.PLURALITY, 1, names) for office in ("chair", "treasurer")
    )
    plan = Plan("Two", Kind.ELECTION, Secrecy.SECRET, ROBERTS, "election", contests)
    poll, cards = hall.opened_secret(hall.booth.propose(plan))
    for card in cards[:3]:
        admission = hall.booth.admit(card.code)
        hall.booth.cast(
            hall.booth.prepare(admission, Ballot((frozenset("a"), frozenset("b")))),
            card.code,
        )
    hall.finish(poll.id)
    verdicts = hall.booth.result(poll.id).verdicts
    assert [verdict.elected for verdict in verdicts] == [("a",), ("b",)]
