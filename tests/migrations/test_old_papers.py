"""Files of papers from before their later revisions."""

from pathlib import Path

from sqlalchemy import text

from congress.docs import store, version_store
from congress.docs.model import Details, PaperType
from congress.kernel.ids import PaperId
from congress.kernel.roles import Clearance, Shelf
from congress.storage import migrate
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.opening import open_file
from tests.helpers.vaults import KEY, MORNING

OLD = PaperId("p" * 26)
AT = "2026-03-14 08:30:00.000000"


def test_a_paper_from_before_details_and_notes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "public.db"
    engine = sqlcipher_engine(path, KEY, create=True)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        migrate.upgrade(connection, "papers", "0001_papers")
        connection.execute(
            text(
                "INSERT INTO paper (id, title, language, updated_at) VALUES (:id, 'Old', 'vi', :at)"
            ),
            {"id": OLD, "at": AT},
        )
        connection.execute(
            text(
                "INSERT INTO version (id, paper_id, number, kind, file, size, pages, sha256, "
                "blob_id, wrapped_key, origin, imported_at, reflow, cover) VALUES "
                "(:version, :id, 1, 'pdf', 'old.pdf', 9, 1, x'00', :blob, x'', 'pdf', :at, '', x'')"
            ),
            {"version": "v" * 26, "id": OLD, "blob": "b" * 26, "at": AT},
        )
        connection.commit()
    engine.dispose()
    upgraded = open_file(path, "papers", KEY, MORNING)
    with upgraded.connect() as connection:
        (paper,) = store.everything(connection, Shelf(Clearance.PUBLIC))
        (version,) = version_store.versions(connection, OLD)
    upgraded.dispose()
    assert paper.details == Details("Old", "vi", PaperType.OTHER)
    assert (paper.version, paper.version_id) == (1, version.id)
    assert (version.file, version.note) == ("old.pdf", "")
