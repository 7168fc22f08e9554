"""From the closed box to the totals: by enough trustees, once, and never of part of the box."""

from dataclasses import replace

import pytest

from congress.kernel.approval import Approval
from congress.kernel.errors import Cancelled, InputError, RefusedError
from congress.kernel.ids import PollId
from congress.voting import closedbox, evidence, store
from congress.voting.crypto import tally
from congress.voting.crypto.rehearsal import hold
from congress.voting.crypto.tally import Partial, partial_of
from congress.voting.election import election_of
from congress.voting.ledger import EntryType, following
from congress.voting.model import Channel, Secrecy, State
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.vaults import actor


def closed(hall: Hall, cast: int = 5) -> PollId:
    poll, cards = hall.opened_election()
    for card in cards[:cast]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    return poll.id


def added_up(hall: Hall) -> PollId:
    poll_id = closed(hall)
    hall.booth.encrypted_tally(poll_id, APPROVAL)
    return poll_id


def part(hall: Hall, poll_id: PollId, trustee: int) -> Partial:
    asked = hall.booth.tally_to_decrypt(poll_id)
    return partial_of(asked.context, asked.sums, hall.shares[trustee - 1])


def test_any_two_of_three_trustees_come_to_the_same_totals(hall: Hall) -> None:
    for trustees in ((1, 2), (3, 1), (2, 3), (3, 2, 1)):
        poll_id = added_up(hall)
        hall.decrypt(poll_id, trustees)
        assert hall.booth.partials(poll_id) == trustees
        (count,) = hall.booth.tally(poll_id).counts
        assert count.cells == {"A": 5, "B": 5, "C": 5, "D": 0}
        assert (count.cast, count.blank, count.invalid) == (5, 0, 0)


def test_one_trustee_alone_comes_to_nothing(hall: Hall) -> None:
    poll_id = added_up(hall)
    with pytest.raises(RefusedError, match=r"voting\.too_few_partials"):
        hall.booth.tally(poll_id)
    assert hall.booth.add_partial(poll_id, part(hall, poll_id, 2)) == 1
    with pytest.raises(RefusedError, match=r"voting\.too_few_partials"):
        hall.booth.tally(poll_id)
    assert hall.booth.poll(poll_id).state is State.DECRYPTING
    assert hall.booth.add_partial(poll_id, part(hall, poll_id, 1)) == 0
    assert hall.booth.add_partial(poll_id, part(hall, poll_id, 3)) == 0
    hall.booth.tally(poll_id)


def test_a_trustee_decrypts_once(hall: Hall) -> None:
    poll_id = added_up(hall)
    hall.booth.add_partial(poll_id, part(hall, poll_id, 2))
    before = hall.booth.ledger(poll_id)
    with pytest.raises(RefusedError, match=r"voting\.partial_there"):
        hall.booth.add_partial(poll_id, part(hall, poll_id, 2))
    assert hall.booth.ledger(poll_id) == before


def test_a_part_that_does_not_hold_is_not_taken(hall: Hall) -> None:
    poll_id = added_up(hall)
    good = part(hall, poll_id, 1)
    (contest, parts), *_ = good.contests
    bent = bytes([*parts[0][:-1], parts[0][-1] ^ 1])
    for bad in (
        replace(good, trustee=2),
        replace(good, tally=bytes(32)),
        replace(good, signature=bytes(64)),
        replace(good, contests=((contest, (bent, *parts[1:])),)),
        replace(good, contests=((contest, parts[1:]),)),
        replace(good, contests=()),
    ):
        with pytest.raises(InputError, match=r"voting\.bad_partial"):
            hall.booth.add_partial(poll_id, bad)
    with pytest.raises(InputError, match=r"voting\.no_such_trustee"):
        hall.booth.add_partial(poll_id, replace(good, trustee=9))
    assert hall.booth.partials(poll_id) == ()


