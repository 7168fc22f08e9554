"""A whole key ceremony held in memory: for tests, simulations and the sample congress.

Nobody but one machine sees these shares, so a real poll must never use such a board.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from congress.kernel.errors import BugError
from congress.kernel.signing import Signer
from congress.voting.crypto import dkg
from congress.voting.crypto.ceremony import (
    PURPOSE,
    Approval,
    Ceremony,
    Reveal,
    SealedShare,
    Trustee,
    TrusteeShare,
    share_label,
)
from congress.voting.crypto.dkg import Polynomial
from congress.voting.crypto.envelope import box_key, seal, unseal
from congress.voting.crypto.group import decode_scalar, encode_scalar


@dataclass(frozen=True, slots=True)
class _Player:
    index: int
    name: str
    polynomial: Polynomial = field(repr=False)
    seed: bytes = field(repr=False)
    box_seed: bytes = field(repr=False)

    def trustee(self, ceremony_id: str) -> Trustee:
        hashed = dkg.commitment_hash(ceremony_id, self.index, self.polynomial.points())
        signing_key = Signer(self.seed).public_key
        return Trustee(self.index, self.name, signing_key, box_key(self.box_seed), hashed)

    def reveal(self, ceremony_id: str) -> Reveal:
        points = tuple(point.encode() for point in self.polynomial.points())
        return Reveal(self.index, points, self.polynomial.prove(ceremony_id, self.index))

    def shares(self, ceremony_id: str, trustees: Sequence[Trustee]) -> list[SealedShare]:
        return [
            SealedShare(
                self.index,
                other.index,
                seal(
                    other.box_key,
                    share_label(ceremony_id, self.index, other.index),
                    encode_scalar(self.polynomial.share_for(other.index)),
                ),
            )
            for other in trustees
            if other.index != self.index
        ]

    def receive(self, ceremony: Ceremony) -> int:
        parts = [self.polynomial.share_for(self.index)]
        for item in ceremony.shares:
            if item.receiver != self.index:
                continue
            label = share_label(ceremony.id, item.sender, self.index)
            part = decode_scalar(unseal(self.box_seed, label, item.sealed))
            if not dkg.share_fits(ceremony.commitments[item.sender - 1], self.index, part):
                raise BugError("a rehearsed ceremony made a share that does not fit")
            parts.append(part)
        return dkg.share_of(parts)


def hold(
    names: Sequence[str], threshold: int | None = None
) -> tuple[Ceremony, tuple[TrusteeShare, ...]]:
    """Return a signed ceremony and the share of every trustee.

    Args:
        names: Of the trustees, 3 to 15, all different.
        threshold: How many decrypt together; the usual number by default.

    Raises:
        InputError: ``voting.bad_ceremony`` if names or threshold are not allowed.
    """
    threshold = threshold or dkg.usual_threshold(len(names))
    players = [
        _Player(
            index,
            name,
            Polynomial.random(threshold),
            secrets.token_bytes(32),
            secrets.token_bytes(32),
        )
        for index, name in enumerate(names, start=1)
    ]
    ceremony_id = secrets.token_hex(16)
    trustees = tuple(player.trustee(ceremony_id) for player in players)
    unsigned = Ceremony(
        ceremony_id,
        threshold,
        trustees,
        tuple(player.reveal(ceremony_id) for player in players),
        tuple(item for player in players for item in player.shares(ceremony_id, trustees)),
    )
    unsigned.check_unsigned()
    text = unsigned.to_sign()
    ceremony = replace(
        unsigned,
        signatures=tuple(
            Approval(player.index, Signer(player.seed).sign(PURPOSE, text)) for player in players
        ),
    )
    shares = tuple(
        TrusteeShare(player.index, ceremony.hash, player.receive(ceremony), player.seed)
        for player in players
    )
    return ceremony, shares
