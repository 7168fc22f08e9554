"""The ledger of a small encrypted poll, put together entry by entry."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from congress.kernel.canonical import decode, encode
from congress.kernel.ids import PollId
from congress.voting.codec import plan_to_json
from congress.voting.crypto import ballots, tally
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.credentials import public_of
from congress.voting.election import FORMAT
from congress.voting.layouts import layout_of
from congress.voting.ledger import Entry, EntryType, Head, following, payload_hash
from congress.voting.model import Kind, Plan, Secrecy
from congress.voting.plans import motion_contest
from congress.voting.rules import packs
from tests.helpers.ceremonies import board

POLL = PollId("a" * 26)
PACK = packs.shipped()["roberts"]
CONTEST = motion_contest("Draft resolution")
PLAN = Plan("Draft resolution", Kind.MOTION, Secrecy.SECRET, PACK.id, "majority", (CONTEST,))
LAYOUT = layout_of(CONTEST, PACK.rules[0])
VOTES = ((1, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (1, 0, 0, 0))
Step = tuple[EntryType, object]


def manifest(minimum: int = 3) -> dict[str, object]:
    """Return what is put to the vote."""
    return {
        "format": FORMAT,
        "plan": plan_to_json(PLAN),
        "pack": PACK.text,
        "suite": SUITE,
        "layouts": [LAYOUT.to_json()],
        "minimum": minimum,
    }


def chained(steps: Sequence[Step], poll: PollId = POLL) -> tuple[Entry, ...]:
    """Return the entries that record these steps."""
    head, entries = Head(), []
    for kind, payload in steps:
        value: Any = decode(encode(payload))
        entry = following(head, poll, kind, value)
        entries.append(entry)
        head = Head(entry.seq, entry.hash)
    return tuple(entries)


def secret(number: int) -> int:
    """Return the secret of a voter's credential."""
    return 1000 + number


@cache
def context(poll: PollId = POLL, minimum: int = 3) -> Context:
    """Return what the ballots are bound to."""
    value: Any = decode(encode(manifest(minimum)))
    return Context(SUITE, poll, payload_hash(value), board()[0])


def cast(number: int, poll: PollId = POLL, minimum: int = 3) -> bytes:
    """Return the ballot of one voter, the same each time."""
    return _cast(number, poll, minimum)


@cache
def _cast(number: int, poll: PollId, minimum: int) -> bytes:
    values = (VOTES[number % len(VOTES)],)
    return ballots.encrypt(context(poll, minimum), (LAYOUT,), values, secret(number)).ballot


def steps(
    count: int = len(VOTES), poll: PollId = POLL, minimum: int = 3, summed: int | None = None
) -> list[Step]:
    """Return the steps of a poll with so many ballots, of which the first ``summed`` are added."""
    ceremony = board()[0]
    given = [cast(number, poll, minimum) for number in range(count)]
    given.sort(key=lambda ballot: payload_hash(_json({"ballot": ballot})))
    credentials = sorted(public_of(secret(number)) for number in range(count + 2))
    done: list[Step] = [
        (EntryType.MANIFEST, manifest(minimum)),
        (
            EntryType.TRUSTEES,
            {"ceremony": ceremony.to_json(), "joint_key": ceremony.joint_key.encode()},
        ),
        (EntryType.CREDENTIALS, {"credentials": credentials}),
        (EntryType.OPEN, {"roll": {}, "approved_by": []}),
        *((EntryType.BALLOT, {"ballot": ballot}) for ballot in given),
        (EntryType.CLOSE, {"ballots": count, "approved_by": []}),
    ]
    sums = tally.sums((LAYOUT,), given[: count if summed is None else summed])
    return [*done, (EntryType.ENCRYPTED_TALLY, sums.to_json())]


def _json(value: object) -> Any:
    return decode(encode(value))
