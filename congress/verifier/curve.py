"""The group: the curve secp256k1 on Python's own integers.

``y^2 = x^3 + 7`` over the field of ``P`` elements, of prime order ``Q`` (SEC 2, version 2.0,
section 2.4.1). Points are written added. Everything here is public data, so nothing is done
in constant time; this package must never see a secret.
"""

from typing import TypeAlias

from congress.verifier.faults import Fault

P = 2**256 - 2**32 - 977
"""The field's prime."""
Q = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141
"""The group's prime order."""

Affine: TypeAlias = tuple[int, int]
"""A point other than the identity, both coordinates at least 0 and less than ``P``."""
Point: TypeAlias = Affine | None
"""A point; ``None`` is the identity."""

G: Affine = (
    0x79BE667E_F9DCBBAC_55A06295_CE870B07_029BFCDB_2DCE28D9_59F2815B_16F81798,
    0x483ADA77_26A3C465_5DA4FBFC_0E1108A8_FD17B448_A6855419_9C47D08F_FB10D4B8,
)
"""The base point."""

POINT_LENGTH = 33
SCALAR_LENGTH = 32


def decode(data: bytes) -> Affine:
    """Return the point with this compressed SEC 1 encoding (33 bytes), by a square root.

    Raises:
        Fault: ``bad_point`` for anything that no point is encoded as.
    """
    if len(data) != POINT_LENGTH or data[0] not in (2, 3):
        raise Fault("bad_point")
    x = int.from_bytes(data[1:], "big")
    square = (x * x * x + 7) % P
    y = pow(square, (P + 1) // 4, P)
    if x >= P or y * y % P != square:
        raise Fault("bad_point")
    return x, (y if y & 1 == data[0] & 1 else P - y)


def decode_hinted(data: bytes, y: int) -> Affine:
    """Return the point with this encoding whose second coordinate is said to be ``y``.

    Raises:
        Fault: ``bad_hint`` if they are no point together, whichever of them is false.
    """
    x = int.from_bytes(data[1:], "big")
    if data[0] != 2 + (y & 1) or x >= P or y >= P or (y * y - x * x * x - 7) % P:
        raise Fault("bad_hint")
    return x, y


def encode(point: Affine) -> bytes:
    """Return the compressed SEC 1 encoding (33 bytes) of a point."""
    return (b"\3" if point[1] & 1 else b"\2") + point[0].to_bytes(32, "big")


def decode_scalar(data: bytes) -> int:
    """Return the scalar that 32 bytes stand for.

    Raises:
        Fault: ``bad_scalar`` if it is not less than ``Q``.
    """
    value = int.from_bytes(data, "big")
    if len(data) != SCALAR_LENGTH or value >= Q:
        raise Fault("bad_scalar")
    return value


def negate(point: Point) -> Point:
    """Return the point that gives the identity when it is added."""
    return None if point is None else (point[0], P - point[1])


def add(first: Point, second: Point) -> Point:
    """Return the sum of two points, whichever they are."""
    if first is None:
        return second
    if second is None:
        return first
    (x1, y1), (x2, y2) = first, second
    if x1 != x2:
        slope = (y2 - y1) * pow(x2 - x1, -1, P) % P
    elif y1 == y2:
        slope = 3 * x1 * x1 * pow(2 * y1, -1, P) % P
    else:
        return None
    x3 = (slope * slope - x1 - x2) % P
    return x3, (slope * (x1 - x3) - y1) % P


def multiply(point: Point, scalar: int) -> Point:
    """Return ``scalar`` times ``point``, by doubling and adding in Jacobian coordinates.

    The formulas are dbl-2009-l and madd-2007-bl of the Explicit-Formulas Database
    (Bernstein, Lange) for curves with ``a = 0``.
    """
    scalar %= Q
    if point is None or not scalar:
        return None
    x2, y2 = point
    x, y, z = x2, y2, 1
    for bit in bin(scalar)[3:]:
        a, b = x * x % P, y * y % P
        c = b * b % P
        d = 2 * ((x + b) * (x + b) - a - c) % P
        e = 3 * a
        x, z = (e * e - 2 * d) % P, 2 * y * z % P
        y = (e * (d - x) - 8 * c) % P
        if bit == "1":
            # The sum so far is k times the point with 2 <= k <= Q - 2, which is neither the
            # point itself nor its negative: h is not 0.
            zz = z * z % P
            h = (x2 * zz - x) % P
            r = 2 * (y2 * z * zz - y) % P
            i = 4 * h * h % P
            j, v = h * i % P, x * i % P
            z = ((z + h) * (z + h) - zz - h * h) % P
            x = (r * r - j - 2 * v) % P
            y = (r * (v - x) - 2 * y * j) % P
    inverse = pow(z, -1, P)
    square = inverse * inverse % P
    return x * square % P, y * square * inverse % P
