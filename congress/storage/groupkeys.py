"""The keys of groups: how they are sealed to members, and vouched for. Pure.

A group has a random key, sealed to each of its members and to everyone of the secretariat. From it
follow the key of the group's file of papers, the key that wraps their data keys, and the key that
hides the group's name from everybody else. The rows of a group and the public keys of members can
be written by whoever can open the congress database; so the secretariat vouches for both with a
key that only it holds, and trusts neither without.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidTag

from congress.kernel.canonical import encode
from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId, MemberId
from congress.storage.sealing import hkdf, seal, unseal, unwrap, wrap

_FILE = "congress.db"


def papers_file(key: bytes) -> bytes:
    """Return the raw SQLCipher key of the papers of the group with this key."""
    return hkdf(key, b"file/papers")


def papers_key(key: bytes) -> bytes:
    """Return the key that wraps the data keys of the group's papers."""
    return hkdf(key, b"data-keys")


def hide_name(key: bytes, group_id: GroupId, name: str) -> bytes:
    """Return the name of a group, encrypted for those who hold its key."""
    return wrap(hkdf(key, b"name"), name.encode(), encode([group_id]))


def name_of(key: bytes, group_id: GroupId, hidden: bytes) -> str:
    """Return the name that ``hide_name`` hid.

    Raises:
        InputError: ``vault.damaged``.
    """
    try:
        return unwrap(hkdf(key, b"name"), hidden, encode([group_id])).decode()
    except (InvalidTag, ValueError) as error:
        raise InputError("vault.damaged", file=_FILE) from error


def seal_to(
    public: bytes, key: bytes, vault_id: str, group_id: GroupId, member_id: MemberId
) -> bytes:
    """Return a group's key, sealed to the member with this X25519 public key."""
    return seal(public, key, _place(vault_id, group_id, member_id))


def open_seal(
    private: bytes, sealed: bytes, vault_id: str, group_id: GroupId, member_id: MemberId
) -> bytes:
    """Return the group's key that ``seal_to`` sealed.

    Raises:
        InputError: ``vault.damaged``: it was changed, or sealed to someone else.
    """
    try:
        return unseal(private, sealed, _place(vault_id, group_id, member_id))
    except (InvalidTag, ValueError) as error:
        raise InputError("vault.damaged", file=_FILE) from error


def group_proof(
    proof_key: bytes,
    group_id: GroupId,
    file: str,
    hidden_name: bytes,
    seals: Mapping[MemberId, bytes],
) -> bytes:
    """Return what vouches for a group as it stands in the congress database (32 bytes)."""
    members = {member: sha256(sealed).digest() for member, sealed in seals.items()}
    return _proof(proof_key, encode(["group", group_id, file, hidden_name, members]))


def member_proof(proof_key: bytes, member_id: MemberId, public: bytes) -> bytes:
    """Return what vouches for the public key of a member (32 bytes)."""
    return _proof(proof_key, encode(["member", member_id, public]))


def check_proof(found: bytes, expected: bytes, file: str = _FILE) -> None:
    """Refuse what the secretariat did not vouch for.

    Raises:
        InputError: ``vault.damaged``, naming ``file``.
    """
    if not hmac.compare_digest(found, expected):
        raise InputError("vault.damaged", file=file)


def _proof(key: bytes, statement: bytes) -> bytes:
    return hmac.digest(key, statement, "sha256")


def _place(vault_id: str, group_id: GroupId, member_id: MemberId) -> bytes:
    return encode(["group-key", vault_id, group_id, member_id])
