from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from congress.kernel.canonical import decode, decode_bytes, encode, encode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.voting import closedbox, ledger
from congress.voting.codec import plan_to_json
from congress.voting.crypto import ballots, tally
from congress.voting.crypto.credentials import public_of
from congress.voting.ledger import Entry, EntryType
from congress.voting.rules import packs
from congress.voting.trustees import decryption, tallyfile
from tests.helpers import encryptedpolls as polls
from tests.helpers.ceremonies import board_holders, whole
from tests.helpers.encryptedpolls import Step, chained, steps


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return chained(steps())


def refused(steps: list[Step]) -> object:
    with pytest.raises(RefusedError, match=r"trustees\.ledger_broken") as error:
        decryption.examine(chained(steps))
    return error.value.params["reason"]


def test_two_of_three_decrypt_what_their_own_copies_say(entries: tuple[Entry, ...]) -> None:
    copies = [decryption.examine(entries) for _ in range(2)]
    assert copies[0].fingerprint == copies[1].fingerprint
    assert (copies[0].title, copies[0].ballots) == ("Draft resolution", 5)
    parts = [
        decryption.decrypt(copy, holder)[1]
        for copy, holder in zip(copies, board_holders()[1:], strict=True)
    ]
    totals = tally.combine(copies[0].context, copies[0].sums, parts, copies[0].ballots)
    assert totals == ((3, 1, 1, 0),)


def test_the_same_tally_may_be_decrypted_again_but_never_another(
    entries: tuple[Entry, ...],
) -> None:
    holder, part = decryption.decrypt(decryption.examine(entries), board_holders()[0])
    assert decryption.decrypt(decryption.examine(entries), holder)[0] == holder
    fewer = decryption.examine(chained(steps(4)))
    with pytest.raises(RefusedError, match=r"trustees\.second_tally"):
        decryption.decrypt(fewer, holder)
    other = PollId("b" * 26)
    later = decryption.examine(chained(steps(poll=other), other))
    assert set(decryption.decrypt(later, holder)[0].tallies) == {polls.POLL, other}
    assert part.trustee == 1


def test_a_subset_is_not_decrypted() -> None:
    assert refused(steps(summed=4)) == "sums"


def test_a_ballot_dropped_added_or_cast_twice_is_found() -> None:
    whole_ledger = steps()
    ballot = next(at for at, (kind, _) in enumerate(whole_ledger) if kind is EntryType.BALLOT)
    dropped = whole_ledger[:ballot] + whole_ledger[ballot + 1 :]
    assert refused(dropped) == "close"
    stranger = ballots.encrypt(polls.context(), (polls.LAYOUT,), (polls.VOTES[0],), 77).ballot
    added: Step = (EntryType.BALLOT, {"ballot": stranger})
    assert refused([*whole_ledger[:ballot], added, *whole_ledger[ballot:]]) == "credentials"
    again = ballots.encrypt(
        polls.context(), (polls.LAYOUT,), (polls.VOTES[0],), polls.secret(0)
    ).ballot
    twice: Step = (EntryType.BALLOT, {"ballot": again})
    assert refused([*whole_ledger[:ballot], twice, *whole_ledger[ballot:]]) == "credentials"


def test_a_ballot_of_another_poll_is_found() -> None:
    foreign = polls.cast(0, PollId("b" * 26))
    bent = [
        (kind, {"ballot": foreign})
        if kind is EntryType.BALLOT and payload == {"ballot": polls.cast(0)}
        else (kind, payload)
        for kind, payload in steps()
    ]
    assert refused(bent) == "proofs"


def test_a_challenged_ballot_is_never_counted() -> None:
    opened: Step = (EntryType.CHALLENGE, {"ballot": polls.cast(0), "opening": []})
    bent = steps()
    assert refused([*bent[:4], opened, *bent[4:]]) == "ballots"


