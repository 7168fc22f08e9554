"""What opening and writing an encrypted congress costs, beside what it is made of.

Run by ``python -m tests.bench.bench_storage``; every number is a median of one run, and the
target is a difference and a ratio, so that another machine can be held to it.
"""

import itertools
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert

from congress.storage.header import KdfParameters
from congress.storage.keys import slot_key
from congress.storage.schema import setting
from tests.helpers.vaults import PASSPHRASE, make_vault, open_vault

_ROUNDS = 9


def _median(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Return the median of ``work`` in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _plain_insert(folder: Path) -> Callable[[], None]:
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE setting (id INTEGER PRIMARY KEY, value TEXT)")

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO setting (value) VALUES ('1')")
        connection.execute("COMMIT")

    return write


def rows(folder: Path) -> list[tuple[str, float, str]]:
    """Return what was measured: name, median in milliseconds, and how it compares."""
    vault = make_vault(folder, kdf=KdfParameters())
    header = vault._header
    vault.close()

    def unlock() -> None:
        open_vault(vault.path).close()

    unlock()
    kdf = _median(lambda: slot_key(header, "secretariat", PASSPHRASE))
    unlocked = _median(unlock)
    plain = _median(_plain_insert(folder), 200)
    numbers = itertools.count(2)
    with open_vault(vault.path) as opened:

        def change() -> None:
            with opened.congress.unit_of_work(opened.actor) as uow:
                uow.connection.execute(insert(setting).values(id=next(numbers), value=1))
                uow.audit("bench.written")
                uow.commit()

        audited = _median(change, 200)
    over = unlocked - kdf
    return [
        ("one Argon2id (64 MiB, t=3, p=4)", kdf, ""),
        ("unlock a vault of five databases", unlocked, f"{unlocked / kdf:.2f}x one Argon2id"),
        (
            "unlock beyond the Argon2id",
            over,
            "target <= 50 ms: " + ("met" if over <= 50 else "MISSED"),
        ),
        ("one insert, plain SQLite, synced", plain, ""),
        ("one audited change, SQLCipher, synced", audited, f"{audited / plain:.2f}x plain"),
    ]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        for name, milliseconds, note in rows(Path(folder)):
            sys.stdout.write(f"{name:<40}{milliseconds:>10.2f} ms   {note}\n")


if __name__ == "__main__":
    main()
