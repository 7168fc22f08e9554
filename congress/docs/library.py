"""The library of the congress: papers come in, are found, read, re-cleared and removed.

Every paper lies in the file of its shelf (its clearance, or one group's part of it) and nowhere
else; who does not hold a shelf does not have the key of its file. A paper's own file is a sealed
blob under a random key; it is read in memory and never written anywhere in the clear.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from congress.docs import describing, index_store, moving, store, version_store
from congress.docs.consequences import Consequences, consequences
from congress.docs.extraction import Extractor
from congress.docs.intake import Intake
from congress.docs.model import Details, Paper, PaperChanged, PaperRemoved
from congress.docs.policy import Policy
from congress.docs.shelves import Shelves
from congress.kernel.clock import Clock
from congress.kernel.ids import GroupId, PaperId
from congress.kernel.roles import Actor, Clearance, Right, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database


class Library(Intake):
    """The papers that one signed-in member may read, and for the secretariat all work on them."""

    def __init__(
        self,
        papers: Mapping[Shelf, Database],
        blobs: BlobStore,
        shelf_key: Callable[[Shelf], bytes],
        actor: Actor,
        clock: Clock,
        policy: Callable[[], Policy] = Policy,
        extractor: Extractor | None = None,
    ) -> None:
        """Take what a vault opened.

        Args:
            papers: The files of the shelves this member holds.
            blobs: Where the sealed files lie.
            shelf_key: Gives the 32-byte key of a shelf this member holds.
            actor: The signed-in member.
            clock: Dates what comes in.
            policy: Tells what may be copied and printed now.
            extractor: Reads files that come in, and is closed with the library. By default
                it reads them here; ``congress.app`` gives one that reads them in a confined
                process.
        """
        shelves = Shelves(papers, blobs, shelf_key, actor)
        super().__init__(shelves, actor, clock, policy, extractor)

    def describe(self, paper_id: PaperId, details: Details) -> Paper:
        """Say something else about a paper, and return it as it is now.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``, ``docs.no_title`` or ``docs.bad_language``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before = self.paper(paper_id)
        details = describing.checked(details)
        if details == before.details:
            return before
        now = self._clock.now()
        with self._shelves.database(before.shelf).unit_of_work(self._actor) as uow:
            place = version_store.sealed(uow.connection, paper_id)
            pages = version_store.pages(uow.connection, place.version_id)
            index_store.retitle(uow.connection, details, pages)
            store.describe(uow.connection, paper_id, details, now)
            uow.audit("paper.changed", paper_id)
            uow.publish(PaperChanged(paper_id))
            uow.commit()
        return replace(
            before,
            title=details.title,
            language=details.language,
            type=details.type,
            number=details.number,
            agenda=details.agenda,
            dated=details.dated,
            updated_at=now,
        )

    def change_clearance(
        self, paper_id: PaperId, clearance: Clearance, group: GroupId | None = None
    ) -> Paper:
        """Move a paper with all its versions to another shelf, sealed anew under fresh keys.

        Copies that were already handed out, and backups, stay as they were: whoever asks for
        a stricter clearance must be told so.

        Raises:
            RefusedError: ``role.not_allowed`` or ``clearance.not_held``.
            InputError: ``docs.unknown_paper`` or ``docs.blob_damaged``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before, shelf = self.paper(paper_id), Shelf(clearance, group)
        if before.shelf == shelf:
            return before
        return moving.move(self._shelves, before, shelf, self._clock.now())

    def consequences(
        self, paper_id: PaperId, clearance: Clearance, group: GroupId | None = None
    ) -> Consequences:
        """Return what moving a paper to another shelf would mean, to be told beforehand.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        after = Shelf(clearance, group)
        return consequences(self._shelves.papers, self.paper(paper_id), after)

    def remove(self, paper_id: PaperId) -> None:
        """Remove a paper with all its versions, for good.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        paper = self.paper(paper_id)
        self._shelves.withdraw_notes(paper_id, None)
        self._shelves.take_out(paper, "paper.removed", PaperRemoved(paper_id))

    def mend(self) -> int:
        """Finish moves to another shelf that a crash cut short; return how many.

        Such a paper stands on two shelves. It stays on the stricter one.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        return moving.mend(self._shelves)