def test_a_part_of_another_poll_is_not_taken(hall: Hall) -> None:
    first, second = added_up(hall), added_up(hall)
    with pytest.raises(InputError, match=r"voting\.bad_partial"):
        hall.booth.add_partial(second, part(hall, first, 1))


def test_trustees_of_another_board_decrypt_nothing(hall: Hall) -> None:
    poll_id = added_up(hall)
    _, others = hold(("X", "Y", "Z"), 2)
    asked = hall.booth.tally_to_decrypt(poll_id)
    with pytest.raises(InputError, match=r"voting\.other_ceremony"):
        partial_of(asked.context, asked.sums, others[0])


def test_there_is_one_tally_and_it_is_of_the_whole_box(hall: Hall) -> None:
    """Two tallies that differ by a ballot would tell that ballot: a second one is refused."""
    poll_id = added_up(hall)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.encrypted_tally(poll_id, APPROVAL)
    entries = hall.booth.whole_ledger(poll_id)
    election = election_of(entries)
    ballots = closedbox.closed_box(entries, _Watch()).ballots
    fewer = tally.sums(election.layouts, ballots[1:])
    subset = partial_of(election.context, fewer, hall.shares[0])
    with pytest.raises(InputError, match=r"voting\.bad_partial"):
        hall.booth.add_partial(poll_id, subset)
    asked = hall.booth.tally_to_decrypt(poll_id)
    assert asked.sums == tally.sums(election.layouts, ballots)
    assert asked.ballots == 5
    hall.decrypt(poll_id)
    hall.booth.tally(poll_id)
    for again in (
        lambda: hall.booth.encrypted_tally(poll_id, APPROVAL),
        lambda: hall.booth.add_partial(poll_id, part(hall, poll_id, 3)),
        lambda: hall.booth.tally(poll_id),
    ):
        with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
            again()


class _Watch:
    """Progress that is cancelled after some steps."""

    def __init__(self, after: int = 1_000_000) -> None:
        self.left = after
        self.told: list[tuple[int, int]] = []

    def report(self, done: int, total: int, label: str = "") -> None:
        self.told.append((done, total))
        self.check()

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_adding_up_tells_how_far_it_is_and_can_be_cancelled(hall: Hall) -> None:
    poll_id = closed(hall)
    before = hall.booth.ledger(poll_id)
    with pytest.raises(Cancelled):
        hall.booth.encrypted_tally(poll_id, APPROVAL, progress=_Watch(0))
    assert hall.booth.ledger(poll_id) == before
    watch = _Watch()
    hall.booth.encrypted_tally(poll_id, APPROVAL, progress=watch)
    assert watch.told[-1] == (5, 5)


