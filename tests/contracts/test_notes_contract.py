"""Notes on SQLCipher and on PostgreSQL alike: kept, changed, shared, taken back."""

from congress.docs.notes.model import Draft, Fit, NoteColour, NoteKind, Spot, Stroke
from congress.docs.notes.service import Notes
from congress.kernel.roles import Clearance, Shelf
from congress.storage.audit import verify_audit
from congress.storage.model import Group
from tests.contracts.conftest import MakeDatabase
from tests.helpers.notes import NORTH, PAPER, FakePapers, on_words, version
from tests.helpers.vaults import actor, manual_clock

TEXT = ("Đại hội bầu Ban Chấp hành gồm mười lăm đồng chí.", "مندوبین کی دو تہائی تعداد کورم ہے۔")


def test_notes_are_kept_placed_and_shared(make_database: MakeDatabase) -> None:
    own, group = make_database("own"), make_database("papers")
    papers = FakePapers()
    papers.put(PAPER, *TEXT)
    files = {Shelf(Clearance.RESTRICTED, NORTH): group}
    groups = [Group(NORTH, "North", ())]
    notes = Notes(own, files, papers, lambda: groups, actor(), manual_clock())
    words = notes.add(PAPER, version(1), on_words(TEXT, "دو تہائی", NoteKind.NOTE))
    line = Stroke(NoteColour.ROSE, 2.5, ((1.25, 2.5), (3.75, 40.0)))
    ink = Draft(NoteKind.INK, Spot(1, 0), Spot(1, 0), NoteColour.ROSE, strokes=(line,))
    drawn = notes.add(PAPER, version(1), ink)
    assert [each.note for each in notes.on(PAPER, version(1))] == [drawn, words]
    papers.put(PAPER, "Mở đầu.", *TEXT)
    assert [(each.page, each.at.fit) for each in notes.on(PAPER, version(2))] == [
        (2, Fit.QUOTE),
        (3, Fit.QUOTE),
    ]
    shared = notes.share(words.id, NORTH)
    assert notes.on(PAPER, version(1))[1].note == shared
    removed = notes.remove(words.id)
    assert [each.note for each in notes.on(PAPER, version(2))] == [drawn]
    notes.put_back(removed)
    assert notes.on(PAPER, version(1))[1].note.group == NORTH
    notes.withdraw(words.id)
    assert all(each.note.group is None for each in notes.on(PAPER, version(2)))
    assert verify_audit(own) is None
    assert verify_audit(group) is None
