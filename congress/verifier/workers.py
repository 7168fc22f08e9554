"""Hands ballots to all processors, so many at a time, and gathers what comes of them."""

import gc
import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from congress.verifier import batch
from congress.verifier.ballots import Setting
from congress.verifier.curve import Point
from congress.verifier.faults import Fault
from congress.verifier.lanes import add_points

_AT_ONCE = 48_000
"""Ciphertexts checked in one sum: more take more memory, fewer more time each."""
_WORTH_A_PROCESS = 1_500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of all ballots: faults by ledger entry, false hints, sums of the cells."""

    faults: tuple[tuple[int, Fault], ...]
    false_hints: int
    sums: tuple[tuple[Point, ...], ...]


class Workers:
    """Checks the ballots of one poll while its ledger is still being read."""

    def __init__(self, setting: Setting, expected: int, processes: int | None = None) -> None:
        """Take the poll and about how many ballots there will be.

        Args:
            setting: The poll.
            expected: No more ballots than this; only the shares depend on it.
            processes: How many to use; by default one for each processor, or this one alone
                where there is little to do.
        """
        self._setting = setting
        size = max(1, expected * setting.ciphertexts)
        if processes is None:
            processes = (os.cpu_count() or 1) if size >= _WORTH_A_PROCESS else 1
        rounds = -(-size // (processes * _AT_ONCE))
        self._share = max(1, -(-expected // (processes * rounds)))
        self._share = min(self._share, max(1, _AT_ONCE // max(1, setting.ciphertexts)))
        self._pool = None
        if processes > 1:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(processes, context, initializer=gc.disable)
        self._most = processes + 1
        self._waiting: list[tuple[int, bytes, bytes | None]] = []
        self._running: deque[tuple[list[int], Future[batch.Checked]]] = deque()
        self._faults: list[tuple[int, Fault]] = []
        self._false_hints = 0
        self._sums: list[list[Point]] = [
            [None] * (2 * len(layout.cells)) for layout in setting.layouts
        ]

    def add(self, seq: int, ballot: bytes, hints: bytes | None) -> None:
        """Check one more ballot, now or later.

        Args:
            seq: Ledger entry, for the fault.
            ballot: The ballot.
            hints: Its hints, or ``None``.
        """
        self._waiting.append((seq, ballot, hints))
        if len(self._waiting) >= self._share:
            self._hand_out()

    def finish(self) -> Outcome:
        """Wait for every ballot and return what came of all.

        Raises:
            Fault: ``broken_worker`` if a process died.
        """
        self._hand_out()
        while self._running:
            self._take_in(*self._running.popleft())
        self.stop()
        sums = tuple(tuple(points) for points in self._sums)
        return Outcome(tuple(sorted(self._faults, key=_place)), self._false_hints, sums)

    def stop(self) -> None:
        """Let go of the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _hand_out(self) -> None:
        if not self._waiting:
            return
        places = [seq for seq, _, _ in self._waiting]
        ballots = [(ballot, hints) for _, ballot, hints in self._waiting]
        self._waiting = []
        if self._pool is None:
            self._gather(places, batch.check(self._setting, ballots))
            return
        if len(self._running) >= self._most:
            self._take_in(*self._running.popleft())
        self._running.append((places, self._pool.submit(batch.check, self._setting, ballots)))

    def _take_in(self, places: Sequence[int], future: "Future[batch.Checked]") -> None:
        try:
            checked = future.result()
        except BrokenProcessPool as error:
            raise Fault("broken_worker") from error
        self._gather(places, checked)

    def _gather(self, places: Sequence[int], checked: batch.Checked) -> None:
        self._faults += [(places[position], fault) for position, fault in checked.faults]
        self._false_hints += checked.false_hints
        self._sums = [
            add_points(so_far, more) for so_far, more in zip(self._sums, checked.sums, strict=True)
        ]


def _place(fault: tuple[int, Fault]) -> int:
    return fault[0]
