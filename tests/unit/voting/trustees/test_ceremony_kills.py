"""kill -9 of a machine at each write of a key ceremony.

A share file is the old one or the new one, whole; no trustee says two things; a board is in
office wholly or not at all; and whoever comes back goes on, or begins again, and is told which.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from congress.kernel.clock import ManualClock
from congress.kernel.errors import InputError
from congress.kernel.roles import Role
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import board_store
from congress.voting.trustees import folder, keeper, rehearsal, sharefile
from congress.voting.trustees.board import Boards
from congress.voting.trustees.invitation import Invitation, invite
from congress.voting.trustees.keeper import Done, Keeper
from congress.voting.trustees.session import Stage
from tests.helpers.ceremonies import (
    CHEAP,
    NAMES,
    PASSPHRASE,
    board,
    board_holders,
    lock_for_tests,
    whole,
)
from tests.helpers.kills import Death, database_at, deaths
from tests.helpers.vaults import MORNING, actor

WRITES = [Death(os, "fsync", False), Death(Path, "replace", False), Death(Path, "replace", True)]
"""The moments of a file that is written: begun, whole under another name, in its place."""


def step_of(place: Path, file: Path, invitation: Invitation, index: int) -> Done:
    """Take a trustee's next step as from the command line: a file is made once."""
    if file.exists():
        return Keeper.open(file, PASSPHRASE).step(place).done
    return Keeper.create(file, invitation, index, PASSPHRASE, kdf=CHEAP).step(place).done


@pytest.mark.parametrize("death", WRITES)
def test_a_trustee_whose_machine_is_killed_at_every_write_goes_on(
    tmp_path: Path, death: Death
) -> None:
    invitation = invite("Congress", NAMES[:3])
    folder.begin(tmp_path, invitation)
    shares = [tmp_path / f"{index}{sharefile.ENDING}" for index in invitation.indices]
    deaths, done = 0, Done.SAID
    for _ in range(6):
        at = 1
        while death.meets(lambda: step_of(tmp_path, shares[0], invitation, 1), at=at):
            deaths, at = deaths + 1, at + 1
            if shares[0].exists():
                Keeper.open(shares[0], PASSPHRASE)
            assert folder.gather(tmp_path).problems == ()
        for index in (2, 3):
            done = step_of(tmp_path, shares[index - 1], invitation, index)
        session = folder.gather(tmp_path).session
        assert session.fault is None
        if session.stage is Stage.COMPLETE and not (tmp_path / folder.REHEARSAL).exists():
            test = rehearsal.prepare(session.ceremony())
            folder.put(tmp_path / folder.REHEARSAL, test.to_bytes())
    assert done is Done.READY
    assert deaths >= 9  # for the share file and for the message, in almost each round
    gathered = folder.gather(tmp_path)
    assert rehearsal.is_passed(rehearsal.read(gathered.rehearsal), gathered.answers)


def test_a_share_file_that_a_killed_machine_made_is_gone_on_with(tmp_path: Path) -> None:
    """Its owner, who begins anew, is told that it is there."""
    invitation = invite("Congress", NAMES[:3])
    folder.begin(tmp_path, invitation)
    file = tmp_path / f"1{sharefile.ENDING}"
    death = Death(folder, "put_message", False)
    assert death.meets(lambda: step_of(tmp_path, file, invitation, 1))
    with pytest.raises(InputError, match=r"trustees\.file_there"):
        Keeper.create(file, invitation, 1, PASSPHRASE, kdf=CHEAP)
    assert step_of(tmp_path, file, invitation, 1) is Done.SAID


@pytest.mark.parametrize("death", WRITES)
def test_a_file_handed_out_when_the_machine_is_killed(tmp_path: Path, death: Death) -> None:
    """Handed out at one machine it is there whole or not at all, and can be handed out again."""
    file, sealed = tmp_path / f"1{sharefile.ENDING}", board()[1][0]
    assert death.meets(lambda: keeper.hand_out(file, sealed))
    assert file.exists() is death.late
    keeper.hand_out(file, sealed)
    assert Keeper.open(file, PASSPHRASE).holder == board_holders()[0]


