"""The master key of the faces: outside every database, so that erasing reaches the backups.

Each person's key stands in the database wrapped under the master key. A backup of the database
holds wrapped keys too; they open as long as the master key exists. So whoever is erased has
their row deleted, the keys of all others are wrapped anew under a fresh master key, and the
old one is overwritten: no backup of the database opens a template of that person again.

What it cannot reach: a copy of the whole folder of the congress that was made before, and
blocks that a disk keeps by itself when a file is replaced.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congress.kernel.errors import InputError
from congress.storage import faults
from congress.storage.files import write_whole

_MAGIC = b"PCFK1"
_NONCE, _KEY = 12, 32


class FaceKeys:
    """The file ``faces.key``: the master key, and during a renewal the one before as well."""

    def __init__(self, path: Path, wrapping: bytes) -> None:
        """Take the file, which need not exist yet.

        Args:
            path: In the folder of the congress.
            wrapping: 32 bytes that seal the file (``Vault.derive("templates")``).
        """
        self._path = path
        self._wrapping = wrapping

    def all(self) -> tuple[bytes, ...]:
        """Return the master keys that may be in use, the newest first.

        A congress whose faces were enrolled before there was such a file has one that follows
        from the vault's key; the first erasure replaces it.

        Raises:
            InputError: ``faces.keys_damaged``.
            EnvironmentFault: ``disk.failed``.
        """
        with faults.naming(self._path):
            if not self._path.exists():
                return (self._wrapping,)
            data = self._path.read_bytes()
        try:
            if not data.startswith(_MAGIC):
                raise InvalidTag
            start = len(_MAGIC) + _NONCE
            plain = AESGCM(self._wrapping).decrypt(data[len(_MAGIC) : start], data[start:], _MAGIC)
            if not plain or len(plain) % _KEY:
                raise InvalidTag
        except (InvalidTag, ValueError) as error:
            raise InputError("faces.keys_damaged", file=self._path.name) from error
        return tuple(plain[at : at + _KEY] for at in range(0, len(plain), _KEY))

    def begin(self) -> None:
        """Write a first random master key, if there is none; only while nobody is enrolled.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        if not self._path.exists():
            self._write([os.urandom(_KEY)])

    def renew(self) -> bytes:
        """Put a fresh master key before those in use, and return it.

        Raises:
            InputError: ``faces.keys_damaged``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        fresh = os.urandom(_KEY)
        self._write([fresh, *self.all()])
        return fresh

    def keep(self, key: bytes) -> None:
        """Forget every master key but this one.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._write([key])

    def _write(self, keys: Sequence[bytes]) -> None:
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(self._wrapping).encrypt(nonce, b"".join(keys), _MAGIC)
        with faults.naming(self._path):
            write_whole(self._path, _MAGIC + nonce + sealed)
