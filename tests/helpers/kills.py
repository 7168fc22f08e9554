"""Processes that die at a step of their work, by kill -9, and what is found after them."""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from congress.kernel.clock import ManualClock
from congress.kernel.events import EventBus
from congress.kernel.ids import PollId
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.schema import congress_metadata
from congress.voting.casting import Prepared
from congress.voting.crypto.tally import Partial
from tests.helpers.hall import Hall
from tests.helpers.vaults import KEY, MORNING

VOTERS = 6


@dataclass(frozen=True)
class Death:
    """The moment at which a process dies.

    Attributes:
        owner: The module or class that takes the step.
        step: Name of the function.
        late: Whether the step is done before the process dies, or never begun.
    """

    owner: object
    step: str
    late: bool

    @property
    def committed(self) -> bool:
        """Whether what was under way lasts."""
        return self.step == "empty_log" or (self.step == "commit" and self.late)

    def meets(self, work: Callable[[], object], *, at: int = 1) -> bool:
        """Do ``work`` in a process that dies when it comes to the step for the ``at``-th time.

        Returns:
            Whether it died; not if the step was taken fewer times.
        """
        child = os.fork()
        if not child:
            try:
                real, met = getattr(self.owner, self.step), 0

                def die(*args: object, **kwargs: object) -> object:
                    nonlocal met
                    met += 1
                    if met == at and not self.late:
                        os.kill(os.getpid(), signal.SIGKILL)
                    done = real(*args, **kwargs)
                    if met == at:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return done

                setattr(self.owner, self.step, die)
                work()
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return True
        assert os.WEXITSTATUS(status) == 0, "what is under way cannot be done"
        return False


def deaths(*steps: tuple[object, str]) -> pytest.MarkDecorator:
    """Run a test with the ``death`` before, and the one after, each of the steps."""
    found = [Death(owner, step, late) for owner, step in steps for late in (False, True)]
    names = [f"{'after' if death.late else 'before'} {death.step}" for death in found]
    return pytest.mark.parametrize("death", found, ids=names)


def database_at(path: Path) -> Database:
    engine = sqlcipher_engine(path, KEY, create=not path.exists())
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        congress_metadata.create_all(connection)
        connection.commit()
    return Database("congress", engine, ManualClock(MORNING), EventBus())


@dataclass(frozen=True)
class Scene:
    """A poll at some moment, in a file that can be copied, and what is under way."""

    file: Path
    poll_id: PollId
    prepared: Prepared
    part: Partial | None = None

    def after(self, death: Death, folder: Path, work: Callable[[Hall], object]) -> Hall:
        """Let a process die over ``work``; return the hall as it is found after it."""
        file = folder / "congress.db"
        shutil.copy(self.file, file)
        assert death.meets(lambda: work(Hall(VOTERS, database=database_at(file)))), "never reached"
        return Hall(VOTERS, database=database_at(file))
