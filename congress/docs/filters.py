"""Which papers a list or a search is about. Pure."""

from dataclasses import dataclass
from datetime import date

from congress.docs.model import Paper, PaperType
from congress.kernel.ids import PaperId
from congress.kernel.roles import Shelf


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Keeps some papers. Every condition that is set must hold; an empty one keeps all.

    Attributes:
        languages: Keeps papers in one of these languages.
        shelves: Keeps papers of one of these clearances and groups.
        types: Keeps papers of one of these types.
        agendas: Keeps papers of one of these items of the agenda, as written; ``""`` stands
            for papers of no item.
        since: Keeps papers of this day or later: see ``day_of``.
        until: Keeps papers of this day or earlier.
        only: Keeps these papers alone, for instance those with the reader's notes.
        without: Leaves these papers out, for instance those that were read.
    """

    languages: frozenset[str] = frozenset()
    shelves: frozenset[Shelf] = frozenset()
    types: frozenset[PaperType] = frozenset()
    agendas: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    only: frozenset[PaperId] | None = None
    without: frozenset[PaperId] = frozenset()

    def takes(self, shelf: Shelf) -> bool:
        """Return whether any paper of a shelf may be kept."""
        return not self.shelves or shelf in self.shelves

    def keeps(self, paper: Paper) -> bool:
        """Return whether ``paper`` is kept."""
        day = day_of(paper)
        return (
            self.takes(paper.shelf)
            and (not self.languages or paper.language in self.languages)
            and (not self.types or paper.type in self.types)
            and (not self.agendas or paper.agenda in self.agendas)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (self.only is None or paper.id in self.only)
            and paper.id not in self.without
        )

    @property
    def within_shelves(self) -> bool:
        """Whether it may leave out some papers of a shelf that it takes."""
        return bool(
            self.languages
            or self.types
            or self.agendas
            or self.since
            or self.until
            or self.only is not None
            or self.without
        )


EVERYTHING = SearchFilter()
"""Keeps every paper."""


def day_of(paper: Paper) -> date:
    """Return the date a paper bears, or else the day (UTC) its current version came in."""
    return paper.dated or paper.imported_at.date()
