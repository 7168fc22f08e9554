"""Attacks of the list that no bundle can stand for: what a prover leaves out of its hashes,
weights that can be foreseen, and a tally that stands in for another.

Both verifiers are asked wherever both have an answer.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from congress.kernel.errors import CongressError, InputError
from congress.verifier import batch as other_batch
from congress.verifier.ballots import Ballot, Setting, take_apart
from congress.verifier.curve import decode, decode_hinted
from congress.verifier.faults import Fault
from congress.verifier.inspection import inspect
from congress.verifier.layouts import Limit, layout
from congress.verifier.unhinted import check_all
from congress.voting.crypto import batch, context, dkg, group, reading, tally, transcript
from congress.voting.crypto.ballots import encrypt
from congress.voting.crypto.context import Context
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.transcript import Item
from congress.voting.model import Receipt
from tests.helpers.bundles import electronic
from tests.helpers.hall import Hall
from tests.helpers.kills import database_at
from tests.helpers.sealed import context as poll_context
from tests.helpers.sealed import motion, reason
from tests.helpers.trustees import board
from tests.unit.voting.crypto.test_batch import cancelling_forgery

FIELDS = {
    "context": ("suite", "poll", "manifest", "joint key", "ceremony"),
    "contest": ("context", "contest", "credential", "ciphertexts"),
    "bit": ("statement", "number", "a0", "b0", "a1", "b1"),
    "exact": ("statement", "number", "u", "v"),
    "signature": ("context", "credential", "ballot", "u"),
    "dkg-commitment": ("ceremony", "trustee", "points"),
    "dkg-knowledge": ("ceremony", "trustee", "number", "point", "u"),
    "partial": ("context", "contest", "cell", "trustee", "A", "B", "M", "u", "v"),
}
"""What section by section of the specification stands in each hash."""

LAYOUTS = (motion(),)


def fields_of(*domains: str) -> list[tuple[str, int]]:
    return [(domain, place) for domain in domains for place in range(len(FIELDS[domain]))]


def named(case: object) -> str | None:
    return case if isinstance(case, str) else None


@pytest.fixture
def leaving_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], pytest.MonkeyPatch]:
    """Have provers leave one field out of one hash, until the patch is undone."""

    def patch(domain: str, place: int) -> pytest.MonkeyPatch:
        honest = transcript.digest

        def digest(name: str, *items: Item) -> bytes:
            if name == domain:
                assert len(items) == len(FIELDS[domain]), "the hash has other fields"
                items = (*items[:place], *items[place + 1 :])
            return honest(name, *items)

        for module in (transcript, context, reading, dkg):
            monkeypatch.setattr(module, "digest", digest)
        return monkeypatch

    return patch


def setting(where: Context, layouts: Sequence[Layout]) -> Setting:
    """Return a poll as the independent verifier has it."""
    return Setting(
        where.digest,
        decode(where.joint_key.encode()),
        tuple(
            layout(
                each.contest_id,
                each.cells,
                tuple(Limit(limit.terms, limit.low, limit.high) for limit in each.limits),
            )
            for each in layouts
        ),
    )


def holds_elsewhere(ballot: bytes) -> bool:
    (found,) = check_all(setting(poll_context(), LAYOUTS), [ballot])
    return isinstance(found, Ballot)


def test_a_ballot_that_leaves_nothing_out_holds() -> None:
    made = encrypt(poll_context(), LAYOUTS, [[0, 1, 0]], 7).ballot
    assert reason(LAYOUTS, made) == ""
    assert holds_elsewhere(made)


@pytest.mark.parametrize(
    ("domain", "place"), fields_of("context", "contest", "bit", "exact", "signature")
)
def test_each_fiat_shamir_field_omitted_from_a_ballot(
    domain: str, place: int, leaving_out: Callable[[str, int], pytest.MonkeyPatch]
) -> None:
    patched = leaving_out(domain, place)
    made = encrypt(poll_context(), LAYOUTS, [[0, 1, 0]], 7).ballot
    patched.undo()
    assert reason(LAYOUTS, made) in ("proof", "signature"), FIELDS[domain][place]
    assert not holds_elsewhere(made), FIELDS[domain][place]


@pytest.mark.parametrize(("domain", "place"), fields_of("dkg-commitment", "dkg-knowledge"))
def test_each_fiat_shamir_field_omitted_from_a_ceremony(
    domain: str, place: int, leaving_out: Callable[[str, int], pytest.MonkeyPatch]
) -> None:
    polynomial = dkg.Polynomial.random(2)
    points = polynomial.points()
    patched = leaving_out(domain, place)
    hashed = dkg.commitment_hash("ceremony", 1, points)
    proofs = polynomial.prove("ceremony", 1)
    patched.undo()
    same = hashed == dkg.commitment_hash("ceremony", 1, points)
    known = dkg.known("ceremony", 1, points, proofs)
    assert (same, known) == (domain != "dkg-commitment", domain != "dkg-knowledge")


@pytest.mark.parametrize(("domain", "place"), fields_of("partial"))
def test_each_fiat_shamir_field_omitted_from_a_decryption(
    domain: str, place: int, leaving_out: Callable[[str, int], pytest.MonkeyPatch]
) -> None:
    where = poll_context()
    ballots = [encrypt(where, LAYOUTS, [[0, 1, 0]], secret).ballot for secret in (7, 8)]
    sums, share = tally.sums(LAYOUTS, ballots), board()[1][0]
    tally.check_partial(where, sums, tally.partial_of(where, sums, share))
    patched = leaving_out(domain, place)
    part = tally.partial_of(where, sums, share)
    patched.undo()
    with pytest.raises(InputError) as refusal:
        tally.check_partial(where, sums, part)
    assert refusal.value.params["reason"] == "proof", FIELDS[domain][place]


@pytest.fixture(scope="module")
def forgery() -> tuple[tuple[Layout, Layout], bytes, bytes]:
    """A ballot of two votes with hints whose false equations cancel out under equal weights."""
    layouts = (motion("m1"), motion("m2"))
    return (layouts, *cancelling_forgery(layouts))


def test_predictable_batch_weights_let_a_forgery_pass_in_the_other_verifier(
    forgery: tuple[tuple[Layout, Layout], bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test below shows that it is the weights that refuse it."""
    layouts, data, hints = forgery
    monkeypatch.setattr("congress.verifier.batch.secrets.token_bytes", lambda size: b"\1" * size)
    assert not other_batch.check(setting(poll_context(), layouts), [(data, hints)]).faults


