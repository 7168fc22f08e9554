"""What changed between two versions of a paper of the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.docs.changes.compare import compare
from congress.docs.changes.model import Comparison
from congress.docs.changes.stream import edition
from congress.docs.library import Library
from congress.docs.model import Paper, Version
from congress.docs.policy import may_go_unlogged
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Right, Shelf
from congress.storage.database import Database


@dataclass(frozen=True, slots=True)
class PaperChanges:
    """What changed from one version of a paper to another.

    Attributes:
        paper: The paper.
        versions: All its versions, the newest first.
        old: The version that is compared.
        new: The version it is compared with.
        comparison: What changed.
    """

    paper: Paper
    versions: Sequence[Version]
    old: Version
    new: Version
    comparison: Comparison


class Changes:
    """Compares versions of the papers that one signed-in member may read."""

    def __init__(self, papers: Mapping[Shelf, Database], library: Library, actor: Actor) -> None:
        """Take the files of papers, whose audit learns of it, and the library over them."""
        self._papers = papers
        self._library = library
        self._actor = actor

    def between(
        self,
        paper_id: PaperId,
        old: VersionId | None = None,
        new: VersionId | None = None,
        progress: Progress | None = None,
    ) -> PaperChanges:
        """Return what changed between two versions, and log that it was read.

        Args:
            paper_id: The paper.
            old: The version to compare; ``None`` for the one before ``new``.
            new: The version to compare it with; ``None`` for the current one.
            progress: Asked whether to stop.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``, ``docs.unknown_version`` or
                ``changes.one_version``.
            EnvironmentFault: The reading cannot be logged, and the paper is not one that may
                be read nevertheless.
            Cancelled: The person cancelled.
        """
        paper = self._library.paper(paper_id)
        versions = self._library.versions(paper_id)
        later = self._chosen(versions, new or paper.version_id)
        if old is None:
            before = [each for each in versions if each.number < later.number]
            if not before:
                raise InputError("changes.one_version")
            earlier = before[0]
        else:
            earlier = self._chosen(versions, old)
        self._log(paper, earlier, later)
        first, second = (
            edition(each.kind, self._library.pages(paper_id, each.id)) for each in (earlier, later)
        )
        found = compare(first, second, progress or Silent())
        return PaperChanges(paper, versions, earlier, later, found)

    def require_export(self, changes: PaperChanges) -> None:
        """Ask whether the comparison may leave the congress as a file, and log that it does.

        Raises:
            RefusedError: ``role.not_allowed`` or ``policy.no_printing``.
            InputError: ``docs.unknown_paper``.
        """
        self._actor.require(Right.READ_PAPERS)
        self._library.log_print(changes.paper.id, range(1, changes.new.pages + 1))

    def _chosen(self, versions: Sequence[Version], wanted: VersionId) -> Version:
        found = next((each for each in versions if each.id == wanted), None)
        if found is None:
            raise InputError("docs.unknown_version")
        return found

    def _log(self, paper: Paper, old: Version, new: Version) -> None:
        try:
            with self._papers[paper.shelf].unit_of_work(self._actor) as uow:
                uow.audit("paper.compared", paper.id, old=old.id, new=new.id)
                uow.commit()
        except EnvironmentFault as fault:
            if not may_go_unlogged(paper.clearance, fault):
                raise
