"""The service that makes a book of the public papers, as EPUB or PDF."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from congress.docs.agenda import Agenda, by_item
from congress.docs.pdfmerge import merged, page_counts
from congress.i18n.translator import Translator
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Right
from congress.secretariat.blocks import Facts, ListedItem, ListedPaper, Listing, NewPage, Note
from congress.secretariat.folder import write_all
from congress.secretariat.model import Cover
from congress.secretariat.portfolio import pictures, xhtml
from congress.secretariat.portfolio.epub import Book, Entry, epub_bytes
from congress.secretariat.portfolio.model import Form, PublicPaper, PublicShelf
from congress.secretariat.portfolio.prose import blocks_of
from congress.secretariat.typeset import Paper, typeset


class BookForm(StrEnum):
    """In what form the book is written."""

    EPUB = "epub"
    PDF = "pdf"


class Portfolio:
    """Makes books of public papers in the name of the member who is signed in."""

    def __init__(
        self,
        shelf: PublicShelf,
        cover: Callable[[], Cover],
        actor: Actor,
        agenda: Callable[[], Agenda] = Agenda,
    ) -> None:
        """Take the public shelf.

        Args:
            shelf: The public papers, and nothing else of the vault.
            cover: Returns the head of every paper, dated now.
            actor: The signed-in member.
            agenda: Returns the order of the items that papers belong to.
        """
        self._agenda = agenda
        self._shelf = shelf
        self._cover = cover
        self._actor = actor

    def papers(self) -> Sequence[PublicPaper]:
        """Return the papers that can be in the book, in the order of the agenda.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.EXPORT)
        return self._shelf.papers(self._agenda())

    def write(
        self,
        folder: Path,
        *languages: str,
        forms: Collection[BookForm] = tuple(BookForm),
        chosen: Collection[PaperId] | None = None,
        progress: Progress | None = None,
    ) -> tuple[Path, ...]:
        """Write the book into ``folder``: every file of it, or nothing.

        Args:
            folder: A new folder, or one that holds no file of the same names.
            *languages: ``en``, ``vi``, ``ur``: of the cover and the contents; each gets its
                own file. The papers stay in theirs.
            forms: EPUB, PDF or both.
            chosen: The papers; all public ones by default. Others that are not public are not
                found, whatever is asked for.
            progress: Told of each paper, and asked between two whether to stop.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``portfolio.empty`` has no papers; ``export.not_a_folder`` or
                ``export.would_overwrite``; ``docs.pdf_damaged``.
            EnvironmentFault: ``export.disk_full`` or ``export.cannot_write``.
            Cancelled: The person cancelled; nothing was written.
        """
        progress = progress or Silent()
        papers = [each for each in self.papers() if chosen is None or each.id in chosen]
        if not papers:
            raise InputError("portfolio.empty")

        def files() -> Iterator[tuple[str, bytes]]:
            for lang in languages:
                for form in BookForm:
                    if form in forms:
                        yield f"papers.{lang}.{form}", self._made(lang, form, papers, progress)

        written = write_all(folder, files())
        for form in forms:
            self._shelf.log(len(papers), form.value)
        return written

    def _made(
        self, lang: str, form: BookForm, papers: Sequence[PublicPaper], progress: Progress
    ) -> bytes:
        make = self._epub if form is BookForm.EPUB else self._pdf
        return make(Translator(lang), papers, progress)

    # EPUB

    def _epub(self, tr: Translator, papers: Sequence[PublicPaper], progress: Progress) -> bytes:
        cover = self._cover()
        entries: dict[PaperId, Entry] = {}
        for done, paper in enumerate(papers):
            progress.report(done, len(papers), paper.title)
            entries[paper.id] = Entry(
                _line(paper), paper.language, self._chapter(tr, paper, progress)
            )
        progress.report(len(papers), len(papers))
        return epub_bytes(
            Book(
                identifier=hashlib.sha256(f"{cover.name}/{tr.lang}".encode()).hexdigest()[:32],
                title=tr("portfolio.title"),
                subtitle=_joined(cover.days(tr), cover.place),
                language=tr.lang,
                contents=tr("portfolio.contents"),
                cover=tr("portfolio.cover"),
                author=cover.name,
                issued=cover.issued,
                sections=[
                    (item, [entries[paper.id] for paper in held]) for item, held in by_item(papers)
                ],
            )
        )

    def _chapter(self, tr: Translator, paper: PublicPaper, progress: Progress) -> xhtml.Chapter:
        head = xhtml.element("header")
        head.append(xhtml.element("h1", paper.title))
        head.append(xhtml.element("p", _about(Translator(paper.language), paper), class_="about"))
        shown: Iterator[xhtml.Picture]
        if paper.form is Form.PICTURE:
            shown = pictures.pages_of_picture(self._shelf.content(paper))
        elif paper.form is Form.FIXED and not (paper.searchable and self._shelf.spaced(paper)):
            shown = pictures.pages_of_pdf(self._shelf.content(paper), progress)
        else:
            return xhtml.chapter(paper.title, paper.language, head, self._shelf.html(paper))
        pages = [
            (each, tr("portfolio.page", page=number)) for number, each in enumerate(shown, start=1)
        ]
        return xhtml.pictured(paper.title, paper.language, head, pages)

    # PDF

    def _pdf(self, tr: Translator, papers: Sequence[PublicPaper], progress: Progress) -> bytes:
        cover = self._cover()
        pieces = []
        for done, paper in enumerate(papers):
            progress.report(done, len(papers), paper.title)
            pieces.append(self._piece(paper, cover))
        counts = page_counts(pieces)
        # As many pages as the contents themselves take come before the first paper, and a
        # page number more or less never changes that twice.
        front_pages = 0
        for _ in range(4):
            front = self._front(tr, cover, papers, counts, front_pages)
            if (found := page_counts([front])[0]) == front_pages:
                break
            front_pages = found
        return merged([front, *pieces], progress)

    def _piece(self, paper: PublicPaper, cover: Cover) -> bytes:
        if paper.form is Form.FIXED:
            return self._shelf.content(paper)
        if paper.form is Form.PICTURE:
            return pictures.pdf_of_picture(self._shelf.content(paper))
        tr = Translator(paper.language)
        return typeset(
            tr,
            Paper(
                title=paper.title,
                subtitle=_about(tr, paper),
                letterhead=cover.letterhead(tr),
                issued=paper.dated or cover.issued.date(),
                blocks=blocks_of(self._shelf.html(paper), paper.title, tr("portfolio.picture")),
            ),
        )

    def _front(
        self,
        tr: Translator,
        cover: Cover,
        papers: Sequence[PublicPaper],
        counts: Sequence[int],
        front_pages: int,
    ) -> bytes:
        begins: dict[PaperId, int] = {}
        page = front_pages + 1
        for paper, count in zip(papers, counts, strict=True):
            begins[paper.id] = page
            page += count
        facts = [
            (tr("portfolio.days"), cover.days(tr)),
            (tr("portfolio.place"), tr.isolated(cover.place)),
            (tr("portfolio.papers"), tr.number(len(papers))),
            (tr("portfolio.pages"), tr.number(page - 1)),
        ]
        items = tuple(
            ListedItem(
                tr.isolated(item) if item else tr("portfolio.no_item"),
                tuple(
                    ListedPaper(
                        tr.isolated(paper.number),
                        tr.isolated(paper.title),
                        _about(tr, paper, number=False),
                        str(begins[paper.id]),
                    )
                    for paper in held
                ),
            )
            for item, held in by_item(papers)
        )
        return typeset(
            tr,
            Paper(
                title=tr("portfolio.title"),
                subtitle=tr("portfolio.subtitle"),
                letterhead=cover.letterhead(tr),
                issued=cover.issued.date(),
                cover=True,
                blocks=(
                    Facts(tuple((label, value) for label, value in facts if value)),
                    Note(tr("portfolio.note")),
                    NewPage(),
                    Listing(items),
                ),
            ),
        )


def _line(paper: PublicPaper) -> str:
    return f"{paper.number}. {paper.title}" if paper.number else paper.title


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _about(tr: Translator, paper: PublicPaper, *, number: bool = True) -> str:
    """Return a line about a paper: its number, date, version and language."""
    return tr.joined(
        tr("portfolio.number", number=paper.number) if number and paper.number else "",
        tr.date(paper.dated) if paper.dated else "",
        tr("portfolio.version", number=paper.version) if paper.version > 1 else "",
        tr(f"language.{paper.language}"),
    )
