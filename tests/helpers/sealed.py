"""Layouts of every method, ballots for them, and a poll to cast them in."""

from collections.abc import Sequence

from congress.kernel.errors import InputError
from congress.voting.crypto import ballots, schnorr
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.credentials import public_of
from congress.voting.crypto.layout import HEADER_BYTES, MAGIC, Layout, Limit
from tests.helpers.trustees import board

ELECTION = "poll-1"
MANIFEST = bytes(range(32))


def context(**changes: object) -> Context:
    """Return the context of the tests' poll, or of one that differs from it."""
    fields: dict[str, object] = {
        "suite": SUITE,
        "election_id": ELECTION,
        "manifest_hash": MANIFEST,
        "ceremony": board()[0],
    }
    return Context(**(fields | changes))  # type: ignore[arg-type]


def motion(contest: str = "m1") -> Layout:
    return Layout(contest, ("yes", "no", "abstain"), (Limit(((0, 1), (1, 1), (2, 1)), 1, 1),))


def strike_out(names: int, most: int, contest: str = "e1") -> Layout:
    """A list to strike from, with the cell for an invalid ballot."""
    cells = (*(f"c{number}" for number in range(names)), ":invalid")
    terms = (*((number, 1) for number in range(names)), (names, most))
    return Layout(contest, cells, (Limit(terms, 1, most),))


def pick_one(names: int, contest: str = "p1") -> Layout:
    """Plurality with a cell for a blank and one for an invalid ballot."""
    cells = (*(f"c{number}" for number in range(names)), ":blank", ":invalid")
    return Layout(contest, cells, (Limit(tuple((cell, 1) for cell in range(len(cells))), 1, 1),))


def boxes(names: int, contest: str = "a1") -> Layout:
    """Agree or disagree for each of several names."""
    cells = tuple(f"c{number}:{word}" for number in range(names) for word in ("agree", "disagree"))
    limits = tuple(Limit(((2 * name, 1), (2 * name + 1, 1)), 0, 1) for name in range(names))
    return Layout(contest, cells, limits)


EVERY_METHOD = (
    motion(),
    strike_out(2, 1),
    strike_out(4, 2),
    strike_out(6, 5),
    pick_one(3),
    boxes(1, "a0"),
    boxes(3),
)


def ballot(
    layouts: Sequence[Layout], values: Sequence[Sequence[int]], secret: int = 7
) -> ballots.Encrypted:
    return ballots.encrypt(context(), layouts, values, secret)


def reason(layouts: Sequence[Layout], data: bytes, **changes: object) -> str:
    """Return why a ballot is refused, or an empty text."""
    try:
        ballots.verify(context(**changes), layouts, data)
    except InputError as error:
        return str(error.params["reason"])
    return ""


def signed(data: bytes, secret: int) -> bytes:
    """Return ``data``, everything before the signature, signed by another credential."""
    credential = public_of(secret)
    body = MAGIC + credential + data[HEADER_BYTES:]
    items = ballots.signed_items(context(), credential, body)
    return body + schnorr.prove("signature", items, secret)
