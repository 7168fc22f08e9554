"""Whole encrypted tallies of any layout, any votes and any trustees come to the plain sums."""

from collections.abc import Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.voting.crypto import ballots, batch, tally
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.layout import Layout, Limit, ballot_length
from congress.voting.crypto.rehearsal import hold
from tests.helpers.sealed import context


@st.composite
def layouts(draw: st.DrawFn, name: str = "contest") -> tuple[Layout, list[int]]:
    """Draw a layout, and values that it allows."""
    values = draw(st.lists(st.integers(0, 1), min_size=1, max_size=5))
    limits = []
    for _ in range(draw(st.integers(0, 2))):
        chosen = draw(st.sets(st.integers(0, len(values) - 1), min_size=1))
        terms = tuple((cell, draw(st.integers(1, 4))) for cell in sorted(chosen))
        held = sum(values[cell] * factor for cell, factor in terms)
        low = draw(st.integers(max(0, held - 6), held))
        high = draw(st.integers(held, held + 6))
        limits.append(Limit(terms, low, high))
    cells = tuple(f"cell-{number}" for number in range(len(values)))
    return Layout(name, cells, tuple(limits)), values


@settings(max_examples=30)
@given(st.lists(layouts(), min_size=1, max_size=2), st.integers(1, 2**200))
def test_any_values_within_any_limits_are_proven(
    drawn: list[tuple[Layout, list[int]]], secret: int
) -> None:
    forms = [
        Layout(f"contest-{number}", layout.cells, layout.limits)
        for number, (layout, _) in enumerate(drawn)
    ]
    values = [values for _, values in drawn]
    made = ballots.encrypt(context(), forms, values, secret)
    assert len(made.ballot) == ballot_length(forms)
    hints: dict[int, bytes] = {}
    found = batch.verify_many(context(), forms, [made.ballot], hints=hints.__setitem__)
    assert found == ()
    assert batch.together(context(), forms, [made.ballot], [hints[0]]) == {0}
    ballots.check_opening(context(), forms, made.ballot, made.opening)


@settings(max_examples=30)
@given(layouts(), st.data())
def test_values_outside_a_limit_are_refused(
    drawn: tuple[Layout, list[int]], data: st.DataObject
) -> None:
    layout, values = drawn
    other = data.draw(st.lists(st.integers(0, 1), min_size=len(values), max_size=len(values)))
    sums = [sum(other[cell] * factor for cell, factor in item.terms) for item in layout.limits]
    fits = all(
        item.low <= held <= item.high for item, held in zip(layout.limits, sums, strict=True)
    )
    try:
        made = ballots.encrypt(context(), [layout], [other], 5)
    except InputError:
        assert not fits
    else:
        assert fits
        ballots.verify(context(), [layout], made.ballot)


def plain_sums(votes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*votes, strict=True)))


@settings(max_examples=8)
@given(
    st.integers(3, 6).flatmap(lambda count: st.tuples(st.just(count), st.integers(2, count))),
    st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_any_enough_trustees_decrypt_the_plain_sums(
    board: tuple[int, int], votes: list[list[int]], random: Random
) -> None:
    count, threshold = board
    ceremony, shares = hold([f"T{number}" for number in range(count)], threshold)
    poll = Context(SUITE, "any", bytes(32), ceremony)
    free = Layout("free", ("a", "b", "c"), ())
    cast = [
        ballots.encrypt(poll, [free], [vote], secret).ballot
        for secret, vote in enumerate(votes, start=1)
    ]
    random.shuffle(cast)
    sums = tally.sums([free], cast)
    chosen = random.sample(shares, threshold)
    partials = [tally.partial_of(poll, sums, share) for share in chosen]
    for partial in partials:
        tally.check_partial(poll, sums, partial)
    assert tally.combine(poll, sums, partials, len(cast)) == (plain_sums(votes),)


@settings(max_examples=40)
@given(st.integers(0, 2**4000), st.integers(0, 3))
def test_bytes_that_nobody_made_are_refused_without_surprise(noise: int, cut: int) -> None:
    layout = Layout("noise", ("a", "b"), (Limit(((0, 1), (1, 1)), 0, 1),))
    length = ballot_length([layout])
    data = (b"PCB1" + noise.to_bytes(600, "big") * 2)[: length - cut % 2]
    assert batch.verify_many(context(), [layout], [data]) == (0,)
    assert batch.verify_many(context(), [layout], [data], given=[data]) == (0,)
