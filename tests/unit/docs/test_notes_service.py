from dataclasses import replace
from datetime import timedelta

import pytest

from congress.docs.notes import store
from congress.docs.notes.model import (
    MOST_POINTS,
    MOST_QUOTE,
    MOST_WORDS,
    AreaAnchor,
    Draft,
    Fit,
    NoteColour,
    NoteId,
    NoteKind,
    NotesChanged,
    Placed,
    Spot,
    Stroke,
    TextAnchor,
)
from congress.docs.pdfium import Box
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId
from congress.storage.audit import verify_audit
from tests.helpers.notes import PAPER, Reader, Readers, on_words, version

RULES = (
    "Rules of order\nThe quorum is two thirds of the delegates who are entitled to vote.",
    "Motions are put in writing and are read aloud before they are debated.",
    "A vote is taken by show of hands unless a delegate asks for a secret ballot.",
)
EDITED = (
    "A preamble that was not there before.",
    RULES[0].replace("two thirds of the", "one half of all the"),
    RULES[2],
)
LINE = Stroke(NoteColour.ROSE, 2.0, ((10.0, 20.5), (30.25, 40.0)))


@pytest.fixture
def readers() -> Readers:
    made = Readers()
    made.papers.put(PAPER, *RULES)
    return made


@pytest.fixture
def lan(readers: Readers) -> Reader:
    return readers.lan


def only(reader: Reader, number: int = 1) -> Placed:
    (placed,) = reader.notes.on(PAPER, version(number))
    return placed


def test_a_highlight_is_kept_where_it_was_made(readers: Readers, lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), on_words(RULES, "two thirds"))
    placed = only(lan)
    assert placed.note == made
    assert placed.at.fit is Fit.MADE
    assert made.quote == "two thirds"
    assert made.author == "lan"
    assert made.group is None
    assert readers.events == [NotesChanged(PAPER)]
    assert verify_audit(lan.own) is None


def test_notes_come_in_the_order_of_reading(lan: Reader) -> None:
    for words in ("A vote", "Motions", "The quorum", "Rules"):
        lan.notes.add(PAPER, version(1), on_words(RULES, words))
    found = [each.note.quote for each in lan.notes.on(PAPER, version(1))]
    assert found == ["Rules", "The quorum", "Motions", "A vote"]


def test_notes_at_one_place_come_in_the_order_they_were_made(readers: Readers, lan: Reader) -> None:
    bodies = [str(number) for number in range(9)]
    for body in bodies:
        readers.clock.advance(timedelta(seconds=1))
        words = on_words(RULES, "Motions", NoteKind.NOTE)
        lan.notes.add(PAPER, version(1), replace(words, body=body))
    assert [each.note.body for each in lan.notes.on(PAPER, version(1))] == bodies


def test_what_cannot_be_a_note_is_refused(lan: Reader) -> None:
    def refused(draft: Draft, number: int = 1) -> str:
        with pytest.raises(InputError) as caught:
            lan.notes.add(PAPER, version(number), draft)
        return caught.value.code

    words = on_words(RULES, "two thirds", NoteKind.NOTE)
    place = Spot(1, 3)
    assert refused(replace(words, body=" \u200f ")) == "notes.empty"
    assert refused(replace(words, body="x" * (MOST_WORDS + 1))) == "notes.too_long"
    assert refused(Draft(NoteKind.HIGHLIGHT, place, place)) == "notes.no_words"
    assert refused(Draft(NoteKind.BOOKMARK, Spot(9, 0), Spot(9, 0))) == "notes.no_page"
    assert refused(Draft(NoteKind.INK, place, place)) == "notes.no_ink"
    much = Stroke(NoteColour.BLUE, 1, ((1.0, 1.0),) * (MOST_POINTS + 1))
    assert refused(Draft(NoteKind.INK, place, place, strokes=(much,))) == "notes.too_much_ink"
    assert refused(words, 7) == "docs.unknown_version"
    assert lan.notes.on(PAPER, version(1)) == []


