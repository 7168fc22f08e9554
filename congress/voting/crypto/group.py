"""The group of the suite ``secp256k1-sha512/1``, on libsecp256k1.

secp256k1 (SEC 2, section 2.4.1), written additively. The point at infinity has no encoding and
no ``Point``: wherever a sum or a product can be it, the result is ``None``.

Operations come in two kinds. ``base`` and ``multiply_secret`` take the same time whatever the
scalar is: they are for keys, shares and the randomness of ballots. Everything else may take a
time that depends on its operands, and is for what is public anyway. Sums and products of
scalars are Python's, whose time depends on their size by a little: nobody should vote on a
machine on which a stranger can run programs.
"""

import secrets
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from coincurve._libsecp256k1 import ffi, lib

from congress.kernel.errors import BugError, InputError

Scalar: TypeAlias = int
"""An integer from 0 up to ``ORDER``, that excluded."""

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
POINT_BYTES, SCALAR_BYTES = 33, 32

_EVEN, _ODD, _FULL = b"\x02", b"\x03", b"\x04"
NATIVE = lib.secp256k1_context_create(lib.SECP256K1_CONTEXT_NONE)
"""The context of libsecp256k1, blinded once; never written to again, so all threads share it."""
if not lib.secp256k1_context_randomize(NATIVE, secrets.token_bytes(32)):
    raise BugError("libsecp256k1 refuses to be blinded")


class Point:
    """A point of the curve other than infinity. Immutable."""

    __slots__ = ("_encoded", "_key")

    def __init__(self, key: Any, encoded: bytes | None = None) -> None:
        """Take a parsed key of libsecp256k1 that nobody else writes to."""
        self._key = key
        self._encoded = encoded

    @classmethod
    def decode(cls, data: bytes) -> "Point":
        """Return the point that ``encode`` wrote as ``data`` (33 bytes, compressed SEC 1).

        Raises:
            InputError: ``voting.bad_encoding`` for anything else: infinity, points off the
                curve, coordinates not below the prime, uncompressed and hybrid encodings.
        """
        if len(data) != POINT_BYTES or data[:1] not in (_EVEN, _ODD):
            raise InputError("voting.bad_encoding")
        key = ffi.new("secp256k1_pubkey *")
        if not lib.secp256k1_ec_pubkey_parse(NATIVE, key, data, POINT_BYTES):
            raise InputError("voting.bad_encoding")
        return cls(key, data)

    @classmethod
    def of_coordinates(cls, xy: bytes) -> "Point":
        """Return the point with these coordinates (64 bytes, ``x‖y``), without a square root.

        Raises:
            InputError: ``voting.bad_encoding`` if no such point is on the curve.
        """
        key = ffi.new("secp256k1_pubkey *")
        if len(xy) != 64 or not lib.secp256k1_ec_pubkey_parse(NATIVE, key, _FULL + xy, 65):
            raise InputError("voting.bad_encoding")
        return cls(key, (_ODD if xy[63] & 1 else _EVEN) + xy[:32])

    def encode(self) -> bytes:
        """Return the compressed SEC 1 encoding (33 bytes)."""
        if self._encoded is None:
            out, length = ffi.new("unsigned char[33]"), ffi.new("size_t *", POINT_BYTES)
            lib.secp256k1_ec_pubkey_serialize(
                NATIVE, out, length, self._key, lib.SECP256K1_EC_COMPRESSED
            )
            self._encoded = bytes(out)
        return self._encoded

    def coordinates(self) -> bytes:
        """Return ``x‖y`` (64 bytes, big-endian each)."""
        out, length = ffi.new("unsigned char[65]"), ffi.new("size_t *", 65)
        lib.secp256k1_ec_pubkey_serialize(
            NATIVE, out, length, self._key, lib.SECP256K1_EC_UNCOMPRESSED
        )
        return bytes(out)[1:]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and self.encode() == other.encode()

    def __hash__(self) -> int:
        return hash(self.encode())

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return Point.of_coordinates, (self.coordinates(),)

    def __repr__(self) -> str:
        return f"Point({self.encode().hex()})"


Element: TypeAlias = Point | None
"""A point, or ``None`` for infinity."""


def required(element: Element) -> Point:
    """Return ``element`` as a point.

    Raises:
        InputError: ``voting.bad_encoding`` if it is infinity, which cannot be written.
    """
    if element is None:
        raise InputError("voting.bad_encoding")
    return element


def random_scalar() -> Scalar:
    """Return a uniform scalar that is not 0, from the operating system."""
    return 1 + secrets.randbelow(ORDER - 1)


def encode_scalar(scalar: Scalar) -> bytes:
    """Return ``scalar`` as 32 bytes, big-endian."""
    return scalar.to_bytes(SCALAR_BYTES, "big")


def decode_scalar(data: bytes) -> Scalar:
    """Return the scalar that ``encode_scalar`` wrote.

    Raises:
        InputError: ``voting.bad_encoding`` if it is not 32 bytes of a number below the order.
    """
    scalar = int.from_bytes(data, "big")
    if len(data) != SCALAR_BYTES or scalar >= ORDER:
        raise InputError("voting.bad_encoding")
    return scalar


def base(scalar: Scalar) -> Element:
    """Return ``scalar``·G, in constant time."""
    scalar %= ORDER
    if not scalar:
        return None
    key = ffi.new("secp256k1_pubkey *")
    if not lib.secp256k1_ec_pubkey_create(NATIVE, key, encode_scalar(scalar)):
        raise BugError("libsecp256k1 refuses a scalar below the order")
    return Point(key)


