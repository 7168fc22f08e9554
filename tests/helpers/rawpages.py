"""Every page of a SQLCipher file as it is under its key: live, free, and in its log.

An export through SQLite holds only what is live. What was deleted may still stand in free pages,
in the unused ends of others, and in the write-ahead log: whoever has the key can read it there.
Format: SQLCipher 4, AES-256-CBC; each page ends with its IV (16) and HMAC-SHA-512 (64).
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PAGE, _RESERVE, _IV = 4096, 80, 16
_SALT = 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def raw_pages(path: Path, key: bytes) -> bytes:
    """Return all pages of the file at ``path``, and of its log, decrypted, one after the other."""
    plain = [
        _decrypted(page, key, first=at == 0)
        for at, page in enumerate(_cut(path.read_bytes(), _PAGE))
    ]
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        for frame in _cut(log.read_bytes()[_LOG_HEAD:], _FRAME_HEAD + _PAGE):
            first = int.from_bytes(frame[:4], "big") == 1
            plain.append(_decrypted(frame[_FRAME_HEAD:], key, first=first))
    return b"".join(plain)


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]


def _decrypted(page: bytes, key: bytes, *, first: bool) -> bytes:
    start, end = _SALT if first else 0, _PAGE - _RESERVE
    decryptor = Cipher(AES(key), CBC(page[end : end + _IV])).decryptor()
    return decryptor.update(page[start:end]) + decryptor.finalize()
