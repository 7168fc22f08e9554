"""One encrypted ballot: its parts, and whether its challenges are the right hashes (section 7).

The commitments that a challenge is the hash of are not in the ballot. They come either from
the hints beside it, and then ``congress.verifier.batch`` has still to find that they fit the
responses; or they are worked out of the responses, and then the hash alone decides.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from congress.verifier.curve import Affine, P, Q, decode, decode_hinted, decode_scalar
from congress.verifier.faults import Fault
from congress.verifier.layouts import CIPHERTEXT, POINT, SCALAR, Layout
from congress.verifier.transcript import begun, challenge, digest

MAGIC = b"PCB1"
HEAD = len(MAGIC) + POINT
_SIGNATURE = 2 * SCALAR
_POINT_FRAME = POINT.to_bytes(4, "big")
_FRAMED = (_POINT_FRAME + b"\2", _POINT_FRAME + b"\3")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all ballots of a poll have in common.

    Attributes:
        context: Hash of suite, poll, manifest and key (64 bytes).
        joint_key: The key that they are encrypted with.
        layouts: One for each contest.
    """

    context: bytes
    joint_key: Affine
    layouts: tuple[Layout, ...]

    @property
    def length(self) -> int:
        """Bytes of every ballot."""
        return HEAD + sum(layout.length for layout in self.layouts) + _SIGNATURE

    @property
    def hints(self) -> int:
        """Bytes of every ballot's hints."""
        return SCALAR + sum(layout.hints for layout in self.layouts) + 2 * SCALAR

    @property
    def ciphertexts(self) -> int:
        """Ciphertexts of every ballot."""
        return sum(layout.ciphertexts for layout in self.layouts)


@dataclass(frozen=True, slots=True)
class Part:
    """One contest of a ballot.

    Attributes:
        layout: Its layout.
        points: The ciphertexts, ``A, B, A, B, …``.
        proofs: For each claim ``(c0, c1, r0, r1)`` or ``(c, r)``.
        commitments: From the hints, for all proofs one after the other; empty without.
        statement: Hash that every challenge of the contest begins with (64 bytes).
    """

    layout: Layout
    points: tuple[Affine, ...]
    proofs: tuple[tuple[int, ...], ...]
    commitments: tuple[Affine, ...]
    statement: bytes


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot taken apart, every encoding good.

    Attributes:
        credential: ``K``.
        encoded: The encoding of ``K``.
        parts: One for each contest.
        signature: ``(c, r)``.
        commitment: The signature's, from the hints; ``None`` without.
        body: SHA-512 of everything before the signature.
    """

    credential: Affine
    encoded: bytes
    parts: tuple[Part, ...]
    signature: tuple[int, int]
    commitment: Affine | None
    body: bytes


def credential_of(ballot: bytes) -> bytes:
    """Return the credential (33 bytes) that a ballot says it is cast with."""
    return ballot[len(MAGIC) : HEAD]


def ciphertexts_of(layouts: Sequence[Layout], ballot: bytes) -> list[bytes]:
    """Return every ciphertext (66 bytes) of a ballot of the right length."""
    found = []
    start = HEAD
    for layout in layouts:
        end = start + layout.ciphertexts * CIPHERTEXT
        found += [ballot[place : place + CIPHERTEXT] for place in range(start, end, CIPHERTEXT)]
        start += layout.length
    return found


class _Points:
    """Reads encoded points, with the help of hints where there are any."""

    def __init__(self, hints: bytes | None) -> None:
        self._hints = hints
        self._place = 0

    def encoded(self, data: bytes) -> Affine:
        if self._hints is None:
            return decode(data)
        return decode_hinted(data, self._next())

    def commitments(self, count: int) -> tuple[Affine, ...]:
        """Return the next points that stand in full in the hints."""
        if self._hints is None:
            return ()
        points = tuple((self._next(), self._next()) for _ in range(count))
        for x, y in points:
            if x >= P or y >= P or (y * y - x * x * x - 7) % P:
                raise Fault("bad_hint")
        return points

    def _next(self) -> int:
        start, self._place = self._place, self._place + SCALAR
        return int.from_bytes((self._hints or b"")[start : start + SCALAR], "big")


def take_apart(setting: Setting, ballot: bytes, hints: bytes | None) -> Ballot:
    """Return the parts of a ballot.

    Args:
        setting: The poll.
        ballot: The ballot.
        hints: Its hints, of the right length; or ``None`` to take square roots.

    Raises:
        Fault: ``wrong_length``, ``bad_ballot``, ``bad_point``, ``bad_scalar``, ``bad_hint``.
    """
    if len(ballot) != setting.length:
        raise Fault("wrong_length", place="ballot")
    if not ballot.startswith(MAGIC):
        raise Fault("bad_ballot")
    points = _Points(hints)
    encoded = credential_of(ballot)
    credential = points.encoded(encoded)
    parts = []
    start = HEAD
    for layout in setting.layouts:
        data = ballot[start : start + layout.length]
        parts.append(_part(setting, layout, encoded, data, points))
        start += layout.length
    c, r = decode_scalar(ballot[start : start + SCALAR]), decode_scalar(ballot[start + SCALAR :])
    commitment = points.commitments(1)
    body = hashlib.sha512(ballot[:start]).digest()
    return Ballot(
        credential, encoded, tuple(parts), (c, r), commitment[0] if commitment else None, body
    )


def _part(
    setting: Setting, layout: Layout, credential: bytes, data: bytes, reader: _Points
) -> Part:
    split = layout.ciphertexts * CIPHERTEXT
    points = tuple(
        [reader.encoded(data[place : place + POINT]) for place in range(0, split, POINT)]
    )
    proofs = []
    place = split
    for claim in layout.claims:
        count = 4 if claim.bit else 2
        end = place + count * SCALAR
        proof = tuple(
            [int.from_bytes(data[at : at + SCALAR], "big") for at in range(place, end, SCALAR)]
        )
        if max(proof) >= Q:
            raise Fault("bad_scalar")
        proofs.append(proof)
        place = end
    commitments = reader.commitments(sum(map(len, proofs)))
    statement = digest("contest", setting.context, layout.contest_id, credential, data[:split])
    return Part(layout, points, tuple(proofs), commitments, statement)


def check_challenges(
    setting: Setting,
    ballot: Ballot,
    commitments: Sequence[Sequence[Affine]],
    signature: Affine,
) -> None:
    """Check that every challenge is the hash of all that it must depend on.

    Args:
        setting: The poll.
        ballot: The ballot taken apart.
        commitments: For each contest the commitments of all its proofs, one after the other.
        signature: The signature's commitment.

    Raises:
        Fault: ``bad_proof`` or ``unsigned``.
    """
    for part, points in zip(ballot.parts, commitments, strict=True):
        place = 0
        for number, proof in enumerate(part.proofs):
            count = len(proof)
            domain = "bit" if count == 4 else "exact"
            state = begun(domain, part.statement, number)
            state.update(
                b"".join(
                    [
                        _FRAMED[y & 1] + x.to_bytes(SCALAR, "big")
                        for x, y in points[place : place + count]
                    ]
                )
            )
            found = int.from_bytes(state.digest(), "big")
            if (sum(proof[: count // 2]) - found) % Q:
                raise Fault("bad_proof", contest=part.layout.contest_id, number=number)
            place += count
    x, y = signature
    encoded = (b"\3" if y & 1 else b"\2") + x.to_bytes(SCALAR, "big")
    expected = challenge("signature", setting.context, ballot.encoded, ballot.body, encoded)
    if ballot.signature[0] != expected:
        raise Fault("unsigned")
