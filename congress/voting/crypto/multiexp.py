"""Whether a long linear combination of points comes to infinity.

Pippenger's bucket method (SIAM J. Comput. 9, 1980), built from the one long sum that
libsecp256k1 exports: each point goes to the bucket of its digit, each bucket is one sum of
many points. For public data: the time depends on the scalars.
"""

from typing import Any

import numpy as np
from coincurve._libsecp256k1 import ffi, lib
from numpy.typing import NDArray

from congress.kernel.errors import InputError
from congress.voting.crypto.group import (
    NATIVE,
    ORDER,
    SCALAR_BYTES,
    Element,
    Point,
    Scalar,
    add,
    base,
    multiply,
    total,
)

SHORT_BYTES = 16
"""Bytes of a short scalar: that of a random weight alone."""

_KEY_BYTES = 64
_FULL = b"\x04"


class Terms:
    """Points with their scalars, to be multiplied and summed together."""

    def __init__(self, capacity: int, scalar_bytes: int) -> None:
        """Make room for ``capacity`` points with scalars of so many bytes."""
        self._keys = ffi.new("secp256k1_pubkey[]", capacity)
        self._scalars = bytearray()
        self._scalar_bytes = scalar_bytes
        self._size = 0

    @property
    def size(self) -> int:
        """How many points there are."""
        return self._size

    def cut(self, size: int) -> None:
        """Forget all points but the first ``size``."""
        self._size = size
        del self._scalars[size * self._scalar_bytes :]

    def put(self, xy: bytes) -> Point:
        """Take a point by its coordinates (64 bytes); its scalar must follow by ``weigh``.

        Raises:
            InputError: ``voting.bad_encoding`` if it is not on the curve.
        """
        key = self._keys + self._size
        if not lib.secp256k1_ec_pubkey_parse(NATIVE, key, _FULL + xy, 65):
            raise InputError("voting.bad_encoding")
        self._size += 1
        return Point(key, (b"\x03" if xy[63] & 1 else b"\x02") + xy[:32])

    def weigh(self, scalar: Scalar) -> None:
        """Give the next point without one its scalar."""
        self._scalars += scalar.to_bytes(self._scalar_bytes, "little")

    def total(self) -> Element:
        """Return the sum of all points times their scalars."""
        if not self._size:
            return None
        width = min(13, max(2, self._size.bit_length() - 7))
        windows = -(-self._scalar_bytes * 8 // width)
        digits = self._digits(width, windows)
        start = int(ffi.cast("uintptr_t", self._keys))
        found: Element = None
        for window in reversed(range(windows)):
            found = multiply(found, 1 << width)
            found = add(found, _window_total(start, digits[:, window], width))
        return found

    def _digits(self, width: int, windows: int) -> NDArray[np.uint16]:
        data = np.frombuffer(bytes(self._scalars), np.uint8).reshape(self._size, -1)
        padding = windows * width - self._scalar_bytes * 8
        found = np.empty((self._size, windows), np.uint16, order="F")
        powers = (1 << np.arange(width)).astype(np.uint16)
        for begin in range(0, self._size, 4096):
            rows = slice(begin, begin + 4096)
            bits = np.unpackbits(data[rows], axis=1, bitorder="little")
            bits = np.pad(bits, ((0, 0), (0, padding))).reshape(len(bits), windows, width)
            found[rows] = bits.astype(np.uint16) @ powers
        return found


def _window_total(start: int, digits: NDArray[np.uint16], width: int) -> Element:
    """Return the sum of all points times their ``digits``; the first lies at ``start``."""
    order = np.argsort(digits, kind="stable")
    pointers = (start + _KEY_BYTES * order).astype(np.uint64)
    edges = np.searchsorted(digits[order], np.arange((1 << width) + 1)).tolist()
    first = ffi.cast("secp256k1_pubkey **", pointers.ctypes.data)
    buckets: list[Element] = [None]
    for digit in range(1, 1 << width):
        buckets.append(_sum_at(first + edges[digit], edges[digit + 1] - edges[digit]))
    # With the digit d = 2^h·i + j the sum of d·S_d is 2^h·Σ i·R_i + Σ j·C_j, where R and C
    # are the sums of the rows and columns of the square of buckets.
    half = width // 2
    columns = 1 << half
    rows = [total(buckets[begin : begin + columns]) for begin in range(0, 1 << width, columns)]
    across = [total(buckets[column::columns]) for column in range(columns)]
    return add(multiply(_ramp(rows), columns), _ramp(across))


def _sum_at(pointers: Any, count: int) -> Element:
    if not count:
        return None
    key = ffi.new("secp256k1_pubkey *")
    # The only sum that fails is one that comes to infinity.
    if not lib.secp256k1_ec_pubkey_combine(NATIVE, key, pointers, count):
        return None
    return Point(key)


def _ramp(elements: list[Element]) -> Element:
    """Return ``Σ i·elements[i]``."""
    running: Element = None
    found: Element = None
    for element in reversed(elements[1:]):
        running = add(running, element)
        found = add(found, running)
    return found


class Relation:
    """Many equations between points, checked as one with random weights.

    Each equation is multiplied by its weight and all are added up; if one of them is false,
    the sum is infinity with probability 2^-128 at most (Bellare, Garay, Rabin, EUROCRYPT 1998),
    provided that whoever made the equations could not foresee the weights.

    Attributes:
        long: Points with scalars of 32 bytes.
        short: Points whose scalar is a weight alone.
        of_base: Scalar of G.
        of_key: Scalar of the key.
    """

    def __init__(self, key: Point, long: int, short: int) -> None:
        """Make room for so many points of both kinds."""
        self._key = key
        self.long = Terms(long, SCALAR_BYTES)
        self.short = Terms(short, SHORT_BYTES)
        self.of_base = self.of_key = 0

    def holds(self) -> bool:
        """Return whether everything comes to infinity."""
        parts = (
            self.long.total(),
            self.short.total(),
            base(self.of_base % ORDER),
            multiply(self._key, self.of_key),
        )
        return total(parts) is None
