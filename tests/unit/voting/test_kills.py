"""kill -9 of a process at each step of opening, casting, closing and counting.

Nothing acknowledged is lost, nothing is counted twice, and the poll goes on to its certificate.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from congress.kernel.ids import PollId
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, closedbox, mark_store, store
from congress.voting.casting import Prepared
from congress.voting.crypto.tally import Partial, partial_of
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import State
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.kills import VOTERS, Death, Scene, database_at, deaths


@dataclass
class Scenes:
    keyed: Scene
    open: Scene
    closed: Scene
    decrypting: Scene
    decrypted: Scene


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    """Cards drawn; four ballots cast, one prepared; closed; added up; decrypted by two."""
    folder = tmp_path_factory.mktemp("kills")
    file = folder / "now.db"
    database = database_at(file)
    hall = Hall(VOTERS, database=database)
    poll = hall.booth.fix_manifest(hall.election().id)
    prepared = Prepared(poll)

    def kept(name: str, part: Partial | None = None) -> Scene:
        database.empty_log()
        shutil.copy(file, folder / name)
        return Scene(folder / name, poll.id, prepared, part)

    cards = hall.booth.issue_cards(poll.id, VOTERS)
    hall.booth.draw_cards_present(poll.id)
    keyed = kept("keyed.db")
    hall.booth.open(poll.id, APPROVAL)
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    prepared = hall.prepare(cards[4].code, "ABD")
    opened = kept("open.db")
    hall.booth.close(poll.id, APPROVAL)
    closed = kept("closed.db")
    hall.booth.encrypted_tally(poll.id, APPROVAL)
    asked = hall.booth.tally_to_decrypt(poll.id)
    decrypting = kept("decrypting.db", partial_of(asked.context, asked.sums, hall.shares[0]))
    hall.decrypt(poll.id)
    decrypted = kept("decrypted.db")
    database.close()
    return Scenes(keyed, opened, closed, decrypting, decrypted)


def goes_on(hall: Hall, poll_id: PollId, cast: int) -> None:
    """Take the poll to its certificate and count what was cast."""
    assert flaw(hall.booth.ledger(poll_id)) is None
    if hall.booth.poll(poll_id).state is State.OPEN:
        hall.booth.close(poll_id, APPROVAL)
    if hall.booth.poll(poll_id).state is State.CLOSED:
        hall.booth.encrypted_tally(poll_id, APPROVAL)
    if hall.booth.poll(poll_id).state is State.DECRYPTING:
        given = hall.booth.partials(poll_id)
        hall.decrypt(poll_id, [trustee for trustee in (1, 2) if trustee not in given])
        hall.booth.tally(poll_id)
    result = hall.booth.certify(poll_id, APPROVAL)
    assert result.counts[0].cast == cast
    assert result.counts[0].cells["C"] == 4
    assert result.reconciliation.balanced
    assert flaw(hall.booth.whole_ledger(poll_id)) is None
    hall.database.close()


@deaths((box, "lay_out"), (store, "save"), (UnitOfWork, "commit"), (Database, "empty_log"))
def test_an_opening_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.keyed
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.open(scene.poll_id, APPROVAL))
    if not death.committed:
        assert hall.booth.poll(scene.poll_id).state is State.KEYED
        hall.booth.open(scene.poll_id, APPROVAL)
    assert hall.booth.poll(scene.poll_id).state is State.OPEN
    assert hall.booth.reconciliation(scene.poll_id).unused == VOTERS
    hall.database.close()


@deaths(
    (box, "mark_used"),
    (mark_store, "add"),
    (box, "add_ballot"),
    (UnitOfWork, "publish"),
    (UnitOfWork, "commit"),
    (Database, "empty_log"),
)
def test_a_cast_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.open
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.cast(scene.prepared, "request"))
    in_the_box = death.committed
    figures = hall.booth.reconciliation(scene.poll_id)
    assert (figures.cast, figures.marked) == (4 + in_the_box,) * 2
    receipt = hall.booth.cast(scene.prepared, "request")
    assert hall.booth.cast(scene.prepared, "request") == receipt
    assert hall.booth.reconciliation(scene.poll_id).cast == 5
    goes_on(hall, scene.poll_id, 5)


@deaths((mark_store, "add"), (store, "append"), (UnitOfWork, "commit"))
def test_a_challenge_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.open
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.challenge(scene.prepared))
    opened = death.committed
    kinds = [entry.type for entry in hall.booth.ledger(scene.poll_id)]
    assert kinds.count(EntryType.CHALLENGE) == opened
    hall.booth.challenge(scene.prepared)
    kinds = [entry.type for entry in hall.booth.ledger(scene.poll_id)]
    assert kinds.count(EntryType.CHALLENGE) == 1
    goes_on(hall, scene.poll_id, 4)


@deaths((store, "append"), (store, "save"), (UnitOfWork, "commit"))
def test_a_close_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.open
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.close(scene.poll_id, APPROVAL))
    closed = death.committed
    assert hall.booth.poll(scene.poll_id).state is (State.CLOSED if closed else State.OPEN)
    kinds = [entry.type for entry in hall.booth.ledger(scene.poll_id)]
    assert kinds.count(EntryType.BALLOT) == (4 if closed else 0)
    goes_on(hall, scene.poll_id, 4)


@deaths((closedbox, "verify_many"), (store, "append"), (store, "save"), (UnitOfWork, "commit"))
def test_an_adding_up_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.closed
    hall = scene.after(
        death, tmp_path, lambda hall: hall.booth.encrypted_tally(scene.poll_id, APPROVAL)
    )
    goes_on(hall, scene.poll_id, 4)


@deaths((store, "append"), (UnitOfWork, "commit"))
def test_a_part_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.decrypting
    part = scene.part
    assert part is not None
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.add_partial(scene.poll_id, part))
    assert hall.booth.partials(scene.poll_id) == ((1,) if death.committed else ())
    goes_on(hall, scene.poll_id, 4)


@deaths((store, "append"), (store, "save"), (UnitOfWork, "commit"))
def test_a_tally_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.decrypted
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.tally(scene.poll_id))
    goes_on(hall, scene.poll_id, 4)
