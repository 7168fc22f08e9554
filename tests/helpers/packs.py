"""A small congress with a paper of every clearance, and packs made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.packs.building import Built, Order, PackBuilder
from congress.docs.packs.model import Deliverable, OpenShelves, Recipient, RecipientId
from congress.docs.packs.opening import new_secret
from congress.kernel.clock import ManualClock
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Clearance
from congress.kernel.signing import Signer
from congress.storage.vault import Vault
from tests.helpers.papers import pdf
from tests.helpers.vaults import CHEAP, make_vault, manual_clock

LAN = Recipient(RecipientId("lan".ljust(26, "a")), "Nguyễn Thị Lan", "D-014", "vi")


@dataclass
class PackHouse:
    """A vault with papers, and what makes packs of them."""

    folder: Path
    clock: ManualClock
    vault: Vault
    library: Library
    papers: dict[Clearance, Paper]

    @property
    def builder(self) -> PackBuilder:
        shelves = OpenShelves.of(self.vault.papers, self.vault.shelf_key, self.vault.blobs)
        signer = Signer(self.vault.derive("ledger signing"))
        return PackBuilder(shelves, self.vault.actor, signer, self.clock, kdf=CHEAP)

    def add(self, name: str, text: str, clearance: Clearance, agenda: str = "") -> Paper:
        file = self.folder / f"{name}.pdf"
        file.write_bytes(pdf(text, "second page", title=name))
        return self.library.import_file(file, clearance=clearance, agenda=agenda, language="en")

    def pack(
        self,
        name: str = "lan",
        *,
        recipient: Recipient = LAN,
        papers: Sequence[Deliverable] | None = None,
        secret: str = "",
        days: int = 3,
        progress: Progress | None = None,
    ) -> tuple[Built, str]:
        """Return a pack and the code that opens it."""
        secret = secret or new_secret()
        now = self.clock.now()
        order = Order(
            recipient=recipient,
            papers=self.builder.deliverable() if papers is None else papers,
            secret=secret,
            code="7ZK3Q0MW",
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        path = self.folder / f"{name}.congresspack"
        return self.builder.build(order, path, self.vault.settings, progress or Silent()), secret


def pack_house(folder: Path) -> PackHouse:
    """Return a congress in ``folder`` with a paper of every clearance; close its vault."""
    clock = manual_clock()
    vault = make_vault(folder, clock=clock)
    library = Library(vault.papers, vault.blobs, vault.shelf_key, vault.actor, clock)
    house = PackHouse(folder, clock, vault, library, {})
    for item, each in enumerate(Clearance, start=1):
        title = f"Title{each.value}zz"
        house.papers[each] = house.add(title, f"Text{each.value}zz", each, f"{item}. Item")
    return house
