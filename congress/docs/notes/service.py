"""The notes of one member: made, changed, found again in new versions, shared and taken back.

They lie in the member's own file, which nobody else can open, not even the secretariat. In each
version of a paper a note has a place of its own, worked out once and kept; the place where the
reader made it is never touched, so the old version shows it exactly as it was.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from congress.docs.model import Paper
from congress.docs.notes import store
from congress.docs.notes.making import anchor_for, checked_body, checked_strokes, words_at
from congress.docs.notes.model import (
    Anchor,
    Anchored,
    AreaAnchor,
    Draft,
    Fit,
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
    TextAnchor,
)
from congress.docs.notes.placing import ReadablePapers, Texts, place_in
from congress.docs.notes.sharing import SharedNotes, may_be_shared
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import GroupId, PaperId, VersionId, new_id
from congress.kernel.roles import Actor, Shelf
from congress.storage.database import Database
from congress.storage.model import Group
from congress.storage.unit_of_work import UnitOfWork

_MOST_REMEMBERED = 5_000


class Notes:
    """The notes that one signed-in member made, and those that groups share with them."""

    def __init__(
        self,
        own: Database,
        papers: Mapping[Shelf, Database],
        library: ReadablePapers,
        groups: Callable[[], Sequence[Group]],
        actor: Actor,
        clock: Clock,
    ) -> None:
        """Take what a vault opened.

        Args:
            own: The member's own file.
            papers: The files of the shelves this member holds; those of groups keep what is
                shared.
            library: The papers this member may read.
            groups: Gives the groups this member belongs to.
            actor: The signed-in member.
            clock: Dates the notes.
        """
        self._own = own
        self._library = library
        self._shared = SharedNotes(papers, groups, actor)
        self._groups = groups
        self._actor = actor
        self._clock = clock
        self._others: dict[tuple[Note, VersionId], Anchored] = {}

    # Reading

    def on(self, paper_id: PaperId, version_id: VersionId) -> Sequence[Placed]:
        """Return the notes on a paper, own and shared, placed in one of its versions.

        Places that are not known yet are worked out and kept: that may take a second for
        hundreds of notes, so call it outside the GUI thread.

        Raises:
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        paper = self._library.paper(paper_id)
        order = [each.id for each in reversed(self._library.versions(paper_id))]
        if version_id not in order:
            raise InputError("docs.unknown_version")
        texts = Texts(self._library, paper_id)
        with self._own.reading() as connection:
            notes = store.notes(connection, self._actor, paper_id)
            known = store.places(connection, paper_id)
        own = {note: known.get(note.id, {}) for note in self._truly_shared(notes)}
        found = place_in(version_id, own, order, texts)
        fresh = {
            note.id: at
            for note, at in found.items()
            if at.fit is not Fit.MADE and version_id not in own[note]
        }
        if fresh:
            self._keep_places(paper_id, version_id, fresh)
        found.update(self._others_in(paper, version_id, order, texts))
        return sorted((Placed(note, at) for note, at in found.items()), key=Placed.reading_order)

    def everywhere(self) -> Sequence[Listed]:
        """Return the notes on all papers, own and shared, the last changed first.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        papers = {each.id: each for each in self._library.papers()}
        with self._own.reading() as connection:
            notes = store.notes(connection, self._actor)
        listed = [
            Listed(note, papers[note.paper_id])
            if note.paper_id in papers
            else Listed(note.without_words(), None)
            for note in self._truly_shared(notes)
        ]
        listed += [
            Listed(note, papers[note.paper_id])
            for note in self._shared.everywhere()
            if note.paper_id in papers
            and note.group is not None
            and may_be_shared(papers[note.paper_id].shelf, note.group)
        ]
        return sorted(listed, key=lambda each: (each.note.changed_at, each.note.id), reverse=True)

    def audience(self, paper_id: PaperId) -> Sequence[Group]:
        """Return the groups with which this member can share a note on a paper.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        return self._shared.audience(self._library.paper(paper_id))

    def groups(self) -> Sequence[Group]:
        """Return the groups this member belongs to."""
        return self._groups()

    # Making and changing

    def add(self, paper_id: PaperId, version_id: VersionId, draft: Draft) -> Note:
        """Put a note on a paper.

        Raises:
            InputError: ``docs.unknown_paper``, ``docs.unknown_version``, or one of ``notes.``:
                ``empty``, ``too_long``, ``no_words``, ``no_page``, ``no_ink`` or
                ``too_much_ink``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        pages = Texts(self._library, paper_id).pages(version_id)
        now = self._clock.now()
        note = Note(
            id=NoteId(new_id()),
            paper_id=paper_id,
            version_id=version_id,
            kind=draft.kind,
            colour=draft.colour,
            body=checked_body(draft.kind, draft.body),
            strokes=checked_strokes(draft.kind, draft.strokes),
            made=anchor_for(draft, pages),
            made_at=now,
            changed_at=now,
            group=None,
            author_id=self._actor.member_id,
            author=self._actor.name,
        )
        with self._own.unit_of_work(self._actor) as uow:
            store.add(uow.connection, note)
            self._commit(uow, "note.added", note)
        return note

    def change(
        self,
        note_id: NoteId,
        *,
        kind: NoteKind | None = None,
        colour: NoteColour | None = None,
        body: str | None = None,
        strokes: Sequence[Stroke] | None = None,
    ) -> Note:
        """Give an own note another look, text or ink; where it is shared, there too.

        A highlight, an underline and a note on words may become each other.

        Raises:
            InputError: ``notes.unknown``, or as in ``add``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        before = self._find(note_id)
        kind = kind if kind is not None and isinstance(before.made, TextAnchor) else before.kind
        after = replace(
            before,
            kind=kind,
            colour=before.colour if colour is None else colour,
            body=checked_body(kind, before.body if body is None else body),
            strokes=checked_strokes(kind, before.strokes if strokes is None else strokes),
            changed_at=self._clock.now(),
        )
        with self._own.unit_of_work(self._actor) as uow:
            store.change(uow.connection, after)
            self._commit(uow, "note.changed", after)
        self._share_again(after)
        return after

    def place_by_hand(
        self, note_id: NoteId, version_id: VersionId, start: Spot, end: Spot
    ) -> Anchored:
        """Put an own note on other words of a version; where it was made it stays.

        Args:
            note_id: The note.
            version_id: A version it was not made in.
            start: Where the words begin.
            end: Where they end, not included.

        Returns:
            Its place in that version.

        Raises:
            InputError: ``notes.unknown``, ``notes.no_words`` or ``notes.too_long``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        note = self._find(note_id)
        if version_id == note.version_id:
            return Anchored(note.made, Fit.MADE)
        pages = Texts(self._library, note.paper_id).pages(version_id)
        words = words_at(pages, start, end)
        if words is None:
            raise InputError("notes.no_words")
        anchor: Anchor = words
        if isinstance(note.made, AreaAnchor):
            anchor = replace(note.made, page=words.start.page, beside=words)
        at = Anchored(anchor, Fit.BY_HAND)
        with self._own.unit_of_work(self._actor) as uow:
            store.put_places(uow.connection, [(note.id, version_id, at)])
            self._commit(uow, "note.placed", note)
        self._share_again(note)
        return at

    def remove(self, note_id: NoteId) -> Removed:
        """Delete an own note, also where it is shared; ``put_back`` undoes it.

        A group that the member has left keeps its copy: its file cannot be opened any more.

        Raises:
            InputError: ``notes.unknown``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        note = self._find(note_id)
        if note.group is not None and self._belongs_to(note.group):
            self._shared.withdraw(note, note.group)
        with self._own.unit_of_work(self._actor) as uow:
            removed = Removed(note, store.places_of(uow.connection, note_id))
            store.remove(uow.connection, note_id)
            self._commit(uow, "note.removed", note)
        return removed

    def put_back(self, removed: Removed) -> None:
        """Undo ``remove``.

        Raises:
            RefusedError: ``notes.cannot_share`` if it was shared and must not be any more.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        note = removed.note
        with self._own.unit_of_work(self._actor) as uow:
            store.add(uow.connection, note)
            store.put_places(uow.connection, [(note.id, *each) for each in removed.places])
            self._commit(uow, "note.put_back", note)
        if note.group is not None and self._belongs_to(note.group):
            self.share(note.id, note.group)

    # Sharing

    def share(self, note_id: NoteId, group: GroupId) -> Note:
        """Let a group see an own note, and its changes from now on; no other group sees it then.

        Raises:
            InputError: ``notes.unknown`` or ``docs.unknown_paper``.
            RefusedError: ``notes.cannot_share`` unless all of the group may read the paper,
                ``clearance.not_held``, or ``notes.left_group``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        note = self._find(note_id)
        self._shared.require(self._library.paper(note.paper_id), group)
        if note.group is not None and note.group != group:
            note = self.withdraw(note_id)
        shared = replace(note, group=group)
        # First that it is shared: nothing may be seen by others that its author is not told of.
        with self._own.unit_of_work(self._actor) as uow:
            store.change(uow.connection, shared)
            self._commit(uow, "note.shared", shared)
        self._share_again(shared)
        return shared

    def withdraw(self, note_id: NoteId) -> Note:
        """Make an own note private again.

        Raises:
            InputError: ``notes.unknown``.
            RefusedError: ``notes.left_group``: the group's file cannot be opened any more.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        note = self._find(note_id)
        if note.group is None:
            return note
        if not self._belongs_to(note.group):
            raise RefusedError("notes.left_group")
        self._shared.withdraw(note, note.group)
        private = replace(note, group=None)
        with self._own.unit_of_work(self._actor) as uow:
            store.change(uow.connection, private)
            self._commit(uow, "note.withdrawn", private)
        return private

    # Inside

    def _find(self, note_id: NoteId) -> Note:
        with self._own.reading() as connection:
            return store.find(connection, self._actor, note_id)

    def _commit(self, uow: UnitOfWork, action: str, note: Note) -> None:
        uow.audit(action, note.id, paper=note.paper_id)
        uow.publish(NotesChanged(note.paper_id))
        uow.commit()

    def _belongs_to(self, group: GroupId) -> bool:
        return any(each.id == group for each in self._groups())

    def _share_again(self, note: Note) -> None:
        if note.group is None or not self._belongs_to(note.group):
            return
        with self._own.reading() as connection:
            places = store.places_of(connection, note.id)
        by_hand = {version: at for version, at in places if at.fit is Fit.BY_HAND}
        self._shared.put(note, note.group, by_hand)

    def _truly_shared(self, notes: Sequence[Note]) -> list[Note]:
        """Return the notes, those whose group sees them no more as private ones."""
        mine = self._shared.mine() if any(note.group for note in notes) else {}
        return [
            replace(note, group=None)
            if note.group in mine and note.id not in mine[note.group]
            else note
            for note in notes
        ]

    def _keep_places(
        self, paper_id: PaperId, version_id: VersionId, found: Mapping[NoteId, Anchored]
    ) -> None:
        with self._own.unit_of_work(self._actor) as uow:
            there = {note.id for note in store.notes(uow.connection, self._actor, paper_id)}
            rows = [(id, version_id, at) for id, at in found.items() if id in there]
            store.put_places(uow.connection, rows)
            uow.commit()

    def _others_in(
        self, paper: Paper, version_id: VersionId, order: Sequence[VersionId], texts: Texts
    ) -> dict[Note, Anchored]:
        """Return where the notes of others stand; remembered, for they are not ours to keep."""
        shared = self._shared.on(paper)
        waiting = {
            note: by_hand
            for note, by_hand in shared.items()
            if version_id in by_hand or (note, version_id) not in self._others
        }
        if len(self._others) > _MOST_REMEMBERED:
            self._others.clear()
            waiting = shared
        for note, at in place_in(version_id, waiting, order, texts).items():
            self._others[note, version_id] = at
        return {note: self._others[note, version_id] for note in shared}
