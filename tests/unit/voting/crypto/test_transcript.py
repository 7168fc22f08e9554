"""What is hashed: every part with its length, and challenges without bias."""

import hashlib

import pytest

from congress.voting.crypto.group import GENERATOR, ORDER
from congress.voting.crypto.transcript import challenge, digest


def lp(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def test_hashes_as_specified() -> None:
    text = (
        lp(b"paperless-congress/voting/1")
        + lp(b"bit")
        + lp(b"\1\2")
        + lp("Bầu".encode())
        + lp((7).to_bytes(4, "big"))
        + lp(GENERATOR.encode())
    )
    expected = hashlib.sha512(text).digest()
    assert digest("bit", b"\1\2", "Bầu", 7, GENERATOR) == expected
    assert challenge("bit", b"\1\2", "Bầu", 7, GENERATOR) == int.from_bytes(expected, "big") % ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("d", b"ab", b"c"), ("d", b"a", b"bc")),
        (("d", b""), ("d",)),
        (("da", b"b"), ("d", b"ab")),
        (("d", "1"), ("d", 1)),
    ],
)
def test_no_two_lists_of_parts_are_hashed_alike(
    one: tuple[str, bytes], other: tuple[str, bytes]
) -> None:
    assert digest(*one) != digest(*other)


def test_a_biased_hash_to_a_scalar_would_be_seen() -> None:
    """Half of 256 bits are over half of the order; a truncated hash would lean to one side."""
    drawn = [challenge("bias", number) for number in range(4_000)]
    assert all(0 <= scalar < ORDER for scalar in drawn)
    over = sum(scalar > ORDER // 2 for scalar in drawn)
    assert abs(over - 2_000) < 200
    thirds = sum(scalar % 3 == 0 for scalar in drawn)
    assert abs(thirds - 4_000 / 3) < 180


def test_a_challenge_uses_all_of_its_hash() -> None:
    """Reducing only half of the 512 bits would bias what is reduced."""
    value = int.from_bytes(digest("all", b"x"), "big")
    assert value >= ORDER << 200
    assert challenge("all", b"x") == value % ORDER
