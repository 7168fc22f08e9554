"""Writes notes as a file of the reader's own: Markdown, a web page, or W3C annotations."""

import html
import json
import re
from collections.abc import Iterator
from enum import StrEnum

from congress.docs.notes.gathering import Gathered, PaperNotes
from congress.docs.notes.making import bounds
from congress.docs.notes.model import Fit, NoteKind, Placed
from congress.docs.notes.webannotation import COLOURS, annotation_page, svg
from congress.i18n.translator import Translator

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_MARGIN = 6
_STYLE = """
body { font: 16px/1.6 "Noto Sans", "Be Vietnam Pro", "Noto Naskh Arabic", sans-serif;
  max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1C1B1A; background: #FFFFFF; }
:lang(ur) { font-family: "Noto Naskh Arabic", "Noto Nastaliq Urdu", serif; line-height: 2; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
article { border-inline-start: 4px solid #8C867B; padding-inline-start: 1rem; margin: 1.5rem 0; }
blockquote { margin: 0; } p { margin: .5rem 0; white-space: pre-wrap; }
.told { color: #625E57; font-size: .875rem; }
svg { max-width: 100%; max-height: 12rem; }
"""


class NoteFormat(StrEnum):
    """A kind of file that notes are written as; the value ends its name."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


def written(gathered: Gathered, form: NoteFormat, tr: Translator) -> str:
    """Return notes as the text of a file.

    Args:
        gathered: The notes.
        form: The kind of file.
        tr: The language of what stands around them; JSON has none.
    """
    if form is NoteFormat.JSON:
        return json.dumps(annotation_page(gathered), ensure_ascii=False, indent=2) + "\n"
    if form is NoteFormat.HTML:
        return _html(gathered, tr)
    return _markdown(gathered, tr)


def _markdown(gathered: Gathered, tr: Translator) -> str:
    parts = [f"# {tr('notes.export.title')}"]
    for each in gathered.papers:
        parts.append(f"## {_plain(_paper_line(each, tr))}")
        parts += [part for placed in each.notes for part in _markdown_note(placed, tr)]
    return "\n\n".join([*parts, *_kept_back(gathered, tr)]) + "\n"


def _markdown_note(placed: Placed, tr: Translator) -> Iterator[str]:
    note = placed.note
    yield f"### {_place(placed, tr)}"
    if note.on_words:
        yield "\n".join(f"> {_plain(line)}" for line in note.quote.splitlines())
    if note.body:
        yield note.body
    yield f"*{_plain(_told(placed, tr))}*"


def _plain(text: str) -> str:
    """Return text in which Markdown sees no marks."""
    return _MARKS.sub(r"\\\1", text)


def _html(gathered: Gathered, tr: Translator) -> str:
    direction = "rtl" if tr.rtl else "ltr"
    title = html.escape(tr("notes.export.title"))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{tr.lang}" dir="{direction}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n<h1>{title}</h1>"
    ]
    for each in gathered.papers:
        parts.append(f'<h2 dir="auto">{html.escape(_paper_line(each, tr))}</h2>')
        parts += [_html_note(placed, each.paper.language, tr) for placed in each.notes]
    parts += [f"<p>{html.escape(line)}</p>" for line in _kept_back(gathered, tr)]
    return "\n".join([*parts, "</body>\n</html>\n"])


def _html_note(placed: Placed, language: str, tr: Translator) -> str:
    note = placed.note
    inside = [f"<h3>{html.escape(_place(placed, tr))}</h3>"]
    if note.on_words:
        quote = html.escape(note.quote)
        inside.append(f'<blockquote lang="{language}" dir="auto"><p>{quote}</p></blockquote>')
    if note.strokes:
        inside.append(_framed_ink(placed))
    if note.body:
        inside.append(f'<p dir="auto">{html.escape(note.body)}</p>')
    inside.append(f'<p class="told">{html.escape(_told(placed, tr))}</p>')
    colour = COLOURS[note.colour]
    return f'<article style="border-color: {colour}">\n' + "\n".join(inside) + "\n</article>"


def _framed_ink(placed: Placed) -> str:
    box = bounds(placed.note.strokes)
    if box is None:
        return ""
    left, top = box.left - _MARGIN, box.top - _MARGIN
    width, height = box.right - left + _MARGIN, box.bottom - top + _MARGIN
    view = f'<svg viewBox="{left:g} {top:g} {width:g} {height:g}" width="{width:g}"'
    return svg(placed.note.strokes).replace("<svg", view, 1)


def _paper_line(each: PaperNotes, tr: Translator) -> str:
    return tr.joined(each.paper.title, tr("notes.export.version", version=each.paper.version))


def _place(placed: Placed, tr: Translator) -> str:
    if not placed.page:
        return tr("notes.unplaced")
    return tr("notes.page", page=placed.page)


def _told(placed: Placed, tr: Translator) -> str:
    note = placed.note
    kind, colour = tr(f"notes.kind.{note.kind.value}"), tr(f"notes.colour.{note.colour.value}")
    return tr.joined(
        kind if note.kind is NoteKind.BOOKMARK else tr.listed((kind, colour)),
        tr("notes.changed_words") if placed.at.fit is Fit.FUZZY else "",
        note.author,
        tr.datetime(note.changed_at),
    )


def _kept_back(gathered: Gathered, tr: Translator) -> list[str]:
    if not gathered.kept_back:
        return []
    return [tr("notes.export.kept_back", count=gathered.kept_back)]
