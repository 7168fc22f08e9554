"""The one wiring place: builds every service of an open congress and hands it over.

Nothing is built at import. The user interface, the command line and the demo all get their
services here, so that one congress is put together in one way.
"""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from congress.docs.library import Library
from congress.floor.programme import Programme
from congress.kernel.clock import Clock, SystemClock
from congress.kernel.events import EventBus
from congress.kernel.roles import Actor
from congress.kernel.settings import Settings
from congress.people.directory import Directory
from congress.rollcall.desk import Desk
from congress.storage.keys import KdfParameters
from congress.storage.vault import Vault


@dataclass(frozen=True)
class OpenCongress:
    """An open congress in the name of the member who signed in.

    Attributes:
        vault: Its files, members and settings.
        bus: Hands out what was committed.
        clock: Tells the time of every entry.
        people: The list of the congress.
        library: The papers this member may read.
        desk: The register of who is present.
        programme: What happens when.
    """

    vault: Vault
    bus: EventBus
    clock: Clock
    people: Directory
    library: Library
    desk: Desk
    programme: Programme

    @property
    def actor(self) -> Actor:
        """The signed-in member."""
        return self.vault.actor

    @property
    def settings(self) -> Settings:
        """The settings of the congress as they are now."""
        return self.vault.settings

    def close(self) -> None:
        """Close the vault."""
        self.vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_congress(
    path: Path,
    settings: Settings,
    passphrase: str,
    *,
    name: str = "secretariat",
    clock: Clock | None = None,
    kdf: KdfParameters | None = None,
) -> OpenCongress:
    """Make a new congress in the folder ``path`` and open it as its first member.

    Raises:
        CongressError: As ``congress.storage.vault.Vault.create``.
    """
    bus, clock = EventBus(), clock or SystemClock()
    vault = Vault.create(
        path,
        settings=settings,
        passphrase=passphrase,
        name=name,
        clock=clock,
        publisher=bus,
        kdf=kdf,
    )
    return _wired(vault, bus, clock)


def open_congress(
    path: Path, passphrase: str, *, name: str = "secretariat", clock: Clock | None = None
) -> OpenCongress:
    """Open the congress in the folder ``path`` as the member ``name``.

    Raises:
        CongressError: As ``congress.storage.vault.Vault.open``.
    """
    bus, clock = EventBus(), clock or SystemClock()
    vault = Vault.open(path, passphrase=passphrase, name=name, clock=clock, publisher=bus)
    return _wired(vault, bus, clock)


def _wired(vault: Vault, bus: EventBus, clock: Clock) -> OpenCongress:
    try:
        database, actor = vault.congress, vault.actor
        people = Directory(database, actor)
        desk = Desk(database, actor, people, clock, lambda: vault.settings)
        return OpenCongress(
            vault=vault,
            bus=bus,
            clock=clock,
            people=people,
            library=Library(vault.papers, vault.blobs, vault.clearance_key, actor, clock),
            desk=desk,
            programme=Programme(database, actor, clock),
        )
    except BaseException:
        vault.close()
        raise
