"""Compares a face with everyone enrolled: one matrix product, no index, no approximation.

The templates of all persons are the rows of one ``float32`` matrix; as every row has length
1, its product with a template is the cosine of the angle between them, the score. 5,000
persons with three templates each take a few milliseconds.

A person with several templates is also compared by their normalised sum: it holds what the
photographs share, and lifts faces that resemble each of them a little (on 120 persons of LFW
with three photographs: .972 -> .984 identified while no stranger of 200 is accepted).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from congress.kernel.errors import BugError
from congress.kernel.ids import PersonId
from congress.rollcall.faces import Scale, Vector

_PERSONS, _ROWS = 128, 512
"""Compared at a time, so that 5,000 persons with five photographs stay within 150 MB."""
_SHARE_BELOW = 99.7
_CANCELLED = 1e-3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a face may be.

    Attributes:
        person_id: The person.
        score: Best score over the person's templates, from -1 to 1.
    """

    person_id: PersonId
    score: float


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Two enrolled persons whom the camera could take for each other.

    Attributes:
        first: One person.
        second: The other.
        score: Best score between their templates.
    """

    first: PersonId
    second: PersonId
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """All templates of one model, and the threshold that follows from them.

    Build it with ``build``.

    Attributes:
        persons: The persons enrolled, in the order of their first rows.
        matrix: One template a row, the rows of a person together, the sum of several last.
        starts: Index of each person's first row.
        threshold: Lowest score at which a person is registered.
        look_alikes: Pairs that come close to the threshold or pass it, closest first.
        marked: Persons with a look-alike so close that the operator always decides.
        nearest: Each person's best score with anybody else; -1 where there is nobody else.
    """

    persons: tuple[PersonId, ...]
    matrix: NDArray[np.float32]
    starts: NDArray[np.intp]
    threshold: float
    look_alikes: tuple[LookAlikes, ...] = field(default=())
    marked: frozenset[PersonId] = field(default=frozenset())
    nearest: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def rank(self, template: Vector, best: int = 3) -> tuple[Candidate, ...]:
        """Return the ``best`` persons for ``template``, highest score first."""
        if not self.persons:
            return ()
        scores = np.maximum.reduceat(self.matrix @ template, self.starts)
        count = min(best, len(scores))
        top = np.argpartition(-scores, count - 1)[:count]
        top = top[np.argsort(-scores[top], kind="stable")]
        return tuple(Candidate(self.persons[at], float(scores[at])) for at in top)


def build(templates: Mapping[PersonId, Sequence[Vector]], scale: Scale, size: int) -> Gallery:
    """Return the gallery of ``templates`` with its threshold.

    The threshold is the 99.7th percentile of each person's best score with another person,
    but at least ``scale.floor``. Look-alikes from ``scale.alike`` on stay out of that
    percentile, or one pair of twins would keep everyone else out: they are marked instead.

    Args:
        templates: Each person's templates, L2-normalised; persons without any are left out.
        scale: What the scores of the model mean.
        size: Dimensions of a template.

    Raises:
        BugError: A template is not a unit vector of ``size`` dimensions.
    """
    persons = tuple(person for person, rows in templates.items() if len(rows))
    if not persons:
        empty = np.zeros((0, size), np.float32)
        return Gallery((), empty, np.zeros(0, np.intp), scale.floor)
    rows = [with_sum(templates[person]) for person in persons]
    counts = [len(each) for each in rows]
    matrix = np.array([row for each in rows for row in each], np.float32).reshape(sum(counts), -1)
    if matrix.shape[1] != size or not np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-3):
        raise BugError("a template must be a unit vector of the model's size")
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.intp)
    best, pairs = _cross(persons, matrix, starts, at_least=scale.floor - 0.05)
    threshold = _threshold(best, scale)
    pairs = tuple(pair for pair in pairs if pair.score >= threshold - 0.05)
    marked = frozenset(
        person for p in pairs if p.score >= scale.alike for person in (p.first, p.second)
    )
    return Gallery(persons, matrix, starts, threshold, pairs, marked, best)


def with_sum(rows: Sequence[Vector]) -> Sequence[Vector]:
    """Return the templates of a person, and behind several of them their normalised sum."""
    if len(rows) < 2:
        return rows
    total: Vector = np.asarray(np.sum(rows, axis=0), np.float32)
    length = float(np.linalg.norm(total))
    return [*rows, np.asarray(total / length, np.float32)] if length > _CANCELLED else rows


def repeated(rows: Sequence[tuple[PersonId, Vector]], limit: float) -> frozenset[int]:
    """Return the positions of templates that score ``limit`` with an earlier one of another."""
    if not rows:
        return frozenset()
    matrix = np.array([row for _, row in rows], np.float32)
    numbers = {person: number for number, person in enumerate(dict(rows))}
    owners = np.array([numbers[person] for person, _ in rows])
    found: list[int] = []
    for first in range(0, len(rows), _ROWS):
        last = min(first + _ROWS, len(rows))
        same = matrix[first:last] @ matrix[:last].T >= limit
        same &= owners[first:last, None] != owners[None, :last]
        same &= np.arange(first, last)[:, None] > np.arange(last)[None]
        found += (first + np.flatnonzero(same.any(axis=1))).tolist()
    return frozenset(found)


def _threshold(best: NDArray[np.float32], scale: Scale) -> float:
    ordinary = best[best < scale.alike]
    if not len(ordinary):
        return scale.floor
    return max(scale.floor, float(np.percentile(ordinary, _SHARE_BELOW)))


def _cross(
    persons: tuple[PersonId, ...],
    matrix: NDArray[np.float32],
    starts: NDArray[np.intp],
    at_least: float,
) -> tuple[NDArray[np.float32], tuple[LookAlikes, ...]]:
    """Return each person's best score with another person, and the pairs from ``at_least``."""
    count = len(persons)
    best = np.full(count, -1, np.float32)
    pairs: list[LookAlikes] = []
    for first in range(0, count, _PERSONS):
        last = min(first + _PERSONS, count)
        top, end = int(starts[first]), int(starts[last]) if last < count else len(matrix)
        # Whoever stands before this block was compared with it from there.
        groups = starts[first:] - top
        by_person = np.maximum.reduceat(matrix[top:end] @ matrix[top:].T, groups, axis=1)
        scores = np.maximum.reduceat(by_person, groups[: last - first], axis=0)
        own = np.arange(last - first)
        scores[own, own] = -1
        best[first:last] = np.maximum(best[first:last], scores.max(axis=1))
        best[first:] = np.maximum(best[first:], scores.max(axis=0))
        for row, column in np.argwhere(scores >= at_least):
            if row < column:
                score = float(scores[row, column])
                pairs.append(LookAlikes(persons[first + row], persons[first + column], score))
    return best, tuple(sorted(pairs, key=lambda pair: -pair.score))
