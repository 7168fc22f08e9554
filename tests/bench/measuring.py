"""What the benchmarks share: best times, one table for all of them, the same as JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Line:
    """One figure beside what it is held to.

    Attributes:
        name: What was measured.
        value: How much of it.
        unit: ``ms``, ``s``, ``MB``, ``frames/s``, or empty for a share.
        beside: What it is compared with, and how much that takes.
        target: The bound, in words; empty for a figure that is only told.
        ok: Whether the bound is kept; ``None`` if there is none, or if it was not measured.
    """

    name: str
    value: float | None
    unit: str = "ms"
    beside: str = ""
    target: str = ""
    ok: bool | None = None


def ratio(name: str, ours: float, peer: float, most: float, than: str) -> Line:
    """Return a line that holds milliseconds of ours to so many times those of a peer."""
    return Line(
        name,
        ours,
        beside=f"{ours / peer:.2f}x {than} ({peer:.2f} ms)",
        target=f"<= {most}x",
        ok=ours <= most * peer,
    )


def bound(name: str, value: float, unit: str, most: float, beside: str = "") -> Line:
    """Return a line whose value must not exceed ``most``."""
    return Line(name, value, unit, beside, f"<= {most:g} {unit}", value <= most)


def at_least(name: str, value: float, unit: str, least: float, beside: str = "") -> Line:
    """Return a line whose value must reach ``least``."""
    return Line(name, value, unit, beside, f">= {least:g} {unit}".rstrip(), value >= least)


def told(name: str, value: float, unit: str = "ms", beside: str = "") -> Line:
    """Return a line without a bound."""
    return Line(name, value, unit, beside)


def skipped(name: str, why: str) -> Line:
    """Return a line for what could not be measured here."""
    return Line(name, None, "", f"skipped: {why}")


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the shortest of several times, in milliseconds: what others on the machine cost
    falls out.
    """
    return min(milliseconds(work) for _ in range(rounds))


def best_of_two(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int = 5
) -> tuple[float, float]:
    """Return the shortest times of two ways, measured in turns, in milliseconds."""
    pairs = [(milliseconds(ours), milliseconds(peer)) for _ in range(rounds)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def table(lines: Iterable[Line]) -> str:
    """Return the lines as a table."""
    return "\n".join(map(_row, lines))


def _row(line: Line) -> str:
    value = "" if line.value is None else f"{line.value:,.2f}"
    verdict = {True: "ok", False: "OVER", None: ""}[line.ok]
    return (
        f"{line.name:52.52} {value:>10} {line.unit:8} {line.target:>14} {verdict:4}  {line.beside}"
    ).rstrip()


def report(lines: Sequence[Line], *, as_json: bool) -> None:
    """Print the lines."""
    text = json.dumps([asdict(line) for line in lines], indent=1) if as_json else table(lines)
    sys.stdout.write(f"{text}\n")
