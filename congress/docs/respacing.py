"""Parts the words of a text whose spaces cannot be trusted, by words that are known. Pure.

Pages in Nastaliq draw Urdu glyph by glyph along a slope; the gaps between glyphs say little about
where a word ends. Every way to part a line costs something: for each word the less the more often
it is seen elsewhere (its surprisal in a unigram model), for an unknown one more with every letter,
and something for each space left out or put in. The cheapest way is found by dynamic programming
(Viterbi).
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from congress.docs.search import Span
from congress.kernel.folding import fold_with_offsets

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_LONGEST = 24
_SPACE_LOST, _SPACE_MADE = 4.0, 0.5
"""What it costs to leave a space out and to put one in. These four figures are the best of a grid
on the Universal Declaration in Nastaliq; those beside them are hardly worse."""
_UNKNOWN_LETTER = 3.0
_UNKNOWN_WORD = 6.0
"""How much cheaper than a word seen once the beginning of an unknown word is."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that are known.

    Attributes:
        costs: For each folded word the negative logarithm of its share of all words.
        unknown: What a word that is not known costs, besides its letters.
    """

    costs: Mapping[str, float]
    unknown: float

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Lexicon":
        """Return the lexicon of words that occur so often."""
        total = math.log(max(1, sum(counts.values())))
        costs = {word: total - math.log(count) for word, count in counts.items()}
        return cls(costs, max(0.0, total - _UNKNOWN_WORD))


def respaced(
    text: str, lexicon: Lexicon, spans: Sequence[Span] = ()
) -> tuple[str, tuple[Span, ...]]:
    """Return ``text`` with its words parted anew, and the slices ``spans`` of it as they are now.

    Letters, marks and punctuation stay; only spaces between letters come and go.
    """
    folded = fold_with_offsets(text)
    gone: set[int] = set()
    new: set[int] = set()
    for run in _RUN.finditer(folded.text):
        ends = set(accumulate(map(len, _words(run[0], lexicon))))
        letters = 0
        for at in range(*run.span()):
            origin = folded.origin(at)
            if folded.text[at] == " ":
                if letters not in ends:
                    gone.add(origin)
                continue
            if letters in ends and letters and text[origin - 1] != " ":
                new.add(origin)
            letters += 1
    pieces = [
        "" if at in gone else f" {char}" if at in new else char for at, char in enumerate(text)
    ]
    begins = [0, *accumulate(map(len, pieces))]
    moved = ((begins[a] + (a in new), begins[b]) for a, b in spans)
    return "".join(pieces), tuple(moved)


def _words(run: str, lexicon: Lexicon) -> list[str]:
    """Return the cheapest way to part a run of letters and spaces."""
    letters = run.replace(" ", "")
    spaces = set(_spaces(run))
    size = len(letters)
    # How many of the spaces stand before each letter.
    before = list(accumulate((at in spaces for at in range(size + 1)), initial=0))
    best, back = [0.0, *[math.inf] * size], [0] * (size + 1)
    for end in range(1, size + 1):
        made = _SPACE_MADE if end < size and end not in spaces else 0.0
        for start in range(max(0, end - _LONGEST), end):
            cost = lexicon.costs.get(letters[start:end])
            if cost is None:
                cost = lexicon.unknown + _UNKNOWN_LETTER * (end - start)
            lost = before[end] - before[start + 1]
            total = best[start] + cost + made + _SPACE_LOST * lost
            if total < best[end]:
                best[end], back[end] = total, start
    words: list[str] = []
    while size:
        words.append(letters[back[size] : size])
        size = back[size]
    return words[::-1]


def _spaces(run: str) -> Iterator[int]:
    """Give before which letter each space stands."""
    letters = 0
    for char in run:
        if char == " ":
            yield letters
        else:
            letters += 1
