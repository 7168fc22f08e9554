"""Amendments to papers: the secretariat and the committee enter and decide them, all read them.

An amendment lies in the file of its paper: who may not read the paper has not the key of its
amendments. Which motion decided it is kept as the motion's number or words, as written: papers
know nothing of polls.
"""

from collections.abc import Mapping
from dataclasses import replace

from congress.docs.amendments import store
from congress.docs.amendments.checking import checked_decision, checked_proposal
from congress.docs.amendments.consolidating import as_html, as_text, consolidated
from congress.docs.amendments.model import (
    AmendedPaper,
    Amendment,
    AmendmentId,
    AmendmentsChanged,
    Consolidated,
    Decision,
    Proposal,
    State,
)
from congress.docs.amendments.paragraphs import paragraph_at, paragraphs
from congress.docs.amendments.placing import placed
from congress.docs.changes.stream import edition
from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.notes.anchoring import text_anchor
from congress.docs.notes.folded import FoldedPages
from congress.docs.notes.model import Spot, TextAnchor
from congress.kernel.canonical import Json
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, VersionId, new_id
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Right, Shelf
from congress.storage.database import Database


class Amendments:
    """The amendments to the papers that one signed-in member may read."""

    def __init__(
        self, papers: Mapping[Shelf, Database], library: Library, actor: Actor, clock: Clock
    ) -> None:
        """Take the files of papers and the library over them.

        Args:
            papers: The files of the shelves this member holds.
            library: Gives the papers and their texts.
            actor: The signed-in member.
            clock: Dates what comes in.
        """
        self._papers = papers
        self._library = library
        self._actor = actor
        self._clock = clock

    # Being read

    def of(self, paper_id: PaperId, version: VersionId | None = None) -> AmendedPaper:
        """Return a version of a paper with its amendments beside their paragraphs.

        Args:
            paper_id: The paper.
            version: The version to show them in; ``None`` is the current one.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
        """
        paper = self._library.paper(paper_id)
        versions = {each.id: each for each in self._library.versions(paper_id)}
        shown = versions.get(version or paper.version_id)
        if shown is None:
            raise InputError("docs.unknown_version")
        pages = self._library.pages(paper_id, shown.id)
        found = paragraphs(edition(shown.kind, pages))
        beside = placed(self._all(paper), shown.id, found, self._folded(paper_id))
        return AmendedPaper(paper, shown, tuple(versions.values()), found, beside)

    def count(self, paper_id: PaperId) -> int:
        """Return how many amendments a paper has.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        return len(self._all(self._library.paper(paper_id)))

    def _all(self, paper: Paper) -> list[Amendment]:
        with self._papers[paper.shelf].reading() as connection:
            return store.of_paper(connection, paper.id)

    def _folded(self, paper_id: PaperId) -> "_Folded":
        return _Folded(self._library, paper_id)

    # Being entered and decided

    def submit(self, paper_id: PaperId, at: Spot, proposal: Proposal) -> Amendment:
        """Enter an amendment to the paragraph at a place of the current version.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``, ``amendments.no_paragraph``,
                ``amendments.no_mover``, ``amendments.no_text``, ``amendments.same_text``,
                ``amendments.too_long`` or ``amendments.bad_text``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.MANAGE_AMENDMENTS)
        paper = self._library.paper(paper_id)
        anchor, words = self._paragraph(paper, at)
        proposal = checked_proposal(proposal, words)
        now = self._clock.now()
        with self._papers[paper.shelf].unit_of_work(self._actor) as uow:
            made = Amendment(
                id=AmendmentId(new_id()),
                paper_id=paper_id,
                version_id=paper.version_id,
                number=store.next_number(uow.connection, paper_id),
                anchor=anchor,
                proposal=proposal,
                decision=Decision(State.SUBMITTED),
                applied_in=None,
                made_at=now,
                changed_at=now,
            )
            store.add(uow.connection, [made])
            uow.audit("amendment.submitted", paper_id, amendment=made.id, number=made.number)
            uow.publish(AmendmentsChanged(paper_id))
            uow.commit()
        return made

    def change(self, before: Amendment, proposal: Proposal) -> Amendment:
        """Correct an amendment on which nothing has been decided yet.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: As ``submit``, ``amendments.unknown`` or ``amendments.decided``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        words = before.anchor.quote.exact
        return self._write(before, "amendment.changed", proposal=checked_proposal(proposal, words))

    def put_at(self, before: Amendment, at: Spot) -> Amendment:
        """Put an amendment on which nothing has been decided to another paragraph.

        Args:
            before: The amendment.
            at: A place in that paragraph of the current version.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``amendments.no_paragraph``, ``amendments.unknown`` or
                ``amendments.decided``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        paper = self._library.paper(before.paper_id)
        anchor, _ = self._paragraph(paper, at)
        return self._write(before, "amendment.moved", anchor=anchor, version_id=paper.version_id)

    def decide(self, before: Amendment, decision: Decision) -> Amendment:
        """Say what became of an amendment; ``SUBMITTED`` takes a decision back.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``amendments.unknown``, ``amendments.applied`` once a version was made
                with it, or ``amendments.no_other`` for merging it into none of the paper's.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        paper = self._library.paper(before.paper_id)
        if decision.state is State.MERGED:
            others = {each.id for each in self._all(paper)} - {before.id}
            if decision.into not in others:
                raise InputError("amendments.no_other")
        action = f"amendment.{decision.state.value}"
        return self._write(before, action, decision=checked_decision(decision))

    def _paragraph(self, paper: Paper, at: Spot) -> tuple[TextAnchor, str]:
        pages = self._library.pages(paper.id, paper.version_id)
        paragraph = paragraph_at(paragraphs(edition(paper.kind, pages)), at)
        if paragraph is None:
            raise InputError("amendments.no_paragraph")
        words = [page.text for page in pages]
        anchor = text_anchor(words, paragraph.start, paragraph.end)
        if anchor is None:
            raise InputError("amendments.no_paragraph")
        # The paragraph's own words: what stands at a page break inside it is left out.
        quote = replace(anchor.quote, exact=paragraph.text)
        return replace(anchor, quote=quote), paragraph.text

    def _write(self, given: Amendment, action: str, **changed: object) -> Amendment:
        self._actor.require(Right.MANAGE_AMENDMENTS)
        paper = self._library.paper(given.paper_id)
        with self._papers[paper.shelf].unit_of_work(self._actor) as uow:
            before = store.find(uow.connection, given.id)
            if before is None:
                raise InputError("amendments.unknown")
            if before.applied_in is not None:
                raise InputError("amendments.applied", number=before.number)
            if "decision" not in changed and before.state is not State.SUBMITTED:
                raise InputError("amendments.decided", number=before.number)
            after = replace(before, changed_at=self._clock.now(), **changed)  # type: ignore[arg-type]
            store.change(uow.connection, after)
            uow.audit(action, paper.id, amendment=after.id, number=after.number)
            uow.publish(AmendmentsChanged(paper.id))
            uow.commit()
        return after

    # The next version

    def consolidated(self, paper_id: PaperId) -> Consolidated:
        """Return the current version with its accepted amendments in it.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        return consolidated(self.of(paper_id))

    def draft(self, draft: Consolidated, *, html: bool) -> bytes:
        """Return a consolidated text as a file that leaves the congress, and log that it does.

        Args:
            draft: From ``consolidated``.
            html: A web page, or else plain text.

        Raises:
            RefusedError: ``role.not_allowed`` or ``policy.no_printing``.
        """
        self._actor.require(Right.EXPORT)
        version = draft.amended.version
        self._library.log_print(draft.amended.paper.id, range(1, version.pages + 1))
        return self._html(draft) if html else as_text(draft)

    def make_version(
        self, draft: Consolidated, *, note: str = "", progress: Progress | None = None
    ) -> Paper:
        """Make a consolidated text the next version of its paper, in memory alone.

        The amendments in it are marked as applied.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``amendments.none_accepted``, ``amendments.version_changed`` if there
                is a newer version by now, or as ``Library.import_version``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
            Cancelled: The person cancelled.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        paper_id = draft.amended.paper.id
        if not draft.applied:
            raise InputError("amendments.none_accepted")
        if self._library.paper(paper_id).version_id != draft.amended.version.id:
            raise InputError("amendments.version_changed")
        name = f"{draft.amended.paper.title[:80]} - {draft.amended.version.number + 1}.html"
        made = self._library.make_version(
            paper_id, name.replace("/", "-"), self._html(draft), note=note, progress=progress
        )
        with self._papers[made.shelf].unit_of_work(self._actor) as uow:
            for each in draft.applied:
                now = replace(
                    each.amendment, applied_in=made.version_id, changed_at=self._clock.now()
                )
                store.change(uow.connection, now)
            numbers: list[Json] = [each.amendment.number for each in draft.applied]
            uow.audit("amendment.applied", paper_id, version=made.version_id, numbers=numbers)
            uow.publish(AmendmentsChanged(paper_id))
            uow.commit()
        return made

    def _html(self, draft: Consolidated) -> bytes:
        version, paper = draft.amended.version, draft.amended.paper
        pages = self._library.pages(paper.id, version.id)
        fixed = edition(version.kind, pages).fixed
        source = "" if fixed else self._library.reading_html(paper.id, version.id)
        return as_html(draft, source)


class _Folded:
    """The folded pages of the versions of one paper, each made once."""

    def __init__(self, library: Library, paper_id: PaperId) -> None:
        self._library, self._paper_id = library, paper_id
        self._known: dict[VersionId, FoldedPages] = {}

    def __call__(self, version: VersionId) -> FoldedPages:
        if version not in self._known:
            pages = self._library.pages(self._paper_id, version)
            self._known[version] = FoldedPages([page.text for page in pages])
        return self._known[version]
