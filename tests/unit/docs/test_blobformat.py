import io
import os
import random
from collections.abc import Iterator

import pytest

from congress.docs.blobformat import (
    CHUNK,
    HEADER,
    MAGIC,
    TAG,
    BlobReader,
    BlobWriter,
    seal,
    sealed_size,
)
from congress.kernel.errors import BugError, InputError

KEY = bytes(range(32))
TEXT = random.Random(7).randbytes(3 * CHUNK + 1000)


def sealed(text: bytes, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    seal(target, key, len(text), [text])
    return target.getvalue()


def read(blob: bytes, key: bytes = KEY) -> bytes:
    with BlobReader(io.BytesIO(blob), key) as reader:
        return reader.read()


BLOB = sealed(TEXT)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_what_was_sealed_is_read(size: int) -> None:
    text = TEXT[:size]
    blob = sealed(text)
    assert read(blob) == text
    assert len(blob) == sealed_size(size)


def test_the_blob_holds_no_plain_text_and_never_looks_the_same() -> None:
    text = b"the secret draft of the resolution " * 100
    assert b"secret draft" not in sealed(text)
    assert sealed(text)[HEADER:] != sealed(text)[HEADER:]


def test_pieces_may_have_any_size() -> None:
    target = io.BytesIO()
    seal(target, KEY, len(TEXT), (TEXT[i : i + 777] for i in range(0, len(TEXT), 777)))
    assert read(target.getvalue()) == TEXT


def test_reads_from_any_position() -> None:
    with BlobReader(io.BytesIO(BLOB), KEY) as reader:
        assert reader.length == len(TEXT)
        assert reader.readable()
        assert reader.seekable()
        assert not reader.writable()
        assert reader.seek(-10, os.SEEK_END) == len(TEXT) - 10
        assert reader.read(100) == TEXT[-10:]
        assert reader.tell() == len(TEXT)
        assert reader.read(1) == b""
        reader.seek(CHUNK - 3)
        assert reader.read(6) == TEXT[CHUNK - 3 : CHUNK + 3]
        assert reader.seek(4, os.SEEK_CUR) == CHUNK + 7
        reader.seek(len(TEXT) + 5)
        assert reader.read(1) == b""
        with pytest.raises(ValueError, match="negative"):
            reader.seek(-1)


def test_reads_into_buffers_of_any_type() -> None:
    import array

    buffer = array.array("I", [0] * 100)
    with BlobReader(io.BytesIO(BLOB), KEY) as reader:
        assert reader.readinto(buffer) == buffer.itemsize * 100
    assert buffer.tobytes() == TEXT[: buffer.itemsize * 100]


def test_forgets_chunks_but_reads_them_again() -> None:
    text = random.Random(3).randbytes(20 * CHUNK)
    with BlobReader(io.BytesIO(sealed(text)), KEY) as reader:
        assert reader.read() == text
        reader.seek(0)
        assert reader.read(10) == text[:10]


def test_closing_closes_the_source_once() -> None:
    source = io.BytesIO(BLOB)
    reader = BlobReader(source, KEY)
    reader.close()
    reader.close()
    assert source.closed
    with pytest.raises(ValueError, match="closed"):
        reader.read()


def test_a_refused_blob_closes_its_source() -> None:
    source = io.BytesIO(BLOB)
    with pytest.raises(InputError):
        BlobReader(source, bytes(32))
    assert source.closed


def test_another_key_is_refused_by_the_commitment() -> None:
    with pytest.raises(InputError, match=r"docs\.blob_damaged"):
        read(BLOB, bytes(32))


def test_a_key_must_have_32_bytes() -> None:
    with pytest.raises(BugError):
        sealed(b"x", b"short")


@pytest.mark.parametrize("written", [b"123", b"12345"])
def test_the_length_must_be_the_one_announced(written: bytes) -> None:
    writer = BlobWriter(io.BytesIO(), KEY, 4)
    with pytest.raises(InputError, match=r"docs\.changed_meanwhile"):
        _write_all(writer, written)


def _write_all(writer: BlobWriter, data: bytes) -> None:
    writer.write(data)
    writer.finish()


def test_an_unfinished_blob_does_not_open() -> None:
    target = io.BytesIO()
    BlobWriter(target, KEY, 2 * CHUNK).write(TEXT[: 2 * CHUNK])
    with pytest.raises(InputError):
        read(target.getvalue())


def chunk_at(blob: bytes, index: int) -> bytes:
    start = HEADER + index * (CHUNK + TAG)
    return blob[start : start + CHUNK + TAG]


def rebuilt(blob: bytes, *chunks: bytes) -> bytes:
    return blob[:HEADER] + b"".join(chunks)


def mutations() -> Iterator[tuple[str, bytes]]:
    rng = random.Random(11)
    c = [chunk_at(BLOB, index) for index in range(4)]
    twin = sealed(TEXT)
    other = sealed(TEXT, bytes(32))
    for size in (0, 1, len(MAGIC), HEADER - 1, HEADER, HEADER + TAG, len(BLOB) - 1):
        yield f"cut to {size}", BLOB[:size]
    for size in rng.sample(range(HEADER, len(BLOB)), 20):
        yield f"cut to {size}", BLOB[:size]
    for cut in range(1, 4):
        yield f"only {cut} chunks", rebuilt(BLOB, *c[:cut])
    yield "a byte more", BLOB + b"\0"
    yield "a chunk more", rebuilt(BLOB, *c, c[3])
    yield "two chunks swapped", rebuilt(BLOB, c[1], c[0], c[2], c[3])
    yield "a chunk twice", rebuilt(BLOB, c[0], c[0], c[2], c[3])
    yield "first chunk gone", rebuilt(BLOB, *c[1:])
    yield "last chunk gone", rebuilt(BLOB, *c[:3])
    for index in range(4):
        spliced = list(c)
        spliced[index] = chunk_at(twin, index)
        yield f"chunk {index} of a twin", rebuilt(BLOB, *spliced)
        spliced[index] = chunk_at(other, index)
        yield f"chunk {index} under another key", rebuilt(BLOB, *spliced)
    yield "header of a twin", twin[:HEADER] + BLOB[HEADER:]
    shorter = MAGIC + (3 * CHUNK).to_bytes(8, "big") + BLOB[len(MAGIC) + 8 : HEADER]
    yield "a length that ends with a chunk", shorter + b"".join(c[:3])
    for bit in range(HEADER * 8 // 4):
        at = bit * 4 + rng.randrange(4)
        yield f"bit {at}", flipped(BLOB, at)
    for at in rng.sample(range(HEADER * 8, len(BLOB) * 8), 100):
        yield f"bit {at}", flipped(BLOB, at)


def flipped(blob: bytes, bit: int) -> bytes:
    changed = bytearray(blob)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_no_mutation_passes() -> None:
    cases = list(mutations())
    assert len(cases) > 300
    for name, blob in cases:
        assert blob != BLOB, name
        with pytest.raises(InputError, match=r"docs\.blob_damaged"):
            pytest.fail(f"{name} passed: {len(read(blob))} bytes")


def test_a_damaged_middle_leaves_the_rest_readable() -> None:
    blob = flipped(BLOB, (HEADER + CHUNK + TAG + 5) * 8)
    with BlobReader(io.BytesIO(blob), KEY) as reader:
        assert reader.read(CHUNK) == TEXT[:CHUNK]
        with pytest.raises(InputError, match=r"docs\.blob_damaged"):
            reader.read(1)
