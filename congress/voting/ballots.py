"""Ballots: what they count as, and the bytes that stand for them."""

import base64
import hashlib
from collections.abc import Iterator, Sequence

from congress.kernel.canonical import Json, encode, encode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.voting.codewords import CODE_LENGTH
from congress.voting.crypto.ballots import ciphertexts_of
from congress.voting.crypto.layout import Layout
from congress.voting.methods.forms import FORMS
from congress.voting.model import Ballot, Contest, Judgement, Marks, Method, Plan
from congress.voting.rules.model import Rule

MARK_LENGTH = 16
_GROUP = 4


def untouched(contest: Contest) -> Marks:
    """Return what a paper says before the voter touches it: on a list to strike, every name."""
    if contest.method is Method.STRIKE_OUT:
        return frozenset(FORMS[contest.method].cells(contest))
    return frozenset()


def judge(contest: Contest, rule: Rule, marks: Marks) -> Judgement:
    """Return what ``marks`` count as in ``contest``, and why.

    Raises:
        InputError: ``voting.bad_ballot`` if a mark is not on the ballot paper.
    """
    form = FORMS[contest.method]
    if not marks.issubset(form.cells(contest)):
        raise InputError("voting.bad_ballot")
    return form.judge(contest, rule, marks)


def require_castable(plan: Plan, rule: Rule, ballot: Ballot) -> None:
    """Refuse a ballot that the rule does not let into the box.

    Raises:
        InputError: ``voting.bad_ballot`` if it does not fit the ballot paper.
        RefusedError: ``voting.not_castable`` if a choice must be made or corrected first.
    """
    for contest, marks in _paired(plan.contests, ballot):
        if not judge(contest, rule, marks).castable:
            raise RefusedError("voting.not_castable")


def to_bits(contests: Sequence[Contest], ballot: Ballot) -> list[str]:
    """Return one string of ``0`` and ``1`` for each contest.

    Every ballot of a contest has the same length, so a size says nothing.

    Raises:
        InputError: ``voting.bad_ballot`` if it has not one set of marks for each contest.
    """
    return [
        "".join("01"[cell in marks] for cell in FORMS[contest.method].cells(contest))
        for contest, marks in _paired(contests, ballot)
    ]


def _paired(contests: Sequence[Contest], ballot: Ballot) -> Iterator[tuple[Contest, Marks]]:
    if len(ballot.marks) != len(contests):
        raise InputError("voting.bad_ballot")
    return zip(contests, ballot.marks, strict=True)


def from_bits(contests: Sequence[Contest], bits: Json) -> Ballot:
    """Return the ballot that ``to_bits`` wrote.

    Raises:
        InputError: ``voting.bad_ballot`` if it wrote no such thing.
    """
    if not isinstance(bits, list) or len(bits) != len(contests):
        raise InputError("voting.bad_ballot")
    marks = []
    for contest, text in zip(contests, bits, strict=True):
        cells = FORMS[contest.method].cells(contest)
        if not isinstance(text, str) or len(text) != len(cells) or set(text) - {"0", "1"}:
            raise InputError("voting.bad_ballot")
        marks.append(frozenset(cell for cell, bit in zip(cells, text, strict=True) if bit == "1"))
    return Ballot(tuple(marks))


def encrypted_payload(ballot: bytes) -> dict[str, Json]:
    """Return what the ledger records of an encrypted ballot."""
    return {"ballot": encode_bytes(ballot)}


def ciphertext_marks(layouts: Sequence[Layout], ballot: bytes) -> list[bytes]:
    """Return a mark (16 bytes) for every ciphertext of an encrypted ballot.

    Two ballots of a poll that share a ciphertext share its mark: one of them was made from the
    other, or both from numbers that somebody repeated.

    Raises:
        InputError: ``voting.ballot_proof`` if the ballot has not the form of the poll's.
    """
    return [
        hashlib.sha256(b"paperless-congress/ciphertext/1\0" + item).digest()[:MARK_LENGTH]
        for item in ciphertexts_of(layouts, ballot)
    ]


def tracking_code(payload_hash: bytes) -> str:
    """Return the 20 characters (100 bits) that stand for a ballot: Base32 of its hash."""
    return base64.b32encode(payload_hash).decode("ascii")[:CODE_LENGTH]


def grouped(code: str) -> str:
    """Return a code in groups of four, as it is shown and printed."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def ballot_id(poll_id: PollId, request: str) -> bytes:
    """Return the identifier (32 bytes) of the ballot that a request casts.

    It depends on the station's random request alone: the same request finds the same
    ballot again, and neither card, time nor order can be read from it.
    """
    return hashlib.sha256(b"paperless-congress/ballot-id/1\0" + encode([poll_id, request])).digest()
