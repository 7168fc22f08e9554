from datetime import timedelta

import pytest

from congress.docs.notes.model import Fit, NoteColour, NoteId, NoteKind, NotesChanged, Spot
from congress.docs.notes.sharing import may_be_shared, withdraw_unreadable
from congress.kernel.errors import CongressError, RefusedError
from congress.kernel.ids import GroupId
from congress.kernel.roles import Clearance, Shelf
from tests.helpers.notes import NORTH, PAPER, SOUTH, Reader, Readers, on_words, version

TEXT = ("The quorum is two thirds of the delegates.", "Motions are put in writing.")
NORTHERN = Shelf(Clearance.RESTRICTED, NORTH)


@pytest.fixture
def readers() -> Readers:
    made = Readers()
    made.papers.put(PAPER, *TEXT)
    return made


def seen(reader: Reader, number: int = 1) -> list[str]:
    return [each.note.body for each in reader.notes.on(PAPER, version(number))]


def shared(readers: Readers, group: GroupId = NORTH) -> NoteId:
    note = readers.lan.notes.add(PAPER, version(1), on_words(TEXT, "two thirds", NoteKind.NOTE))
    return readers.lan.notes.share(note.id, group).id


def refused(act: object, *args: object) -> str:
    with pytest.raises(CongressError) as caught:
        act(*args)  # type: ignore[operator]
    return caught.value.code


def test_a_shared_note_is_seen_by_the_group_with_its_author(readers: Readers) -> None:
    shared(readers)
    (placed,) = readers.omar.notes.on(PAPER, version(1))
    assert placed.note.body == "mine"
    assert placed.note.author == "lan"
    assert placed.note.group == NORTH
    assert placed.at.fit is Fit.MADE
    assert seen(readers.zoe) == []
    assert [each.note.group for each in readers.lan.notes.on(PAPER, version(1))] == [NORTH]
    assert readers.omar.notes.everywhere()[0].note == placed.note


def test_the_author_changes_it_for_all(readers: Readers) -> None:
    note_id = shared(readers)
    readers.clock.advance(timedelta(minutes=1))
    readers.lan.notes.change(note_id, body="Or less?", colour=NoteColour.BLUE)
    assert seen(readers.omar) == ["Or less?"]
    (placed,) = readers.omar.notes.on(PAPER, version(1))
    assert placed.note.colour is NoteColour.BLUE


def test_others_cannot_touch_it(readers: Readers) -> None:
    note_id = shared(readers)
    notes = readers.omar.notes
    for act in (notes.remove, notes.withdraw, notes.change):
        assert refused(act, note_id) == "notes.unknown"
    assert seen(readers.omar) == ["mine"]


def test_taking_it_back(readers: Readers) -> None:
    note_id = shared(readers)
    private = readers.lan.notes.withdraw(note_id)
    assert private.group is None
    assert seen(readers.omar) == []
    assert seen(readers.lan) == ["mine"]
    assert readers.lan.notes.withdraw(private.id) == private
    assert NotesChanged(PAPER) in readers.events


def test_one_group_at_a_time(readers: Readers) -> None:
    note_id = shared(readers)
    readers.lan.notes.share(note_id, SOUTH)
    assert (seen(readers.omar), seen(readers.zoe)) == ([], ["mine"])


def test_deleting_takes_it_back_and_undoing_shares_it_again(readers: Readers) -> None:
    note_id = shared(readers)
    removed = readers.lan.notes.remove(note_id)
    assert seen(readers.omar) == []
    readers.lan.notes.put_back(removed)
    assert seen(readers.omar) == ["mine"]


def test_a_group_one_is_not_of(readers: Readers) -> None:
    note = readers.omar.notes.add(PAPER, version(1), on_words(TEXT, "two thirds", NoteKind.NOTE))
    assert refused(readers.omar.notes.share, note.id, SOUTH) == "clearance.not_held"
    assert seen(readers.omar) == ["mine"]
    assert readers.omar.notes.on(PAPER, version(1))[0].note.group is None


@pytest.mark.parametrize(
    ("shelf", "allowed"),
    [
        (Shelf(Clearance.PUBLIC), True),
        (Shelf(Clearance.DELEGATES), True),
        (Shelf(Clearance.RESTRICTED), False),
        (NORTHERN, True),
        (Shelf(Clearance.RESTRICTED, SOUTH), False),
        (Shelf(Clearance.SECRET), False),
    ],
)
def test_only_what_all_of_the_group_may_read(readers: Readers, shelf: Shelf, allowed: bool) -> None:
    assert may_be_shared(shelf, NORTH) is allowed
    readers.papers.shelves[PAPER] = shelf
    note = readers.lan.notes.add(PAPER, version(1), on_words(TEXT, "two thirds", NoteKind.NOTE))
    audience = [group.id for group in readers.lan.notes.audience(PAPER)]
    assert (NORTH in audience) is allowed
    if allowed:
        readers.lan.notes.share(note.id, NORTH)
    else:
        assert refused(readers.lan.notes.share, note.id, NORTH) == "notes.cannot_share"
        assert seen(readers.omar) == []


def test_a_paper_that_becomes_secret_takes_its_shared_notes_along(readers: Readers) -> None:
    shared(readers)
    readers.papers.shelves[PAPER] = Shelf(Clearance.SECRET)
    assert seen(readers.omar) == []
    assert readers.omar.notes.everywhere() == []
    withdraw_unreadable(readers.lan.files, PAPER, Shelf(Clearance.SECRET), readers.lan.actor)
    readers.papers.shelves[PAPER] = Shelf(Clearance.PUBLIC)
    assert seen(readers.omar) == []
    assert readers.lan.notes.on(PAPER, version(1))[0].note.group is None


def test_a_paper_that_stays_readable_keeps_them(readers: Readers) -> None:
    shared(readers)
    withdraw_unreadable(readers.lan.files, PAPER, NORTHERN, readers.lan.actor)
    assert seen(readers.omar) == ["mine"]
    withdraw_unreadable(readers.lan.files, PAPER, None, readers.lan.actor)
    assert seen(readers.omar) == []


def test_who_left_the_group_is_told_that_it_stays_there(readers: Readers) -> None:
    note_id = shared(readers)
    del readers.lan.files[NORTHERN]
    assert readers.lan.notes.on(PAPER, version(1))[0].note.group == NORTH
    with pytest.raises(RefusedError, match=r"notes\.left_group"):
        readers.lan.notes.withdraw(note_id)
    readers.lan.notes.change(note_id, body="Only here")
    assert seen(readers.omar) == ["mine"]
    readers.lan.notes.remove(note_id)
    assert (seen(readers.lan), seen(readers.omar)) == ([], ["mine"])


def test_shared_notes_follow_into_a_new_version(readers: Readers) -> None:
    note_id = shared(readers)
    readers.papers.put(PAPER, "A preamble.", *TEXT)
    (placed,) = readers.omar.notes.on(PAPER, version(2))
    assert (placed.page, placed.at.fit) == (2, Fit.QUOTE)
    assert readers.omar.notes.on(PAPER, version(2)) == [placed]
    readers.papers.put(PAPER, "Everything is different now.")
    assert readers.omar.notes.on(PAPER, version(3))[0].at.fit is Fit.UNPLACED
    readers.lan.notes.place_by_hand(note_id, version(3), Spot(1, 0), Spot(1, 10))
    (placed,) = readers.omar.notes.on(PAPER, version(3))
    assert placed.at.fit is Fit.BY_HAND
