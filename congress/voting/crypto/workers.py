"""Work in pieces, on every processor that this process may use.

Processes, not threads: the arithmetic of a ballot is half Python. They are spawned, since a
process with a window and threads must not be forked.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, TypeVar

from congress.kernel.errors import EnvironmentFault
from congress.kernel.progress import Progress

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[Piece], Answer],
    pieces: Sequence[Piece],
    sizes: Iterable[int],
    *,
    workers: int,
    progress: Progress,
) -> Iterator[Answer]:
    """Yield ``work(piece)`` for each piece, in order, while later ones are being worked on.

    Args:
        work: A function at the top of a module, or a ``functools.partial`` of one.
        pieces: What it is called with.
        sizes: How much each piece counts for, in what is reported.
        workers: Processes; with one or fewer, this one does it all.
        progress: Told after each piece; may cancel between them.

    Raises:
        Cancelled: The person cancelled; pieces not begun are dropped.
        EnvironmentFault: ``voting.worker_lost`` if a process was ended from outside, as for
            want of memory.
    """
    counts = list(sizes)
    done, whole = 0, sum(counts)
    pool = _pool(workers) if workers > 1 else None
    try:
        answers = pool.map(work, pieces) if pool else map(work, pieces)
        progress.report(0, whole)
        for count in counts:
            progress.check()
            yield _next(answers)
            done += count
            progress.report(done, whole)
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, get_context("spawn"))


def _next(answers: Iterator[Answer]) -> Answer:
    try:
        return next(answers)
    except BrokenExecutor as error:
        raise EnvironmentFault("voting.worker_lost") from error
