"""Attacks on the bundle of a secret poll: what is done, and which check must refuse it.

The name of each is the line of the list of attacks in the design that it stands for.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from congress.kernel.canonical import decode_bytes, encode, encode_bytes
from congress.kernel.errors import CongressError
from congress.kernel.signing import Signer
from congress.voting.crypto import tally
from congress.voting.crypto.context import Context
from congress.voting.crypto.elgamal import encrypt_bit
from congress.voting.crypto.group import ORDER, Point, add, base, required
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.proofs import prove_bit, prove_exact
from congress.voting.crypto.reading import statement_of
from congress.voting.crypto.rehearsal import hold
from congress.voting.crypto.schnorr import prove
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

HEAD, CIPHERTEXT = 37, 66


@dataclass(frozen=True)
class Attack:
    """One attack: makes the ledger that is bundled, and names the check and the reason."""

    name: str
    check: str
    reason: str
    make: Callable[[], Script]


ATTACKS: dict[str, Attack] = {}


def attack(check: str, reason: str) -> Callable[[Callable[[Script], None]], Callable[..., None]]:
    """Register an attack that changes a good poll."""

    def register(change: Callable[[Script], None]) -> Callable[[Script], None]:
        def make() -> Script:
            script = electronic()
            change(script)
            return script

        name = change.__name__
        ATTACKS[name] = Attack(name, check, reason, make)
        return change

    return register


def _again(script: Script) -> None:
    retally(script, context_of(script), board()[1][:2])


def _change_ballot(script: Script, change: Callable[[bytearray], None]) -> None:
    """Change the first ballot, and tally as if nothing had happened."""
    found = script.ballots()
    data = bytearray(found[0])
    change(data)
    script.put_ballots([bytes(data), *found[1:]])
    with suppress(CongressError):  # our own code refuses to tally some, as it should
        _again(script)


# --- ballots that are not proper ones ---


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


# --- the list of ballots ---


@attack("encrypted_tally", "wrong_ballots")
def ballot_dropped_after_the_receipt(script: Script) -> None:
    script.remove("ballot", 2)
    script.payload("close")["ballots"] = 5


@attack("closing", "wrong_ballots")
def ballot_dropped_but_counted_at_the_close(script: Script) -> None:
    script.remove("ballot", 2)


@attack("encrypted_tally", "wrong_sum")
def subset_tally(script: Script) -> None:
    whole, found = script.copy(), script.ballots()
    script.put_ballots(found[1:])
    _again(script)
    smaller = script.payload("encrypted_tally")
    script.steps = whole.steps
    script.replace("encrypted_tally", {**smaller, "ballots": len(found)})


@attack("encrypted_tally", "too_few_ballots")
def tally_below_the_minimum(script: Script) -> None:
    script.payload("manifest")["minimum"] = 7
    script.remove("challenge")
    context = context_of(script)
    script.put_ballots([make_ballot(context, "110", card).ballot for card in range(6)])
    _again(script)


@attack("order", "out_of_order")
def second_tally_to_be_differenced(script: Script) -> None:
    script.insert("result", "encrypted_tally", script.payload("encrypted_tally"))


@attack("sorting", "not_sorted")
def ballots_in_the_order_of_casting(script: Script) -> None:
    first = script.place("ballot")
    script.steps[first], script.steps[first + 1] = script.steps[first + 1], script.steps[first]


@attack("sorting", "not_sorted")
def two_voters_given_one_tracking_code(script: Script) -> None:
    place = script.place("ballot")
    script.steps.insert(place, script.steps[place])
    script.payload("close")["ballots"] = 7


@attack("eligibility", "used_twice")
def double_cast_at_two_stations(script: Script) -> None:
    again = make_ballot(context_of(script), "011", 0).ballot
    script.put_ballots([*script.ballots(), again])
    _again(script)


@attack("eligibility", "not_issued")
def unissued_card_used(script: Script) -> None:
    extra = make_ballot(context_of(script), "011", 99).ballot
    script.put_ballots([*script.ballots(), extra])
    _again(script)


@attack("eligibility", "void")
def void_card_used(script: Script) -> None:
    extra = make_ballot(context_of(script), "011", 7).ballot
    script.put_ballots([*script.ballots(), extra])
    _again(script)


@attack("credentials", "credential_twice")
def credential_issued_twice(script: Script) -> None:
    script.insert("open", "credentials", {"credentials": [encode_bytes(credential(0))]})


@attack("credentials", "not_issued")
def stranger_made_void(script: Script) -> None:
    payload = {"credentials": [encode_bytes(credential(50))]}
    script.insert("close", "credentials_void", payload)


@attack("credentials", "void_used")
def used_card_made_void(script: Script) -> None:
    script.insert("close", "credentials_void", {"credentials": [encode_bytes(credential(0))]})


@attack("order", "out_of_order")
def ballot_after_the_close(script: Script) -> None:
    extra = make_ballot(context_of(script), "011", 6).ballot
    script.insert("encrypted_tally", "ballot", {"ballot": encode_bytes(extra)})


@attack("copies", "copied")
def challenged_ballot_cast(script: Script) -> None:
    challenged = decode_bytes(script.payload("challenge")["ballot"])
    found = [item for item in script.ballots() if item[4:HEAD] != challenged[4:HEAD]]
    script.put_ballots([*found, challenged])
    _again(script)


@attack("challenges", "wrong_opening")
def challenge_opened_to_another_vote(script: Script) -> None:
    values = script.payload("challenge")["opening"][0]["values"]
    values[0], values[1] = values[1], values[0]


# --- trustees and decryption ---


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


# --- what is told of it ---


@attack("counts", "wrong_count")
def wrong_totals(script: Script) -> None:
    cells = script.payload("result")["counts"][0]["cells"]
    cells["c2"], cells["c3"] = cells["c3"], cells["c2"]


@attack("verdicts", "wrong_verdict")
def wrong_verdict(script: Script) -> None:
    script.payload("certificate")["body"]["verdicts"][0]["elected"] = ["c1", "c3"]


@attack("verdicts", "wrong_verdict")
def base_measured_too_low(script: Script) -> None:
    verdict = script.payload("certificate")["body"]["verdicts"][0]
    verdict["base"], verdict["needed"] = 3, 2


@attack("reconciliation", "wrong_reconciliation")
def cards_that_nobody_issued(script: Script) -> None:
    figures = script.payload("result")["reconciliation"]
    figures["issued"] += 2
    figures["unused"] += 2


@attack("reconciliation", "unbalanced")
def cards_that_do_not_balance(script: Script) -> None:
    script.payload("result")["reconciliation"]["unused"] += 1


@attack("ties", "wrong_decision")
def decision_about_no_tie(script: Script) -> None:
    payload = {"contest": "committee", "elected": ["c3"], "reason": "because"}
    script.insert("certificate", "tie_decision", payload)


@attack("opening", "wrong_roll")
def roll_call_that_does_not_add_up(script: Script) -> None:
    script.payload("open")["roll"]["adjusted"] = 2


@attack("opening", "not_approved")
def opened_by_one_person(script: Script) -> None:
    script.payload("open")["approved_by"] = ["chair", "chair"]


@attack("certificate", "bad_signature")
def certificate_signed_by_another(script: Script) -> None:
    payload = script.payload("certificate")
    before = Script(script.steps[:-1], script.election_id).lines()
    certified = script.certified(payload, before)
    certified["signature"] = encode_bytes(Signer(bytes(32)).sign("certificate", certified["body"]))
    script.sealed = False
    script.replace("certificate", certified)


@attack("certificate", "wrong_certificate")
def certificate_of_another_manifest(script: Script) -> None:
    script.payload("certificate")["body"]["title"] = "Another poll"


# --- the rules ---


@attack("rule_pack", "example_fails")
def rule_bent_after_the_examples(script: Script) -> None:
    manifest = script.payload("manifest")
    manifest["pack"] = manifest["pack"].replace('share = "1/2", strict', 'share = "1/4", strict')


@attack("layouts", "wrong_layouts")
def layout_that_allows_more_names(script: Script) -> None:
    script.payload("manifest")["layouts"][0]["limits"][0]["high"] = 3


@attack("manifest", "unknown_value")
def changed_group(script: Script) -> None:
    script.payload("manifest")["suite"] = "elgamal-h/p256-sha512/1"


@attack("manifest", "unknown_member")
def member_that_nobody_knows(script: Script) -> None:
    script.payload("manifest")["plan"]["also"] = "count twice"


@attack("order", "unknown_type")
def entry_of_an_unknown_type(script: Script) -> None:
    script.insert("close", "amend", {})
