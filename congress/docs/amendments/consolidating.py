"""Puts accepted amendments into the text: the draft of the next version."""

import html as entities
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html as lxml_html

from congress.docs.amendments.model import (
    AmendedPaper,
    Consolidated,
    Kind,
    Paragraph,
    Piece,
    Placed,
    State,
)
from congress.docs.amendments.placing import collide, edits, with_edits

_BLOCKS = frozenset(
    ("p", "li", "td", "th", "dt", "dd", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
)
_CELLS = frozenset(("td", "th"))
_RIGHT_TO_LEFT = frozenset({"ur"})


def consolidated(amended: AmendedPaper) -> Consolidated:
    """Return a version with its accepted amendments in it.

    Amendments to one paragraph are put together where they touch different words. Where they
    touch the same words none of them is taken: someone has to say which one goes before.
    """
    by_paragraph: dict[int, list[Placed]] = defaultdict(list)
    lost: list[Placed] = []
    for each in amended.amendments:
        if each.amendment.state is not State.ACCEPTED or each.amendment.applied_in is not None:
            continue
        if each.paragraph is None:
            lost.append(each)
        else:
            by_paragraph[each.paragraph.number].append(each)
    pieces: list[Piece] = []
    applied: list[Placed] = []
    for paragraph in amended.paragraphs:
        taken, left = _compatible(by_paragraph.get(paragraph.number, ()))
        pieces.append(_piece(paragraph, taken))
        applied += taken
        lost += left
    return Consolidated(amended, tuple(pieces), tuple(applied), tuple(lost))


def _compatible(accepted: Sequence[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Part amendments to one paragraph into those that go together and those that do not."""
    inserting = [each for each in accepted if each.amendment.proposal.kind is Kind.INSERT_AFTER]
    changing = [each for each in accepted if each not in inserting]
    made = {each.amendment.id: edits(each.runs) for each in changing}
    left = [
        each
        for each in changing
        if any(
            collide(made[each.amendment.id], made[other.amendment.id])
            for other in changing
            if other is not each
        )
    ]
    return [each for each in accepted if each not in left], left


def _piece(paragraph: Paragraph, taken: Sequence[Placed]) -> Piece:
    inserted = [
        line
        for each in taken
        if each.amendment.proposal.kind is Kind.INSERT_AFTER
        for line in _lines(each.amendment.proposal.text)
    ]
    changing = [each for each in taken if each.amendment.proposal.kind is not Kind.INSERT_AFTER]
    if any(each.amendment.proposal.kind is Kind.DELETE for each in changing):
        return Piece(paragraph, None, tuple(inserted))
    made = [edit for each in changing for edit in edits(each.runs)]
    return Piece(paragraph, with_edits(paragraph.text, made).rstrip(), tuple(inserted))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_text(draft: Consolidated) -> bytes:
    """Return the draft as plain text, a paragraph a line, in UTF-8."""
    return ("\n".join(draft.paragraphs) + "\n").encode()


def as_html(draft: Consolidated, source: str = "") -> bytes:
    """Return the draft as a web page in UTF-8.

    Args:
        draft: The text with its amendments.
        source: The version's own HTML, if its paragraphs are the author's: headings, tables
            and emphasis stay where no amendment touches them.
    """
    body = _amended_source(draft, source) if source else None
    if body is None:
        body = "".join(f"<p>{_escaped(text)}</p>\n" for text in draft.paragraphs)
    paper = draft.amended.paper
    direction = "rtl" if paper.language in _RIGHT_TO_LEFT else "ltr"
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language}" dir="{direction}">\n<head>'
        f'<meta charset="utf-8"><title>{entities.escape(paper.title)}</title></head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    ).encode()


def _escaped(text: str) -> str:
    return "<br>".join(entities.escape(line) for line in text.split("\n"))


def _amended_source(draft: Consolidated, source: str) -> str | None:
    """Return ``source`` with the amendments in it, or ``None`` if a paragraph is not in it."""
    root: Any = lxml_html.fragment_fromstring(source, create_parent="div")
    blocks = list(_text_blocks(root))
    words_of = [block.text_content().split() for block in blocks]
    begun = 0
    for piece in draft.pieces:
        words = piece.before.text.split()
        at = next((at for at in range(begun, len(blocks)) if words_of[at] == words), None)
        if at is not None:
            _amend(blocks[at], piece)
            begun = at + 1
        elif piece.touched:
            return None
    inner = "".join(lxml_html.tostring(each, encoding="unicode") for each in root)
    return entities.escape(root.text or "") + inner


def _text_blocks(root: Any) -> Iterator[Any]:
    """Give the blocks that hold words and no other blocks."""
    for element in root.iter(*_BLOCKS):
        if next(element.iterdescendants(*_BLOCKS), None) is None:
            yield element


def _amend(block: Any, piece: Piece) -> None:
    first, *more = ("" if piece.text is None else piece.text).split("\n")
    for line in reversed([*more, *piece.inserted]):
        added = lxml_html.Element("li" if block.tag == "li" else "p")
        added.text = line
        if block.tag in _CELLS:
            block.append(added)
        else:
            block.addnext(added)
    if piece.text == piece.before.text:
        return
    for child in list(block):
        block.remove(child)
    block.text = first
    if piece.text is None and block.tag not in _CELLS:
        block.drop_tree()
