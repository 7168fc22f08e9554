"""Ed25519 signatures (RFC 8032) over canonical values, with a purpose bound in."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from congress.kernel.canonical import encode


def _message(purpose: str, value: object) -> bytes:
    return encode(["paperless-congress", purpose, value])


class Signer:
    """Holds one private key and signs values for a stated purpose."""

    def __init__(self, seed: bytes) -> None:
        """Take the 32-byte seed of the private key."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """The 32-byte public key."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, purpose: str, value: object) -> bytes:
        """Return the 64-byte signature of ``value`` for ``purpose``."""
        return self._key.sign(_message(purpose, value))


def verify(public_key: bytes, purpose: str, value: object, signature: bytes) -> bool:
    """Return whether ``signature`` is ``public_key``'s over ``value`` for ``purpose``."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signature, _message(purpose, value))
    except (InvalidSignature, ValueError):
        return False
    return True
