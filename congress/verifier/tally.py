"""From the sums of the ballots to the totals (SPECIFICATION, section 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.verifier import canonical, ed25519
from congress.verifier.ballots import Setting
from congress.verifier.ceremony import Ceremony
from congress.verifier.curve import (
    POINT_LENGTH,
    Affine,
    G,
    Point,
    Q,
    decode,
    decode_scalar,
    encode,
    negate,
)
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.lanes import combine_all, multiples, sum_each, table
from congress.verifier.transcript import challenge

_PART = POINT_LENGTH + 64


@dataclass(frozen=True, slots=True)
class Tally:
    """The ``encrypted_tally`` entry.

    Attributes:
        ballots: How many ballots were added up.
        sums: For each contest ``(A, B)`` of every cell.
        encoded: Likewise, as they are encoded.
        hash: SHA-256 of the payload (32 bytes).
    """

    ballots: int
    sums: tuple[tuple[tuple[Affine, Affine], ...], ...]
    encoded: tuple[tuple[tuple[bytes, bytes], ...], ...]
    hash: bytes


@dataclass(frozen=True, slots=True)
class Partial:
    """One trustee's part of the decryption: its number, and ``M`` for each contest's cells."""

    trustee: int
    parts: tuple[tuple[Affine, ...], ...]


def read(payload: canonical.Json, payload_hash: bytes, setting: Setting) -> Tally:
    """Return the encrypted tally that a payload holds; whether it is right is not said yet.

    Raises:
        Fault: It has not the form of this poll's.
    """
    fields = Fields(payload, "encrypted_tally")
    ballots = fields.whole("ballots")
    contests = fields.objects("contests")
    fields.end()
    _same_contests(len(contests), setting)
    encoded = []
    for item, layout in zip(contests, setting.layouts, strict=True):
        _require_contest(item, layout.contest_id)
        cells = item.datas("sums", 2 * POINT_LENGTH)
        item.end()
        if len(cells) != len(layout.cells):
            raise Fault("wrong_number", place="sums")
        encoded.append(tuple((cell[:POINT_LENGTH], cell[POINT_LENGTH:]) for cell in cells))
    sums = tuple(tuple((decode(a), decode(b)) for a, b in cells) for cells in encoded)
    return Tally(ballots, sums, tuple(encoded), payload_hash)


def require_sums(tally: Tally, sums: Sequence[Sequence[Point]], ballots: int) -> None:
    """Check that the tally is that of exactly these ballots.

    Args:
        tally: What stands on the ledger.
        sums: For each contest ``A, B, …`` of every cell, as added up here.
        ballots: How many ballots were added up.

    Raises:
        Fault: ``wrong_ballots`` or ``wrong_sum``.
    """
    if tally.ballots != ballots:
        raise Fault("wrong_ballots", told=tally.ballots, found=ballots)
    for told, found in zip(tally.sums, sums, strict=True):
        if [half for cell in told for half in cell] != list(found):
            raise Fault("wrong_sum")


def read_partial(
    payload: canonical.Json,
    election_id: str,
    tally: Tally,
    ceremony: Ceremony,
    setting: Setting,
) -> Partial:
    """Return a trustee's part once its signature and every proof hold.

    Raises:
        Fault: What does not hold.
    """
    fields = Fields(payload, "partial")
    index, told = fields.whole("trustee"), fields.data("tally", 32)
    contests = fields.objects("contests")
    signed = [election_id, canonical.encode_bytes(told), payload["contests"]]
    signature = fields.data("signature", 64)
    fields.end()
    if not 1 <= index <= len(ceremony.trustees):
        raise Fault("stranger", trustee=index)
    if told != tally.hash:
        raise Fault("other_tally", trustee=index)
    ed25519.require(ceremony.trustees[index - 1].signing_key, "partial", signed, signature)
    _same_contests(len(contests), setting)
    parts = []
    proofs: list[tuple[str, int, tuple[bytes, bytes], tuple[Affine, Affine], bytes]] = []
    for place, (item, layout) in enumerate(zip(contests, setting.layouts, strict=True)):
        _require_contest(item, layout.contest_id)
        encoded = item.datas("parts", _PART)
        item.end()
        if len(encoded) != len(layout.cells):
            raise Fault("wrong_number", place="parts")
        parts.append(tuple(decode(data[:POINT_LENGTH]) for data in encoded))
        proofs += [
            (layout.contest_id, cell, tally.encoded[place][cell], tally.sums[place][cell], data)
            for cell, data in enumerate(encoded)
        ]
    shares = [point for points in parts for point in points]
    _require_proofs(setting, index, ceremony.public_shares[index - 1], proofs, shares)
    return Partial(index, tuple(parts))


def _require_proofs(
    setting: Setting,
    index: int,
    public_share: Affine,
    proofs: Sequence[tuple[str, int, tuple[bytes, bytes], tuple[Affine, Affine], bytes]],
    shares: Sequence[Affine],
) -> None:
    """Check for every cell that ``M = s A`` for the ``s`` of the trustee's public share."""
    base, share = table(G), table(public_share)
    fixed, rows, challenges = [], [], []
    for (*_, (a, _), data), m in zip(proofs, shares, strict=True):
        c = decode_scalar(data[POINT_LENGTH : POINT_LENGTH + 32])
        r = decode_scalar(data[POINT_LENGTH + 32 :])
        fixed.append(base.terms(r) + share.terms(Q - c))
        rows.append([(a, r), (m, Q - c)])
        challenges.append(c)
    found = zip(sum_each(fixed), combine_all(rows), challenges, proofs, strict=True)
    for u, v, c, (contest, cell, encoded, _, data) in found:
        if u is None or v is None:
            raise Fault("identity")
        items = (setting.context, contest, cell, index, *encoded, data[:POINT_LENGTH])
        if c != challenge("partial", *items, encode(u), encode(v)):
            raise Fault("bad_partial", trustee=index, contest=contest, cell=cell)


