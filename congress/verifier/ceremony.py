"""The key ceremony, as its public transcript tells it (SPECIFICATION, section 5).

Pedersen's distributed key generation with Feldman's commitments, which are hashed before any
is shown. What the trustees sent each other in secret cannot be checked here: that it was
right they say themselves, each by signing the whole transcript.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from congress.verifier import canonical, ed25519
from congress.verifier.curve import POINT_LENGTH, Affine, G, Q, decode, decode_scalar, encode
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.lanes import combine_all, total
from congress.verifier.transcript import challenge, digest

FEWEST, MOST, FEWEST_TOGETHER = 3, 15, 2


@dataclass(frozen=True, slots=True)
class Trustee:
    """One trustee: number, name and Ed25519 key (32 bytes)."""

    index: int
    name: str
    signing_key: bytes


@dataclass(frozen=True)
class Ceremony:
    """A ceremony that holds.

    Attributes:
        threshold: How many trustees decrypt together.
        trustees: All of them, by index.
        joint_key: The key that ballots are encrypted with.
        sums: For each power ``k`` the sum of all trustees' commitments ``C_k``.
        hash: SHA-256 of the transcript (32 bytes).
    """

    threshold: int
    trustees: tuple[Trustee, ...]
    joint_key: Affine
    sums: tuple[Affine, ...]
    hash: bytes

    @cached_property
    def public_shares(self) -> tuple[Affine, ...]:
        """The public share ``Y_j`` of every trustee, by index."""
        rows = [
            [(point, pow(trustee.index, power, Q)) for power, point in enumerate(self.sums)]
            for trustee in self.trustees
        ]
        shares = [point for point in combine_all(rows) if point is not None]
        if len(shares) < len(rows):
            raise Fault("identity")
        return tuple(shares)


def read(payload: canonical.Json) -> Ceremony:
    """Return the ceremony that the payload of a ``trustees`` entry tells, once it holds.

    Raises:
        Fault: What does not hold.
    """
    fields = Fields(payload, "trustees")
    transcript = fields.take("ceremony")
    told = fields.data("joint_key", POINT_LENGTH)
    fields.end()
    ceremony = _ceremony(transcript)
    if encode(ceremony.joint_key) != told:
        raise Fault("wrong_joint_key")
    _ = ceremony.public_shares
    return ceremony


def _ceremony(transcript: canonical.Json) -> Ceremony:
    fields = Fields(transcript, "ceremony")
    if fields.whole("v") != 1:
        raise Fault("unknown_value", place="ceremony.v", value="")
    identifier, threshold = fields.text("id"), fields.whole("threshold")
    trustees = fields.objects("trustees")
    reveals = fields.objects("reveals")
    shares = fields.objects("shares")
    signatures = fields.objects("signatures")
    fields.end()
    count = len(trustees)
    if not (FEWEST <= count <= MOST and FEWEST_TOGETHER <= threshold <= count):
        raise Fault("wrong_threshold", threshold=threshold, trustees=count)
    found, hashes = _trustees(trustees)
    _check_shares(shares, count)
    commitments = _commitments(identifier, threshold, reveals, hashes)
    _check_signatures(transcript, signatures, found)
    sums = [total(points) for points in zip(*commitments, strict=True)]
    present = tuple(point for point in sums if point is not None)
    if len(present) < len(sums):
        raise Fault("identity")
    digest_ = hashlib.sha256(canonical.encode(transcript)).digest()
    return Ceremony(threshold, found, present[0], present, digest_)


def _trustees(items: list[Fields]) -> tuple[tuple[Trustee, ...], list[bytes]]:
    trustees: list[Trustee] = []
    boxes: set[bytes] = set()
    hashes: list[bytes] = []
    for place, item in enumerate(items, start=1):
        index = item.whole("index")
        if index != place:
            raise Fault("wrong_index", place="trustees")
        trustees.append(Trustee(index, item.text("name"), item.data("signing_key", 32)))
        boxes.add(item.data("box_key", 32))
        hashes.append(item.data("commitment_hash", 64))
        item.end()
    keys = {trustee.signing_key for trustee in trustees}
    names = {trustee.name for trustee in trustees}
    if not len(keys) == len(names) == len(boxes) == len(trustees):
        raise Fault("trustees_alike")
    return tuple(trustees), hashes


def _check_shares(items: list[Fields], count: int) -> None:
    expected = [
        (sender, receiver)
        for sender in range(1, count + 1)
        for receiver in range(1, count + 1)
        if sender != receiver
    ]
    found = []
    for item in items:
        found.append((item.whole("from"), item.whole("to")))
        item.data("sealed")
        item.end()
    if found != expected:
        raise Fault("wrong_index", place="shares")


def _commitments(
    identifier: str, threshold: int, reveals: list[Fields], hashes: list[bytes]
) -> list[list[Affine]]:
    """Return every trustee's commitments, hashed first and each proven to be known."""
    if len(reveals) != len(hashes):
        raise Fault("wrong_index", place="reveals")
    commitments = []
    rows: list[list[tuple[Affine, int]]] = []
    claims: list[tuple[int, int, bytes, int]] = []
    for place, item in enumerate(reveals, start=1):
        index = item.whole("index")
        encoded = item.datas("points", POINT_LENGTH)
        proofs = item.datas("proofs", 64)
        item.end()
        if index != place:
            raise Fault("wrong_index", place="reveals")
        if not len(encoded) == len(proofs) == threshold:
            raise Fault("wrong_degree", trustee=index)
        if digest("dkg-commitment", identifier, index, b"".join(encoded)) != hashes[place - 1]:
            raise Fault("wrong_commitment", trustee=index)
        points = [decode(data) for data in encoded]
        commitments.append(points)
        for power, (point, data, proof) in enumerate(zip(points, encoded, proofs, strict=True)):
            c, r = decode_scalar(proof[:32]), decode_scalar(proof[32:])
            rows.append([(G, r), (point, Q - c)])
            claims.append((index, power, data, c))
    for (index, power, data, c), u in zip(claims, combine_all(rows), strict=True):
        if u is None or c != challenge("dkg-knowledge", identifier, index, power, data, encode(u)):
            raise Fault("unknown_coefficient", trustee=index)
    return commitments


def _check_signatures(
    transcript: canonical.Json, items: list[Fields], trustees: tuple[Trustee, ...]
) -> None:
    signed = {name: value for name, value in transcript.items() if name != "signatures"}
    found = []
    for item in items:
        found.append((item.whole("index"), item.data("signature", 64)))
        item.end()
    if [index for index, _ in found] != [trustee.index for trustee in trustees]:
        raise Fault("wrong_index", place="signatures")
    for (_, signature), trustee in zip(found, trustees, strict=True):
        ed25519.require(trustee.signing_key, "ceremony", signed, signature)
