"""Seals the templates of each person under a key of their own, so that erasure is final.

A portrait, where portraits are kept, has another key of its own: it can go while the face stays.

A person's key is random and stored wrapped under a key that follows from the vault's; the
templates are sealed with it, bound to the person and to the model that made them. Once the
wrapped key is gone, no copy of a template opens again. AES-256-GCM (NIST SP 800-38D) with
random 96-bit nonces; a key seals a handful of templates.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId
from congress.rollcall.faces import Model, Vector

_NONCE = 12


@dataclass(frozen=True, slots=True)
class SealedTemplate:
    """A template as it is stored.

    Attributes:
        person_id: Whose face.
        data: Nonce and ciphertext.
    """

    person_id: PersonId
    data: bytes


@dataclass(frozen=True, slots=True)
class SealedPortrait:
    """A portrait as it is stored.

    Attributes:
        person_id: Whose portrait.
        wrapped: Its key, wrapped under the key of all.
        data: Nonce and ciphertext of a JPEG.
    """

    person_id: PersonId
    wrapped: bytes
    data: bytes


class Purpose(Enum):
    """What a person's key seals; a key wrapped for one never opens as another."""

    TEMPLATES = b"key"
    PORTRAIT = b"portrait-key"


def new_key() -> bytes:
    """Return a fresh key (32 bytes) for one person's templates or portrait."""
    return os.urandom(32)


def wrap(
    master: bytes, person_id: PersonId, key: bytes, purpose: Purpose = Purpose.TEMPLATES
) -> bytes:
    """Return a person's key, sealed under the key of all."""
    return _seal(master, key, purpose.value, person_id)


def unwrap(
    masters: Sequence[bytes],
    person_id: PersonId,
    wrapped: bytes,
    purpose: Purpose = Purpose.TEMPLATES,
) -> bytes:
    """Return a person's key, wrapped under one of ``masters``.

    Raises:
        InputError: ``faces.template_damaged``.
    """
    for master in masters[:-1]:
        try:
            return _open(master, wrapped, purpose.value, person_id)
        except InputError:
            continue
    return _open(masters[-1], wrapped, purpose.value, person_id)


def seal_portrait(master: bytes, person_id: PersonId, jpeg: bytes) -> SealedPortrait:
    """Return a portrait sealed under a fresh key, and that key wrapped under ``master``."""
    key = new_key()
    wrapped = wrap(master, person_id, key, Purpose.PORTRAIT)
    return SealedPortrait(person_id, wrapped, _seal(key, jpeg, b"portrait", person_id))


def unseal_portrait(masters: Sequence[bytes], portrait: SealedPortrait) -> bytes:
    """Return the JPEG of a portrait, its key wrapped under one of ``masters``.

    Raises:
        InputError: ``faces.template_damaged``.
    """
    person_id = portrait.person_id
    key = unwrap(masters, person_id, portrait.wrapped, Purpose.PORTRAIT)
    return _open(key, portrait.data, b"portrait", person_id)


def seal(key: bytes, person_id: PersonId, model: Model, template: Vector) -> bytes:
    """Return a sealed template."""
    plain = template.astype("<f4").tobytes()
    return _seal(key, plain, b"template", f"{person_id}/{model.name}/{model.sha256}")


def unseal(key: bytes, person_id: PersonId, model: Model, data: bytes) -> Vector:
    """Return the template.

    Raises:
        InputError: ``faces.template_damaged``: it was changed, or is of another person or
            model.
    """
    plain = _open(key, data, b"template", f"{person_id}/{model.name}/{model.sha256}")
    return np.frombuffer(plain, "<f4").astype(np.float32)


def _bound(kind: bytes, to: str) -> bytes:
    return b"paperless-congress/face-" + kind + b"/1\0" + to.encode()


def _seal(key: bytes, plain: bytes, kind: bytes, to: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(kind, to))


def _open(key: bytes, data: bytes, kind: bytes, to: str) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], _bound(kind, to))
    except (InvalidTag, ValueError) as error:
        raise InputError("faces.template_damaged") from error
