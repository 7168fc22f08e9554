"""Puts amendments beside their paragraphs in a version, whichever one they were moved against."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from congress.docs.amendments.model import Amendment, Kind, Paragraph, Placed, State
from congress.docs.amendments.paragraphs import paragraph_at
from congress.docs.changes.model import Run, RunKind
from congress.docs.changes.tracked import tracked
from congress.docs.notes.anchoring import place_again
from congress.docs.notes.folded import FoldedPages
from congress.docs.notes.model import Anchored, Fit, Quote, TextAnchor
from congress.kernel.ids import VersionId

_LIVE = (State.SUBMITTED, State.ACCEPTED)

Edit = tuple[int, int, str]
"""Characters ``[start, end)`` of a paragraph, and what takes their place."""


def placed(
    amendments: Sequence[Amendment],
    version_id: VersionId,
    found: Sequence[Paragraph],
    pages: Callable[[VersionId], FoldedPages],
) -> tuple[Placed, ...]:
    """Return amendments beside their paragraphs, in the order of these and of their numbers.

    Args:
        amendments: To one paper.
        version_id: The version they are to be shown in.
        found: Its paragraphs.
        pages: Gives the pages of a version.
    """
    anchors = _anchors(amendments, version_id, pages)
    beside = [_beside(each, anchors[each.id], found) for each in amendments]
    numbers = _collisions(beside)
    return tuple(
        replace(each, collides=tuple(sorted(numbers.get(each.amendment.number, ()))))
        for each in sorted(beside, key=_order)
    )


def _order(each: Placed) -> tuple[bool, int, int]:
    paragraph = each.paragraph
    return paragraph is None, paragraph.number if paragraph else 0, each.amendment.number


def _anchors(
    amendments: Sequence[Amendment],
    version_id: VersionId,
    pages: Callable[[VersionId], FoldedPages],
) -> Mapping[str, Anchored]:
    found: dict[str, Anchored] = {}
    for origin in dict.fromkeys(each.version_id for each in amendments):
        group = [each for each in amendments if each.version_id == origin]
        here = [each for each in group if origin == version_id]
        moved = [each for each in group if origin != version_id]
        found |= {each.id: Anchored(each.anchor, Fit.MADE) for each in here}
        if moved:
            sought = [_sought(each) for each in moved]
            again = place_again(sought, pages(version_id), pages(origin))
            found |= {each.id: at for each, at in zip(moved, again, strict=True)}
    return found


def _sought(each: Amendment) -> TextAnchor:
    """Return what to look for: the paragraph, or the words that took its place."""
    if each.applied_in is None or not each.proposal.text:
        return each.anchor
    quote = each.anchor.quote
    return replace(each.anchor, quote=Quote(each.proposal.text, quote.prefix, quote.suffix))


def _beside(each: Amendment, at: Anchored, found: Sequence[Paragraph]) -> Placed:
    paragraph = paragraph_at(found, at.anchor.start) if isinstance(at.anchor, TextAnchor) else None
    base = each.anchor.quote.exact
    words, spaced = (paragraph.text, paragraph.spaced) if paragraph else (base, True)
    proposal, overtaken = each.proposal, False
    if each.applied_in is not None and proposal.kind is not Kind.DELETE:
        runs: tuple[Run, ...] = (Run(RunKind.SAME, proposal.text, proposal.text),)
    elif proposal.kind is Kind.INSERT_AFTER:
        before = f"{words}\n"
        runs = (Run(RunKind.SAME, before, before), *tracked("", proposal.text))
    elif proposal.kind is Kind.DELETE:
        runs = tracked(words, "", spaced=spaced)
    else:
        text = proposal.text
        if at.fit is not Fit.MADE:
            text, overtaken = _rebased(base, text, words, spaced=spaced)
        runs = tracked(words, text, spaced=spaced)
    return Placed(each, paragraph, at.fit, runs, overtaken=overtaken)


def _rebased(base: str, proposed: str, now: str, *, spaced: bool) -> tuple[str, bool]:
    """Return a text proposed for ``base`` as it is for ``now``, with what changed meanwhile.

    If both touch the same words, the text stays as it was proposed, and ``True`` comes with it.
    """
    theirs = edits(tracked(base, now, spaced=spaced))
    ours = edits(tracked(base, proposed, spaced=spaced))
    if collide(theirs, ours):
        return proposed, theirs != ours
    return with_edits(base, [*theirs, *ours]).rstrip(), False


def with_edits(text: str, made: Sequence[Edit]) -> str:
    """Return ``text`` with edits in it that do not collide."""
    for start, end, new in sorted(made, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def edits(runs: Sequence[Run]) -> list[Edit]:
    """Return tracked changes as replacements of characters of the old text, in order."""
    found: list[Edit] = []
    at = 0
    changing = False
    for run in runs:
        if run.kind is RunKind.SAME:
            changing = False
        elif changing:
            start, end, text = found.pop()
            found.append((start, end + len(run.old), text + run.new))
        else:
            found.append((at, at + len(run.old), run.new))
            changing = True
        at += len(run.old)
    return found


def collide(first: Sequence[Edit], second: Sequence[Edit]) -> bool:
    """Return whether two sets of edits touch the same characters, or insert at one point."""
    return any(
        (start < other_end and other < end)
        or (start, end) == (other, other_end)
        or (start == end and other < start < other_end)
        or (other == other_end and start < other < end)
        for start, end, _ in first
        for other, other_end, _ in second
    )


def _collisions(beside: Sequence[Placed]) -> Mapping[int, set[int]]:
    numbers: dict[int, set[int]] = {}
    live = [
        each
        for each in beside
        if each.paragraph
        and each.amendment.state in _LIVE
        and each.amendment.applied_in is None
        and each.amendment.proposal.kind is not Kind.INSERT_AFTER
    ]
    for first, second in combinations(live, 2):
        if first.paragraph == second.paragraph and collide(edits(first.runs), edits(second.runs)):
            one, other = first.amendment.number, second.amendment.number
            numbers.setdefault(one, set()).add(other)
            numbers.setdefault(other, set()).add(one)
    return numbers
