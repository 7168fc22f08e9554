"""The test vectors for other implementations hold for this one."""

import json
from importlib.resources import files
from typing import Any

import pytest

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import InputError
from congress.voting.crypto import ballots, batch, credentials, tally
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import Context
from congress.voting.crypto.group import Point, base, decode_scalar, encode_scalar
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.tally import Partial, Sums
from congress.voting.crypto.transcript import digest

VECTORS: dict[str, Any] = json.loads(
    files("congress.voting.crypto").joinpath("vectors.json").read_text("utf-8")
)
LAYOUTS = [Layout.from_json(item) for item in VECTORS["7 layouts"]]
GIVEN = VECTORS["5 context"]
CONTEXT = Context(
    GIVEN["suite"],
    GIVEN["election_id"],
    bytes.fromhex(GIVEN["manifest_hash"]),
    Ceremony.from_json(GIVEN["ceremony"]),
)
CAST = [decode_bytes(item["ballot"]) for item in VECTORS["7 ballots"]]


@pytest.mark.parametrize("item", VECTORS["1 points"])
def test_points(item: dict[str, str]) -> None:
    scalar = decode_scalar(bytes.fromhex(item["scalar"]))
    assert base(scalar) == Point.decode(bytes.fromhex(item["point"]))


@pytest.mark.parametrize("item", VECTORS["1 bad points"])
def test_bad_points(item: str) -> None:
    with pytest.raises(InputError):
        Point.decode(bytes.fromhex(item))


def test_hash() -> None:
    item = VECTORS["1 hash"]
    assert digest(item["domain"], *map(bytes.fromhex, item["items"])).hex() == item["digest"]


def test_context() -> None:
    CONTEXT.ceremony.check()
    assert CONTEXT.ceremony.hash.hex() == GIVEN["ceremony_hash"]
    assert CONTEXT.joint_key.encode().hex() == GIVEN["joint_key"]
    assert CONTEXT.digest.hex() == GIVEN["context"]
    for trustee, share in zip(CONTEXT.ceremony.trustees, GIVEN["public_shares"], strict=True):
        assert CONTEXT.ceremony.public_share(trustee.index).encode().hex() == share


@pytest.mark.parametrize("item", VECTORS["6 credentials"])
def test_credentials(item: dict[str, Any]) -> None:
    secret = credentials.secret_of(item["election_id"], item["codes"])
    assert encode_scalar(secret).hex() == item["secret"]
    assert credentials.public_of(secret).hex() == item["public"]


def test_ballots() -> None:
    hints: dict[int, bytes] = {}
    assert batch.verify_many(CONTEXT, LAYOUTS, CAST, hints=hints.__setitem__) == ()
    for place, item in enumerate(VECTORS["7 ballots"]):
        assert hints[place] == decode_bytes(item["hints"])
        opening = ballots.Opening.from_json(item["opening"])
        ballots.check_opening(CONTEXT, LAYOUTS, CAST[place], opening)


@pytest.mark.parametrize("why", VECTORS["7 bad ballots"])
def test_bad_ballots(why: str) -> None:
    with pytest.raises(InputError, match="ballot_proof") as caught:
        ballots.verify(CONTEXT, LAYOUTS, decode_bytes(VECTORS["7 bad ballots"][why]))
    assert caught.value.params["reason"] == why.partition(":")[0]


def test_tally() -> None:
    sums = tally.sums(LAYOUTS, CAST)
    assert sums == Sums.from_json(VECTORS["8 tally"])
    partials = [Partial.from_json(item) for item in VECTORS["8 partials"]]
    for partial in partials:
        tally.check_partial(CONTEXT, sums, partial)
    totals = tally.combine(CONTEXT, sums, partials, len(CAST))
    assert [list(cells) for cells in totals] == VECTORS["8 totals"]
