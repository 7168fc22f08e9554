"""Packs of papers, as frozen values.

A pack is built from ``Deliverable`` papers, and a ``Deliverable`` cannot stand for a restricted or
secret one: ``OpenClearance`` has no such member, and the databases of those shelves are never
given to the builder.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from congress.docs.model import Paper
from congress.kernel.canonical import Json
from congress.kernel.errors import BugError, RefusedError
from congress.kernel.events import Event
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database

PackId = NewType("PackId", str)
RecipientId = NewType("RecipientId", str)
"""Stays the same for one person or delegation of one congress, and says nothing of them."""

ENDING = ".congresspack"
FORMAT = "paperless-congress/pack"
VERSION = 1
SIGN_IN_NAME = "reader"
"""The one member of every pack signs in by this name, so that only a code is asked for."""


class OpenClearance(StrEnum):
    """The clearances whose papers may leave the house. There are only these two."""

    PUBLIC = "public"
    DELEGATES = "delegates"

    @property
    def shelf(self) -> Shelf:
        """Where such papers lie."""
        return Shelf(Clearance(self.value))


@dataclass(frozen=True, slots=True)
class Deliverable:
    """The current version of a paper that may go into a pack.

    Attributes:
        paper_id: The paper.
        version_id: Its current version.
        clearance: Public or delegates.
        title: As shown in lists.
        language: ``en``, ``vi`` or ``ur``.
        number: Its number in the congress, or empty.
        agenda: The item of the agenda it belongs to, or empty.
        version: The number of its version.
        pages: Number of pages.
        size: Bytes of the file.
    """

    paper_id: PaperId
    version_id: VersionId
    clearance: OpenClearance
    title: str
    language: str
    number: str
    agenda: str
    version: int
    pages: int
    size: int

    def __post_init__(self) -> None:
        """Refuse what only claims to be an open clearance.

        Raises:
            BugError: The clearance is not of the type it has to be.
        """
        if type(self.clearance) is not OpenClearance:
            raise BugError("only papers of an open clearance can be delivered")

    @classmethod
    def of(cls, paper: Paper) -> "Deliverable":
        """Return a paper as it can be delivered.

        Raises:
            RefusedError: ``pack.not_open`` for a restricted or secret paper. Its title is not
                in the error.
        """
        try:
            clearance = OpenClearance(paper.clearance.value)
        except ValueError as error:
            raise RefusedError("pack.not_open") from error
        return cls(
            paper_id=paper.id,
            version_id=paper.version_id,
            clearance=clearance,
            title=paper.title,
            language=paper.language,
            number=paper.number,
            agenda=paper.agenda,
            version=paper.version,
            pages=paper.pages,
            size=paper.size,
        )


@dataclass(frozen=True, slots=True)
class OpenShelves:
    """All that the builder of packs gets of a vault: two files of papers and their keys.

    Attributes:
        files: The databases of the open shelves, and no other.
        keys: The 32 bytes that wrap the data keys of each.
        blobs: The sealed files. Those of other papers lie there too; nothing here opens them.
    """

    files: Mapping[OpenClearance, Database]
    keys: Mapping[OpenClearance, bytes] = field(repr=False)
    blobs: BlobStore

    def __post_init__(self) -> None:
        """Refuse any other key of a shelf.

        Raises:
            BugError: A shelf is not named by an open clearance.
        """
        if {type(each) for each in (*self.files, *self.keys)} - {OpenClearance}:
            raise BugError("the builder of packs gets open shelves only")

    @classmethod
    def of(
        cls,
        papers: Mapping[Shelf, Database],
        shelf_key: Callable[[Shelf], bytes],
        blobs: BlobStore,
    ) -> "OpenShelves":
        """Take the two open shelves out of all that a vault opened."""
        return cls(
            {each: papers[each.shelf] for each in OpenClearance},
            {each: shelf_key(each.shelf) for each in OpenClearance},
            blobs,
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a pack.

    Attributes:
        id: Random for everyone but the congress, and always the same for one recipient.
        name: As it stands in the watermark and on the slip.
        badge: Badge number, or empty for a delegation.
        language: ``en``, ``vi`` or ``ur``: of the first start and the slip.
    """

    id: RecipientId
    name: str
    badge: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a pack.

    Attributes:
        name: Its path in the vault, for instance ``blobs/<26 characters>``.
        size: Bytes.
        sha256: SHA-256 (32 bytes).
    """

    name: str
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of itself to everyone who finds it: no title, no name of a person.

    Attributes:
        pack_id: Random identifier.
        congress: Name of the congress.
        made_at: When, aware, in UTC.
        expires_at: When it stops opening, aware, in UTC.
        code: The code of this copy, as in its watermark.
        recipient_id: Whose it is: newer packs replace older ones of the same recipient.
        papers: How many papers there are.
        parts: Its files, in their order.
        key: The Ed25519 public key (32 bytes) of the congress that signed it.
    """

    pack_id: PackId
    congress: str
    made_at: datetime
    expires_at: datetime
    code: str
    recipient_id: RecipientId
    papers: int
    parts: Sequence[Part]
    key: bytes

    @property
    def fingerprint(self) -> str:
        """The first bytes of the signing key, to compare with the slip: ``4f3a 09c2 ...``."""
        text = self.key[:8].hex()
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@dataclass(frozen=True, slots=True)
class Inscription:
    """What a pack says of itself inside, sealed: what counts, whatever stands outside.

    Attributes:
        pack_id: As in the manifest.
        recipient_id: As in the manifest.
        recipient: The name in the watermark.
        code: As in the manifest.
        made_at: As in the manifest.
        expires_at: As in the manifest.
        key: The signing key, as in the manifest.
    """

    pack_id: PackId
    recipient_id: RecipientId
    recipient: str
    code: str
    made_at: datetime
    expires_at: datetime
    key: bytes

    def agrees(self, manifest: Manifest) -> bool:
        """Return whether ``manifest`` tells the same."""
        return (
            self.pack_id == manifest.pack_id
            and self.recipient_id == manifest.recipient_id
            and self.code == manifest.code
            and self.made_at == manifest.made_at
            and self.expires_at == manifest.expires_at
            and self.key == manifest.key
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A pack that was handed out, as the register of the congress keeps it: without any key.

    Attributes:
        pack_id: The pack.
        code: In its watermark.
        recipient_id: Whose it is.
        recipient: Their name.
        made_at: When, aware, in UTC.
        expires_at: When it stops opening.
        papers: Its papers and their versions.
    """

    pack_id: PackId
    code: str
    recipient_id: str
    recipient: str
    made_at: datetime
    expires_at: datetime
    papers: tuple[tuple[PaperId, VersionId], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed over beside a pack, on paper. Exists only until it is printed.

    Attributes:
        recipient: Whose pack it opens.
        file: Name of the pack's file.
        secret: The code that opens it.
        code: The code of the copy.
        expires_at: When the pack stops opening.
        fingerprint: Of the signing key.
    """

    recipient: Recipient
    file: str
    secret: str = field(repr=False)
    code: str
    expires_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class CopiesChanged(Event):
    """A pack was handed out."""


def as_json(inscription: Inscription) -> Mapping[str, Json]:
    """Return an inscription as it is kept."""
    return {
        "pack": inscription.pack_id,
        "recipient_id": inscription.recipient_id,
        "recipient": inscription.recipient,
        "code": inscription.code,
        "made": inscription.made_at.isoformat(),
        "expires": inscription.expires_at.isoformat(),
        "key": inscription.key.hex(),
    }


def from_json(value: Mapping[str, Json]) -> Inscription:
    """Return the inscription that ``as_json`` wrote.

    Raises:
        ValueError: Something else wrote it.
    """
    try:
        return Inscription(
            pack_id=PackId(str(value["pack"])),
            recipient_id=RecipientId(str(value["recipient_id"])),
            recipient=str(value["recipient"]),
            code=str(value["code"]),
            made_at=datetime.fromisoformat(str(value["made"])),
            expires_at=datetime.fromisoformat(str(value["expires"])),
            key=bytes.fromhex(str(value["key"])),
        )
    except KeyError as error:
        raise ValueError("not an inscription") from error
