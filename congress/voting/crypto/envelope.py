"""Envelopes that one trustee alone can open: how shares travel in a key ceremony.

Ephemeral X25519 (RFC 7748), HKDF-SHA-256 (RFC 5869) and ChaCha20-Poly1305 (RFC 8439). The
ephemeral key, the receiver's key and the label all enter the derivation of the key, so that an
envelope opens only as what it was sealed as.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congress.kernel.canonical import encode
from congress.kernel.errors import InputError

KEY_BYTES = 32
_ONCE = bytes(12)
"""The nonce: every key seals one message."""


def box_key(seed: bytes) -> bytes:
    """Return the public key (32 bytes) of the private key ``seed`` (32 bytes)."""
    return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _key(shared: bytes, ephemeral: bytes, receiver: bytes, label: object) -> bytes:
    info = encode(["paperless-congress/envelope/1", ephemeral, receiver, label])
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(shared)


def seal(receiver: bytes, label: object, secret: bytes) -> bytes:
    """Return ``secret`` sealed for the owner of the box key ``receiver``.

    Args:
        receiver: Public box key (32 bytes).
        label: A canonical value that says what this is: ceremony, from whom, to whom.
        secret: What is sealed.

    Raises:
        InputError: ``voting.bad_encoding`` if ``receiver`` is not a usable key.
    """
    ephemeral = X25519PrivateKey.generate()
    public = ephemeral.public_key().public_bytes_raw()
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(receiver))
    except ValueError as error:
        raise InputError("voting.bad_encoding") from error
    cipher = ChaCha20Poly1305(_key(shared, public, receiver, label))
    return public + cipher.encrypt(_ONCE, secret, None)


def unseal(seed: bytes, label: object, sealed: bytes) -> bytes:
    """Return what was sealed for the owner of ``seed``.

    Raises:
        InputError: ``voting.bad_share`` if it was sealed for another, as something else, or
            changed on the way.
    """
    private = X25519PrivateKey.from_private_bytes(seed)
    public, text = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(public))
        receiver = private.public_key().public_bytes_raw()
        return ChaCha20Poly1305(_key(shared, public, receiver, label)).decrypt(_ONCE, text, None)
    except (ValueError, InvalidTag) as error:
        raise InputError("voting.bad_share") from error
