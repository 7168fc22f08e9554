"""Any value of a ledger replaced by another one ends in a report, never in a crash."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from congress.verifier.inspection import inspect
from congress.verifier.telling import lines, values
from tests.attacks.other_polls import on_paper, weighed
from tests.helpers.bundles import Script, electronic

JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**53 - 1,
    "",
    "x",
    "1/2",
    "AAAA",
    [],
    [[]],
    {},
    {"a": 1},
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the path of every value inside."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


def bend(script: Script, path: tuple[Any, ...], junk: Any) -> None:
    """Put another value where a path leads."""
    number, *inner, last = path
    target = script.steps[number][1]
    for key in inner:
        target = target[key]
    target[last] = junk


def trials(make: Any, count: int, seed: int) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Return paths into the payloads of a poll, and what to put there."""
    script: Script = make()
    found = [
        (number, *path)
        for number, (kind, payload) in enumerate(script.steps)
        if kind != "certificate"
        for path in places(payload)
    ]
    random_ = random.Random(seed)
    for _ in range(count):
        yield random_.choice(found), random_.choice(JUNK)


@pytest.mark.parametrize(
    ("make", "count"),
    [(electronic, 25), (weighed, 60), (on_paper, 60)],
    ids=["secret", "open", "paper"],
)
def test_bent_value(make: Any, count: int, tmp_path: Path) -> None:
    for path, junk in trials(make, count, 11):
        script = make()
        bend(script, path, junk)
        report = inspect(script.write(tmp_path / "bundle"), processes=1)
        assert json.dumps(values(report))
        assert list(lines(report))[-1].endswith("hold." if not report.holds else "holds.")
