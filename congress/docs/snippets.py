"""The words around a match, to show what was found. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.docs.search import Match, Query, Span, found_in, marked, merged

SNIPPET = 180
"""About how many characters a snippet has."""

_BEFORE = 50
_BLANKS = {ord(blank): " " for blank in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """The words around a match.

    Attributes:
        text: On one line, with an ellipsis where it was cut.
        highlights: Slices of ``text`` that match.
        exact: Whether the query stands in the text with its marks.
    """

    text: str
    highlights: tuple[Span, ...]
    exact: bool


def snippet(query: Query, text: str, found: Sequence[Match] | None = None) -> Snippet:
    """Return the part of a text where the most of a query stands close together.

    Args:
        query: What was asked.
        text: A page.
        found: The places to show, where they are known already.
    """
    found = found_in(query, text) if found is None else found
    start, end = _window(found, text)
    head = "…" if start else ""
    tail = "…" if end < len(text) else ""
    shift = len(head) - start
    inside = merged((each.start, each.end) for each in found if start <= each.start)
    return Snippet(
        text=f"{head}{text[start:end].translate(_BLANKS)}{tail}",
        highlights=tuple((a + shift, b + shift) for a, b in inside if b <= end),
        exact=bool(query.marked) and query.marked in marked(text),
    )


def _window(found: Sequence[Match], text: str) -> Span:
    if not found:
        return 0, _word_edge(text, SNIPPET)
    best = found[_densest(found)]
    start = best.start
    start = min(start, _word_edge(text, start - _BEFORE) + 1) if start > _BEFORE else 0
    return start, max(best.end, _word_edge(text, start + SNIPPET))


def _densest(found: Sequence[Match]) -> int:
    """Return the match after which, as far as a snippet goes, the most different ones stand."""
    best, most, end = 0, (0, 0), 0
    inside: dict[int, int] = {}
    for first, match in enumerate(found):
        while end < len(found) and found[end].start < match.start + SNIPPET - _BEFORE:
            inside[found[end].group] = inside.get(found[end].group, 0) + 1
            end += 1
        if (worth := (len(inside), end - first)) > most:
            best, most = first, worth
        inside[match.group] -= 1
        if not inside[match.group]:
            del inside[match.group]
    return best


def _word_edge(text: str, position: int) -> int:
    """Return the next end of a word from ``position`` on, or the end of the text."""
    while position < len(text) and not text[position].isspace():
        position += 1
    return min(position, len(text))
