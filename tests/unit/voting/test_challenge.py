"""Prepared ballots: cast or challenged, never both, and nothing else enters the box."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.roles import Role
from congress.voting.ballots import encrypted_payload, tracking_code
from congress.voting.casting import NamedBallot
from congress.voting.crypto import ballots as crypto
from congress.voting.crypto.ballots import Opening
from congress.voting.election import election_of
from congress.voting.ledger import EntryType, flaw, payload_hash
from congress.voting.model import Ballot
from congress.voting.plans import motion_contest
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.vaults import actor


def challenges(hall: Hall, poll_id: Any) -> list[Any]:
    entries = hall.booth.ledger(poll_id)
    return [entry.payload for entry in entries if entry.type is EntryType.CHALLENGE]


def test_the_code_that_was_shown_is_the_code_on_the_ledger(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    receipt = hall.booth.cast(prepared, "request")
    assert receipt.tracking_code == prepared.tracking_code
    assert receipt.tracking_code == tracking_code(payload_hash(encrypted_payload(prepared.ballot)))
    hall.booth.close(poll.id, APPROVAL)
    assert hall.booth.holds_ballot(poll.id, prepared.tracking_code)


def test_preparing_stores_nothing(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    before = hall.booth.ledger(poll.id), hall.booth.reconciliation(poll.id)
    hall.prepare(cards[0].code, "ABC")
    assert (hall.booth.ledger(poll.id), hall.booth.reconciliation(poll.id)) == before


def test_a_challenge_shows_what_the_ballot_held_and_leaves_the_card_good(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    opened = hall.booth.challenge(prepared)
    assert opened.marks == (frozenset("ABC"),)
    assert opened.tracking_code == prepared.tracking_code
    (payload,) = challenges(hall, poll.id)
    election = election_of(hall.booth.ledger(poll.id))
    ballot = decode_bytes(payload["ballot"])
    opening = Opening.from_json(payload["opening"])
    crypto.check_opening(election.context, election.layouts, ballot, opening)
    assert ballot == prepared.ballot
    figures = hall.booth.reconciliation(poll.id)
    assert (figures.cast, figures.marked, figures.unused) == (0, 0, 10)
    hall.cast(cards[0].code, "ABD")
    assert hall.booth.turnout(poll.id).cast == 1
    assert flaw(hall.booth.ledger(poll.id)) is None


@pytest.mark.parametrize(("marks", "flag"), [("", ":invalid"), ("ABCD", ":invalid")])
def test_an_invalid_ballot_opens_as_invalid(hall: Hall, marks: str, flag: str) -> None:
    _, cards = hall.opened_election()
    assert hall.booth.challenge(hall.prepare(cards[0].code, marks)).marks == (frozenset({flag}),)


def test_a_challenged_ballot_is_never_cast(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    opened = hall.booth.challenge(prepared)
    for request in ("first", "second"):
        with pytest.raises(RefusedError, match=r"voting\.ballot_seen"):
            hall.booth.cast(prepared, request)
    assert hall.booth.challenge(prepared) == opened
    assert len(challenges(hall, poll.id)) == 1
    assert hall.booth.turnout(poll.id).cast == 0
    admission = hall.booth.admit(cards[0].code)
    hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), "first")


def test_a_ballot_made_of_opened_ciphertexts_is_never_cast(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even the voter's own card cannot reuse the numbers that a challenge has published."""
    poll, cards = hall.opened_election()
    numbers = iter(range(2, 10_000))
    monkeypatch.setattr(crypto, "random_scalar", lambda: next(numbers))
    hall.booth.challenge(hall.prepare(cards[0].code, "ABC"))
    numbers = iter(range(2, 10_000))
    again = hall.prepare(cards[0].code, "ABD")
    with pytest.raises(RefusedError, match=r"voting\.ballot_seen"):
        hall.booth.cast(again, "request")
    numbers = iter(range(2, 10_000))
    other = hall.prepare(cards[1].code, "ABC")
    with pytest.raises(RefusedError, match=r"voting\.ballot_seen"):
        hall.booth.cast(other, "another")
    figures = hall.booth.reconciliation(poll.id)
    assert (figures.cast, figures.marked) == (0, 0)


def test_a_cast_ballot_is_never_opened(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    hall.booth.cast(prepared, "request")
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.challenge(prepared)
    assert challenges(hall, poll.id) == []


def test_an_opening_that_is_not_the_ballots_is_not_published(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    prepared, other = hall.prepare(cards[0].code, "ABC"), hall.prepare(cards[0].code, "ABD")
    with pytest.raises(InputError, match=r"voting\.bad_opening"):
        hall.booth.challenge(replace(prepared, opening=other.opening))
    assert challenges(hall, poll.id) == []


def test_a_named_vote_has_nothing_to_open(hall: Hall) -> None:
    hall.opened_motion()
    with pytest.raises(RefusedError, match=r"voting\.nothing_to_open"):
        hall.booth.challenge(hall.prepare("D-001", ["yes"]))


def test_who_may_not_challenge(hall: Hall) -> None:
    _, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        hall.booth_of(actor(Role.PROJECTOR)).challenge(prepared)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("suspend", "voting.suspended"),
        ("close", "voting.not_open"),
        ("withdraw", "voting.not_open"),
        ("void", "voting.card_void"),
    ],
)
def test_a_prepared_ballot_after_the_poll_moved_on(hall: Hall, step: str, code: str) -> None:
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    steps: dict[str, Callable[[], object]] = {
        "suspend": lambda: hall.booth.suspend(poll.id),
        "close": lambda: hall.booth.close(poll.id, APPROVAL),
        "withdraw": lambda: hall.booth.withdraw(poll.id),
        "void": lambda: hall.booth.void_card(poll.id, cards[0].code),
    }
    steps[step]()
    with pytest.raises(RefusedError, match=code):
        hall.booth.cast(prepared, "request")
    with pytest.raises(RefusedError, match=code):
        hall.booth.challenge(prepared)


