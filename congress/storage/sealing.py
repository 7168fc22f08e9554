"""The few cryptographic steps that every key of a vault goes through. Pure.

HKDF (RFC 5869, SHA-256) parts one key into many, AES-256-GCM wraps a secret under a key, and
X25519 (RFC 7748) with a fresh key each time seals a secret to someone's public key.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_PREFIX = b"paperless-congress/"


def hkdf(key: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    """Return 32 bytes that follow from ``key`` for the one use that ``info`` names."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_PREFIX + info).derive(key)


def wrap(key: bytes, secret: bytes, aad: bytes) -> bytes:
    """Return ``secret`` encrypted under ``key`` and bound to ``aad``, the nonce first."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, aad)


def unwrap(key: bytes, wrapped: bytes, aad: bytes) -> bytes:
    """Return the secret that ``wrap`` encrypted.

    Raises:
        InvalidTag: Another key, another ``aad``, or a changed byte.
    """
    if len(wrapped) < _NONCE:
        raise InvalidTag
    return AESGCM(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], aad)


def public_of(private: bytes) -> bytes:
    """Return the X25519 public key (32 bytes) of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, secret: bytes, aad: bytes) -> bytes:
    """Return ``secret`` so that only the private key of ``public`` opens it."""
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return ephemeral + wrap(hkdf(shared, b"seal", ephemeral + public), secret, aad)


def unseal(private: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Return the secret that ``seal`` sealed.

    Raises:
        InvalidTag: It was sealed to someone else, bound to another ``aad``, or changed.
        ValueError: It is cut.
    """
    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    ephemeral = sealed[:32]
    shared = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    return unwrap(hkdf(shared, b"seal", ephemeral + public), sealed[32:], aad)
