"""Many ballots at once: the same answer as one by one, whatever the hints say."""

from collections.abc import Iterator

import pytest

from congress.kernel.errors import Cancelled
from congress.kernel.progress import CancelFlag, Silent
from congress.voting.crypto import batch, group, schnorr
from congress.voting.crypto.credentials import public_of
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.group import GENERATOR, ORDER, encode_scalar, random_scalar, required
from congress.voting.crypto.hints import hints_length, write_hints
from congress.voting.crypto.layout import HEADER_BYTES, Layout
from congress.voting.crypto.multiexp import Relation, Terms
from congress.voting.crypto.proofs import bit_commitments, prove_bit
from congress.voting.crypto.reading import split, statement_of
from congress.voting.crypto.transcript import challenge
from tests.helpers.sealed import ballot, boxes, context, motion, signed, strike_out

LAYOUTS = (motion(), strike_out(5, 4), boxes(2))
MADE = tuple(
    ballot(LAYOUTS, [[1, 0, 0], [1, 1, 0, 0, 0, 0], [0, 1, 0, 0]], secret).ballot
    for secret in (3, 4, 5, 6)
)


def hints_of(ballots: tuple[bytes, ...] = MADE) -> list[bytes]:
    found: dict[int, bytes] = {}
    assert batch.verify_many(context(), LAYOUTS, ballots, hints=found.__setitem__) == ()
    assert list(found) == list(range(len(ballots)))
    return [found[place] for place in range(len(ballots))]


HINTS = hints_of()


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)


def test_hints_have_one_length() -> None:
    assert {len(item) for item in HINTS} == {hints_length(LAYOUTS)}


def test_all_ballots_hold_with_their_hints() -> None:
    assert batch.together(context(), LAYOUTS, MADE, HINTS) == {0, 1, 2, 3}
    again: dict[int, bytes] = {}
    answer = batch.verify_many(
        context(), LAYOUTS, MADE, given=HINTS, hints=again.__setitem__, workers=1
    )
    assert answer == ()
    assert list(again.values()) == HINTS


@pytest.mark.parametrize("with_hints", [False, True])
def test_the_bad_ones_are_named(with_hints: bool) -> None:
    ballots = [MADE[0], flipped(MADE[1], 700), MADE[2], MADE[3][:-1]]
    given = HINTS if with_hints else None
    assert batch.verify_many(context(), LAYOUTS, ballots, given=given) == (1, 3)


def places() -> Iterator[int]:
    """Yield a place in each kind of thing that the hints hold."""
    yield from (0, 31, 32, 63, 95)
    yield from range(32 + 3 * 64, hints_length(LAYOUTS), 397)
    yield hints_length(LAYOUTS) - 1


@pytest.mark.parametrize("place", list(places()))
def test_a_false_hint_helps_no_ballot_and_harms_none(place: int) -> None:
    given = [HINTS[0], flipped(HINTS[1], place), *HINTS[2:]]
    assert 1 not in batch.together(context(), LAYOUTS, MADE, given)
    assert batch.verify_many(context(), LAYOUTS, MADE, given=given) == ()


def test_hints_of_another_ballot_or_length_are_of_no_use() -> None:
    assert batch.together(context(), LAYOUTS, MADE, [HINTS[1], *HINTS[1:]]) == {1, 2, 3}
    assert batch.together(context(), LAYOUTS, MADE, [b"", *HINTS[1:]]) == {1, 2, 3}
    assert batch.verify_many(context(), LAYOUTS, MADE, given=[b"", *HINTS[1:]]) == ()


def test_one_bad_signature_spoils_the_batch_and_is_found() -> None:
    spoiled = MADE[2][:-32] + encode_scalar(5)
    ballots = [*MADE[:2], spoiled, MADE[3]]
    assert batch.together(context(), LAYOUTS, ballots, HINTS) == frozenset()
    assert batch.verify_many(context(), LAYOUTS, ballots, given=HINTS) == (2,)


def test_two_processes_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_DIRECT_PIECE", 1)
    ballots = [MADE[0], flipped(MADE[1], 900), MADE[2]]
    told: list[tuple[int, int]] = []

    class Told(Silent):
        def report(self, done: int, total: int, label: str = "") -> None:
            told.append((done, total))

    found: dict[int, bytes] = {}
    answer = batch.verify_many(
        context(), LAYOUTS, ballots, workers=2, hints=found.__setitem__, progress=Told()
    )
    assert answer == (1,)
    assert found == {0: HINTS[0], 2: HINTS[2]}
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_can_be_cancelled() -> None:
    class Stopped(CancelFlag):
        def report(self, done: int, total: int, label: str = "") -> None:
            self.raise_flag()

    with pytest.raises(Cancelled):
        batch.verify_many(context(), LAYOUTS, MADE, progress=Stopped())


