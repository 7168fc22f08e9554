"""Attacks by ballots that are not proper ones."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress

from congress.kernel.canonical import encode
from congress.kernel.errors import CongressError
from congress.voting.crypto.context import Context
from congress.voting.crypto.elgamal import encrypt_bit
from congress.voting.crypto.group import ORDER, Point, add, base, required
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.proofs import prove_bit, prove_exact
from congress.voting.crypto.reading import statement_of
from congress.voting.crypto.rehearsal import hold
from congress.voting.crypto.schnorr import prove
from tests.attacks.registry import CIPHERTEXT, HEAD, attack, tallied_again
from tests.helpers.bundles import (
    Script,
    context_of,
    credential,
    electronic,
    layouts_of_list,
    make_ballot,
    retally,
    secret_of,
)
from tests.helpers.trustees import board


def _change_ballot(script: Script, change: Callable[[bytearray], None]) -> None:
    """Change the first ballot, and tally as if nothing had happened."""
    found = script.ballots()
    data = bytearray(found[0])
    change(data)
    script.put_ballots([bytes(data), *found[1:]])
    with suppress(CongressError):  # our own code refuses to tally some, as it should
        tallied_again(script)


@attack("ballots", "bad_proof")
def identical_ballot_under_another_credential(script: Script) -> None:
    _change_ballot(script, lambda data: data.__setitem__(slice(4, HEAD), credential(6)))


@attack("copies", "copied")
def copied_ciphertexts_with_a_new_signature(script: Script) -> None:
    def change(data: bytearray) -> None:
        data[4:HEAD] = credential(6)
        _sign(script, data, 6)

    found = script.ballots()
    copy = bytearray(found[0])
    change(copy)
    script.put_ballots([*found, bytes(copy)])


@attack("ballots", "bad_proof")
def rerandomised_copy(script: Script) -> None:
    def change(data: bytearray) -> None:
        key = board()[0].joint_key
        for place in range(HEAD, HEAD + 4 * CIPHERTEXT, CIPHERTEXT):
            for start, generator in ((place, base(7)), (place + 33, key)):
                old = Point.decode(bytes(data[start : start + 33]))
                data[start : start + 33] = required(add(old, generator)).encode()
        data[4:HEAD] = credential(6)
        _sign(script, data, 6)

    found = script.ballots()
    copy = bytearray(found[0])
    change(copy)
    script.put_ballots([*found, bytes(copy)])


@attack("ballots", "bad_proof")
def permuted_cells(script: Script) -> None:
    def change(data: bytearray) -> None:
        first, second = slice(HEAD, HEAD + 66), slice(HEAD + 66, HEAD + 132)
        data[first], data[second] = data[second], data[first]

    _change_ballot(script, change)


@attack("ballots", "bad_proof")
def block_swapped_between_two_ballots(script: Script) -> None:
    first, second, *rest = script.ballots()
    block = slice(HEAD, HEAD + CIPHERTEXT)
    one, two = bytearray(first), bytearray(second)
    one[block], two[block] = two[block], one[block]
    script.put_ballots([bytes(one), bytes(two), *rest])


@attack("ballots", "bad_proof")
def bit_flipped_in_a_proof(script: Script) -> None:
    _change_ballot(script, lambda data: data.__setitem__(-200, data[-200] ^ 1))


@attack("ballots", "unsigned")
def signature_without_key(script: Script) -> None:
    _change_ballot(script, lambda data: _sign(script, data, 6))


def _sign(script: Script, data: bytearray, card: int) -> None:
    body = hashlib.sha512(bytes(data[:-64])).digest()
    items = (context_of(script).digest, bytes(data[4:HEAD]), body)
    data[-64:] = prove("signature", items, secret_of(card))


@attack("ballots", "bad_point")
def point_off_the_curve(script: Script) -> None:
    _change_ballot(script, lambda data: data.__setitem__(slice(HEAD, HEAD + 33), b"\2" + bytes(32)))


@attack("ballots", "bad_point")
def point_in_hybrid_encoding(script: Script) -> None:
    _change_ballot(script, lambda data: data.__setitem__(HEAD, data[HEAD] + 4))


@attack("ballots", "bad_point")
def identity_for_a_ciphertext(script: Script) -> None:
    _change_ballot(script, lambda data: data.__setitem__(slice(HEAD, HEAD + 33), bytes(33)))


@attack("ballots", "bad_scalar")
def scalar_not_less_than_the_order(script: Script) -> None:
    _change_ballot(script, lambda data: data.__setitem__(slice(-32, None), ORDER.to_bytes(32)))


@attack("ballots", "bad_proof")
def two_in_one_cell(script: Script) -> None:
    _change_ballot(script, lambda data: _shift(data, 1))


@attack("ballots", "bad_proof")
def minus_one_in_a_cell(script: Script) -> None:
    _change_ballot(script, lambda data: _shift(data, ORDER - 2))


def _shift(data: bytearray, by: int) -> None:
    start = HEAD + 33
    old = Point.decode(bytes(data[start : start + 33]))
    data[start : start + 33] = required(add(old, base(by))).encode()


@attack("ballots", "bad_proof")
def more_names_than_seats(script: Script) -> None:
    """Every cell holds 0 or 1, but the list as a whole holds three names for two seats."""
    found = script.ballots()
    wide = _overfull(script)
    script.put_ballots([*found[1:], wide])


def _overfull(script: Script) -> bytes:
    """Return a ballot in which the proofs of the cells hold and those of the limit do not."""
    context = context_of(script)
    layouts = layouts_of_list()
    ballot = make_ballot(context, "110", 0)
    opening = ballot.opening.contests[0]
    values, scalars = list(opening.values), list(opening.scalars)
    values[2] = 1
    return _forge(context, layouts[0], values, scalars, 0)


def _forge(
    context: Context, layout: Layout, values: list[int], scalars: list[int], card: int
) -> bytes:
    key, mark = context.joint_key, credential(card)
    encrypted = [
        encrypt_bit(key, value, scalar).encode()
        for value, scalar in zip(values, scalars, strict=True)
    ]
    statement = statement_of(context, layout.contest_id, mark, encrypted)
    proofs = []
    for number, item in enumerate(layout.statements):
        randomness = sum(scalars[cell] * factor for cell, factor in item.terms) % ORDER
        if item.bit:
            value = sum(values[cell] * factor for cell, factor in item.terms) - item.constant
            proofs.append(prove_bit(statement, number, key, min(max(value, 0), 1), randomness))
        else:
            proofs.append(prove_exact(statement, number, key, randomness))
    body = b"PCB1" + mark + b"".join(encrypted) + b"".join(proofs)
    items = (context.digest, mark, hashlib.sha512(body).digest())
    return body + prove("signature", items, secret_of(card))


@attack("ballots", "wrong_length")
def ballot_of_another_length(script: Script) -> None:
    found = script.ballots()
    script.put_ballots([found[0] + b"\0", *found[1:]])


@attack("ballots", "bad_proof")
def replay_of_a_ballot_of_another_poll(script: Script) -> None:
    other = electronic("poll-2").ballots()
    script.put_ballots([other[0], *script.ballots()[1:]])


@attack("ballots", "bad_proof")
def replay_of_a_ballot_of_another_round(script: Script) -> None:
    other = electronic("poll-1", 2).ballots()
    script.put_ballots([other[0], *script.ballots()[1:]])


@attack("ballots", "bad_proof")
def keys_regenerated_after_the_ballots(script: Script) -> None:
    ceremony, shares = hold(("An", "Bình", "Chi"), 2)
    payload = {"ceremony": ceremony.to_json(), "joint_key": ceremony.joint_key.encode()}
    script.replace("trustees", json.loads(encode(payload)))
    script.remove("challenge")
    retally(script, context_of(script, ceremony), shares[:2])
