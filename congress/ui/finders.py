"""What Ctrl+K finds besides pages and commands: papers and people."""

from collections.abc import Sequence

from congress.kernel.folding import fold
from congress.kernel.roles import Right
from congress.ui.context import UiContext
from congress.ui.plan import Finder, Found

MOST = 6


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

    return (papers, people) if congress.actor.may(Right.SEE_PEOPLE) else (papers,)
