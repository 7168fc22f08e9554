"""Puts the sample congress together: members, people, papers, programme, faces and polls.

Everything goes through the services that a real congress uses.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory

from congress.app import OpenCongress, create_congress, open_congress
from congress.assets import asset
from congress.demo import portraits
from congress.demo.door import film
from congress.demo.papers import Occasion, manifest, paper_bytes, write_papers
from congress.docs.extraction import InProcess
from congress.docs.model import PaperType
from congress.i18n.translator import Translator
from congress.kernel.clock import Clock, SystemClock
from congress.kernel.errors import EnvironmentFault
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Role
from congress.kernel.settings import LANGUAGES, Settings
from congress.people.mapping import propose_columns
from congress.people.table import read_table
from congress.rollcall.quality import ARCHIVE
from congress.voting.model import Candidate, Channel, Secrecy

PASSPHRASE = "sample congress"  # noqa: S105 - printed on the screen: the sample is for everyone
MEMBERS = (
    ("organiser", Role.ORGANISER),
    ("committee", Role.COMMITTEE),
    ("delegate", Role.DELEGATE),
    ("projector", Role.PROJECTOR),
)
CANDIDATES = (
    *("S20", "S23", "S24", "S25", "S27", "S29", "V01", "P01"),
    *("S16", "S09", "V02", "S22", "P03", "S12", "V04"),
)
"""Badges of the fifteen on the list for the committee."""
SEATS = 10
AUDITORS = ("S13", "P02", "V03", "S28", "S19")
"""Badges of those on the list of the auditors, who are elected on paper."""
AUDITOR_SEATS = 3
PRINTED_SPARE = 3
"""Cards printed beyond one for each voter."""
PACK = "youth-union"
STEPS = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample congress on this machine.

    Attributes:
        vault: Its folder.
        passphrase: Of each of its members.
        members: The sign-in names, the secretariat first.
        film: The video of its door.
    """

    vault: Path
    passphrase: str
    members: tuple[str, ...]
    film: Path

    def open(self, name: str = "secretariat", clock: Clock | None = None) -> OpenCongress:
        """Open it as the member ``name``."""
        return open_congress(self.vault, self.passphrase, name=name, clock=clock)


def prepare(progress: Progress | None = None) -> tuple[portraits.Portraits, Path]:
    """Return the portraits and the door video, fetching and filming what is missing.

    Raises:
        EnvironmentFault: ``samples.unreachable`` or ``samples.changed``.
        Cancelled: The person cancelled.
    """
    found = portraits.fetch(progress)
    return found, film(found, progress)


def sample_at(
    folder: Path,
    lang: str,
    *,
    clock: Clock | None = None,
    zone: tzinfo | None = None,
    progress: Progress | None = None,
) -> Sample:
    """Return the sample congress in ``folder``, put together if it is not there yet.

    Args:
        folder: Where its vault stands, or will stand, one for each language.
        lang: Its language.
        clock: Dates its entries.
        zone: Time zone of the hall; ``None`` is that of the machine.
        progress: Told of each step.

    Raises:
        EnvironmentFault: ``samples.not_set_up``, or the disk failed.
        Cancelled: The person cancelled; nothing stays behind.
    """
    clock = clock or SystemClock()
    found = portraits.cached()
    if found is None:
        raise EnvironmentFault("samples.not_set_up")
    vault = folder / f"sample-{lang}"
    names = ("secretariat", *(name for name, _ in MEMBERS))
    sample = Sample(vault, PASSPHRASE, names, film(found, progress))
    if not vault.exists():
        with _whole(vault, folder) as part:
            _build(part, Translator(lang), found, clock, zone, progress or Silent())
    return sample