def test_a_note_on_half_a_book_is_too_long(readers: Readers) -> None:
    readers.papers.put(PAPER, "word " * MOST_QUOTE)
    with pytest.raises(InputError, match="too_long"):
        readers.lan.notes.add(
            PAPER, version(2), Draft(NoteKind.HIGHLIGHT, Spot(1, 0), Spot(1, MOST_QUOTE + 9))
        )


def test_a_note_without_words_stands_at_a_place(lan: Reader) -> None:
    draft = Draft(NoteKind.NOTE, Spot(2, 0), Spot(2, 0), body="Ask why", box=Box(5, 5, 20, 20))
    made = lan.notes.add(PAPER, version(1), draft)
    assert isinstance(made.made, AreaAnchor)
    assert made.made.box == Box(5, 5, 20, 20)
    assert made.quote == RULES[1]
    assert only(lan).page == 2


def test_ink_is_kept_to_a_hundredth_of_a_point(lan: Reader) -> None:
    draft = Draft(NoteKind.INK, Spot(1, 0), Spot(1, 0), NoteColour.ROSE, strokes=(LINE,))
    made = lan.notes.add(PAPER, version(1), draft)
    assert only(lan).note == made
    assert made.strokes == (LINE,)


def test_a_note_gets_another_look_and_text(readers: Readers, lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), on_words(RULES, "two thirds"))
    readers.clock.advance(timedelta(minutes=5))
    changed = lan.notes.change(
        made.id, kind=NoteKind.NOTE, colour=NoteColour.GREEN, body="  Too many?\x00\r\n "
    )
    assert (changed.kind, changed.colour, changed.body) == (
        NoteKind.NOTE,
        NoteColour.GREEN,
        "Too many?",
    )
    assert changed.changed_at > changed.made_at
    assert only(lan).note == changed
    with pytest.raises(InputError, match=r"notes\.empty"):
        lan.notes.change(made.id, body="")
    with pytest.raises(InputError, match=r"notes\.unknown"):
        lan.notes.change(NoteId("nothing"), body="x")


def test_a_bookmark_stays_a_bookmark(lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), Draft(NoteKind.BOOKMARK, Spot(3, 0), Spot(3, 0)))
    assert lan.notes.change(made.id, kind=NoteKind.HIGHLIGHT).kind is NoteKind.BOOKMARK


def test_deleting_is_undone_whole(readers: Readers, lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), on_words(RULES, "Motions are put in writing"))
    readers.papers.put(PAPER, *EDITED)
    lan.notes.place_by_hand(made.id, version(2), Spot(1, 0), Spot(1, 10))
    before = only(lan, 2)
    removed = lan.notes.remove(made.id)
    assert lan.notes.on(PAPER, version(2)) == []
    lan.notes.put_back(removed)
    assert only(lan, 2) == before
    assert only(lan, 1).note == made


def test_a_new_version_moves_changes_and_loses_words(readers: Readers, lan: Reader) -> None:
    for words in (
        "A vote is taken by show of hands",
        "The quorum is two thirds of the delegates who are entitled to vote.",
        "Motions are put in writing and are read aloud",
    ):
        lan.notes.add(PAPER, version(1), on_words(RULES, words))
    readers.papers.put(PAPER, *EDITED)
    found = lan.notes.on(PAPER, version(2))
    assert [(each.at.fit, each.page) for each in found] == [
        (Fit.FUZZY, 2),
        (Fit.POSITION, 3),
        (Fit.UNPLACED, 0),
    ]
    assert found[2].note.quote == "Motions are put in writing and are read aloud"
    assert all(each.at.fit is Fit.MADE for each in lan.notes.on(PAPER, version(1)))


