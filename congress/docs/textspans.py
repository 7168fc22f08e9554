"""Words, lines and paragraphs in the text of a page, for selecting and moving by them. Pure."""

import re
from collections.abc import Sequence

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:['’\u200c\u200d][^\W_]+)*|[^\w\s]+|_+")
_FULL_LINE = 0.75
"""A line at least this long, beside the longest of its page, goes on in the next one."""


def word_at(text: str, offset: int) -> Span:
    """Return the word around a position, or the empty span there."""
    for match in _WORD.finditer(text, max(0, text.rfind("\n", 0, offset))):
        if match.start() <= offset < match.end():
            return match.span()
        if match.start() > offset:
            break
    before = [match for match in _WORD.finditer(text[:offset]) if match.end() == offset]
    return before[-1].span() if before else (offset, offset)


def next_word(text: str, offset: int) -> int:
    """Return where the next word begins after a position, or the end of the text."""
    match = next((each for each in _WORD.finditer(text, offset) if each.start() > offset), None)
    return match.start() if match else len(text)


def previous_word(text: str, offset: int) -> int:
    """Return where the word before a position begins, or 0."""
    begun = [match.start() for match in _WORD.finditer(text) if match.start() < offset]
    return begun[-1] if begun else 0


def line_at(text: str, offset: int) -> Span:
    """Return the line around a position, without its end."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def paragraph_at(text: str, offset: int) -> Span:
    """Return the paragraph around a position, where lines of a fixed page make paragraphs.

    One ends with a line that leaves a good part of the page's width empty, as where flowing
    text is made of fixed pages.
    """
    for span in paragraphs(text):
        if offset <= span[1]:
            return span
    return len(text), len(text)


def paragraphs(text: str) -> Sequence[Span]:
    """Return the paragraphs of a page that has lines of a fixed width."""
    spans: list[Span] = []
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    full = _FULL_LINE * max(len(text[a:b].strip()) for a, b in lines)
    begun: int | None = None
    for start, end in lines:
        begun = start if begun is None else begun
        if len(text[start:end].strip()) < full:
            spans.append((begun, end))
            begun = None
    if begun is not None:
        spans.append((begun, lines[-1][1]))
    return spans
