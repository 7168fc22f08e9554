from dataclasses import replace

import pytest

from congress.kernel.ids import PollId
from congress.voting.ledger import (
    Entry,
    EntryType,
    Head,
    fingerprint,
    flaw,
    following,
    following_ballots,
    payload_hash,
)

T = EntryType
POLL = PollId("poll")
BALLOTS = [payload_hash({"ballot": number}) for number in range(4)]


def chain(*kinds: EntryType) -> list[Entry]:
    entries: list[Entry] = []
    for number, kind in enumerate(kinds):
        head = Head(len(entries), entries[-1].hash) if entries else Head()
        if kind is T.BALLOT and number and kinds[number - 1] is not T.BALLOT:
            entries += following_ballots(head, POLL, BALLOTS)
        elif kind is not T.BALLOT:
            entries.append(following(head, POLL, kind, {"step": number}))
    return entries


LIFE = (T.MANIFEST, T.CREDENTIALS, T.OPEN, T.SUSPEND, T.RESUME, T.BALLOT, T.CLOSE, T.RESULT)
WHOLE = chain(*LIFE, T.TIE_DECISION, T.CERTIFICATE)


def test_a_whole_ledger_stands() -> None:
    assert flaw(WHOLE) is None
    assert flaw([]) is None
    hashes = [entry.payload_hash for entry in WHOLE if entry.type is T.BALLOT]
    assert hashes == sorted(BALLOTS)


@pytest.mark.parametrize("position", range(len(WHOLE)))
def test_dropping_an_entry_shows(position: int) -> None:
    left = WHOLE[:position] + WHOLE[position + 1 :]
    assert (flaw(left) is None) == (position == len(WHOLE) - 1)


@pytest.mark.parametrize("position", range(len(WHOLE) - 1))
def test_reordering_shows(position: int) -> None:
    moved = list(WHOLE)
    moved[position], moved[position + 1] = moved[position + 1], moved[position]
    assert flaw(moved) == position + 1


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"step": 99}},
        {"payload_hash": bytes(32)},
        {"prev": bytes(31) + b"1"},
        {"hash": bytes(32)},
        {"seq": 99},
        {"v": 2},
        {"type": T.CREDENTIALS_VOID},
        {"election_id": PollId("another")},
    ],
)
@pytest.mark.parametrize("position", [1, 2, 3])
def test_changing_a_field_shows(position: int, change: dict[str, object]) -> None:
    changed = list(WHOLE)
    changed[position] = replace(changed[position], **change)  # type: ignore[arg-type]
    assert flaw(changed) == position + 1


def test_a_whole_chain_rewritten_from_another_poll_does_not_join() -> None:
    other = following(Head(), PollId("other"), T.MANIFEST, {})
    assert flaw([WHOLE[0], replace(other, seq=2)]) == 2


def _forged(*kinds: EntryType) -> int | None:
    return flaw(chain(*kinds))


@pytest.mark.parametrize(
    ("kinds", "position"),
    [
        ((T.OPEN,), 1),
        ((T.MANIFEST, T.MANIFEST), 2),
        ((T.MANIFEST, T.CLOSE), 2),
        ((T.MANIFEST, T.BALLOT), 2),
        ((T.MANIFEST, T.OPEN, T.RESUME), 3),
        ((T.MANIFEST, T.OPEN, T.OPEN), 3),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.BALLOT), 4),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.CLOSE), 4),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.CERTIFICATE), 4),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.RESULT, T.RESULT), 5),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.RESULT, T.WITHDRAW), 5),
        ((*LIFE, T.CERTIFICATE, T.TIE_DECISION), len(LIFE) + 5),
        ((T.MANIFEST, T.WITHDRAW, T.OPEN), 3),
        ((T.MANIFEST, T.TRUSTEES, T.TRUSTEES), 3),
        ((T.MANIFEST, T.OPEN, T.TRUSTEES), 3),
        ((T.MANIFEST, T.CHALLENGE), 2),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.CHALLENGE), 4),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.CHECKPOINT), 4),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.PARTIAL), 4),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.PAPER_COUNT, T.PAPER_COUNT), 5),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.ENCRYPTED_TALLY, T.ENCRYPTED_TALLY), 5),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.ENCRYPTED_TALLY, T.PAPER_COUNT), 5),
        ((T.MANIFEST, T.OPEN, T.CLOSE, T.ENCRYPTED_TALLY, T.RESULT, T.PARTIAL), 6),
    ],
)
def test_a_well_chained_ledger_of_an_impossible_life_falls(
    kinds: tuple[EntryType, ...], position: int
) -> None:
    assert _forged(*kinds) == position


def test_the_ledger_of_an_encrypted_poll_stands() -> None:
    kinds = [T.MANIFEST, T.TRUSTEES, T.CREDENTIALS, T.OPEN, T.CHALLENGE, T.CHECKPOINT, T.SUSPEND]
    kinds += [T.CHALLENGE, T.CHECKPOINT, T.RESUME, T.BALLOT, T.CLOSE, T.PAPER_COUNT]
    kinds += [T.ENCRYPTED_TALLY, T.PARTIAL, T.PARTIAL, T.RESULT, T.CERTIFICATE]
    assert _forged(*kinds) is None
    assert _forged(*kinds[:-2], T.WITHDRAW) is None


def test_one_ballot_cannot_be_on_the_ledger_twice() -> None:
    head = Head(2, chain(T.MANIFEST, T.OPEN)[-1].hash)
    doubled = following_ballots(head, POLL, [BALLOTS[0], BALLOTS[0]])
    assert flaw([*chain(T.MANIFEST, T.OPEN), *doubled]) == 4


def test_only_a_ballot_may_withhold_its_payload() -> None:
    entries = chain(T.MANIFEST, T.OPEN)
    assert flaw([entries[0], replace(entries[1], payload=None)]) == 2


def test_a_named_ballot_keeps_its_payload() -> None:
    entries = chain(T.MANIFEST, T.OPEN)
    named = following(Head(2, entries[-1].hash), POLL, T.BALLOT, {"badge": "D-1"})
    assert flaw([*entries, named]) is None
    assert flaw([*entries, replace(named, payload={"badge": "D-2"})]) == 3


def test_a_head_is_read_aloud_in_five_groups() -> None:
    """So many that nobody can make two ledgers with one seal."""
    assert fingerprint(bytes(range(32))) == "AAAQ-EAYE-AUDA-OCAJ-BIFQ"
