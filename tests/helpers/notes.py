"""Papers that lie in no library, and the notes of several members on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from congress.docs.model import PageText, Paper, PaperKind, TextOrigin, Version
from congress.docs.notes.model import Draft, Note, NoteKind, Spot
from congress.docs.notes.service import Notes
from congress.kernel.clock import ManualClock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import GroupId, MemberId, PaperId, VersionId
from congress.kernel.roles import Actor, Clearance, Role, Shelf
from congress.storage.database import Database
from congress.storage.model import Group
from tests.helpers.vaults import MORNING, manual_clock, memory_database

PAPER = PaperId("rules")
DELEGATES = Shelf(Clearance.DELEGATES)
NORTH, SOUTH = GroupId("north".ljust(26, "a")), GroupId("south".ljust(26, "a"))


def version(number: int) -> VersionId:
    """Return the identifier of a version of a paper in ``FakePapers``."""
    return VersionId(f"v{number}")


@dataclass
class FakePapers:
    """Papers in memory; ``hidden`` ones are there for others only, ``closed`` not copied from."""

    texts: dict[PaperId, list[tuple[str, ...]]] = field(default_factory=dict)
    shelves: dict[PaperId, Shelf] = field(default_factory=dict)
    hidden: set[PaperId] = field(default_factory=set)
    closed: set[PaperId] = field(default_factory=set)
    copied: list[tuple[PaperId, tuple[int, ...]]] = field(default_factory=list)

    def put(self, paper_id: PaperId, *pages: str, shelf: Shelf = DELEGATES) -> None:
        """Add a version of a paper, and lay the paper on a shelf."""
        self.texts.setdefault(paper_id, []).append(pages)
        self.shelves[paper_id] = shelf

    def paper(self, paper_id: PaperId) -> Paper:
        if paper_id not in self.texts or paper_id in self.hidden:
            raise InputError("docs.unknown_paper")
        number = len(self.texts[paper_id])
        return Paper(
            id=paper_id,
            title=f"Paper {paper_id}",
            language="en",
            clearance=self.shelves[paper_id].clearance,
            kind=PaperKind.TEXT,
            file=f"{paper_id}.txt",
            pages=len(self.texts[paper_id][-1]),
            size=1,
            origin=TextOrigin.SOURCE,
            imported_at=MORNING,
            updated_at=MORNING + timedelta(minutes=number),
            version_id=version(number),
            version=number,
            group=self.shelves[paper_id].group,
        )

    def papers(self) -> Sequence[Paper]:
        return [self.paper(each) for each in self.texts if each not in self.hidden]

    def versions(self, paper_id: PaperId) -> Sequence[Version]:
        paper = self.paper(paper_id)
        return [
            Version(
                version(number),
                number,
                paper.kind,
                paper.file,
                1,
                paper.pages,
                paper.origin,
                MORNING,
            )
            for number in range(len(self.texts[paper_id]), 0, -1)
        ]

    def pages(self, paper_id: PaperId, version: VersionId | None = None) -> Sequence[PageText]:
        self.paper(paper_id)
        number = len(self.texts[paper_id]) if version is None else int(version[1:])
        if not 1 <= number <= len(self.texts[paper_id]):
            raise InputError("docs.unknown_version")
        return [PageText(text) for text in self.texts[paper_id][number - 1]]

    def log_copy(self, paper_id: PaperId, pages: Collection[int]) -> None:
        if paper_id in self.closed:
            raise RefusedError("policy.no_copying", clearance="secret")
        self.copied.append((paper_id, tuple(sorted(pages))))


@dataclass
class Reader:
    """A member with notes.

    Attributes:
        notes: The service.
        files: The files of papers they hold; take one out and they have left the group.
        actor: Who they are.
    """

    notes: Notes
    own: Database
    files: dict[Shelf, Database]
    actor: Actor


@dataclass
class Readers:
    """Members who read the same papers: ``lan`` and ``omar`` of the North, ``zoe`` of the South.

    Attributes:
        papers: The papers.
        events: What was told.
    """

    papers: FakePapers = field(default_factory=FakePapers)
    clock: ManualClock = field(default_factory=manual_clock)
    bus: EventBus = field(default_factory=EventBus)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bus.subscribe(self.events.append)
        self._groups = {
            group: memory_database("restricted", clock=self.clock, publisher=self.bus)
            for group in (NORTH, SOUTH)
        }
        self.lan = self._reader("lan", NORTH, SOUTH)
        self.omar = self._reader("omar", NORTH)
        self.zoe = self._reader("zoe", SOUTH)

    def _reader(self, name: str, *groups: GroupId) -> Reader:
        actor = Actor(MemberId(name.ljust(26, "m")), Role.DELEGATE, name)
        files = {Shelf(Clearance.RESTRICTED, each): self._groups[each] for each in groups}
        own = memory_database("own", clock=self.clock, publisher=self.bus)

        def belongs() -> Sequence[Group]:
            return [Group(each.group, each.group[:5], ()) for each in files if each.group]

        notes = Notes(own, files, self.papers, belongs, actor, self.clock)
        return Reader(notes, own, files, actor)


def on_words(pages: Sequence[str], words: str, kind: NoteKind = NoteKind.HIGHLIGHT) -> Draft:
    """Return a draft of a mark on the first place where ``words`` stand."""
    for number, page in enumerate(pages, start=1):
        if (at := page.find(words)) >= 0:
            body = "mine" if kind is NoteKind.NOTE else ""
            return Draft(kind, Spot(number, at), Spot(number, at + len(words)), body=body)
    raise AssertionError(f"{words!r} stands nowhere")


def same_note(one: Note, other: Note) -> bool:
    """Return whether two notes are the same but for when they were changed."""
    return replace(one, changed_at=MORNING) == replace(other, changed_at=MORNING)
