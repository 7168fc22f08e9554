"""Many ballots checked: one by one, or together where their hints are at hand.

Without hints every commitment of every proof is computed. With them each is only looked up;
that they are the right ones is checked for all ballots at once, by one linear combination
with random weights (``multiexp``), three times as fast. A hint is never believed: where the
combination does not hold, or a hint does not fit, ballots are checked one by one without.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from congress.kernel.errors import InputError
from congress.kernel.progress import Progress, Silent
from congress.voting.crypto import schnorr
from congress.voting.crypto.ballots import examine, signed_items
from congress.voting.crypto.context import Context
from congress.voting.crypto.elgamal import Ciphertext, combination
from congress.voting.crypto.group import ORDER, POINT_BYTES, Point
from congress.voting.crypto.hints import hints_length, read_hints, write_hints
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.multiexp import SHORT_BYTES, Relation
from congress.voting.crypto.proofs import bit_holds, exact_holds, scalars_of
from congress.voting.crypto.reading import ContestPart, Parts, split, statement_of
from congress.voting.crypto.workers import processors, spread

_DIRECT_PIECE, _BATCH_PIECE = 2_000, 60_000
"""Proofs that are checked between two reports of progress."""
_ALONE = 2_000
"""Proofs for which no second process is worth its start."""


def verify_many(
    context: Context,
    layouts: Sequence[Layout],
    ballots: Sequence[bytes],
    *,
    workers: int | None = None,
    hints: Callable[[int, bytes], None] | None = None,
    given: Sequence[bytes] | None = None,
    progress: Progress | None = None,
) -> tuple[int, ...]:
    """Return the positions of the ballots that do not hold, as ``ballots.verify`` says.

    Args:
        context: The poll and its key.
        layouts: One for each contest.
        ballots: In any order.
        workers: Processes; by default one for each processor, or none for a few ballots.
        hints: Told the position and the hints of every ballot that holds, in order.
        given: The hints of each ballot, from whomever.
        progress: Told how many ballots are done; may cancel.

    Raises:
        Cancelled: The person cancelled.
    """
    proofs = max(1, sum(len(layout.statements) for layout in layouts))
    size = max(1, (_DIRECT_PIECE if given is None else _BATCH_PIECE) // proofs)
    starts = range(0, len(ballots), size)
    pieces = [
        (ballots[at : at + size], None if given is None else given[at : at + size]) for at in starts
    ]
    if workers is None:
        workers = processors() if len(ballots) * proofs > _ALONE else 1
    work = partial(_verify_piece, context, tuple(layouts), hints is not None)
    answers = spread(
        work,
        pieces,
        [len(piece) for piece, _ in pieces],
        workers=min(workers, len(pieces)),
        progress=progress or Silent(),
    )
    bad: list[int] = []
    for start, found in zip(starts, answers, strict=True):
        for place, answer in enumerate(found, start):
            if answer is None:
                bad.append(place)
            elif hints is not None:
                hints(place, answer)
    return tuple(bad)


def _verify_piece(
    context: Context,
    layouts: tuple[Layout, ...],
    wanted: bool,
    piece: tuple[Sequence[bytes], Sequence[bytes] | None],
) -> list[bytes | None]:
    """Return for each ballot its hints, empty if not wanted, or ``None`` if it does not hold."""
    ballots, given = piece
    if given is not None:
        sure = together(context, layouts, ballots, given)
    else:
        sure, given = frozenset(), [b""] * len(ballots)
    return [
        (given[place] if wanted else b"")
        if place in sure
        else _verify_one(context, layouts, ballot, wanted)
        for place, ballot in enumerate(ballots)
    ]


def _verify_one(
    context: Context, layouts: Sequence[Layout], ballot: bytes, wanted: bool
) -> bytes | None:
    try:
        parts = split(layouts, ballot)
        points = examine(context, parts)
    except InputError:
        return None
    return write_hints(parts, points) if wanted else b""


def together(
    context: Context,
    layouts: Sequence[Layout],
    ballots: Sequence[bytes],
    hints: Sequence[bytes],
) -> frozenset[int]:
    """Return positions of ballots that surely hold: all whose hints fit, or none.

    Args:
        context: The poll and its key.
        layouts: One for each contest.
        ballots: In any order.
        hints: Of each ballot, from whomever.
    """
    long = 1 + sum(2 * layout.ciphertexts for layout in layouts)
    short = 1 + sum(layout.commitments for layout in layouts)
    relation = Relation(context.joint_key, long * len(ballots), short * len(ballots))
    fitting = frozenset(
        place
        for place, (ballot, hint) in enumerate(zip(ballots, hints, strict=True))
        if len(hint) == hints_length(layouts) and _joins(relation, context, layouts, ballot, hint)
    )
    return fitting if relation.holds() else frozenset()


def _joins(
    relation: Relation, context: Context, layouts: Sequence[Layout], ballot: bytes, hint: bytes
) -> bool:
    """Add a ballot's equations to ``relation``; leave it as it was if something does not fit."""
    before = (relation.long.size, relation.short.size, relation.of_base, relation.of_key)
    try:
        if _join(relation, context, split(layouts, ballot), read_hints(layouts, hint)):
            return True
    except InputError:
        pass
    relation.long.cut(before[0])
    relation.short.cut(before[1])
    relation.of_base, relation.of_key = before[2:]
    return False


