"""What a portfolio is made of: public papers, and no value for any other.

The builder is given a ``PublicShelf``, which holds the one database of public papers and its key.
A ``PublicPaper`` has no clearance, because there is only one it could have.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from congress.docs.agenda import UNPLANNED, Agenda, in_order
from congress.docs.library import Library
from congress.docs.model import Paper, PaperKind, TextOrigin
from congress.kernel.clock import Clock
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PaperId
from congress.kernel.roles import Actor, Clearance, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database

PUBLIC = Shelf(Clearance.PUBLIC)


class Form(Enum):
    """How the pages of a paper come about."""

    FIXED = "fixed"
    """A PDF: its pages stand as they are."""
    PICTURE = "picture"
    """A picture or scan."""
    FLOWING = "flowing"
    """A text without pages of its own, which is set anew."""


_FORMS = {PaperKind.PDF: Form.FIXED, PaperKind.IMAGE: Form.PICTURE}


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """The current version of a public paper.

    Attributes:
        id: The paper.
        title: As shown in lists.
        language: ``en``, ``vi`` or ``ur``.
        number: Its number in the congress, or empty.
        agenda: The item of the agenda it belongs to, or empty.
        dated: The date it bears, if any.
        version: The number of its version.
        pages: Number of pages; sections of the text where there are no fixed pages.
        form: How its pages come about.
        searchable: Whether its text can be relied on.
    """

    id: PaperId
    title: str
    language: str
    number: str
    agenda: str
    dated: date | None
    version: int
    pages: int
    form: Form
    searchable: bool

    @classmethod
    def of(cls, paper: Paper) -> "PublicPaper":
        """Return a paper as it may be published.

        Raises:
            RefusedError: ``portfolio.not_public`` for any other paper. Its title is not in the
                error.
        """
        if paper.shelf != PUBLIC:
            raise RefusedError("portfolio.not_public")
        return cls(
            id=paper.id,
            title=paper.title,
            language=paper.language,
            number=paper.number,
            agenda=paper.agenda,
            dated=paper.dated,
            version=paper.version,
            pages=paper.pages,
            form=_FORMS.get(paper.kind, Form.FLOWING),
            searchable=paper.origin is not TextOrigin.NONE,
        )


class PublicShelf:
    """The public papers of one vault: all that the builders of a portfolio get of it."""

    def __init__(
        self, database: Database, blobs: BlobStore, key: bytes, actor: Actor, clock: Clock
    ) -> None:
        """Take the file of public papers.

        Args:
            database: The database ``public``, and no other.
            blobs: The sealed files; only those of public papers can be opened with ``key``.
            key: The 32 bytes that wrap the data keys of public papers.
            actor: The signed-in member.
            clock: Dates the log.
        """
        self._database, self._actor = database, actor
        self._library = Library({PUBLIC: database}, blobs, lambda _: key, actor, clock)

    @classmethod
    def of(
        cls,
        papers: Callable[[Shelf], Database],
        shelf_key: Callable[[Shelf], bytes],
        blobs: BlobStore,
        actor: Actor,
        clock: Clock,
    ) -> "PublicShelf":
        """Take the public shelf out of all that a vault opened."""
        return cls(papers(PUBLIC), blobs, shelf_key(PUBLIC), actor, clock)

    def papers(self, agenda: Agenda = UNPLANNED) -> Sequence[PublicPaper]:
        """Return all public papers, in the order of the agenda."""
        return in_order(map(PublicPaper.of, self._library.papers()), agenda)

    def html(self, paper: PublicPaper) -> str:
        """Return the text of a paper as sanitised HTML."""
        return self._library.reading_html(paper.id)

    def spaced(self, paper: PublicPaper) -> bool:
        """Return whether the words of a paper's text are reliably parted by spaces."""
        return all(page.spaced for page in self._library.pages(paper.id))

    def content(self, paper: PublicPaper) -> bytes:
        """Return a paper's file, and log that it was opened.

        Raises:
            InputError: ``docs.unknown_paper``, ``docs.blob_damaged`` or ``blob.missing``.
        """
        with self._library.open(paper.id) as reader:
            return reader.read()

    def log(self, papers: int, form: str) -> None:
        """Write into the log of the public papers that they were published."""
        with self._database.unit_of_work(self._actor) as uow:
            uow.audit("portfolio.written", form, papers=papers)
            uow.commit()
