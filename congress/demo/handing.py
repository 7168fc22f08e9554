"""Papers that leave the house: a pack for one delegate, the public book, and who read what."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator

from congress.app import OpenCongress
from congress.demo.entering import line, opened, sign_in, sign_out
from congress.demo.paperwork import closed_papers, draft_resolution
from congress.demo.walker import Walker
from congress.docs.packs.container import read_manifest
from congress.docs.packs.model import Slip
from congress.kernel import codes
from congress.kernel.errors import BugError
from congress.kernel.ids import PaperId
from congress.kernel.settings import LANGUAGES
from congress.ui.pages.access import AccessPage
from congress.ui.pages.open_pack import OpenPackPage
from congress.ui.pages.pack_home import PackHomePage
from congress.ui.pages.packs import PacksPage
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.worksheet import WorkSheet

RECIPIENTS = {"en": "V01", "vi": "V01", "ur": "P01"}
"""Badge number of the delegate who is given a pack, by the language of the day."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What must not be in a pack.

    Attributes:
        papers: The restricted and secret papers.
        lines: For each of them a line of its text.
    """

    papers: frozenset[PaperId]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """A pack that was made.

    Attributes:
        file: Where it lies.
        slip: What is handed over with it.
        closed: What must not be in it.
        book: Files of the public book.
    """

    file: Path
    slip: Slip
    closed: Closed
    book: int


def hand_out(walker: Walker, congress: OpenCongress, lang: str, folder: Path) -> Handed:
    """Make a pack for one delegate, and the public book, both into ``folder``."""
    page = walker.page(PacksPage)
    page.make.set_place(folder)
    walker.type(page.make.filter, RECIPIENTS[lang], enter=False)
    _tick(page.make.recipients)
    walker.picture("packs")
    made: list[Sequence[Slip]] = []
    walker.click(page.go_button)
    sheet = _sheet(page.sheet)
    sheet.finished_well.connect(made.append)
    walker.until(lambda: made, "the pack")
    walker.picture("packs-made")
    walker.press(page.views, walker.window.context.tr("packs.copies"))
    walker.picture("packs-copies")
    book = _write_book(walker, page, folder)
    ((slip,),) = made
    slips = walker.done(lambda _: congress.handout.packs.slips(lang, [slip]))
    (folder / f"slips.{lang}.pdf").write_bytes(slips)
    return Handed(folder / slip.file, slip, _closed(congress), book)


def _tick(tree: QTreeWidget) -> None:
    """Click on the only line that is left in sight."""
    every = QTreeWidgetItemIterator(tree)
    while (each := every.value()) is not None:
        if each.parent() is not None and not each.isHidden():
            _click(tree, each)
            return
        every += 1
    raise BugError("nobody is on the list")


def _click(tree: QTreeWidget, item: QTreeWidgetItem) -> None:
    tree.scrollToItem(item)
    where = tree.visualRect(tree.indexFromItem(item, 1)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=where)


def _sheet(sheet: WorkSheet | None) -> WorkSheet:
    if sheet is None:
        raise BugError("the work did not begin")
    return sheet


def _write_book(walker: Walker, page: PacksPage, folder: Path) -> int:
    """Write the public book in three languages; return how many files it is."""
    tr = walker.window.context.tr
    walker.press(page.views, tr("packs.book"))
    for lang in LANGUAGES:
        if lang != tr.lang:
            QTest.keyClick(page.book.languages[lang], Qt.Key.Key_Space)
    walker.picture("public-book")
    written: list[Sequence[Path]] = []
    page.book.write(folder)
    sheet = _sheet(page.book.sheet)
    sheet.finished_well.connect(written.append)
    walker.until(lambda: written, "the public book")
    walker.click(sheet.close_button)
    return len(written[0])


def _closed(congress: OpenCongress) -> Closed:
    papers = closed_papers(congress)
    texts = [congress.library.pages(each.id)[0].text for each in papers]
    lines = tuple(max(text.splitlines(), key=len) for text in texts)
    return Closed(frozenset(each.id for each in papers), lines)


def open_pack(walker: Walker, handed: Handed, lang: str) -> dict[str, int]:
    """Open the pack from its file, as who was given it, and read in it.

    Returns:
        How many papers and sealed files are in it, and how many restricted or secret papers
        are there although they must not be.
    """
    sign_out(walker).open_pack(handed.file)
    door = walker.current(OpenPackPage)
    walker.type(line(door.code.editor), handed.slip.secret, enter=False)
    walker.picture("pack-door")
    walker.click(door.button)
    walker.until(lambda: walker.window.shell.path == PackHomePage.key, "the pack to open")
    walker.picture("pack-home")
    congress = opened(walker)
    walker.page(ReaderPage, draft_resolution(congress, lang).id)
    walker.rest(0.6)
    walker.picture("pack-reader")
    sealed = [each for each in read_manifest(handed.file).parts if each.name.startswith("blobs/")]
    papers = congress.library.papers()
    return {
        "papers": len(papers),
        "sealed_files": len(sealed),
        "secret_or_restricted": _leaked(congress, handed.closed),
    }


def _leaked(congress: OpenCongress, closed: Closed) -> int:
    library = congress.library
    ids = {paper.id for paper in library.papers()}
    text = "\n".join(page.text for each in ids for page in library.pages(each))
    found = (ids & closed.papers) | {paper.id for paper in closed_papers(congress)}
    return len(found) + sum(words in text for words in closed.lines)


def see_readers(walker: Walker, vault: Path, handed: Handed) -> dict[str, object]:
    """See who read what, and find whose a watermark is; return what the log says of itself."""
    sign_in(walker, vault, "secretariat")
    tr = walker.window.context.tr
    page = walker.page(AccessPage)
    walker.picture("readers")
    walker.press(page.views, tr("access.grid"))
    walker.picture("readers-grid")
    walker.press(page.views, tr("access.trace"))
    walker.type(page.code.editor, codes.grouped(handed.slip.code))
    walker.until(page.found.count, "the copy")
    walker.picture("readers-trace")
    report = opened(walker).handout.access.report()
    return {
        "entries": sum(chain.entries for chain in report.chains.values()),
        "sound": report.sound,
    }