def weights(count: int) -> list[int]:
    """Return ``count`` random weights of 128 bits, which nobody can foresee."""
    data = secrets.token_bytes(SHORT_BYTES * count)
    return [
        int.from_bytes(data[start : start + SHORT_BYTES], "little")
        for start in range(0, len(data), SHORT_BYTES)
    ]


def _join(relation: Relation, context: Context, parts: Parts, pieces: Iterator[bytes]) -> bool:
    credential = _whole(relation, parts.credential, next(pieces))
    # Of u = rG − cK the weight is not known before all of the ballot is looked at, but the
    # scalar of K comes first.
    answer, response = scalars_of(parts.signature, 2)
    (weight,) = weights(1)
    relation.long.weigh(weight * answer % ORDER)
    relation.of_base -= weight * response
    for contest in parts.contests:
        if not _join_contest(relation, context, parts.credential, contest, pieces):
            return False
    commitment = relation.short.put(next(pieces))
    relation.short.weigh(weight)
    items = signed_items(context, credential.encode(), parts.signed)
    return schnorr.answers("signature", items, commitment, parts.signature)


def _whole(relation: Relation, encoded: bytes, ordinate: bytes) -> Point:
    """Take the point of a compressed encoding whose other coordinate is hinted at.

    Raises:
        InputError: ``voting.bad_encoding`` if the hint is not that of the point.
    """
    if encoded[0] != 2 + (ordinate[-1] & 1):
        raise InputError("voting.bad_encoding")
    return relation.long.put(encoded[1:] + ordinate)


def _join_contest(
    relation: Relation,
    context: Context,
    credential: bytes,
    contest: ContestPart,
    pieces: Iterator[bytes],
) -> bool:
    layout = contest.layout
    statement = statement_of(context, layout.contest_id, credential, contest.ciphertexts)
    ciphertexts = [
        Ciphertext(
            _whole(relation, item[:POINT_BYTES], next(pieces)),
            _whole(relation, item[POINT_BYTES:], next(pieces)),
        )
        for item in contest.ciphertexts
    ]
    of_a, of_b = [0] * len(ciphertexts), [0] * len(ciphertexts)
    chosen = iter(weights(layout.commitments))
    for number, (item, proof) in enumerate(zip(layout.statements, contest.proofs, strict=True)):
        combination(ciphertexts, item.terms, item.constant)  # refuses infinity
        commitments = [relation.short.put(next(pieces)) for _ in range(4 if item.bit else 2)]
        if item.bit:
            c0, c1, r0, r1 = scalars_of(proof, 4)
            fits = bit_holds(statement, number, proof, commitments)
            branches = [(c0, r0, 0), (c1, r1, 1)]
        else:
            fits = exact_holds(statement, number, proof, commitments)
            answer, response = scalars_of(proof, 2)
            branches = [(answer, response, 0)]
        if not fits:
            return False
        for answer, response, value in branches:
            first, second = next(chosen), next(chosen)
            relation.short.weigh(first)
            relation.short.weigh(second)
            relation.of_base -= first * response + second * answer * (value + item.constant)
            relation.of_key -= second * response
            for place, factor in item.terms:
                of_a[place] += first * answer * factor
                of_b[place] += second * answer * factor
    for one, other in zip(of_a, of_b, strict=True):
        relation.long.weigh(one % ORDER)
        relation.long.weigh(other % ORDER)
    return True
