"""What a person means by a query, and which words of a text answer it. Pure.

Words stand for themselves folded; words in quotation marks for a phrase. The last word may be
unfinished. How a query is put to the index is in ``congress.docs.expressions``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from congress.kernel.folding import Folded, fold, fold_with_offsets

LEAST_RUN = 3
"""Fewest letters that are looked for with the spaces left out."""

_LEAST_UNFINISHED = 2
"""Fewest letters of a word that may go on: a single one would stand for half the dictionary."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]?")

Span = tuple[int, int]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query, folded.

    Attributes:
        groups: Its words; those of one quoted phrase together, every other word alone.
        quoted: Whether it has quotation marks: then nothing less than its groups will do.
        unfinished: Whether its last word may go on.
        marked: The query in lower case with its marks, on one line; empty if it has none. A
            page that has it exactly so comes first.
        words: All words in order.
        arabic: Whether there are words in Arabic letters, which some pages write without
            spaces.
    """

    groups: tuple[Words, ...]
    quoted: bool
    unfinished: bool
    marked: str
    words: Words = field(init=False)
    arabic: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every page is asked."""
        words = tuple(word for group in self.groups for word in group)
        arabic = any(unicodedata.bidirectional(word[0]) == "AL" for word in words)
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "arabic", arabic)


def parse(typed: str) -> Query:
    """Return what ``typed`` asks for; it asks for nothing if there is no letter or digit."""
    groups: list[Words] = []
    quoted = unfinished = False
    rest = 0
    for match in _QUOTED.finditer(typed):
        groups += [(word,) for word in words_of(fold(typed[rest : match.start()]))]
        if phrase := words_of(fold(match[1])):
            groups.append(tuple(phrase))
            quoted = True
            # A quotation mark that is not closed yet may follow later.
            unfinished = match.end() == match.end(1)
        rest = match.end()
    last = words_of(fold(typed[rest:]))
    groups += [(word,) for word in last]
    plain = marked(typed)
    unfinished = (bool(last) or unfinished) and typed[-1].isalnum()
    return Query(
        groups=tuple(groups),
        quoted=quoted,
        unfinished=unfinished and len(groups[-1][-1]) >= _LEAST_UNFINISHED,
        marked="" if quoted or plain == fold(plain) else plain,
    )


def marked(text: str) -> str:
    """Return a text in lower case with its marks, on one line."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def words_of(folded: str) -> list[str]:
    """Return the words of a folded text, as the index parts them."""
    return _WORD.findall(folded)


def squeezed(folded: str) -> str:
    """Return the letters and digits of a folded text, nothing between them."""
    return "".join(_WORD.findall(folded))


@dataclass(frozen=True, slots=True)
class Match:
    """A place of a text that answers a query.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        group: Which of the groups or words looked for it is; places of one group are alike.
    """

    start: int
    end: int
    group: int


def found_whole(query: Query, text: str) -> list[Match]:
    """Return the places of ``text`` that answer ``query`` as a whole, in order.

    That is each of its phrases, or all its words one after the other. Urdu is also looked for
    with the spaces left out, because on some pages they cannot be trusted.
    """
    groups = query.groups if query.quoted else (query.words,)
    return _found(query, groups, fold_with_offsets(text))


def found_in(query: Query, text: str) -> list[Match]:
    """Return the places of ``text`` that answer ``query``, in order; they may overlap.

    Places that answer it as a whole where there are any; else its words.
    """
    groups = query.groups if query.quoted else (query.words,)
    words = [(word,) for word in query.words]
    folded = fold_with_offsets(text)
    return _found(query, groups, folded) or (_found(query, words, folded) if len(words) > 1 else [])


def matches(query: Query, text: str) -> tuple[Span, ...]:
    """Return the slices of ``text`` that answer ``query``, in order, without overlap."""
    return tuple(merged((each.start, each.end) for each in found_in(query, text)))


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Give slices, sorted by their start, those that overlap as one."""
    open_span: Span | None = None
    for start, end in spans:
        if open_span is None:
            open_span = (start, end)
        elif start < open_span[1]:
            open_span = (open_span[0], max(end, open_span[1]))
        else:
            yield open_span
            open_span = (start, end)
    if open_span is not None:
        yield open_span


def _found(query: Query, groups: Sequence[Words], folded: Folded) -> list[Match]:
    found = _phrases(groups, folded.text, query.unfinished)
    if not found and query.arabic:
        found = _runs(groups, folded.text)
    return [Match(*folded.span(start, end), group) for start, end, group in sorted(found)]


def _phrases(groups: Sequence[Words], folded: str, unfinished: bool) -> list[tuple[int, int, int]]:
    last = len(groups) - 1
    return [
        (*match.span(), number)
        for number, group in enumerate(groups)
        if group
        for match in _pattern(group, unfinished and number == last).finditer(folded)
    ]


@lru_cache(maxsize=64)
def _pattern(group: Words, unfinished: bool) -> re.Pattern[str]:
    """Return a pattern for whole words; it begins with letters, so that it is found fast."""
    first, *rest = map(re.escape, group)
    pieces = [rf"{first}(?<![^\W_]{first})", *rest]
    return re.compile(r"[\W_]+".join(pieces) + ("" if unfinished else r"(?![^\W_])"))


def _runs(groups: Sequence[Words], folded: str) -> list[tuple[int, int, int]]:
    positions = [i for match in _WORD.finditer(folded) for i in range(*match.span())]
    letters = "".join(map(folded.__getitem__, positions))
    found = []
    for number, group in enumerate(groups):
        piece = "".join(group)
        at = letters.find(piece) if len(piece) >= LEAST_RUN else -1
        while at >= 0:
            end = at + len(piece)
            found.append((positions[at], positions[end - 1] + 1, number))
            at = letters.find(piece, end)
    return found
