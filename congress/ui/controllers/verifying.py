"""Runs the independent verifier as a program of its own, and reads what it says."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congress.kernel.errors import EnvironmentFault
from congress.kernel.ids import PollId
from congress.kernel.progress import Progress

_COMMAND = (sys.executable, "-m", "congress.verifier.main", "--json")
_PAUSE = 0.2
"""Seconds between two looks at whether it is done, or is to stop."""
_STATUS_TOLD = (0, 1)
"""What it ends with once it came to an end: everything holds, or not everything does."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that a check found wrong, or that a person should look at.

    Attributes:
        reason: Key of its sentence in ``congress.verifier.wording``.
        details: What is put into the sentence.
        entry: The ledger entry where it is, or 0.
    """

    reason: str
    details: Mapping[str, int | str]
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of the verifier.

    Attributes:
        name: As in ``congress.verifier.report.CHECKS``.
        holds: Whether it held.
        counted: How many things it looked at.
        failed: How many things are wrong.
        wrong: The first of them.
    """

    name: str
    holds: bool
    counted: int
    failed: int = 0
    wrong: tuple[Wrong, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether it held or failed; where the verifier cannot go on, the rest is left open."""
        return self.holds or self.failed > 0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the verifier says of a bundle.

    Attributes:
        poll_id: The poll that the bundle is of.
        holds: Whether everything held.
        ballots: Ballots checked.
        checks: In the order in which they are told.
        warnings: What a person should look at, though nothing is wrong.
        false_hints: Hints that were false and not used, though their ballots hold.
    """

    poll_id: PollId
    holds: bool
    ballots: int
    checks: tuple[Checked, ...]
    warnings: tuple[Wrong, ...] = ()
    false_hints: int = 0


def inspect_apart(path: Path, progress: Progress) -> Inspection:
    """Return what the verifier says of the bundle ``path``, from another process.

    Raises:
        EnvironmentFault: ``voting.verifier_failed`` if it did not come to an end.
        Cancelled: The person cancelled; the process was stopped.
    """
    with subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [*_COMMAND, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            said = _waited_for(process, progress)
        except BaseException:
            process.kill()
            raise
    if process.returncode not in _STATUS_TOLD:
        raise EnvironmentFault("voting.verifier_failed")
    try:
        return _read(json.loads(said))
    except (ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault("voting.verifier_failed") from error


def _waited_for(process: "subprocess.Popen[bytes]", progress: Progress) -> bytes:
    while True:
        progress.check()
        try:
            return process.communicate(timeout=_PAUSE)[0]
        except subprocess.TimeoutExpired:
            continue


def _read(said: Any) -> Inspection:
    return Inspection(
        poll_id=PollId(said["election_id"]),
        holds=bool(said["holds"]),
        ballots=int(said["ballots"]),
        checks=tuple(
            Checked(
                check["name"],
                bool(check["holds"]),
                int(check["counted"]),
                int(check["failed"]),
                tuple(_wrong(fault) for fault in check["faults"]),
            )
            for check in said["checks"]
        ),
        warnings=tuple(_wrong(fault) for fault in said["warnings"]),
        false_hints=int(said["false_hints"]),
    )


def _wrong(fault: Mapping[str, Any]) -> Wrong:
    details = {
        name: value for name, value in dict(fault).items() if name not in ("entry", "reason")
    }
    return Wrong(fault["reason"], details, int(fault.get("entry", 0)))
