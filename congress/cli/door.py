"""The commands at the door: ``faces enrol`` and ``rollcall``."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import click

from congress.app import OpenCongress
from congress.cli.enrolled import tell_enrolment
from congress.cli.opening import on_vault, opened
from congress.cli.output import EXIT_INPUT, Output, errors_spoken
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall.camera import Frame, Live, VideoSource, open_source
from congress.rollcall.confirm import Verdict
from congress.rollcall.model import Method, Status
from congress.rollcall.pipeline import Pipeline, Sighting
from congress.rollcall.sight import upright


@click.group()
def faces() -> None:
    """The faces that the door camera knows."""


@faces.command("enrol")
@on_vault
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def enrol(vault: Path, name: str, fd: int | None, as_json: bool, folder: Path) -> None:
    """Enrol photos from DIR: a folder per badge number, or files named by it (or a ZIP).

    The status is 2 if any photo was rejected.
    """
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        report = congress.enrolment.enrol(folder, progress=output.progress(folder.name))
        output.answer(tell_enrolment(output, congress, report))
    if report.rejected:
        raise SystemExit(EXIT_INPUT)


@contextmanager
def _frames(source: str) -> Iterator[Iterator[Frame]]:
    """Yield every frame of a file, or the newest of a camera."""
    chosen = open_source(source, paced=False)
    if isinstance(chosen, VideoSource):
        yield chosen.frames(Event(), lambda _: None)
    else:
        with Live(chosen) as live:
            yield iter(live)


@click.command()
@on_vault
@click.option("--source", required=True, help="Camera number, RTSP address, or video file.")
@click.option("--session", required=True, help="Name of the session; opened if none is open.")
@click.option("--door", default="", help="Name of the door, kept with each entry.")
def rollcall(
    vault: Path, name: str, fd: int | None, as_json: bool, source: str, session: str, door: str
) -> None:
    """Register delegates as the camera sees them, until the video ends or Ctrl+C."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        current = congress.desk.current()
        if current is None or current.name != session:
            current = congress.desk.open_session(session)
        watch = _Watch(congress, output, door)
        inside = [
            line.person.id
            for line in congress.desk.register(current.id)
            if line.status is Status.PRESENT
        ]
        loaded = congress.backend()
        if loaded.warning:
            output.complain(loaded.warning)
        gallery = congress.enrolment.gallery()
        congress.desk.note_watch("command line", loaded.backend, gallery)
        pipeline = Pipeline(
            loaded.backend, gallery, registered=inside, badges=congress.badges.bearers()
        )
        try:
            with _frames(source) as frames:
                scaled = (replace(frame, image=upright(frame.image)) for frame in frames)
                for view in pipeline.run(scaled):
                    for sighting in view.sightings:
                        watch.take(sighting)
                    for bearer in view.bearers:
                        watch.enter(bearer, Method.QR, None, view.frame.at)
        except KeyboardInterrupt:
            output.say("")
        watch.close(current.name)


class _Watch:
    """Writes sightings into the register and counts the others."""

    def __init__(self, congress: OpenCongress, output: Output, door: str) -> None:
        self._congress, self._output, self._door = congress, output, door
        self._people: dict[str, Person] = {
            person.id: person for person in congress.people.everyone()
        }
        self._model = congress.backend().backend.model.name
        self._registered: list[dict[str, object]] = []
        self._uncertain: list[list[str]] = []
        self._counts: Counter[Verdict] = Counter()

    def take(self, sighting: Sighting) -> None:
        self._counts[sighting.verdict] += 1
        tr, say = self._output.tr, self._output.say
        if sighting.verdict is Verdict.REGISTER:
            (candidate,) = sighting.candidates
            self.enter(candidate.person_id, Method.FACE, candidate.score, sighting.at)
        elif sighting.verdict is Verdict.UNCERTAIN:
            badges = [self._people[each.person_id].badge for each in sighting.candidates]
            self._uncertain.append(badges)
            say(tr("cli.uncertain", badges=", ".join(badges)))

    def enter(self, person_id: PersonId, method: Method, score: float | None, at: float) -> None:
        """Register a person, or say why not: a taken seat keeps nobody else out."""
        try:
            done = self._congress.desk.check_in(
                person_id,
                method,
                score=score,
                model=self._model if score is not None else "",
                door=self._door,
            )
        except RefusedError as error:
            self._output.complain(error)
            return
        if not done.new:
            return
        person = done.person
        self._output.say(
            self._output.tr(
                "cli.registered",
                badge=person.badge,
                name=person.name,
                delegation=person.delegation,
            )
        )
        self._registered.append(
            {
                "badge": person.badge,
                "name": person.name,
                "score": None if score is None else round(score, 3),
                "at": round(at, 2),
            }
        )

    def close(self, session: str) -> None:
        quorum = self._congress.desk.quorum()
        unknown = self._counts[Verdict.UNKNOWN]
        self._output.say(
            self._output.tr(
                "cli.rollcall_done",
                present=quorum.present,
                summoned=quorum.summoned,
                needed=quorum.needed,
                uncertain=len(self._uncertain),
                unknown=unknown,
            )
        )
        self._output.answer(
            {
                "session": session,
                "registered": self._registered,
                "uncertain": self._uncertain,
                "unknown": unknown,
                "quorum": {
                    "present": quorum.present,
                    "summoned": quorum.summoned,
                    "needed": quorum.needed,
                    "reached": quorum.reached,
                },
            }
        )
