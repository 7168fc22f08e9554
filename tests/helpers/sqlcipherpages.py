"""What somebody who holds the key reads in a SQLCipher file and its log, page by page.

SQLCipher 4: pages of 4096 bytes in AES-256-CBC, of which the last 80 are the page's
initialisation vector and authentication code; the first page begins with a salt of 16 bytes.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVE, _SALT, _IV = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def _plain(page: bytes, key: bytes, number: int) -> bytes:
    start = _SALT if number == 1 else 0
    vector = page[-_RESERVE : -_RESERVE + _IV]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[start:-_RESERVE]) + decryptor.finalize()


def pages(file: Path, key: bytes) -> list[bytes]:
    """Return the content of every page of a database, in order."""
    data = file.read_bytes()
    starts = range(0, len(data) - _PAGE + 1, _PAGE)
    return [
        _plain(data[start : start + _PAGE], key, number) for number, start in enumerate(starts, 1)
    ]


def frames(log: Path, key: bytes) -> list[tuple[int, bytes]]:
    """Return the number and content of every page in a write-ahead log, in order of writing."""
    data = log.read_bytes()
    found = []
    for start in range(_WAL_HEADER, len(data) - _PAGE - _FRAME_HEADER + 1, _FRAME_HEADER + _PAGE):
        number = int.from_bytes(data[start : start + 4], "big")
        page = data[start + _FRAME_HEADER : start + _FRAME_HEADER + _PAGE]
        found.append((number, _plain(page, key, number)))
    return found
