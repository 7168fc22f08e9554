"""Writes PNG files, so that a cover can be kept small without an image library."""

import struct
import zlib

from congress.docs.pdfium import Pixels


def png(pixels: Pixels) -> bytes:
    """Return ``pixels`` as a PNG file (RGB, 8 bits)."""
    rows = bytearray()
    for start in range(0, len(pixels.data), 4 * pixels.width):
        line = pixels.data[start : start + 4 * pixels.width]
        rgb = bytearray(3 * pixels.width)
        rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
        rows += b"\0" + rgb
    head = struct.pack(">IIBBBBB", pixels.width, pixels.height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
