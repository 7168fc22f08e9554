"""Between the screens and the notes: reads, makes, changes, shares and takes them out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.docs.model import PaperChanged, PaperRemoved, PaperVersioned
from congress.docs.notes.exporting import NoteFormat, written
from congress.docs.notes.gathering import CopyLog, gather
from congress.docs.notes.model import (
    Draft,
    Listed,
    Note,
    NoteColour,
    NoteId,
    NoteKind,
    NotesChanged,
    Placed,
    Removed,
    Spot,
    Stroke,
)
from congress.docs.notes.service import Notes
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import GroupId, MemberId, PaperId, VersionId
from congress.kernel.progress import Progress
from congress.storage.faults import naming
from congress.storage.files import write_whole
from congress.storage.model import Group, GroupsChanged
from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone


@dataclass(frozen=True)
class Change:
    """Another look, text and audience of a note.

    Attributes:
        kind: What it is.
        colour: Its colour.
        body: The reader's words.
        group: Who sees it besides its author.
    """

    kind: NoteKind
    colour: NoteColour
    body: str
    group: GroupId | None


@dataclass(frozen=True)
class NotesOnPaper:
    """What is known of the notes on the open paper.

    Attributes:
        placed: The notes, in the order of reading, the unplaced last.
        audience: The groups with which notes on it can be shared.
        groups: All groups this member belongs to, for their names.
    """

    placed: Sequence[Placed] = ()
    audience: Sequence[Group] = ()
    groups: Sequence[Group] = ()

    def find(self, note_id: str) -> Placed | None:
        """Return a note by its identifier."""
        return next((each for each in self.placed if each.note.id == note_id), None)


class NotesController(QObject):
    """Changes notes in the store thread, and tells when any on a paper changed.

    Attributes:
        me: The signed-in member.
        on_paper: The notes on the paper that is open.
    """

    changed = Signal()
    """``on_paper`` is another one."""
    listed = Signal(object)
    """The notes on all papers (``Sequence[Listed]``), and the groups, as a pair."""
    made = Signal(object)
    """A ``Note`` that was just made."""
    not_kept = Signal()
    """Something drawn or made could not be kept."""

    def __init__(
        self,
        context: UiContext,
        notes: Notes,
        library: CopyLog,
        me: MemberId,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``notes``, for the member ``me``."""
        super().__init__(parent)
        self._context, self._notes, self._library = context, notes, library
        self.me = me
        self.on_paper = NotesOnPaper()
        self._open: tuple[PaperId, VersionId] | None = None
        self._listing = False
        context.bridge.happened.connect(self._heard)

    # Reading

    def open(self, paper_id: PaperId, version_id: VersionId) -> None:
        """Read the notes on a version of a paper; ``changed`` tells when they are here."""
        self._open = (paper_id, version_id)
        self._read()

    def close(self) -> None:
        """Forget the paper."""
        self._open = None
        self.on_paper = NotesOnPaper()
        self.changed.emit()

    def list_all(self) -> None:
        """Read the notes on all papers, and again whenever any changes: ``listed`` tells."""
        self._listing = True
        self._list()

    def _heard(self, event: Event) -> None:
        here = self._open[0] if self._open else None
        match event:
            case NotesChanged(paper_id=paper) | PaperChanged(paper_id=paper):
                same = paper == here
            case GroupsChanged():
                same = True
            case PaperVersioned() | PaperRemoved():
                same = False
            case _:
                return
        if same:
            self._read()
        if self._listing:
            self._list()

    def _read(self) -> None:
        if self._open is None:
            return
        opened = self._open

        def work(_: Progress) -> NotesOnPaper:
            return NotesOnPaper(
                self._notes.on(*opened), self._notes.audience(opened[0]), self._notes.groups()
            )

        self._context.tasks.store(work).success(partial(self._take, opened)).start()

    def _take(self, opened: tuple[PaperId, VersionId], found: NotesOnPaper) -> None:
        if opened == self._open:
            self.on_paper = found
            self.changed.emit()

    def _list(self) -> None:
        def work(_: Progress) -> tuple[Sequence[Listed], Sequence[Group]]:
            return self._notes.everywhere(), self._notes.groups()

        self._context.tasks.free(work).success(self.listed.emit).start()

    # Changing

    def add(self, draft: Draft, group: GroupId | None = None) -> None:
        """Put a note on the open paper, shared with a group if one is given; ``made`` tells."""
        if self._open is None:
            return
        opened = self._open

        def work(_: Progress) -> Note:
            note = self._notes.add(*opened, draft)
            return note if group is None else self._notes.share(note.id, group)

        task = self._context.tasks.store(work)
        task.success(self.made.emit).failure(self._refused).start()

    def change(self, note: Note, change: Change) -> None:
        """Give an own note another look, text and audience."""

        def work(_: Progress) -> None:
            if (change.kind, change.colour, change.body) != (note.kind, note.colour, note.body):
                self._notes.change(
                    note.id, kind=change.kind, colour=change.colour, body=change.body
                )
            if change.group != note.group:
                self._share(note.id, change.group)

        self._context.tasks.store(work).start()

    def _share(self, note_id: NoteId, group: GroupId | None) -> None:
        if group is None:
            self._notes.withdraw(note_id)
        else:
            self._notes.share(note_id, group)

    def draw(self, note_id: NoteId, strokes: Sequence[Stroke]) -> None:
        """Give an own note other ink; without any it is deleted."""
        if strokes:
            work: Callable[[], object] = partial(self._notes.change, note_id, strokes=strokes)
        else:
            work = partial(self._notes.remove, note_id)
        self._context.tasks.store(lambda _: work()).failure(self._refused).start()

    def _refused(self, error: CongressError) -> None:
        self._context.show_error(error)
        self.not_kept.emit()
        self._read()

    def place(self, note_id: NoteId, start: Spot, end: Spot) -> None:
        """Put an own note on other words of the open version."""
        if self._open is not None:
            version = self._open[1]
            work = partial(self._notes.place_by_hand, note_id, version, start, end)
            self._context.tasks.store(lambda _: work()).success(self._placed).start()

    def _placed(self, _: object) -> None:
        self._context.toasts.show_toast(self._context.tr("notes.placed"))

    def remove(self, note: Note) -> None:
        """Delete an own note; a toast offers to undo it."""
        task = self._context.tasks.store(lambda _: self._notes.remove(note.id))
        task.success(self._removed).start()

    def _removed(self, removed: Removed) -> None:
        def undo() -> None:
            self._context.tasks.store(lambda _: self._notes.put_back(removed)).start()

        group = removed.note.group
        known = {each.id for each in self.on_paper.groups} if self._open else None
        stays = group is not None and known is not None and group not in known
        words = self._context.tr("notes.deleted.stays" if stays else "notes.deleted")
        self._context.toasts.show_toast(words, Tone.CAUTION if stays else Tone.GOOD, undo)

    # Taking out

    def export(self, path: Path, form: NoteFormat, paper_id: PaperId | None = None) -> None:
        """Write the notes on one paper, or on all, to ``path``; a toast tells how many."""
        tr = self._context.tr

        def work(_: Progress) -> tuple[int, int]:
            gathered = gather(self._notes, self._library, paper_id)
            with naming(path):
                write_whole(path, written(gathered, form, tr).encode("utf-8"))
            return gathered.count, gathered.kept_back

        self._context.tasks.store(work).success(partial(self._exported, path.name)).start()

    def _exported(self, name: str, told: tuple[int, int]) -> None:
        tr, (count, kept_back) = self._context.tr, told
        words = tr("notes.exported", count=count, file=name)
        if kept_back:
            words = f"{words} {tr('notes.export.kept_back', count=kept_back)}"
        tone = Tone.CAUTION if kept_back else Tone.GOOD
        self._context.toasts.show_toast(words, tone)
