"""Tracking codes as words that can be said, heard and written down.

A tracking code is 20 characters of Base32, which is hard to read out. The same 100 bits, with
12 bits of check, are seven words of five letters, each consonant, vowel, consonant, vowel,
consonant: the proquints of D. S. Wilkerson ("A Proposal for Proquints: Identifiers that are
Readable, Spellable, and Pronounceable", arXiv:0901.4016), 16 bits a word.

A scheme was chosen rather than a list of words for each language, because a code that is
noted at a panel in Urdu must be found on a page in Vietnamese: the words are the same in all
languages, they mean nothing in any of them, and no list has to be kept. Letters that are
confused (c and k, q and g, x and s, w and v, y and i) are not used together. Every wrong,
missing or exchanged word is noticed with odds of 4,095 in 4,096.
"""

import base64
import hashlib

from congress.kernel.errors import InputError

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
CODE_LENGTH = 20
"""Characters of a tracking code, 5 bits each."""
WORDS, LETTERS = 7, 5
_CODE_BITS, _WORD_BITS = 100, 16
_CHECK_BITS = WORDS * _WORD_BITS - _CODE_BITS
_CODE_BYTES = 13
"""The code with the bits that Base32 needs to make up 13 bytes, all of them zero."""


def words_of(code: str) -> tuple[str, ...]:
    """Return the seven words of a tracking code.

    Args:
        code: 20 characters of Base32, as ``congress.voting.ballots.tracking_code`` makes them.

    Raises:
        InputError: ``voting.code_misread`` if it is no such code.
    """
    number = _number(code)
    number = number << _CHECK_BITS | _check(number)
    return tuple(_word(number >> _WORD_BITS * place & 0xFFFF) for place in reversed(range(WORDS)))


def code_of(text: str) -> str:
    """Return the tracking code that ``text`` spells, be it the code itself or its words.

    Case, spaces and hyphens do not matter.

    Raises:
        InputError: ``voting.code_misread`` if it is neither, or a word is wrong.
    """
    letters = "".join(char for char in text if not char.isspace() and char not in "-‐‑–·")
    if len(letters) == WORDS * LETTERS:
        return _code(letters.lower())
    code = letters.upper()
    _number(code)
    return code


def _number(code: str) -> int:
    try:
        if len(code) != CODE_LENGTH:
            raise ValueError
        raw = base64.b32decode(code + "A" + "=" * 3)
    except ValueError:
        raise InputError("voting.code_misread") from None
    return int.from_bytes(raw, "big") >> 8 * _CODE_BYTES - _CODE_BITS


def _check(number: int) -> int:
    raw = number.to_bytes(_CODE_BYTES, "big")
    digest = hashlib.sha256(b"paperless-congress/code-words/1\0" + raw).digest()
    return int.from_bytes(digest[:2], "big") >> _WORD_BITS - _CHECK_BITS


def _word(bits: int) -> str:
    return "".join(
        (
            CONSONANTS[bits >> 12],
            VOWELS[bits >> 10 & 3],
            CONSONANTS[bits >> 6 & 15],
            VOWELS[bits >> 4 & 3],
            CONSONANTS[bits & 15],
        )
    )


def _code(letters: str) -> str:
    """Return the code of 35 letters."""
    number = 0
    for place, letter in enumerate(letters):
        vowel = place % LETTERS % 2 == 1
        value = (VOWELS if vowel else CONSONANTS).find(letter)
        if value < 0:
            raise InputError("voting.code_misread")
        number = number << (2 if vowel else 4) | value
    number, check = number >> _CHECK_BITS, number & (1 << _CHECK_BITS) - 1
    if check != _check(number):
        raise InputError("voting.code_misread")
    raw = (number << 8 * _CODE_BYTES - _CODE_BITS).to_bytes(_CODE_BYTES, "big")
    return base64.b32encode(raw).decode("ascii")[:CODE_LENGTH]
