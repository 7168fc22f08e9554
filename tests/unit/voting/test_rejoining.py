"""Whether a thief with the key of the vault can put voters and votes together again.

The thief has everything the machine keeps: the database, its write-ahead log page by page in
the order of writing, a backup, the logs of the program and the ledger. Nothing of what a ballot
was made from may lie in any of them, and no order, size or number may join a voter to a ballot,
or a ballot to a choice, better than chance.

Who copies the database and its log once, also while the poll is open, learns which ballots were
cast and not in which order: the files are the same bytes whatever it was (the property that Naor
and Teague call history independence, STOC 2001). Who copies them after every cast learns it.
"""

import logging
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from congress.kernel.canonical import encode, encode_bytes
from congress.kernel.clock import ManualClock
from congress.kernel.events import EventBus
from congress.kernel.ids import PersonId, PollId
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.schema import congress_metadata
from congress.voting.casting import Prepared
from congress.voting.crypto import ballots as crypto
from congress.voting.crypto.credentials import secret_of
from congress.voting.crypto.group import random_scalar
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.kills import database_at
from tests.helpers.sqlcipherpages import frames, pages
from tests.helpers.vaults import KEY, MORNING

VOTERS = 40
CHOICES = ("ABC", "ABD", "ACD", "BCD")
LUCK = 10
"""So many right by chance alone are met once in ten million times (Poisson of mean 1)."""


@dataclass
class Loot:
    """What the thief has, and what he wants to know."""

    ballots: list[bytes]
    """In the order in which the database gives them."""
    identifiers: list[bytes]
    written: list[bytes]
    """Ballots in the order in which they appear in the write-ahead log."""
    marked: list[bytes]
    """Ballots in the order in which the marks on their cards appear there."""
    drawn: list[PersonId]
    """Persons in the order in which the database gives them."""
    ledger: list[bytes]
    """Ballots in the order of the ledger."""
    texts: dict[str, bytes]
    """Everything that lies about, in plain."""
    secrets: list[bytes]
    """Randomness of the ballots, and secrets and codes of the cards."""
    truth: dict[PersonId, bytes]
    """Whose ballot is which: known to nobody."""
    chosen: dict[bytes, str]
    """What each ballot holds: known to nobody."""


@pytest.fixture(scope="module")
def loot(tmp_path_factory: pytest.TempPathFactory) -> Loot:
    folder = tmp_path_factory.mktemp("loot")
    file = folder / "congress.db"
    engine = sqlcipher_engine(file, KEY, create=True)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        congress_metadata.create_all(connection)
        connection.commit()
    database = Database("congress", engine, ManualClock(MORNING), EventBus())
    written_logs: list[str] = []
    secrets: list[bytes] = []

    def kept() -> int:
        scalar = random_scalar()
        secrets.append(scalar.to_bytes(32, "big"))
        return scalar

    handler = logging.Handler()
    handler.emit = lambda record: written_logs.append(record.getMessage())  # type: ignore[method-assign]
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    chance = random.Random(11)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crypto, "random_scalar", kept)
        hall = Hall(VOTERS, database=database)
        poll, issued = hall.opened_election()
        log = logged(patch, Path(f"{file}-wal"))
        persons = [person.id for person in hall.people.persons]
        cards = list(issued)
        chance.shuffle(cards)
        votes = list(zip(persons, cards, [CHOICES[at % 4] for at in range(VOTERS)], strict=True))
        chance.shuffle(votes)
        truth, chosen = {}, {}
        for person, card, marks in votes:
            prepared = hall.prepare(card.code, marks)
            hall.booth.cast(prepared, f"request {chance.random()}")
            truth[person], chosen[prepared.ballot] = prepared.ballot, marks
    root.removeHandler(handler)
    root.setLevel(level)
    with database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT ballot_id, ballot FROM ballot_box NATURAL JOIN credential WHERE filled"
        ).all()
        drawn = connection.exec_driver_sql("SELECT person_id FROM card_drawn").scalars().all()
    hall.booth.close(poll.id, APPROVAL)
    backup = folder / "backup.db"
    database.empty_log()
    shutil.copy(file, backup)
    whole = hall.booth.whole_ledger(poll.id)
    by_text = {encode_bytes(ballot): ballot for ballot in chosen}
    order = [encode(entry.payload).decode() for entry in whole if entry.type == "ballot"]
    for card in issued:
        secret = secret_of(poll.id, card.codes)
        secrets += [secret.to_bytes(32, "big"), card.codes[0].encode(), card.code.encode()]
    database.close()
    return Loot(
        ballots=[row[1] for row in rows],
        identifiers=[row[0] for row in rows],
        written=_first_seen(log, {ballot: ballot[200:264] for ballot in chosen}),
        marked=_first_seen(log, {ballot: name for name, ballot in rows}),
        drawn=list(drawn),
        ledger=[by_text[text.split('"')[3]] for text in order],
        texts={
            "database": b"".join(pages(backup, KEY)),
            "log": b"".join(page for _, page in log),
            "file": backup.read_bytes(),
            "logs": "\n".join(written_logs).encode(),
            "ledger": encode([entry.payload for entry in whole]),
        },
        secrets=secrets,
        truth=truth,
        chosen=chosen,
    )


