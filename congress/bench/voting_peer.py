"""electionguard 1.4.0 on the same contest, in an environment of its own."""

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

PACKAGE = "electionguard==1.4.0"
_INSTALLING, _RUNNING = 600, 600
"""Seconds after which the peer is given up."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What the peer took for one contest, in milliseconds.

    Attributes:
        encrypt: Encrypt and prove it.
        verify: Check all of its proofs.
        add: Add one ballot to a tally.
    """

    encrypt: float
    verify: float
    add: float


@dataclass(frozen=True, slots=True)
class Absent:
    """Why there is no peer."""

    reason: str


def environment_folder() -> Path:
    """Return where the peer's environment is kept, in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    root = Path(base) if base else Path.home() / ".cache"
    return root / "paperless-congress" / PACKAGE


def measure(names: int, seats: int, rounds: int, folder: Path | None = None) -> Peer | Absent:
    """Run the peer on a contest; install it first if it is not there.

    Args:
        names: Candidates.
        seats: Of whom so many are chosen.
        rounds: How often each step is done; the quickest counts.
        folder: Its environment; by default in the user's cache.
    """
    folder = folder or environment_folder()
    try:
        python = _environment(folder)
        script = files("congress.bench") / "electionguard_peer.py"
        with as_file(script) as path:
            told = _run([python, path, names, seats, rounds], _RUNNING)
        figures = json.loads(told)
    except subprocess.TimeoutExpired:
        return Absent("it took too long")
    except subprocess.CalledProcessError as error:
        return Absent(_last_line(error.stderr))
    except (OSError, ValueError) as error:
        return Absent(type(error).__name__)
    return Peer(figures["encrypt_ms"], figures["verify_ms"], figures["add_ms"])


def _environment(folder: Path) -> Path:
    """Return the Python of the peer's environment."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        _run([python, "-m", "pip", "install", "--quiet", PACKAGE], _INSTALLING)
        ready.touch()
    return python


def _run(command: list[object], seconds: int) -> str:
    done = subprocess.run(  # noqa: S603 - a Python of our own making, no shell
        [str(each) for each in command],
        capture_output=True,
        check=True,
        text=True,
        timeout=seconds,
    )
    return done.stdout


def _last_line(text: str | None) -> str:
    lines = (text or "").strip().splitlines()
    return lines[-1][:200] if lines else "it said nothing"
