"""Runs under a Python that has electionguard 1.4.0; imports nothing of ours.

Usage: ``python electionguard_peer.py NAMES SEATS ROUNDS``. Encrypts, checks and adds up the
contest of ``congress bench voting``, and prints milliseconds as one line of JSON. The two
functions timed are the library's own: ``encrypt_contest``, and ``is_valid_encryption`` of every
selection and of the contest; the sum is one homomorphic addition for every name.
"""

import dataclasses
import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any


def clocked(rounds: int, work: Callable[[], Any]) -> float:
    """Return the milliseconds of processor time of the quickest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        if not work():
            raise SystemExit("electionguard refuses what it made itself")
        best = min(best, time.process_time() - start)
    return 1000 * best


def allow_values_as_defaults() -> None:
    """Let dataclasses have defaults that compare by value, as before Python 3.11.

    electionguard 1.4.0 has such and cannot be imported otherwise; its arithmetic stays as it is.
    """
    name = "_process_class"
    process = getattr(dataclasses, name)

    def hashable(cls: type, *options: Any, **named: Any) -> type:
        made: type = process(cls, *options, **named)
        if vars(made).get("__hash__", made) is None:
            type.__setattr__(made, "__hash__", object.__hash__)
        return made

    setattr(dataclasses, name, hashable)


def main(names: int, seats: int, rounds: int) -> None:
    """Measure one contest of ``names`` candidates, of whom ``seats`` are chosen."""
    allow_values_as_defaults()
    from electionguard.ballot import PlaintextBallotContest
    from electionguard.elgamal import elgamal_add, elgamal_keypair_random
    from electionguard.encrypt import encrypt_contest, selection_from
    from electionguard.group import rand_q
    from electionguard.manifest import (
        ContestDescription,
        SelectionDescription,
        VoteVariationType,
        contest_description_with_placeholders_from,
        generate_placeholder_selections_from,
    )

    logging.disable(logging.CRITICAL)
    described = ContestDescription(
        object_id="contest",
        sequence_order=0,
        electoral_district_id="hall",
        vote_variation=VoteVariationType.n_of_m,
        number_elected=seats,
        votes_allowed=seats,
        name="contest",
        ballot_selections=[
            SelectionDescription(f"name-{number}", number, f"candidate-{number}")
            for number in range(names)
        ],
    )
    contest = contest_description_with_placeholders_from(
        described, generate_placeholder_selections_from(described, seats)
    )
    chosen = [selection_from(item, False, True) for item in contest.ballot_selections[:seats]]
    plain = PlaintextBallotContest("contest", ballot_selections=chosen)
    key, base_hash, seed = elgamal_keypair_random().public_key, rand_q(), rand_q()

    def encrypt() -> Any:
        return encrypt_contest(plain, contest, key, base_hash, seed)

    made = encrypt()

    def verify() -> bool:
        """Check a contest as the library checks one of a whole ballot."""
        return all(
            item.is_valid_encryption(item.description_hash, key, base_hash)
            for item in (*made.ballot_selections, made)
        )

    def add() -> list[Any]:
        return [
            elgamal_add(item.ciphertext, item.ciphertext) for item in made.ballot_selections[:names]
        ]

    figures = {
        "encrypt_ms": clocked(rounds, encrypt),
        "verify_ms": clocked(rounds, verify),
        "add_ms": clocked(rounds, add),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