def test_adding_up_is_for_a_closed_secret_poll_and_two_people(hall: Hall) -> None:
    motion = hall.opened_motion()
    hall.booth.close(motion.id)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.encrypted_tally(motion.id, APPROVAL)
    poll, cards = hall.opened_election()
    for card in cards[:3]:
        hall.cast(card.code, "ABC")
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.encrypted_tally(poll.id, APPROVAL)
    hall.booth.close(poll.id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        hall.booth.encrypted_tally(poll.id)
    with pytest.raises(InputError, match=r"vault\.wrong_passphrase"):
        hall.booth.encrypted_tally(poll.id, Approval("second", "wrong"))
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.tally(poll.id)


def test_a_ledger_that_moved_while_the_ballots_were_checked(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll_id = closed(hall)
    real = closedbox.require_enough

    def meanwhile(box: closedbox.ClosedBox) -> None:
        real(box)
        hall.booth.withdraw(poll_id)

    monkeypatch.setattr(closedbox, "require_enough", meanwhile)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.encrypted_tally(poll_id, APPROVAL)
    assert hall.booth.poll(poll_id).state is State.WITHDRAWN


def test_a_poll_that_is_being_decrypted_can_still_be_withdrawn(hall: Hall) -> None:
    poll_id = added_up(hall)
    hall.decrypt(poll_id, [1])
    hall.booth.withdraw(poll_id, "The trustees could not agree")
    assert hall.booth.ledger(poll_id)[-1].type is EntryType.WITHDRAW
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.tally(poll_id)


def test_the_whole_ledger_holds_every_ballot_once_it_is_closed(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    assert not any(e.type is EntryType.BALLOT for e in hall.booth.whole_ledger(poll.id))
    hall.booth.close(poll.id, APPROVAL)
    whole, shown = hall.booth.whole_ledger(poll.id), hall.booth.ledger(poll.id)
    assert [entry.hash for entry in whole] == [entry.hash for entry in shown]
    assert [e.payload for e in shown if e.type is EntryType.BALLOT] == [None] * 4
    assert all(entry.payload for entry in whole)
    motion = hall.opened_motion()
    assert hall.booth.whole_ledger(motion.id) == hall.booth.ledger(motion.id)


_CHANGES = {
    "partial": "UPDATE poll_ledger SET payload = replace(payload, '\"trustee\":1', '\"trustee\":3')"
    " WHERE type = 'partial'",
    "sums": "UPDATE poll_ledger SET payload = replace(payload, '\"ballots\":5', '\"ballots\":4')"
    " WHERE type = 'encrypted_tally'",
}


@pytest.mark.parametrize("what", _CHANGES)
def test_parts_changed_past_the_program_come_to_no_total(hall: Hall, what: str) -> None:
    poll_id = added_up(hall)
    hall.decrypt(poll_id)
    with hall.database.unit_of_work(actor()) as uow:
        assert uow.connection.exec_driver_sql(_CHANGES[what]).rowcount
        uow.commit()
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken"):
        hall.booth.tally(poll_id)
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken"):
        evidence.decrypted(hall.booth.ledger(poll_id))


def test_a_secret_motion_is_decrypted_likewise(hall: Hall) -> None:
    poll, cards = hall.opened_secret(hall.motion(Secrecy.SECRET))
    for card, mark in zip(cards, ["yes", "yes", "no", "abstain", "yes"], strict=False):
        hall.cast(card.code, [mark])
    hall.finish(poll.id)
    (count,) = hall.booth.result(poll.id).counts
    assert count.cells == {"yes": 3, "no": 1, "abstain": 1}


def test_a_ledger_that_grew_while_the_ballots_were_checked(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll_id = closed(hall)
    real = closedbox.require_enough

    def meanwhile(box: closedbox.ClosedBox) -> None:
        real(box)
        with hall.database.unit_of_work(actor()) as uow:
            head = store.head(uow.connection, poll_id)
            store.append(uow.connection, [following(head, poll_id, EntryType.PAPER_COUNT, {})])
            uow.commit()

    monkeypatch.setattr(closedbox, "require_enough", meanwhile)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.encrypted_tally(poll_id, APPROVAL)
    assert hall.booth.poll(poll_id).state is State.CLOSED


def test_a_mixed_poll_counts_its_slips_before_the_trustees_decrypt(hall: Hall) -> None:
    plan = replace(hall.election().plan, channel=Channel.MIXED)
    poll, cards = hall.opened_secret(hall.booth.propose(plan))
    for card in cards[:3]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.slips_uncounted"):
        hall.booth.encrypted_tally(poll.id, APPROVAL)


def test_a_print_run_of_which_nothing_is_left_is_voided_again(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    hall.booth.issue_cards(poll.id, 2)
    assert hall.booth.void_unused_cards(poll.id) == 2
    assert hall.booth.void_unused_cards(poll.id) == 0


def test_a_box_changed_after_the_sums_were_decrypted_has_no_result(hall: Hall) -> None:
    poll_id = added_up(hall)
    hall.decrypt(poll_id)
    with hall.database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql(
            "DELETE FROM ballot_box WHERE public_key = (SELECT min(public_key) FROM ballot_box)"
        )
        uow.commit()
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken"):
        hall.booth.tally(poll_id)
