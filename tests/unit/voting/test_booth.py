from dataclasses import replace

import pytest

from congress.kernel.approval import Approval
from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.roles import Role
from congress.kernel.signing import verify
from congress.voting import box
from congress.voting.casting import Admission
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import (
    Ballot,
    Contest,
    Kind,
    Method,
    Plan,
    Poll,
    PollChanged,
    Receipt,
    Secrecy,
    State,
    Turnout,
)
from congress.voting.outcome import Outcome, Reconciliation, TieDecision
from congress.voting.plans import motion_contest
from tests.helpers.hall import APPROVAL, ROBERTS, Hall, roll_of
from tests.helpers.vaults import actor


@pytest.fixture
def hall() -> Hall:
    return Hall()


# --- opening -------------------------------------------------------------------------


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


# --- named votes -----------------------------------------------------------------------


def test_an_open_motion_is_voted_by_badge_and_listed_by_name(hall: Hall) -> None:
    poll = hall.opened_motion()
    hall.vote(hall.badges(0, 6), "yes")
    hall.vote(hall.badges(6, 9), "no")
    assert hall.booth.turnout(poll.id) == Turnout(9, 10)
    hall.finish(poll.id)
    result = hall.booth.result(poll.id)
    assert result.verdicts[0].outcome is Outcome.CARRIED
    assert [vote.badge for vote in result.votes] == hall.badges(0, 9)
    assert result.votes[8].ballot == Ballot((frozenset({"no"}),))
    assert result.reconciliation == Reconciliation(10, 10, 9, 9, 0, 1)


def test_a_badge_leads_to_the_newest_open_poll_not_voted_in(hall: Hall) -> None:
    first, second = hall.opened_motion(), hall.opened_motion("two-thirds")
    badge = hall.badges(0, 1)[0]
    assert hall.booth.admit(badge).poll.id == second.id
    hall.cast(badge, ["yes"], "one")
    assert hall.booth.admit(badge).poll.id == first.id
    hall.cast(badge, ["no"], "two")
    with pytest.raises(RefusedError, match=r"voting\.already_voted"):
        hall.booth.admit(badge)


