"""Finds out how the text of a table file is written.

In order: a byte order mark; UTF-8, which no other encoding imitates by chance; then the
legacy encodings of our three languages, told apart by whether the words they give are words:
Windows-1256 (Urdu, Arabic), Windows-1258 (Vietnamese, whose tones it writes as combining
marks), and Windows-1252 for the rest.
"""

import codecs
import re
import unicodedata

from congress.kernel.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CLEAR_MAJORITY = 0.75
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_ARABIC = re.compile(r"[\u0621-\u064a\u0670-\u06d5\u200c]{2,}[\u0621-\u06d5\u200c]*")

# A Vietnamese syllable: onset, nucleus with at most one tone, coda. Written without tones.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:"
    r"(?:iê|yê|uô|ươ|uâ|uyê|oă|oa|oe|uê|uy|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])"
    r"|[iy]êu|oa[io]|oay|uây|uôi|ươ[iu]|uy[au]|oeo|uao"
    r"|a[iouy]|â[uy]|eo|êu|i[au]|o[aei]|[ôơ]i|u[aêiơy]|ư[aiu]"
    r"|[aeêioôơuưy]"
    r")"
)
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")


def _is_vietnamese(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.casefold())
    tones = sum(apart.count(tone) for tone in "\u0300\u0301\u0303\u0309\u0323")
    bare = unicodedata.normalize("NFC", apart.translate(_TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None


def _is_arabic(word: str) -> bool:
    return _ARABIC.fullmatch(word) is not None


def _marked_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file and the name of the encoding it was written in.

    The text is in Unicode NFC where the encoding writes marks apart.

    Args:
        data: The bytes of the file.
        file: Its name, for the message.

    Raises:
        InputError: ``table.encoding`` if no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data, encoding)
            if text is None:
                raise InputError("table.encoding", file=file)
            return text, encoding.removesuffix("-sig")
    if (text := _try(data, "utf-8")) is not None:
        return text, "utf-8"
    for encoding, is_word in (("cp1256", _is_arabic), ("cp1258", _is_vietnamese)):
        if (text := _try(data, encoding)) is None:
            continue
        text = unicodedata.normalize("NFC", text)
        words = _marked_words(text)
        if sum(map(is_word, words)) >= _CLEAR_MAJORITY * len(words) > 0:
            return text, encoding.replace("cp", "windows-")
    if (text := _try(data, "cp1252")) is not None:
        return text, "windows-1252"
    raise InputError("table.encoding", file=file)
