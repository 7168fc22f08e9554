"""How often faces are recognised rightly: a gallery, its probes and strangers, two ways.

The data is a folder with ``gallery/BADGE/*.jpg`` and ``strangers/*.jpg``. The first three
photographs of each person are enrolled, all others are probes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from congress.bench import rates
from congress.bench.rates import NOTHING, Answer, Point
from congress.bench.ways import OurWay, PeerWay, Way
from congress.kernel.errors import InputError
from congress.kernel.progress import Progress, Silent
from congress.rollcall.faces import Image, Vector
from congress.rollcall.photos import PICTURES, decode
from congress.rollcall.quality import Reason

ENROLLED = 3
WAYS: Mapping[str, Callable[[], Way]] = {"sface": OurWay, "face_recognition": PeerWay}
_ONE_PERCENT, _THREE_PER_MILLE = Fraction(1, 100), Fraction(3, 1000)
_SWEEP = {
    "sface": (0.36, 0.40, 0.44, 0.48, 0.52, 0.56),
    "face_recognition": (-0.60, -0.55, -0.50, -0.45, -0.40, -0.35),
}


@dataclass(frozen=True, slots=True)
class Photographs:
    """The photographs of a folder.

    Attributes:
        enrolled: Those to enrol, by person.
        probes: A person and one more photograph of theirs.
        strangers: Photographs of people who are not in the gallery.
    """

    enrolled: Mapping[str, Sequence[Path]]
    probes: Sequence[tuple[str, Path]]
    strangers: Sequence[Path]


def photographs(folder: Path) -> Photographs:
    """Return the photographs in ``folder``.

    Raises:
        InputError: ``bench.no_gallery`` if it holds no ``gallery/BADGE/*.jpg``.
    """
    persons = sorted(each for each in (folder / "gallery").glob("*") if each.is_dir())
    by_person = {each.name: found for each in persons if (found := _pictures(each))}
    if not by_person:
        raise InputError("bench.no_gallery", file=folder.name)
    return Photographs(
        {person: paths[:ENROLLED] for person, paths in by_person.items()},
        [(person, path) for person, paths in by_person.items() for path in paths[ENROLLED:]],
        _pictures(folder / "strangers"),
    )


def _pictures(folder: Path) -> Sequence[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in PICTURES)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one way came to.

    Attributes:
        at_1pct: At the threshold that accepts at most 1% of the strangers.
        at_0_3pct: At the one that accepts at most .3%.
        at_own: At the threshold that the way uses by itself.
        sweep: At several thresholds, the lowest first.
        missed: Photographs in which no face was found.
        cpu_ms: Mean milliseconds of CPU time of each stage, on one core.
    """

    at_1pct: Point
    at_0_3pct: Point
    at_own: Point
    sweep: Sequence[Point]
    missed: int
    cpu_ms: Mapping[str, float]

    def as_json(self) -> Mapping[str, object]:
        """Return the figures under the names that scripts read."""
        own = self.at_own
        return {
            "tpir_fpir_1pct": round(self.at_1pct.tpir, 4),
            "tpir_fpir_0_3pct": round(self.at_0_3pct.tpir, 4),
            "at_T": {
                "T": round(abs(own.threshold), 4),
                "tpir": round(own.tpir, 4),
                "wrong": own.wrong,
                "strangers_accepted": own.strangers,
            },
            "missed_detection": self.missed,
            "cpu_ms": dict(self.cpu_ms),
        }


def measure(name: str, data: Photographs, progress: Progress | None = None) -> Figures:
    """Enrol, probe and sweep in one way, ``sface`` or ``face_recognition``.

    Raises:
        EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
        InputError: ``bench.unreadable`` names a photograph that cannot be read, or
            ``bench.no_gallery`` if no face of the gallery was found.
    """
    cv2.setNumThreads(1)
    way, looked = WAYS[name](), _Looking(progress or Silent(), data)
    gallery: dict[str, list[Vector]] = {}
    for person, paths in data.enrolled.items():
        for path in paths:
            if (template := looked.at(way.portrait, path)) is not None:
                gallery.setdefault(person, []).append(template)
    if not gallery:
        raise InputError("bench.no_gallery", file="gallery")
    threshold = way.enrol(gallery)

    def answer(person: str, template: Vector | None) -> Answer:
        if template is None:
            return Answer(right=False, score=NOTHING)
        found, score = way.best(template)
        return Answer(found == person, score)

    answers = [answer(person, looked.at(way.template, path)) for person, path in data.probes]
    strangers = [answer("", looked.at(way.template, path)).score for path in data.strangers]
    return Figures(
        rates.at_fpir(_ONE_PERCENT, answers, strangers),
        rates.at_fpir(_THREE_PER_MILLE, answers, strangers),
        rates.at(threshold, answers, strangers),
        [rates.at(each, answers, strangers) for each in _SWEEP[name]],
        looked.missed,
        way.stages.means,
    )


class _Looking:
    """Reads one photograph after the other, and counts those without a face."""

    def __init__(self, progress: Progress, data: Photographs) -> None:
        self._progress = progress
        enrolled = sum(len(paths) for paths in data.enrolled.values())
        self._total = enrolled + len(data.probes) + len(data.strangers)
        self._done = 0
        self.missed = 0

    def at(self, measured: Callable[[Image], Vector | None], path: Path) -> Vector | None:
        self._progress.check()
        self._progress.report(self._done, self._total)
        self._done += 1
        template = measured(_read(path))
        self.missed += template is None
        return template


def _read(path: Path) -> Image:
    image = decode(path.read_bytes())
    if isinstance(image, Reason):
        raise InputError("bench.unreadable", file=path.name)
    return np.ascontiguousarray(image)
