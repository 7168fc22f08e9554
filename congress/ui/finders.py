"""What Ctrl+K finds besides pages and commands: papers and people."""

from collections.abc import Sequence

from congress.docs.model import PaperType
from congress.kernel.folding import fold
from congress.kernel.roles import Right
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import amendments_path
from congress.ui.plan import Finder, Found

MOST = 6
_AMENDED = frozenset((PaperType.DRAFT, PaperType.MOTION, PaperType.RESOLUTION, PaperType.STATUTE))
"""Types of papers to which amendments are moved."""


def finders(context: UiContext) -> Sequence[Finder]:
    """Return the finders of the open congress that the signed-in member may use."""
    congress = context.congress
    if congress is None:
        return ()
    tr = context.tr

    def papers(typed: str) -> Sequence[Found]:
        wanted = fold(typed)
        found = [paper for paper in congress.library.papers() if wanted in fold(paper.title)]
        return [
            Found(
                paper.title, tr(f"clearance.{paper.clearance}"), "file-text", f"reader/{paper.id}"
            )
            for paper in found[:MOST]
        ]

    def about_papers(typed: str) -> Sequence[Found]:
        wanted = fold(typed)
        found: list[Found] = []
        for paper in congress.library.papers():
            if wanted not in fold(paper.title):
                continue
            if paper.version > 1:
                path = f"changes/{paper.id}"
                found.append(Found(paper.title, tr("changes.title"), "git-diff", path))
            if paper.type in _AMENDED:
                found.append(
                    Found(
                        paper.title,
                        tr("amendments.title"),
                        "git-pull-request",
                        amendments_path(paper.id),
                    )
                )
        return found[:MOST]

    def people(typed: str) -> Sequence[Found]:
        return [
            Found(
                person.name,
                tr.joined(person.badge, person.delegation),
                "user",
                f"people/{person.id}",
            )
            for person in congress.people.search(typed, MOST)
        ]

    common = (papers, about_papers)
    return (*common, people) if congress.actor.may(Right.SEE_PEOPLE) else common
