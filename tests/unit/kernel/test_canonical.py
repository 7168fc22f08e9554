import unicodedata

import pytest

from congress.kernel.canonical import Json, decode, decode_bytes, encode, encode_bytes
from congress.kernel.errors import BugError, InputError


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, b"null"),
        (True, b"true"),
        (-17, b"-17"),
        ("Đại hội", '"Đại hội"'.encode()),
        ({"b": 1, "a": [2, {"d": None, "c": False}]}, b'{"a":[2,{"c":false,"d":null}],"b":1}'),
        ((), b"[]"),
        (b"\xff\xfe\x00", b'"__4A"'),
        (unicodedata.normalize("NFD", "ễ"), '"ễ"'.encode()),
        ({2: "x"}, b'{"2":"x"}'),
        ('"\\\n\x01', b'"\\"\\\\\\n\\u0001"'),
    ],
)
def test_a_value_has_one_spelling(value: object, written: bytes) -> None:
    assert encode(value) == written


@pytest.mark.parametrize("value", [1.0, {1, 2}, object(), {"a": [0.5]}])
def test_what_has_no_single_spelling_is_a_bug(value: object) -> None:
    with pytest.raises(BugError, match="cannot hold"):
        encode(value)


@pytest.mark.parametrize("value", [{"é": 1, "e\u0301": 2}, {1: "a", "1": "b"}])
def test_two_keys_that_become_one_are_a_bug(value: object) -> None:
    with pytest.raises(BugError, match="two keys"):
        encode(value)


@pytest.mark.parametrize("value", [None, {"a": [1, "x", None, True]}, "", [], {}])
def test_what_was_written_is_read(value: Json) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b"1.0",
        b"1e3",
        b"NaN",
        b'"\\u0041"',
        '"e\u0301"'.encode(),
        b'"\xff"',
        b"[" * 100_000,
        b" 1",
        b"-0",
    ],
)
def test_every_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.code == "canonical.not_canonical"


@pytest.mark.parametrize("data", [b"", b"a", b"ab", b"abc", b"\xfb\xff", bytes(range(256))])
def test_bytes_are_read_as_written(data: bytes) -> None:
    text = encode_bytes(data)
    assert "=" not in text
    assert decode_bytes(text) == data


@pytest.mark.parametrize("text", ["A", "AB==", "+/8", "AB", "a b", "Zg==\n", "é"])
def test_other_base64_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        decode_bytes(text)
    assert caught.value.code == "canonical.bad_bytes"
