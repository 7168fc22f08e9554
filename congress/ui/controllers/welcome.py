"""Between the first pages and the congresses on this machine: make, open, remember."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError
from congress.kernel.progress import Progress
from congress.kernel.settings import Settings
from congress.ui.context import UiContext
from congress.ui.inside import load_inside
from congress.ui.recent import RecentCongresses
from congress.ui.tasks import Task

if TYPE_CHECKING:
    from congress.app import OpenCongress

Sample = Callable[[Progress], "OpenCongress"]
"""Makes the sample congress and opens it."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def is_pack(path: Path) -> bool:
    """Return whether the folder ``path`` was unpacked from a pack: a code opens it, no name."""
    return (path / "pack.json").is_file()


def folder_name(name: str) -> str:
    """Return a name for the folder of the congress ``name`` that every system allows."""
    plain = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    return " ".join(plain.split())[:60].strip(" .") or "congress"


@dataclass(frozen=True, slots=True)
class Known:
    """A congress that was open on this machine.

    Attributes:
        path: Its folder.
        found: Whether the folder is there now.
        pack: Whether it was unpacked from a pack.
    """

    path: Path
    found: bool
    pack: bool = False

    @property
    def name(self) -> str:
        """The name of the folder: its own name is under its key."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new congress begins with.

    Attributes:
        folder: The folder to make.
        settings: Its name, days, place and language.
        member: Sign-in name of its first member.
        passphrase: Of the first member.
    """

    folder: Path
    settings: Settings
    member: str
    passphrase: str = field(repr=False)


class WelcomeController(QObject):
    """Makes and opens congresses; the window then shows the one that was opened."""

    opened = Signal(object)
    """The ``OpenCongress``."""
    refused = Signal(object)
    """The ``CongressError`` because of which none was opened."""
    busy_changed = Signal(bool)
    """Whether a congress is being made or opened."""

    def __init__(
        self,
        context: UiContext,
        recent: RecentCongresses,
        sample: Sample | None = None,
        *,
        found: "Callable[[Founding], OpenCongress] | None" = None,
        open_: "Callable[[Path, str, str], OpenCongress] | None" = None,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Work for the pages of ``context``.

        Args:
            context: The surroundings.
            recent: What was open on this machine.
            sample: Makes the sample congress, or ``None`` where there is none.
            found: Makes and opens a congress; by default as ``congress.app`` does.
            open_: Opens a congress by folder, sign-in name and passphrase; likewise.
            clock: Tells the time of every entry of a congress opened here.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._recent, self._sample = context, recent, sample
        self._found = found or partial(_found, clock)
        self._open = open_ or partial(_open, clock)
        self._task: Task[OpenCongress] | None = None

    @property
    def has_sample(self) -> bool:
        """Whether there is a sample congress to try."""
        return self._sample is not None

    @property
    def busy(self) -> bool:
        """Whether a congress is being made or opened."""
        return self._task is not None

    def known(self) -> Sequence[Known]:
        """Return the congresses that were open on this machine, the latest first."""
        paths = self._recent.paths()
        return [Known(path, (path / "vault.json").is_file(), is_pack(path)) for path in paths]

    def forget(self, path: Path) -> None:
        """Take a congress off the list; its folder stays as it is."""
        self._recent.forget(path)

    def remember(self, path: Path) -> None:
        """Put a congress at the head of the list."""
        self._recent.add(path)

    def usual_place(self) -> Path:
        """Return the folder in which congresses are kept unless another is chosen."""
        kind = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(kind) or Path.home())

    def free_folder(self, place: Path, name: str) -> Path:
        """Return the folder in ``place`` for the congress ``name``; none that is in use."""
        wanted = place / folder_name(name)
        number = 2
        free = wanted
        while free.exists():
            free = wanted.with_name(f"{wanted.name} {number}")
            number += 1
        return free

    def found(self, founding: Founding) -> None:
        """Make a congress; ``opened`` or ``refused`` answers."""
        self._begin(self._context.tasks.store(lambda _: self._found(founding)))

    def open(self, path: Path, name: str, passphrase: str) -> None:
        """Open a congress; ``opened`` or ``refused`` answers."""
        self._begin(self._context.tasks.store(lambda _: self._open(path, name, passphrase)))

    def sample(self) -> "Task[OpenCongress] | None":
        """Return the work that makes the sample congress, to be run in a work sheet."""
        if self._sample is None:
            return None
        return self._context.tasks.store(self._sample)

    def entered(self, congress: "OpenCongress") -> None:
        """Show a congress that is open, and remember it."""
        self._recent.add(congress.vault.path)
        self._context.enter(congress)

    def _begin(self, task: "Task[OpenCongress]") -> None:
        if self._task is not None:
            return
        self._task = task.success(self._opened).failure(self._failed).ended(self._ended)
        self.busy_changed.emit(True)
        task.start()

    def _opened(self, congress: "OpenCongress") -> None:
        self.entered(congress)
        self.opened.emit(congress)

    def _failed(self, error: CongressError) -> None:
        self.refused.emit(error)

    def _ended(self) -> None:
        self._task = None
        self.busy_changed.emit(False)


def _found(clock: Clock | None, founding: Founding) -> "OpenCongress":
    # Imported on the store thread: the services take longer to import than the window.
    from congress.app import create_congress

    load_inside()
    return create_congress(
        founding.folder, founding.settings, founding.passphrase, name=founding.member, clock=clock
    )


def _open(clock: Clock | None, path: Path, name: str, passphrase: str) -> "OpenCongress":
    from congress.app import open_congress, open_pack

    load_inside()
    if is_pack(path):
        return open_pack(path, passphrase, clock=clock)
    return open_congress(path, passphrase, name=name, clock=clock)
