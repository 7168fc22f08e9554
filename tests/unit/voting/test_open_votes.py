"""Votes cast by badge and listed by name."""

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.voting import box
from congress.voting.casting import Admission
from congress.voting.model import Ballot, PollChanged, Turnout
from congress.voting.outcome import Outcome, Reconciliation
from tests.helpers.hall import Hall, roll_of
from tests.helpers.vaults import actor


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