def decrypt(
    tally: Tally, partials: Sequence[Partial], threshold: int, most: int
) -> tuple[tuple[int, ...], ...]:
    """Return the totals of every contest, cell by cell.

    Args:
        tally: The sums.
        partials: In the order of the ledger; the first ``threshold`` are used.
        threshold: How many trustees decrypt together.
        most: No total can be larger: the number of ballots.

    Raises:
        Fault: ``too_few_partials``, ``partial_twice``, or ``not_a_total`` if what comes out
            is not the number of some ballots.
    """
    indices = [partial.trustee for partial in partials]
    if len(set(indices)) < len(indices):
        raise Fault("partial_twice")
    if len(partials) < threshold:
        raise Fault("too_few_partials", found=len(partials), needed=threshold)
    used = partials[:threshold]
    factors = [_lagrange(partial.trustee, indices[:threshold]) for partial in used]
    known = multiples(G, most)
    totals = []
    for contest, cells in enumerate(tally.sums):
        rows = [
            [
                (partial.parts[contest][cell], factor)
                for partial, factor in zip(used, factors, strict=True)
            ]
            for cell in range(len(cells))
        ]
        masks = combine_all(rows)
        found = sum_each(
            [
                [point for point in (b, negate(mask)) if point is not None]
                for (_, b), mask in zip(cells, masks, strict=True)
            ]
        )
        if not all(point in known for point in found):
            raise Fault("not_a_total")
        totals.append(tuple(known[point] for point in found))
    return tuple(totals)


def _lagrange(index: int, indices: Sequence[int]) -> int:
    """Return the coefficient of ``index`` at 0 among ``indices``."""
    above = below = 1
    for other in indices:
        if other != index:
            above = above * other % Q
            below = below * (other - index) % Q
    return above * pow(below, -1, Q) % Q


def _same_contests(count: int, setting: Setting) -> None:
    if count != len(setting.layouts):
        raise Fault("wrong_number", place="contests")


def _require_contest(fields: Fields, contest_id: str) -> None:
    if fields.text("contest") != contest_id:
        raise Fault("other_contest", contest=contest_id)
