"""Opens a pack somebody was given: says what it is, unpacks it, and signs in.

What it needs of the services is imported on the working threads: this page stands before the
services do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from congress.kernel.clock import Clock, SystemClock
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.inside import load_inside
from congress.ui.recent import RecentCongresses
from congress.ui.tasks import Task

if TYPE_CHECKING:
    from congress.app import OpenCongress
    from congress.docs.packs.model import Manifest


@dataclass(frozen=True)
class Offered:
    """A pack as it can be opened here.

    Attributes:
        file: The pack.
        manifest: What it says of itself.
        earlier: The folder of an earlier pack of the same recipient, or ``None``.
    """

    file: Path
    manifest: "Manifest"
    earlier: Path | None


class OpenPackController(QObject):
    """Leads one pack from its file to its first page."""

    looked = Signal(object)
    """The ``Offered`` pack."""
    not_a_pack = Signal(object)
    """The ``CongressError`` because of which there is nothing to open."""

    def __init__(
        self,
        context: UiContext,
        recent: RecentCongresses,
        *,
        home: Callable[[], Path] | None = None,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            context: The surroundings.
            recent: What was open on this machine.
            home: Returns where folders of packs are made.
            clock: Tells whether a pack has expired.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._recent = context, recent
        self._home = home or _documents
        self._clock = clock

    def look(self, file: Path) -> None:
        """Read what a pack says of itself: ``looked`` or ``not_a_pack`` answers."""
        home = self._home()

        def read(_: Progress) -> Offered:
            from congress.docs.packs.container import read_manifest
            from congress.docs.packs.opening import earlier

            manifest = read_manifest(file)
            before = earlier(manifest, home)
            return Offered(file, manifest, before.path if before else None)

        task = self._context.tasks.free(read)
        task.success(self.looked.emit).failure(self.not_a_pack.emit).start()

    def opening(
        self, offered: Offered, code: str, passphrase: str, *, keep_notes: bool
    ) -> "Task[OpenCongress]":
        """Return the work that unpacks a pack and opens it.

        Args:
            offered: The pack.
            code: The code on its slip.
            passphrase: Of the earlier pack.
            keep_notes: Whether the new papers take the place of the earlier ones, and the
                notes stay.
        """
        home, clock = self._home(), self._clock
        replacing = offered.earlier if keep_notes else None

        def work(progress: Progress) -> "OpenCongress":
            from congress.app import open_pack
            from congress.docs.packs.opening import install, target_in

            load_inside()
            folder = install(
                offered.file,
                target_in(home, offered.manifest),
                code,
                clock or SystemClock(),
                replacing=replacing,
                passphrase=passphrase,
                progress=progress,
            )
            return open_pack(folder, passphrase if replacing else code, clock=clock)

        return self._context.tasks.store(work)

    def entered(self, congress: "OpenCongress") -> None:
        """Show a pack that is open, and remember its folder."""
        self._recent.add(congress.vault.path)
        self._context.enter(congress)


def _documents() -> Path:
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(kind) or Path.home())
