"""The hints of a poll's ballots, handed on from one check to the next.

A closed box is checked at least three times: before it is added up, before each trustee decrypts,
and when the bundle is written. The first check comes to the points that hints consist of
(``congress.voting.crypto.hints``) anyway; with them every later one takes a quarter of the time.
A hint is never believed, so it matters to nobody where it was kept: it lies in memory, of one poll
at a time, and is gone with the program.
"""

from collections.abc import Mapping
from types import MappingProxyType

from congress.voting.crypto.hints import hints_length
from congress.voting.election import Election

MOST_BYTES = 256 * 1024 * 1024
"""More are not kept: those of 1,600 ballots with 200 names are half of it."""
_NONE: Mapping[bytes, bytes] = MappingProxyType({})


class HintBook:
    """Keeps the hints of the ballots of one poll, the one that was checked last."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """Keep at most so many bytes."""
        self._most = most
        # One tuple, so that checks in two threads see the hints of one poll or the other.
        self._kept: tuple[bytes, Mapping[bytes, bytes]] = (b"", _NONE)

    def of(self, election: Election) -> Mapping[bytes, bytes]:
        """Return the hints of a poll's ballots by the hashes of their payloads; none if unknown."""
        poll, hints = self._kept
        return hints if poll == election.context.digest else _NONE

    def holds(self, election: Election, ballots: int) -> bool:
        """Return whether the hints of so many ballots are few enough to be kept."""
        return ballots * hints_length(election.layouts) <= self._most

    def keep(self, election: Election, hints: Mapping[bytes, bytes]) -> None:
        """Keep the hints of a poll's ballots, by the hashes of their payloads."""
        self._kept = (election.context.digest, MappingProxyType(dict(hints)))
