"""The random key of each version of a paper, wrapped under the key of its clearance.

The wrapping names the paper, the version and the clearance (AES-256-GCM, additional data), so a
wrapped key moved to another row, or to another clearance's file, does not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congress.docs.blobformat import KEY
from congress.kernel.canonical import encode
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance

_NONCE = 12


def new_data_key() -> bytes:
    """Return 32 fresh random bytes."""
    return os.urandom(KEY)


def _bound(paper_id: PaperId, version_id: VersionId, clearance: Clearance) -> bytes:
    return encode(["paperless-congress/data-key/1", paper_id, version_id, clearance.value])


def wrap(
    clearance_key: bytes,
    data_key: bytes,
    paper_id: PaperId,
    version_id: VersionId,
    clearance: Clearance,
) -> bytes:
    """Return ``data_key`` encrypted under ``clearance_key``, bound to its place."""
    nonce = os.urandom(_NONCE)
    bound = _bound(paper_id, version_id, clearance)
    return nonce + AESGCM(clearance_key).encrypt(nonce, data_key, bound)


def unwrap(
    clearance_key: bytes,
    wrapped: bytes,
    paper_id: PaperId,
    version_id: VersionId,
    clearance: Clearance,
    title: str = "",
) -> bytes:
    """Return the data key that ``wrap`` encrypted for the same place.

    Args:
        clearance_key: 32 bytes.
        wrapped: What ``wrap`` returned.
        paper_id: The paper.
        version_id: The version whose file it opens.
        clearance: Clearance of the paper.
        title: Names the paper in an error's message.

    Raises:
        InputError: ``docs.blob_damaged`` if the key was changed or belongs elsewhere.
    """
    bound = _bound(paper_id, version_id, clearance)
    try:
        return AESGCM(clearance_key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise InputError("docs.blob_damaged", title=title) from error
