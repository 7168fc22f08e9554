"""Two doors for half an hour: does memory stay flat, and is every confirmed entry kept?

Run by ``python -m tests.bench.soak_rollcall [MINUTES]``. Two cameras show the generated film at
its own pace, 15 frames a second each, over and over; each has its pipeline in a thread of its
own, and one writer enters whom they register, as in the program. With every showing a new
session opens. At the end every answered check-in must stand in the register, and the memory of
the last third must be within 5% of that of the first third after warming up.
"""

import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import cv2

sys.path.insert(0, str(Path(__file__).parents[2]))

from congress.app import OpenCongress, create_congress
from congress.assets import asset
from congress.cli.memory import save_memory
from congress.demo import portraits
from congress.demo.door import RATE, film
from congress.kernel.ids import PersonId
from congress.kernel.settings import Settings
from congress.people.mapping import propose_columns
from congress.people.table import read_table
from congress.rollcall.camera import Frame, VideoSource
from congress.rollcall.confirm import Verdict
from congress.rollcall.model import EntryId, Method
from congress.rollcall.pipeline import Pipeline
from congress.rollcall.quality import ARCHIVE

_MINUTES, _WARM, _FLAT = 30.0, 3.0, 0.05


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass
class _Door:
    name: str
    pipeline: Pipeline
    frames: int = 0
    late: float = 0.0


def _shown(path: Path, stop: threading.Event) -> Iterator[Frame]:
    yield from VideoSource(path, paced=True).frames(stop, lambda _: None)


def _watch(door: _Door, path: Path, stop: threading.Event, found: "queue.Queue[PersonId]") -> None:
    began, length = time.monotonic(), 0.0
    for frame in _shown(path, stop):
        view = door.pipeline.process(frame)
        door.frames += 1
        length = frame.at
        for sighting in view.sightings:
            if sighting.verdict is Verdict.REGISTER:
                found.put(sighting.candidates[0].person_id)
    door.late = max(door.late, time.monotonic() - began - length)


def _showing(
    congress: OpenCongress, path: Path, number: int, stop: threading.Event
) -> tuple[set[EntryId], list[_Door]]:
    """Show the film once at both doors in a session of its own; return what was answered."""
    session = congress.desk.open_session(f"Session {number}")
    backend, gallery = congress.backend().backend, congress.enrolment.gallery()
    doors = [_Door(name, Pipeline(backend, gallery)) for name in ("East", "West")]
    found: queue.Queue[PersonId] = queue.Queue()
    answered: set[EntryId] = set()
    with ThreadPoolExecutor(len(doors)) as threads:
        watching = [threads.submit(_watch, door, path, stop, found) for door in doors]
        while not all(each.done() for each in watching) or not found.empty():
            try:
                person_id = found.get(timeout=0.2)
            except queue.Empty:
                continue
            answered.add(congress.desk.check_in(person_id, Method.FACE, score=0.5).entry.id)
        for each in watching:
            each.result()
    congress.desk.close_session()
    kept = {e.id for line in congress.desk.register(session.id) for e in line.entries}
    if lost := answered - kept:
        _say(f"  session {number}: {len(lost)} confirmed entries are not in the register")
    return answered - kept, doors


def main() -> int:
    """Run it; return 1 if memory grew or an entry was lost."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else _MINUTES
    sample = portraits.cached()
    if sample is None:
        _say("skipped: the sample pictures are not fetched (congress setup)")
        return 0
    save_memory()
    cv2.setNumThreads(1)
    path, stop = film(sample), threading.Event()
    samples: list[tuple[float, float]] = []
    lost, frames, showings, late = 0, 0, 0, 0.0
    settings, passphrase = Settings("Soak"), "a long passphrase"
    with (
        tempfile.TemporaryDirectory() as folder,
        create_congress(Path(folder) / "soak", settings, passphrase) as house,
    ):
        table = read_table(asset("samples") / "people.csv")
        house.people.import_table(table, propose_columns(table), "en")
        house.enrolment.enrol(sample.folder, gate=ARCHIVE)
        began = time.monotonic()
        while (now := (time.monotonic() - began) / 60) < minutes:
            showings += 1
            missing, doors = _showing(house, path, showings, stop)
            lost += len(missing)
            frames += sum(door.frames for door in doors)
            late = max(late, *(door.late for door in doors))
            samples.append((now, _memory()))
            _say(f"  minute {now:4.1f}: {samples[-1][1]:.1f} MB, {frames} frames")
        spent = time.monotonic() - began
    warm = [memory for minute, memory in samples if minute >= min(_WARM, minutes / 3)]
    third = max(1, len(warm) // 3)
    first, last = mean(warm[:third]), mean(warm[-third:])
    growth = last / first - 1
    _say(f"  {showings} showings in {spent / 60:.1f} min, {frames / spent:.1f} frames/s of both")
    _say(f"  doors of {RATE} frames/s; most that a camera fell behind its film: {late:.2f} s")
    _say(f"  memory {first:.1f} -> {last:.1f} MB, {growth:+.1%} (within {_FLAT:.0%})")
    _say(f"  confirmed entries lost: {lost} (0)")
    return int(lost > 0 or abs(growth) > _FLAT)


if __name__ == "__main__":
    sys.exit(main())
