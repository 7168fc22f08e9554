"""Encrypted ballots of every method: layouts, proofs, batches, sums, many workers."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from congress.kernel.canonical import decode, encode
from congress.kernel.ids import PollId
from congress.verifier import batch, ceremony, layouts, workers
from congress.verifier.ballots import Setting, take_apart
from congress.verifier.curve import G, Q, add, multiply
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.manifest import Contest as Read
from congress.verifier.manifest import _contest
from congress.verifier.tally import Partial, Tally, decrypt
from congress.voting.ballots import judge
from congress.voting.codec import plan_to_json
from congress.voting.crypto import ballots as crypto
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.context import SUITE, Context
from congress.voting.layouts import layout_of, values_of
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.rules.model import Rule
from congress.voting.rules.packs import shipped
from tests.helpers.bundles import secret_of
from tests.helpers.trustees import board

NAMES = tuple(Candidate(f"c{n}", f"Name {n}") for n in range(4))
CONTESTS = (
    Contest("motion", "Motion", Method.YES_NO_ABSTAIN),
    Contest("strike", "Strike out", Method.STRIKE_OUT, 2, NAMES),
    Contest("all", "Strike out", Method.STRIKE_OUT, 4, NAMES),
    Contest("one", "Plurality", Method.PLURALITY, 1, NAMES),
    Contest("k", "Two of four", Method.K_OF_N, 3, NAMES, choices=2),
    Contest("approval", "Approval", Method.APPROVAL, 1, NAMES),
    Contest("level", "Level list", Method.AGREE_DISAGREE, 2, NAMES[:2]),
    Contest("single", "One name", Method.AGREE_DISAGREE, 1, NAMES[:1]),
)
RULES = [shipped()["party-congress"].rules[1], shipped()["roberts"].rules[2]]


def read_contest(contest: Contest) -> Read:
    plan = Plan("T", Kind.MOTION, Secrecy.SECRET, "p", "r", (contest,))
    value: Any = decode(encode(plan_to_json(plan)))
    return _contest(Fields(value["contests"][0], "contest"))


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
@pytest.mark.parametrize("contest", CONTESTS, ids=[contest.id for contest in CONTESTS])
def test_layouts_are_those_of_the_program(contest: Contest, rule: Rule) -> None:
    ours = layout_of(contest, rule)
    found = layouts.layout_of(read_contest(contest), rule.unmarked.value, rule.overmarked.value)
    assert found.to_json() == decode(encode(ours.to_json()))
    assert (found.ciphertexts, found.length) == (ours.ciphertexts, ours.length)


@cache
def context() -> Context:
    return Context(SUITE, PollId("poll"), bytes(32), board()[0])


@cache
def setting() -> Setting:
    held: Any = {"ceremony": board()[0].to_json(), "joint_key": board()[0].joint_key.encode()}
    read = ceremony.read(decode(encode(held)))
    rule = RULES[0]
    found = tuple(
        layouts.layout_of(read_contest(contest), rule.unmarked.value, rule.overmarked.value)
        for contest in CONTESTS
    )
    return Setting(context().digest, read.joint_key, found)


@cache
def cast() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return four ballots on eight contests, and their hints."""
    rule = RULES[0]
    found = []
    for number in range(4):
        values = []
        for contest in CONTESTS:
            cells = read_contest(contest).cells
            marks = frozenset(cells[: 1 + number % 2] if len(cells) > 3 else cells[:1])
            values.append(values_of(layout_of(contest, rule), judge(contest, rule, marks)))
        made = [layout_of(contest, rule) for contest in CONTESTS]
        found.append(crypto.encrypt(context(), made, values, secret_of(number)).ballot)
    hints: list[bytes] = []
    made = [layout_of(contest, rule) for contest in CONTESTS]
    assert not verify_many(
        context(), made, found, workers=1, hints=lambda _, data: hints.append(data)
    )
    return tuple(found), tuple(hints)


def pairs(ballots: Sequence[bytes], hints: Sequence[bytes | None]) -> list[Any]:
    return list(zip(ballots, hints, strict=True))


