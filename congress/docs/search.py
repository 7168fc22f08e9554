"""What a person means by a query, and which words of a page answer it. Pure.

Words stand for themselves folded; words in quotation marks for a phrase. A query without
quotation marks is tried as a phrase, then as words that all stand on one page, and only if
nothing answers that, as words of which any may stand there. The last word may be unfinished.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from congress.kernel.folding import fold, fold_with_offsets

SNIPPET = 180
"""About how many characters a snippet has."""

_BEFORE = 50
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]?")
_TRIGRAM = 3

Span = tuple[int, int]


class Tier(IntEnum):
    """How well a page answers: the better the higher."""

    ANY = 0
    ALL = 1
    PHRASE = 2


@dataclass(frozen=True, slots=True)
class Query:
    """A query, folded.

    Attributes:
        groups: Its words; those of one quoted phrase together, every other word alone.
        quoted: Whether it has quotation marks: then nothing less than its groups will do.
        unfinished: Whether its last word may go on.
        marked: The query in lower case with its marks, on one line; empty if it has none. A
            page that has it exactly so comes first.
    """

    groups: tuple[tuple[str, ...], ...]
    quoted: bool
    unfinished: bool
    marked: str

    @property
    def words(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(word for group in self.groups for word in group)


def parse(typed: str) -> Query:
    """Return what ``typed`` asks for; it asks for nothing if there is no letter or digit."""
    groups: list[tuple[str, ...]] = []
    quoted = False
    rest = 0
    for match in _QUOTED.finditer(typed):
        groups += [(word,) for word in _words(typed[rest : match.start()])]
        if phrase := _words(match[1]):
            groups.append(phrase)
            quoted = True
        rest = match.end()
    last = _words(typed[rest:])
    groups += [(word,) for word in last]
    plain = _plain(typed)
    return Query(
        groups=tuple(groups),
        quoted=quoted,
        unfinished=bool(last) and typed[-1].isalnum(),
        marked="" if quoted or plain == fold(plain) else plain,
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def squeezed(folded: str) -> str:
    """Return the letters and digits of a folded text, nothing between them."""
    return "".join(_WORD.findall(folded))


def words_expression(query: Query, tier: Tier) -> str | None:
    """Return the FTS5 expression over ``page_words``, or ``None`` if there is none to try."""
    if not query.groups:
        return None
    star = " *" if query.unfinished else ""
    if query.quoted:
        phrases = [f'"{" ".join(group)}"' for group in query.groups]
        return " AND ".join(phrases) + star if tier is Tier.PHRASE else None
    if tier is Tier.PHRASE:
        return f'"{" ".join(query.words)}"{star}'
    if len(query.words) == 1:
        return None
    joined = " AND " if tier is Tier.ALL else " OR "
    return joined.join(f'"{word}"' for word in query.words) + star


def squeezed_expression(query: Query, tier: Tier) -> str | None:
    """Return the FTS5 expression over ``page_squeezed``, or ``None`` if there is none to try."""
    if query.quoted or tier is not Tier.PHRASE:
        pieces = ["".join(group) for group in query.groups]
    else:
        pieces = ["".join(query.words)]
    pieces = [piece for piece in pieces if len(piece) >= _TRIGRAM]
    if not pieces or (query.quoted and tier is not Tier.PHRASE):
        return None
    joined = " OR " if tier is Tier.ANY else " AND "
    return joined.join(f'"{piece}"' for piece in pieces)


@dataclass(frozen=True, slots=True)
class Snippet:
    """The words around a match.

    Attributes:
        text: On one line, with an ellipsis where it was cut.
        highlights: Slices of ``text`` that match.
        exact: Whether the query stands in the page with its marks.
    """

    text: str
    highlights: tuple[Span, ...]
    exact: bool


def matches(query: Query, text: str) -> tuple[Span, ...]:
    """Return the slices of ``text`` that answer ``query``, in order, without overlap.

    Whole phrases where there are any; else words. Urdu is also looked for with the spaces
    left out, because on some pages they cannot be trusted.
    """
    folded = fold_with_offsets(text)
    whole, words = [query.words], [(word,) for word in query.words]
    groups = query.groups if query.quoted else whole
    unfinished = query.unfinished
    squeezing = any(unicodedata.bidirectional(word[0]) == "AL" for word in query.words)
    spans = (
        _found(groups, folded.text, unfinished=unfinished)
        or (squeezing and _runs(whole, folded.text))
        or _found(words, folded.text, unfinished=unfinished)
        or (squeezing and _runs(words, folded.text))
        or []
    )
    return tuple(_merged(folded.span(start, end) for start, end in spans))


def _found(groups: Sequence[Sequence[str]], folded: str, *, unfinished: bool) -> list[Span]:
    patterns = []
    for position, group in enumerate(groups, start=1):
        if group:
            end = "" if unfinished and position == len(groups) else r"(?![^\W_])"
            patterns.append(r"[\W_]+".join(map(re.escape, group)) + end)
    if not patterns:
        return []
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})")
    return [match.span() for match in pattern.finditer(folded)]


def _runs(groups: Sequence[Sequence[str]], folded: str) -> list[Span]:
    pieces = ["".join(group) for group in groups]
    long = [re.escape(piece) for piece in pieces if len(piece) >= _TRIGRAM]
    if not long:
        return []
    positions = [i for match in _WORD.finditer(folded) for i in range(*match.span())]
    letters = "".join(folded[i] for i in positions)
    spans = [match.span() for match in re.finditer("|".join(long), letters)]
    return [(positions[start], positions[end - 1] + 1) for start, end in spans]


def _merged(spans: Iterator[Span]) -> Iterator[Span]:
    open_span: Span | None = None
    for start, end in sorted(spans):
        if open_span is None:
            open_span = (start, end)
        elif start < open_span[1]:
            open_span = (open_span[0], max(end, open_span[1]))
        else:
            yield open_span
            open_span = (start, end)
    if open_span is not None:
        yield open_span


def snippet(query: Query, text: str) -> Snippet:
    """Return the part of a page where the most matches stand close together."""
    spans = matches(query, text)
    start, end = _window(spans, text)
    head = "…" if start else ""
    tail = "…" if end < len(text) else ""
    shift = len(head) - start
    shown = "".join(" " if char.isspace() else char for char in text[start:end])
    return Snippet(
        text=f"{head}{shown}{tail}",
        highlights=tuple((a + shift, b + shift) for a, b in spans if a >= start and b <= end),
        exact=bool(query.marked) and query.marked in _plain(text),
    )


def _window(spans: Sequence[Span], text: str) -> Span:
    if not spans:
        return 0, _word_edge(text, SNIPPET)
    best = max(
        spans, key=lambda span: sum(span[0] <= other[0] < span[0] + SNIPPET for other in spans)
    )
    start = min(best[0], _word_edge(text, best[0] - _BEFORE) + 1) if best[0] > _BEFORE else 0
    return start, max(best[1], _word_edge(text, start + SNIPPET))


def _word_edge(text: str, position: int) -> int:
    """Return the next end of a word from ``position`` on, or the end of the text."""
    while position < len(text) and not text[position].isspace():
        position += 1
    return min(position, len(text))
