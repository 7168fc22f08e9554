"""kill -9 in the middle of a busy door: nothing that was acknowledged is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from congress.app import create_congress, open_congress
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.settings import Settings
from congress.storage.audit import verify_audit
from tests.helpers.vaults import CHEAP, PASSPHRASE

PEOPLE = 200
DOOR = """
import sys
from pathlib import Path
from congress.app import open_congress
from congress.rollcall.model import Method

with open_congress(Path(sys.argv[1]), sys.argv[2]) as house:
    for person in house.people.everyone():
        found = house.desk.check_in(person.id, Method.FACE, score=0.6, model="m", door="Main")
        # Only now, when it is committed, does a person at the door see their name.
        sys.stdout.write(found.entry.id + "\\n")
        sys.stdout.flush()
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    with create_congress(path, Settings("Busy"), PASSPHRASE, kdf=CHEAP) as house:
        for number in range(PEOPLE):
            who = PersonId(f"p{number:025}")
            house.people.add(Person(who, f"S{number:03}", f"Name {number}", "North"))
        house.desk.open_session("Morning")
    return path


@pytest.mark.parametrize("answered", [1, 7, 30])
def test_what_was_acknowledged_stands_after_a_kill(vault: Path, answered: int) -> None:
    command = [sys.executable, "-c", DOOR, str(vault), PASSPHRASE]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as door:
        assert door.stdout is not None
        told = [door.stdout.readline().strip() for _ in range(answered)]
        os.kill(door.pid, signal.SIGKILL)
        told += [line.strip() for line in door.stdout if line.endswith("\n")]
    assert door.returncode == -signal.SIGKILL
    assert len(told) < PEOPLE
    with open_congress(vault, PASSPHRASE) as house:
        session = house.desk.current()
        assert session is not None
        kept = [e.id for line in house.desk.register(session.id) for e in line.entries]
        assert set(told) <= set(kept)
        assert len(kept) - len(told) <= 1
        assert house.desk.quorum().present == len(kept)
        assert verify_audit(house.vault.congress) is None
        house.desk.check_in(PersonId(f"p{PEOPLE - 1:025}"))
