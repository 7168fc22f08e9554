"""Hints: what a verifier could compute of a ballot, written down so that it need not (12).

For a ballot: ``y`` of K; for each contest ``y`` of A and B of every ciphertext, then the
commitments of every proof as ``x‖y``; at the end the commitment of the signature.
"""

from collections.abc import Iterator, Sequence

from congress.voting.crypto.group import Point
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.reading import Parts

ORDINATE_BYTES, COORDINATES_BYTES = 32, 64


def hints_length(layouts: Sequence[Layout]) -> int:
    """Return how many bytes the hints of one ballot have."""
    return (
        ORDINATE_BYTES
        + sum(
            2 * ORDINATE_BYTES * layout.ciphertexts + COORDINATES_BYTES * layout.commitments
            for layout in layouts
        )
        + COORDINATES_BYTES
    )


def _pieces(layouts: Sequence[Layout]) -> Iterator[bool]:
    """Yield for each point of a ballot's hints whether it stands there whole."""
    yield False
    for layout in layouts:
        yield from (False for _ in range(2 * layout.ciphertexts))
        yield from (True for _ in range(layout.commitments))
    yield True


def write_hints(parts: Parts, points: Sequence[Point]) -> bytes:
    """Return the hints of a ballot, from the points that its check came to."""
    whole = _pieces([contest.layout for contest in parts.contests])
    return b"".join(
        point.coordinates() if full else point.coordinates()[ORDINATE_BYTES:]
        for full, point in zip(whole, points, strict=True)
    )


def read_hints(layouts: Sequence[Layout], hints: bytes) -> Iterator[bytes]:
    """Yield the pieces of a ballot's hints, each 32 or 64 bytes."""
    place = 0
    for full in _pieces(layouts):
        size = COORDINATES_BYTES if full else ORDINATE_BYTES
        yield hints[place : place + size]
        place += size