def test_ballots_of_every_method_hold_with_hints_and_without() -> None:
    ballots, hints = cast()
    assert len(hints[0]) == setting().hints
    assert len(ballots[0]) == setting().length
    together = batch.check(setting(), pairs(ballots, hints))
    alone = batch.check(setting(), pairs(ballots, [None] * 4))
    assert (together.faults, together.false_hints) == ((), 0)
    assert (alone.faults, alone.false_hints) == ((), 0)
    assert together.sums == alone.sums


def test_the_one_false_ballot_of_many_is_found() -> None:
    ballots, hints = cast()
    for place in (60, 2000, len(ballots[0]) - 1):
        bad = bytearray(ballots[2])
        bad[place] ^= 1
        found = batch.check(setting(), pairs([*ballots[:2], bytes(bad), ballots[3]], hints))
        assert [position for position, _ in found.faults] == [2]
        assert found.false_hints == 0


def test_responses_that_only_fit_together_are_found() -> None:
    """Two errors that cancel where every equation weighs the same: weights must differ."""
    ballots, hints = cast()
    first, second = bytearray(ballots[0]), bytearray(ballots[1])
    for data, by in ((first, 1), (second, Q - 1)):
        old = int.from_bytes(data[-32:], "big")
        data[-32:] = ((old + by) % Q).to_bytes(32, "big")
    found = batch.check(setting(), pairs([bytes(first), bytes(second), *ballots[2:]], hints))
    assert [(position, fault.reason) for position, fault in found.faults] == [
        (0, "unsigned"),
        (1, "unsigned"),
    ]


def test_weights_are_drawn_anew() -> None:
    ballots, hints = cast()
    ballot = take_apart(setting(), ballots[0], hints[0])
    one, other = (batch.equations_of(setting(), ballot) for _ in range(2))
    assert not set(one.weights) & set(other.weights)
    assert all(weight < 2**128 for weight in one.weights)


def test_hints_of_another_ballot_are_not_believed() -> None:
    ballots, hints = cast()
    found = batch.check(setting(), pairs(ballots, [hints[1], hints[0], hints[2], b""]))
    assert (found.faults, found.false_hints) == ((), 3)


def test_a_ballot_of_another_length_is_refused_before_anything_is_read() -> None:
    for data in (b"", cast()[0][0] + b"\0", b"PCB2" + cast()[0][0][4:]):
        with pytest.raises(Fault):
            take_apart(setting(), data, None)


def test_several_processes_come_to_the_same() -> None:
    ballots, hints = cast()
    bad = bytearray(ballots[3])
    bad[-1] ^= 1
    outcomes = []
    for processes in (1, 2):
        run = workers.Workers(setting(), 4, processes)
        for seq, (ballot, hint) in enumerate(pairs([*ballots[:3], bytes(bad)], hints), start=7):
            run.add(seq, ballot, hint)
        outcomes.append(run.finish())
    assert outcomes[0].sums == outcomes[1].sums
    for outcome in outcomes:
        assert [(seq, fault.reason) for seq, fault in outcome.faults] == [(10, "unsigned")]


@pytest.mark.parametrize("total", [0, 3])
def test_totals_come_out_of_the_parts(total: int) -> None:
    assert decrypt(tally_of(total), parts_of(), 2, 3) == ((total,),)


def test_totals_that_are_no_number_of_ballots_are_refused() -> None:
    for total in (4, Q - 1):
        with pytest.raises(Fault, match="not_a_total"):
            decrypt(tally_of(total), parts_of(), 2, 3)


A = multiply(G, 77)
KEY, SLOPE = 9, 4
"""Trustee ``j`` has the share ``KEY + SLOPE * j``."""


def tally_of(total: int) -> Tally:
    b = add(multiply(A, KEY), multiply(G, total))
    assert A is not None
    assert b is not None
    return Tally(3, (((A, b),),), (), b"")


def parts_of() -> list[Partial]:
    points = [(index, multiply(A, KEY + SLOPE * index)) for index in (1, 3)]
    return [Partial(index, ((point,),)) for index, point in points if point is not None]
