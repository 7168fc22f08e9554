"""What recognising faces at the door costs on one core, beside face_recognition's own way.

Run by ``python -m tests.bench.bench_rollcall``. Both ways see the same film in one run, so that
the ratio holds on another machine too. The film is the generated door (1280 x 720) and, where
the developers' real input lies beside the checkout, the Hamilton clip (640 x 360).
"""

import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from congress.demo import portraits
from congress.demo.door import film
from congress.kernel.ids import PersonId
from congress.rollcall import backends, matching
from congress.rollcall.camera import Frame, VideoSource
from congress.rollcall.faces import Backend, Image
from congress.rollcall.matching import Gallery
from congress.rollcall.pipeline import Pipeline
from congress.rollcall.quality import Reason, only_face

_TARGET_RATIO, _TARGET_SHARE, _RATE = 20.0, 0.30, 15
_PEER_EVERY = 60


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _cpu_ms(work: Callable[[], object], rounds: int = 20) -> float:
    work()
    start = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - start) * 1000 / rounds


def _read(path: Path) -> Image:
    return np.asarray(cv2.imread(str(path)), np.uint8)


def _gallery(backend: Backend, photographs: Sequence[Path]) -> Gallery:
    rows = {}
    for path in photographs:
        image = _read(path)
        face = only_face(backend.detector.detect(image))
        if not isinstance(face, Reason):
            aligned = backend.embedder.align(image, face)
            rows[PersonId(path.stem)] = [backend.embedder.embed(aligned)]
    return matching.build(rows, backend.scale, backend.model.size)


def _frames(path: Path) -> Iterator[Frame]:
    return VideoSource(path, paced=False).frames(threading.Event(), lambda lost: None)


def _ours(backend: Backend, gallery: Gallery, path: Path) -> float:
    """Return the frames per second of CPU time, reading them included."""
    start = time.process_time()
    count = sum(1 for _ in Pipeline(backend, gallery).run(_frames(path)))
    return count / (time.process_time() - start)


def _theirs(photographs: Sequence[Path], path: Path) -> float:
    """Return the same for face_recognition as its examples use it: every face of every frame."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import face_recognition

    known = []
    for photograph in photographs:
        rgb = np.ascontiguousarray(_read(photograph)[:, :, ::-1])
        known += face_recognition.face_encodings(rgb)[:1]
    chosen = list(islice(_frames(path), 0, None, _PEER_EVERY))
    start = time.process_time()
    for frame in chosen:
        rgb = np.ascontiguousarray(frame.image[:, :, ::-1])
        for encoding in face_recognition.face_encodings(rgb):
            face_recognition.compare_faces(known, encoding)
    return len(chosen) / (time.process_time() - start)


def _stages(backend: Backend, image: Image, gallery: Gallery) -> None:
    small = np.asarray(cv2.resize(image, (640, 360)), np.uint8)
    detector, embedder = backend.detector, backend.embedder
    face = detector.detect(image)[0]
    aligned = embedder.align(image, face)
    template = embedder.embed(aligned)
    stages: dict[str, Callable[[], object]] = {
        "detect 640 x 360": lambda: detector.detect(small),
        "detect 1280 x 720": lambda: detector.detect(image),
        "align a face": lambda: embedder.align(image, face),
        "embed a face": lambda: embedder.embed(aligned),
        f"match {len(gallery.persons)} persons": lambda: gallery.rank(template),
    }
    _say(f"  {backend.name}, CPU ms on one core:")
    for name, work in stages.items():
        _say(f"    {name:20}{_cpu_ms(work):8.2f}")


def _match_thousands() -> None:
    rows = np.random.default_rng(1).normal(size=(15_000, 128)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    people = {PersonId(str(n)): list(rows[3 * n : 3 * n + 3]) for n in range(5_000)}
    gallery = matching.build(people, backends.SFACE_SCALE, 128)
    _say(f"  match 5,000 persons, 3 photos each: {_cpu_ms(lambda: gallery.rank(rows[0])):.2f} ms")


def main() -> int:
    """Print the figures; return 1 if a target is missed."""
    cv2.setNumThreads(1)
    found = portraits.cached()
    if found is None:
        _say("  skipped: the sample pictures are not fetched (congress setup)")
        return 0
    photographs = sorted(found.folder.glob("*.jpg"))
    ours, peer = backends.build("sface"), backends.build("face_recognition")
    gallery = _gallery(ours, photographs)
    video = film(found)
    later = islice(_frames(video), 90, None)
    middle = next(frame.image for frame in later if ours.detector.detect(frame.image))
    _stages(ours, middle, gallery)
    if peer.detector.detect(middle):
        _stages(peer, middle, _gallery(peer, photographs))
    _match_thousands()
    rate, other = _ours(ours, gallery, video), _theirs(photographs, video)
    ratio, share = rate / other, _RATE / rate
    _say(f"  the generated door at 1280 x 720: {rate:.1f} frames/s, theirs {other:.1f},")
    _say(f"    ratio {ratio:.0f} (target {_TARGET_RATIO:.0f}); one door at {_RATE} frames/s")
    _say(f"    takes {share:.0%} of one core (target {_TARGET_SHARE:.0%})")
    clip = Path(__file__).parents[3] / "shared" / "data" / "door"
    if clip.is_dir():
        faces = sorted(clip.glob("*.png"))
        video = clip / "short_hamilton_clip.mp4"
        rate, other = _ours(ours, _gallery(ours, faces), video), _theirs(faces, video)
        _say(f"  the Hamilton clip at 640 x 360: {rate:.1f} frames/s, theirs {other:.1f},")
        _say(f"    ratio {rate / other:.0f}")
    return int(ratio < _TARGET_RATIO or share > _TARGET_SHARE)


if __name__ == "__main__":
    sys.exit(main())