@dataclass(frozen=True)
class Start:
    """A poll that was just opened, and ballots that were prepared for it."""

    file: Path
    poll_id: PollId
    ballots: tuple[Prepared, ...]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    file = tmp_path_factory.mktemp("start") / "congress.db"
    hall = Hall(VOTERS, database=database_at(file))
    poll, cards = hall.opened_election()
    ballots = tuple(hall.prepare(card.code, "ABC") for card in cards[:30])
    hall.database.close()
    return Start(file, poll.id, ballots)


def cast_in_order(
    start: Start, file: Path, order: Sequence[Prepared], end: Callable[[Hall], object]
) -> list[bytes]:
    """Cast all ballots; return the pages of a copy that is made then."""
    shutil.copy(start.file, file)
    hall = Hall(VOTERS, database=database_at(file))
    for prepared in order:
        hall.booth.cast(prepared, prepared.tracking_code)
        assert not Path(f"{file}-wal").stat().st_size
    end(hall)
    assert not Path(f"{file}-wal").stat().st_size
    assert hall.booth.reconciliation(start.poll_id).cast == len(order)
    copy = pages(file, KEY)
    hall.database.close()
    return copy


ENDS: dict[str, Callable[[Start, Hall], object]] = {
    "open": lambda start, hall: None,
    "closed": lambda start, hall: hall.booth.close(start.poll_id, APPROVAL),
    "withdrawn": lambda start, hall: hall.booth.withdraw(start.poll_id),
}


def differing(start: Start, folder: Path, end: Callable[[Hall], object]) -> list[int]:
    """Return the numbers of the pages that are not the same after two orders of casting."""
    order, copies = list(start.ballots), []
    for number in range(2):
        random.Random(number).shuffle(order)
        copies.append(cast_in_order(start, folder / f"{number}.db", order, end))
    return [at for at, (one, two) in enumerate(zip(*copies, strict=True), 1) if one != two]


@pytest.mark.parametrize("end", ENDS)
def test_a_copy_is_the_same_whatever_the_order_of_casting(
    start: Start, tmp_path: Path, end: str
) -> None:
    assert differing(start, tmp_path, partial(ENDS[end], start)) == []