def test_none_at_all_hold() -> None:
    assert batch.verify_many(context(), LAYOUTS, []) == ()


# The weights


def test_weights_differ_each_time_and_use_all_their_bits() -> None:
    drawn = batch.weights(64) + batch.weights(64)
    assert len(set(drawn)) == 128
    assert max(drawn) >> 120
    assert max(drawn) < 1 << 128


def cancelling_forgery(layouts: tuple[Layout, Layout]) -> tuple[bytes, bytes]:
    """Make a ballot of two votes, and hints in which two false equations cancel out.

    In contest 0 both yes and no are marked. The false part ``c·G`` of its exact proof's second
    equation is taken back by a false commitment in contest 1.
    """
    key, secret = context().joint_key, 11
    credential = public_of(secret)
    table = group.fixed_base(key)
    body, points = b"", [required(group.base(secret))]
    taken_back: group.Element = None
    for layout, values in zip(layouts, ([1, 1, 0], [1, 0, 0]), strict=True):
        scalars = [random_scalar() for _ in values]
        texts = [
            Ciphertext(
                required(group.base(scalar)),
                required(group.add(group.multiply(key, scalar), group.multiply(GENERATOR, value))),
            )
            for scalar, value in zip(scalars, values, strict=True)
        ]
        encoded = [text.encode() for text in texts]
        statement = statement_of(context(), layout.contest_id, credential, encoded)
        proofs = [
            prove_bit(statement, number, key, value, scalar)
            for number, (value, scalar) in enumerate(zip(values, scalars, strict=True))
        ]
        nonce, whole = random_scalar(), sum(scalars) % ORDER
        u = required(group.base(nonce))
        v = required(group.add(group.multiply(key, nonce), taken_back))
        answer = challenge("exact", statement, 3, u, v)
        over = sum(values) - 1
        if over:
            taken_back = group.base(-answer * over)
        proofs.append(encode_scalar(answer) + encode_scalar((nonce + answer * whole) % ORDER))
        body += b"".join(encoded + proofs)
        points.extend(point for text in texts for point in (text.a, text.b))
        for text, proof in zip(texts, proofs, strict=False):
            points.extend(bit_commitments(table, text, proof))
        points.extend((u, v))
    data = signed(b"\0" * HEADER_BYTES + body, secret)
    parts = split(layouts, data)
    points.append(schnorr.commitment_of(points[0], parts.signature))
    return data, write_hints(parts, points)


def test_a_forgery_that_passes_with_foreseen_weights_fails_with_random_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layouts = (motion("m1"), motion("m2"))
    data, hints = cancelling_forgery(layouts)
    honest = [ballot(layouts, [[1, 0, 0], [0, 1, 0]], secret).ballot for secret in (21, 22)]
    ballots = [honest[0], data, honest[1]]
    good: dict[int, bytes] = {}
    assert batch.verify_many(context(), layouts, ballots, hints=good.__setitem__) == (1,)
    given = [good[0], hints, good[2]]
    for _ in range(3):
        assert batch.together(context(), layouts, ballots, given) == frozenset()
    assert batch.verify_many(context(), layouts, ballots, given=given) == (1,)
    monkeypatch.setattr(batch, "weights", lambda count: [12345] * count)
    assert batch.together(context(), layouts, ballots, given) == {0, 1, 2}


# The long sum


@pytest.mark.parametrize("count", [1, 2, 3, 50, 700, 1500])
def test_a_long_combination_is_what_its_terms_come_to(count: int) -> None:
    terms, expected = Terms(count, 32), 0
    for number in range(count):
        scalar = random_scalar() if number % 7 else number % 3
        point = required(group.base(number % 40 + 1))
        terms.put(point.coordinates())
        terms.weigh(scalar)
        expected += scalar * (number % 40 + 1)
    assert terms.total() == group.base(expected)


def test_points_that_cancel_out_come_to_infinity() -> None:
    terms = Terms(4, 16)
    for point in (GENERATOR, group.negate(GENERATOR)):
        terms.put(required(point).coordinates())
        terms.weigh(3 << 100)
    assert terms.total() is None
    assert Terms(4, 16).total() is None


def test_a_relation_forgets_what_is_cut() -> None:
    relation = Relation(GENERATOR, 4, 4)
    relation.long.put(GENERATOR.coordinates())
    relation.long.weigh(5)
    relation.long.put(GENERATOR.coordinates())
    relation.long.cut(1)
    relation.of_base, relation.of_key = -2, -3
    assert relation.holds()
    relation.of_key -= 1
    assert not relation.holds()