@pytest.mark.parametrize(
    "bend",
    [
        lambda layout: layout["limits"][0].update(high=2),
        lambda layout: layout["limits"].clear(),
        lambda layout: layout["cells"].reverse(),
        lambda layout: layout.update(contest="other"),
    ],
)
def test_ballots_laid_out_otherwise_than_the_rule_says_are_not_decrypted(
    bend: Callable[[dict[str, Any]], None],
) -> None:
    layout = decode(encode(polls.LAYOUT.to_json()))
    assert isinstance(layout, dict)
    bend(layout)
    bent = steps()
    bent[0] = (EntryType.MANIFEST, {**polls.manifest(), "layouts": [layout]})
    with pytest.raises(RefusedError, match=r"voting\.other_layouts"):
        decryption.examine(chained(bent))


def test_a_layout_that_lets_more_through_is_refused_though_every_proof_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit = replace(polls.LAYOUT.limits[0], high=2)
    wide, other = replace(polls.LAYOUT, limits=(limit,)), PollId("c" * 26)
    monkeypatch.setattr(polls, "LAYOUT", wide)
    entries = chained(steps(poll=other), other)
    with pytest.raises(RefusedError, match=r"voting\.other_layouts"):
        decryption.examine(entries)
    monkeypatch.setattr(closedbox, "layouts_of", lambda plan, rule: (wide,))
    assert decryption.examine(entries).ballots == 5


@pytest.mark.parametrize(
    "change",
    [
        {"pack": "id = 1"},
        {"pack": packs.shipped()["party-congress"].text},
        {"plan": {**plan_to_json(polls.PLAN), "rule": "election"}},
        {"plan": {**plan_to_json(polls.PLAN), "secrecy": "open"}},
        {"plan": {**plan_to_json(polls.PLAN), "contests": []}},
        {"plan": {"title": "Draft resolution"}},
        {"minimum": "3"},
        {"suite": None},
        {"suite": []},
    ],
)
def test_a_manifest_that_founds_no_such_poll_is_refused(change: dict[str, object]) -> None:
    bent = steps()
    bent[0] = (EntryType.MANIFEST, {**polls.manifest(), **change})
    assert refused(bent) == "manifest"


def test_a_suite_that_the_plan_has_not_is_refused_though_every_proof_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = PollId("d" * 26)
    monkeypatch.setattr(polls, "SUITE", "open/1")
    bent = steps(poll=other)
    with pytest.raises(RefusedError, match=r"trustees\.ledger_broken") as error:
        decryption.examine(chained(bent, other))
    assert error.value.params["reason"] == "manifest"
    monkeypatch.setattr(closedbox, "SUITE", "open/1")
    assert decryption.examine(chained(bent, other)).ballots == 5


@pytest.mark.parametrize("told", [[6], [4, 3], [-1], [True], ["5"], [{}], [None]])
def test_a_box_with_fewer_ballots_than_at_a_checkpoint_is_not_decrypted(told: list[object]) -> None:
    bent = steps()
    marked: list[Step] = [
        (EntryType.CHECKPOINT, {} if number is None else {"ballots": number}) for number in told
    ]
    assert refused([*bent[:4], *marked, *bent[4:]]) == "checkpoint"
    before: list[Step] = [(EntryType.CHECKPOINT, {"ballots": number}) for number in (0, 3, 5)]
    assert decryption.examine(chained([*bent[:4], *before, *bent[4:]])).ballots == 5


def test_void_credentials_do_not_vote() -> None:
    void: Step = (EntryType.CREDENTIALS_VOID, {"credentials": [public_of(polls.secret(0))]})
    bent = steps()
    assert refused([*bent[:4], void, *bent[4:]]) == "credentials"


def test_keys_exchanged_after_the_ceremony_are_found() -> None:
    other = whole()[0].ceremony()
    for payload in (
        {"ceremony": other.to_json(), "joint_key": polls.context().joint_key.encode()},
        {"ceremony": {**other.to_json(), "threshold": 3}, "joint_key": other.joint_key.encode()},
    ):
        bent = steps()
        bent[1] = (EntryType.TRUSTEES, payload)
        assert refused(bent) == "trustees"
    swapped = steps()
    swapped[1] = (
        EntryType.TRUSTEES,
        {"ceremony": other.to_json(), "joint_key": other.joint_key.encode()},
    )
    assert refused(swapped) == "proofs"


