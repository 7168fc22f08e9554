"""The secretariat vouches for the public keys of members before it seals anything to them.

The header lies open beside the databases: whoever can write there could put their own public key
in a member's slot, and would be sealed the keys of that member's groups. So the public keys stand
in the congress database too, each with a proof that only the secretariat can make.
"""

from sqlalchemy import Connection

from congress.kernel.errors import InputError
from congress.kernel.roles import Actor
from congress.storage import group_store, groupkeys, members
from congress.storage.database import Database
from congress.storage.header import Header, Slot
from congress.storage.keys import KeyRing

_FILE = "vault.json"


def vouch(connection: Connection, proof_key: bytes, slot: Slot) -> None:
    """Write that this public key is the member's."""
    proof = groupkeys.member_proof(proof_key, slot.id, slot.public)
    group_store.add_member_key(connection, slot.id, slot.public, proof)


def check(congress: Database, actor: Actor, sealed: Header, ring: KeyRing) -> None:
    """Check the public keys in the header, if the member can: the secretariat.

    In a vault that was made before, nothing is vouched for; the first of the secretariat to
    sign in takes the keys as they stand.

    Raises:
        InputError: ``vault.damaged``: a slot has another public key than the member was given.
    """
    if (proof_key := ring.proof_key()) is None:
        return
    with congress.reading() as connection:
        everyone = {member.id for member in members.everyone(connection)}
        known = group_store.member_keys(connection)
    slots = [slot for slot in sealed.slots if slot.id in everyone]
    if not known and not ring.own:
        with congress.unit_of_work(actor) as uow:
            for slot in slots:
                vouch(uow.connection, proof_key, slot)
            uow.audit("member.keys_vouched", count=len(slots))
            uow.commit()
        return
    for slot in slots:
        public, proof = known.get(slot.id, (b"", b""))
        if public != slot.public:
            raise InputError("vault.damaged", file=_FILE)
        groupkeys.check_proof(proof, groupkeys.member_proof(proof_key, slot.id, public), _FILE)
