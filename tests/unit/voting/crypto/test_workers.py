"""Work in pieces on all processors."""

import os
from collections.abc import Iterator

import pytest

from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.progress import Silent
from congress.voting.crypto.workers import processors, spread


def doubled(number: int) -> int:
    return 2 * number


def ended(number: int) -> int:
    if number == 2:
        os._exit(1)
    return number


def refused(number: int) -> int:
    raise InputError("voting.bad_ballot", number=number)


def spread_over(work: object, workers: int) -> Iterator[int]:
    return spread(work, [1, 2, 3], [1, 1, 1], workers=workers, progress=Silent())  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_answers_come_in_order(workers: int) -> None:
    assert list(spread_over(doubled, workers)) == [2, 4, 6]


def test_a_process_that_is_ended_is_a_fault_of_the_machine() -> None:
    with pytest.raises(EnvironmentFault, match="worker_lost"):
        list(spread_over(ended, 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_refused_there_is_refused_here(workers: int) -> None:
    with pytest.raises(InputError, match="bad_ballot"):
        list(spread_over(refused, workers))


def test_there_is_a_processor() -> None:
    assert processors() >= 1
