"""What a key ceremony begins with: for which congress, who the trustees are, how many it takes."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress.kernel.canonical import Json, decode, encode
from congress.kernel.errors import InputError
from congress.kernel.folding import fold
from congress.kernel.ids import is_id, new_id
from congress.voting.crypto.dkg import FEWEST, FEWEST_TOGETHER, MOST, usual_threshold

FORMAT = "paperless-congress/ceremony"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Invitation:
    """The frame of one ceremony; a repeated ceremony has another identifier.

    Attributes:
        id: Random identifier of the ceremony; every proof and message is bound to it.
        congress: Name of the congress.
        threshold: How many trustees are needed to decrypt.
        names: The trustees in order; the first has index 1.
    """

    id: str
    congress: str
    threshold: int
    names: tuple[str, ...]

    @property
    def indices(self) -> range:
        """The indices of the trustees, from 1."""
        return range(1, len(self.names) + 1)

    def name(self, index: int) -> str:
        """Return the name of the trustee with this index."""
        return self.names[index - 1]

    def without(self, indices: Sequence[int]) -> "Invitation":
        """Return a new ceremony among the others, with the usual threshold.

        Raises:
            InputError: ``trustees.too_few`` if fewer than three are left.
        """
        left = [self.name(index) for index in self.indices if index not in indices]
        return invite(self.congress, left)

    def to_json(self) -> Mapping[str, Json]:
        """Return the invitation as a canonical value."""
        return {
            "format": FORMAT,
            "v": 1,
            "id": self.id,
            "congress": self.congress,
            "threshold": self.threshold,
            "names": list(self.names),
        }

    def to_bytes(self) -> bytes:
        """Return the file that is handed to every trustee."""
        return encode(self.to_json())

    @property
    def digest(self) -> bytes:
        """SHA-256 (32 bytes) of the file."""
        return hashlib.sha256(self.to_bytes()).digest()


def invite(congress: str, names: Sequence[str], threshold: int | None = None) -> Invitation:
    """Return the invitation to a new ceremony.

    Args:
        congress: Name of the congress.
        names: The trustees, as they write their names.
        threshold: How many are needed; by default more than half.

    Raises:
        InputError: ``trustees.too_few``, ``trustees.too_many``, ``trustees.no_name``,
            ``trustees.same_name`` or ``trustees.bad_threshold``.
    """
    kept = tuple(unicodedata.normalize("NFC", " ".join(name.split())) for name in names)
    needed = usual_threshold(len(kept)) if threshold is None else threshold
    invitation = Invitation(new_id(), congress, needed, kept)
    _check(invitation)
    return invitation


def read_invitation(data: bytes) -> Invitation:
    """Return the invitation that ``to_bytes`` wrote.

    Raises:
        InputError: ``trustees.bad_invitation`` if it is anything else, or says what no
            ceremony can be.
    """
    try:
        return invitation_from_json(decode(data))
    except InputError as error:
        raise InputError("trustees.bad_invitation") from error


def invitation_from_json(value: Any) -> Invitation:
    """Return the invitation that ``to_json`` made a value.

    Raises:
        InputError: As ``invite``; ``trustees.bad_invitation`` if it has another form.
    """
    try:
        invitation = Invitation(
            value["id"], value["congress"], value["threshold"], tuple(value["names"])
        )
        whole = type(value["threshold"]) is int and is_id(value["id"])
        given: list[Any] = [value["congress"], *value["names"]]
        texts = all(isinstance(text, str) and len(text) <= _LONGEST for text in given)
        if not texts or not whole or invitation.to_json() != value:
            raise InputError("trustees.bad_invitation")
    except (KeyError, TypeError) as error:
        raise InputError("trustees.bad_invitation") from error
    _check(invitation)
    return invitation


def _check(invitation: Invitation) -> None:
    number = len(invitation.names)
    if number < FEWEST:
        raise InputError("trustees.too_few", count=FEWEST)
    if number > MOST:
        raise InputError("trustees.too_many", count=MOST)
    if not all(fold(name).strip() for name in invitation.names):
        raise InputError("trustees.no_name")
    folded: set[str] = set()
    for name in invitation.names:
        if (key := unicodedata.normalize("NFKC", name).casefold()) in folded:
            raise InputError("trustees.same_name", name=name)
        folded.add(key)
    if not FEWEST_TOGETHER <= invitation.threshold <= number:
        raise InputError("trustees.bad_threshold", low=FEWEST_TOGETHER, high=number)
