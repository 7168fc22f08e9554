"""A poll from its opening to its close, suspended and withdrawn."""

from dataclasses import replace

import pytest

from congress.kernel.approval import Approval
from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.roles import Role
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import Ballot, State, Turnout
from congress.voting.outcome import Outcome, Reconciliation
from tests.helpers.hall import APPROVAL, Hall, roll_of
from tests.helpers.vaults import actor


def test_opening_freezes_the_roll_call(hall: Hall) -> None:
    poll = hall.opened_motion("resolution")
    before = hall.roll
    hall.roll = roll_of(hall.people.persons[:2])
    assert hall.booth.poll(poll.id).roll == before
    assert hall.booth.poll(poll.id).opened_at == hall.clock.now()
    assert hall.booth.turnout(poll.id) == Turnout(0, 10)
    opening = hall.booth.ledger(poll.id)[-1]
    assert opening.type is EntryType.OPEN
    assert "09:00" not in repr(opening.payload)


def test_nothing_opens_without_a_quorum(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.fix_manifest(poll.id)
    hall.quorate = False
    with pytest.raises(RefusedError, match=r"voting\.no_quorum"):
        hall.booth.open(poll.id)
    assert hall.booth.poll(poll.id).state is State.FIXED


def test_a_secret_poll_needs_cards_to_open(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.open(poll.id, APPROVAL)


def test_a_secret_poll_is_opened_by_two_different_people(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    hall.booth.issue_cards(poll.id, 10)
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        hall.booth.open(poll.id)
    with pytest.raises(InputError, match=r"vault\.wrong_passphrase"):
        hall.booth.open(poll.id, Approval("second", "wrong"))
    hall.second = replace(hall.second, role=Role.DELEGATE)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        hall.booth.open(poll.id, APPROVAL)
    hall.second = actor()
    with pytest.raises(RefusedError, match=r"voting\.same_person"):
        hall.booth.open(poll.id, APPROVAL)
    assert hall.booth.poll(poll.id).state is State.KEYED
    assert "a passphrase" not in repr(APPROVAL)


def test_the_roll_call_of_a_draft_is_not_there(hall: Hall) -> None:
    with pytest.raises(BugError):
        _ = hall.motion().frozen_roll


def test_a_suspended_poll_takes_no_ballot_and_loses_none(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    hall.cast(cards[0].code, "ABC")
    admission = hall.booth.admit(cards[1].code)
    hall.booth.suspend(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.suspended"):
        hall.booth.admit(cards[1].code)
    with pytest.raises(RefusedError, match=r"voting\.suspended"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")
    assert hall.booth.turnout(poll.id).cast == 1
    hall.booth.resume(poll.id)
    hall.cast(cards[1].code, "ABC")
    hall.booth.suspend(poll.id)
    assert hall.booth.close(poll.id, APPROVAL).state is State.CLOSED


def test_a_badge_in_a_suspended_motion(hall: Hall) -> None:
    poll = hall.opened_motion()
    admission = hall.booth.admit("D-001")
    hall.booth.suspend(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.suspended"):
        hall.booth.admit("D-001")
    with pytest.raises(RefusedError, match=r"voting\.suspended"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset({"yes"}),))), "r")


def test_nothing_is_cast_after_the_close(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    assert hall.booth.close(poll.id, APPROVAL).closed_at == hall.clock.now()
    with pytest.raises(RefusedError, match=r"voting\.not_open"):
        hall.booth.admit(cards[0].code)
    with pytest.raises(RefusedError, match=r"voting\.not_open"):
        hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")


def test_a_card_before_the_opening(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    (card,) = hall.booth.issue_cards(poll.id, 1)
    with pytest.raises(RefusedError, match=r"voting\.not_open"):
        hall.booth.admit(card.code)


def test_an_empty_open_poll_can_be_closed_counted_and_certified(hall: Hall) -> None:
    poll = hall.opened_motion()
    hall.finish(poll.id)
    assert hall.booth.result(poll.id).verdicts[0].outcome is Outcome.LOST


@pytest.mark.parametrize("cast", [0, 1, 2])
def test_the_totals_of_very_few_secret_ballots_are_never_decrypted(hall: Hall, cast: int) -> None:
    poll, cards = hall.opened_election()
    for card in cards[:cast]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.too_few_ballots") as caught:
        hall.booth.encrypted_tally(poll.id, APPROVAL)
    assert caught.value.params == {"count": cast, "minimum": 3}
    assert hall.booth.poll(poll.id).state is State.CLOSED
    hall.booth.withdraw(poll.id)


def test_a_poll_is_withdrawn_and_counts_nothing(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    hall.cast(cards[0].code, "ABC")
    assert hall.booth.withdraw(poll.id, "The list was wrong").state is State.WITHDRAWN
    assert hall.booth.ledger(poll.id)[-1].payload == {"reason": "The list was wrong"}
    assert flaw(hall.booth.ledger(poll.id)) is None
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.tally(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.no_result"):
        hall.booth.result(poll.id)


def test_a_draft_is_withdrawn_without_a_ledger(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.withdraw(poll.id)
    assert hall.booth.ledger(poll.id) == ()
    assert hall.booth.reconciliation(poll.id) == Reconciliation(0, 0, 0, 0, 0, 0)


def test_a_poll_whose_rule_is_nowhere(hall: Hall) -> None:
    poll = hall.opened_motion()
    with hall.database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql(
            'UPDATE poll SET plan = replace(plan, \'"rule":"majority"\', \'"rule":"moon"\')'
        )
        uow.commit()
    with pytest.raises(InputError, match=r"voting\.no_rule"):
        hall.booth.admit("D-001")
    assert poll.state is State.OPEN


def test_unknown_polls_everywhere(hall: Hall) -> None:
    nothing = PollId("nothing")
    for step in (
        hall.booth.turnout,
        hall.booth.reconciliation,
        hall.booth.result,
        hall.booth.ledger,
        hall.booth.signed_head,
        hall.booth.tally,
    ):
        with pytest.raises(InputError, match=r"voting\.no_poll"):
            step(nothing)


def test_everything_but_the_casting_of_secret_ballots_is_audited(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards:
        hall.cast(card.code, "ABC")
    hall.finish(poll.id)
    with hall.database.reading() as connection:
        actions = [row[0] for row in connection.exec_driver_sql("SELECT action FROM audit")]
    assert actions == [
        "poll.proposed",
        "poll.fix",
        "poll.issue",
        "poll.cards_drawn",
        "poll.open",
        "poll.close",
        "poll.sum",
        "poll.partial",
        "poll.partial",
        "poll.tally",
        "poll.certify",
    ]
