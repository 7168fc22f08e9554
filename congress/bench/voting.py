"""How long secret ballots take, and whether counts of real elections come out right."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from congress.kernel.errors import BugError
from congress.kernel.progress import Progress
from congress.verifier.inspection import inspect
from congress.voting import plans
from congress.voting.bundle import write_bundle
from congress.voting.crypto import ballots, batch, tally
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.reading import split
from congress.voting.crypto.rehearsal import hold
from congress.voting.layouts import layout_of
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.rules import packs
from congress.voting.simulation.run import simulate
from congress.voting.simulation.scenario import Scenario
from congress.voting.stv import scottish
from congress.voting.stv.blt import read_blt

NAMES, SEATS = 40, 30
_SUMMED = 1_000
_TOGETHER = 300
"""Ballots that are checked one by one and then all at once."""
_PACK = "youth-union"
_TRUSTEES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Ballots:
    """What one kind of ballot takes, in processor time: what else runs does not count.

    Attributes:
        encrypt: Milliseconds to encrypt and prove one.
        verify: Milliseconds to check one.
        length: Bytes of one.
    """

    encrypt: float
    verify: float
    length: int


def election(names: int, seats: int) -> Contest:
    """Return a list of which names are struck out."""
    listed = tuple(Candidate(f"c{number}", f"Name {number}") for number in range(1, names + 1))
    return Contest("election", "Committee", Method.STRIKE_OUT, seats, listed)


def motion() -> Contest:
    """Return a question with yes, no and abstain."""
    return plans.motion_contest("Adopt")


class Bench:
    """Measures ballots for one board of trustees."""

    def __init__(self) -> None:
        """Hold the key ceremony of the board."""
        ceremony, _ = hold(_TRUSTEES)
        self._context = Context(SUITE, "bench", bytes(32), ceremony)

    def ballots(self, contest: Contest, rounds: int) -> Ballots:
        """Return what the ballots of ``contest`` take, the quickest of some rounds."""
        layouts = (_layout(contest),)
        made = self._cast(layouts, 1)[0]
        ballots.verify(self._context, layouts, made)
        return Ballots(
            _quickest(rounds, lambda: self._cast(layouts, 1)),
            _quickest(rounds, lambda: ballots.verify(self._context, layouts, made)),
            len(made),
        )

    def summed(self) -> float:
        """Return the milliseconds that the sum of a thousand checked ballots takes."""
        layout = _layout(election(NAMES, SEATS))
        some = [split((layout,), made) for made in self._cast((layout,), 8)]
        columns = [
            [Ciphertext.decode(parts.contests[0].ciphertexts[cell]) for parts in some]
            for cell in range(NAMES)
        ]
        # The sum of a point with itself takes what any sum takes.
        whole = [column * (_SUMMED // len(some)) for column in columns]
        return _quickest(3, lambda: tally.summed(whole))

    def batched(self) -> float:
        """Return how many times as fast ballots with hints are checked together as alone."""
        layouts = (_layout(election(NAMES, SEATS)),)
        cast = self._cast(layouts, _TOGETHER)
        hints: list[bytes] = []
        alone = _quickest(
            1,
            lambda: batch.verify_many(self._context, layouts, cast, workers=1, hints=_keep(hints)),
        )
        together = _quickest(2, lambda: _all(batch.together(self._context, layouts, cast, hints)))
        return alone / together

    def _cast(self, layouts: tuple[Layout, ...], count: int) -> list[bytes]:
        values = [[1] + [0] * (len(layout.cells) - 1) for layout in layouts]
        return [
            ballots.encrypt(self._context, layouts, values, secret).ballot
            for secret in range(1, count + 1)
        ]


def _keep(hints: list[bytes]) -> Callable[[int, bytes], None]:
    def keep(_: int, hint: bytes) -> None:
        hints.append(hint)

    return keep


def _all(found: frozenset[int]) -> None:
    if len(found) != _TOGETHER:
        raise BugError("ballots that hold alone do not hold together")


def _layout(contest: Contest) -> Layout:
    pack = packs.shipped()[_PACK]
    return layout_of(contest, next(rule for rule in pack.rules if contest.method in rule.methods))


def _quickest(rounds: int, work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time of the quickest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return 1000 * best


def _seconds(work: Callable[[], object]) -> float:
    """Return the seconds that go by, on all processors together."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole poll took, in seconds.

    Attributes:
        ballots: How many were cast.
        vote: Encrypt them all, on all processors.
        bundle: Check them all and write the bundle.
        verify: Check the bundle by the independent verifier.
        verify_cpu: Processor time of that, all processes together: what it takes where
            nothing else runs is this, shared by the processors.
        size: Bytes of the bundle.
    """

    ballots: int
    vote: float
    bundle: float
    verify: float
    verify_cpu: float
    size: int


def whole(contest: Contest, cast: int, progress: Progress) -> Whole:
    """Hold a simulated poll and have its bundle verified.

    Raises:
        BugError: The verifier finds fault with it.
    """
    pack = packs.shipped()[_PACK]
    rule = next(rule for rule in pack.rules if contest.method in rule.methods)
    kind = Kind.MOTION if contest.method is Method.YES_NO_ABSTAIN else Kind.ELECTION
    plan = Plan("Bench", kind, Secrecy.SECRET, pack.id, rule.id, (contest,))
    held = simulate(
        Scenario(plan, pack, rule, _TRUSTEES, 2),
        cast,
        seed=1,
        now=datetime.now(UTC),
        progress=progress,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        bundle = _seconds(lambda: write_bundle(path, held.entries, progress=progress))
        before = _processor_seconds()
        verify = _seconds(lambda: _verified(path))
        spent = _processor_seconds() - before
        size = path.stat().st_size
    return Whole(cast, held.seconds["vote"], bundle, verify, spent, size)


def _processor_seconds() -> float:
    """Return the processor time of this process and of those that it has seen end."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def extrapolated(few: Whole, some: Whole, cast: int) -> Whole:
    """Return what a poll of ``cast`` ballots takes, on the line through two smaller ones.

    Part of every step is the same however many vote: starting processes, the board of
    trustees, a ballot that is opened. That part must not be multiplied.
    """

    def at(less: float, more: float) -> float:
        each = max(0.0, more - less) / (some.ballots - few.ballots)
        return less + each * (cast - few.ballots)

    return Whole(
        cast,
        at(few.vote, some.vote),
        at(few.bundle, some.bundle),
        at(few.verify, some.verify),
        at(few.verify_cpu, some.verify_cpu),
        round(at(few.size, some.size)),
    )


def _verified(path: Path) -> None:
    if not inspect(path).holds:
        raise BugError("the verifier finds fault with a simulated poll")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many real elections came out as they did."""

    elections: int
    agreed: int


def scottish_agreement(folder: Path) -> Agreement:
    """Count real Scottish ward elections and compare who was elected.

    Args:
        folder: With ``scottish_winners.json`` and the ballots of each ward as BLT.
    """
    winners: dict[str, dict[str, list[int]]] = json.loads(
        (folder / "scottish_winners.json").read_text("utf-8")
    )
    agreed = 0
    for ward, known in winners.items():
        counted = scottish.count(read_blt(folder / ward))
        agreed += {each + 1 for each in counted.elected} == set(known["elected"])
    return Agreement(len(winners), agreed)
