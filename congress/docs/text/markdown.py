"""Reads Markdown: the CommonMark kind, with tables; HTML in it is words like any other."""

import re
from functools import cache

from markdown_it import MarkdownIt

from congress.docs.model import Extract, PaperKind
from congress.docs.text.plain import text_of
from congress.docs.text.reflow import pages_of

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def read_markdown(data: bytes) -> Extract:
    """Read a Markdown text; details before it, between two lines of dashes, are not its text.

    Raises:
        InputError: ``docs.unknown_kind`` if it is no text.
    """
    text = text_of(data)
    front = _FRONT.match(text)
    named = _TITLE.search(front[1]) if front else None
    body = text[front.end() :] if front else text
    title = named[1].strip("\"'") if named else ""
    return pages_of(_parser().render(body), PaperKind.MARKDOWN, title)
