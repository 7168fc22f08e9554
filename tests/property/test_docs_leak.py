"""Nothing of a restricted or secret paper is ever found where it must not be.

Papers with planted words come in, get versions, move up and down, are described, noted, packed,
published and removed, in any order. After every step each word of a closed paper is looked for in
all that others can open: every page of the lower files and of the congress file as they are under
their keys, free pages and logs included; packs; books; exports; events; and what a delegate, an
organiser and the projector get from every service.
"""

import hashlib
import io
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from congress.app import OpenCongress, create_congress, open_congress
from congress.docs.extraction import InProcess
from congress.docs.model import Details
from congress.docs.notes.model import Draft, NoteKind, Spot
from congress.docs.packs.model import SIGN_IN_NAME, Deliverable
from congress.docs.packs.opening import install
from congress.docs.pdfium import Pdf
from congress.docs.presenting import Audience, Presentable
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.events import Event
from congress.kernel.ids import GroupId, PaperId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.secretariat.exports import Format
from congress.secretariat.handout import Handout, handout
from congress.secretariat.portfolio.book import BookForm
from congress.secretariat.portfolio.model import PublicPaper
from congress.storage import header, keys
from congress.storage.audit import entries
from congress.storage.keys import KeyRing
from tests.helpers.papers import docx, paragraph, pdf
from tests.helpers.rawpages import raw_pages
from tests.helpers.vaults import CHEAP, PASSPHRASE, manual_clock

OPEN = (Clearance.PUBLIC, Clearance.DELEGATES)
OTHERS = {
    "lan": Role.DELEGATE,
    "omar": Role.ORGANISER,
    "screen": Role.PROJECTOR,
    "chair": Role.COMMITTEE,
    "ayesha": Role.DELEGATE,
}
IN_GROUP = "ayesha"
FORMS = ("pdf", "docx", "html", "txt")


@dataclass
class Planted:
    """A paper, where it lies, and every word that only it holds."""

    paper: PaperId
    shelf: Shelf
    words: set[str] = field(default_factory=set)