def test_a_broken_chain_and_withheld_ballots_are_found(entries: tuple[Entry, ...]) -> None:
    withheld = tuple(
        replace(entry, payload=None) if entry.type is EntryType.BALLOT else entry
        for entry in entries
    )
    for bent in ((), entries[1:], (*entries[:5], *entries[6:]), entries[:-1], withheld):
        with pytest.raises(RefusedError, match=r"trustees\.ledger_broken"):
            decryption.examine(bent)


def test_too_few_ballots_are_never_decrypted() -> None:
    with pytest.raises(RefusedError, match=r"voting\.too_few_ballots") as error:
        decryption.examine(chained(steps(2)))
    assert error.value.params == {"count": 2, "minimum": 3}


def test_no_manifest_makes_a_trustee_decrypt_single_votes() -> None:
    with pytest.raises(RefusedError, match=r"voting\.too_few_ballots"):
        decryption.examine(chained(steps(1, minimum=1)))


def test_a_file_of_another_board_decrypts_nothing(entries: tuple[Entry, ...]) -> None:
    with pytest.raises(InputError, match=r"trustees\.foreign_share"):
        decryption.decrypt(decryption.examine(entries), whole()[1][0])


def test_a_bad_backup_is_noticed_before_its_part_goes_out(entries: tuple[Entry, ...]) -> None:
    holder = board_holders()[0]
    bent = replace(holder, share=replace(holder.ready, share=holder.ready.share + 1))
    with pytest.raises(InputError, match=r"trustees\.share_damaged"):
        decryption.decrypt(decryption.examine(entries), bent)


def test_the_ledger_and_the_part_travel_as_files(entries: tuple[Entry, ...]) -> None:
    data = tallyfile.write_tally(entries)
    assert tallyfile.read_tally(data) == entries
    _, part = decryption.decrypt(decryption.examine(entries), board_holders()[2])
    assert tallyfile.read_partial(tallyfile.write_partial(polls.POLL, part)) == (polls.POLL, part)
    for bent in (b"", data[:-1], data[:-30] + b"\n", b"[]\n", data.replace(b"ballot", b"ballet")):
        with pytest.raises(InputError, match=r"trustees\.bad_tally_file"):
            tallyfile.read_tally(bent)
    with pytest.raises(InputError, match=r"trustees\.bad_partial_file"):
        tallyfile.read_partial(tallyfile.write_partial(polls.POLL, part)[:-1])


@pytest.mark.parametrize("poll", [None, -1, ["a"], {}])
def test_a_ledger_of_no_poll_at_all_is_no_ledger(poll: Any) -> None:
    with pytest.raises(InputError, match=r"trustees\.bad_tally_file"):
        tallyfile.read_tally(tallyfile.write_tally(chained(steps(), poll)))


def test_every_flipped_bit_of_a_small_ledger_is_refused(entries: tuple[Entry, ...]) -> None:
    good = tallyfile.write_tally(entries)
    for at in range(7, len(good), len(good) // 60):
        bent = bytearray(good)
        bent[at] ^= 1
        with pytest.raises((InputError, RefusedError)):
            decryption.examine(tallyfile.read_tally(bytes(bent)))


def test_the_sum_of_the_ledger_is_what_is_fingerprinted(entries: tuple[Entry, ...]) -> None:
    examined = decryption.examine(entries)
    assert examined.sums.hash == entries[-1].payload_hash
    assert decode_bytes(encode_bytes(examined.sums.hash)) == entries[-1].payload_hash


def test_a_forked_ledger_that_all_trustees_are_given_has_another_seal(
    entries: tuple[Entry, ...],
) -> None:
    """Copies of a fork agree with each other and hold; only the seal of the hall tells."""
    closed = next(entry for entry in entries if entry.type is EntryType.CLOSE)
    assert decryption.examine(entries).seal == ledger.fingerprint(closed.hash)
    forks = [decryption.examine(chained(steps(4))) for _ in range(2)]
    assert forks[0].fingerprint == forks[1].fingerprint
    assert forks[0].seal != decryption.examine(entries).seal
