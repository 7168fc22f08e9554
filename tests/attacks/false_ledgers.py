"""Attacks by the list of ballots: dropped, doubled, unentitled, late, challenged."""

from congress.kernel.canonical import decode_bytes, encode_bytes
from tests.attacks.registry import HEAD, attack, tallied_again
from tests.helpers.bundles import (
    VOTES,
    Script,
    context_of,
    credential,
    make_ballot,
)


@attack("encrypted_tally", "wrong_ballots")
def ballot_dropped_after_the_receipt(script: Script) -> None:
    script.remove("ballot", 2)
    script.payload("close")["ballots"] = 5


@attack("closing", "wrong_ballots")
def ballot_dropped_but_counted_at_the_close(script: Script) -> None:
    script.remove("ballot", 2)


@attack("closing", "ballots_gone")
def ballot_dropped_after_a_checkpoint(script: Script) -> None:
    """A seventh ballot lay in the box; without it, all that follows the close fits together."""
    script.replace("checkpoint", {"ballots": len(script.ballots()) + 1})


@attack("conduct", "wrong_checkpoint")
def ballots_fewer_from_one_checkpoint_to_the_next(script: Script) -> None:
    script.replace("checkpoint", {"ballots": 4})
    script.insert("close", "checkpoint", {"ballots": 3})


@attack("conduct", "missing")
def checkpoint_that_tells_no_number(script: Script) -> None:
    """Only ledgers of the format before may keep silent about it."""
    script.payload("manifest")["format"] = 3
    script.remove("challenge")
    context = context_of(script)
    found = [make_ballot(context, marks, card).ballot for card, marks in enumerate(VOTES)]
    script.put_ballots(found)
    tallied_again(script)


@attack("encrypted_tally", "wrong_sum")
def subset_tally(script: Script) -> None:
    whole, found = script.copy(), script.ballots()
    script.put_ballots(found[1:])
    tallied_again(script)
    smaller = script.payload("encrypted_tally")
    script.steps = whole.steps
    script.replace("encrypted_tally", {**smaller, "ballots": len(found)})


@attack("encrypted_tally", "too_few_ballots")
def tally_below_the_minimum(script: Script) -> None:
    script.payload("manifest")["minimum"] = 7
    script.remove("challenge")
    context = context_of(script)
    script.put_ballots([make_ballot(context, "110", card).ballot for card in range(6)])
    tallied_again(script)


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
    tallied_again(script)


@attack("eligibility", "not_issued")
def unissued_card_used(script: Script) -> None:
    extra = make_ballot(context_of(script), "011", 99).ballot
    script.put_ballots([*script.ballots(), extra])
    tallied_again(script)


@attack("eligibility", "void")
def void_card_used(script: Script) -> None:
    extra = make_ballot(context_of(script), "011", 7).ballot
    script.put_ballots([*script.ballots(), extra])
    tallied_again(script)


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
    tallied_again(script)


@attack("challenges", "wrong_opening")
def challenge_opened_to_another_vote(script: Script) -> None:
    values = script.payload("challenge")["opening"][0]["values"]
    values[0], values[1] = values[1], values[0]