def test_no_file_handed_out_takes_the_place_of_one_that_may_be_needed(tmp_path: Path) -> None:
    """A ceremony that is killed must not leave the board before it without its share files."""
    file = tmp_path / f"1{sharefile.ENDING}"
    before, other = board()[1][0], sharefile.seal(whole()[1][0], lock_for_tests())
    for there in (before, b"a picture", before[:-9]):
        file.write_bytes(there)
        with pytest.raises(InputError, match=r"trustees\.file_there"):
            keeper.hand_out(file, other)
        assert file.read_bytes() == there
    file.write_bytes(before)
    with pytest.raises(InputError, match=r"trustees\.file_there"):
        keeper.hand_out(file, board()[1][1])


@cache
def rehearsed() -> rehearsal.Rehearsal:
    return rehearsal.prepare(board()[0])


def install(boards: Boards) -> None:
    answers = tuple(rehearsal.take_part(rehearsed(), holder) for holder in board_holders())
    boards.install(rehearsed(), answers, ())


@deaths(
    (board_store, "add"), (UnitOfWork, "audit"), (UnitOfWork, "publish"), (UnitOfWork, "commit")
)
def test_a_board_killed_on_its_way_into_office(tmp_path: Path, death: Death) -> None:
    file = tmp_path / "congress.db"
    database_at(file).close()

    def boards() -> Boards:
        return Boards(database_at(file), actor(Role.COMMITTEE), ManualClock(MORNING))

    assert death.meets(lambda: install(boards()))
    assert (boards().current() is not None) is death.committed
    install(boards())
    found = boards().current()
    assert found is not None
    assert found.ceremony.hash == board()[0].hash
    with database_at(file).reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM trustee_board").scalar_one()
        assert count == 1
    shares = [Keeper.open(path, PASSPHRASE).holder.ready for path in written(tmp_path)]
    assert [share.ceremony_hash for share in shares] == [found.ceremony.hash] * 3


def written(place: Path) -> list[Path]:
    """Return the share files of the board, as its trustees took them along."""
    paths = [place / f"{index}{sharefile.ENDING}" for index in (1, 2, 3)]
    for path, sealed in zip(paths, board()[1], strict=True):
        keeper.hand_out(path, sealed)
    return paths


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_ceremony_killed_while_it_is_set_aside(tmp_path: Path, at: int, late: bool) -> None:
    """What is left is the old ceremony, to be set aside again, or a folder to begin in."""
    old = invite("Congress", NAMES[:4])
    folder.begin(tmp_path, old)
    for index in (1, 2):
        step_of(tmp_path, tmp_path.parent / f"{at}-{late}-{index}.pctrustee", old, index)
    folder.put(tmp_path / folder.REHEARSAL, b"")
    session = folder.gather(tmp_path).session
    new = old.without([4])

    def repeat() -> None:
        folder.set_aside(tmp_path, session)
        folder.begin(tmp_path, new)

    assert Death(Path, "replace", late).meets(repeat, at=at)
    if list(tmp_path.glob(f"*{folder.INVITATION}")):
        left = folder.gather(tmp_path).session
        if left.invitation == old:
            folder.set_aside(tmp_path, left)
    else:
        with pytest.raises(InputError, match=r"trustees\.no_ceremony"):
            folder.gather(tmp_path)
    if not list(tmp_path.glob(f"*{folder.INVITATION}")):
        folder.begin(tmp_path, new)
    gathered = folder.gather(tmp_path)
    assert gathered.session.invitation == new
    assert gathered.session.messages == ()
    assert gathered.problems == ()
    assert len(list(tmp_path.glob("broken-*/*"))) == 4
    assert gathered.rehearsal == b""
    assert not (tmp_path / folder.REHEARSAL).exists()