def test_a_ballot_whose_proofs_do_not_hold_never_enters_the_box(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    size = len(prepared.ballot)
    for place in (0, 10, 60, 300, size // 2, size - 70, size - 1):
        bent = bytearray(prepared.ballot)
        bent[place] ^= 1
        with pytest.raises(InputError, match=r"voting\.ballot_proof"):
            hall.booth.cast(replace(prepared, ballot=bytes(bent)), "request")
        with pytest.raises(InputError, match=r"voting\.ballot_proof"):
            hall.booth.challenge(replace(prepared, ballot=bytes(bent)))
    for wrong in (b"", prepared.ballot[:-1], prepared.ballot + b"\0"):
        with pytest.raises(InputError, match=r"voting\.ballot_proof"):
            hall.booth.cast(replace(prepared, ballot=wrong), "request")
    assert hall.booth.reconciliation(poll.id).cast == 0


def test_a_ballot_of_another_poll_is_refused_here(hall: Hall) -> None:
    first, cards = hall.opened_election()
    second, _ = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    with pytest.raises(InputError, match=r"voting\.ballot_proof"):
        hall.booth.cast(replace(prepared, poll=second), "request")
    assert hall.booth.turnout(first.id).cast == hall.booth.turnout(second.id).cast == 0


def test_a_ballot_is_not_cast_under_another_card(hall: Hall) -> None:
    """The credential stands in the ballot and under its signature: it cannot be swapped."""
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    swapped = prepared.ballot[:4] + cards[1].public_key + prepared.ballot[37:]
    with pytest.raises(InputError, match=r"voting\.ballot_proof"):
        hall.booth.cast(replace(prepared, ballot=swapped), "request")
    assert hall.booth.turnout(poll.id).cast == 0


def test_one_encrypted_ballot_is_not_cast_for_two_voters(hall: Hall) -> None:
    """A station that shows two voters one tracking code has cast one ballot, and says so."""
    poll, cards = hall.opened_election()
    prepared = hall.prepare(cards[0].code, "ABC")
    receipt = hall.booth.cast(prepared, "of the first voter")
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.cast(prepared, "of the second voter")
    second = hall.cast(cards[1].code, "ABC")
    assert second.tracking_code != receipt.tracking_code
    assert hall.booth.turnout(poll.id).cast == 2


def test_equal_votes_never_get_one_tracking_code(hall: Hall) -> None:
    _, cards = hall.opened_election()
    codes = {hall.prepare(card.code, "ABC").tracking_code for card in cards for _ in range(2)}
    assert len(codes) == 20


def test_two_prepared_ballots_of_one_card_at_two_stations_are_one_vote(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    here, there = hall.prepare(cards[0].code, "ABC"), hall.prepare(cards[0].code, "BCD")
    hall.booth.cast(here, "here")
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.cast(there, "there")
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.challenge(there)
    assert hall.booth.turnout(poll.id).cast == 1


def test_a_named_ballot_made_up_past_the_panel_is_judged_again(hall: Hall) -> None:
    hall.opened_motion()
    prepared = hall.prepare("D-001", ["yes"])
    person = hall.people.persons[0]
    both = NamedBallot(person, None, Ballot((frozenset({"yes", "no"}),)))
    with pytest.raises(RefusedError, match=r"voting\.not_castable"):
        hall.booth.cast(replace(prepared, named=both), "request")


def test_a_named_ballot_is_recorded_on_the_paper_of_the_poll_and_no_other(hall: Hall) -> None:
    poll = hall.opened_motion()
    prepared = hall.prepare("D-001", ["yes"])
    longer = replace(poll.plan, contests=(*poll.plan.contests, motion_contest("Another")))
    hall.booth.cast(replace(prepared, poll=replace(poll, plan=longer)), "request")
    payload: Any = hall.booth.ledger(poll.id)[-1].payload
    assert payload["bits"] == ["100"]


def test_what_a_voter_holds_keeps_its_secrets_to_itself(hall: Hall) -> None:
    _, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    prepared = hall.booth.prepare(admission, Ballot((frozenset("ABC"),)))
    said = repr((admission, prepared))
    assert str(admission.secret) not in said
    assert prepared.opening is not None
    assert str(prepared.opening.contests[0].scalars[0]) not in said
    assert "values" not in said
