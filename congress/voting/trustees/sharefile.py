"""A trustee's share file, ``NAME.pctrustee``: one holder under one passphrase.

Argon2id (RFC 9106, at the cost that a vault's passphrase has) makes the key, ChaCha20-Poly1305
(RFC 8439) seals the holder. What stands outside says whose file it is and for which ceremony, is
bound to what is inside, and opens nothing.
"""

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from congress.kernel.canonical import Json, decode, decode_bytes, encode
from congress.kernel.errors import InputError, RefusedError
from congress.storage.header import KdfParameters
from congress.voting.trustees import passphrases
from congress.voting.trustees.holder import Holder

FORMAT = "paperless-congress/trustee"
VERSION = 1
ENDING = ".pctrustee"
LARGEST = 1024 * 1024
_NONCE, _SALT = 12, 16
_COST = ("memory", "iterations", "lanes")


@dataclass(frozen=True, slots=True)
class Label:
    """What can be read of a share file without its passphrase.

    Attributes:
        ceremony: Identifier of the ceremony.
        congress: Name of the congress.
        index: Of the trustee.
        name: Of the trustee.
    """

    ceremony: str
    congress: str
    index: int
    name: str


@dataclass(frozen=True, slots=True)
class Lock:
    """A key from a passphrase, kept while a file is at work so that it is made only once.

    Attributes:
        kdf: What one try of the passphrase costs.
        salt: 16 random bytes.
        key: 32 bytes; never in a text form.
    """

    kdf: KdfParameters
    salt: bytes
    key: bytes = field(repr=False)


def file_name(name: str, index: int) -> str:
    """Return a name for a share file: the trustee's, without what file systems refuse."""
    kept = "".join(
        char if char.isalnum() or char in " -_'" or unicodedata.combining(char) else " "
        for char in name
    )
    return (" ".join(kept.split())[:60] or f"trustee {index}") + ENDING


def lock(passphrase: str, kdf: KdfParameters | None = None) -> Lock:
    """Return a lock under a new passphrase: the slow step.

    Raises:
        InputError: ``trustees.short_passphrase``.
    """
    passphrases.check(passphrase)
    return _lock(passphrase, kdf or KdfParameters(), os.urandom(_SALT))


def _lock(passphrase: str, kdf: KdfParameters, salt: bytes) -> Lock:
    key = Argon2id(
        salt=salt,
        length=32,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        memory_cost=kdf.memory,
    ).derive(unicodedata.normalize("NFC", passphrase).encode())
    return Lock(kdf, salt, key)


def seal(holder: Holder, under: Lock) -> bytes:
    """Return the share file of ``holder``."""
    head = _head(holder, under)
    nonce = os.urandom(_NONCE)
    inside = encode(holder.to_json())
    sealed = nonce + ChaCha20Poly1305(under.key).encrypt(nonce, inside, encode(head))
    return encode({**head, "sealed": sealed})


def _head(holder: Holder, under: Lock) -> dict[str, Json]:
    head: Any = {
        "format": FORMAT,
        "v": VERSION,
        "ceremony": holder.invitation.id,
        "congress": holder.invitation.congress,
        "index": holder.index,
        "name": holder.name,
        "kdf": {name: getattr(under.kdf, name) for name in _COST},
        "salt": under.salt,
    }
    value: Any = decode(encode(head))
    return dict(value)


def label_of(data: bytes) -> Label:
    """Return what stands outside of a share file.

    Raises:
        InputError: ``trustees.not_a_share`` or ``trustees.share_damaged``.
        RefusedError: ``trustees.share_newer`` if a later version of the program wrote it.
    """
    value = _outside(data)
    try:
        label = Label(value["ceremony"], value["congress"], value["index"], value["name"])
    except (KeyError, TypeError) as error:
        raise InputError("trustees.share_damaged") from error
    texts = (label.ceremony, label.congress, label.name)
    if not all(isinstance(text, str) for text in texts) or type(label.index) is not int:
        raise InputError("trustees.share_damaged")
    return label


def _outside(data: bytes) -> Mapping[str, Any]:
    if len(data) > LARGEST:
        raise InputError("trustees.not_a_share")
    try:
        value: Any = decode(data)
    except InputError as error:
        known = FORMAT.encode() in data
        code = "trustees.share_damaged" if known else "trustees.not_a_share"
        raise InputError(code) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError("trustees.not_a_share")
    version = value.get("v")
    if type(version) is not int or version < VERSION:
        raise InputError("trustees.share_damaged")
    if version > VERSION:
        raise RefusedError("trustees.share_newer")
    return value


def unseal(data: bytes, passphrase: str) -> tuple[Holder, Lock]:
    """Return the holder in a share file, and the lock to seal it again: the slow step.

    Raises:
        InputError: ``trustees.wrong_passphrase``: it does not open, because of the passphrase
            or because a byte of the file was changed; ``trustees.not_a_share``;
            ``trustees.share_damaged`` if the file is cut or bent outside of what is sealed.
        RefusedError: ``trustees.share_newer``.
    """
    label_of(data)
    value = dict(_outside(data))
    try:
        sealed = decode_bytes(value.pop("sealed"))
        kdf = KdfParameters(*(value["kdf"][name] for name in _COST))
        under = _lock(passphrase, kdf, decode_bytes(value["salt"]))
    except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("trustees.share_damaged") from error
    try:
        inside = ChaCha20Poly1305(under.key).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], encode(value)
        )
    except (InvalidTag, ValueError) as error:
        raise InputError("trustees.wrong_passphrase") from error
    holder = Holder.from_json(decode(inside))
    if _head(holder, under) != value:
        raise InputError("trustees.share_damaged")
    return holder, under
