"""Finding out how a file is written."""

import unicodedata

import pytest

from congress.kernel.errors import InputError
from congress.people.encodings import decode

VIETNAMESE = (
    "Số thẻ;Họ và tên;Đoàn\nA01;Nguyễn Thị Minh Khai;Hà Nội\nA02;Trần Đức Lương;Quảng Ngãi\n"
)
URDU = "بيج نمبر;نام\n1;محمد علی جناح\n2;فاطمہ جناح\n".replace("ی", "ي").replace("ہ", "ه")
FRENCH = "Numéro;Nom\n1;Frédéric Joliot\n2;Hélène Lefèvre\n3;João São\n"


def windows_1258(text: str) -> bytes:
    """Write text as Windows does: tones as marks after the letter."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", char)
            tone = next(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", apart.replace(tone, ""))
            out += letter.encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (VIETNAMESE.encode(), "utf-8"),
        (VIETNAMESE.encode("utf-8-sig"), "utf-8"),
        (VIETNAMESE.encode("utf-16"), "utf-16"),
        ("\ufeff".encode("utf-16-be") + VIETNAMESE.encode("utf-16-be"), "utf-16"),
        (windows_1258(VIETNAMESE), "windows-1258"),
    ],
)
def test_vietnamese_comes_back_whole(data: bytes, encoding: str) -> None:
    assert decode(data, "a.csv") == (VIETNAMESE, encoding)


def test_urdu_of_windows_1256() -> None:
    assert decode(URDU.encode("cp1256"), "a.csv") == (URDU, "windows-1256")


@pytest.mark.parametrize("text", [FRENCH, "1;Jürgen Groß\n2;Åsa Öberg\n", "1;José Núñez\n"])
def test_western_names_of_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.csv") == (text, "windows-1252")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xfe\xff\xd8\x00", b"a;\x81\x8d\xe9\n"])
def test_what_fits_nothing_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "list.csv")
    assert caught.value.code == "table.encoding"
    assert caught.value.params["file"] == "list.csv"
