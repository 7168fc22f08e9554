"""The header of a vault, ``vault.json``: what must be known before anything can be opened.

It holds random salts and identifiers, the cost of the passphrase, public keys and sealed
bytes; no name, no role, no time.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congress.kernel.canonical import decode_bytes, encode
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.ids import MemberId
from congress.storage import faults
from congress.storage.files import write_whole

FORMAT = "paperless-congress/vault"
VERSION = 2
"""2: slots may hold the key of the member's own file. 1 is read as it was."""
_FILE = "vault.json"
_KDF = ("memory", "iterations", "lanes")


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """What one try of a passphrase costs (Argon2id, RFC 9106).

    Attributes:
        memory: KiB of memory.
        iterations: Passes over it.
        lanes: Parallel lanes.
    """

    memory: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        """Refuse what would take gigabytes or minutes: a tampered header must not."""
        reasonable = (
            1 <= self.lanes <= 16
            and 8 * self.lanes <= self.memory <= 1024 * 1024
            and 1 <= self.iterations <= 64
        )
        if not reasonable:
            raise ValueError("the cost of the passphrase is out of bounds")


@dataclass(frozen=True, slots=True)
class Slot:
    """What lets one member in.

    Attributes:
        id: The member's identifier, random.
        public: The member's X25519 public key (32 bytes).
        private: The private key, wrapped by the key from the passphrase (nonce first).
        keys: The keys this member holds, sealed to ``public``.
    """

    id: MemberId
    public: bytes
    private: bytes
    keys: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one vault.

    Attributes:
        vault_id: Random identifier of the vault.
        salt: 32 random bytes, for the passphrases.
        kdf: What one try of a passphrase costs.
        slots: One per member.
    """

    vault_id: str
    salt: bytes
    kdf: KdfParameters
    slots: Sequence[Slot]

    def slot(self, member_id: MemberId) -> Slot:
        """Return the slot of this member.

        Raises:
            KeyError: There is none.
        """
        for slot in self.slots:
            if slot.id == member_id:
                return slot
        raise KeyError(member_id)


def write(folder: Path, header: Header) -> None:
    """Replace the header in ``folder`` whole.

    Raises:
        EnvironmentFault: ``disk.full``, ``disk.failed`` or ``vault.read_only``; the old
            header is untouched.
    """
    value = {
        "format": FORMAT,
        "version": VERSION,
        "vault": header.vault_id,
        "salt": header.salt,
        "kdf": {name: getattr(header.kdf, name) for name in _KDF},
        "slots": [
            {"id": slot.id, "public": slot.public, "private": slot.private, "keys": slot.keys}
            for slot in header.slots
        ],
    }
    with faults.naming(_FILE):
        write_whole(folder / _FILE, encode(value))


def read(folder: Path) -> Header:
    """Read the header in ``folder``.

    Raises:
        InputError: ``vault.not_found`` if there is no such folder, ``vault.not_a_vault``
            if it holds no header of ours, ``vault.damaged`` if the header is cut or bent.
        RefusedError: ``vault.newer`` if a later version of the program wrote it.
        EnvironmentFault: ``vault.read_only`` if it may not be read.
    """
    if not folder.is_dir():
        raise InputError("vault.not_found", file=folder.name)
    with faults.naming(_FILE):
        try:
            data = (folder / _FILE).read_bytes()
        except FileNotFoundError as error:
            raise InputError("vault.not_a_vault", file=folder.name) from error
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise InputError("vault.not_a_vault", file=folder.name)
        if value["version"] > VERSION:
            raise RefusedError("vault.newer", file=_FILE)
        return _header(value)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("vault.damaged", file=_FILE) from error


def _header(value: Any) -> Header:
    try:
        return Header(
            vault_id=str(value["vault"]),
            salt=_bytes(value["salt"]),
            kdf=KdfParameters(*(value["kdf"][name] for name in _KDF)),
            slots=tuple(
                Slot(
                    id=MemberId(str(slot["id"])),
                    public=_bytes(slot["public"]),
                    private=_bytes(slot["private"]),
                    keys=_bytes(slot["keys"]),
                )
                for slot in value["slots"]
            ),
        )
    except CongressError as error:
        raise ValueError("not base64url") from error


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("bytes are written as text")
    return decode_bytes(value)