def test_rows_that_came_as_they_were_cast_would_tell(start: Start, tmp_path: Path) -> None:
    """So it is with a poll that an earlier version opened, which goes on all the same."""
    file = tmp_path / "earlier.db"
    shutil.copy(start.file, file)
    engine = sqlcipher_engine(file, KEY)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        for table in ("ballot_box", "ciphertext_place"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("UPDATE credential SET ballot_id = NULL")
        connection.commit()
    engine.dispose()
    assert len(differing(replace(start, file=file), tmp_path, lambda hall: None)) > 3


def logged(patch: pytest.MonkeyPatch, file: Path) -> list[tuple[int, bytes]]:
    """Return a list of every page that will stand in the log of a database, in order."""
    found: list[tuple[int, bytes]] = []
    real = Database.empty_log

    def taken(database: Database, patience: int = 0) -> None:
        found.extend(frames(file, KEY))
        real(database, patience)

    patch.setattr(Database, "empty_log", taken)
    return found


def _first_seen(log: Sequence[tuple[int, bytes]], signs: dict[bytes, bytes]) -> list[bytes]:
    """Return ballots in the order in which their signs turn up in the log."""
    places: dict[bytes, tuple[int, int]] = {}
    for at, (_, page) in enumerate(log):
        for ballot, sign in signs.items():
            if ballot not in places and sign in page:
                places[ballot] = (at, page.index(sign))
    return sorted(places, key=lambda ballot: places[ballot])


def test_the_thief_reads_what_the_thief_would_read(loot: Loot) -> None:
    """Or else the tests below would find nothing because they looked at nothing."""
    assert len(loot.ballots) == len(loot.written) == len(loot.marked) == VOTERS
    assert set(loot.written) == set(loot.ballots) == set(loot.ledger)
    # Who copies the log after every cast does see their order.
    assert loot.written == loot.marked == list(loot.chosen)
    assert b"CREATE TABLE credential" in loot.texts["database"]
    assert loot.ballots[0][100:164] in loot.texts["database"]
    assert len(loot.drawn) == VOTERS


def test_nothing_a_ballot_was_made_of_lies_anywhere(loot: Loot) -> None:
    assert len(loot.secrets) > VOTERS * 6
    for name, text in loot.texts.items():
        for secret in loot.secrets:
            assert secret not in text, name
            assert encode_bytes(secret).encode() not in text, name
            assert secret.hex().encode() not in text, name
        assert b'"1110"' not in text, name
        assert b"request 0." not in text, name


ORDERS_OF_PERSONS: dict[str, Callable[[Loot], list[PersonId]]] = {
    "drawn": lambda loot: loot.drawn,
    "by identifier": lambda loot: sorted(loot.truth),
    "drawn backwards": lambda loot: loot.drawn[::-1],
}
ORDERS_OF_BALLOTS: dict[str, Callable[[Loot], list[bytes]]] = {
    "in the table": lambda loot: loot.ballots,
    "by identifier": lambda loot: [
        ballot for _, ballot in sorted(zip(loot.identifiers, loot.ballots, strict=True))
    ],
    "by time of writing": lambda loot: loot.written,
    "by time of marking": lambda loot: loot.marked,
    "on the ledger": lambda loot: loot.ledger,
    "by credential": lambda loot: sorted(loot.ballots, key=lambda ballot: ballot[4:37]),
    "by content": lambda loot: sorted(loot.ballots),
    "by size": lambda loot: sorted(loot.ballots, key=len),
}


@pytest.mark.parametrize(
    ("persons", "ballots"), list(product(ORDERS_OF_PERSONS, ORDERS_OF_BALLOTS))
)
def test_no_order_joins_voters_to_ballots(loot: Loot, persons: str, ballots: str) -> None:
    guess = zip(ORDERS_OF_PERSONS[persons](loot), ORDERS_OF_BALLOTS[ballots](loot), strict=True)
    assert sum(loot.truth[person] == ballot for person, ballot in guess) < LUCK


SIGNS: dict[str, Callable[[Loot, bytes], int]] = {
    "size": lambda loot, ballot: len(ballot),
    "parity of its points": lambda loot, ballot: sum(ballot[37:-64:33]),
    "sum of its bytes": lambda loot, ballot: sum(ballot),
    "ones among its bits": lambda loot, ballot: int.from_bytes(ballot).bit_count(),
    "place on the ledger": lambda loot, ballot: loot.ledger.index(ballot),
    "place in the log": lambda loot, ballot: loot.written.index(ballot),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_of_a_ballot_tells_its_choice(loot: Loot, sign: str) -> None:
    """The best guess from the half of the ballots is no better than chance on the other half."""
    signs = {ballot: SIGNS[sign](loot, ballot) for ballot in loot.chosen}
    known, asked = list(loot.chosen)[: VOTERS // 2], list(loot.chosen)[VOTERS // 2 :]

    def guess(ballot: bytes) -> str:
        nearest = min(known, key=lambda other: abs(signs[other] - signs[ballot]))
        return loot.chosen[nearest]

    right = sum(guess(ballot) == loot.chosen[ballot] for ballot in asked)
    assert right < 15  # of 20, where chance gives 5; met once in two hundred thousand times
