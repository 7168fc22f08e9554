"""All that has to do with papers leaving the house, and with who reads them: built in one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from congress.docs.access import AccessLog, Reader
from congress.docs.agenda import Agenda
from congress.docs.library import Library
from congress.docs.packs.building import PackBuilder
from congress.docs.packs.model import OpenShelves
from congress.docs.packs.register import CopyRegister
from congress.docs.packs.tracing import Owner
from congress.floor import store as programme_store
from congress.floor.programme import Programme
from congress.kernel.clock import Clock
from congress.kernel.people import PeopleSource
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Role, Shelf
from congress.kernel.signing import Signer
from congress.secretariat.model import Cover
from congress.secretariat.packing import Packs
from congress.secretariat.portfolio.book import Portfolio
from congress.secretariat.portfolio.model import PublicShelf
from congress.storage.database import Database
from congress.storage.header import KdfParameters
from congress.storage.vault import Vault


@dataclass(frozen=True)
class Handout:
    """The services around papers that leave the house.

    Attributes:
        access: Who read what.
        copies: Which packs were handed out, and whose a watermark is.
        packs: Makes packs.
        portfolio: Makes books of public papers.
    """

    access: AccessLog
    copies: CopyRegister
    packs: Packs
    portfolio: Portfolio


def handout(
    vault: Vault,
    library: Library,
    people: PeopleSource,
    programme: Programme,
    clock: Clock,
    *,
    kdf: KdfParameters | None = None,
    zone: tzinfo | None = None,
) -> Handout:
    """Return the services of an open vault.

    Args:
        vault: The vault.
        library: Its papers.
        people: The list of the congress.
        programme: What happens when; goes along in packs.
        clock: Dates what is made.
        kdf: What one try of a pack's code costs; by default as for any vault.
        zone: Time zone of the hall; ``None`` is that of the machine.
    """
    actor = vault.actor

    def cover() -> Cover:
        settings = vault.settings
        return Cover(
            name=settings.name,
            place=settings.place,
            starts=settings.starts,
            ends=settings.ends,
            issued=clock.now().astimezone(zone).replace(microsecond=0),
            motto=settings.motto,
        )

    def owners() -> Sequence[Owner]:
        return [Owner(each.id, each.name, each.role, each.added_at) for each in vault.members()]

    def take_programme_along(database: Database, reader: Actor) -> None:
        items = programme.items()
        with database.unit_of_work(reader) as uow:
            programme_store.put(uow.connection, items)
            uow.audit("floor.imported", items=len(items))
            uow.commit()

    def builder() -> PackBuilder:
        return PackBuilder(
            OpenShelves.of(vault.papers, vault.shelf_key, vault.blobs),
            actor,
            Signer(vault.derive("ledger signing")),
            clock,
            more=take_programme_along,
            kdf=kdf,
        )

    def agenda() -> Agenda:
        return Agenda.of(item.title for item in programme.items())

    register = CopyRegister(vault.congress, actor, vault.derive("copy codes"), owners)
    return Handout(
        access=AccessLog(vault.papers, library, actor, _readers(vault), agenda),
        copies=register,
        packs=Packs(
            library,
            builder,
            register,
            people,
            lambda: vault.settings,
            cover,
            actor,
            clock,
            vault.derive("pack recipients"),
            zone=zone,
            agenda=agenda,
        ),
        portfolio=Portfolio(
            PublicShelf.of(vault.papers.__getitem__, vault.shelf_key, vault.blobs, actor, clock),
            cover,
            actor,
            agenda,
        ),
    )


def _readers(vault: Vault) -> Callable[[], Sequence[Reader]]:
    """Return what lists everybody who can sign in and read, the screens of the hall left out."""

    def readers() -> Sequence[Reader]:
        groups = vault.groups()
        found = []
        for member in vault.members():
            if member.role is Role.PROJECTOR:
                continue
            shelves = {Shelf(each) for each in CLEARANCES_OF[member.role]}
            shelves |= {
                Shelf(Clearance.RESTRICTED, group.id)
                for group in groups
                if member.id in group.members or member.role is Role.SECRETARIAT
            }
            found.append(Reader(member.id, member.name, member.role, frozenset(shelves)))
        return found

    return readers
