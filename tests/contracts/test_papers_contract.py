"""Papers, their details and versions, in one file on SQLCipher and on PostgreSQL alike.

The full-text index is SQLite's own and is left out.
"""

from datetime import date, timedelta

import pytest

from congress.docs import store, version_store
from congress.docs.model import (
    Details,
    Extract,
    Holder,
    PageText,
    PaperKind,
    PaperType,
    Sealed,
    TextOrigin,
    Version,
)
from congress.kernel.errors import InputError
from congress.kernel.ids import BlobId, PaperId, VersionId, new_id
from congress.kernel.roles import Clearance, Shelf
from congress.storage.database import Database
from tests.contracts.conftest import MakeDatabase
from tests.helpers.vaults import MORNING, actor

SHELF = Shelf(Clearance.DELEGATES)
DETAILS = Details("Dự thảo 𝒜", "vi", PaperType.DRAFT, "12/b", "3. مالیات", date(2026, 3, 14))
PAPER = PaperId("p" * 26)


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    return make_database("papers")


def bring_in(database: Database, number: int, *pages: str) -> Version:
    """Write a version with these pages; the first one with its paper."""
    version = Version(
        VersionId(new_id()),
        number,
        PaperKind.PDF,
        f"{number}.pdf",
        9 * number,
        len(pages),
        TextOrigin.PDF,
        MORNING + timedelta(hours=number),
        f"note {number}",
    )
    place = Sealed(PAPER, version.id, BlobId(new_id()), b"key", bytes([number]) * 32)
    text = Extract(
        PaperKind.PDF,
        "",
        tuple(PageText(page, spaced=bool(at)) for at, page in enumerate(pages)),
        TextOrigin.PDF,
        f"<p>{number}</p>",
        b"png",
    )
    with database.unit_of_work(actor()) as uow:
        if number == 1:
            store.add(uow.connection, PAPER, DETAILS, MORNING)
        version_store.add(uow.connection, place, version, text)
        uow.commit()
    return version


def test_the_newest_version_is_the_paper(database: Database) -> None:
    first, second = bring_in(database, 1, "one"), bring_in(database, 2, "two", "دو")
    with database.reading() as connection:
        (paper,) = store.everything(connection, SHELF)
        assert store.find(connection, PAPER, SHELF) == paper
        assert store.find(connection, PaperId("q" * 26), SHELF) is None
        assert version_store.versions(connection, PAPER) == [second, first]
    assert paper.details == DETAILS
    assert paper.shelf == SHELF
    assert (paper.version, paper.version_id, paper.file) == (2, second.id, "2.pdf")
    assert (paper.imported_at, paper.updated_at) == (second.imported_at, MORNING)


def test_every_version_is_read_by_itself(database: Database) -> None:
    first, second = bring_in(database, 1, "one"), bring_in(database, 2, "two", "دو")
    with database.reading() as connection:
        for version, number in ((first.id, 1), (second.id, 2), (None, 2)):
            assert version_store.reflow(connection, PAPER, version) == f"<p>{number}</p>"
            assert version_store.cover(connection, PAPER, version) == b"png"
            assert version_store.sealed(connection, PAPER, version).sha256[0] == number
        pages = list(version_store.pages(connection, second.id).values())
        text = version_store.extract_of(connection, second.id)
        with pytest.raises(InputError, match=r"docs\.unknown_version"):
            version_store.reflow(connection, PAPER, VersionId("x" * 26))
    assert pages == [PageText("two", spaced=False), PageText("دو")]
    assert text.pages == tuple(pages)


def test_a_file_is_known_in_every_version(database: Database) -> None:
    bring_in(database, 1, "one")
    bring_in(database, 2, "two")
    with database.reading() as connection:
        for number in (1, 2):
            holder = version_store.holder_of(connection, bytes([number]) * 32)
            assert holder == Holder(DETAILS.title, number)
        assert version_store.holder_of(connection, bytes(32)) is None
        assert len(version_store.blobs_of(connection, PAPER)) == 2


def test_details_change_and_a_paper_goes_with_all_of_it(database: Database) -> None:
    version = bring_in(database, 1, "one")
    with database.unit_of_work(actor()) as uow:
        assert store.describe(uow.connection, PAPER, Details("New", "ur"), MORNING)
        assert not store.describe(uow.connection, PaperId("q" * 26), DETAILS, MORNING)
        uow.commit()
    with database.reading() as connection:
        (paper,) = store.everything(connection, SHELF)
    assert paper.details == Details("New", "ur")
    with database.unit_of_work(actor()) as uow:
        store.remove(uow.connection, PAPER)
        uow.commit()
    with database.reading() as connection:
        assert store.everything(connection, SHELF) == []
        assert version_store.versions(connection, PAPER) == []
        assert version_store.pages(connection, version.id) == {}
