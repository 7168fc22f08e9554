"""What the messages of a ceremony publish, taken apart and checked."""

from collections.abc import Mapping
from typing import Any

from congress.kernel.canonical import decode_bytes, encode_bytes
from congress.kernel.errors import InputError
from congress.voting.crypto import dkg
from congress.voting.crypto.group import POINT_BYTES, SCALAR_BYTES, Point, decode_scalar
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.messages import Message

SEALED = 32 + SCALAR_BYTES + 16
"""Bytes of a sealed share: a public key, a scalar, an authenticator."""
PROOF = 2 * SCALAR_BYTES

text = encode_bytes
"""Writes bytes as they stand in a message."""


def _each(value: Any, count: int, size: int) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) != count:
        raise InputError("trustees.bad_message")
    try:
        items = tuple(decode_bytes(item) for item in value)
    except (InputError, TypeError, AttributeError) as error:
        raise InputError("trustees.bad_message") from error
    if any(len(item) != size for item in items):
        raise InputError("trustees.bad_message")
    return items


def points_of(body: Mapping[str, Any]) -> tuple[Point, ...]:
    """Return the points that a reveal shows; it was judged before."""
    return tuple(Point.decode(decode_bytes(item)) for item in body["points"])


def holds(invitation: Invitation, index: int, body: Mapping[str, Any], commitment: bytes) -> bool:
    """Return whether a reveal is what its sender committed to, and its secret is known.

    Args:
        invitation: The frame of the ceremony.
        index: The sender.
        body: Of the reveal.
        commitment: The hash given in the first round (64 bytes).

    Raises:
        InputError: ``trustees.bad_message`` if it has not the form of a reveal.
    """
    if set(body) != {"points", "proofs", "seen"}:
        raise InputError("trustees.bad_message")
    encoded = _each(body["points"], invitation.threshold, POINT_BYTES)
    proofs = _each(body["proofs"], invitation.threshold, PROOF)
    try:
        points = tuple(map(Point.decode, encoded))
    except InputError:
        return False
    return dkg.commitment_hash(invitation.id, index, points) == commitment and dkg.known(
        invitation.id, index, points, proofs
    )


def sealed_shares(invitation: Invitation, message: Message) -> Mapping[int, bytes]:
    """Return the sealed shares of a message by the indices of those they are for.

    Raises:
        InputError: ``trustees.bad_message`` unless there is one for everybody else.
    """
    if set(message.body) != {"shares", "seen"}:
        raise InputError("trustees.bad_message")
    receivers = [index for index in invitation.indices if index != message.sender]
    sealed = _each(message.body["shares"], len(receivers), SEALED)
    return dict(zip(receivers, sealed, strict=True))


def fits(body: Mapping[str, Any], receiver: int, share: bytes) -> bool:
    """Return whether ``share`` is what the sender of a reveal owes ``receiver``."""
    try:
        return dkg.share_fits(points_of(body), receiver, decode_scalar(share))
    except InputError:
        return False
