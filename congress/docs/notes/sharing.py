"""Notes that their author shares with a group: who may see them, and where they lie.

A shared note is written into the file of the group's papers, whose key every member of the group
holds, and the secretariat. It quotes its paper, so it may lie there only if every member of the
group may read that paper.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from congress.docs.model import Paper
from congress.docs.notes import shared_store
from congress.docs.notes.model import Anchored, Note, NoteId, NotesChanged
from congress.kernel.errors import RefusedError
from congress.kernel.ids import GroupId, PaperId, VersionId
from congress.kernel.roles import Actor, Clearance, Shelf
from congress.storage.database import Database
from congress.storage.model import Group

_OPEN = (Clearance.PUBLIC, Clearance.DELEGATES)

ByHand = Mapping[VersionId, Anchored]


def may_be_shared(shelf: Shelf, group: GroupId) -> bool:
    """Return whether every member of a group may read the papers of a shelf."""
    return shelf.clearance in _OPEN or (shelf.group is not None and shelf.group == group)


class SharedNotes:
    """The notes in the files of the groups that one member belongs to."""

    def __init__(
        self,
        papers: Mapping[Shelf, Database],
        groups: Callable[[], Sequence[Group]],
        actor: Actor,
    ) -> None:
        """Take the files of papers and the groups as they are at each moment.

        Args:
            papers: The files of the shelves this member holds.
            groups: Gives the groups this member belongs to.
            actor: The signed-in member.
        """
        self._papers = papers
        self._groups = groups
        self._actor = actor

    def audience(self, paper: Paper) -> tuple[Group, ...]:
        """Return the groups with which a note on a paper can be shared."""
        return tuple(each for each in self._groups() if may_be_shared(paper.shelf, each.id))

    def require(self, paper: Paper, group: GroupId) -> None:
        """Refuse sharing notes on a paper with a group unless all of it may read the paper.

        Raises:
            RefusedError: ``notes.cannot_share`` or ``clearance.not_held``.
        """
        self._database(group)
        if not may_be_shared(paper.shelf, group):
            raise RefusedError("notes.cannot_share")

    def on(self, paper: Paper) -> dict[Note, ByHand]:
        """Return the notes that others share on a paper."""
        return {
            note: by_hand
            for group, database in self._files()
            if may_be_shared(paper.shelf, group)
            for note, by_hand in _read(database, group, paper.id).items()
            if note.author_id != self._actor.member_id
        }

    def everywhere(self) -> Iterator[Note]:
        """Give the notes that others share, on all papers."""
        for group, database in self._files():
            for note in _read(database, group, None):
                if note.author_id != self._actor.member_id:
                    yield note

    def mine(self) -> dict[GroupId, set[NoteId]]:
        """Return which of the member's own notes each group can see."""
        found: dict[GroupId, set[NoteId]] = {}
        for group, database in self._files():
            with database.reading() as connection:
                found[group] = shared_store.ids(connection, self._actor.member_id)
        return found

    def put(self, note: Note, group: GroupId, by_hand: ByHand) -> None:
        """Let a group see a note as it is now.

        Raises:
            RefusedError: ``clearance.not_held``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        with self._database(group).unit_of_work(self._actor) as uow:
            shared_store.put(uow.connection, note, by_hand)
            uow.audit("note.shared", note.id, paper=note.paper_id)
            uow.publish(NotesChanged(note.paper_id))
            uow.commit()

    def withdraw(self, note: Note, group: GroupId) -> None:
        """Let a group see a note no more.

        Raises:
            RefusedError: ``clearance.not_held``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        with self._database(group).unit_of_work(self._actor) as uow:
            shared_store.remove(uow.connection, note.id)
            uow.audit("note.withdrawn", note.id, paper=note.paper_id)
            uow.publish(NotesChanged(note.paper_id))
            uow.commit()

    def _files(self) -> Iterator[tuple[GroupId, Database]]:
        for shelf, database in self._papers.items():
            if shelf.group is not None:
                yield shelf.group, database

    def _database(self, group: GroupId) -> Database:
        shelf = Shelf(Clearance.RESTRICTED, group)
        if shelf not in self._papers:
            raise RefusedError("clearance.not_held", clearance=shelf.clearance.value)
        return self._papers[shelf]


def withdraw_unreadable(
    papers: Mapping[Shelf, Database], paper_id: PaperId, shelf: Shelf | None, actor: Actor
) -> None:
    """Take back the shared notes on a paper from groups that may not read it any more.

    They quote the paper. Their authors keep their own.

    Args:
        papers: The files of all shelves.
        paper_id: The paper, which was moved or removed.
        shelf: Where it lies now; ``None`` if it was removed.
        actor: Who moved or removed it.

    Raises:
        EnvironmentFault: ``disk.full`` or ``disk.failed``.
    """
    for held, database in papers.items():
        if held.group is None or (shelf is not None and may_be_shared(shelf, held.group)):
            continue
        with database.unit_of_work(actor) as uow:
            if gone := shared_store.remove_paper(uow.connection, paper_id):
                uow.audit("note.withdrawn", paper_id, notes=gone)
                uow.publish(NotesChanged(paper_id))
                uow.commit()


def _read(
    database: Database, group: GroupId, paper_id: PaperId | None
) -> dict[Note, Mapping[VersionId, Anchored]]:
    with database.reading() as connection:
        return shared_store.notes(connection, group, paper_id)
