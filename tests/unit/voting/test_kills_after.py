"""kill -9 of a process at each step after the tally: a tie decided, a certificate, a next round.

Each is wholly done or not at all, and done again it is done once.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.signing import verify
from congress.storage.audit import verify_audit
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import store
from congress.voting.casting import Prepared
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import Poll, State
from congress.voting.outcome import TieDecision
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.kills import VOTERS, Death, Scene, database_at, deaths
from tests.helpers.ties import tied_poll

LOT = TieDecision("election", ("B",), "By lot, drawn by the youngest delegate")


@dataclass
class Scenes:
    """A secret poll that filled two of three seats, and an open one that is tied."""

    tallied: Scene
    tied: Scene
    certified: Scene


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    folder = tmp_path_factory.mktemp("after")
    file = folder / "now.db"
    database = database_at(file)
    hall = Hall(VOTERS, database=database)
    tied = tied_poll(hall, 2)
    poll, cards = hall.opened_election()
    for card, marks in zip(cards, ("ABC", "ABC", "ABC", "ABD", "ABD", "ABD"), strict=True):
        hall.cast(card.code, marks)
    hall.booth.close(poll.id, APPROVAL)
    hall.count(poll.id)

    def kept(name: str, poll: Poll) -> Scene:
        database.empty_log()
        shutil.copy(file, folder / name)
        return Scene(folder / name, poll.id, Prepared(poll))

    tallied, before = kept("tallied.db", poll), kept("tied.db", tied)
    hall.booth.certify(poll.id, APPROVAL)
    certified = kept("certified.db", poll)
    database.close()
    return Scenes(tallied, before, certified)


def entries_of(hall: Hall, scene: Scene, kind: EntryType) -> int:
    """Return how many entries of a type the ledger has, once it and the audit hold."""
    entries = hall.booth.whole_ledger(scene.poll_id)
    assert flaw(entries) is None
    assert verify_audit(hall.database) is None
    return sum(entry.type is kind for entry in entries)


@deaths(
    (store, "append"),
    (store, "save"),
    (UnitOfWork, "audit"),
    (UnitOfWork, "publish"),
    (UnitOfWork, "commit"),
)
def test_a_certificate_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.tallied
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.certify(scene.poll_id, APPROVAL))
    signed = death.committed
    assert entries_of(hall, scene, EntryType.CERTIFICATE) == signed
    poll = hall.booth.poll(scene.poll_id)
    assert poll.state is (State.CERTIFIED if signed else State.TALLIED)
    assert (poll.certified_at is not None) is signed
    if signed:
        with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
            hall.booth.certify(scene.poll_id, APPROVAL)
    else:
        with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
            hall.booth.next_round(scene.poll_id)
        hall.booth.certify(scene.poll_id, APPROVAL)
    assert entries_of(hall, scene, EntryType.CERTIFICATE) == 1
    certificate = hall.booth.ledger(scene.poll_id)[-1].payload
    assert isinstance(certificate, dict)
    signature = decode_bytes(certificate["signature"])
    assert verify(hall.signer.public_key, "certificate", certificate["body"], signature)
    result = hall.booth.result(scene.poll_id)
    assert result.counts[0].cast == VOTERS
    assert result.verdicts[0].elected == ("A", "B")
    hall.database.close()


@deaths((store, "append"), (UnitOfWork, "audit"), (UnitOfWork, "commit"))
def test_a_tie_decision_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    scene = scenes.tied
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.resolve_tie(scene.poll_id, LOT))
    decided = death.committed
    assert entries_of(hall, scene, EntryType.TIE_DECISION) == decided
    if decided:
        with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
            hall.booth.resolve_tie(scene.poll_id, replace(LOT, chosen=("A",)))
    else:
        with pytest.raises(RefusedError, match=r"voting\.tie_undecided"):
            hall.booth.certify(scene.poll_id)
        hall.booth.resolve_tie(scene.poll_id, LOT)
    assert entries_of(hall, scene, EntryType.TIE_DECISION) == 1
    assert hall.booth.certify(scene.poll_id).verdicts[0].elected == ("B",)
    hall.database.close()


@deaths((store, "add"), (UnitOfWork, "audit"), (UnitOfWork, "commit"))
def test_a_next_round_that_is_killed(scenes: Scenes, tmp_path: Path, death: Death) -> None:
    """Asked for again, because nobody saw whether it was drafted, it is not drafted twice."""
    scene = scenes.certified
    hall = scene.after(death, tmp_path, lambda hall: hall.booth.next_round(scene.poll_id))
    drafted = death.committed
    before = [poll for poll in hall.booth.polls() if poll.plan.follows == scene.poll_id]
    assert len(before) == drafted
    following = hall.booth.next_round(scene.poll_id)
    assert hall.booth.next_round(scene.poll_id) == following
    assert [poll.id for poll in hall.booth.polls() if poll.plan.follows == scene.poll_id] == [
        following.id
    ]
    assert [item.id for item in following.plan.contests[0].candidates] == ["C", "D"]
    hall.database.close()
