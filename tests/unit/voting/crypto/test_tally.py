"""The tally: sums, partial decryptions, totals, and what is refused of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.kernel.signing import Signer
from congress.voting.crypto import tally
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.group import GENERATOR, base, multiply, negate, required
from congress.voting.crypto.logarithms import Logarithms
from congress.voting.crypto.rehearsal import hold
from congress.voting.crypto.tally import Partial, Sums
from tests.helpers.sealed import ballot, context, motion, strike_out
from tests.helpers.trustees import NAMES, board

SHARES = board()[1]
LAYOUTS = (motion(), strike_out(3, 2))
CHOICES = (
    [[1, 0, 0], [1, 1, 0, 0]],
    [[1, 0, 0], [0, 1, 0, 0]],
    [[0, 1, 0], [0, 0, 0, 1]],
    [[0, 0, 1], [0, 1, 1, 0]],
)
BALLOTS = [ballot(LAYOUTS, values, 5 + place).ballot for place, values in enumerate(CHOICES)]
SUMS = tally.sums(LAYOUTS, BALLOTS)
PARTIALS = [tally.partial_of(context(), SUMS, share) for share in SHARES]
TOTALS = ((2, 1, 1), (1, 3, 1, 1))


def combined(partials: Sequence[Partial], most: int = 4) -> tuple[tuple[int, ...], ...]:
    return tally.combine(context(), SUMS, partials, most)


@pytest.mark.parametrize("order", list(permutations(range(3), 2)))
def test_any_two_trustees_decrypt_the_same_totals(order: tuple[int, int]) -> None:
    for place in order:
        tally.check_partial(context(), SUMS, PARTIALS[place])
    assert combined([PARTIALS[place] for place in order]) == TOTALS


def test_all_three_decrypt_it_too() -> None:
    assert combined(PARTIALS) == TOTALS


def test_sums_and_parts_survive_the_ledger() -> None:
    again = Sums.from_json(SUMS.to_json())
    assert again == SUMS
    assert again.hash == SUMS.hash
    assert Partial.from_json(PARTIALS[0].to_json()) == PARTIALS[0]


def test_the_order_of_the_ballots_does_not_matter() -> None:
    assert tally.sums(LAYOUTS, BALLOTS[::-1]) == SUMS


def test_no_ballots_have_no_sum() -> None:
    with pytest.raises(InputError, match="bad_tally"):
        tally.sums(LAYOUTS, [])


def test_ciphertexts_that_cancel_out_have_no_sum() -> None:
    one = Ciphertext(GENERATOR, GENERATOR)
    other = Ciphertext(required(negate(GENERATOR)), GENERATOR)
    with pytest.raises(InputError, match="bad_tally"):
        tally.summed([[one, other]])


# Parts that are refused


def fault(partial: Partial, sums: Sums = SUMS, **changes: object) -> str:
    try:
        tally.check_partial(context(**changes), sums, partial)
    except InputError as error:
        return str(error.params.get("reason", error.code))
    return ""


def resigned(partial: Partial, place: int) -> Partial:
    text = partial.to_sign(context().election_id)
    return replace(partial, signature=Signer(SHARES[place].seed).sign(tally.PURPOSE, text))


def with_part(partial: Partial, part: bytes) -> Partial:
    (contest, parts), second = partial.contests
    return replace(partial, contests=((contest, (part, *parts[1:])), second))


def test_good_parts_are_taken() -> None:
    assert [fault(partial) for partial in PARTIALS] == ["", "", ""]


def test_a_bad_part_is_refused_among_enough_good_ones() -> None:
    """With the two good ones the result would come out; the bad one is still named."""
    part = PARTIALS[2].contests[0][1][0]
    point = required(multiply(GENERATOR, 12345)).encode()
    bad = resigned(with_part(PARTIALS[2], point + part[33:]), 2)
    assert [fault(item) for item in (*PARTIALS[:2], bad)] == ["", "", "proof"]


@pytest.mark.parametrize("place", [0, 40, 70])
def test_a_changed_bit_of_a_part_is_refused(place: int) -> None:
    part = bytearray(PARTIALS[0].contests[0][1][0])
    part[place] ^= 1
    changed = with_part(PARTIALS[0], bytes(part))
    assert fault(changed) == "signature"
    assert fault(resigned(changed, 0)) == "proof"


@pytest.mark.parametrize("part", [b"", bytes(97), bytes(96)])
def test_a_part_of_another_form_is_refused(part: bytes) -> None:
    assert fault(resigned(with_part(PARTIALS[0], part), 0)) == "proof"


def test_parts_of_cells_exchanged_are_refused() -> None:
    (contest, (first, second, third)), other = PARTIALS[0].contests
    exchanged = ((contest, (second, first, third)), other)
    assert fault(resigned(replace(PARTIALS[0], contests=exchanged), 0)) == "proof"


def test_a_part_made_with_another_share_is_refused() -> None:
    stolen = replace(SHARES[0], share=SHARES[1].share)
    assert fault(tally.partial_of(context(), SUMS, stolen)) == "proof"


def test_a_part_for_another_trustee_is_refused() -> None:
    assert fault(replace(PARTIALS[0], trustee=2)) == "signature"
    assert fault(resigned(replace(PARTIALS[0], trustee=2), 1)) == "proof"
    assert fault(replace(PARTIALS[0], trustee=4)) == "voting.no_such_trustee"


def test_a_part_of_a_subset_of_the_ballots_is_refused() -> None:
    """Two tallies that differ by a ballot would show it."""
    fewer = tally.sums(LAYOUTS, BALLOTS[:3])
    partial = tally.partial_of(context(), fewer, SHARES[0])
    assert fault(partial) == "tally"
    assert fault(partial, fewer) == ""
    assert fault(resigned(replace(partial, tally=SUMS.hash), 0)) == "proof"


def test_a_part_of_another_poll_is_refused() -> None:
    assert fault(PARTIALS[0], election_id="poll-2") == "signature"
    other = tally.partial_of(context(manifest_hash=bytes(32)), SUMS, SHARES[0])
    assert fault(other) == "proof"


def test_a_part_of_other_contests_is_refused() -> None:
    fewer = resigned(replace(PARTIALS[0], contests=PARTIALS[0].contests[:1]), 0)
    assert fault(fewer) == "form"
    exchanged = resigned(replace(PARTIALS[0], contests=PARTIALS[0].contests[::-1]), 0)
    assert fault(exchanged) == "form"


def test_a_share_of_another_ceremony_decrypts_nothing() -> None:
    _, shares = hold(NAMES, 2)
    with pytest.raises(InputError, match="other_ceremony"):
        tally.partial_of(context(), SUMS, shares[0])


def test_fewer_than_the_threshold_decrypt_nothing() -> None:
    with pytest.raises(InputError, match="too_few_partials"):
        combined(PARTIALS[:1])
    with pytest.raises(InputError, match="bad_partial"):
        combined([PARTIALS[0], PARTIALS[0]])


def test_a_total_over_the_ballots_is_refused() -> None:
    with pytest.raises(InputError, match="bad_tally"):
        combined(PARTIALS, most=2)
    assert combined(PARTIALS, most=3) == TOTALS


@pytest.mark.parametrize(
    "change", [{"contests": [{"contest": "m1"}]}, {"contests": [{"contest": "m", "sums": ["AA"]}]}]
)
def test_what_are_no_sums_cannot_be_read(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match="bad_tally"):
        Sums.from_json(SUMS.to_json() | change)


@pytest.mark.parametrize("change", [{"trustee": None}, {"tally": "!"}, {"extra": 1}], ids=str)
def test_what_is_no_part_cannot_be_read(change: dict[str, object]) -> None:
    text = PARTIALS[0].to_json() | change
    with pytest.raises(InputError, match="bad_partial"):
        Partial.from_json(text)


# Logarithms


@given(st.integers(0, 300), st.integers(0, 300))
def test_small_logarithms_are_found_and_no_others(most: int, number: int) -> None:
    logarithms = Logarithms(most)
    if number <= most:
        assert logarithms.of(base(number)) == number
    else:
        with pytest.raises(InputError, match="bad_tally"):
            logarithms.of(base(number))


def test_a_negative_logarithm_is_not_found() -> None:
    with pytest.raises(InputError, match="bad_tally"):
        Logarithms(1000).of(base(-1))
