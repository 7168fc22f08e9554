"""Counting, deciding ties, certifying, and the round that follows."""

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.voting.ledger import flaw
from congress.voting.model import State
from congress.voting.outcome import Outcome, Reconciliation, TieDecision
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.ties import tied_poll
from tests.helpers.vaults import actor


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
    "DELETE FROM ballot_box WHERE public_key = (SELECT min(public_key) FROM ballot_box)",
    "UPDATE ballot_box SET ballot = "
    "(SELECT ballot FROM ballot_box ORDER BY public_key LIMIT 1) "
    "WHERE public_key = (SELECT max(public_key) FROM ballot_box)",
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


def test_a_tie_that_needs_a_decision_is_not_certified_without_one(hall: Hall) -> None:
    poll = tied_poll(hall)
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
    poll = tied_poll(hall)
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
    poll = tied_poll(hall)
    with hall.database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql("DELETE FROM rule_pack")
        uow.commit()
    assert hall.booth.result(poll.id).verdicts[0].outcome is Outcome.TIED