def test_predictable_batch_weights_are_not_those_of_the_other_verifier(
    forgery: tuple[tuple[Layout, Layout], bytes, bytes],
) -> None:
    layouts, data, hints = forgery
    where = setting(poll_context(), layouts)
    for _ in range(3):
        ((position, fault),) = other_batch.check(where, [(data, hints)]).faults
        assert (position, fault.reason) == (0, "bad_proof")


def weights_drawn() -> Iterator[tuple[int, ...]]:
    made = encrypt(poll_context(), LAYOUTS, [[0, 1, 0]], 7).ballot
    hints: dict[int, bytes] = {}
    batch.verify_many(poll_context(), LAYOUTS, [made], hints=hints.__setitem__)
    where = setting(poll_context(), LAYOUTS)
    for _ in range(2):
        apart = take_apart(where, made, hints[0])
        yield other_batch.equations_of(where, apart).weights


def test_predictable_batch_weights_never_come_twice() -> None:
    first, second = weights_drawn()
    drawn = {*first, *second}
    assert len(drawn) == len(first) + len(second)
    assert max(drawn) >> 120


def test_differencing_two_tallies_of_which_one_lacks_a_ballot() -> None:
    """Parts for one tally are good for no other, so the difference of two is nobody's vote."""
    where = poll_context()
    ballots = [encrypt(where, LAYOUTS, [[1, 0, 0]], secret).ballot for secret in range(5, 9)]
    whole, less = tally.sums(LAYOUTS, ballots), tally.sums(LAYOUTS, ballots[1:])
    parts = [tally.partial_of(where, whole, share) for share in board()[1]]
    for part in parts:
        with pytest.raises(InputError) as refusal:
            tally.check_partial(where, less, part)
        assert refusal.value.params["reason"] == "tally"
    with pytest.raises(InputError):
        tally.combine(where, less, parts, len(ballots))


def test_changed_group_points_of_another_curve_are_no_points() -> None:
    """The base point of P-256 lies on another curve."""
    x = 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296
    y = 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5
    with pytest.raises(InputError) as refusal:
        group.Point.of_coordinates(x.to_bytes(32, "big") + y.to_bytes(32, "big"))
    assert refusal.value.code == "voting.bad_encoding"
    with pytest.raises(Fault):
        decode_hinted((b"\3" if y & 1 else b"\2") + x.to_bytes(32, "big"), y)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all works in threads that begin together; return answers and codes of refusals."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        start.wait(timeout=10)
        try:
            return work()
        except CongressError as error:
            return error.code

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_double_cast_at_two_stations_at_once(tmp_path: Path) -> None:
    """Two programs on one vault, at the same moment: one ballot, however often it is tried."""
    file = tmp_path / "congress.db"
    first = Hall(6, database=database_at(file))
    poll, cards = first.opened_election()
    second = Hall(6, database=database_at(file))
    for number, card in enumerate(cards[:4]):
        one, other = first.prepare(card.code, "ABC"), second.prepare(card.code, "ABD")
        answers = at_once(
            partial(first.booth.cast, one, f"first {number}"),
            partial(second.booth.cast, other, f"second {number}"),
        )
        assert sum(isinstance(answer, Receipt) for answer in answers) == 1
        assert "voting.card_used" in answers
    figures = first.booth.reconciliation(poll.id)
    assert (figures.cast, figures.marked) == (4, 4)
    same = first.prepare(cards[4].code, "ABC")
    again = at_once(
        lambda: first.booth.cast(same, "one request"),
        lambda: second.booth.cast(same, "one request"),
    )
    assert again == [Receipt(poll.id, same.tracking_code)] * 2
    assert first.booth.reconciliation(poll.id).cast == 5
    for hall in (first, second):
        hall.database.close()


def test_unissued_cards_used_beside_those_that_were_drawn(tmp_path: Path) -> None:
    """Cards that were printed, but that nobody drew, cast ballots: the bundle tells."""
    script = electronic()
    result = script.payload("result")
    result["reconciliation"]["drawn"] = result["reconciliation"]["cast"] - 1
    result["entitled"] = result["reconciliation"]["drawn"]
    report = inspect(script.write(tmp_path / "bundle"), processes=1)
    assert report.failed == ("counts",)
    assert report.checks["counts"].faults[0][1].reason == "unbalanced"