@contextmanager
def _whole(vault: Path, folder: Path) -> Iterator[Path]:
    """Yield a place to build in that becomes ``vault`` only if all went well."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".sample-", dir=folder) as scratch:
        part = Path(scratch) / vault.name
        yield part
        part.rename(vault)


def _build(
    vault: Path,
    tr: Translator,
    found: portraits.Portraits,
    clock: Clock,
    zone: tzinfo | None,
    progress: Progress,
) -> None:
    today = clock.now().astimezone(zone)
    settings = Settings(
        name=tr("demo.congress"),
        language=tr.lang,
        starts=today.date(),
        ends=today.date(),
        place=tr("demo.place"),
        rule_pack=PACK,
    )
    reads_our_own = InProcess()
    with create_congress(
        vault, settings, PASSPHRASE, clock=clock, extractor=reads_our_own
    ) as congress:
        steps: tuple[Callable[[], object], ...] = (
            lambda: _add_members(congress),
            lambda: _import_people(congress, tr),
            lambda: _import_programme(congress, tr, today),
            lambda: _import_papers(congress, today, vault.parent, progress),
            lambda: congress.enrolment.enrol(found.folder, gate=ARCHIVE),
            lambda: draft_polls(congress, tr),
        )
        for done, step in enumerate(steps):
            progress.check()
            progress.report(done, STEPS, tr("demo.building"))
            step()
        progress.report(STEPS, STEPS, tr("demo.building"))


def _add_members(congress: OpenCongress) -> None:
    for name, role in MEMBERS:
        congress.vault.add_member(name, role, PASSPHRASE)


def _import_people(congress: OpenCongress, tr: Translator) -> None:
    table = read_table(asset("samples") / "people.csv")
    congress.people.import_table(table, propose_columns(table), tr.lang)


def occasion(today: datetime) -> Occasion:
    """Return what the sample papers say about the congress they are for."""
    speakers = {lang: Translator(lang) for lang in LANGUAGES}
    return Occasion(
        names={lang: tr("demo.congress") for lang, tr in speakers.items()},
        places={lang: tr("demo.place") for lang, tr in speakers.items()},
        starts=today.date(),
    )


def sample_paper(lang: str) -> tuple[str, bytes]:
    """Return the agenda in one language, to try the library with: its file name and the PDF."""
    agenda = next(
        paper for paper in manifest() if paper.type is PaperType.AGENDA and paper.language == lang
    )
    return agenda.file, paper_bytes(agenda, occasion(SystemClock().now().astimezone()))


def _import_papers(
    congress: OpenCongress, today: datetime, scratch: Path, progress: Progress
) -> None:
    library, items = congress.library, congress.programme.items()
    known: dict[str, PaperId] = {}
    with TemporaryDirectory(prefix=".papers-", dir=scratch) as folder:
        for sample, path in write_papers(Path(folder), occasion(today)):
            progress.check()
            if sample.replaces:
                library.import_version(known[sample.replaces], path, note=sample.note)
                continue
            paper = library.import_file(
                path,
                title=sample.title,
                language=sample.language,
                clearance=sample.clearance,
                type=sample.type,
                number=sample.number,
                agenda=items[sample.item - 1].title,
                dated=today.date(),
            )
            known[sample.file] = paper.id


def _import_programme(congress: OpenCongress, tr: Translator, today: datetime) -> None:
    suffix = "" if tr.lang == "en" else f".{tr.lang}"
    table = read_table(asset("samples") / f"programme{suffix}.csv")
    zone = today.tzinfo
    if zone is not None:
        congress.programme.import_table(table, zone, today.date())


def draft_polls(congress: OpenCongress, tr: Translator) -> None:
    """Draft the motion, the election and the election on paper of the sample congress."""
    congress.booth.propose_motion(
        tr("demo.motion"),
        pack_id="roberts",
        rule_id="majority",
        secrecy=Secrecy.OPEN,
        text=tr("demo.motion_text"),
    )
    congress.booth.propose_election(
        tr("demo.election"),
        _listed(congress, CANDIDATES),
        SEATS,
        pack_id=PACK,
        rule_id="election",
    )
    auditors = congress.booth.propose_election(
        tr("demo.auditors"),
        _listed(congress, AUDITORS),
        AUDITOR_SEATS,
        pack_id=PACK,
        rule_id="election",
    )
    congress.booth.revise(auditors.id, replace(auditors.plan, channel=Channel.PAPER))


def _listed(congress: OpenCongress, badges: Sequence[str]) -> Sequence[Candidate]:
    found = [congress.people.by_badge(badge) for badge in badges]
    return [
        Candidate(f"c{number}", person.name, person.delegation, person.id)
        for number, person in enumerate(filter(None, found), start=1)
    ]
