"""The key hierarchy of a vault. Pure: ``congress.storage.header`` keeps what it makes.

passphrase -> Argon2id -> key of the slot -> the member's X25519 private key -> the keys the
member holds: the vault's own, one for each clearance, and one for the file that is the member's
alone. HKDF turns each into the keys of single files and purposes, so no key is ever used for two
things. A changed passphrase wraps one private key anew; a new member is given keys that the giver
holds, and makes the key of their own file at their first sign-in, where nobody else sees it.
The keys of groups are sealed to the same X25519 keys: see ``congress.storage.groupkeys``.
"""

import base64
import hashlib
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from congress.kernel.canonical import decode, decode_bytes, encode
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId
from congress.kernel.roles import Clearance
from congress.kernel.settings import MIN_PASSPHRASE
from congress.storage.header import Header, Slot
from congress.storage.sealing import hkdf, public_of, seal, unseal, unwrap, wrap


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys that one member holds. Has no text form, so that it never stands in a log.

    Attributes:
        vault: The vault's key (32 bytes).
        clearances: The key of each clearance held (32 bytes each).
        own: The key of the member's own file (32 bytes); empty until the first sign-in.
    """

    vault: bytes
    clearances: Mapping[Clearance, bytes]
    own: bytes = b""

    @classmethod
    def fresh(cls) -> "KeyRing":
        """Return random keys for a new vault."""
        clearances = {clearance: os.urandom(32) for clearance in Clearance}
        return cls(os.urandom(32), clearances, os.urandom(32))

    def with_own(self) -> "KeyRing":
        """Return these keys and a random one for the member's own file."""
        return replace(self, own=os.urandom(32))

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes that follow from the vault's key and ``purpose`` alone."""
        return hkdf(self.vault, b"purpose/" + purpose.encode())

    def congress_file(self) -> bytes:
        """Return the raw SQLCipher key of the congress database."""
        return hkdf(self.vault, b"file/congress")

    def own_file(self) -> bytes:
        """Return the raw SQLCipher key of the member's own file."""
        return hkdf(self.own, b"file/own")

    def papers_file(self, clearance: Clearance) -> bytes:
        """Return the raw SQLCipher key of the papers of a clearance that is held."""
        return hkdf(self.clearances[clearance], b"file/papers")

    def papers_key(self, clearance: Clearance) -> bytes:
        """Return the key that wraps the data keys of a clearance that is held."""
        return hkdf(self.clearances[clearance], b"data-keys")

    def proof_key(self) -> bytes | None:
        """Return the key that vouches for groups and their members; the secretariat's alone."""
        secret = self.clearances.get(Clearance.SECRET)
        return hkdf(secret, b"proof") if secret else None

    def only(self, clearances: Iterable[Clearance]) -> "KeyRing":
        """Return the keys to give to someone with these clearances.

        Raises:
            RefusedError: ``member.clearance_not_held`` if one of them is not held here.
        """
        wanted = tuple(clearances)
        if missing := [each for each in wanted if each not in self.clearances]:
            raise RefusedError("member.clearance_not_held", clearance=missing[0].value)
        return KeyRing(self.vault, {each: self.clearances[each] for each in wanted})


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """What a slot gives to who opens it.

    Attributes:
        member_id: The member whose slot it is.
        ring: The keys in it.
        private: The member's X25519 private key.
    """

    member_id: MemberId
    ring: KeyRing
    private: bytes


def fold_name(name: str) -> str:
    """Return a sign-in name as it is compared: NFC, without case and outer spaces."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


def check_passphrase(passphrase: str) -> None:
    """Refuse a new passphrase that is too short.

    Raises:
        InputError: ``vault.short_passphrase``.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise InputError("vault.short_passphrase", count=MIN_PASSPHRASE)


def slot_key(header: Header, name: str, passphrase: str) -> bytes:
    """Return the 32-byte key that a sign-in name and a passphrase make: the slow step.

    The name is part of the salt, so one computation serves to try every slot, and two
    members with one passphrase have different keys.
    """
    salt = hashlib.sha256(header.salt + fold_name(name).encode()).digest()[:16]
    return Argon2id(
        salt=salt,
        length=32,
        iterations=header.kdf.iterations,
        lanes=header.kdf.lanes,
        memory_cost=header.kdf.memory,
    ).derive(unicodedata.normalize("NFC", passphrase).encode())


def make_slot(header: Header, member_id: MemberId, key: bytes, ring: KeyRing) -> Slot:
    """Return a slot that opens with ``key`` (from ``slot_key``) and holds ``ring``."""
    private = os.urandom(32)
    public, aad = public_of(private), _slot_aad(header, member_id)
    return Slot(member_id, public, wrap(key, private, aad), seal(public, _written(ring), aad))


def open_slot(header: Header, key: bytes) -> Unlocked:
    """Try ``key`` (from ``slot_key``) on every slot.

    Raises:
        InputError: ``vault.wrong_passphrase`` if it opens none; ``vault.damaged`` if it
            opens one whose keys are bent.
    """
    for slot in header.slots:
        aad = _slot_aad(header, slot.id)
        try:
            private = unwrap(key, slot.private, aad)
        except InvalidTag:
            continue
        try:
            if public_of(private) != slot.public:
                raise ValueError("a public key that is not the member's")
            ring = _read(unseal(private, slot.keys, aad))
        except (InvalidTag, ValueError) as error:
            raise InputError("vault.damaged", file="vault.json") from error
        return Unlocked(slot.id, ring, private)
    raise InputError("vault.wrong_passphrase")


def reseal(header: Header, member_id: MemberId, ring: KeyRing) -> Slot:
    """Return the member's slot with these keys in it instead; its passphrase stays."""
    slot = header.slot(member_id)
    return replace(slot, keys=seal(slot.public, _written(ring), _slot_aad(header, member_id)))


def own_name(slot: Slot) -> str:
    """Return the name, without ending, of the file that is this member's alone.

    It follows from the member's random public key, so the file can be found, and removed with
    the member, by those who cannot open it.
    """
    digest = hashlib.sha256(b"paperless-congress/own-file/" + slot.public).digest()[:16]
    return f"own-{base64.b32encode(digest).decode('ascii').rstrip('=').lower()}"


def rewrap(header: Header, member_id: MemberId, old: bytes, new: bytes) -> Slot:
    """Return the member's slot, opening with ``new`` instead of ``old``.

    Raises:
        InputError: ``vault.wrong_passphrase`` if ``old`` does not open it.
    """
    slot = header.slot(member_id)
    aad = _slot_aad(header, member_id)
    try:
        private = unwrap(old, slot.private, aad)
    except InvalidTag as error:
        raise InputError("vault.wrong_passphrase") from error
    return replace(slot, private=wrap(new, private, aad))


def _slot_aad(header: Header, member_id: MemberId) -> bytes:
    return encode([header.vault_id, member_id])


def _written(ring: KeyRing) -> bytes:
    keys = {"vault": ring.vault} | {each.value: key for each, key in ring.clearances.items()}
    return encode(keys | ({"own": ring.own} if ring.own else {}))


def _read(sealed: bytes) -> KeyRing:
    value = decode(sealed)
    assert isinstance(value, Mapping)  # noqa: S101 - sealed by us, and authentic
    keys = {name: decode_bytes(str(secret)) for name, secret in value.items()}
    vault, own = keys.pop("vault"), keys.pop("own", b"")
    return KeyRing(vault, {Clearance(name): key for name, key in keys.items()}, own)
