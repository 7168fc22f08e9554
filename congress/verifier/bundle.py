"""The bundle: a ZIP file with exactly the members of SPECIFICATION, section 12.

Nothing is unpacked to disk and nothing is read whole but what is small: the ledger comes
line by line, the hints as many bytes as are asked for. Sizes are those that the archive
declares; a member that is larger than it says, or than any poll needs, is refused before
and while it is read.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from congress.verifier import canonical
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields

if TYPE_CHECKING:
    from hashlib import _Hash

FORMAT = "paperless-congress-bundle"
INDEX, LEDGER, HINTS, README = "bundle.json", "ledger.jsonl", "hints.bin", "README.txt"
_MOST = {INDEX: 1 << 20, LEDGER: 8 << 30, HINTS: 8 << 30, README: 1 << 20}
LONGEST_LINE = 16 << 20
_CHUNK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Index:
    """What ``bundle.json`` says.

    Attributes:
        election_id: The poll.
        suite: How its ballots are kept.
        entries: Entries of the ledger.
        head: Hash of the last one (32 bytes).
        files: SHA-256 of every other member that is checked.
    """

    election_id: str
    suite: str
    entries: int
    head: bytes
    files: dict[str, bytes]


class Bundle:
    """An open bundle."""

    def __init__(self, path: Path) -> None:
        """Open the file and check which members it has.

        Raises:
            Fault: ``unreadable`` if it is no ZIP file or is damaged, ``wrong_members`` if a
                member is missing, unknown or there twice, ``too_large``.
        """
        try:
            self._archive = zipfile.ZipFile(path)
        except (*_DAMAGED, UnicodeDecodeError) as error:
            raise Fault("unreadable", member=path.name) from error
        try:
            self._check_members()
        except Fault:
            self._archive.close()
            raise

    def __enter__(self) -> "Bundle":
        """Return the bundle itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._archive.close()

    def _check_members(self) -> None:
        found = [item.filename for item in self._archive.infolist()]
        known = {INDEX, LEDGER, README, *({HINTS} & set(found))}
        if sorted(found) != sorted(known):
            raise Fault("wrong_members", members=", ".join(sorted(found))[:200])
        for item in self._archive.infolist():
            if item.file_size > _MOST[item.filename]:
                raise Fault("too_large", member=item.filename)

    @property
    def hinted(self) -> bool:
        """Whether the bundle has hints."""
        return HINTS in self._archive.namelist()

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self._archive.infolist())

    def index(self) -> Index:
        """Return what ``bundle.json`` says.

        Raises:
            Fault: It is not what it must be.
        """
        with self.open(INDEX) as member:
            fields = Fields(canonical.decode(member.read(_MOST[INDEX])), INDEX)
        fields.choice("format", (FORMAT,))
        if fields.whole("v") != 1:
            raise Fault("unknown_value", place=f"{INDEX}.v", value="")
        files = fields.object("files")
        names = {LEDGER, *({HINTS} if self.hinted else ())}
        index = Index(
            fields.text("election_id"),
            fields.text("suite"),
            fields.whole("entries"),
            fields.data("head", 32),
            {name: files.data(name, 32) for name in sorted(names)},
        )
        if files.has(README):
            files.take(README)
        files.end()
        fields.end()
        return index

    def open(self, name: str) -> "Member":
        """Return a member to read from.

        Raises:
            Fault: ``unreadable``.
        """
        try:
            return Member(self._archive.open(name), name)
        except (*_DAMAGED, KeyError) as error:
            raise Fault("unreadable", member=name) from error


class Member:
    """One member of the archive, read once from its beginning, hashed on the way."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """Take the stream and the name for faults."""
        self._stream = stream
        self._name = name
        self._hash: _Hash = hashlib.sha256()

    def __enter__(self) -> "Member":
        """Return the member itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the stream."""
        self._stream.close()

    def read(self, length: int) -> bytes:
        """Return the next bytes, fewer only at the end.

        Raises:
            Fault: ``unreadable`` if the archive is damaged.
        """
        try:
            data = self._stream.read(length)
        except (*_DAMAGED, zlib.error) as error:
            raise Fault("unreadable", member=self._name) from error
        self._hash.update(data)
        return data

    def lines(self) -> Iterator[bytes]:
        """Return every line without its newline.

        Raises:
            Fault: ``unreadable``; ``too_large`` for a line longer than ``LONGEST_LINE``;
                ``no_newline`` if the last line does not end.
        """
        rest = bytearray()
        while data := self.read(_CHUNK):
            searched = len(rest)
            rest += data
            start = 0
            while (end := rest.find(b"\n", max(start, searched))) >= 0:
                yield bytes(rest[start:end])
                start = end + 1
            del rest[:start]
            if len(rest) > LONGEST_LINE:
                raise Fault("too_large", member=self._name)
        if rest:
            raise Fault("no_newline")

    def finish(self) -> bytes:
        """Read what is left and return the SHA-256 of the whole member."""
        while self.read(_CHUNK):
            pass
        return self._hash.digest()
