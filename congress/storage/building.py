"""Writes the files of a new vault into a folder that is not one yet."""

from pathlib import Path

from congress.kernel.clock import Clock
from congress.kernel.events import EventBus
from congress.kernel.roles import Actor
from congress.kernel.settings import Settings
from congress.storage import header, members, settings_store, vouching
from congress.storage.database import Database
from congress.storage.files import sync_folder
from congress.storage.header import Header
from congress.storage.keys import KeyRing, own_name
from congress.storage.model import Member
from congress.storage.opening import create_file, open_file


def build(
    folder: Path, sealed: Header, ring: KeyRing, first: Member, settings: Settings, clock: Clock
) -> None:
    """Write every file of a new vault into ``folder``, the header last.

    Args:
        folder: An empty folder.
        sealed: The header, with the slot of the first member.
        ring: Every key of the vault. Without the key of an own file there is none yet: the
            member makes both at their first sign-in.
        first: The first member.
        settings: What the congress decides about itself.
        clock: Dates the first audit entry.

    Raises:
        EnvironmentFault: ``disk.full`` or ``disk.failed``.
    """
    for clearance in ring.clearances:
        create_file(folder / f"{clearance.value}.db", "papers", ring.papers_file(clearance))
    create_file(folder / "congress.db", "congress", ring.congress_file())
    slot = sealed.slot(first.id)
    if ring.own:
        create_file(folder / f"{own_name(slot)}.db", "own", ring.own_file())
    for name in ("blobs", "backups"):
        (folder / name).mkdir(mode=0o700)
    engine = open_file(folder / "congress.db", "congress", ring.congress_file(), clock.now())
    actor = Actor(first.id, first.role, first.name)
    database = Database("congress", engine, clock, EventBus())
    try:
        with database.unit_of_work(actor) as uow:
            settings_store.save(uow.connection, settings)
            members.add(uow.connection, first)
            if proof_key := ring.proof_key():
                vouching.vouch(uow.connection, proof_key, slot)
            uow.audit("congress.created", sealed.vault_id)
            uow.commit()
    finally:
        database.close()
    header.write(folder, sealed)
    sync_folder(folder)