class LeakMachine(RuleBasedStateMachine):
    """Does everything with papers, and looks for their words where they must not be."""

    papers = Bundle("papers")

    @initialize()
    def begin(self) -> None:
        memory = Path("/dev/shm")
        self.folder = Path(
            tempfile.mkdtemp(prefix="leak-", dir=memory if memory.is_dir() else None)
        )
        self.clock = manual_clock()
        self.count = 0
        self.congress = create_congress(
            self.folder / "vault",
            Settings("Kestrel hall"),
            PASSPHRASE,
            clock=self.clock,
            kdf=CHEAP,
            extractor=InProcess(),
        )
        self.ring: KeyRing = self.congress.vault._keys
        self.events: list[Event] = []
        self.congress.bus.subscribe(self.events.append)
        members = {
            name: self.congress.vault.add_member(name, role, PASSPHRASE)
            for name, role in OTHERS.items()
        }
        self.group_word = self.word()
        group = self.congress.groups.add(self.group_word, [members[IN_GROUP].id])
        self.group: GroupId = group.id
        self.planted: list[Planted] = []
        self.gone: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "congress"):
            self.congress.close()
            shutil.rmtree(self.folder)

    # What is planted

    def word(self) -> str:
        """Return a word nobody wrote before: of letters, its first ones never alike."""
        self.count += 1
        digest = hashlib.sha256(f"leak {self.count}".encode()).digest()
        return "".join(chr(ord("a") + byte % 26) for byte in digest[:16])

    def handout(self) -> Handout:
        congress = self.congress
        return handout(
            congress.vault,
            congress.library,
            congress.people,
            congress.programme,
            self.clock,
            kdf=CHEAP,
        )

    def file(self, form: str, words: list[str]) -> Path:
        path = self.folder / f"{words[0]}.{form}"
        _, title, first, second = words
        match form:
            case "pdf":
                data = pdf(f"Page {first} here", f"And {second} there", title=title)
            case "docx":
                data = docx(paragraph(title, "Heading1"), paragraph(f"{first} and {second}"))
            case "html":
                data = f"<h1>{title}</h1><p>{first} <b>{second}</b></p>".encode()
            case _:
                data = f"{title}\n\n{first} and\n{second}\n".encode()
        path.write_bytes(data)
        return path

    def closed(self, *, group: bool) -> set[bytes]:
        """Return all words that must not be found by those outside, or by the group."""
        words = set(self.gone) | (set() if group else {self.group_word})
        for each in self.planted:
            mine = group and each.shelf.group == self.group
            if each.shelf.clearance not in OPEN and not mine:
                words |= each.words
        # Indexes leave out letters that a word shares with the one before it.
        return {word[3:].encode() for word in words}

    def must_not_hold(self, data: bytes, what: str, *, group: bool = False) -> None:
        low = data.lower()
        for word in self.closed(group=group):
            assert word not in low, f"{what} holds a word of a closed paper"

    # What is done

    @rule(
        target=papers,
        place=st.sampled_from([*Clearance, None]),
        form=st.sampled_from(FORMS),
    )
    def bring_in(self, place: Clearance | None, form: str) -> Planted:
        words = [self.word() for _ in range(4)]
        title, agenda, number = self.word(), self.word(), self.word()
        shelf = Shelf(Clearance.RESTRICTED, self.group) if place is None else Shelf(place)
        paper = self.congress.library.import_file(
            self.file(form, words),
            title=title,
            agenda=agenda,
            number=number[:12],
            clearance=shelf.clearance,
            group=shelf.group,
        )
        planted = Planted(paper.id, shelf, {*words, title, agenda, number[:12]})
        self.planted.append(planted)
        return planted

    @rule(known=papers, form=st.sampled_from(FORMS))
    def bring_in_a_version(self, known: Planted, form: str) -> None:
        words = [self.word() for _ in range(4)]
        note = self.word()
        known.words |= {*words, note}
        self.congress.library.import_version(known.paper, self.file(form, words), note=note)

    @rule(known=papers, place=st.sampled_from([*Clearance, None]))
    def move(self, known: Planted, place: Clearance | None) -> None:
        shelf = Shelf(Clearance.RESTRICTED, self.group) if place is None else Shelf(place)
        self.congress.library.change_clearance(known.paper, shelf.clearance, shelf.group)
        known.shelf = shelf

    @rule(known=papers)
    def describe(self, known: Planted) -> None:
        title, agenda = self.word(), self.word()
        known.words |= {title, agenda}
        paper = self.congress.library.paper(known.paper)
        details = replace(paper.details, title=title, agenda=agenda)
        assert isinstance(details, Details)
        self.congress.library.describe(known.paper, details)

    @rule(known=consumes(papers))
    def remove(self, known: Planted) -> None:
        self.congress.library.remove(known.paper)
        self.planted.remove(known)
        if known.shelf.clearance not in OPEN:
            self.gone |= known.words

    @rule(known=papers, share=st.booleans())
    def note(self, known: Planted, share: bool) -> None:
        body = self.word()
        known.words.add(body)
        library, notes = self.congress.library, self.congress.notes
        paper = library.paper(known.paper)
        end = len(library.pages(known.paper)[0].text)
        draft = Draft(NoteKind.NOTE, Spot(1, 0), Spot(1, min(8, end)), body=body)
        made = notes.add(known.paper, paper.version_id, draft)
        if share and any(group.id == self.group for group in notes.audience(known.paper)):
            notes.share(made.id, self.group)

    @rule(known=papers)
    def read(self, known: Planted) -> None:
        library = self.congress.library
        with library.open(known.paper) as reader:
            reader.read()
        paper = library.paper(known.paper)
        self.handout().access.read(paper.id, paper.version_id, {1})
        self.congress.library.search(paper.title)
        self.handout().access.report()

    # What gets out

    @rule()
    def pack(self) -> None:
        packs = self.handout().packs
        until = (self.clock.now() + timedelta(days=9)).date()
        for known in self.planted:
            if known.shelf.clearance not in OPEN:
                with pytest.raises(RefusedError):
                    packs.make(self.folder / "out", [packs.delegation("D")], [known.paper], until)
        papers = [paper.paper_id for paper in packs.papers()]
        assert set(papers) == {
            known.paper for known in self.planted if known.shelf.clearance in OPEN
        }
        if not papers:
            with pytest.raises(InputError):
                packs.make(self.folder / "out", [packs.delegation("D")], [], until)
            return
        out = self.folder / "out"
        slips = packs.make(out, [packs.delegation(self.word())], papers, until)
        self.must_not_hold(repr(slips).encode(), "a slip")
        self.look_into_pack(out / slips[0].file, slips[0].secret)
        shutil.rmtree(out)

    def look_into_pack(self, path: Path, secret: str) -> None:
        self.must_not_hold(path.read_bytes(), "a sealed pack")
        inside = install(path, self.folder / "home", secret, self.clock)
        sealed = header.read(inside)
        ring = keys.open_slot(sealed, keys.slot_key(sealed, SIGN_IN_NAME, secret)).ring
        self.look_at_files(inside, ring, "a pack")
        shutil.rmtree(inside)

    @rule(form=st.sampled_from(BookForm))
    def publish(self, form: BookForm) -> None:
        out = self.folder / "book"
        portfolio = self.handout().portfolio
        closed = {known.paper for known in self.planted if known.shelf != Shelf(Clearance.PUBLIC)}
        shown = {each.id for each in portfolio.papers()}
        assert not shown & closed
        if not shown:
            with pytest.raises(InputError):
                portfolio.write(out, "en", forms=[form])
            return
        (path,) = portfolio.write(out, "en", forms=[form], chosen=shown | closed)
        data = path.read_bytes()
        if form is BookForm.PDF:
            with Pdf(io.BytesIO(data)) as book:
                text = "".join(book.text(page) for page in range(book.page_count))
            self.must_not_hold(text.encode(), "a book")
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as book_files:
                for name in book_files.namelist():
                    self.must_not_hold(name.encode() + book_files.read(name), "a book")
        shutil.rmtree(out)

    @rule()
    def export(self) -> None:
        out = self.folder / "exports"
        self.congress.exports.write(out, "en", formats=[Format.CSV, Format.JSON])
        for path in out.iterdir():
            self.must_not_hold(path.read_bytes(), "an export")
        shutil.rmtree(out)

    @rule(audience=st.sampled_from(Audience))
    def present(self, audience: Audience) -> None:
        for known in self.planted:
            paper = self.congress.library.paper(known.paper)
            if known.shelf.clearance in OPEN:
                continue
            with pytest.raises(RefusedError) as refused:
                Presentable.of(paper, audience)
            self.must_not_hold(repr(refused.value.params).encode(), "a refusal")
            for build in (Deliverable.of, PublicPaper.of):
                with pytest.raises(RefusedError) as refused:
                    build(paper)
                self.must_not_hold(repr(refused.value.params).encode(), "a refusal")

    # What others find

    @rule(name=st.sampled_from(sorted(OTHERS)))
    def look_as(self, name: str) -> None:
        copy = self.folder / "copy"
        shutil.copytree(self.congress.vault.path, copy)
        try:
            with open_congress(copy, PASSPHRASE, name=name, clock=self.clock) as theirs:
                self.look(theirs, group=name == IN_GROUP)
        finally:
            shutil.rmtree(copy)

    def look(self, theirs: OpenCongress, *, group: bool) -> None:
        library = theirs.library
        held = library.shelves
        mine = {known.paper for known in self.planted if known.shelf in held}
        assert {paper.id for paper in library.papers()} == mine
        assert Shelf(Clearance.SECRET) not in held
        assert Shelf(Clearance.RESTRICTED) not in held
        told: list[object] = [library.papers(), theirs.notes.everywhere(), theirs.vault.groups()]
        for known in self.planted:
            if known.paper in mine:
                continue
            for ask in (library.paper, library.cover, library.pages, library.open):
                with pytest.raises(CongressError) as refused:
                    ask(known.paper)
                told.append((refused.value.code, refused.value.params))
            for word in known.words:
                told.append(library.search(word))
        for database in (theirs.vault.congress, theirs.vault.own, *theirs.vault.papers.values()):
            with database.reading() as connection:
                told.append(list(entries(connection)))
        self.must_not_hold(repr(told).encode(), "what a member is told", group=group)
        for paper in library.papers():
            with library.open(paper.id) as reader:
                self.must_not_hold(reader.read(), "a file", group=group)
            self.must_not_hold(library.cover(paper.id), "a cover", group=group)
        with pytest.raises(RefusedError):
            theirs.handout.access.report()

    @invariant()
    def nothing_lies_where_it_must_not(self) -> None:
        if not hasattr(self, "congress"):
            return
        self.look_at_files(self.congress.vault.path, self.ring, "the vault")
        self.must_not_hold(repr(self.events).encode(), "an event")

    def look_at_files(self, folder: Path, ring: KeyRing, what: str) -> None:
        for path in folder.rglob("*"):
            self.must_not_hold(path.name.encode(), f"a name in {what}")
            if path.is_file():
                self.must_not_hold(path.read_bytes(), f"{path.name} of {what}, sealed")
        congress = raw_pages(folder / "congress.db", ring.congress_file())
        self.must_not_hold(congress, f"the congress file of {what}")
        for each in OPEN:
            data = raw_pages(folder / f"{each.value}.db", ring.papers_file(each))
            assert data.startswith(b"\x10\x00")
            self.must_not_hold(data, f"the {each.value} file of {what}")


LeakMachine.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=22,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_nothing_leaks = LeakMachine.TestCase


def test_the_search_itself_finds_what_is_planted() -> None:
    """The net catches: the words of an open paper are found by the very same looking."""
    machine = LeakMachine()
    machine.begin()
    try:
        machine.bring_in(Clearance.DELEGATES, "pdf")
        (known,) = machine.planted
        machine.nothing_lies_where_it_must_not()
        known.shelf = Shelf(Clearance.SECRET)
        for look in (machine.nothing_lies_where_it_must_not, machine.pack):
            with pytest.raises((AssertionError, pytest.fail.Exception)):
                look()
    finally:
        machine.teardown()
