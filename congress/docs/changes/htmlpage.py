"""A comparison as one web page that needs nothing else: for printing and for keeping."""

import html as entities
from collections.abc import Iterable
from dataclasses import dataclass

from congress.docs.changes.model import Block, BlockKind, Comparison, Run, RunKind
from congress.docs.text.pdf import reads_rtl

_STYLE = """
body { font: 12pt/1.6 "Be Vietnam Pro", "Noto Sans", sans-serif; color: #1c1b1a;
  max-width: 46em; margin: 2em auto; padding: 0 1em; }
[dir=rtl] { font-family: "Noto Nastaliq Urdu", "Noto Naskh Arabic", serif; line-height: 2.1; }
h1 { font-size: 1.4em; } .lead { color: #625e57; }
p { margin: .6em 0; padding-inline-start: .9em; border-inline-start: 3px solid transparent; }
p.changed { border-color: #8f5b0a; } p.inserted { border-color: #2e7d4f; }
p.deleted { border-color: #b3362b; } p.moved_from, p.moved_to { border-color: #2c5f9e; }
p.fold { color: #625e57; text-align: center; }
ins { color: #1f5c39; background: #eef6f1; text-decoration: underline; }
del { color: #8c2a21; background: #fae9e6; text-decoration: line-through; }
b { font-weight: 700; } small { color: #2c5f9e; display: block; }
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the page around the text, in a person's language.

    Attributes:
        lang: Its language.
        title: Heading: the paper.
        lead: Which versions, and how much changed.
        folded: Says that unchanged paragraphs are left out here.
        moved_from: Says above a paragraph that it moved away from here.
        moved_to: Says above a paragraph that it moved here.
    """

    lang: str
    title: str
    lead: str
    folded: str
    moved_from: str
    moved_to: str


def html_page(comparison: Comparison, words: Wording, *, only_changes: bool) -> bytes:
    """Return the comparison as tracked changes, in UTF-8.

    Args:
        comparison: What changed.
        words: The words around it.
        only_changes: Whether unchanged paragraphs are left out.
    """
    body = "\n".join(_blocks(comparison.blocks, words, only_changes=only_changes))
    direction = "rtl" if words.lang == "ur" else "ltr"
    return (
        f'<!DOCTYPE html>\n<html lang="{words.lang}" dir="{direction}">\n'
        f'<head><meta charset="utf-8"><title>{entities.escape(words.title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>{entities.escape(words.title)}</h1>\n"
        f'<p class="lead">{entities.escape(words.lead)}</p>\n{body}\n</body>\n</html>\n'
    ).encode()


def _blocks(blocks: Iterable[Block], words: Wording, *, only_changes: bool) -> Iterable[str]:
    folded = False
    for block in blocks:
        if only_changes and block.kind is BlockKind.SAME:
            if not folded:
                yield f'<p class="fold">{entities.escape(words.folded)}</p>'
            folded = True
            continue
        folded = False
        yield _block(block, words)


def _block(block: Block, words: Wording) -> str:
    side = block.new or block.old
    direction = "rtl" if side is not None and reads_rtl(side.text) else "ltr"
    note = {BlockKind.MOVED_FROM: words.moved_from, BlockKind.MOVED_TO: words.moved_to}
    label = f"<small>{entities.escape(note[block.kind])}</small>" if block.kind in note else ""
    if block.kind is BlockKind.MOVED_FROM and block.old is not None:
        inner = f"<del>{_escaped(block.old.text)}</del>"
    else:
        inner = "".join(map(_run, block.runs))
    return f'<p class="{block.kind.value}" dir="{direction}">{label}{inner}</p>'


def _run(run: Run) -> str:
    text = _escaped(run.shown)
    if run.number:
        text = f"<b>{text}</b>"
    tag = {RunKind.INSERTED: "ins", RunKind.DELETED: "del"}.get(run.kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _escaped(text: str) -> str:
    lines = entities.escape(text.rstrip("\n")).split("\n")
    joined = "<br>".join(lines)
    return joined if text.rstrip("\n") else "¶<br>" if text else ""
