"""The rehearsal: test ballots are encrypted, added, and decrypted by the trustees' own files.

Nobody is asked to decrypt blindly: the test ballots come with their openings, so each trustee's
step sees for itself that they hold what everybody knows, and that no real ballot hides among
them. A board counts as ready once the file of every trustee has decrypted its part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress.kernel.canonical import decode, decode_bytes, encode, encode_bytes
from congress.kernel.errors import CongressError, InputError
from congress.voting.crypto import ballots, tally
from congress.voting.crypto.ballots import Opening
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.group import random_scalar
from congress.voting.crypto.layout import Layout, Limit
from congress.voting.trustees import messages
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.messages import Message, Round

FORMAT = "paperless-congress/rehearsal"
LAYOUT = Layout("rehearsal", ("yes", "no", "abstain"), (Limit(((0, 1), (1, 1), (2, 1)), 1, 1),))
VOTES = ((1, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1), (1, 0, 0))
"""The test ballots: three for, one against, one abstention."""
TOTALS = (3, 1, 1)
"""What their decryption must give."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The test ballots of a board.

    Attributes:
        ceremony: The board.
        ballots: As voters would cast them.
        openings: What each holds, and with which randomness.
    """

    ceremony: Ceremony
    ballots: tuple[bytes, ...]
    openings: tuple[Opening, ...]

    @property
    def context(self) -> Context:
        """What every proof of the rehearsal is bound to; no poll has such an identifier."""
        ceremony = self.ceremony
        return Context(SUITE, f"rehearsal {ceremony.id}", ceremony.hash, ceremony)

    @property
    def sums(self) -> tally.Sums:
        """The encrypted totals."""
        return tally.sums((LAYOUT,), self.ballots)

    def to_bytes(self) -> bytes:
        """Return the file that is carried to the trustees' machines."""
        value = {
            "format": FORMAT,
            "v": 1,
            "ceremony": self.ceremony.to_json(),
            "ballots": list(self.ballots),
            "openings": [opening.to_json() for opening in self.openings],
        }
        return encode(value)


def prepare(ceremony: Ceremony) -> Rehearsal:
    """Return fresh test ballots for a board."""
    empty = Rehearsal(ceremony, (), ())
    made = [
        ballots.encrypt(empty.context, (LAYOUT,), (values,), random_scalar()) for values in VOTES
    ]
    return Rehearsal(
        ceremony, tuple(each.ballot for each in made), tuple(each.opening for each in made)
    )


def read(data: bytes) -> Rehearsal:
    """Return the rehearsal that ``to_bytes`` wrote.

    Raises:
        InputError: ``trustees.bad_rehearsal``.
    """
    try:
        value: Any = decode(data)
        rehearsal = Rehearsal(
            Ceremony.from_json(value["ceremony"]),
            tuple(decode_bytes(item) for item in value["ballots"]),
            tuple(Opening.from_json(item) for item in value["openings"]),
        )
        rehearsal.ceremony.check()
        if rehearsal.to_bytes() != data:
            raise InputError("trustees.bad_rehearsal")
    except (CongressError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("trustees.bad_rehearsal") from error
    return rehearsal


def check(rehearsal: Rehearsal) -> None:
    """Refuse anything but test ballots that hold what everybody knows.

    Raises:
        InputError: ``trustees.bad_rehearsal``.
    """
    votes = [[contest.values for contest in each.contests] for each in rehearsal.openings]
    if len(rehearsal.ballots) != len(VOTES) or votes != [[each] for each in VOTES]:
        raise InputError("trustees.bad_rehearsal")
    context = rehearsal.context
    for ballot, opening in zip(rehearsal.ballots, rehearsal.openings, strict=True):
        try:
            ballots.verify(context, (LAYOUT,), ballot)
            ballots.check_opening(context, (LAYOUT,), ballot, opening)
        except InputError as error:
            raise InputError("trustees.bad_rehearsal") from error


def take_part(rehearsal: Rehearsal, holder: Holder) -> Message:
    """Return a trustee's partial decryption of the test ballots.

    Raises:
        InputError: ``trustees.foreign_share`` if the file belongs to another board,
            ``trustees.bad_rehearsal`` if these are not test ballots.
        RefusedError: ``trustees.not_complete``.
    """
    share = holder.ready
    if share.ceremony_hash != rehearsal.ceremony.hash:
        raise InputError("trustees.foreign_share")
    check(rehearsal)
    partial = tally.partial_of(rehearsal.context, rehearsal.sums, share)
    body: Mapping[str, object] = {
        "rehearsal": encode_bytes(messages.digest_of(rehearsal.to_bytes())),
        "partial": partial.to_json(),
    }
    signer = holder.secrets.signer
    return messages.write(signer, holder.invitation.id, Round.REHEARSAL, holder.index, body)


def succeeded(rehearsal: Rehearsal, answers: Sequence[Message]) -> frozenset[int]:
    """Return the indices of the trustees whose partial decryption holds."""
    digest = encode_bytes(messages.digest_of(rehearsal.to_bytes()))
    sums, context, good = rehearsal.sums, rehearsal.context, set()
    for message in answers:
        index = message.sender
        if not 1 <= index <= len(rehearsal.ceremony.trustees):
            continue
        key = rehearsal.ceremony.trustee(index).signing_key
        fresh = message.ceremony == rehearsal.ceremony.id and message.round is Round.REHEARSAL
        if not fresh or message.body.get("rehearsal") != digest or not message.is_signed_by(key):
            continue
        partial = _partial(message)
        if partial is not None and partial.trustee == index:
            try:
                tally.check_partial(context, sums, partial)
            except InputError:
                continue
            good.add(index)
    return frozenset(good)


def _partial(message: Message) -> tally.Partial | None:
    try:
        return tally.Partial.from_json(message.body["partial"])
    except (CongressError, KeyError, TypeError, ValueError, AttributeError):
        return None


def is_passed(rehearsal: Rehearsal, answers: Sequence[Message]) -> bool:
    """Return whether every trustee decrypted its part and the totals come out right."""
    good = succeeded(rehearsal, answers)
    if len(good) < len(rehearsal.ceremony.trustees):
        return False
    last = {message.sender: message for message in answers}
    partials = [_partial(last[index]) for index in sorted(good)]
    found = [each for each in partials if each is not None]
    threshold = rehearsal.ceremony.threshold
    # Both the first and the last so many must give the same totals.
    return all(
        tally.combine(rehearsal.context, rehearsal.sums, chosen, len(VOTES)) == (TOTALS,)
        for chosen in (found[:threshold], found[-threshold:])
    )
