"""The search index of a file from before it knew titles and page breaks."""

from pathlib import Path

from sqlalchemy import insert

from congress.docs import store
from congress.docs.finding import Finder
from congress.kernel.clock import ManualClock
from congress.kernel.events import EventBus
from congress.kernel.roles import Clearance, Shelf
from congress.storage import migrate
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.opening import open_file
from tests.helpers.vaults import KEY, MORNING

_TITLE = "Dự thảo về ngân sách"
_PAGES = ("The budget of the house", "of delegates is agreed", "قومی اسمبلی کا اجلاس")
_BEFORE = (
    "INSERT INTO paper (id, title, language, updated_at) VALUES ('p', ?, 'vi', ?)",
    "INSERT INTO version VALUES ('v', 'p', 1, 'pdf', 'a.pdf', 9, 3, x'00', 'b', x'01', 'pdf', "
    "?, '', x'')",
    "INSERT INTO page_words(rowid, folded) VALUES (1, 'stale words')",
)


def test_it_is_written_anew_from_the_pages(tmp_path: Path) -> None:
    path = tmp_path / "public.db"
    engine = sqlcipher_engine(path, KEY, create=True)
    moment = f"{MORNING:%Y-%m-%d %H:%M:%S.%f}"
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        migrate.upgrade(connection, "papers", "0001_papers")
        connection.exec_driver_sql(_BEFORE[0], (_TITLE, moment))
        connection.exec_driver_sql(_BEFORE[1], (moment,))
        connection.exec_driver_sql(_BEFORE[2])
        rows = [
            {"version_id": "v", "number": number, "text": text, "spaced": number < len(_PAGES)}
            for number, text in enumerate(_PAGES, start=1)
        ]
        connection.execute(insert(store.page), rows)
        connection.commit()
    engine.dispose()

    engine = open_file(path, "papers", KEY, MORNING)
    database = Database("public", engine, ManualClock(MORNING), EventBus())
    finder = Finder({Shelf(Clearance.PUBLIC): database})
    for typed, page in (
        ("du thao", 1),
        ("budget", 1),
        ('"house of delegates"', 1),
        ("agreed", 2),
        ("اسمبلی کا", 3),
    ):
        assert [hit.page for hit in finder.find(typed, 5)][:1] == [page], typed
    assert finder.find("stale", 5) == ()
    engine.dispose()
