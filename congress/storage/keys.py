"""The key hierarchy of a vault. Pure: ``congress.storage.header`` keeps what it makes.

passphrase -> Argon2id -> key of the slot -> the member's X25519 private key -> the keys the
member holds: the vault's own and one for each clearance. HKDF (RFC 5869, SHA-256) turns each
into the keys of single files and purposes, so no key is ever used for two things. A changed
passphrase wraps one private key anew; a new member is given keys that the giver holds.
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congress.kernel.canonical import decode, decode_bytes, encode
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId
from congress.kernel.roles import Clearance
from congress.kernel.settings import MIN_PASSPHRASE
from congress.storage.header import Header, Slot

_NONCE = 12
_PREFIX = b"paperless-congress/"


def _hkdf(key: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_PREFIX + info).derive(key)


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys that one member holds. Has no text form, so that it never stands in a log.

    Attributes:
        vault: The vault's key (32 bytes).
        clearances: The key of each clearance held (32 bytes each).
    """

    vault: bytes
    clearances: Mapping[Clearance, bytes]

    @classmethod
    def fresh(cls) -> "KeyRing":
        """Return random keys for a new vault."""
        return cls(os.urandom(32), {clearance: os.urandom(32) for clearance in Clearance})

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes that follow from the vault's key and ``purpose`` alone."""
        return _hkdf(self.vault, b"purpose/" + purpose.encode())

    def congress_file(self) -> bytes:
        """Return the raw SQLCipher key of the congress database."""
        return _hkdf(self.vault, b"file/congress")

    def papers_file(self, clearance: Clearance) -> bytes:
        """Return the raw SQLCipher key of the papers of a clearance that is held."""
        return _hkdf(self.clearances[clearance], b"file/papers")

    def papers_key(self, clearance: Clearance) -> bytes:
        """Return the key that wraps the data keys of a clearance that is held."""
        return _hkdf(self.clearances[clearance], b"data-keys")

    def only(self, clearances: Iterable[Clearance]) -> "KeyRing":
        """Return the keys to give to someone with these clearances.

        Raises:
            RefusedError: ``member.clearance_not_held`` if one of them is not held here.
        """
        wanted = tuple(clearances)
        if missing := [each for each in wanted if each not in self.clearances]:
            raise RefusedError("member.clearance_not_held", clearance=missing[0].value)
        return KeyRing(self.vault, {each: self.clearances[each] for each in wanted})


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
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    keys = {"vault": ring.vault} | {
        clearance.value: secret for clearance, secret in ring.clearances.items()
    }
    return Slot(
        id=member_id,
        public=public,
        private=_wrap(key, private.private_bytes_raw(), _slot_aad(header, member_id)),
        keys=_seal(public, encode(keys), _slot_aad(header, member_id)),
    )


def open_slot(header: Header, key: bytes) -> tuple[MemberId, KeyRing]:
    """Try ``key`` (from ``slot_key``) on every slot.

    Returns:
        The member whose slot it opens, and the keys in it.

    Raises:
        InputError: ``vault.wrong_passphrase`` if it opens none; ``vault.damaged`` if it
            opens one whose keys are bent.
    """
    for slot in header.slots:
        aad = _slot_aad(header, slot.id)
        try:
            private = _unwrap(key, slot.private, aad)
        except InvalidTag:
            continue
        try:
            value = decode(_unseal(private, slot.keys, aad))
            assert isinstance(value, Mapping)  # noqa: S101 - sealed by us, and authentic
            keys = {name: decode_bytes(str(secret)) for name, secret in value.items()}
        except (InvalidTag, ValueError) as error:
            raise InputError("vault.damaged", file="vault.json") from error
        return slot.id, KeyRing(keys.pop("vault"), {Clearance(c): k for c, k in keys.items()})
    raise InputError("vault.wrong_passphrase")


def rewrap(header: Header, member_id: MemberId, old: bytes, new: bytes) -> Slot:
    """Return the member's slot, opening with ``new`` instead of ``old``.

    Raises:
        InputError: ``vault.wrong_passphrase`` if ``old`` does not open it.
    """
    slot = header.slot(member_id)
    aad = _slot_aad(header, member_id)
    try:
        private = _unwrap(old, slot.private, aad)
    except InvalidTag as error:
        raise InputError("vault.wrong_passphrase") from error
    return replace(slot, private=_wrap(new, private, aad))


def _slot_aad(header: Header, member_id: MemberId) -> bytes:
    return encode([header.vault_id, member_id])


def _wrap(key: bytes, secret: bytes, aad: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, aad)


def _unwrap(key: bytes, wrapped: bytes, aad: bytes) -> bytes:
    if len(wrapped) < _NONCE:
        raise InvalidTag
    return AESGCM(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], aad)


def _seal(public: bytes, secret: bytes, aad: bytes) -> bytes:
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return ephemeral + _wrap(_hkdf(shared, b"seal", ephemeral + public), secret, aad)


def _unseal(private: bytes, sealed: bytes, aad: bytes) -> bytes:
    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    ephemeral = sealed[:32]
    shared = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    return _unwrap(_hkdf(shared, b"seal", ephemeral + public), sealed[32:], aad)
