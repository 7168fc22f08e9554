"""Credentials: which were issued, which are void, which were used, and copied ciphertexts."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from congress.verifier import canonical
from congress.verifier.curve import POINT_LENGTH
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields


class Roster:
    """The credentials of a poll, or only the number of its slips."""

    def __init__(self, *, slips: bool) -> None:
        """Begin without any; ``slips`` where only paper is counted."""
        self._slips = slips
        self._issued: set[bytes] = set()
        self._void: set[bytes] = set()
        self._used: dict[bytes, int] = {}
        self.issued = self.void = 0

    def issue(self, payload: canonical.Json) -> int:
        """Take a ``credentials`` entry and return how many it issues.

        Raises:
            Fault: ``credential_twice``, ``not_sorted``, or its form is wrong.
        """
        number, credentials = self._read(payload)
        if not self._issued.isdisjoint(credentials):
            raise Fault("credential_twice")
        self._issued.update(credentials)
        self.issued += number
        return number

    def withdraw(self, payload: canonical.Json) -> int:
        """Take a ``credentials_void`` entry and return how many it voids.

        Raises:
            Fault: ``not_issued``, ``void_twice``, ``void_used``, or its form is wrong.
        """
        number, credentials = self._read(payload)
        if not self._issued.issuperset(credentials) or self.void + number > self.issued:
            raise Fault("not_issued")
        if not self._void.isdisjoint(credentials):
            raise Fault("void_twice")
        if any(credential in self._used for credential in credentials):
            raise Fault("void_used")
        self._void.update(credentials)
        self.void += number
        return number

    def _read(self, payload: canonical.Json) -> tuple[int, Sequence[bytes]]:
        fields = Fields(payload, "credentials")
        if self._slips:
            number = fields.whole("slips")
            fields.end()
            return number, ()
        credentials = fields.datas("credentials", POINT_LENGTH)
        fields.end()
        if any(first >= second for first, second in pairwise(credentials)):
            raise Fault("not_sorted", place="credentials")
        return len(credentials), credentials

    def use(self, credential: bytes, seq: int) -> None:
        """Note that a ballot is cast with a credential.

        Raises:
            Fault: ``used_twice`` with the entry of the other ballot.
        """
        before = self._used.setdefault(credential, seq)
        if before != seq:
            raise Fault("used_twice", other=before)

    def faults(self) -> list[tuple[int, Fault]]:
        """Return, once the poll is closed, which ballots nobody was entitled to cast."""
        found = []
        for credential, seq in self._used.items():
            if credential not in self._issued:
                found.append((seq, Fault("not_issued")))
            elif credential in self._void:
                found.append((seq, Fault("void")))
        return found


class Ciphertexts:
    """Knows every ciphertext again, so that no ballot is made of parts of another one."""

    def __init__(self) -> None:
        """Begin without any."""
        self._seen: set[bytes] = set()

    def add(self, ciphertexts: Iterable[bytes]) -> None:
        """Take the ciphertexts of one more ballot, cast or challenged.

        Raises:
            Fault: ``copied`` if one of them was seen in another ballot.
        """
        marks = {hashlib.blake2b(item, digest_size=16).digest() for item in ciphertexts}
        copied = not self._seen.isdisjoint(marks)
        self._seen.update(marks)
        if copied:
            raise Fault("copied")
