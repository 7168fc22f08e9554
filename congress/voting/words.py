"""Says lines of arithmetic and reasons in a person's language."""

from congress.i18n.translator import Translator
from congress.voting.model import Line, Param, Share, Term


def say(tr: Translator, line: Line) -> str:
    """Return ``line`` as a sentence in the translator's language."""
    return tr(line.key, **{name: _said(tr, value) for name, value in line.params.items()})


def _said(tr: Translator, value: Param) -> object:
    match value:
        case Term(key):
            return tr(key)
        case Share(part, of):
            return tr.percent(part, of)
        case tuple():
            return tr.listed(value)
        case _:
            return value