def test_who_was_not_there_at_the_opening_does_not_vote(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.fix_manifest(poll.id)
    hall.roll = roll_of(hall.people.persons[:5])
    hall.booth.open(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.not_on_roll"):
        hall.booth.admit("D-009")
    stranger = Admission(poll, hall.booth.admit("D-001").rule, hall.people.persons[8])
    with pytest.raises(RefusedError, match=r"voting\.not_on_roll"):
        hall.booth.cast(hall.booth.prepare(stranger, Ballot((frozenset({"yes"}),))), "r")


def test_a_badge_is_for_open_votes(hall: Hall) -> None:
    hall.opened_election()
    with pytest.raises(RefusedError, match=r"voting\.needs_card"):
        hall.booth.admit("D-001")


def test_a_named_vote_is_cast_once_and_can_be_asked_for_again(hall: Hall) -> None:
    hall.opened_motion()
    admission = hall.booth.admit("d-001")
    yes, no = Ballot((frozenset({"yes"}),)), Ballot((frozenset({"no"}),))
    receipt = hall.booth.cast(hall.booth.prepare(admission, yes), "request")
    assert hall.booth.cast(hall.booth.prepare(admission, yes), "request") == receipt
    with pytest.raises(InputError, match=r"voting\.request_reused"):
        hall.booth.cast(hall.booth.prepare(admission, no), "request")
    with pytest.raises(RefusedError, match=r"voting\.already_voted"):
        hall.booth.cast(hall.booth.prepare(admission, yes), "another request")
    assert len([event for event in hall.events if isinstance(event, PollChanged)]) == 4


def test_an_open_vote_can_be_blank_and_not_double(hall: Hall) -> None:
    poll = hall.opened_motion()
    hall.cast("D-001", [])
    with pytest.raises(RefusedError, match=r"voting\.not_castable"):
        hall.cast("D-002", ["yes", "no"])
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        hall.cast("D-003", ["maybe"])
    assert hall.booth.turnout(poll.id).cast == 1


def test_two_stations_cannot_both_mark_one_person(hall: Hall) -> None:
    poll = hall.opened_motion()
    hall.cast("D-001", ["yes"])
    person = hall.people.persons[0].id
    with (
        hall.database.unit_of_work(actor()) as uow,
        pytest.raises(RefusedError, match=r"voting\.already_voted"),
    ):
        box.mark_named(uow.connection, poll.id, person, bytes(32), bytes(32))


# --- secret ballots ---------------------------------------------------------------------


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
        box.mark_used(uow.connection, poll.id, cards[0].public_key)


def test_who_may_not_cast(hall: Hall) -> None:
    _, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    booth = hall.booth_of(actor(Role.PROJECTOR))
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        booth.admit(cards[0].code)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        booth.cast(booth.prepare(admission, Ballot((frozenset("ABC"),))), "r")


def test_several_contests_are_one_ballot_and_several_verdicts(hall: Hall) -> None:
    contests = (
        motion_contest("First"),
        Contest("second", "Second", Method.YES_NO_ABSTAIN),
    )
    plan = Plan("Two", Kind.MOTION, Secrecy.SECRET, ROBERTS, "majority", contests)
    poll, cards = hall.opened_secret(hall.booth.propose(plan))
    for card in cards[:3]:
        admission = hall.booth.admit(card.code)
        hall.booth.cast(
            hall.booth.prepare(admission, Ballot((frozenset({"yes"}), frozenset({"no"})))),
            card.code,
        )
    hall.finish(poll.id)
    outcomes = [verdict.outcome for verdict in hall.booth.result(poll.id).verdicts]
    assert outcomes == [Outcome.CARRIED, Outcome.LOST]


# --- suspending, closing, withdrawing ----------------------------------------------------


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


# --- counting and certifying ------------------------------------------------------------


def test_a_ballot_without_a_drawn_card_does_not_balance(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    cards = hall.booth.issue_cards(poll.id, 10)
    hall.booth.draw_cards(poll.id, [hall.people.persons[0].id])
    hall.booth.open(poll.id, APPROVAL)
    for card in cards[:3]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    assert not hall.count(poll.id).reconciliation.balanced
    with pytest.raises(RefusedError, match=r"voting\.unbalanced"):
        hall.booth.certify(poll.id, APPROVAL)
    assert hall.booth.poll(poll.id).state is State.TALLIED


@pytest.mark.parametrize(
    ("figures", "balanced"),
    [
        (Reconciliation(10, 8, 8, 8, 1, 1), True),
        (Reconciliation(10, 8, 8, 8, 1, 0), False),
        (Reconciliation(10, 8, 8, 7, 1, 1), False),
        (Reconciliation(10, 7, 8, 8, 1, 1), False),
        (Reconciliation(10, 9, 8, 8, 1, 1), True),
    ],
)
def test_what_balances(figures: Reconciliation, balanced: bool) -> None:
    assert figures.balanced is balanced


def test_a_secret_result_is_certified_by_two_people(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards:
        hall.cast(card.code, "ABC")
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        hall.booth.close(poll.id)
    hall.booth.close(poll.id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        hall.booth.encrypted_tally(poll.id)
    hall.count(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        hall.booth.certify(poll.id)


TAMPER = [
    "DELETE FROM encrypted_ballot WHERE id = (SELECT min(id) FROM encrypted_ballot)",
    "UPDATE encrypted_ballot SET ballot = "
    "(SELECT ballot FROM encrypted_ballot ORDER BY id LIMIT 1) "
    "WHERE id = (SELECT max(id) FROM encrypted_ballot)",
    "DELETE FROM poll_ledger WHERE type = 'ballot'",
    "UPDATE poll_ledger SET payload = replace(payload, '\"ballots\":4', '\"ballots\":3')",
    "UPDATE poll SET roll = replace(roll, '\"summoned\":10', '\"summoned\":4')",
]


@pytest.mark.parametrize("statement", TAMPER)
def test_a_box_or_ledger_changed_past_the_program_is_not_counted(
    hall: Hall, statement: str
) -> None:
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    with hall.database.unit_of_work(actor()) as uow:
        assert uow.connection.exec_driver_sql(statement).rowcount
        uow.commit()
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken"):
        hall.count(poll.id)


def test_a_certificate_is_not_signed_over_a_broken_ledger(hall: Hall) -> None:
    poll = hall.opened_motion()
    hall.cast("D-001", ["yes"])
    hall.booth.close(poll.id)
    hall.booth.tally(poll.id)
    with hall.database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql(
            "UPDATE poll_ledger SET payload = replace(payload, '\"yes\":1', '\"yes\":9')"
        )
        uow.commit()
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken"):
        hall.booth.certify(poll.id)


DECIDING = """
id = "decides"
source = "test"
names = { en = "d", vi = "d", ur = "d" }
[[rules]]
id = "election"
kind = "election"
names = { en = "d", vi = "d", ur = "d" }
methods = ["plurality"]
secrecies = ["open", "secret"]
unmarked = "refused"
overmarked = "refused"
tie = "decision"
thresholds = [{ base = "cast", share = "1/5", strict = false }]
[[rules.examples]]
title = "one"
method = "plurality"
seats = 1
candidates = ["A"]
present = 1
ballots = [{ marks = ["A"], count = 1 }]
expect = { outcome = "filled", elected = ["A"], valid = 1 }
"""


def tied(hall: Hall) -> Poll:
    hall.booth.add_pack(DECIDING)
    draft = hall.election("AB", 1, "decides")
    hall.booth.revise(draft.id, replace(draft.plan, secrecy=Secrecy.OPEN))
    hall.booth.fix_manifest(draft.id)
    poll = hall.booth.open(draft.id)
    hall.vote(hall.badges(0, 3), "A")
    hall.vote(hall.badges(3, 6), "B")
    hall.booth.close(poll.id)
    hall.booth.tally(poll.id)
    return poll


def test_a_tie_that_needs_a_decision_is_not_certified_without_one(hall: Hall) -> None:
    poll = tied(hall)
    with pytest.raises(RefusedError, match=r"voting\.tie_undecided"):
        hall.booth.certify(poll.id)
    decision = TieDecision("election", ("B",), "By lot, drawn by the youngest delegate")
    result = hall.booth.resolve_tie(poll.id, decision)
    assert result.verdicts[0].elected == ("B",)
    with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
        hall.booth.resolve_tie(poll.id, decision)
    assert hall.booth.certify(poll.id).verdicts[0].elected == ("B",)
    assert flaw(hall.booth.ledger(poll.id)) is None
    with pytest.raises(RefusedError, match=r"voting\.nothing_left"):
        hall.booth.next_round(poll.id)


def test_a_decision_that_does_not_fit_leaves_no_trace(hall: Hall) -> None:
    poll = tied(hall)
    before = hall.booth.ledger(poll.id)
    for decision in (TieDecision("election", ("Z",), ""), TieDecision("other", ("A",), "")):
        with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
            hall.booth.resolve_tie(poll.id, decision)
    assert hall.booth.ledger(poll.id) == before


def test_a_decision_comes_after_the_tally(hall: Hall) -> None:
    poll = hall.opened_motion()
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.resolve_tie(poll.id, TieDecision("motion", (), ""))


def test_the_next_round_is_drafted_from_the_result(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards[:5]:
        hall.cast(card.code, "ABC")
    for card in cards[5:]:
        hall.cast(card.code, "ABD")
    hall.booth.close(poll.id, APPROVAL)
    hall.count(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.next_round(poll.id)
    hall.booth.certify(poll.id, APPROVAL)
    following = hall.booth.next_round(poll.id)
    assert following.state is State.DRAFT
    assert (following.plan.round, following.plan.follows) == (2, poll.id)
    assert [item.id for item in following.plan.contests[0].candidates] == ["C", "D"]


def test_the_rule_of_a_fixed_poll_stays_even_if_its_pack_goes(hall: Hall) -> None:
    poll = tied(hall)
    with hall.database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql("DELETE FROM rule_pack")
        uow.commit()
    assert hall.booth.result(poll.id).verdicts[0].outcome is Outcome.TIED


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
