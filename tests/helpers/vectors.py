"""Makes ``congress/voting/crypto/vectors.json``: ``python -m tests.helpers.vectors > FILE``.

Ballots and keys are random, so every run makes other vectors; those in the repository stay as
they are, for other implementations to be held against.
"""

import json
import sys

from congress.kernel.canonical import encode_bytes
from congress.voting.crypto import ballots, batch, credentials, tally
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.group import GENERATOR, ORDER, base, encode_scalar, required
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.transcript import digest
from tests.helpers.sealed import boxes, motion, signed, strike_out
from tests.helpers.trustees import board

ELECTION = "poll-1"
CODES = (credentials.new_code(bytes(range(10))), credentials.new_code(bytes(range(7, 17))))
CHOICES = ([[0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]], [[1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 1]])


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def bad_ballots(ballot: bytes, layouts: list[Layout]) -> dict[str, bytes]:
    first = 37 + layouts[0].ciphertexts * 66
    return {
        "length": ballot[:-1],
        "form": b"PCB2" + ballot[4:],
        "encoding: K is infinity": ballot[:4] + bytes(33) + ballot[37:],
        "encoding: A is hybrid": ballot[:37] + b"\6" + ballot[38:],
        "encoding: a scalar is the order": (
            ballot[:first] + encode_scalar(ORDER - 1)[:-1] + b"\x41" + ballot[first + 32 :]
        ),
        "proof: a response is changed": flipped(ballot, first + 127),
        "proof: under another credential": signed(ballot[:-64], 8),
        "signature": ballot[:-32] + encode_scalar(5),
    }


def points() -> list[dict[str, str]]:
    scalars = (1, 2, 3, 2**128, ORDER - 1, ORDER // 2)
    return [
        {"scalar": encode_scalar(item).hex(), "point": required(base(item)).encode().hex()}
        for item in scalars
    ]


def bad_points() -> list[str]:
    good = GENERATOR.encode()
    made = (
        b"\0",
        bytes(33),
        b"\4" + GENERATOR.coordinates(),
        b"\6" + GENERATOR.coordinates(),
        b"\6" + good[1:],
        b"\2" + (5).to_bytes(32, "big"),
        b"\2" + b"\xff" * 32,
        good[1:],
        good + b"\0",
    )
    return [item.hex() for item in made]


def make() -> dict[str, object]:
    ceremony, shares = board()
    context = Context(SUITE, ELECTION, bytes(range(32)), ceremony)
    layouts = [motion(), strike_out(3, 3), boxes(2)]
    secrets = [credentials.secret_of(ELECTION, CODES), credentials.secret_of(ELECTION, CODES[:1])]
    made = [
        ballots.encrypt(context, layouts, values, secret)
        for values, secret in zip(CHOICES, secrets, strict=True)
    ]
    cast = [item.ballot for item in made]
    hints: dict[int, bytes] = {}
    if batch.verify_many(context, layouts, cast, hints=hints.__setitem__):
        raise AssertionError("a ballot does not hold")
    sums = tally.sums(layouts, cast)
    partials = [tally.partial_of(context, sums, share) for share in shares[1:]]
    return {
        "about": "Section numbers are those of congress/verifier/SPECIFICATION.md.",
        "1 points": points(),
        "1 bad points": bad_points(),
        "1 hash": {
            "domain": "vector",
            "items": ["00ff", "", "Bầu cử".encode().hex(), (258).to_bytes(4, "big").hex()],
            "digest": digest("vector", b"\x00\xff", b"", "Bầu cử", 258).hex(),
        },
        "5 context": {
            "suite": SUITE,
            "election_id": ELECTION,
            "manifest_hash": context.manifest_hash.hex(),
            "ceremony": ceremony.to_json(),
            "ceremony_hash": ceremony.hash.hex(),
            "joint_key": context.joint_key.encode().hex(),
            "public_shares": [
                ceremony.public_share(item.index).encode().hex() for item in ceremony.trustees
            ],
            "context": context.digest.hex(),
        },
        "6 credentials": [
            {
                "election_id": ELECTION,
                "codes": list(card),
                "secret": encode_scalar(secret).hex(),
                "public": credentials.public_of(secret).hex(),
            }
            for card, secret in zip((CODES, CODES[:1]), secrets, strict=True)
        ],
        "7 layouts": [layout.to_json() for layout in layouts],
        "7 ballots": [
            {
                "ballot": encode_bytes(item.ballot),
                "opening": item.opening.to_json(),
                "hints": encode_bytes(hints[place]),
            }
            for place, item in enumerate(made)
        ],
        "7 bad ballots": {
            why: encode_bytes(item) for why, item in bad_ballots(cast[0], layouts).items()
        },
        "8 tally": sums.to_json(),
        "8 partials": [partial.to_json() for partial in partials],
        "8 totals": tally.combine(context, sums, partials, 2),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make(), ensure_ascii=False, indent=1) + "\n")
