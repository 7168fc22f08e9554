from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from congress.rollcall import backends
from congress.rollcall.faces import Backend


class Recorder:
    """A bus that remembers what was published."""

    def __init__(self) -> None:
        self.events: list[object] = []

    def publish(self, event: object) -> None:
        self.events.append(event)

    def of(self, kind: type) -> Sequence[object]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def published() -> Recorder:
    return Recorder()


@cache
def _built(name: str) -> Backend:
    return backends.build(name)


@pytest.fixture(params=backends.NAMES)
def real_backend(request: pytest.FixtureRequest) -> Backend:
    return _built(request.param)


@pytest.fixture
def sface() -> Backend:
    return _built("sface")


@pytest.fixture
def nothing() -> np.ndarray:
    return np.zeros((240, 320, 3), np.uint8)
