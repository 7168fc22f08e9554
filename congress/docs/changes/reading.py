"""A version as the comparison reads it: its tokens, and the units that are aligned first.

Where lines mean paragraphs, the units are the paragraphs. In a text that was set in lines and
pages they are its sentences, found by its words and signs alone: however it was set, the same
words make the same sentences.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congress.docs.changes.align import Alphabet
from congress.docs.changes.stream import Stream
from congress.docs.changes.tokens import Cutting, Sort, Token, tokens

_ENDS = frozenset(".!?…۔؟")
_PAUSES = frozenset(";:؛")
_CLOSING = frozenset(")]}»”’\"'")
_ARABIC = "\u0590"
_SHORTEST, _SHORTEST_PAUSE = 16, 60
"""Letters and digits a sentence has at least, before an end and before a pause."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a sentence.

    Attributes:
        first: Its first token.
        last: Behind its last token.
        begins: Whether a paragraph begins with it.
    """

    first: int
    last: int
    begins: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One version, cut up.

    Attributes:
        stream: Its text.
        tokens: Its words, numbers and marks.
        letters: The tokens as one character each; both versions share the alphabet.
        units: What is aligned first.
        codes: The units as one character each.
    """

    stream: Stream
    tokens: Sequence[Token]
    letters: str
    units: Sequence[Unit]
    codes: str

    def spelled(self, first: int, last: int) -> str:
        """Return the tokens of the units ``[first, last)`` as one character each."""
        if first >= last:
            return ""
        return self.letters[self.units[first].first : self.units[last - 1].last]

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Return the stretch of the text that the units ``[first, last)`` fill, ends included."""
        start = self._start(self.units[first].first)
        return start, self._start(self.units[last - 1].last)

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Return the stretch of the text that the tokens ``[first, last)`` fill, with spaces."""
        return self._start(first), self._start(last)

    def _start(self, token: int) -> int:
        if not token:
            return 0
        return self.tokens[token].start if token < len(self.tokens) else len(self.stream.text)


def read(stream: Stream, cutting: Cutting, words: Alphabet, units: Alphabet) -> Reading:
    """Cut a version up; both versions take the same two alphabets."""
    found = list(tokens(stream.text, cutting))
    keys = [token.key for token in found]
    letters = words.spell(keys)
    breaks = _breaks(stream, found)
    ends = breaks[1:] if cutting is Cutting.WORDS else list(_sentences(found))
    beginning = set(breaks)
    cut: list[Unit] = []
    first = 0
    for last in [*ends, len(found)]:
        if last > first:
            cut.append(Unit(first, last, first in beginning))
            first = last
    return Reading(
        stream, found, letters, cut, units.spell([letters[each.first : each.last] for each in cut])
    )


def _breaks(stream: Stream, found: Sequence[Token]) -> list[int]:
    """Return the tokens that paragraphs begin with."""
    starts = [token.start for token in found]
    at = {bisect_left(starts, offset) for offset in stream.breaks}
    return sorted(at - {len(found)})


def _sentences(found: Sequence[Token]) -> Iterator[int]:
    """Give the token behind each sentence."""
    size, first = 0, 0
    for at, token in enumerate(found):
        if token.sort is not Sort.SIGN:
            size += len(token.key)
            continue
        if at + 1 < len(found) and found[at + 1].key[0] in _CLOSING:
            continue
        mark = at
        while mark > first and found[mark].key[0] in _CLOSING:
            mark -= 1
        sign = found[mark].key[0]
        before = found[mark - 1] if mark > first else None
        counted = before is not None and (before.sort is Sort.NUMBER or _is_initial(before.key))
        least = _SHORTEST if sign in _ENDS else _SHORTEST_PAUSE
        if sign in (_ENDS | _PAUSES) and size >= least and not counted:
            yield at + 1
            size, first = 0, at + 1


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word < _ARABIC
