import io

from hypothesis import given
from hypothesis import strategies as st

from congress.docs.blobformat import CHUNK, HEADER, BlobReader, seal
from congress.kernel.errors import InputError

KEY = b"k" * 32
SIZES = st.one_of(
    st.integers(0, 50),
    st.builds(lambda n, d: max(0, n * CHUNK + d), st.integers(0, 3), st.integers(-2, 2)),
)


def _sealed(text: bytes) -> bytes:
    target = io.BytesIO()
    seal(target, KEY, len(text), [text])
    return target.getvalue()


@given(SIZES, st.data())
def test_any_part_of_any_text_reads_as_in_the_plain_text(size: int, data: st.DataObject) -> None:
    text = bytes(i * 31 % 251 for i in range(size))
    plain = io.BytesIO(text)
    with BlobReader(io.BytesIO(_sealed(text)), KEY) as reader:
        for _ in range(4):
            position = data.draw(st.integers(0, size + 3))
            count = data.draw(st.integers(0, 2 * CHUNK))
            assert reader.seek(position) == plain.seek(position)
            assert reader.read(count) == plain.read(count)
            assert reader.tell() == max(position, plain.tell())


@given(st.binary(max_size=200), st.data())
def test_any_changed_byte_is_refused(text: bytes, data: st.DataObject) -> None:
    blob = bytearray(_sealed(text))
    at = data.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= data.draw(st.integers(1, 255))
    try:
        with BlobReader(io.BytesIO(bytes(blob)), KEY) as reader:
            reader.read()
    except InputError:
        return
    raise AssertionError(f"byte {at} (header {HEADER}) was changed and nobody noticed")
