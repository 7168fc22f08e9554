from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.ids import PollId
from congress.voting.cards import new_card, read
from congress.voting.ledger import Entry, EntryType, Head, flaw, following, following_ballots

POLL = PollId("poll")


def _ledger(ballots: list[bytes]) -> list[Entry]:
    entries: list[Entry] = []
    for kind in (EntryType.MANIFEST, EntryType.OPEN):
        head = Head(len(entries), entries[-1].hash) if entries else Head()
        entries.append(following(head, POLL, kind, {"kind": kind.value}))
    entries += following_ballots(Head(2, entries[-1].hash), POLL, ballots)
    end = Head(len(entries), entries[-1].hash)
    return [*entries, following(end, POLL, EntryType.CLOSE, {"ballots": len(ballots)})]


BALLOTS = st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=12)


@given(BALLOTS, st.data())
def test_any_flipped_bit_shows(ballots: list[bytes], data: st.DataObject) -> None:
    entries = _ledger(ballots)
    assert flaw(entries) is None
    position = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(st.sampled_from(["payload_hash", "prev", "hash"]))
    bit = data.draw(st.integers(0, 255))
    value = int.from_bytes(getattr(entries[position], name), "big") ^ (1 << bit)
    entries[position] = replace(entries[position], **{name: value.to_bytes(32, "big")})  # type: ignore[arg-type]
    assert flaw(entries) == position + 1


@given(BALLOTS, st.randoms())
def test_any_other_order_shows(ballots: list[bytes], chance: object) -> None:
    entries = _ledger(ballots)
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (flaw(shuffled) is None) == (shuffled == entries)


@given(BALLOTS, st.randoms())
def test_the_ledger_does_not_know_the_order_of_casting(
    ballots: list[bytes], chance: object
) -> None:
    shuffled = list(ballots)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _ledger(shuffled) == _ledger(ballots)


@given(st.binary(min_size=10, max_size=10), st.integers(1, 2))
def test_every_card_is_read_from_print_and_from_its_qr_code(secret: bytes, parts: int) -> None:
    halves = iter((secret, bytes(byte ^ 255 for byte in secret)))
    card = new_card(POLL, parts, lambda _: next(halves))
    assert read(card.payload) == read(card.code) == card.codes
