"""Gathers the notes that a member takes out as a file of their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from congress.docs.model import Paper
from congress.docs.notes.model import Placed
from congress.docs.notes.placing import ReadablePapers
from congress.docs.notes.service import Notes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PaperId


class CopyLog(ReadablePapers, Protocol):
    """Papers that are asked before words of them are taken out: the library."""

    def log_copy(self, paper_id: PaperId, pages: Collection[int]) -> None:
        """Log that words of these pages are copied, or raise ``RefusedError``."""
        ...


@dataclass(frozen=True, slots=True)
class PaperNotes:
    """The notes on one paper.

    Attributes:
        paper: The paper.
        notes: The notes as they stand in its current version, in the order of reading.
    """

    paper: Paper
    notes: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Notes that may be taken out.

    Attributes:
        papers: The papers with notes, by title.
        kept_back: How many papers with notes may not be copied from, or not be read any more;
            their notes quote them and stay.
    """

    papers: tuple[PaperNotes, ...]
    kept_back: int = 0

    @property
    def count(self) -> int:
        """How many notes there are."""
        return sum(len(each.notes) for each in self.papers)


def gather(notes: Notes, library: CopyLog, paper_id: PaperId | None = None) -> Gathered:
    """Return the notes on one paper, or on all, and log that their words are taken out.

    Args:
        notes: The member's notes.
        library: Asked, paper by paper, whether words of it may be copied.
        paper_id: The paper; ``None`` for all.

    Raises:
        RefusedError: ``policy.no_copying`` if the one paper may not be copied from.
        InputError: ``docs.unknown_paper``.
        EnvironmentFault: ``disk.full`` or ``disk.failed``.
    """
    if paper_id is not None:
        paper = library.paper(paper_id)
        return Gathered((_taken(notes, library, paper),))
    listed = notes.everywhere()
    wanted = {each.paper.id: each.paper for each in listed if each.paper is not None}
    lost = {each.note.paper_id for each in listed if each.paper is None}
    taken: list[PaperNotes] = []
    for paper in sorted(wanted.values(), key=lambda each: (each.title, each.id)):
        try:
            taken.append(_taken(notes, library, paper))
        except (RefusedError, InputError):
            lost.add(paper.id)
    return Gathered(tuple(taken), len(lost))


def _taken(notes: Notes, library: CopyLog, paper: Paper) -> PaperNotes:
    placed = notes.on(paper.id, paper.version_id)
    library.log_copy(paper.id, _pages(placed))
    return PaperNotes(paper, tuple(placed))


def _pages(placed: Sequence[Placed]) -> frozenset[int]:
    return frozenset(each.page for each in placed if each.page)
