"""How well an enrolled gallery tells its people apart, as figures for a chart. Pure.

Two kinds of scores are set against the threshold. A genuine score says how well a photograph
is recognised by the person's other photographs, compared as the door compares: with each of
them and with their sum. An impostor score is a person's best score with anybody else. Where the
two heaps stand apart and the threshold lies between them, the door names people rightly; photos
for enrolment are better than frames of a camera, so the genuine scores are an upper bound.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from congress.rollcall.faces import Scale
from congress.rollcall.matching import Gallery, with_sum

_SAME = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """The scores of a gallery and the threshold that follows from them.

    Attributes:
        persons: How many people are enrolled.
        threshold: Score from which a face is registered.
        band: How far below the threshold the operator is asked.
        genuine: For each photograph of those who have several, its score with the others.
        impostors: For each person, the best score with anybody else.
        twins: The same for those so like another that the operator always decides about
            them; not among ``impostors``.
    """

    persons: int
    threshold: float
    band: float
    genuine: tuple[float, ...]
    impostors: tuple[float, ...]
    twins: tuple[float, ...] = ()

    @property
    def confused(self) -> int:
        """People whose impostor score reaches the threshold: others could pass for them."""
        return sum(score >= self.threshold for score in self.impostors)

    @property
    def recognised(self) -> int:
        """Photographs whose genuine score reaches the threshold."""
        return sum(score >= self.threshold for score in self.genuine)

    @property
    def lowest(self) -> float:
        """The lowest score that a chart has to show."""
        return min((self.threshold - self.band, *self.genuine, *self.impostors, *self.twins))


def calibrate(gallery: Gallery, scale: Scale) -> Calibration:
    """Return the figures of ``gallery``, whose model has the scale ``scale``."""
    genuine: list[float] = []
    scores: dict[bool, list[float]] = {True: [], False: []}
    for person, rows, nearest in zip(
        gallery.persons, _by_person(gallery), gallery.nearest, strict=True
    ):
        genuine += _among_each_other(rows)
        if len(gallery.persons) > 1:
            scores[person in gallery.marked].append(float(nearest))
    return Calibration(
        len(gallery.persons),
        gallery.threshold,
        scale.band,
        tuple(genuine),
        tuple(scores[False]),
        tuple(scores[True]),
    )


def histogram(values: Iterable[float], low: float, high: float, bins: int) -> Sequence[int]:
    """Return how many of ``values`` lie in each of ``bins`` equal parts from ``low`` to ``high``.

    What lies outside counts in the first or the last part.
    """
    kept = np.clip(np.array(list(values), np.float64), low, high)
    counts, _ = np.histogram(kept, bins=bins, range=(low, high))
    return tuple(int(count) for count in counts)


def _by_person(gallery: Gallery) -> Iterable[NDArray[np.float32]]:
    """Yield the templates of each person's photographs, without their sum."""
    for rows in np.split(gallery.matrix, gallery.starts)[1:]:
        if len(rows) > 2 and np.allclose(with_sum(list(rows[:-1]))[-1], rows[-1], atol=_SAME):
            rows = rows[:-1]
        yield rows


def _among_each_other(rows: NDArray[np.float32]) -> list[float]:
    if len(rows) < 2:
        return []
    return [
        max(float(row @ other) for other in with_sum([*rows[:at], *rows[at + 1 :]]))
        for at, row in enumerate(rows)
    ]
