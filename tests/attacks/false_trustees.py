"""Attacks by trustees: on the key, and on the decryption."""

import json
from typing import Any

from congress.kernel.canonical import decode_bytes, encode, encode_bytes
from congress.kernel.signing import Signer
from congress.voting.crypto import tally
from tests.attacks.registry import attack
from tests.helpers.bundles import (
    Script,
    context_of,
    credential,
)
from tests.helpers.trustees import board


@attack("trustees", "wrong_joint_key")
def changed_joint_key(script: Script) -> None:
    script.payload("trustees")["joint_key"] = encode_bytes(credential(3))


@attack("trustees", "wrong_commitment")
def rushing_trustee_reveals_another_key(script: Script) -> None:
    reveal = script.payload("trustees")["ceremony"]["reveals"][2]
    reveal["points"][0] = encode_bytes(credential(3))


@attack("trustees", "unknown_coefficient")
def trustee_who_does_not_know_its_key(script: Script) -> None:
    reveal = script.payload("trustees")["ceremony"]["reveals"][2]
    proof = bytearray(decode_bytes(reveal["proofs"][0]))
    proof[40] ^= 1
    reveal["proofs"][0] = encode_bytes(bytes(proof))


@attack("trustees", "bad_signature")
def equivocating_trustee(script: Script) -> None:
    ceremony = script.payload("trustees")["ceremony"]
    ceremony["shares"][0]["sealed"] = encode_bytes(b"another share than was signed")


@attack("trustees", "wrong_threshold")
def threshold_of_one(script: Script) -> None:
    script.payload("trustees")["ceremony"]["threshold"] = 1


@attack("order", "more_than_once")
def second_board_of_trustees(script: Script) -> None:
    script.insert("open", "trustees", script.payload("trustees"))


@attack("opening", "no_trustees")
def poll_without_trustees(script: Script) -> None:
    script.remove("trustees")


def _partial(script: Script, number: int) -> dict[str, Any]:
    context, sums = context_of(script), tally.Sums.from_json(script.payload("encrypted_tally"))
    part = tally.partial_of(context, sums, board()[1][number]).to_json()
    found: dict[str, Any] = json.loads(encode(part))
    return found


def _signed(script: Script, part: dict[str, Any], seed: bytes) -> dict[str, Any]:
    signed = [script.election_id, part["tally"], part["contests"]]
    return {**part, "signature": encode_bytes(Signer(seed).sign("partial", signed))}


@attack("partials", "bad_partial")
def bad_partial_beside_enough_good_ones(script: Script) -> None:
    part = _partial(script, 2)
    cells = part["contests"][0]["parts"]
    cells[0], cells[1] = cells[1], cells[0]
    script.insert("result", "partial", _signed(script, part, board()[1][2].seed))


@attack("partials", "stranger")
def partial_by_a_stranger(script: Script) -> None:
    part = {**_partial(script, 2), "trustee": 4}
    script.insert("result", "partial", _signed(script, part, bytes(32)))


@attack("partials", "bad_signature")
def partial_in_the_name_of_another(script: Script) -> None:
    part = _partial(script, 2)
    script.insert("result", "partial", _signed(script, part, bytes(32)))


@attack("partials", "other_tally")
def partial_of_another_tally(script: Script) -> None:
    part = {**_partial(script, 2), "tally": encode_bytes(bytes(32))}
    script.insert("result", "partial", _signed(script, part, board()[1][2].seed))


@attack("decryption", "partial_twice")
def one_trustee_for_two(script: Script) -> None:
    script.replace("partial", script.payload("partial", 0), 1)


@attack("decryption", "too_few_partials")
def fewer_trustees_than_the_threshold(script: Script) -> None:
    script.remove("partial", 1)
