"""Says lines of arithmetic and reasons in a person's language."""

from congress.i18n.translator import Translator
from congress.voting.model import Line, Param, Term

_RIGHT_TO_LEFT, _ISOLATE, _POP = "\u200f", "\u2068", "\u2069"


def say(tr: Translator, line: Line) -> str:
    """Return ``line`` as a sentence in the translator's language."""
    return tr(line.key, **{name: _said(tr, value) for name, value in line.params.items()})


def _said(tr: Translator, value: Param) -> object:
    match value:
        case Term(key):
            return tr(key)
        case tuple():
            return _list(tr, value)
        case _:
            return value


def _list(tr: Translator, names: tuple[str, ...]) -> str:
    """Join names; from right to left each keeps its own direction (Unicode UAX #9)."""
    if not tr.rtl:
        return ", ".join(names)
    return _RIGHT_TO_LEFT + "، ".join(f"{_ISOLATE}{name}{_POP}" for name in names)
