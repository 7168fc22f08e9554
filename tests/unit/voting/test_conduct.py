"""The announced end of the voting, and marks on the ledger to compare."""

from datetime import timedelta

import pytest

from congress.kernel.approval import Approval
from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.signing import verify
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import PollChanged, State
from tests.helpers.hall import APPROVAL, Hall

HOUR = timedelta(hours=1)


def test_nobody_is_let_in_after_the_announced_end(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.fix_manifest(poll.id)
    ends_at = hall.clock.now() + HOUR
    assert hall.booth.open(poll.id, ends_at=ends_at).ends_at == ends_at
    assert hall.booth.poll(poll.id).ends_at == ends_at
    inside = hall.prepare("D-001", ["yes"])
    hall.cast("D-002", ["yes"])
    hall.clock.advance(HOUR)
    with pytest.raises(RefusedError, match=r"voting\.ended"):
        hall.booth.admit("D-003")
    hall.booth.cast(inside, "whoever was let in before may finish")
    assert hall.booth.turnout(poll.id).cast == 2
    hall.booth.extend(poll.id, ends_at + HOUR)
    hall.cast("D-003", ["yes"])
    hall.booth.extend(poll.id, None)
    hall.clock.advance(10 * HOUR)
    hall.cast("D-004", ["yes"])
    assert flaw(hall.booth.ledger(poll.id)) is None


def test_a_card_after_the_announced_end(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    hall.booth.extend(poll.id, hall.clock.now() + HOUR, APPROVAL)
    hall.cast(cards[0].code, "ABC")
    hall.clock.advance(HOUR)
    with pytest.raises(RefusedError, match=r"voting\.ended"):
        hall.booth.admit(cards[1].code)


def test_a_secret_poll_is_extended_by_two_people(hall: Hall) -> None:
    poll, _ = hall.opened_election()
    later = hall.clock.now() + HOUR
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        hall.booth.extend(poll.id, later)
    with pytest.raises(InputError, match=r"vault\.wrong_passphrase"):
        hall.booth.extend(poll.id, later, Approval("second", "wrong"))
    hall.events.clear()
    assert hall.booth.extend(poll.id, later, APPROVAL).ends_at == later
    assert [type(event) for event in hall.events] == [PollChanged]


def test_an_end_lies_ahead(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.fix_manifest(poll.id)
    for moment in (hall.clock.now(), hall.clock.now() - HOUR):
        with pytest.raises(InputError, match=r"voting\.bad_end"):
            hall.booth.open(poll.id, ends_at=moment)
        with pytest.raises(InputError, match=r"voting\.bad_end"):
            hall.booth.extend(poll.id, moment)
    assert hall.booth.poll(poll.id).state is State.FIXED


def test_a_closed_poll_is_not_extended(hall: Hall) -> None:
    poll = hall.opened_motion()
    hall.booth.close(poll.id)
    for step in (lambda: hall.booth.extend(poll.id, None), lambda: hall.booth.checkpoint(poll.id)):
        with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
            step()


def test_a_checkpoint_is_a_signed_place_on_the_ledger(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    hall.cast(cards[0].code, "ABC")
    head = hall.booth.checkpoint(poll.id)
    hall.cast(cards[1].code, "ABC")
    assert hall.booth.signed_head(poll.id) == head
    hall.booth.suspend(poll.id)
    assert hall.booth.signed_head(poll.id).ballots is None
    second = hall.booth.checkpoint(poll.id)
    assert (head.ballots, second.ballots) == (1, 2)
    entries = hall.booth.ledger(poll.id)
    assert entries[-1].type is entries[-3].type is EntryType.CHECKPOINT
    assert (entries[-3].seq, entries[-3].hash) == (head.seq, head.hash)
    assert (entries[-3].payload, entries[-1].payload) == ({"ballots": 1}, {"ballots": 2})
    assert verify(head.public_key, "ledger-head", [poll.id, head.seq, head.hash], head.signature)
    assert second.seq == head.seq + 2
    assert flaw(entries) is None


def test_a_ballot_without_a_request_of_its_own_is_our_mistake() -> None:
    hall = Hall()
    _, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "AB")
    with pytest.raises(BugError):
        hall.booth.cast(prepared, "")