def test_a_place_is_worked_out_once(
    readers: Readers, lan: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan.notes.add(PAPER, version(1), on_words(RULES, "The quorum is two thirds of the"))
    readers.papers.put(PAPER, *EDITED)
    first = lan.notes.on(PAPER, version(2))
    monkeypatch.setattr(readers.papers, "pages", None)
    assert lan.notes.on(PAPER, version(2)) == first


def test_an_older_version_is_served_too(readers: Readers, lan: Reader) -> None:
    readers.papers.put(PAPER, *EDITED)
    lan.notes.add(PAPER, version(2), on_words(EDITED, "A vote is taken by show of hands"))
    assert only(lan, 1).page == 3


def test_words_that_come_back_are_found_again(readers: Readers, lan: Reader) -> None:
    lan.notes.add(PAPER, version(1), on_words(RULES, "Motions are put in writing and are read"))
    readers.papers.put(PAPER, *EDITED)
    readers.papers.put(PAPER, "New.", *RULES)
    assert only(lan, 2).at.fit is Fit.UNPLACED
    assert only(lan, 3).page == 3


def test_what_the_reader_placed_leads_the_way_on(readers: Readers, lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), on_words(RULES, "Motions are put in writing and"))
    readers.papers.put(PAPER, *EDITED)
    readers.papers.put(PAPER, "Another page before it.", *EDITED)
    end = len("A preamble that was not there before.")
    at = lan.notes.place_by_hand(made.id, version(2), Spot(1, 0), Spot(1, end))
    assert at.fit is Fit.BY_HAND
    assert only(lan, 2).at == at
    assert only(lan, 3).page == 2
    anchor = only(lan, 1).at.anchor
    assert isinstance(anchor, TextAnchor)
    assert anchor.quote.exact == "Motions are put in writing and"
    with pytest.raises(InputError, match="no_words"):
        lan.notes.place_by_hand(made.id, version(2), Spot(1, 0), Spot(1, 0))


def test_where_it_was_made_it_stays(lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), on_words(RULES, "Motions"))
    assert lan.notes.place_by_hand(made.id, version(1), Spot(1, 0), Spot(1, 5)).fit is Fit.MADE
    assert only(lan).page == 2


def test_a_bookmark_is_placed_by_hand(readers: Readers, lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), Draft(NoteKind.BOOKMARK, Spot(2, 0), Spot(2, 0)))
    readers.papers.put(PAPER, *EDITED)
    assert only(lan, 2).at.fit is Fit.UNPLACED
    lan.notes.place_by_hand(made.id, version(2), Spot(3, 0), Spot(3, 6))
    assert only(lan, 2).page == 3


def test_notes_on_all_papers(readers: Readers, lan: Reader) -> None:
    other, gone = PaperId("budget"), PaperId("draft")
    readers.papers.put(other, "The budget is balanced.")
    readers.papers.put(gone, "Nobody may know this.")
    lan.notes.add(PAPER, version(1), on_words(RULES, "two thirds"))
    readers.clock.advance(timedelta(minutes=1))
    lan.notes.add(other, version(1), Draft(NoteKind.NOTE, Spot(1, 0), Spot(1, 10), body="Ha"))
    readers.clock.advance(timedelta(minutes=1))
    lan.notes.add(gone, version(1), Draft(NoteKind.NOTE, Spot(1, 0), Spot(1, 6), body="Mine"))
    assert [each.note.quote for each in lan.notes.everywhere()] == [
        "Nobody",
        "The budget",
        "two thirds",
    ]
    readers.papers.hidden.add(gone)
    newest = lan.notes.everywhere()[0]
    assert newest.paper is None
    assert newest.note.body == "Mine"
    assert newest.note.quote == ""
    with pytest.raises(InputError, match="unknown_paper"):
        lan.notes.on(gone, version(1))


def test_notes_are_nobody_elses(readers: Readers, lan: Reader) -> None:
    lan.notes.add(PAPER, version(1), on_words(RULES, "two thirds"))
    assert readers.omar.notes.on(PAPER, version(1)) == []
    assert readers.omar.notes.everywhere() == []


def test_audit_entries_hold_no_words(lan: Reader) -> None:
    made = lan.notes.add(PAPER, version(1), on_words(RULES, "two thirds", NoteKind.NOTE))
    lan.notes.remove(made.id)
    with lan.own.reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, subject, detail FROM audit").all()
        assert store.notes(connection, lan.actor) == []
    assert [row.action for row in rows] == ["note.added", "note.removed"]
    assert all("thirds" not in str(row) and "mine" not in str(row) for row in rows)
