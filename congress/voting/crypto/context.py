"""What every proof of a poll is bound to (section 5)."""

from dataclasses import dataclass
from functools import cached_property

from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.group import Point
from congress.voting.crypto.transcript import digest

SUITE = "elgamal-h/secp256k1-sha512/1"
"""Exponential ElGamal, homomorphic sums, on secp256k1 with SHA-512."""


@dataclass(frozen=True)
class Context:
    """One poll and its key.

    Attributes:
        suite: As the manifest names it.
        election_id: The poll.
        manifest_hash: Payload hash of the manifest's entry (32 bytes).
        ceremony: Whose joint key the ballots are encrypted with.
    """

    suite: str
    election_id: str
    manifest_hash: bytes
    ceremony: Ceremony

    @property
    def joint_key(self) -> Point:
        """The public key of the ballots."""
        return self.ceremony.joint_key

    @cached_property
    def digest(self) -> bytes:
        """The hash (64 bytes) that stands for all of this in every challenge."""
        return digest(
            "context",
            self.suite,
            self.election_id,
            self.manifest_hash,
            self.joint_key,
            self.ceremony.hash,
        )
