"""Between the panel of a paper and the library: details, versions, clearance, removal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from congress.docs.consequences import Consequences
from congress.docs.intake import Readied
from congress.docs.library import Library
from congress.docs.model import Details, Paper, PaperChanged, PaperImported, Version
from congress.floor.model import Item, ProgrammeChanged
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import MemberId, PaperId
from congress.kernel.progress import Progress
from congress.kernel.roles import Shelf
from congress.storage.model import Group, GroupsChanged, Member
from congress.ui.context import UiContext
from congress.ui.models.paper_choices import PaperChoices, agenda_of
from congress.ui.tasks import Task
from congress.ui.theme.tokens import Tone


def _none() -> Sequence[Any]:
    return ()


@dataclass(frozen=True)
class PaperSources:
    """Where the choices for details come from. Each is called outside the GUI thread.

    Attributes:
        items: The programme.
        groups: The groups this member may give papers to.
        members: Everyone who can sign in.
    """

    items: Callable[[], Sequence[Item]] = _none
    groups: Callable[[], Sequence[Group]] = _none
    members: Callable[[], Sequence[Member]] = _none


@dataclass(frozen=True)
class Weighed:
    """What moving a paper to another shelf means.

    Attributes:
        consequences: Who loses it, and who knows it already.
        names: The names of those who can sign in.
    """

    consequences: Consequences
    names: Mapping[MemberId, str]


def changes_path(paper_id: PaperId, old: Version, new: Version) -> str:
    """Return where ``navigate`` shows what changed between two versions."""
    return f"changes/{paper_id}?from={old.id}&to={new.id}"


def version_path(paper_id: PaperId, version: Version) -> str:
    """Return where ``navigate`` opens one version of a paper."""
    return f"reader/{paper_id}?version={version.id}"


class PaperDesk(QObject):
    """Changes papers for the secretariat, and tells what their details are chosen from.

    Attributes:
        choices: The choices as they were last read.
    """

    choices_came = Signal(object)
    """The ``PaperChoices`` as they are now."""
    versions_came = Signal(str, object)
    """A ``PaperId`` and its versions, the newest first."""
    weighed = Signal(str, object)
    """A ``PaperId``, and the ``Weighed`` of the move that was asked about last."""
    changed = Signal(object)
    """The ``Paper`` as it is now."""
    refused = Signal(str, object)
    """The ``PaperId`` and the ``CongressError`` because of which it was not changed."""

    def __init__(
        self,
        context: UiContext,
        library: Library,
        sources: PaperSources,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``library``; nothing is read before ``refresh``."""
        super().__init__(parent)
        self._context, self._library, self._sources = context, library, sources
        self.choices = PaperChoices(library.shelves)
        self._wanted = False
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        kinds = ProgrammeChanged | GroupsChanged | PaperChanged | PaperImported
        if self._wanted and isinstance(event, kinds):
            self.refresh()

    def refresh(self) -> None:
        """Read the choices again; ``choices_came`` follows."""
        self._wanted = True
        library, sources = self._library, self._sources

        def work(_: Progress) -> PaperChoices:
            agenda = agenda_of(sources.items(), library.papers())
            return PaperChoices(library.shelves, tuple(sources.groups()), agenda)

        self._context.tasks.free(work).success(self._chosen_from).start()

    def _chosen_from(self, choices: PaperChoices) -> None:
        if choices != self.choices:
            self.choices = choices
            self.choices_came.emit(choices)

    def load_versions(self, paper_id: PaperId) -> None:
        """Read the versions of a paper; ``versions_came`` follows."""
        task = self._context.tasks.free(lambda _: self._library.versions(paper_id))
        task.success(partial(self._versions, paper_id)).failure(lambda _: None).start()

    def _versions(self, paper_id: PaperId, versions: Sequence[Version]) -> None:
        self.versions_came.emit(paper_id, versions)

    def describe(self, paper_id: PaperId, **fields: object) -> None:
        """Change fields of a paper's ``Details``; the toast lets it be undone.

        ``changed`` or ``refused`` follows.
        """
        self._describe(paper_id, fields, undoable=True)

    def _describe(self, paper_id: PaperId, fields: dict[str, Any], *, undoable: bool) -> None:
        def work(_: Progress) -> tuple[Details, Paper]:
            before = self._library.paper(paper_id).details
            return before, self._library.describe(paper_id, replace(before, **fields))

        def done(result: tuple[Details, Paper]) -> None:
            before, paper = result
            if before == paper.details:
                return
            earlier = {name: getattr(before, name) for name in fields}
            self._context.toasts.show_toast(
                self._context.tr("library.saved", title=paper.title),
                undo=partial(self._describe, paper_id, earlier, undoable=False)
                if undoable
                else None,
            )
            self.changed.emit(paper)

        task = self._context.tasks.store(work).success(done)
        task.failure(partial(self._refused, paper_id)).start()

    def weigh(self, paper_id: PaperId, shelf: Shelf) -> None:
        """Find out what moving a paper to ``shelf`` means; ``weighed`` or ``refused`` follows."""

        def work(_: Progress) -> Weighed:
            told = self._library.consequences(paper_id, shelf.clearance, shelf.group)
            return Weighed(told, {member.id: member.name for member in self._sources.members()})

        task = self._context.tasks.free(work).success(partial(self._weighed, paper_id))
        task.failure(partial(self._refused, paper_id)).start()

    def _weighed(self, paper_id: PaperId, weighed: Weighed) -> None:
        self.weighed.emit(paper_id, weighed)

    def move(self, paper_id: PaperId, shelf: Shelf) -> None:
        """Move a paper to another shelf; ``changed`` or ``refused`` follows."""

        def work(_: Progress) -> Paper:
            return self._library.change_clearance(paper_id, shelf.clearance, shelf.group)

        task = self._context.tasks.store(work).success(self._moved)
        task.failure(partial(self._refused, paper_id)).start()

    def _moved(self, paper: Paper) -> None:
        words = self.choices.shelf_words(self._context.tr, paper.shelf)
        text = self._context.tr("paper.moved", title=paper.title, shelf=words)
        self._context.toasts.show_toast(text)
        self.changed.emit(paper)

    def reading(self, path: Path, language: str) -> Task[Readied]:
        """Describe the reading of a file that is to come in, not started yet.

        It takes long, and keeps nothing else from being written.
        """
        library = self._library

        def work(progress: Progress) -> Readied:
            return library.read(path, language=language, progress=progress)

        return self._context.tasks.free(work)

    def take_version(self, paper_id: PaperId, readied: Readied, note: str) -> None:
        """Bring in a file that was read as a new version; ``changed`` or ``refused`` follows."""

        def work(progress: Progress) -> Paper:
            return self._library.take_version(paper_id, readied, note=note, progress=progress)

        task = self._context.tasks.store(work).success(self._versioned)
        task.failure(partial(self._refused, paper_id)).start()

    def _versioned(self, paper: Paper) -> None:
        text = self._context.tr("paper.versioned", title=paper.title, number=paper.version)
        self._context.toasts.show_toast(text)
        self.changed.emit(paper)

    def remove(self, paper: Paper) -> None:
        """Remove a paper for good."""
        task = self._context.tasks.store(lambda _: self._library.remove(paper.id))
        task.success(partial(self._removed, paper)).start()

    def _removed(self, paper: Paper, _: None) -> None:
        text = self._context.tr("library.removed", title=paper.title)
        self._context.toasts.show_toast(text, Tone.NOTE)

    def _refused(self, paper_id: PaperId, error: CongressError) -> None:
        self.refused.emit(paper_id, error)
