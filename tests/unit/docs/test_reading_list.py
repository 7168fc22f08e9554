from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.places import Places, ReadingPlace
from congress.docs.reading_list import Marks, Reading, ReadingList
from congress.kernel.ids import VersionId
from congress.storage.database import Database
from congress.storage.schema import own_metadata
from tests.helpers.papers import pdf
from tests.helpers.vaults import actor, manual_clock, memory_database


@pytest.fixture
def own() -> Database:
    return memory_database("own", metadata=own_metadata)


@pytest.fixture
def places(own: Database) -> Places:
    return Places(own, actor(), manual_clock())


@pytest.fixture
def reading(own: Database, places: Places) -> ReadingList:
    return ReadingList(own, places, actor())


@pytest.fixture
def paper(library: Library, file: Callable[[str, bytes], Path]) -> Paper:
    return library.import_file(file("a.pdf", pdf("one", "two", "three", "four")))


def test_a_paper_is_unread_begun_read_and_updated(
    reading: ReadingList, places: Places, paper: Paper
) -> None:
    def now(paper: Paper = paper) -> tuple[Reading, int, bool]:
        marks = reading.marks()
        return marks.reading(paper), marks.percent(paper), marks.is_mine(paper)

    assert now() == (Reading.UNREAD, 0, False)
    places.keep(paper.id, ReadingPlace(paper.version_id), seen={1}, pages=4)
    assert now() == (Reading.BEGUN, 25, True)
    places.keep(paper.id, ReadingPlace(paper.version_id), seen={2, 3, 4}, pages=4)
    assert now() == (Reading.READ, 100, True)
    newer = replace(paper, version_id=VersionId("v" * 26), version=2)
    assert now(newer) == (Reading.UPDATED, 0, True)


def test_a_paper_with_a_note_is_mine(paper: Paper) -> None:
    assert Marks(noted=frozenset({paper.id})).is_mine(paper)


def test_choices_are_kept(reading: ReadingList) -> None:
    assert reading.choices("library") is None
    reading.keep_choices("library", {"sort": "title"})
    reading.keep_choices("library", {"sort": "newest", "filters": {"agenda": ["3. Tài chính"]}})
    assert reading.choices("library") == {
        "sort": "newest",
        "filters": {"agenda": ["3. Tài chính"]},
    }
    assert reading.choices("packs") is None
