"""Places many notes in one version of a paper, from the versions in which they have a place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from congress.docs.model import PageText, Paper, Version
from congress.docs.notes.anchoring import place_again
from congress.docs.notes.folded import FoldedPages
from congress.docs.notes.model import BY_READER, NOWHERE, Anchor, Anchored, Fit, Note
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, VersionId


class ReadablePapers(Protocol):
    """The papers that a member may read: the library."""

    def paper(self, paper_id: PaperId) -> Paper:
        """Return a paper, or raise ``InputError``."""
        ...

    def papers(self) -> Sequence[Paper]:
        """Return all papers."""
        ...

    def versions(self, paper_id: PaperId) -> Sequence[Version]:
        """Return all versions of a paper, the newest first."""
        ...

    def pages(self, paper_id: PaperId, version: VersionId | None = None) -> Sequence[PageText]:
        """Return the text of each page of a version."""
        ...


class Texts:
    """The texts of the versions of one paper, each read and folded once, when it is needed."""

    def __init__(self, library: ReadablePapers, paper_id: PaperId) -> None:
        """Read from ``library``."""
        self._library, self._paper_id = library, paper_id
        self._folded: dict[VersionId, FoldedPages | None] = {}

    def pages(self, version_id: VersionId) -> tuple[str, ...]:
        """Return the text of each page of a version.

        Raises:
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
        """
        return tuple(page.text for page in self._library.pages(self._paper_id, version_id))

    def folded(self, version_id: VersionId) -> FoldedPages | None:
        """Return a version folded, or ``None`` if there is no such version any more."""
        if version_id not in self._folded:
            try:
                self._folded[version_id] = FoldedPages(self.pages(version_id))
            except InputError:
                self._folded[version_id] = None
        return self._folded[version_id]


def place_in(
    version_id: VersionId,
    known: Mapping[Note, Mapping[VersionId, Anchored]],
    order: Sequence[VersionId],
    texts: Texts,
) -> dict[Note, Anchored]:
    """Return where each note stands in a version.

    A place that is known stays. Otherwise the place in the nearest version where there is one
    leads the way, then that where the reader made the note.

    Args:
        version_id: The version.
        known: For each note its places in other versions (and this one), as far as known; that
            where it was made needs not be among them.
        order: All versions of the paper, the oldest first.
        texts: Their texts.
    """
    found: dict[Note, Anchored] = {}
    rounds: list[dict[VersionId, list[tuple[Note, Anchor]]]] = []
    for note, places in known.items():
        places = {**places, note.version_id: Anchored(note.made, Fit.MADE)}
        if version_id in places:
            found[note] = places[version_id]
            continue
        for turn, (source, anchor) in enumerate(_sources(note, places, version_id, order)):
            if turn == len(rounds):
                rounds.append(defaultdict(list))
            rounds[turn][source].append((note, anchor))
    for sources in rounds:
        for source, waiting in sources.items():
            still = [(note, anchor) for note, anchor in waiting if not _placed(found, note)]
            _place_from(source, still, version_id, texts, found)
    return {note: found.get(note, NOWHERE) for note in known}


def _placed(found: Mapping[Note, Anchored], note: Note) -> bool:
    return note in found and found[note].fit is not Fit.UNPLACED


def _sources(
    note: Note, places: Mapping[VersionId, Anchored], goal: VersionId, order: Sequence[VersionId]
) -> Iterator[tuple[VersionId, Anchor]]:
    """Give the place to start from, and a second one to try."""
    at = {version: number for number, version in enumerate(order)}
    far = len(order)

    def away(version: VersionId) -> tuple[int, bool]:
        distance = abs(at.get(version, far) - at.get(goal, far))
        return distance, places[version].fit not in BY_READER

    standing = [version for version, place in places.items() if place.anchor is not None]
    nearest = min(standing, key=away)
    for version in dict.fromkeys((nearest, note.version_id)):
        if (anchor := places[version].anchor) is not None:
            yield version, anchor


def _place_from(
    source: VersionId,
    waiting: Sequence[tuple[Note, Anchor]],
    goal: VersionId,
    texts: Texts,
    found: dict[Note, Anchored],
) -> None:
    new = texts.folded(goal)
    if not waiting or new is None:
        return
    placed = place_again([anchor for _, anchor in waiting], new, texts.folded(source))
    for (note, _), at in zip(waiting, placed, strict=True):
        if at.fit is not Fit.UNPLACED or note not in found:
            found[note] = at