GENERATOR = required(base(1))
"""The base point G."""


@ffi.callback("int(unsigned char *, unsigned char *, unsigned char *, void *)")  # type: ignore[untyped-decorator]
def _both_coordinates(out: Any, x: Any, y: Any, _: Any) -> int:
    ffi.memmove(out, x, 32)
    ffi.memmove(out + 32, y, 32)
    return 1


def multiply_secret(point: Point, scalar: Scalar) -> Point:
    """Return ``scalar``·``point`` in constant time.

    libsecp256k1's Diffie–Hellman, with a callback that hands out both coordinates instead of
    their hash, is its only constant-time product with a point other than G.

    Raises:
        BugError: ``scalar`` is 0 or not below the order.
    """
    out = ffi.new("unsigned char[64]")
    if not 0 < scalar < ORDER or not lib.secp256k1_ecdh(
        NATIVE, out, point._key, encode_scalar(scalar), _both_coordinates, ffi.NULL
    ):
        raise BugError("a secret scalar is out of range")
    return Point.of_coordinates(bytes(out))


def negate(element: Element) -> Element:
    """Return −``element``."""
    if element is None:
        return None
    key = ffi.new("secp256k1_pubkey *")
    key[0] = element._key[0]
    lib.secp256k1_ec_pubkey_negate(NATIVE, key)
    return Point(key)


def total(elements: Iterable[Element]) -> Element:
    """Return the sum of ``elements``; of none, infinity."""
    keys = [element._key for element in elements if element is not None]
    return _sum(keys)


def _sum(keys: list[Any]) -> Element:
    if not keys:
        return None
    key = ffi.new("secp256k1_pubkey *")
    pointers = ffi.new("secp256k1_pubkey *[]", keys)
    # The only sum that fails is one that comes to infinity.
    if not lib.secp256k1_ec_pubkey_combine(NATIVE, key, pointers, len(keys)):
        return None
    return Point(key)


def add(one: Element, other: Element) -> Element:
    """Return the sum of two elements."""
    return total((one, other))


def subtract(one: Element, other: Element) -> Element:
    """Return ``one`` − ``other``."""
    return total((one, negate(other)))


def multiply(element: Element, scalar: Scalar) -> Element:
    """Return ``scalar``·``element``, in a time that depends on ``scalar``: for public data."""
    scalar %= ORDER
    if element is None or not scalar:
        return None
    if scalar == 1:
        return element
    key = ffi.new("secp256k1_pubkey *")
    key[0] = element._key[0]
    if not lib.secp256k1_ec_pubkey_tweak_mul(NATIVE, key, encode_scalar(scalar)):
        raise BugError("libsecp256k1 refuses a scalar below the order")
    return Point(key)


def multiply_two(of_base: Scalar, point: Point, of_point: Scalar) -> Element:
    """Return ``of_base``·G + ``of_point``·``point``, in variable time: for public data.

    The one product of two points that libsecp256k1 exports is the recovery of an ECDSA key
    (SEC 1, section 4.1.6): from ``(r, s)`` and the message ``z`` it computes
    ``(s R − z G) / r`` where R has the abscissa r. With ``s = of_point·r``, ``z = −of_base·r``
    that is the sum, at the cost of one multiplication instead of two.
    """
    encoded = point.encode()
    abscissa = int.from_bytes(encoded[1:], "big")
    of_point %= ORDER
    if not of_point or abscissa >= ORDER:
        return total((base(of_base), multiply(point, of_point)))
    signature = ffi.new("secp256k1_ecdsa_recoverable_signature *")
    compact = encoded[1:] + encode_scalar(of_point * abscissa % ORDER)
    if not lib.secp256k1_ecdsa_recoverable_signature_parse_compact(
        NATIVE, signature, compact, encoded[0] & 1
    ):
        raise BugError("libsecp256k1 refuses a signature of two scalars")
    key = ffi.new("secp256k1_pubkey *")
    message = encode_scalar(-of_base * abscissa % ORDER)
    # The abscissa is that of a point, and s is not 0: what is left to fail is infinity.
    if not lib.secp256k1_ecdsa_recover(NATIVE, key, signature, message):
        return None
    return Point(key)


class FixedBase:
    """A public point with the table that makes its multiples cheap, in variable time.

    The table holds d·256^i·P for each byte position i and byte d, so that a product is one
    sum of at most 32 points (Brickell, Gordon, McCurley, Wilson, EUROCRYPT 1992).
    """

    def __init__(self, point: Point) -> None:
        """Take the point; the table is made when it is first needed."""
        self.point = point

    @cached_property
    def _table(self) -> list[Any]:
        table = []
        step: Element = self.point
        for _ in range(SCALAR_BYTES):
            multiple: Element = None
            for _ in range(255):
                multiple = add(multiple, step)
                table.append(required(multiple)._key)
            step = add(multiple, step)
        return table

    def multiply_add(self, scalar: Scalar, element: Element = None) -> Element:
        """Return ``scalar`` times the point, plus ``element``."""
        table = self._table
        digits = (scalar % ORDER).to_bytes(SCALAR_BYTES, "little")
        keys = [table[place * 255 + digit - 1] for place, digit in enumerate(digits) if digit]
        if element is not None:
            keys.append(element._key)
        return _sum(keys)


@lru_cache(maxsize=8)
def fixed_base(point: Point) -> FixedBase:
    """Return the table of ``point``, shared by everybody who asks for it."""
    return FixedBase(point)
