"""The random key of each version of a paper, wrapped under the key of its shelf.

The wrapping names the paper, the version and the shelf (AES-256-GCM, additional data), so a
wrapped key moved to another row, or to another shelf's file, does not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congress.docs.blobformat import KEY
from congress.kernel.canonical import encode
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Shelf

_NONCE = 12


def new_data_key() -> bytes:
    """Return 32 fresh random bytes."""
    return os.urandom(KEY)


def _bound(paper_id: PaperId, version_id: VersionId, shelf: Shelf) -> bytes:
    place = [shelf.clearance.value] if shelf.group is None else [shelf.clearance.value, shelf.group]
    return encode(["paperless-congress/data-key/1", paper_id, version_id, *place])


def wrap(
    shelf_key: bytes,
    data_key: bytes,
    paper_id: PaperId,
    version_id: VersionId,
    shelf: Shelf,
) -> bytes:
    """Return ``data_key`` encrypted under ``shelf_key``, bound to its place."""
    nonce = os.urandom(_NONCE)
    bound = _bound(paper_id, version_id, shelf)
    return nonce + AESGCM(shelf_key).encrypt(nonce, data_key, bound)


def unwrap(
    shelf_key: bytes,
    wrapped: bytes,
    paper_id: PaperId,
    version_id: VersionId,
    shelf: Shelf,
    title: str = "",
) -> bytes:
    """Return the data key that ``wrap`` encrypted for the same place.

    Args:
        shelf_key: 32 bytes.
        wrapped: What ``wrap`` returned.
        paper_id: The paper.
        version_id: The version whose file it opens.
        shelf: Where the paper lies.
        title: Names the paper in an error's message.

    Raises:
        InputError: ``docs.blob_damaged`` if the key was changed or belongs elsewhere.
    """
    bound = _bound(paper_id, version_id, shelf)
    try:
        return AESGCM(shelf_key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise InputError("docs.blob_damaged", title=title) from error
