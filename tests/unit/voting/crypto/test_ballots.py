"""Encrypted ballots: what is made holds, and nothing else does."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.voting.crypto import ballots, schnorr
from congress.voting.crypto.credentials import public_of
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.group import (
    ORDER,
    Point,
    add,
    base,
    multiply,
    random_scalar,
    required,
)
from congress.voting.crypto.layout import HEADER_BYTES, MAGIC, Layout
from congress.voting.crypto.reading import split
from congress.voting.crypto.rehearsal import hold
from tests.helpers.sealed import (
    EVERY_METHOD,
    ballot,
    context,
    motion,
    reason,
    signed,
    strike_out,
)

SECRET = 7
TWO = (motion("m1"), motion("m2"))


def fitting(layout: Layout, draw: st.DataObject) -> list[int]:
    """Draw values that the layout allows."""

    def fits(values: list[int]) -> bool:
        sums = (sum(values[cell] * factor for cell, factor in item.terms) for item in layout.limits)
        return all(
            item.low <= found <= item.high for item, found in zip(layout.limits, sums, strict=True)
        )

    bits = st.lists(st.integers(0, 1), min_size=len(layout.cells), max_size=len(layout.cells))
    return draw.draw(bits.filter(fits))


@settings(max_examples=10)
@pytest.mark.parametrize("layout", EVERY_METHOD, ids=str)
@given(data=st.data(), secret=st.integers(1, ORDER - 1))
def test_every_ballot_that_fits_is_proven(layout: Layout, data: st.DataObject, secret: int) -> None:
    values = fitting(layout, data)
    made = ballot([layout], [values], secret)
    assert reason([layout], made.ballot) == ""
    assert ballots.credential_of(made.ballot) == public_of(secret)
    ballots.check_opening(context(), [layout], made.ballot, made.opening)
    opened = ballots.Opening.from_json(made.opening.to_json())
    assert opened == made.opening
    assert list(opened.contests[0].values[: len(layout.cells)]) == values


@pytest.mark.parametrize(
    "values", [[[1, 1, 0]], [[0, 0, 0]], [[2, -1, 0]], [[1, 0]], [[1, 0, 0], [1, 0, 0]], []]
)
def test_nothing_else_is_encrypted(values: list[list[int]]) -> None:
    with pytest.raises(InputError, match="bad_ballot"):
        ballot([motion()], values)


def test_all_ballots_of_a_poll_have_one_length_and_no_two_are_alike() -> None:
    layouts = [strike_out(4, 2), motion()]
    one = ballot(layouts, [[0, 0, 0, 0, 1], [1, 0, 0]]).ballot
    other = ballot(layouts, [[1, 1, 0, 0, 0], [0, 0, 1]]).ballot
    again = ballot(layouts, [[1, 1, 0, 0, 0], [0, 0, 1]]).ballot
    assert len(one) == len(other)
    first, second = (set(ballots.ciphertexts_of(layouts, item)) for item in (other, again))
    assert first.isdisjoint(second)


def test_no_secret_is_printed() -> None:
    made = ballot([motion()], [[1, 0, 0]])
    assert "scalars" not in repr(made)
    assert str(made.opening.contests[0].scalars[0]) not in repr(made.opening)


# Changed ballots


VOTED = ballot([motion()], [[0, 1, 0]]).ballot


def test_a_changed_bit_in_any_byte_is_seen() -> None:
    for place in range(len(VOTED)):
        changed = bytearray(VOTED)
        changed[place] ^= 1 << place % 8
        assert reason([motion()], bytes(changed)), place


@settings(max_examples=60)
@given(st.integers(0, 8 * len(VOTED) - 1))
def test_any_changed_bit_is_seen(bit: int) -> None:
    number = int.from_bytes(VOTED, "big") ^ 1 << bit
    assert reason([motion()], number.to_bytes(len(VOTED), "big"))


@pytest.mark.parametrize("data", [b"", VOTED[:-1], VOTED + b"\0", VOTED + VOTED])
def test_another_length_is_refused(data: bytes) -> None:
    assert reason([motion()], data) == "length"


def test_another_mark_is_refused() -> None:
    assert reason([motion()], b"PCB2" + VOTED[4:]) == "form"


START = HEADER_BYTES
PROOFS = START + 3 * 66


@pytest.mark.parametrize("place", [PROOFS, PROOFS + 32, PROOFS + 64, PROOFS + 96, -64, -32])
@pytest.mark.parametrize("scalar", [ORDER, 2**256 - 1])
def test_a_scalar_that_is_not_below_the_order_is_refused(place: int, scalar: int) -> None:
    place %= len(VOTED)
    data = VOTED[:place] + scalar.to_bytes(32, "big") + VOTED[place + 32 :]
    assert reason([motion()], data) == "encoding"


@pytest.mark.parametrize("place", [len(MAGIC), START, START + 33])
@pytest.mark.parametrize(
    "point", [bytes(33), b"\x04" + bytes(32), b"\x02" + b"\xff" * 32, b"\x06" + VOTED[5:37]]
)
def test_a_bad_encoding_of_a_point_is_refused(place: int, point: bytes) -> None:
    assert reason([motion()], VOTED[:place] + point + VOTED[place + 33 :]) == "encoding"


# What the proofs are bound to


OTHER_CEREMONY = hold(("Dung", "Em", "Giang"), 2)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"suite": "elgamal-h/secp256k1-sha512/2"},
        {"election_id": "poll-2"},
        {"manifest_hash": bytes(32)},
        {"ceremony": OTHER_CEREMONY},
        {"ceremony": replace(context().ceremony, signatures=())},
    ],
    ids=["suite", "election", "manifest", "key", "ceremony"],
)
def test_a_ballot_of_another_poll_is_refused(change: dict[str, object]) -> None:
    assert reason([motion()], VOTED, **change) == "proof"


def test_a_ballot_for_another_contest_is_refused() -> None:
    assert reason([motion("m2")], VOTED) == "proof"


def test_an_identical_ballot_under_another_credential_is_refused() -> None:
    assert reason([motion()], signed(VOTED[:-64], SECRET)) == ""
    assert reason([motion()], signed(VOTED[:-64], 8)) == "proof"


def test_a_signature_without_the_key_is_refused() -> None:
    credential = ballots.credential_of(VOTED)
    items = ballots.signed_items(context(), credential, VOTED[:-64])
    foreign = schnorr.prove("signature", items, 8)
    assert reason([motion()], VOTED[:-64] + foreign) == "signature"
    assert reason([motion()], VOTED[:-64] + bytes(64)) == "encoding"


def test_a_signature_of_another_ballot_is_refused() -> None:
    other = ballot([motion()], [[0, 1, 0]]).ballot
    assert reason([motion()], VOTED[:-64] + other[-64:]) == "signature"


def test_a_re_randomised_copy_is_refused() -> None:
    key, body = context().joint_key, bytearray(VOTED[:-64])
    for place in range(START, PROOFS, 66):
        old = Ciphertext.decode(bytes(body[place : place + 66]))
        more = random_scalar()
        new = Ciphertext(
            required(add(old.a, base(more))), required(add(old.b, multiply(key, more)))
        )
        body[place : place + 66] = new.encode()
    assert reason([motion()], signed(bytes(body), SECRET)) == "proof"
    assert reason([motion()], signed(bytes(body), 8)) == "proof"


def exchanged(data: bytes, one: int, other: int, size: int) -> bytes:
    first, second = data[one : one + size], data[other : other + size]
    data = data[:one] + second + data[one + size :]
    return data[:other] + first + data[other + size :]


def test_permuted_cells_are_refused() -> None:
    swapped = exchanged(VOTED, START, START + 66, 66)
    swapped = exchanged(swapped, PROOFS, PROOFS + 128, 128)
    assert reason([motion()], signed(swapped[:-64], SECRET)) == "proof"


def test_blocks_of_contests_exchanged_are_refused() -> None:
    data = ballot(TWO, [[1, 0, 0], [0, 1, 0]]).ballot
    size = TWO[0].length
    swapped = exchanged(data, START, START + size, size)
    assert reason(TWO, data) == ""
    assert reason(TWO, signed(swapped[:-64], SECRET)) == "proof"


# Openings


def test_an_opening_of_another_ballot_is_refused() -> None:
    one, other = ballot([motion()], [[1, 0, 0]]), ballot([motion()], [[1, 0, 0]])
    with pytest.raises(InputError, match="bad_opening"):
        ballots.check_opening(context(), [motion()], one.ballot, other.opening)


@pytest.mark.parametrize("values", [(0, 1, 0), (1, 1, 0), (2, 0, 0), (1, 0), ()])
def test_an_opening_to_other_values_is_refused(values: tuple[int, ...]) -> None:
    made = ballot([motion()], [[1, 0, 0]])
    scalars = made.opening.contests[0].scalars
    false = ballots.Opening((ballots.OpenedContest(values, scalars),))
    with pytest.raises(InputError, match="bad_opening"):
        ballots.check_opening(context(), [motion()], made.ballot, false)


def test_an_opening_of_fewer_contests_is_refused() -> None:
    made = ballot([motion()], [[1, 0, 0]])
    with pytest.raises(InputError, match="bad_opening"):
        ballots.check_opening(context(), [motion()], made.ballot, ballots.Opening(()))


@pytest.mark.parametrize(
    "value",
    [[{}], [{"values": [1], "scalars": ["!"]}], [{"values": [1], "scalars": ["AA"]}], 5, [7]],
)
def test_what_is_no_opening_cannot_be_read(value: list[dict[str, object]]) -> None:
    with pytest.raises(InputError, match="bad_opening"):
        ballots.Opening.from_json(value)


def test_the_parts_of_a_ballot_are_all_of_it() -> None:
    parts = split([motion()], VOTED)
    (contest,) = parts.contests
    joined = MAGIC + parts.credential + b"".join(contest.ciphertexts + contest.proofs)
    assert joined == parts.signed
    assert parts.signed + parts.signature == VOTED
    assert Point.decode(parts.credential) == base(SECRET)
    assert hashlib.sha512(parts.signed).digest() in ballots.signed_items(
        context(), parts.credential, parts.signed
    )
