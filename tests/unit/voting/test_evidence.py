"""Ledgers that were written anew from end to end, every hash right, are still found out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from congress.kernel.canonical import decode, decode_bytes, encode, encode_bytes
from congress.kernel.errors import BugError, RefusedError
from congress.kernel.progress import Silent
from congress.voting import closedbox, evidence
from congress.voting.ballots import encrypted_payload
from congress.voting.casting import Prepared
from congress.voting.crypto import ballots as crypto
from congress.voting.crypto import tally
from congress.voting.crypto.tally import partial_of
from congress.voting.election import election_of
from congress.voting.ledger import Entry, EntryType, Head, flaw, following
from tests.helpers.hall import APPROVAL, Hall

T = EntryType
NOTHING: tuple[object, ...] = ({}, {"ballot": "="}, [], None)
Facts = list[tuple[EntryType, Any]]


def chained(entries: Sequence[Entry], change: Callable[[Facts], Facts]) -> list[Entry]:
    """Return a sound ledger that says what ``change`` makes of this one."""
    facts = [(entry.type, decode(encode(entry.payload))) for entry in entries]
    head, made = Head(), list[Entry]()
    for kind, payload in change(facts):
        made.append(following(head, entries[0].election_id, kind, payload))
        head = Head(made[-1].seq, made[-1].hash)
    assert flaw(made) is None
    return made


class Poll:
    """A poll with five ballots, one opened, and the ballots that are to be smuggled in."""

    def __init__(self) -> None:
        self.hall = Hall()
        poll, self.cards = self.hall.opened_election()
        self.opened = self.hall.prepare(self.cards[5].code, "ABC")
        self.hall.booth.challenge(self.opened)
        self.twice = self.hall.prepare(self.cards[0].code, "BCD")
        self.unused = self.hall.prepare(self.cards[6].code, "BCD")
        with pytest.MonkeyPatch.context() as patch:
            numbers = iter(range(2, 1000))
            patch.setattr(crypto, "random_scalar", lambda: next(numbers))
            self.one = self.hall.prepare(self.cards[7].code, "ABC")
            numbers = iter(range(2, 1000))
            self.other = self.hall.prepare(self.cards[8].code, "ABC")
        for card in self.cards[:5]:
            self.hall.cast(card.code, "ABC")
        self.hall.booth.close(poll.id, APPROVAL)
        self.entries = self.hall.booth.whole_ledger(poll.id)


@pytest.fixture(scope="module")
def poll() -> Poll:
    return Poll()


def broken(entries: Sequence[Entry]) -> int:
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken") as caught:
        closedbox.closed_box(entries, Silent())
    position = caught.value.params["position"]
    assert isinstance(position, int)
    return position


def with_ballot(*added: Prepared | bytes) -> Callable[[Facts], Facts]:
    ballots = [item if isinstance(item, bytes) else item.ballot for item in added]

    def change(facts: Facts) -> Facts:
        at = next(place for place, (kind, _) in enumerate(facts) if kind is T.BALLOT)
        more: Facts = [(T.BALLOT, encrypted_payload(ballot)) for ballot in ballots]
        for kind, payload in facts:
            if kind is T.CLOSE:
                payload["ballots"] += len(more)
        return [*facts[:at], *more, *facts[at:]]

    return change


def test_the_ledger_of_the_booth_holds(poll: Poll) -> None:
    box = closedbox.closed_box(poll.entries, Silent())
    assert len(box.ballots) == 5
    assert closedbox.closed_box(chained(poll.entries, lambda facts: facts), Silent()) == box
    assert broken([]) == 0
    assert broken(poll.entries[:3] + poll.entries[4:]) == 4


def test_a_good_ballot_more_is_well_formed(poll: Poll) -> None:
    """Or else the refusals below would prove nothing."""
    box = closedbox.closed_box(chained(poll.entries, with_ballot(poll.unused)), Silent())
    assert len(box.ballots) == 6


def test_a_second_ballot_of_one_card(poll: Poll) -> None:
    assert broken(chained(poll.entries, with_ballot(poll.twice)))


def test_an_opened_ballot_among_those_cast(poll: Poll) -> None:
    assert broken(chained(poll.entries, with_ballot(poll.opened)))


def test_two_ballots_with_the_same_ciphertexts(poll: Poll) -> None:
    assert len(closedbox.closed_box(chained(poll.entries, with_ballot(poll.one)), Silent()).ballots)
    first = next(entry.seq for entry in poll.entries if entry.type is T.BALLOT)
    assert broken(chained(poll.entries, with_ballot(poll.one, poll.other))) == first + 1


def test_a_ballot_of_a_card_that_was_never_issued(poll: Poll) -> None:
    key = encode_bytes(poll.cards[0].public_key)

    def change(facts: Facts) -> Facts:
        for kind, payload in facts:
            if kind is T.CREDENTIALS:
                payload["credentials"].remove(key)
        return facts

    assert broken(chained(poll.entries, change))


def test_a_ballot_of_a_card_that_is_void(poll: Poll) -> None:
    void = (T.CREDENTIALS_VOID, {"credentials": [encode_bytes(poll.cards[0].public_key)]})
    assert broken(chained(poll.entries, lambda facts: [*facts[:3], void, *facts[3:]]))


@pytest.mark.parametrize("place", [3, 45, 200, -1])
def test_a_ballot_with_a_bit_turned(poll: Poll, place: int) -> None:
    bent = bytearray(poll.unused.ballot)
    bent[place] ^= 1
    first = next(entry.seq for entry in poll.entries if entry.type is T.BALLOT)
    assert broken(chained(poll.entries, with_ballot(bytes(bent)))) == first


def test_what_is_no_ballot(poll: Poll) -> None:
    first = next(entry.seq for entry in poll.entries if entry.type is T.BALLOT)
    assert broken(chained(poll.entries, with_ballot(poll.unused.ballot[:-1]))) == first
    for nothing in NOTHING:

        def change(facts: Facts, payload: object = nothing) -> Facts:
            return [*facts[: first - 1], (T.BALLOT, payload), *facts[first:]]

        assert broken(chained(poll.entries, change)) == first


def test_ballots_that_are_withheld(poll: Poll) -> None:
    bare = [
        replace(entry, payload=None) if entry.type is T.BALLOT else entry for entry in poll.entries
    ]
    first = next(entry.seq for entry in poll.entries if entry.type is T.BALLOT)
    assert broken(bare) == first


def test_trustees_who_have_not_signed(poll: Poll) -> None:
    def change(facts: Facts) -> Facts:
        facts[1][1]["ceremony"]["signatures"] = []
        return facts

    assert broken(chained(poll.entries, change)) == 2


def test_totals_of_fewer_ballots_than_there_are(poll: Poll) -> None:
    """Even trustees who collude cannot make a subset of the box its result."""
    election = election_of(poll.entries)
    ballots = [decode_bytes(e.payload["ballot"]) for e in poll.entries if e.type is T.BALLOT]  # type: ignore[index,call-overload,arg-type]
    sums = tally.sums(election.layouts, ballots[1:])
    parts = [partial_of(election.context, sums, share) for share in poll.hall.shares[:2]]
    head = Head(poll.entries[-1].seq, poll.entries[-1].hash)
    entries = [*poll.entries]
    facts: Facts = [(T.ENCRYPTED_TALLY, sums.to_json()), *((T.PARTIAL, p.to_json()) for p in parts)]
    for kind, payload in facts:
        # The bound of the totals is the number of ballots on the ledger, not that of the sums.
        entries.append(following(head, entries[0].election_id, kind, decode(encode(payload))))
        head = Head(entries[-1].seq, entries[-1].hash)
    assert flaw(entries) is None
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken"):
        evidence.decrypted(entries)


def test_what_comes_before_its_time(poll: Poll) -> None:
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        evidence.decrypted(poll.entries)
    with pytest.raises(BugError):
        election_of(poll.entries[:1])
