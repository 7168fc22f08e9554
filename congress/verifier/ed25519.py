"""Ed25519 signatures (RFC 8032), checked on Python's own integers.

Cofactorless, as section 5.1.7 allows and OpenSSL does; ``S`` must be less than the order,
and the encodings of ``A`` and ``R`` must be the smallest ones. Public data only.
"""

import hashlib
from typing import TypeAlias

from congress.verifier import canonical
from congress.verifier.faults import Fault

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

_Extended: TypeAlias = tuple[int, int, int, int]
_IDENTITY: _Extended = (0, 1, 1, 0)


def require(public_key: bytes, purpose: str, value: canonical.Json, signature: bytes) -> None:
    """Check the signature of a value for a purpose (SPECIFICATION, section 5).

    Raises:
        Fault: ``bad_signature``.
    """
    if not verify(public_key, message(purpose, value), signature):
        raise Fault("bad_signature")


def message(purpose: str, value: canonical.Json) -> bytes:
    """Return what is signed when ``value`` is signed for ``purpose``."""
    return canonical.encode(["paperless-congress", purpose, value])


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether 64 bytes are the signature of ``message`` by a key of 32 bytes."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key = _decode(public_key)
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or scalar >= _ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    hashed = int.from_bytes(digest, "little") % _ORDER
    minus = (-key[0] % _P, key[1], 1, -key[3] % _P)
    return _encode(_add(_multiply(_BASE, scalar), _multiply(minus, hashed))) == signature[:32]


def _decode(data: bytes) -> _Extended | None:
    """Return the point of 32 bytes (RFC 8032, section 5.1.3), or ``None``."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (not x and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _encode(point: _Extended) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, _P)
    x, y = x * inverse % _P, y * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _add(first: _Extended, second: _Extended) -> _Extended:
    """Return the sum, also of a point and itself (RFC 8032, section 5.1.4)."""
    x1, y1, z1, t1 = first
    x2, y2, z2, t2 = second
    a, b = (y1 - x1) * (y2 - x2) % _P, (y1 + x1) * (y2 + x2) % _P
    c, d = 2 * t1 * t2 * _D % _P, 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _multiply(point: _Extended, scalar: int) -> _Extended:
    product = _IDENTITY
    while scalar:
        if scalar & 1:
            product = _add(product, point)
        point = _add(point, point)
        scalar >>= 1
    return product


def _base() -> _Extended:
    point = _decode((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
    if point is None:
        raise ArithmeticError("the base point of Ed25519 is on its curve")
    return point


_BASE = _base()
